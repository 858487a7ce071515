//! The files that git knows or would add, read once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;

/// A text file of the repository.
pub struct Source {
    /// From the root, with `/`.
    pub path: String,
    pub text: String,
}

impl Source {
    pub fn has_ending(&self, endings: &[&str]) -> bool {
        self.path
            .rsplit_once('.')
            .is_some_and(|(_, ending)| endings.contains(&ending))
    }

    /// Whether it is only compiled for tests: a file of a `tests` folder, or a `tests.rs` beside its module.
    pub fn is_test(&self) -> bool {
        self.path
            .split('/')
            .any(|part| part == "tests" || part == "tests.rs" || part == "benches" || part == "e2e")
    }

    pub fn is_under(&self, folders: &[&str]) -> bool {
        folders.iter().any(|folder| {
            self.path
                .strip_prefix(folder)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    /// Whether it belongs to this module: `sql.rs` itself or a file in `sql/`.
    pub fn is_module(&self, module: &str) -> bool {
        self.path == format!("{module}.rs") || self.is_under(&[module])
    }

    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }
}

/// Everything the checks may look at.
#[derive(Default)]
pub struct Tree {
    pub files: Vec<Source>,
    /// Every path, also of files that are not text.
    pub paths: BTreeSet<String>,
    /// An earlier committed text of the files that may only get tighter.
    pub earlier: BTreeMap<String, String>,
}

impl Tree {
    pub fn read(root: &Path) -> Result<Self> {
        let mut git = Command::new("git");
        git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root);
        let listing = process::ask(&mut git).context("git cannot list the files")?;
        let mut tree = Self::default();
        for path in listing.split('\0').filter(|path| !path.is_empty()) {
            let Ok(bytes) = std::fs::read(root.join(path)) else {
                continue;
            };
            tree.paths.insert(path.to_owned());
            if let Ok(text) = String::from_utf8(bytes) {
                tree.files.push(Source {
                    path: path.to_owned(),
                    text,
                });
            }
        }
        for path in super::ratchet::TIGHTENING {
            if let Some(text) = earlier(root, path, tree.text(path)) {
                tree.earlier.insert((*path).to_owned(), text);
            }
        }
        Ok(tree)
    }

    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        Self {
            files: files
                .iter()
                .map(|(path, text)| Source {
                    path: (*path).into(),
                    text: (*text).into(),
                })
                .collect(),
            paths: files.iter().map(|(path, _)| (*path).into()).collect(),
            earlier: BTreeMap::new(),
        }
    }

    pub fn text(&self, path: &str) -> Option<&str> {
        self.files
            .iter()
            .find(|file| file.path == path)
            .map(|file| file.text.as_str())
    }

    /// The Rust sources that go into the product: no tests, no xtask.
    pub fn product_sources(&self) -> impl Iterator<Item = &Source> {
        self.rust().filter(|file| file.is_under(&["crates"]) && !file.is_test())
    }

    pub fn rust(&self) -> impl Iterator<Item = &Source> {
        self.files.iter().filter(|file| file.has_ending(&["rs"]))
    }
}

/// The newest committed text that differs from today's; nothing in a clone without history.
fn earlier(root: &Path, path: &str, today: Option<&str>) -> Option<String> {
    let log = process::ask(
        Command::new("git")
            .args(["log", "-n", "2", "--format=%H", "--", path])
            .current_dir(root),
    )?;
    log.lines()
        .filter_map(|commit| {
            process::ask(
                Command::new("git")
                    .args(["show", &format!("{commit}:{path}")])
                    .current_dir(root),
            )
        })
        .find(|text| Some(text.as_str()) != today)
}

//! The workshop: sets a machine up, runs everything that must hold, and checks the style a machine can check.
//!
//! It knows the shape of the tree and the tools around it. It must not know a rule of the product.

mod counts;
mod coverage;
mod outsider;
mod postgres;
mod process;
mod setup;
mod suite;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "xtask", about = "The workshop of Trei", disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what a fresh Debian machine lacks: PostgreSQL, Chromium, a font, the packages of e2e/.
    Setup,
    /// Run everything that must hold. The last line is `N passed, N failed`.
    Test {
        /// Run only these steps (comma separated, or given several times).
        #[arg(long, value_enum, value_delimiter = ',')]
        only: Vec<suite::Step>,
    },
    /// Check the style a machine can check.
    Tidy {
        /// Write xtask/ratchet.txt from what is too long today. Only possible while the file does not exist.
        #[arg(long)]
        seed_ratchet: bool,
    },
    /// Measure line coverage and compare it with xtask/coverage-floor.txt.
    Coverage {
        /// Write what was measured into the floor file, if it is higher.
        #[arg(long)]
        raise: bool,
    },
    /// Let schemathesis, which must be installed, compare a demonstration with its API document.
    Schemathesis {
        /// How many calls it makes up for each operation in each phase.
        #[arg(long, default_value_t = 50)]
        examples: u32,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments.task) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::from(3)
        }
    }
}

fn run(task: Task) -> Result<bool> {
    process::stop_all_on_signal()?;
    let root = root()?;
    match task {
        Task::Setup => setup::run(&root).map(|()| true),
        Task::Test { only } => suite::run(&root, &only),
        Task::Tidy { seed_ratchet: true } => tidy::seed_ratchet(&root).map(|()| true),
        Task::Tidy { seed_ratchet: false } => tidy::run(&root),
        Task::Coverage { raise } => coverage::run(&root, raise),
        Task::Schemathesis { examples } => outsider::run(&root, examples),
    }
}

/// The folder of the workspace: the parent of this crate's folder, wherever the command was started.
fn root() -> Result<PathBuf> {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map(Path::to_path_buf)
        .context("xtask has no parent folder")
}

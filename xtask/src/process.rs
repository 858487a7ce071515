//! Child processes that never outlive us: each has its own process group, and every way out ends the group.
//!
//! It knows nothing of what the processes do.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

/// What must be gone when we are gone.
#[derive(Default)]
struct Belongings {
    groups: Vec<(Pid, Signal)>,
    folders: Vec<PathBuf>,
}

static BELONGINGS: Mutex<Belongings> = Mutex::new(Belongings {
    groups: Vec::new(),
    folders: Vec::new(),
});

fn belongings() -> MutexGuard<'static, Belongings> {
    BELONGINGS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a finished child said and whether it succeeded.
pub struct Outcome {
    pub success: bool,
    pub output: String,
}

/// Run to the end, showing the output as it comes and keeping it.
pub fn run(command: &mut Command) -> Result<Outcome> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut group = Group::start(command, Signal::SIGINT)?;
    let stdout = group.child.stdout.take();
    let stderr = group.child.stderr.take();
    std::thread::scope(|scope| {
        let out = scope.spawn(|| show(stdout));
        let err = scope.spawn(|| show(stderr));
        let status = group.child.wait();
        // A grandchild left behind would hold the pipes open and make us wait for it.
        group.kill();
        let mut output = out.join().unwrap_or_default();
        output.push_str(&err.join().unwrap_or_default());
        Ok(Outcome {
            success: status?.success(),
            output,
        })
    })
}

/// Run and only keep the output: for questions to a tool, not for work.
pub fn ask(command: &mut Command) -> Option<String> {
    let answer = command.stdin(Stdio::null()).output().ok()?;
    answer
        .status
        .success()
        .then(|| String::from_utf8_lossy(&answer.stdout).into_owned())
}

fn show(pipe: Option<impl Read>) -> String {
    let Some(pipe) = pipe else { return String::new() };
    let mut reader = BufReader::new(pipe);
    let mut all = String::new();
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        let text = String::from_utf8_lossy(&line);
        let mut screen = std::io::stdout().lock();
        let _ = screen.write_all(text.as_bytes()).and_then(|()| screen.flush());
        all.push_str(&text);
        line.clear();
    }
    all
}

/// A child and all it starts. Dropping it ends them.
pub struct Group {
    pub child: Child,
    id: Pid,
    farewell: Signal,
}

impl Group {
    /// Start in a group of its own; `farewell` is the signal that asks it to end.
    pub fn start(command: &mut Command, farewell: Signal) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        // The lock is held while it starts, so that a signal in between cannot miss it.
        let mut belongings = belongings();
        let child = command
            .process_group(0)
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        let id = Pid::from_raw(i32::try_from(child.id()).context("process id out of range")?);
        belongings.groups.push((id, farewell));
        Ok(Self { child, id, farewell })
    }

    /// Ask it to end, wait a little, then insist.
    pub fn stop(&mut self, patience: Duration) {
        let _ = killpg(self.id, self.farewell);
        let end = std::time::Instant::now() + patience;
        while std::time::Instant::now() < end {
            if !matches!(self.child.try_wait(), Ok(None)) {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        self.kill();
    }

    fn kill(&mut self) {
        let _ = killpg(self.id, Signal::SIGKILL);
        let _ = self.child.wait();
        belongings().groups.retain(|(id, _)| *id != self.id);
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.stop(Duration::from_secs(5));
    }
}

/// A folder that is removed with everything in it.
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Make it under the system's temporary folder, named after us so that a later run can tell whether we still live.
    pub fn create(prefix: &str) -> Result<Self> {
        sweep(prefix);
        let path = std::env::temp_dir().join(format!("{prefix}{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir(&path).with_context(|| format!("cannot make {}", path.display()))?;
        belongings().folders.push(path.clone());
        Ok(Self { path })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
        belongings().folders.retain(|path| *path != self.path);
    }
}

/// Remove the folders of runs that were killed so hard that they could not do it themselves.
fn sweep(prefix: &str) {
    let Ok(entries) = std::fs::read_dir(std::env::temp_dir()) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let Some(owner) = name.to_str().and_then(|name| name.strip_prefix(prefix)) else {
            continue;
        };
        let dead = owner
            .parse()
            .is_ok_and(|id| nix::sys::signal::kill(Pid::from_raw(id), None).is_err());
        if dead {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// On Ctrl-C, TERM or HUP: end every group, remove every folder, leave with 130.
pub fn stop_all_on_signal() -> Result<()> {
    ctrlc::set_handler(|| {
        let belongings = belongings();
        for (id, farewell) in &belongings.groups {
            let _ = killpg(*id, *farewell);
        }
        for _ in 0..100 {
            if belongings.groups.iter().all(|(id, _)| killpg(*id, None).is_err()) {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        for (id, _) in &belongings.groups {
            let _ = killpg(*id, Signal::SIGKILL);
        }
        for folder in &belongings.folders {
            let _ = std::fs::remove_dir_all(folder);
        }
        std::process::exit(130);
    })
    .context("cannot listen for Ctrl-C")
}

//! What is logged, to be read by a test.

use server::cli::logs::{discretion, filter};
use std::io;
use std::sync::{Arc, Mutex};
use tracing::Subscriber;
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::layer::SubscriberExt;

/// What was logged.
#[derive(Clone, Default)]
pub struct Heard(Arc<Mutex<Vec<u8>>>);

impl Heard {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl io::Write for Heard {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What this thread logs from now on, as long as the guard lives.
pub struct Here {
    heard: Heard,
    _guard: DefaultGuard,
}

impl Here {
    pub fn text(&self) -> String {
        self.heard.text()
    }
}

/// Listens to this thread.
pub fn here(setting: &str) -> Here {
    let heard = Heard::default();
    let _guard = tracing::subscriber::set_default(listener(setting, heard.clone()));
    Here { heard, _guard }
}

/// What the program would log with a setting, to be read.
pub fn listener(setting: &str, heard: Heard) -> impl Subscriber + Send + Sync {
    let lines = tracing_subscriber::fmt::layer().with_ansi(false);
    tracing_subscriber::registry()
        .with(discretion())
        .with(filter(setting).unwrap())
        .with(lines.with_writer(move || heard.clone()))
}

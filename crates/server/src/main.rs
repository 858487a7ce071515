//! The binary `trei`.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// Requests and the writer free what the other made; the system's allocator makes them wait for each other then.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    server::cli::run()
}

use std::process::ExitCode;

use heyan::media::{Limits, WORKER_ARGUMENT, worker};

fn main() -> ExitCode {
    let served = match std::env::args().nth(1) {
        Some(argument) if argument == WORKER_ARGUMENT => worker::serve(&Limits::default()),
        _ => Ok(()),
    };
    if served.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

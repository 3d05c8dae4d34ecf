//! The program `heyan`.

use std::process::ExitCode;

fn main() -> ExitCode {
    heyan::cli::run(std::env::args_os())
}

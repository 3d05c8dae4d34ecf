//! `heyan picture-worker [MEMORY_MIB]`, hidden: decodes pictures for the desk in a process of its own.
//!
//! It enters its sandbox before anything else is opened: no settings, no language, no other argument.

use std::ffi::OsString;
use std::process::ExitCode;

use crate::media::{Limits, worker};

/// Serves until the pipe closes. What goes wrong is the desk's to notice and tell: there is nobody here to read it.
pub fn run(memory_mib: Option<&OsString>) -> ExitCode {
    let mut limits = Limits::default();
    if let Some(mib) = memory_mib.and_then(|word| word.to_str()?.parse::<u32>().ok()) {
        limits = limits.within(u64::from(mib) << 20);
    }
    if worker::serve(&limits).is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

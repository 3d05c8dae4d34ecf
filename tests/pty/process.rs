//! Other processes as the kernel knows them (`proc(5)`).

use std::fs;

use rustix::process::Pid;

/// The program and its children.
pub fn family(parent: Pid) -> Vec<Pid> {
    let children = threads(parent).filter_map(|thread| fs::read_to_string(format!("{thread}/children")).ok());
    let lines: String = children.collect();
    let pids = lines.split_whitespace().filter_map(|pid| Pid::from_raw(pid.parse().ok()?));
    std::iter::once(parent).chain(pids).collect()
}

/// Whether every thread of a process sleeps: there is nothing it could still do with what it was given.
pub fn sleeps(process: Pid) -> bool {
    threads(process).all(|thread| {
        let stat = fs::read_to_string(format!("{thread}/stat")).unwrap_or_default();
        // The state follows the name, which stands in brackets and may itself contain some.
        stat.rsplit_once(") ").is_none_or(|(_, fields)| fields.starts_with('S'))
    })
}

/// The first words of the command line.
pub fn command_line(process: Pid) -> Vec<String> {
    let line = fs::read(format!("/proc/{}/cmdline", process.as_raw_pid())).unwrap_or_default();
    line.split(|byte| *byte == 0).map(|word| String::from_utf8_lossy(word).into_owned()).collect()
}

fn threads(process: Pid) -> impl Iterator<Item = String> {
    let folder = fs::read_dir(format!("/proc/{}/task", process.as_raw_pid()));
    folder.into_iter().flatten().flatten().map(|thread| thread.path().to_string_lossy().into_owned())
}

//! One run of a program under limits: fed through a pipe, read through pipes, ended in time with all that it started.

use std::io;
use std::path::Path;
use std::process::Stdio;

use rustix::process::{Pid, Resource, Rlimit, Signal, kill_process_group, prlimit};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;
use tokio::time::timeout;

use super::Limits;
use crate::domain::evidence::{Fault, FaultKind};

/// Most that is read of what a program says of itself, in bytes.
const COMPLAINTS_BYTES: u64 = 64 << 10;

/// Files that it may have open: its data and libraries.
const OPEN_FILES: u64 = 64;

/// What a program did that ended by itself.
pub(super) struct Ended {
    pub success: bool,
    pub answer: Vec<u8>,
    pub complaints: Vec<u8>,
}

/// The program's process group, killed when this is dropped: also when nobody waits for the answer any more.
struct Group(Option<Pid>);

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(group) = self.0 {
            // It fails only when all of the group have ended by themselves.
            let _gone = kill_process_group(group, Signal::KILL);
        }
    }
}

pub(super) async fn run(
    program: &Path,
    arguments: &[&str],
    input: &[u8],
    limits: &Limits,
) -> Result<Ended, Fault> {
    let spawned = Command::new(program)
        .args(arguments)
        .env_clear()
        // Two threads on busy cores took seven times as long as one.
        .env("OMP_THREAD_LIMIT", "1")
        .current_dir("/")
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = spawned.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Fault::new(FaultKind::NotInstalled, "tesseract"),
        _ => failed(error),
    })?;
    let pid = child.id().and_then(|id| Pid::from_raw(id.cast_signed()));
    let mut group = Group(pid);
    // Nothing that matters was given to it before the limits hold: it gets its input after that.
    restrict(pid, limits).map_err(failed)?;
    let (Some(mut stdin), Some(stdout), Some(stderr)) =
        (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        return Err(failed("no pipes"));
    };
    let feed = async move {
        // One that ends before it has read everything tells by its status why.
        let _fed = stdin.write_all(input).await;
    };
    let work = async {
        let ((), answer, complaints) =
            tokio::join!(feed, at_most(stdout, limits.answer_bytes + 1), at_most(stderr, COMPLAINTS_BYTES));
        io::Result::Ok((answer?, complaints?, child.wait().await?))
    };
    let (answer, complaints, status) = timeout(limits.answer_within, work)
        .await
        .map_err(|_| {
            Fault::new(FaultKind::Timeout, format_args!("{} s", limits.answer_within.as_secs_f32()))
        })?
        .map_err(failed)?;
    // It has been waited for: its number may be somebody else's from now on.
    group.0 = None;
    if answer.len() as u64 > limits.answer_bytes {
        return Err(Fault::new(FaultKind::TooLarge, format_args!("more than {} bytes", limits.answer_bytes)));
    }
    Ok(Ended { success: status.success(), answer, complaints })
}

/// Reads up to a limit and closes the pipe, so that who floods it is ended by its own next write.
async fn at_most(pipe: impl AsyncRead + Unpin, bytes: u64) -> io::Result<Vec<u8>> {
    let mut read = Vec::new();
    pipe.take(bytes).read_to_end(&mut read).await?;
    Ok(read)
}

fn restrict(pid: Option<Pid>, limits: &Limits) -> io::Result<()> {
    for (resource, limit) in [
        (Resource::Core, 0),
        (Resource::Fsize, 0),
        (Resource::Cpu, limits.cpu_seconds),
        (Resource::As, limits.memory_bytes),
        (Resource::Nofile, OPEN_FILES),
    ] {
        match prlimit(pid, resource, Rlimit { current: Some(limit), maximum: Some(limit) }) {
            // It has ended already, and its status will tell why.
            Ok(_) | Err(rustix::io::Errno::SRCH) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

fn failed(error: impl ToString) -> Fault {
    Fault::new(FaultKind::Failed, error)
}

//! One worker process and the pipe to it: a question, an answer, and an end to waiting.

use std::io::{self, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::protocol::{Answer, ProtocolError, Request, read_frame, write_frame};
use super::{Limits, WORKER_ARGUMENT};
use crate::domain::view::LARGEST_TARGET;

/// A question and the bytes that go with it.
type Question = (Request, Vec<u8>);

/// Why there was no answer. In each case the worker is of no further use.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoAnswer {
    #[error("the worker did not answer in time")]
    TimedOut,
    #[error("the worker died")]
    Died,
    #[error("nobody waits for the answer any more")]
    GivenUp,
}

/// How long an answer is awaited that nobody waits for any more: most come sooner, and a new worker takes about as long.
const GRACE: Duration = Duration::from_millis(300);

/// How often it is asked whether anybody waits.
const SLICE: Duration = Duration::from_millis(30);

/// The pipe to a running worker. A thread of its own does the blocking reads and writes, so that waiting can end;
/// it ends itself when the worker is killed or this is dropped.
pub(super) struct Link {
    questions: Sender<Question>,
    answers: Receiver<Result<(Answer, Vec<u8>), ProtocolError>>,
    limits: Limits,
}

/// Starts a worker. The caller owns the child and kills it.
///
/// The child gets no environment, no folder of interest, no terminal, and no signal from the terminal's keys.
pub(super) fn start(program: &Path, limits: &Limits) -> io::Result<(Child, Link)> {
    let mut child = Command::new(program)
        .arg(WORKER_ARGUMENT)
        .arg((limits.memory_bytes >> 20).to_string())
        .env_clear()
        .current_dir("/")
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let pipes = child.stdin.take().zip(child.stdout.take());
    let started = pipes
        .ok_or_else(|| io::Error::from(io::ErrorKind::BrokenPipe))
        .and_then(|(input, output)| Link::over(input, output, limits));
    match started {
        Ok(link) => Ok((child, link)),
        Err(error) => {
            end(&mut child)?;
            Err(error)
        }
    }
}

/// Kills a worker, if it still lives, and waits for its end so that no zombie is left.
pub(super) fn end(child: &mut Child) -> io::Result<()> {
    child.kill()?;
    child.wait()?;
    Ok(())
}

impl Link {
    fn over(mut input: ChildStdin, output: ChildStdout, limits: &Limits) -> io::Result<Link> {
        let (questions, asked) = channel::<Question>();
        let (answer, answers) = channel();
        let largest = u64::from(LARGEST_TARGET).pow(2) * 3;
        thread::Builder::new().name("picture-pipe".into()).spawn(move || {
            let mut output = BufReader::new(output);
            for (request, payload) in asked {
                let answered = write_frame(&mut input, &request, &payload)
                    .and_then(|()| read_frame(&mut output, largest)?.ok_or(ProtocolError::Cut));
                let broken = answered.is_err();
                if answer.send(answered).is_err() || broken {
                    break;
                }
            }
        })?;
        Ok(Link { questions, answers, limits: *limits })
    }

    /// Asks and waits for the answer, as long as the limits allow.
    pub(super) fn ask(&self, request: Request, payload: Vec<u8>) -> Result<(Answer, Vec<u8>), NoAnswer> {
        self.ask_while(request, payload, || true)
    }

    /// The same, given up some time after nobody waits for it any more.
    pub(super) fn ask_while(
        &self,
        request: Request,
        payload: Vec<u8>,
        awaited: impl Fn() -> bool,
    ) -> Result<(Answer, Vec<u8>), NoAnswer> {
        self.questions.send((request, payload)).map_err(|_| NoAnswer::Died)?;
        let asked = Instant::now();
        loop {
            let left = self.limits.answer_within.saturating_sub(asked.elapsed());
            match self.answers.recv_timeout(left.min(SLICE)) {
                Ok(Ok(answer)) => return Ok(answer),
                Err(RecvTimeoutError::Timeout) if left.is_zero() => return Err(NoAnswer::TimedOut),
                Err(RecvTimeoutError::Timeout) if asked.elapsed() >= GRACE && !awaited() => {
                    return Err(NoAnswer::GivenUp);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => return Err(NoAnswer::Died),
            }
        }
    }
}

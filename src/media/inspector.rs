//! Measures and pages of pictures for those who gather evidence: questions with answers, one after the other.
//!
//! Unlike [`super::client`] it makes its caller wait, and keeps nothing: each picture is asked for once.

use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Limits;
use super::fault::PictureFault;
use super::handler::{no_worker, timed_out};
use super::link::{self, Link, NoAnswer};
use super::protocol::{Answer, Request};
use crate::domain::evidence::{Fault, FaultKind, PixelFacts, PixelInspection, Region};
use crate::domain::look::Look;
use crate::domain::viewport::Size;

/// How many workers a picture may end before it is given up.
const MOST_WORKERS: u8 = 2;

/// A picture as grey pixels, upright, at a size at which text is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GreyPage {
    /// Size of the original.
    pub picture: Size,
    /// Size of the page.
    pub shown: Size,
    /// `shown.width * shown.height` luminances, row by row.
    pub grey: Vec<u8>,
}

/// One worker for everybody who asks; to be shared. It is started by the first question and replaced when it dies.
pub struct Inspector {
    program: PathBuf,
    limits: Limits,
    worker: Mutex<Option<Worker>>,
}

struct Worker {
    child: Child,
    link: Link,
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It fails only for a child that has been waited for, and then there is none left to end.
        let _gone = link::end(&mut self.child);
    }
}

impl Inspector {
    /// `program` is the absolute path of this program, which is started under its hidden subcommand.
    pub fn new(program: &Path, limits: Limits) -> Inspector {
        Inspector { program: program.to_owned(), limits, worker: Mutex::new(None) }
    }

    /// Measures a picture file. Waits for those who asked before.
    pub fn pixels(&self, bytes: &[u8]) -> PixelInspection {
        let answer = self.ask(&Request::Inspect, bytes, |answer, _| match answer {
            Answer::Inspected { facts } if plausible(&facts) => Some(facts),
            _ => None,
        });
        match answer {
            Ok(facts) => PixelInspection::Seen(facts),
            Err(fault) => PixelInspection::NoAnswer(as_evidence(&fault)),
        }
    }

    /// A picture file as a page to read. Waits for those who asked before.
    pub fn page(&self, bytes: &[u8]) -> Result<GreyPage, Fault> {
        self.ask(&Request::Page, bytes, |answer, grey| match answer {
            Answer::Page { picture, shown } if grey.len() as u64 == shown.area() && picture.area() > 0 => {
                Some(GreyPage { picture, shown, grey })
            }
            _ => None,
        })
        .map_err(|fault| as_evidence(&fault))
    }

    /// Asks the worker, and a second one when the first dies of it. `take` refuses what no honest worker answers: it
    /// may have been taken over by what it decoded.
    fn ask<T>(
        &self,
        request: &Request,
        bytes: &[u8],
        take: impl Fn(Answer, Vec<u8>) -> Option<T>,
    ) -> Result<T, PictureFault> {
        if bytes.len() as u64 > self.limits.file_bytes {
            let (bytes, limit) = (bytes.len() as u64, self.limits.file_bytes);
            return Err(PictureFault::FileTooLarge { bytes, limit });
        }
        let mut worker = self.worker();
        for _ in 0..MOST_WORKERS {
            let running = match worker.take() {
                Some(running) => running,
                None => self.start()?,
            };
            match running.link.ask(request.clone(), bytes.to_vec()) {
                Ok((Answer::Failed { fault }, _)) => {
                    *worker = Some(running);
                    return Err(fault);
                }
                Ok((answer, payload)) => {
                    if let Some(taken) = take(answer, payload) {
                        *worker = Some(running);
                        return Ok(taken);
                    }
                }
                Err(NoAnswer::TimedOut) => return Err(timed_out(&self.limits)),
                Err(NoAnswer::Died | NoAnswer::GivenUp) => {}
            }
        }
        Err(PictureFault::WorkerDied)
    }

    fn start(&self) -> Result<Worker, PictureFault> {
        let (child, link) = link::start(&self.program, &self.limits).map_err(no_worker)?;
        Ok(Worker { child, link })
    }

    /// A panic of another thread leaves a worker behind that is still whole, or none.
    fn worker(&self) -> MutexGuard<'_, Option<Worker>> {
        self.worker.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the measures can be those of a picture.
fn plausible(facts: &PixelFacts) -> bool {
    let inside = |region: &Region| {
        let end = |start: u32, length: u32| u64::from(start) + u64::from(length);
        end(region.x, region.width) <= u64::from(facts.width)
            && end(region.y, region.height) <= u64::from(facts.height)
    };
    facts.width > 0
        && facts.height > 0
        && facts.dark_permille <= 1_000
        && facts.bright_permille <= 1_000
        && Look::of(facts).is_some()
        && facts.glare.iter().chain(&facts.faces).all(inside)
}

/// Why a picture could not be inspected, as evidence keeps it.
fn as_evidence(fault: &PictureFault) -> Fault {
    let kind = match fault {
        PictureFault::TooManyPixels { .. }
        | PictureFault::FileTooLarge { .. }
        | PictureFault::OutOfMemory => FaultKind::TooLarge,
        PictureFault::TimedOut { .. } => FaultKind::Timeout,
        PictureFault::NotAPicture
        | PictureFault::Unsupported { .. }
        | PictureFault::BuiltWithout { .. }
        | PictureFault::Broken { .. }
        | PictureFault::NoSuchPage { .. } => FaultKind::Protocol,
        PictureFault::WorkerDied
        | PictureFault::NoWorker { .. }
        | PictureFault::Missing
        | PictureFault::Unreadable { .. }
        | PictureFault::Damaged
        | PictureFault::NotEncoded { .. } => FaultKind::Failed,
    };
    Fault::new(kind, fault)
}

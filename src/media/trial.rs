//! A trial of the worker: whether it starts, decodes, and is confined.

use std::path::Path;

use super::Limits;
use super::confine::Proof;
use super::fault::PictureFault;
use super::handler::{no_worker, timed_out};
use super::link::{self, Link, NoAnswer};
use super::protocol::{Answer, Request};
use crate::domain::viewport::Size;

/// What a worker did on trial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// The size of the picture that it decoded.
    pub picture: Size,
    pub proof: Proof,
}

/// Starts a worker, lets it decode a picture and then try what it must not be able to do, and ends it.
pub fn trial(program: &Path, limits: &Limits, picture: &[u8]) -> Result<Trial, PictureFault> {
    let (mut child, link) = link::start(program, limits).map_err(no_worker)?;
    let tried = attempt(&link, limits, picture);
    link::end(&mut child).map_err(no_worker)?;
    tried
}

fn attempt(link: &Link, limits: &Limits, picture: &[u8]) -> Result<Trial, PictureFault> {
    let ask = |request, payload| {
        link.ask(request, payload).map_err(|error| match error {
            NoAnswer::Died | NoAnswer::GivenUp => PictureFault::WorkerDied,
            NoAnswer::TimedOut => timed_out(limits),
        })
    };
    let opened =
        ask(Request::Open { sha256: "trial".to_owned(), page: 0, on_screen: Vec::new() }, picture.to_vec())?;
    let proved = ask(Request::Prove, Vec::new())?;
    match (opened.0, proved.0) {
        (Answer::Opened { picture }, Answer::Proved { proof }) => Ok(Trial { picture, proof }),
        (Answer::Failed { fault }, _) => Err(fault),
        _ => Err(PictureFault::WorkerDied),
    }
}

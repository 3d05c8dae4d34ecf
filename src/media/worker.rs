//! The child's side: enter the sandbox, then answer until the pipe closes. Knows bytes and sizes, no path, no filing.

use std::io::{self, BufReader, Read, Write};
use std::panic::{self, AssertUnwindSafe};

use super::Limits;
use super::confine::{Confinement, Proof, Unconfined, confine};
use super::corners::corners;
use super::decode::Picture;
use super::fault::PictureFault;
use super::inspect::{FaceFinder, inspect, page};
use super::keep::Keep;
use super::protocol::{Answer, LARGEST_TARGET, ProtocolError, Request, read_frame, write_frame};
use super::submitted::SubmittedPages;
use crate::domain::file_format::FileFormat;
use crate::domain::viewport::Size;

/// Why a worker ended before its pipe was closed.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    #[error("the worker refuses to run unconfined: {0}")]
    Unconfined(#[from] Unconfined),
    #[error("the worker lost its desk: {0}")]
    Protocol(#[from] ProtocolError),
}

/// The whole life of the worker process, on its standard streams. To be called before anything else is opened.
pub fn serve(limits: &Limits) -> Result<(), WorkerError> {
    let confinement = confine(limits)?;
    // A decoder's panic is answered with a fault; its text has nowhere to go.
    panic::set_hook(Box::new(|_| ()));
    run(limits, confinement, BufReader::new(io::stdin().lock()), io::stdout().lock())
}

/// Answers one request after the other until the input ends.
pub fn run(
    limits: &Limits,
    confinement: Confinement,
    mut input: impl Read,
    mut output: impl Write,
) -> Result<(), WorkerError> {
    let mut pictures = Keep::new(limits.decoded_bytes);
    let mut submitted = SubmittedPages::new(limits);
    let mut faces = FaceFinder::default();
    while let Some((request, payload)) = read_frame::<Request>(&mut input, limits.file_bytes)? {
        let (answer, pixels) = match request {
            Request::Open { sha256, page, standing } => {
                // Looked at again, so that they are not the ones that go.
                for page in &standing {
                    pictures.get(page);
                }
                match guarded(&payload, || Picture::decode(&payload, page, limits)) {
                    Ok(picture) => {
                        let (upright, bytes) = (picture.upright(), picture.bytes());
                        pictures.put((sha256, page), picture, bytes);
                        (Answer::Opened { picture: upright }, Vec::new())
                    }
                    Err(fault) => (Answer::Failed { fault }, Vec::new()),
                }
            }
            Request::Render { sha256, view, target } => match pictures.get(&(sha256.clone(), view.page)) {
                Some(original) => match guarded(&[], || submitted.of(&sha256, original, view)) {
                    Ok((picture, view, submitted)) => {
                        let side = |length: u32| length.min(LARGEST_TARGET);
                        let pixels =
                            picture.render(&view, Size::new(side(target.width), side(target.height)));
                        let shown = Size::new(pixels.width(), pixels.height());
                        let (upright, pages) = (original.upright(), original.pages());
                        let notes = original.notes().to_vec();
                        (
                            Answer::Rendered { picture: upright, pages, shown, notes, submitted },
                            pixels.into_raw(),
                        )
                    }
                    Err(fault) => (Answer::Failed { fault }, Vec::new()),
                },
                None => (Answer::NotOpen, Vec::new()),
            },
            Request::Corners { sha256, page } => match pictures.get(&(sha256, page)) {
                Some(picture) => (Answer::Corners { quad: corners(picture) }, Vec::new()),
                None => (Answer::NotOpen, Vec::new()),
            },
            Request::Inspect => {
                let looked = guarded(&payload, || {
                    inspect(&Picture::decode(&payload, 0, limits)?, &payload, &mut faces)
                });
                match looked {
                    Ok(facts) => (Answer::Inspected { facts }, Vec::new()),
                    Err(fault) => (Answer::Failed { fault }, Vec::new()),
                }
            }
            Request::Page => match guarded(&payload, || Ok(page(&Picture::decode(&payload, 0, limits)?))) {
                Ok((picture, grey)) => {
                    let shown = Size::new(grey.width(), grey.height());
                    (Answer::Page { picture, shown }, grey.into_raw())
                }
                Err(fault) => (Answer::Failed { fault }, Vec::new()),
            },
            Request::Prove => (Answer::Proved { proof: Proof::attempt(confinement) }, Vec::new()),
        };
        write_frame(&mut output, &answer, &pixels)?;
    }
    Ok(())
}

/// A panic in a decoder or on its pixels costs one picture and not the worker.
fn guarded<T>(bytes: &[u8], work: impl FnOnce() -> Result<T, PictureFault>) -> Result<T, PictureFault> {
    panic::catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(PictureFault::Broken { format: FileFormat::of(bytes) }))
}

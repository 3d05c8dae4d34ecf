//! The child's side: enter the sandbox, then answer until the pipe closes. Knows bytes and sizes, no path, no filing.

use std::io::{self, BufReader, Read, Write};
use std::panic::{self, AssertUnwindSafe};

use super::Limits;
use super::client::PageKey;
use super::confine::{Confinement, Proof, Unconfined, confine};
use super::corners::corners;
use super::decode::Picture;
use super::fault::PictureFault;
use super::inspect::{FaceFinder, inspect, page};
use super::keep::Keep;
use super::protocol::{Answer, ProtocolError, Request, read_frame, write_frame};
use super::submitted::SubmittedPages;
use crate::domain::file_format::FileFormat;
use crate::domain::view::{LARGEST_TARGET, View};
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
    let mut pictures: Keep<PageKey, (Picture, FileFormat)> = Keep::new(limits.decoded_bytes);
    let mut submitted = SubmittedPages::new(limits);
    let mut faces = FaceFinder::default();
    while let Some((request, payload)) = read_frame::<Request>(&mut input, limits.file_bytes)? {
        let answered = match request {
            Request::Open { sha256, page, on_screen } => {
                let format = FileFormat::of(&payload);
                // What is looked at is dropped last.
                on_screen.iter().for_each(|page| pictures.touch(page));
                guarded(format, || Picture::decode(&payload, page, limits)).map(|picture| {
                    let (upright, bytes) = (picture.upright(), picture.bytes());
                    let (key, picture) = (PageKey { sha256, page }, (picture, format));
                    if on_screen.contains(&key) {
                        pictures.put(key, picture, bytes);
                    } else {
                        pictures.put_aside(key, picture, bytes, &on_screen);
                    }
                    (Answer::Opened { picture: upright }, Vec::new())
                })
            }
            Request::Render { sha256, view, target } => {
                match pictures.peek(&PageKey { sha256: sha256.clone(), page: view.page }) {
                    Some((original, format)) => {
                        guarded(*format, || rendered(&mut submitted, &sha256, original, view, target))
                    }
                    None => Ok((Answer::NotOpen, Vec::new())),
                }
            }
            Request::Corners { sha256, page } => match pictures.peek(&PageKey { sha256, page }) {
                Some((picture, format)) => guarded(*format, || Ok(corners(picture)))
                    .map(|quad| (Answer::Corners { quad }, Vec::new())),
                None => Ok((Answer::NotOpen, Vec::new())),
            },
            Request::Inspect => guarded(FileFormat::of(&payload), || {
                let facts = inspect(&Picture::decode(&payload, 0, limits)?, &payload, &mut faces)?;
                Ok((Answer::Inspected { facts }, Vec::new()))
            }),
            Request::Page => guarded(FileFormat::of(&payload), || {
                let (picture, grey) = page(&Picture::decode(&payload, 0, limits)?);
                let shown = Size::new(grey.width(), grey.height());
                Ok((Answer::Page { picture, shown }, grey.into_raw()))
            }),
            Request::Prove => Ok((Answer::Proved { proof: Proof::attempt(confinement) }, Vec::new())),
        };
        let (answer, pixels) = answered.unwrap_or_else(|fault| (Answer::Failed { fault }, Vec::new()));
        write_frame(&mut output, &answer, &pixels)?;
    }
    Ok(())
}

/// What a view shows of an opened page.
fn rendered(
    submitted: &mut SubmittedPages,
    sha256: &str,
    original: &Picture,
    view: View,
    target: Size,
) -> Result<(Answer, Vec<u8>), PictureFault> {
    let (picture, view, submitted) = submitted.of(sha256, original, view)?;
    let side = |length: u32| length.min(LARGEST_TARGET);
    let pixels = picture.render(&view, Size::new(side(target.width), side(target.height)));
    let shown = Size::new(pixels.width(), pixels.height());
    let (upright, pages) = (original.upright(), original.pages());
    let notes = original.notes().to_vec();
    Ok((Answer::Rendered { picture: upright, pages, shown, notes, submitted }, pixels.into_raw()))
}

/// A panic in a decoder or on its pixels costs one answer and not the worker.
fn guarded<T>(format: FileFormat, work: impl FnOnce() -> Result<T, PictureFault>) -> Result<T, PictureFault> {
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(PictureFault::Broken { format }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_fault_of_the_picture() {
        let work = |index: usize| move || Ok([7][index]);
        assert_eq!(guarded(FileFormat::Jpeg, work(0)), Ok(7));
        let broken = PictureFault::Broken { format: FileFormat::Jpeg };
        assert_eq!(guarded(FileFormat::Jpeg, work(1)), Err(broken));
    }
}

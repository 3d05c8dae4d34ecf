//! What the desk and the picture worker say to each other, over the worker's standard input and output.
//!
//! A frame is `HYP5`, the length of the header and that of the payload (both 32 bits, big-endian), the header as
//! JSON, the payload as it is. The last byte of the mark is the version: both ends are the same program, but an
//! upgrade under a running desk can pair it with a newer worker. Neither end trusts a length it is told.

use std::io::{self, ErrorKind, Read, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::client::PageKey;
use super::confine::Proof;
use super::fault::PictureFault;
use super::note::Note;
use crate::domain::evidence::PixelFacts;
use crate::domain::submission::SubmittedFile;
use crate::domain::view::{Quad, View};
use crate::domain::viewport::Size;

/// Marks a frame; the last byte is the version.
const MARK: [u8; 4] = *b"HYP5";

/// Longest header, in bytes: the measures of a picture with many faces are the longest.
const LONGEST_HEADER: u64 = 4096;

/// What the desk asks; `sha256` names the picture, in lower-case hex.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum Request {
    /// Decode a page of the payload, from 0, and keep it. One that is not among those on the screen is decoded ahead, and
    /// drives none of them out.
    Open { sha256: String, page: u32, on_screen: Vec<PageKey> },
    /// What is seen of an opened page.
    Render { sha256: String, view: View, target: Size },
    /// Where the corners of the document on an opened page lie.
    Corners { sha256: String, page: u32 },
    /// Decode the payload and measure it.
    Inspect,
    /// Decode the payload and give it upright, in grey, for reading.
    Page,
    /// Try what the sandbox must refuse.
    Prove,
}

/// What the worker answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    /// Decoded; the size is that of the upright picture.
    Opened { picture: Size },
    /// The payload is `shown.width * shown.height` RGB triples, row by row; `picture` is the upright page.
    Rendered {
        picture: Size,
        pages: u32,
        shown: Size,
        notes: Vec<Note>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        submitted: Option<SubmittedFile>,
    },
    /// The document's corners; none where there is no convincing document.
    Corners { quad: Option<Quad> },
    /// What was measured.
    Inspected { facts: PixelFacts },
    /// The payload is `shown.width * shown.height` luminances, row by row.
    Page { picture: Size, shown: Size },
    /// The picture was never opened, or has been dropped for newer ones: open it again.
    NotOpen,
    /// The picture cannot be shown.
    Failed { fault: PictureFault },
    /// What the sandbox refused.
    Proved { proof: Proof },
}

/// Why no frame could be read or written.
#[derive(Debug, thiserror::Error)]
pub enum ProtocolError {
    #[error("the pipe failed: {0}")]
    Pipe(#[from] io::Error),
    #[error("the frame is cut short")]
    Cut,
    #[error("the frame starts with {0:02x?} and not with {MARK:02x?}: the two ends are different versions")]
    ForeignMark([u8; 4]),
    #[error("a {part} of {bytes} bytes; at most {limit} are accepted")]
    TooLong { part: &'static str, bytes: u64, limit: u64 },
    #[error("the header is not understood: {0}")]
    Header(#[from] serde_json::Error),
}

/// Writes one frame.
pub fn write_frame(
    out: &mut impl Write,
    header: &impl Serialize,
    payload: &[u8],
) -> Result<(), ProtocolError> {
    let header = serde_json::to_vec(header)?;
    let length = |part, bytes: usize| {
        u32::try_from(bytes).map_err(|_| ProtocolError::TooLong {
            part,
            bytes: bytes as u64,
            limit: u64::from(u32::MAX),
        })
    };
    let mut start = Vec::with_capacity(12 + header.len());
    start.extend_from_slice(&MARK);
    start.extend_from_slice(&length("header", header.len())?.to_be_bytes());
    start.extend_from_slice(&length("payload", payload.len())?.to_be_bytes());
    start.extend_from_slice(&header);
    out.write_all(&start)?;
    out.write_all(payload)?;
    Ok(out.flush()?)
}

/// Reads one frame; none when the other end has closed the pipe between two frames.
pub fn read_frame<H: DeserializeOwned>(
    input: &mut impl Read,
    largest_payload: u64,
) -> Result<Option<(H, Vec<u8>)>, ProtocolError> {
    let mark = bytes(input, 4)?;
    if mark.is_empty() {
        return Ok(None);
    }
    let mark = four(&mark)?;
    if mark != MARK {
        return Err(ProtocolError::ForeignMark(mark));
    }
    let header = length(input, "header", LONGEST_HEADER)?;
    let payload = length(input, "payload", largest_payload)?;
    let header = serde_json::from_slice(&exactly(input, header)?)?;
    Ok(Some((header, exactly(input, payload)?)))
}

fn length(input: &mut impl Read, part: &'static str, limit: u64) -> Result<u64, ProtocolError> {
    let bytes = u64::from(u32::from_be_bytes(four(&bytes(input, 4)?)?));
    if bytes > limit { Err(ProtocolError::TooLong { part, bytes, limit }) } else { Ok(bytes) }
}

fn four(bytes: &[u8]) -> Result<[u8; 4], ProtocolError> {
    bytes.try_into().map_err(|_| ProtocolError::Cut)
}

fn exactly(input: &mut impl Read, count: u64) -> Result<Vec<u8>, ProtocolError> {
    let read = bytes(input, count)?;
    if read.len() as u64 == count { Ok(read) } else { Err(ProtocolError::Cut) }
}

/// Up to `count` bytes; fewer only at the end of the input.
fn bytes(input: &mut impl Read, count: u64) -> Result<Vec<u8>, ProtocolError> {
    let mut read = Vec::new();
    let wanted = usize::try_from(count).map_err(|_| ProtocolError::Cut)?;
    read.try_reserve_exact(wanted).map_err(|_| io::Error::from(ErrorKind::OutOfMemory))?;
    input.take(count).read_to_end(&mut read)?;
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pipe that hands over one byte at a time.
    struct Dribble<'a>(&'a [u8]);

    impl Read for Dribble<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = buffer.len().min(self.0.len()).min(1);
            let (now, later) = self.0.split_at(count);
            buffer[..count].copy_from_slice(now);
            self.0 = later;
            Ok(count)
        }
    }

    fn frame() -> (Request, Vec<u8>) {
        let request = Request::Open { sha256: "ab".repeat(32), page: 0, on_screen: Vec::new() };
        let mut sent = Vec::new();
        write_frame(&mut sent, &request, b"pixels").unwrap();
        (request, sent)
    }

    #[test]
    fn frames_survive_short_reads_and_end_cleanly() {
        let (request, mut sent) = frame();
        write_frame(&mut sent, &Request::Prove, b"").unwrap();
        let mut pipe = Dribble(&sent);
        assert_eq!(read_frame(&mut pipe, 6).unwrap(), Some((request, b"pixels".to_vec())));
        assert_eq!(read_frame(&mut pipe, 6).unwrap(), Some((Request::Prove, Vec::new())));
        assert!(read_frame::<Request>(&mut pipe, 6).unwrap().is_none());
    }

    #[test]
    fn a_frame_cut_anywhere_is_an_error_and_never_a_frame() {
        let (_, sent) = frame();
        for end in 1..sent.len() {
            let cut = read_frame::<Request>(&mut &sent[..end], 6);
            assert!(matches!(cut, Err(ProtocolError::Cut)), "{end}: {cut:?}");
        }
    }

    #[test]
    fn lengths_are_believed_up_to_the_limit_only() {
        let (_, sent) = frame();
        let too_long = read_frame::<Request>(&mut &sent[..], 5);
        assert!(matches!(too_long, Err(ProtocolError::TooLong { part: "payload", bytes: 6, limit: 5 })));
        let mut header = sent.clone();
        header[4] = 0xff;
        let too_long = read_frame::<Request>(&mut &header[..], 6);
        assert!(matches!(too_long, Err(ProtocolError::TooLong { part: "header", .. })));
        let mut other = sent;
        other[3] = b'1';
        assert!(matches!(read_frame::<Request>(&mut &other[..], 6), Err(ProtocolError::ForeignMark(_))));
    }

    proptest::proptest! {
        #[test]
        fn noise_is_an_error_and_never_a_panic(noise in proptest::collection::vec(0u8.., 0..64)) {
            let mut marked = MARK.to_vec();
            marked.extend_from_slice(&noise);
            proptest::prop_assert!(read_frame::<Answer>(&mut &marked[..], 64).is_err());
        }
    }
}

//! Pictures: decoded in a separate, confined process and handed over as pixels.
//!
//! [`client`] is the parent's side: it never makes the caller wait, keeps what was rendered and restarts a dead
//! worker (`courier` fulfils wishes on a thread of its own, `handler` asks the worker). [`render`] makes what a view shows of a decoded picture, [`corners`] finds the document in it. [`inspector`] asks one for measures and for pages to read. [`worker`] is the child's main loop, [`confine`] the sandbox it enters first, [`protocol`] what passes
//! between the two. Hostile files are part of the job, so nothing here decodes a picture in the parent.
//!
//! Not here: cells, colours and escape sequences (the desk draws), and finding an attachment (the store does).

pub mod client;
pub mod confine;
pub mod corners;
mod courier;
pub mod decode;
pub mod encode;
pub mod fault;
mod handler;
mod inspect;
pub mod inspector;
mod keep;
mod link;
pub mod note;
pub mod protocol;
pub mod render;
mod scale;
mod shared;
pub mod submitted;
pub mod trial;
pub mod worker;

use std::time::Duration;

/// The hidden subcommand under which the program runs [`worker::serve`]; the address space in MiB follows it.
pub const WORKER_ARGUMENT: &str = "picture-worker";

/// What a picture may cost, on both sides of the pipe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Largest file, in bytes.
    pub file_bytes: u64,
    /// Most pixels, judged from the header before anything is decoded.
    pub pixels: u64,
    /// Decoded pictures that the worker keeps, in bytes; the latest stays whatever its size.
    pub decoded_bytes: usize,
    /// Rendered views that the client keeps, in bytes.
    pub rendered_bytes: usize,
    /// Address space of the worker, in bytes.
    pub memory_bytes: u64,
    /// Processor time of one worker over its whole life, in seconds; a new one is started after that.
    pub cpu_seconds: u64,
    /// Longest wait for one answer of the worker.
    pub answer_within: Duration,
    /// Bytes of one picture on its way to the terminal; none for no limit.
    pub sent_bytes: Option<usize>,
}

impl Limits {
    /// The same with so much memory for the worker, of which what it keeps takes its part: the rest is for decoding.
    #[must_use]
    pub fn within(self, memory_bytes: u64) -> Self {
        const SHARE: u64 = 8;
        let part = usize::try_from(memory_bytes / SHARE).unwrap_or(usize::MAX);
        let decoded_bytes = part.min(Limits::default().decoded_bytes);
        Limits { memory_bytes, decoded_bytes, ..self }
    }
}

impl Default for Limits {
    /// Room for two phone pictures of 12 megapixels decoded, and for one of 60.
    fn default() -> Self {
        const MIB: u64 = 1 << 20;
        Limits {
            file_bytes: 64 * MIB,
            pixels: 60_000_000,
            decoded_bytes: 96 << 20,
            rendered_bytes: 32 << 20,
            memory_bytes: 1024 * MIB,
            cpu_seconds: 3600,
            answer_within: Duration::from_secs(10),
            sent_bytes: Some(200 << 10),
        }
    }
}

//! Why a picture cannot be shown: a closed list, each with a sentence for the reviewer.

use serde::{Deserialize, Serialize};

use crate::domain::message::Message;

/// What a file is, by its first bytes and never by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    Jpeg,
    Png,
    Gif,
    WebP,
    Bmp,
    Tiff,
    Heif,
    Pdf,
}

impl Format {
    /// The format whose signature the bytes carry.
    pub fn of(bytes: &[u8]) -> Option<Format> {
        const SIGNATURES: [(&[u8], Format); 8] = [
            (b"\xff\xd8\xff", Format::Jpeg),
            (b"\x89PNG\r\n\x1a\n", Format::Png),
            (b"GIF8", Format::Gif),
            (b"BM", Format::Bmp),
            (b"II*\0", Format::Tiff),
            (b"MM\0*", Format::Tiff),
            (b"%PDF-", Format::Pdf),
            (b"RIFF", Format::WebP),
        ];
        let found = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature));
        match found.map(|(_, format)| *format) {
            Some(Format::WebP) => (bytes.get(8..12) == Some(b"WEBP")).then_some(Format::WebP),
            // ISO/IEC 14496-12 4.3: the file type box; phones write HEIC and AVIF into it.
            None => (bytes.get(4..8) == Some(b"ftyp")).then_some(Format::Heif),
            format => format,
        }
    }

    /// The name people know it by.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Jpeg => "JPEG",
            Format::Png => "PNG",
            Format::Gif => "GIF",
            Format::WebP => "WebP",
            Format::Bmp => "BMP",
            Format::Tiff => "TIFF",
            Format::Heif => "HEIC/HEIF",
            Format::Pdf => "PDF",
        }
    }
}

/// Why a picture cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum PictureFault {
    #[error("{width}x{height} pixels; at most {limit} pixels are decoded")]
    TooManyPixels { width: u32, height: u32, limit: u64 },
    #[error("a file of {bytes} bytes; at most {limit} bytes are read")]
    FileTooLarge { bytes: u64, limit: u64 },
    #[error("the bytes are those of no picture")]
    NotAPicture,
    #[error("this kind of {} cannot be shown", .format.name())]
    Unsupported { format: Format },
    #[error("a {} that cannot be decoded", .format.name())]
    Broken { format: Format },
    #[error("decoding it needs more memory than the worker has")]
    OutOfMemory,
    #[error("the worker did not answer in {seconds} seconds and was ended")]
    TimedOut { seconds: u64 },
    #[error("the worker died of it")]
    WorkerDied,
    #[error("the worker cannot be started: {detail}")]
    NoWorker { detail: String },
    #[error("there is no such attachment")]
    Missing,
    #[error("the attachment cannot be read: {detail}")]
    Unreadable { detail: String },
    #[error("the attachment's bytes are not those that were imported")]
    Damaged,
}

impl PictureFault {
    /// The sentence that stands in the place of the picture.
    pub fn message(&self) -> Message {
        let mega = |amount: u64, unit: u64| format!("{:.1}", amount as f64 / unit as f64);
        match self {
            PictureFault::TooManyPixels { width, height, limit } => Message::new("media.too_many_pixels")
                .with("width", width)
                .with("height", height)
                .with("limit", limit / 1_000_000),
            PictureFault::FileTooLarge { bytes, limit } => Message::new("media.file_too_large")
                .with("found", mega(*bytes, 1 << 20))
                .with("limit", limit >> 20),
            PictureFault::NotAPicture => Message::new("media.not_a_picture"),
            PictureFault::Unsupported { format } => {
                Message::new("media.unsupported").with("format", format.name())
            }
            PictureFault::Broken { format } => Message::new("media.broken").with("format", format.name()),
            PictureFault::OutOfMemory => Message::new("media.out_of_memory"),
            PictureFault::TimedOut { seconds } => Message::new("media.timed_out").with("seconds", seconds),
            PictureFault::WorkerDied => Message::new("media.worker_died"),
            PictureFault::NoWorker { detail } => Message::new("media.no_worker").with("detail", detail),
            PictureFault::Missing => Message::new("media.missing"),
            PictureFault::Unreadable { detail } => Message::new("media.unreadable").with("detail", detail),
            PictureFault::Damaged => Message::new("media.damaged"),
        }
    }

    /// Whether the same bytes will fail again, so that asking the worker once more is in vain.
    pub(super) const fn lies_in_the_bytes(&self) -> bool {
        match self {
            PictureFault::TooManyPixels { .. }
            | PictureFault::FileTooLarge { .. }
            | PictureFault::NotAPicture
            | PictureFault::Unsupported { .. }
            | PictureFault::Broken { .. }
            | PictureFault::OutOfMemory => true,
            PictureFault::TimedOut { .. }
            | PictureFault::WorkerDied
            | PictureFault::NoWorker { .. }
            | PictureFault::Missing
            | PictureFault::Unreadable { .. }
            | PictureFault::Damaged => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::message::{Lang, known};

    #[test]
    fn the_first_bytes_tell_the_format() {
        for (bytes, format) in [
            (&b"\xff\xd8\xff\xe1"[..], Some(Format::Jpeg)),
            (b"\x89PNG\r\n\x1a\n", Some(Format::Png)),
            (b"GIF89a", Some(Format::Gif)),
            (b"RIFF\0\0\0\0WEBPVP8 ", Some(Format::WebP)),
            (b"RIFF\0\0\0\0WAVE", None),
            (b"BM", Some(Format::Bmp)),
            (b"II*\0", Some(Format::Tiff)),
            (b"\0\0\0\x18ftypheic", Some(Format::Heif)),
            (b"%PDF-1.7", Some(Format::Pdf)),
            ("样例文字".as_bytes(), None),
            (b"", None),
        ] {
            assert_eq!(Format::of(bytes), format, "{bytes:?}");
        }
    }

    #[test]
    fn every_fault_has_a_sentence_with_nothing_left_open() {
        for fault in [
            PictureFault::TooManyPixels { width: 65_535, height: 65_535, limit: 60_000_000 },
            PictureFault::FileTooLarge { bytes: 70 << 20, limit: 64 << 20 },
            PictureFault::NotAPicture,
            PictureFault::Unsupported { format: Format::Heif },
            PictureFault::Broken { format: Format::Jpeg },
            PictureFault::OutOfMemory,
            PictureFault::TimedOut { seconds: 10 },
            PictureFault::WorkerDied,
            PictureFault::NoWorker { detail: "no such file".into() },
            PictureFault::Missing,
            PictureFault::Unreadable { detail: "permission denied".into() },
            PictureFault::Damaged,
        ] {
            let message = fault.message();
            assert!(known(&message.id), "{}", message.id);
            for lang in Lang::ALL {
                assert!(!message.text(lang).contains('{'), "{}", message.text(lang));
            }
        }
    }
}

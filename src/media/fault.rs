//! Why a picture cannot be shown: a closed list, each with a sentence for the reviewer.

use serde::{Deserialize, Serialize};

use crate::domain::file_format::FileFormat;
use crate::domain::message::Message;

/// What of a format is beyond the decoders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Feature {
    /// All of it: the pictures of telephones.
    Container,
    /// How the pixels are compressed: arithmetic coding, lossless JPEG, CCITT Group 3, JPEG in the old way of TIFF.
    Compression,
    /// What a pixel consists of: CIELab, YCbCr with five components.
    Colours,
    /// How many bits a sample has.
    Depth,
    /// How much coarser the colours are stored than the light.
    Sampling,
    /// A password, or an encryption that is not known.
    Encryption,
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
    Unsupported { format: FileFormat, feature: Option<Feature> },
    #[error("this program was built without what shows a {}", .format.name())]
    BuiltWithout { format: FileFormat },
    #[error("a {} that cannot be decoded", .format.name())]
    Broken { format: FileFormat },
    /// `page` counts from 0.
    #[error("there is no page {}; the file has {pages}", u64::from(*page) + 1)]
    NoSuchPage { page: u32, pages: u32 },
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
    #[error("its pixels could not be made into what the terminal takes: {detail}")]
    NotEncoded { detail: String },
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
            PictureFault::Unsupported { format, feature } => Message::new(match feature {
                None => "media.unsupported",
                Some(Feature::Container) => "media.unsupported_container",
                Some(Feature::Compression) => "media.unsupported_compression",
                Some(Feature::Colours) => "media.unsupported_colours",
                Some(Feature::Depth) => "media.unsupported_depth",
                Some(Feature::Sampling) => "media.unsupported_sampling",
                Some(Feature::Encryption) => "media.unsupported_encryption",
            })
            .with("format", format.name()),
            PictureFault::BuiltWithout { format } => {
                Message::new("media.built_without").with("format", format.name())
            }
            PictureFault::Broken { format } => Message::new("media.broken").with("format", format.name()),
            PictureFault::NoSuchPage { page, pages } => {
                Message::new("media.no_such_page").with("page", u64::from(*page) + 1).with("pages", pages)
            }
            PictureFault::OutOfMemory => Message::new("media.out_of_memory"),
            PictureFault::TimedOut { seconds } => Message::new("media.timed_out").with("seconds", seconds),
            PictureFault::WorkerDied => Message::new("media.worker_died"),
            PictureFault::NoWorker { detail } => Message::new("media.no_worker").with("detail", detail),
            PictureFault::Missing => Message::new("media.missing"),
            PictureFault::Unreadable { detail } => Message::new("media.unreadable").with("detail", detail),
            PictureFault::Damaged => Message::new("media.damaged"),
            PictureFault::NotEncoded { detail } => Message::new("media.not_encoded").with("detail", detail),
        }
    }

    /// Whether the same bytes will fail again, so that asking the worker once more is in vain.
    pub(super) const fn lies_in_the_bytes(&self) -> bool {
        match self {
            PictureFault::TooManyPixels { .. }
            | PictureFault::FileTooLarge { .. }
            | PictureFault::NotAPicture
            | PictureFault::Unsupported { .. }
            | PictureFault::BuiltWithout { .. }
            | PictureFault::Broken { .. }
            | PictureFault::NoSuchPage { .. }
            | PictureFault::OutOfMemory => true,
            PictureFault::TimedOut { .. }
            | PictureFault::WorkerDied
            | PictureFault::NoWorker { .. }
            | PictureFault::Missing
            | PictureFault::Unreadable { .. }
            | PictureFault::Damaged
            | PictureFault::NotEncoded { .. } => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::message::{Lang, known};

    #[test]
    fn every_fault_has_a_sentence_with_nothing_left_open() {
        for fault in [
            PictureFault::TooManyPixels { width: 65_535, height: 65_535, limit: 60_000_000 },
            PictureFault::FileTooLarge { bytes: 70 << 20, limit: 64 << 20 },
            PictureFault::NotAPicture,
            PictureFault::Unsupported { format: FileFormat::Gif, feature: None },
            PictureFault::Unsupported { format: FileFormat::Pdf, feature: Some(Feature::Encryption) },
            PictureFault::BuiltWithout { format: FileFormat::Pdf },
            PictureFault::NoSuchPage { page: 3, pages: 3 },
            PictureFault::Unsupported { format: FileFormat::Heif, feature: Some(Feature::Container) },
            PictureFault::Unsupported { format: FileFormat::Jpeg, feature: Some(Feature::Compression) },
            PictureFault::Unsupported { format: FileFormat::Tiff, feature: Some(Feature::Colours) },
            PictureFault::Unsupported { format: FileFormat::Jpeg, feature: Some(Feature::Depth) },
            PictureFault::Unsupported { format: FileFormat::Jpeg, feature: Some(Feature::Sampling) },
            PictureFault::Broken { format: FileFormat::Jpeg },
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

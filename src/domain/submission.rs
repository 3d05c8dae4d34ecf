//! What the regulator's system gets of a picture (上报件), as far as it can be said before it is sent.

use serde::{Deserialize, Serialize};

use super::message::Message;
use super::viewport::Size;

/// The file that is sent in the place of the original.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmittedFile {
    /// In pixels.
    pub size: Size,
    /// Rounded up.
    pub kib: u32,
    /// Of JPEG, on the scale of libjpeg, 1 to 100.
    pub quality: u8,
    /// The size of the original file, rounded up.
    pub original_kib: u32,
}

impl SubmittedFile {
    /// `上报件 1500x1125 182KB 质量 78`, and how large the original is.
    pub fn message(self) -> Message {
        Message::new("desk.submitted")
            .with("width", self.size.width)
            .with("height", self.size.height)
            .with("kib", self.kib)
            .with("quality", self.quality)
            .with("original", self.original_kib)
    }
}

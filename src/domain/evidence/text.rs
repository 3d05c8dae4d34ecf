//! Text read in a picture (图片文字). It doubts and points, and never fails anybody.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Region;
use super::fault::Fault;

/// A word with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Word {
    pub text: String,
    /// 0 to 100, the reader's own measure.
    pub confidence: u8,
    pub region: Region,
    /// Line in the reader's order, from 0.
    pub line: u32,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadText {
    pub words: Vec<Word>,
}

/// What came of reading one picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TextReading {
    Read(ReadText),
    NoAnswer(Fault),
}

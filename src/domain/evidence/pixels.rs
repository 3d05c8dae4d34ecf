//! What a picture's pixels tell without knowing what it shows. Measures, not verdicts; limits are the checks'.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Region;
use super::fault::Fault;
use crate::domain::filing::named;

named! {
    /// Whether a picture has colours.
    PictureTone {
        /// a colour original
        Colour => "colour",
        /// no pixel worth mentioning has a colour: a copy or a grey scan
        Grey => "grey",
    }
}

/// Measures of one picture, of its upright form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PixelFacts {
    pub width: u32,
    pub height: u32,
    /// EXIF DateTimeOriginal as written, `YYYY-MM-DD HH:MM:SS`, without a zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_at: Option<String>,
    /// EXIF Software as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub software: Option<String>,
    /// Variance of the Laplacian of the grey picture, its longer side reduced to 1,000 pixels: below 100 is blurred.
    pub sharpness: u32,
    /// Mean luminance, 0 to 255.
    pub brightness: u8,
    /// Thousandths of the pixels that are nearly black, and nearly white.
    pub dark_permille: u16,
    pub bright_permille: u16,
    /// The largest burnt-out patch, where one is too large to be paper's edge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub glare: Option<Region>,
    pub tone: PictureTone,
    /// Perceptual hash: 64 bits of horizontal differences of the grey picture at 9x8, 16 hex digits.
    pub look: String,
    /// What the hash leaves open: luminances at 12x12, row by row, two hex digits each.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cells: String,
    /// Faces from the front, largest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faces: Vec<Region>,
}

/// What came of inspecting one picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PixelInspection {
    Seen(PixelFacts),
    NoAnswer(Fault),
}

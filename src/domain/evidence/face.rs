//! A comparison of two faces (人脸比对) that another system made. heyan itself compares none.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The score between the photo that is the subject and the portrait of the person's document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FaceComparison {
    /// Thousandths of likeness, as the source measures it.
    pub score_permille: u16,
    /// From here on the source calls them the same person.
    pub threshold_permille: u16,
}

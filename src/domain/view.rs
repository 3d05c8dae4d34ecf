//! How one page of a picture is looked at (看法): which page, which surface, which part, in which tone.
//!
//! Everything that a picture on the screen depends on except its file and the size of its zone. Arithmetic only: both
//! sides of the picture worker use it, and no pixel is touched here.

use serde::{Deserialize, Serialize};

use super::viewport::{Size, Viewport};

/// A place in the upright picture, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Point {
    pub x: u32,
    pub y: u32,
}

impl Point {
    fn distance(self, other: Point) -> f64 {
        let apart = |one: u32, other: u32| f64::from(one) - f64::from(other);
        apart(self.x, other.x).hypot(apart(self.y, other.y))
    }
}

/// The four corners of a document in a photo, in pixels of the upright picture: as the document is read, upper left,
/// upper right, lower right, lower left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Quad(pub [Point; 4]);

impl Quad {
    /// The size of the document when it is pulled straight: the longer of each two opposite edges, at least a pixel.
    pub fn flat_size(self) -> Size {
        let [upper_left, upper_right, lower_right, lower_left] = self.0;
        let edge = |one: Point, other: Point| one.distance(other).round().max(1.0) as u32;
        Size::new(
            edge(upper_left, upper_right).max(edge(lower_left, lower_right)),
            edge(upper_left, lower_left).max(edge(upper_right, lower_right)),
        )
    }
}

/// What the regulator's system accepts of a picture; the provider recompresses to it (`[images]` of the settings).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Submission {
    /// Largest file, in KiB.
    pub kib: u32,
    /// Longest side, in pixels.
    pub longest_side: u32,
}

/// What is looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Surface {
    /// The picture as it was handed in.
    #[default]
    Original,
    /// The picture as the regulator will receive it (上报件).
    Submitted(Submission),
    /// The document in it alone, pulled straight by its four corners (扶正).
    Flat(Quad),
}

impl Surface {
    /// The size on which the viewport moves.
    pub fn size(self, upright: Size) -> Size {
        match self {
            Surface::Original => upright,
            Surface::Submitted(limits) => limits.size(upright),
            Surface::Flat(quad) => quad.flat_size(),
        }
    }
}

/// How far brightness and contrast go, in steps to either side.
const MOST_STEPS: i8 = 8;

/// Brightness (亮度), contrast (对比度) and negative (反色), in steps as the reviewer set them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Tone {
    brightness: i8,
    contrast: i8,
    inverted: bool,
}

impl Tone {
    /// Steps from the original, -8 to 8; positive is brighter. Of outside numbers what is beyond counts as the end.
    pub fn brightness(self) -> i8 {
        self.brightness.clamp(-MOST_STEPS, MOST_STEPS)
    }

    /// Steps from the original, -8 to 8; positive is more contrast.
    pub fn contrast(self) -> i8 {
        self.contrast.clamp(-MOST_STEPS, MOST_STEPS)
    }

    pub const fn is_inverted(self) -> bool {
        self.inverted
    }

    /// Brighter by so many steps.
    #[must_use]
    pub fn brighter(self, steps: i8) -> Self {
        Tone { brightness: step(self.brightness(), steps), ..self }
    }

    /// More contrast by so many steps.
    #[must_use]
    pub fn sharper(self, steps: i8) -> Self {
        Tone { contrast: step(self.contrast(), steps), ..self }
    }

    /// As a negative, or no longer.
    #[must_use]
    pub const fn invert(self) -> Self {
        Tone { inverted: !self.inverted, ..self }
    }
}

fn step(from: i8, steps: i8) -> i8 {
    from.saturating_add(steps).clamp(-MOST_STEPS, MOST_STEPS)
}

/// What becomes of the pixels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rendering {
    /// As they are: for faces.
    #[default]
    Colour,
    /// Strokes and paper only (文字模式): for numbers, signatures and seals. Black where there is a stroke, white where
    /// there is none, judged against the light around it.
    Ink,
}

/// How a page is looked at. The default is the whole first page as it was handed in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct View {
    /// The page, from 0.
    pub page: u32,
    pub surface: Surface,
    pub viewport: Viewport,
    pub tone: Tone,
    pub rendering: Rendering,
}

/// Most pixels of a zone on a side: what a picture is drawn for at most.
pub const LARGEST_TARGET: u32 = 4096;

/// Which picture, looked at how, on how large a surface: the name of one drawn picture.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PictureKey {
    /// Of the attachment, in lower-case hex.
    pub sha256: String,
    pub view: View,
    /// The zone in pixels of the terminal, at most [`LARGEST_TARGET`] on a side.
    pub target: Size,
}

impl Submission {
    /// The size of a picture within the longest side, at least a pixel in each direction.
    pub fn size(self, upright: Size) -> Size {
        let longest = upright.width.max(upright.height);
        if longest <= self.longest_side.max(1) {
            return upright;
        }
        let scale = |side: u32| {
            let side = u64::from(side) * u64::from(self.longest_side.max(1)) / u64::from(longest);
            u32::try_from(side).unwrap_or(u32::MAX).max(1)
        };
        Size::new(scale(upright.width), scale(upright.height))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_tone_stays_within_its_steps_and_returns() {
        let brightest = (0..20).fold(Tone::default(), |tone, _| tone.brighter(1));
        assert_eq!((brightest.brightness(), brightest.brighter(-8)), (8, Tone::default()));
        assert_eq!(Tone::default().sharper(-100).contrast(), -8);
        assert_eq!(Tone::default().invert().invert(), Tone::default());
        let hostile: Tone =
            serde_json::from_str(r#"{"brightness":127,"contrast":-128,"inverted":true}"#).unwrap();
        assert_eq!((hostile.brightness(), hostile.contrast()), (8, -8));
    }

    #[test]
    fn a_submitted_picture_keeps_its_shape_within_the_longest_side() {
        let limits = Submission { kib: 200, longest_side: 1500 };
        for (upright, expected) in [
            ((4000, 3000), (1500, 1125)),
            ((3000, 4000), (1125, 1500)),
            ((800, 600), (800, 600)),
            ((60_000, 1), (1500, 1)),
        ] {
            assert_eq!(limits.size(Size::new(upright.0, upright.1)), Size::new(expected.0, expected.1));
        }
    }

    proptest! {
        #[test]
        fn a_flat_document_is_as_long_as_its_longer_edges_and_within_what_it_spans(
            corners in prop::array::uniform8(0u32..100_000),
        ) {
            let point = |at: usize| Point { x: corners[at], y: corners[at + 1] };
            let quad = [point(0), point(2), point(4), point(6)];
            let Size { width, height } = Quad(quad).flat_size();
            let span = |of: fn(&Point) -> u32| {
                let all = quad.iter().map(of);
                f64::from(all.clone().max().unwrap() - all.min().unwrap())
            };
            let spans = span(|point| point.x).hypot(span(|point| point.y));
            for (side, edges) in [(width, [(0, 1), (3, 2)]), (height, [(0, 3), (1, 2)])] {
                prop_assert!(side >= 1 && f64::from(side) <= (spans + 0.5).max(1.0));
                for (one, other) in edges {
                    prop_assert!(f64::from(side) + 0.5 >= quad[one].distance(quad[other]));
                }
            }
            // A document that lies straight keeps its size, whichever way round its corners are named.
            let (far, near) = (point(0), point(2));
            let straight = [near, Point { x: far.x, ..near }, far, Point { y: far.y, ..near }];
            let flat = Quad(straight).flat_size();
            prop_assert_eq!(flat.width, far.x.abs_diff(near.x).max(1));
            prop_assert_eq!(flat.height, far.y.abs_diff(near.y).max(1));
        }
    }
}

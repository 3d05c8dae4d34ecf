//! When two pictures look the same (观感相同): a copy that was compressed, scaled or brightened is no other picture.
//!
//! Two measures that go with a picture's pixels decide. The perceptual hash finds candidates through an index; it alone
//! would take strangers before one backdrop for the same picture: in the demo the photos of different persons have equal
//! hashes. Coarse cells tell these apart.

use super::evidence::PixelFacts;

/// Cells in a row and in a column of the coarse view.
pub const CELLS: u32 = 12;

/// Bands into which the hash is cut for finding: pictures that differ in less bits share one of them.
pub const BANDS: u8 = 4;

/// Bits in which the hashes of the same picture differ at most. Measured on the demo's 33 photos and frames: compressing
/// at quality 30 changes up to 2, half the size up to 1, contrast 1, 15 % more light 1 at the median. Being less than
/// [`BANDS`], it is also what the index finds for certain.
const MOST_BITS: u32 = 3;

/// How far apart one cell may be, in standard deviations of the picture's cells: copies as above come to 0.17 at most,
/// and the most alike pair of different persons before one drawn backdrop to 0.33.
const MOST_APART: f64 = 0.25;

/// Least share of bits, one way or the other, that makes a hash telling: a plain surface or an even gradient has nearly
/// none or nearly all, and looks like every other.
const LEAST_BITS: u32 = 8;

/// Least standard deviation of the cells, in luminances, from which on a picture is more than a plain surface.
const LEAST_SPREAD: f64 = 6.0;

/// What is compared of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    hash: u64,
    cells: Vec<u8>,
}

impl Look {
    /// None where the measures are not those of a picture or were made before there were cells.
    pub fn of(facts: &PixelFacts) -> Option<Look> {
        Look::parse(&facts.look, &facts.cells)
    }

    /// The hash as 16 and the cells as 288 hex digits.
    pub fn parse(hash: &str, cells: &str) -> Option<Look> {
        let digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_hexdigit());
        if hash.len() != 16 || cells.len() != (2 * CELLS * CELLS) as usize || !digits(hash) || !digits(cells)
        {
            return None;
        }
        let cell = |start| u8::from_str_radix(cells.get(start..start + 2)?, 16).ok();
        Some(Look {
            hash: u64::from_str_radix(hash, 16).ok()?,
            cells: (0..cells.len()).step_by(2).map(cell).collect::<Option<_>>()?,
        })
    }

    /// Whether it says anything: plain pictures all look the same.
    pub fn is_telling(&self) -> bool {
        let bits = self.hash.count_ones();
        (LEAST_BITS..=u64::BITS - LEAST_BITS).contains(&bits) && self.mean_and_spread().1 >= LEAST_SPREAD
    }

    /// The bands of the hash: each takes every fourth bit, so that each tells of the whole picture. Two hashes that
    /// differ in three bits share at least one of the four.
    pub fn bands(&self) -> [u16; BANDS as usize] {
        std::array::from_fn(|band| {
            (0..16)
                .fold(0, |bits, bit| bits << 1 | (self.hash >> (bit * usize::from(BANDS) + band) & 1) as u16)
        })
    }

    /// Whether both are telling and show the same picture.
    pub fn same(&self, other: &Look) -> bool {
        if (self.hash ^ other.hash).count_ones() > MOST_BITS || !self.is_telling() || !other.is_telling() {
            return false;
        }
        // In standard deviations from its own mean, because light and contrast are what copies change.
        let ((mine, my_spread), (others, other_spread)) = (self.mean_and_spread(), other.mean_and_spread());
        self.cells.iter().zip(&other.cells).all(|(cell, theirs)| {
            let (cell, theirs) =
                ((f64::from(*cell) - mine) / my_spread, (f64::from(*theirs) - others) / other_spread);
            (cell - theirs).abs() <= MOST_APART
        })
    }

    fn mean_and_spread(&self) -> (f64, f64) {
        let count = self.cells.len().max(1) as f64;
        let mean = self.cells.iter().map(|cell| f64::from(*cell)).sum::<f64>() / count;
        let variance = self.cells.iter().map(|cell| (f64::from(*cell) - mean).powi(2)).sum::<f64>() / count;
        (mean, variance.sqrt())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cells(change: impl Fn(usize, u8) -> u8) -> String {
        (0..144_usize).map(|place| format!("{:02x}", change(place, (place * 37 % 200) as u8))).collect()
    }

    fn look(hash: u64, cells: &str) -> Look {
        Look::parse(&format!("{hash:016x}"), cells).unwrap()
    }

    const HASH: u64 = 0xe0e0_88c0_f096_f0e8;

    #[test]
    fn a_brighter_and_slightly_changed_copy_is_the_same_and_another_person_is_not() {
        let original = look(HASH, &cells(|_, cell| cell));
        for (what, other, same) in [
            ("itself", original.clone(), true),
            ("brighter, with more contrast", look(HASH ^ 0b101, &cells(|_, cell| cell / 5 * 6 + 9)), true),
            ("three bits", look(HASH ^ 0b1_0001_0001, &cells(|_, cell| cell)), true),
            ("four bits", look(HASH ^ 0b1_0001_0001_0001, &cells(|_, cell| cell)), false),
            (
                "another face",
                look(HASH, &cells(|place, cell| if place == 66 { cell ^ 0x40 } else { cell })),
                false,
            ),
        ] {
            assert_eq!((original.same(&other), other.same(&original)), (same, same), "{what}");
        }
    }

    #[test]
    fn plain_pictures_look_like_no_other() {
        for (hash, cells) in [
            (0, cells(|_, cell| cell)),
            (u64::MAX, cells(|_, cell| cell)),
            (HASH, cells(|_, cell| 120 + cell % 3)),
        ] {
            let plain = look(hash, &cells);
            assert!(!plain.is_telling() && !plain.same(&plain));
        }
    }

    #[test]
    fn what_is_no_look_is_none() {
        let whole = cells(|_, cell| cell);
        for (hash, cells) in [
            ("", whole.as_str()),
            ("e0e088c0f096f0e8", ""),
            ("+0e088c0f096f0e8", &whole),
            ("e0e088c0f096f0e", &whole),
            ("e0e088c0f096f0e8", &whole[1..]),
            ("e0e088c0f096f0e8", &whole.replacen("25", "+5", 1)),
        ] {
            assert_eq!(Look::parse(hash, cells), None, "{hash} {cells}");
        }
    }

    proptest! {
        #[test]
        fn hashes_that_differ_in_three_bits_share_a_band(hash: u64, bits in prop::array::uniform3(0_u32..64)) {
            let cells = cells(|_, cell| cell);
            let other = bits.iter().fold(hash, |hash, bit| hash ^ (1 << bit));
            let (one, other) = (look(hash, &cells).bands(), look(other, &cells).bands());
            prop_assert!(one.iter().zip(&other).any(|(one, other)| one == other));
        }
    }
}

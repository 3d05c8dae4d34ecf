//! kitty's graphics protocol (<https://sw.kovidgoyal.net/kitty/graphics-protocol/>): a picture is transmitted once under
//! a number, and stands wherever cells hold placeholders for it ("Unicode placeholders"), so that whatever is drawn over
//! them covers it, also inside tmux.
//!
//! PNG, not the protocol's deflated pixels: a photo's filtered rows take half the bytes.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder, ImageError};

use super::ladder::{self, Rung};
use super::{Encoded, Encoding, Pixels, Protocol, tmux};

/// The protocol's limit for the payload of one sequence.
const CHUNK: usize = 4096;

/// A placeholder with its two diacritics, as a cell of a row is written.
const PLACEHOLDER_BYTES: usize = 9;

/// What stands around the payload of one sequence at most, as tmux takes it: `ESC P tmux; ESC ESC _ G q=2,m=1; … ESC ESC \
/// ESC \`; and what is said once, in the first sequence and the last.
const AROUND_A_CHUNK: usize = 28;
const AROUND_ALL: usize = 160;

/// Bits of a channel that are kept.
const WHOLE: [u8; 4] = [8, 7, 6, 5];
const SMALLER: [u8; 1] = [6];

pub(super) fn encode(pixels: &Pixels, encoding: &Encoding) -> Result<Encoded, ImageError> {
    let (columns, rows) = encoding.zone(pixels.size);
    let cells = usize::from(columns) * usize::from(rows) * PLACEHOLDER_BYTES;
    let budget = encoding.budget.map(|budget| payload_within(budget.saturating_sub(cells)));
    let rungs = ladder::rungs(&WHOLE, &ladder::SIDES, &SMALLER);
    let (payload, rung) = ladder::climb_down(&rungs, budget, |Rung { side, quality }| {
        let smaller = pixels.reduced(side);
        let rgb = fewer_bits(smaller.rgb, quality);
        Ok::<_, ImageError>(STANDARD.encode(png(&Pixels { rgb, ..smaller })?).into_bytes())
    })?;
    let reduced = rung.side < 32 || rung.quality < 8;
    Ok(Encoded { protocol: Protocol::Kitty, columns, rows, payload, tiles: Vec::new(), reduced })
}

/// How much of a budget is left for the payload: the rest is what begins and ends each sequence, within tmux too.
fn payload_within(budget: usize) -> usize {
    let left = budget.saturating_sub(AROUND_ALL);
    left.saturating_sub(left.div_ceil(CHUNK + AROUND_A_CHUNK) * AROUND_A_CHUNK)
}

/// Each channel rounded to so many bits, black and white left as they are.
fn fewer_bits(mut rgb: Vec<u8>, bits: u8) -> Vec<u8> {
    if bits < 8 {
        let levels = (1_u32 << bits) - 1;
        let table: Vec<u8> =
            (0..=255_u32).map(|value| ((value * levels + 127) / 255 * 255 / levels) as u8).collect();
        rgb.iter_mut().for_each(|value| *value = table[usize::from(*value)]);
    }
    rgb
}

/// In shades of grey where that is all there is, as in a text of strokes and paper.
pub(super) fn png(pixels: &Pixels) -> Result<Vec<u8>, ImageError> {
    let mut file = Vec::new();
    let (width, height) = (pixels.size.width, pixels.size.height);
    let grey = pixels.rgb.chunks_exact(3).all(|rgb| rgb[0] == rgb[1] && rgb[1] == rgb[2]);
    if grey {
        let grey: Vec<u8> = pixels.rgb.iter().copied().step_by(3).collect();
        PngEncoder::new_with_quality(&mut file, CompressionType::Level(4), FilterType::Adaptive)
            .write_image(&grey, width, height, ExtendedColorType::L8)?;
    } else {
        PngEncoder::new_with_quality(&mut file, CompressionType::Level(2), FilterType::Adaptive)
            .write_image(&pixels.rgb, width, height, ExtendedColorType::Rgb8)?;
    }
    Ok(file)
}

/// Transmits a picture under a number below 2^24 and lets placeholders show it in so many cells. The terminal answers
/// nothing (`q=2`): an answer would come as if it were typed.
pub fn transmit(number: u32, picture: &Encoded, through: tmux::Through) -> Vec<u8> {
    let mut out = Vec::with_capacity(picture.payload.len() + picture.payload.len() / CHUNK * 32 + 128);
    let chunks = picture.payload.chunks(CHUNK);
    let last = chunks.len().saturating_sub(1);
    for (at, chunk) in chunks.enumerate() {
        let more = u8::from(at < last);
        let mut sequence = match at {
            0 => format!("\x1b_Ga=t,f=100,t=d,q=2,i={number},m={more};"),
            _ => format!("\x1b_Gq=2,m={more};"),
        }
        .into_bytes();
        sequence.extend_from_slice(chunk);
        sequence.extend_from_slice(b"\x1b\\");
        through.write(&sequence, &mut out);
    }
    let (columns, rows) = (picture.columns, picture.rows);
    let place = format!("\x1b_Ga=p,U=1,q=2,i={number},c={columns},r={rows}\x1b\\");
    through.write(place.as_bytes(), &mut out);
    out
}

/// Removes a picture with everything that shows it, and frees its memory (`d=I`).
pub fn delete(number: u32, through: tmux::Through) -> Vec<u8> {
    let mut out = Vec::new();
    through.write(format!("\x1b_Ga=d,d=I,q=2,i={number}\x1b\\").as_bytes(), &mut out);
    out
}

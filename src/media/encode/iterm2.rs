//! iTerm2's inline images (<https://iterm2.com/documentation-images.html>), also understood by WezTerm: a file in one
//! sequence, drawn where the cursor stands.

use std::collections::HashSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageError};

use super::ladder::{self, Rung};
use super::{Encoded, Encoding, Pixels, Protocol, kitty};

/// Qualities of JPEG.
const WHOLE: [u8; 4] = [92, 82, 70, 55];
const SMALLER: [u8; 1] = [70];

/// Drawings of no more colours are kept without loss, as long as they fit.
const FEW_COLOURS: usize = 64;

pub(super) fn encode(pixels: &Pixels, encoding: &Encoding) -> Result<Encoded, ImageError> {
    let zone = encoding.zone(pixels.size);
    let done = |payload, reduced| {
        let (columns, rows) = zone;
        Encoded { protocol: Protocol::ITerm2, columns, rows, payload, tiles: Vec::new(), reduced }
    };
    if has_few_colours(pixels) {
        let payload = sequence(zone, &kitty::png(pixels)?);
        if encoding.budget.is_none_or(|budget| payload.len() <= budget) {
            return Ok(done(payload, false));
        }
    }
    let rungs = ladder::rungs(&WHOLE, &ladder::SIDES, &SMALLER);
    let (payload, rung) = ladder::climb_down(&rungs, encoding.budget, |Rung { side, quality }| {
        Ok::<_, ImageError>(sequence(zone, &jpeg(&pixels.reduced(side), quality)?))
    })?;
    Ok(done(payload, rung != rungs[0]))
}

fn has_few_colours(pixels: &Pixels) -> bool {
    let mut colours = HashSet::new();
    pixels.rgb.chunks_exact(3).all(|rgb| {
        colours.insert((rgb[0], rgb[1], rgb[2]));
        colours.len() <= FEW_COLOURS
    })
}

fn jpeg(pixels: &Pixels, quality: u8) -> Result<Vec<u8>, ImageError> {
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, quality).encode(
        &pixels.rgb,
        pixels.size.width,
        pixels.size.height,
        ExtendedColorType::Rgb8,
    )?;
    Ok(file)
}

/// The picture fills its cells as far as its proportions let it. WezTerm and newer iTerm2 leave the cursor alone; on the
/// others it is put back by whoever writes this.
fn sequence((columns, rows): (u16, u16), file: &[u8]) -> Vec<u8> {
    let size = file.len();
    let mut out = format!(
        "\x1b]1337;File=inline=1;size={size};width={columns};height={rows};preserveAspectRatio=1;\
         doNotMoveCursor=1:"
    );
    STANDARD.encode_string(file, &mut out);
    out.push('\x07');
    out.into_bytes()
}

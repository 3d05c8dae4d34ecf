//! Sixels (DEC STD 070, chapter 9; VT330/VT340 graphics programming, chapter 14): six rows of pixels at a time, one
//! colour after the other, each as characters of which a bit is a pixel.

use std::convert::Infallible;
use std::sync::{Arc, OnceLock};

use color_quant::NeuQuant;

use super::ladder::{self, Rung};
use super::{Encoded, Encoding, Pixels, Protocol};

/// Colours less one, so that 256 is said as 255.
const WHOLE: [u8; 4] = [255, 127, 63, 31];
const SMALLER: [u8; 2] = [63, 31];

/// Pixels twice as large, three times and so on: a terminal does not enlarge sixels.
const SIDES: [u32; 7] = [16, 11, 8, 6, 4, 2, 1];

/// How many pixels the palette is learnt from; more make it no better.
const SAMPLE: usize = 20_000;

/// Rows of a band.
const BAND: usize = 6;

pub(super) fn encode(pixels: &Pixels, encoding: &Encoding) -> Encoded {
    let (columns, rows) = encoding.zone(pixels.size);
    let rungs = ladder::rungs(&WHOLE, &SIDES, &SMALLER);
    let palettes = Palettes { pixels, learnt: WHOLE.map(|quality| (quality, OnceLock::new())) };
    let climbed = ladder::climb_down(&rungs, encoding.budget, |Rung { side, quality }| {
        Ok::<_, Infallible>(sequence(pixels, side, &palettes.of(quality)))
    });
    let (payload, rung) = match climbed {
        Ok(found) => found,
        Err(never) => match never {},
    };
    Encoded { protocol: Protocol::Sixel, columns, rows, payload, reduced: rung != rungs[0] }
}

/// The best colours of a picture for each number of them, learnt once: that takes longer than writing the sixels.
struct Palettes<'a> {
    pixels: &'a Pixels,
    learnt: [(u8, OnceLock<Arc<NeuQuant>>); WHOLE.len()],
}

impl Palettes<'_> {
    fn of(&self, quality: u8) -> Arc<NeuQuant> {
        let learn = || Arc::new(learnt(self.pixels, usize::from(quality) + 1));
        match self.learnt.iter().find(|(known, _)| *known == quality) {
            Some((_, palette)) => Arc::clone(palette.get_or_init(learn)),
            None => learn(),
        }
    }
}

/// A picture of a network's colours whose pixels are as coarse as `side` says.
fn sequence(pixels: &Pixels, side: u32, network: &NeuQuant) -> Vec<u8> {
    let coarse = pixels.reduced(side);
    let palette: Vec<[u8; 3]> = network.color_map_rgb().as_chunks().0.to_vec();
    let indices = indices(&coarse, network);
    let (width, height) = (pixels.size.width as usize, pixels.size.height as usize);
    let (coarse_width, coarse_height) = (coarse.size.width as usize, coarse.size.height as usize);
    // Pixels without a colour stay as they are (the second parameter); pixels are square, and so many (raster attributes).
    let mut out = format!("\x1bP0;1;0q\"1;1;{width};{height}").into_bytes();
    for (at, rgb) in palette.iter().enumerate() {
        let [red, green, blue] = rgb.map(|value| (u32::from(value) * 100 + 127) / 255);
        out.extend_from_slice(format!("#{at};2;{red};{green};{blue}").as_bytes());
    }
    let columns: Vec<usize> = (0..width).map(|x| x * coarse_width / width).collect();
    let mut bands = Bands::new(palette.len(), width);
    for top in (0..height).step_by(BAND) {
        for (bit, y) in (top..height.min(top + BAND)).enumerate() {
            let start = y * coarse_height / height * coarse_width;
            bands.row(bit, columns.iter().map(|x| indices[start + x]));
        }
        bands.write(&mut out);
    }
    out.extend_from_slice(b"\x1b\\");
    out
}

/// At most so many colours for a picture.
fn learnt(pixels: &Pixels, colours: usize) -> NeuQuant {
    let count = pixels.rgb.len() / 3;
    let every = (count / SAMPLE).max(1);
    let sample: Vec<u8> =
        pixels.rgb.chunks_exact(3).step_by(every).flat_map(|rgb| [rgb[0], rgb[1], rgb[2], u8::MAX]).collect();
    NeuQuant::new(1, colours, &sample)
}

/// For each pixel the place of its colour.
fn indices(pixels: &Pixels, network: &NeuQuant) -> Vec<u8> {
    // Colours that differ in their last three bits only are looked up once.
    let mut known: Vec<Option<u8>> = vec![None; 1 << 15];
    let indices = pixels.rgb.chunks_exact(3).map(|rgb| {
        let [red, green, blue] = [rgb[0], rgb[1], rgb[2]].map(|value| usize::from(value >> 3));
        *known[red << 10 | green << 5 | blue].get_or_insert_with(|| {
            // At most 256 colours.
            network.index_of(&[rgb[0], rgb[1], rgb[2], u8::MAX]) as u8
        })
    });
    indices.collect()
}

/// One band, colour by colour.
struct Bands {
    width: usize,
    /// For each colour its six bits in each column; only those of `used` are set.
    bits: Vec<u8>,
    used: Vec<bool>,
}

impl Bands {
    fn new(colours: usize, width: usize) -> Self {
        Bands { width, bits: vec![0; colours * width], used: vec![false; colours] }
    }

    fn row(&mut self, bit: usize, indices: impl Iterator<Item = u8>) {
        for (x, colour) in indices.enumerate() {
            let colour = usize::from(colour);
            self.bits[colour * self.width + x] |= 1 << bit;
            self.used[colour] = true;
        }
    }

    /// Writes the band and empties it.
    fn write(&mut self, out: &mut Vec<u8>) {
        for (colour, line) in self.bits.chunks_exact_mut(self.width).enumerate() {
            if std::mem::take(&mut self.used[colour]) {
                out.extend_from_slice(format!("#{colour}").as_bytes());
                runs(line, out);
                // Back to the left edge, for the next colour.
                out.push(b'$');
                line.fill(0);
            }
        }
        out.push(b'-');
    }
}

/// Characters with their repetitions (`!`, a number, the character); what is empty at the end is left out.
fn runs(line: &[u8], out: &mut Vec<u8>) {
    let end = line.iter().rposition(|bits| *bits != 0).map_or(0, |last| last + 1);
    for run in line[..end].chunk_by(|one, other| one == other) {
        let sign = b'?' + run[0];
        if run.len() > 3 {
            out.extend_from_slice(format!("!{}", run.len()).as_bytes());
            out.push(sign);
        } else {
            out.extend(std::iter::repeat_n(sign, run.len()));
        }
    }
}

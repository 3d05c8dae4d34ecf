//! What the markers of a JPEG say (ITU-T T.81, annex B), read before its pixels are.
//!
//! The decoder draws some rare files wrongly without a word. They are known by their markers and refused here: better a
//! sentence than stripes.

use crate::domain::file_format::FileFormat;
use crate::media::fault::{Feature, PictureFault};

const BROKEN: PictureFault = PictureFault::Broken { format: FileFormat::Jpeg };

/// A row of this many pixels takes more than the eight bytes that the decoder reads ahead, however plain it is.
const FULL_ROW: u32 = 512;

/// What a pixel consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Samples {
    Grey,
    Colour,
    Inks(Inks),
}

/// How a JPEG for the press stores its four inks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inks {
    /// 0 is no ink.
    Plain,
    /// 255 is no ink, as every program after Adobe's first writes it.
    Inverted,
    /// Inverted, and the first three as luminance and colour differences.
    Ycck,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) samples: Samples,
    /// Whether the scans bring every coefficient in full; a scan that ends early is the decoder's to find.
    pub(super) whole: bool,
    /// How many bytes to hand to the decoder: strictly read, it finds that a scan ends early unless an end of image
    /// stands there, at which it fills up in silence. Without one it takes a whole scan all the same, provided that the
    /// last row fills its buffer.
    pub(super) length: usize,
}

/// A component of the frame header.
#[derive(Debug, Clone, Copy)]
struct Component {
    id: u8,
    horizontal: u8,
    vertical: u8,
}

struct Frame {
    progressive: bool,
    width: u32,
    height: u32,
    components: Vec<Component>,
}

/// The coefficients of each component that are still missing or imprecise: the lowest bit position that came.
struct Coverage([[u8; 64]; 4]);

impl Head {
    pub(super) fn read(file: &[u8]) -> Result<Head, PictureFault> {
        let mut rest = Markers { file, at: 0 };
        let (mut frame, mut adobe): (Option<Frame>, Option<u8>) = (None, None);
        while let Some((marker, segment)) = rest.next() {
            match marker {
                0xc0..=0xc2 => frame = Some(Frame::read(marker, segment)?),
                // Lossless and hierarchical frames, and all with arithmetic coding (table B.1).
                0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcc | 0xcd..=0xcf => {
                    return Err(unsupported(Feature::Compression));
                }
                0xee if segment.starts_with(b"Adobe") => adobe = segment.get(11).copied(),
                0xda => return frame.ok_or(BROKEN)?.head(adobe, segment, rest),
                0xd9 => break,
                _ => {}
            }
        }
        Err(BROKEN)
    }
}

impl Frame {
    fn read(marker: u8, segment: &[u8]) -> Result<Frame, PictureFault> {
        let [precision, high, low, left, right, count, components @ ..] = segment else { return Err(BROKEN) };
        if *precision != 8 {
            return Err(unsupported(Feature::Depth));
        }
        let components: Vec<Component> = components
            .chunks_exact(3)
            .map(|bytes| Component { id: bytes[0], horizontal: bytes[1] >> 4, vertical: bytes[1] & 15 })
            .collect();
        if components.len() != usize::from(*count) || components.is_empty() {
            return Err(BROKEN);
        }
        Ok(Frame {
            progressive: marker == 0xc2,
            width: u32::from(u16::from_be_bytes([*left, *right])),
            height: u32::from(u16::from_be_bytes([*high, *low])),
            components,
        })
    }

    /// With the first scan header, behind which `rest` begins.
    fn head(self, adobe: Option<u8>, scan: &[u8], mut rest: Markers<'_>) -> Result<Head, PictureFault> {
        let samples = self.samples(adobe)?;
        let together = scan.first().is_some_and(|count| usize::from(*count) == self.components.len());
        if self.components.len() > 1 && !self.drawn_rightly(together) {
            return Err(unsupported(Feature::Sampling));
        }
        let mut coverage = Coverage([[u8::MAX; 64]; 4]);
        coverage.scan(&self.components, scan);
        let mut end = None;
        while let Some((marker, segment)) = rest.next() {
            match marker {
                0xda => coverage.scan(&self.components, segment),
                0xd9 => {
                    end = Some(rest.at - 2);
                    break;
                }
                _ => {}
            }
        }
        let whole = coverage.0[..self.components.len()].iter().flatten().all(|bit| *bit == 0);
        let without_end = !self.progressive && self.width >= FULL_ROW;
        let length = end.filter(|_| without_end).unwrap_or(rest.file.len());
        Ok(Head { width: self.width, height: self.height, samples, whole, length })
    }

    fn samples(&self, adobe: Option<u8>) -> Result<Samples, PictureFault> {
        match (self.components.len(), adobe) {
            (1, _) => Ok(Samples::Grey),
            (3, _) => Ok(Samples::Colour),
            (4, None) => Ok(Samples::Inks(Inks::Plain)),
            (4, Some(0)) => Ok(Samples::Inks(Inks::Inverted)),
            (4, Some(2)) => Ok(Samples::Inks(Inks::Ycck)),
            _ => Err(unsupported(Feature::Colours)),
        }
    }

    /// Found by drawing every combination and comparing with libjpeg (see `tests/media/fixtures/README.md`): factors of
    /// three, a first component coarser than another, and scans of single components of a picture whose rows differ.
    fn drawn_rightly(&self, together: bool) -> bool {
        let most = |factor: fn(&Component) -> u8| self.components.iter().map(factor).max().unwrap_or(1);
        let (across, down) = (most(|one| one.horizontal), most(|one| one.vertical));
        let first = self.components[0];
        let factors = self.components.iter().flat_map(|one| [one.horizontal, one.vertical]);
        factors.into_iter().all(|factor| matches!(factor, 1 | 2 | 4))
            && (first.horizontal, first.vertical) == (across, down)
            && (self.progressive || together || down == 1)
    }
}

impl Coverage {
    /// Takes in a scan header: components, first and last coefficient, and the bit position that it brings.
    fn scan(&mut self, components: &[Component], header: &[u8]) {
        let Some((count, rest)) = header.split_first() else { return };
        let (chosen, rest) = rest.split_at(rest.len().min(usize::from(*count) * 2));
        let &[from, to, bits, ..] = rest else { return };
        for chosen in chosen.chunks_exact(2) {
            let place = components.iter().position(|one| one.id == chosen[0]);
            let coefficients = place.and_then(|place| {
                self.0.get_mut(place)?.get_mut(usize::from(from)..=usize::from(to.min(63)))
            });
            if let Some(coefficients) = coefficients {
                coefficients.fill(bits & 15);
            }
        }
    }
}

/// Walks from marker segment to marker segment, over the entropy-coded data between them.
struct Markers<'a> {
    file: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Markers<'a> {
    type Item = (u8, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.at += next_mark(self.file.get(self.at..)?)? + 1;
            let marker = *self.file.get(self.at)?;
            match marker {
                // Fill bytes; a stuffed byte, restarts and starts inside or before data.
                0xff => continue,
                0x00 | 0x01 | 0xd0..=0xd8 => self.at += 1,
                0xd9 => {
                    self.at += 1;
                    return Some((marker, &[]));
                }
                _ => {
                    let length = self.file.get(self.at + 1..self.at + 3)?;
                    let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
                    let segment = self.file.get(self.at + 3..(self.at + 1 + length).max(self.at + 3))?;
                    self.at += 1 + length.max(2);
                    return Some((marker, segment));
                }
            }
        }
    }
}

/// Where the next 0xff stands. The blocks let the search run over words instead of bytes.
fn next_mark(bytes: &[u8]) -> Option<usize> {
    const BLOCK: usize = 128;
    let block = bytes.chunks(BLOCK).position(|block| block.contains(&0xff))? * BLOCK;
    Some(block + bytes[block..].iter().position(|byte| *byte == 0xff)?)
}

const fn unsupported(feature: Feature) -> PictureFault {
    PictureFault::Unsupported { format: FileFormat::Jpeg, feature: Some(feature) }
}

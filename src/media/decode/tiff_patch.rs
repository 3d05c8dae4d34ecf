//! What the TIFF decoder does not know is turned, in a copy of the file, into what it knows: indexed colours become grey
//! numbers, and bits stored last first are turned round.

use std::borrow::Cow;

use tiff::tags::Tag;

use super::tiff::{File, fault, unsupported};
use crate::domain::file_format::FileFormat;
use crate::media::fault::{Feature, PictureFault};

const BROKEN: PictureFault = PictureFault::Broken { format: FileFormat::Tiff };

/// PhotometricInterpretation of numbers that grow from black, and of numbers that name a colour.
const BLACK_IS_ZERO: u16 = 1;
const PALETTE: u16 = 3;

/// A file that the decoder can read.
pub(super) struct Patched<'a> {
    pub(super) bytes: Cow<'a, [u8]>,
    /// The ColorMap: all reds, then all greens, then all blues, in 16 bits.
    pub(super) palette: Option<Vec<u16>>,
}

impl<'a> Patched<'a> {
    pub(super) fn of(bytes: &'a [u8], file: &mut File<'_>) -> Result<Patched<'a>, PictureFault> {
        let tag = |file: &mut File<'_>, tag| file.find_tag_unsigned::<u16>(tag).ok().flatten();
        let mut patched = Patched { bytes: Cow::Borrowed(bytes), palette: None };
        let chunks = chunks(file, bytes.len())?;
        if tag(file, Tag::FillOrder) == Some(2) {
            // Without compression, CCITT fax, PackBits; what others do with it is their own business.
            if !matches!(tag(file, Tag::Compression).unwrap_or(1), 1 | 4 | 32_773) {
                return Err(unsupported(Feature::Compression));
            }
            let bytes = patched.bytes.to_mut();
            let mut done = 0;
            for chunk in chunks {
                // Two chunks on the same bytes would turn them back.
                for byte in &mut bytes[chunk.start.max(done)..chunk.end.max(done)] {
                    *byte = byte.reverse_bits();
                }
                done = done.max(chunk.end);
            }
        }
        if tag(file, Tag::PhotometricInterpretation) == Some(PALETTE) {
            patched.palette = Some(file.get_tag_u16_vec(Tag::ColorMap).map_err(fault)?);
            let at = file.ifd_pointer().ok_or(BROKEN)?.0;
            let field =
                field(bytes, usize::try_from(at).map_err(|_| BROKEN)?, Tag::PhotometricInterpretation);
            let field = field.ok_or_else(|| unsupported(Feature::Colours))?;
            let value =
                if bytes[0] == b'I' { BLACK_IS_ZERO.to_le_bytes() } else { BLACK_IS_ZERO.to_be_bytes() };
            patched.bytes.to_mut()[field..field + 2].copy_from_slice(&value);
        }
        Ok(patched)
    }
}

/// Where the strips or tiles lie, in order, all inside the file: a decoder may take one that is cut short for a whole one.
fn chunks(file: &mut File<'_>, length: usize) -> Result<Vec<std::ops::Range<usize>>, PictureFault> {
    let mut list = |strips, tiles| {
        let tag = if file.image_ifd().directory().contains(strips) { strips } else { tiles };
        file.get_tag_u64_vec(tag).map_err(fault)
    };
    let offsets = list(Tag::StripOffsets, Tag::TileOffsets)?;
    let counts = list(Tag::StripByteCounts, Tag::TileByteCounts)?;
    let mut chunks = Vec::with_capacity(offsets.len());
    for (offset, count) in offsets.into_iter().zip(counts) {
        let end = offset.checked_add(count).and_then(|end| usize::try_from(end).ok());
        let end = end.filter(|end| *end <= length).ok_or(BROKEN)?;
        chunks.push(usize::try_from(offset).map_err(|_| BROKEN)?..end);
    }
    chunks.sort_by_key(|chunk| chunk.start);
    Ok(chunks)
}

/// Where the value of a SHORT field begins in a directory of a TIFF that is not a BigTIFF (TIFF 6.0, section 2).
fn field(bytes: &[u8], directory: usize, wanted: Tag) -> Option<usize> {
    let short = |at: usize| {
        let two: [u8; 2] = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if bytes[0] == b'I' { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) })
    };
    if short(2)? != 42 {
        return None;
    }
    let mut fields = (0..usize::from(short(directory)?)).map(|nth| directory + 2 + nth * 12);
    let field = fields.find(|field| short(*field) == Some(wanted.to_u16()))?;
    (short(field + 2)? == 3 && field + 12 <= bytes.len()).then_some(field + 8)
}

/// The colour of a number; black where the map ends early.
pub(super) fn palette(colours: &[u16], number: u8) -> [u8; 3] {
    let third = colours.len() / 3;
    [0, 1, 2].map(|plane| {
        let value = colours.get(plane * third + usize::from(number)).filter(|_| usize::from(number) < third);
        value.map_or(0, |value| (value >> 8) as u8)
    })
}

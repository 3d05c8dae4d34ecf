//! What a file is, by its first bytes: the one list of formats and their signatures.
//!
//! A file's name counts for nothing, and nothing here decodes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::filing::named;

named! {
    /// A file's format by its content, never by its name.
    FileFormat {
        Jpeg => "jpeg",
        Png => "png",
        Gif => "gif",
        WebP => "webp",
        Bmp => "bmp",
        Tiff => "tiff",
        /// HEIC and the other HEIF pictures that telephones write.
        Heif => "heif",
        Avif => "avif",
        Pdf => "pdf",
        Other => "other",
    }
}

impl FileFormat {
    /// The format whose signature the bytes carry.
    pub fn of(bytes: &[u8]) -> FileFormat {
        const SIGNATURES: [(&[u8], FileFormat); 10] = [
            (b"\xff\xd8\xff", FileFormat::Jpeg),
            (b"\x89PNG\r\n\x1a\n", FileFormat::Png),
            (b"GIF87a", FileFormat::Gif),
            (b"GIF89a", FileFormat::Gif),
            (b"BM", FileFormat::Bmp),
            (b"II*\0", FileFormat::Tiff),
            (b"MM\0*", FileFormat::Tiff),
            // BigTIFF
            (b"II+\0\x08\0", FileFormat::Tiff),
            (b"MM\0+\0\x08", FileFormat::Tiff),
            (b"%PDF-", FileFormat::Pdf),
        ];
        if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            return FileFormat::WebP;
        }
        if bytes.get(4..8) == Some(b"ftyp") {
            return of_brands(bytes);
        }
        SIGNATURES
            .iter()
            .find(|(signature, _)| bytes.starts_with(signature))
            .map_or(FileFormat::Other, |(_, format)| *format)
    }

    /// Whether it is a picture whose pixels every build reads.
    pub const fn is_picture(self) -> bool {
        use FileFormat as F;
        matches!(self, F::Jpeg | F::Png | F::Gif | F::WebP | F::Bmp | F::Tiff)
    }

    /// Whether this build can put it on the screen: pictures, and PDF documents when it was built with `pdf`.
    pub const fn can_be_shown(self) -> bool {
        self.is_picture() || (cfg!(feature = "pdf") && matches!(self, FileFormat::Pdf))
    }

    /// Whether one file may hold several pages.
    pub const fn has_pages(self) -> bool {
        matches!(self, FileFormat::Tiff | FileFormat::Pdf)
    }

    /// Whether it is a picture that the desk can show only after somebody converted it.
    pub const fn needs_converting(self) -> bool {
        matches!(self, FileFormat::Heif | FileFormat::Avif)
    }

    /// The name people know it by.
    pub const fn name(self) -> &'static str {
        match self {
            FileFormat::Jpeg => "JPEG",
            FileFormat::Png => "PNG",
            FileFormat::Gif => "GIF",
            FileFormat::WebP => "WebP",
            FileFormat::Bmp => "BMP",
            FileFormat::Tiff => "TIFF",
            FileFormat::Heif => "HEIC/HEIF",
            FileFormat::Avif => "AVIF",
            FileFormat::Pdf => "PDF",
            FileFormat::Other => "OTHER",
        }
    }
}

/// By the brands of a file type box (ISO/IEC 14496-12, 4.3): the major one at 8, the compatible ones from 16.
/// Films begin with the same box and are no pictures.
fn of_brands(bytes: &[u8]) -> FileFormat {
    let length = bytes.first_chunk().map_or(0, |length| u32::from_be_bytes(*length) as usize);
    let brands: Vec<&[u8]> = [bytes.get(8..12)]
        .into_iter()
        .flatten()
        .chain(bytes.get(16..length.min(bytes.len())).unwrap_or_default().chunks_exact(4))
        .collect();
    let any = |wanted: &[&[u8]]| brands.iter().any(|brand| wanted.contains(brand));
    if any(&[b"avif", b"avis"]) {
        FileFormat::Avif
    } else if any(&[b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"]) {
        FileFormat::Heif
    } else {
        FileFormat::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell_the_format() {
        use FileFormat as F;
        for (bytes, format) in [
            (&b"\xff\xd8\xff\xe1"[..], F::Jpeg),
            (b"\x89PNG\r\n\x1a\n", F::Png),
            (b"GIF89a", F::Gif),
            (b"GIF87a", F::Gif),
            (b"GIF8", F::Other),
            (b"RIFF\0\0\0\0WEBPVP8 ", F::WebP),
            (b"RIFF\0\0\0\0WAVE", F::Other),
            (b"BM", F::Bmp),
            (b"II*\0", F::Tiff),
            (b"MM\0*", F::Tiff),
            (b"II+\0\x08\0\0\0", F::Tiff),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", F::Heif),
            (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", F::Heif),
            (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", F::Avif),
            (b"\0\0\0\x10ftypavif\0\0\0\0mif1heic", F::Avif),
            (b"\0\0\0\x18ftypheic", F::Heif),
            (b"\0\0\0\x18ftypisom\0\0\x02\0isommp42", F::Other),
            (b"\xff\xff\xff\xffftyp", F::Other),
            (b"%PDF-1.7", F::Pdf),
            ("样例文字".as_bytes(), F::Other),
            (b"", F::Other),
        ] {
            assert_eq!(FileFormat::of(bytes), format, "{bytes:?}");
        }
    }
}

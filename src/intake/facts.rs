//! What an attachment's first bytes tell: its format and, for pictures, its size in pixels.

use crate::domain::case::FileFormat;

/// The format by magic bytes; a file's name and its claims count for nothing.
pub(super) fn format(bytes: &[u8]) -> FileFormat {
    if bytes.starts_with(b"\xff\xd8\xff") {
        FileFormat::Jpeg
    } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        FileFormat::Png
    } else if bytes.starts_with(b"%PDF-") {
        FileFormat::Pdf
    } else {
        FileFormat::Other
    }
}

/// Width and height as the header of a JPEG or PNG gives them; none when it is cut off or impossible.
pub(super) fn pixels(format: FileFormat, bytes: &[u8]) -> Option<(u32, u32)> {
    // A PNG begins with its IHDR chunk (PNG, 5.6); imagesize does not look for it.
    let readable = match format {
        FileFormat::Jpeg => true,
        FileFormat::Png => bytes.get(12..16) == Some(b"IHDR"),
        FileFormat::Pdf | FileFormat::Other => false,
    };
    let size = readable.then(|| imagesize::blob_size(bytes).ok()).flatten()?;
    let side = |side: usize| u32::try_from(side).ok().filter(|pixels| *pixels > 0);
    Some((side(size.width)?, side(size.height)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(kind: image::ImageFormat) -> Vec<u8> {
        let mut out = std::io::Cursor::new(Vec::new());
        image::RgbImage::new(37, 21).write_to(&mut out, kind).unwrap();
        out.into_inner()
    }

    #[test]
    fn magic_bytes_tell_the_format_and_headers_the_size() {
        let (jpeg, png) = (encoded(image::ImageFormat::Jpeg), encoded(image::ImageFormat::Png));
        let mut empty_png = png.clone();
        empty_png[16..20].fill(0);
        let mut no_header = png.clone();
        no_header[12..16].copy_from_slice(b"IDAT");
        for (bytes, expected, size) in [
            (jpeg.as_slice(), FileFormat::Jpeg, Some((37, 21))),
            (&png, FileFormat::Png, Some((37, 21))),
            (&jpeg[..12], FileFormat::Jpeg, None),
            (&png[..14], FileFormat::Png, None),
            (&png[..20], FileFormat::Png, None),
            (&empty_png, FileFormat::Png, None),
            (&no_header, FileFormat::Png, None),
            (b"%PDF-1.7\n", FileFormat::Pdf, None),
            (b"GIF89a\x01\0\x01\0", FileFormat::Other, None),
            (b"", FileFormat::Other, None),
        ] {
            assert_eq!(format(bytes), expected);
            assert_eq!(pixels(expected, bytes), size, "{expected} of {} bytes", bytes.len());
        }
    }
}

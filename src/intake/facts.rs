//! What an attachment's first bytes tell: its format and, for pictures, its size in pixels.

use crate::domain::case::FileFormat;

/// Width and height as the header of a picture gives them; none when it is cut off or impossible, and for what the
/// desk cannot show.
pub(super) fn pixels(format: FileFormat, bytes: &[u8]) -> Option<(u32, u32)> {
    let readable = match format {
        // A PNG begins with its IHDR chunk (PNG, 5.6); imagesize does not look for it.
        FileFormat::Png => bytes.get(12..16) == Some(b"IHDR"),
        _ => format.is_picture(),
    };
    let size = readable.then(|| imagesize::blob_size(bytes).ok()).flatten()?;
    let side = |side: usize| u32::try_from(side).ok().filter(|pixels| *pixels > 0);
    Some((side(size.width)?, side(size.height)?))
}

#[cfg(test)]
mod tests {
    use image::ImageFormat;
    use proptest::prelude::*;

    use super::*;

    fn encoded(kind: ImageFormat) -> Vec<u8> {
        let mut out = std::io::Cursor::new(Vec::new());
        image::RgbImage::new(37, 21).write_to(&mut out, kind).unwrap();
        out.into_inner()
    }

    #[test]
    fn magic_bytes_tell_the_format_and_headers_the_size() {
        let (jpeg, png) = (encoded(ImageFormat::Jpeg), encoded(ImageFormat::Png));
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
            (b"GIF89a\x01\0\x02\0\0\0\0", FileFormat::Gif, Some((1, 2))),
            (&encoded(ImageFormat::Bmp), FileFormat::Bmp, Some((37, 21))),
            (&encoded(ImageFormat::Tiff), FileFormat::Tiff, Some((37, 21))),
            (&encoded(ImageFormat::WebP), FileFormat::WebP, Some((37, 21))),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", FileFormat::Heif, None),
            (b"", FileFormat::Other, None),
        ] {
            assert_eq!(FileFormat::of(bytes), expected);
            assert_eq!(pixels(expected, bytes), size, "{expected} of {} bytes", bytes.len());
        }
    }

    proptest! {
        #[test]
        fn noise_behind_a_signature_is_no_panic(
            start in prop::sample::select(vec![
                &b"\xff\xd8\xff"[..], b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", b"GIF89a", b"BM", b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08",
                b"RIFF\x40\0\0\0WEBPVP8 ", b"RIFF\x40\0\0\0WEBPVP8L", b"RIFF\x40\0\0\0WEBPVP8X",
            ]),
            noise in prop::collection::vec(any::<u8>(), 0..80),
        ) {
            let file = [start, &noise].concat();
            let _either = pixels(FileFormat::of(&file), &file);
        }
    }
}

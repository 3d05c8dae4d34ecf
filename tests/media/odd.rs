//! Files that are odd rather than cut or noisy: each is a picture or a sentence, and the worker lives on.

use std::path::Path;

use heyan::domain::evidence::PixelInspection;
use heyan::domain::file_format::FileFormat as Format;
use heyan::domain::message::Lang;
use heyan::media::Limits;
use heyan::media::decode::Picture;
use heyan::media::fault::PictureFault;
use heyan::media::inspector::Inspector;
use image::ImageFormat;

use super::support::*;

/// A little-endian TIFF of one page, by hand: its fields (tag, kind, values) and what its strips or tiles hold.
pub fn tiff(fields: &[(u16, u16, Vec<u32>)], chunks: &[Vec<u8>], chunk_tags: (u16, u16)) -> Vec<u8> {
    let mut file = b"II*\0\0\0\0\0".to_vec();
    let mut places = Vec::new();
    for chunk in chunks {
        places.push(file.len() as u32);
        file.extend_from_slice(chunk);
    }
    let lengths = chunks.iter().map(|chunk| chunk.len() as u32).collect();
    let mut fields = fields.to_vec();
    fields.extend([(chunk_tags.0, 4, places), (chunk_tags.1, 4, lengths)]);
    fields.sort_by_key(|field| field.0);
    let mut directory = (fields.len() as u16).to_le_bytes().to_vec();
    for (tag, kind, values) in &fields {
        let width = if *kind == 3 { 2 } else { 4 };
        let mut value: Vec<u8> =
            values.iter().flat_map(|value| value.to_le_bytes()[..width].to_vec()).collect();
        if value.len() > 4 {
            let at = file.len() as u32;
            file.extend_from_slice(&value);
            value = at.to_le_bytes().to_vec();
        }
        value.resize(4, 0);
        directory.extend_from_slice(&[tag.to_le_bytes(), kind.to_le_bytes()].concat());
        directory.extend_from_slice(&(values.len() as u32).to_le_bytes());
        directory.extend_from_slice(&value);
    }
    directory.extend_from_slice(&[0; 4]);
    let at = file.len() as u32;
    file[4..8].copy_from_slice(&at.to_le_bytes());
    file.extend_from_slice(&directory);
    file
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Laid {
    Strips,
    Tiles,
}

/// Columns of black and white, 8 pixels each, 32x32, in any depth, grey or in three equal samples.
fn columns(laid: Laid, samples: u16, planar: bool, bits: u16) -> Vec<u8> {
    let side = if laid == Laid::Tiles { 16_usize } else { 32 };
    let (together, planes) = if planar { (1, usize::from(samples)) } else { (usize::from(samples), 1) };
    let row = |left: usize, columns: usize| {
        let bit = |at: usize| (left + at / (usize::from(bits) * together)) / 8 % 2;
        (0..columns * together * usize::from(bits))
            .collect::<Vec<_>>()
            .chunks(8)
            .map(|byte| byte.iter().fold(0, |value, at| value << 1 | bit(*at) as u8))
            .collect::<Vec<u8>>()
    };
    let plane: Vec<Vec<u8>> = match laid {
        // Four strips of eight rows.
        Laid::Strips => (0..4).map(|_| row(0, 32).repeat(8)).collect(),
        Laid::Tiles => [0, 16, 0, 16].map(|left| row(left, side).repeat(side)).to_vec(),
    };
    let mut fields = vec![
        (256, 3, vec![32]),
        (257, 3, vec![32]),
        (258, 3, vec![u32::from(bits); usize::from(samples)]),
        (259, 3, vec![1]),
        (262, 3, vec![if samples == 1 { 1 } else { 2 }]),
        (277, 3, vec![u32::from(samples)]),
        (284, 3, vec![if planar { 2 } else { 1 }]),
    ];
    let chunk_tags = match laid {
        Laid::Strips => {
            fields.push((278, 3, vec![8]));
            (273, 279)
        }
        Laid::Tiles => {
            fields.extend([(322, 3, vec![16]), (323, 3, vec![16])]);
            (324, 325)
        }
    };
    tiff(&fields, &vec![plane; planes].concat(), chunk_tags)
}

#[test]
fn a_tiff_of_any_depth_and_layout_is_right_or_refused() {
    let mut shown = Vec::new();
    for laid in [Laid::Strips, Laid::Tiles] {
        for (samples, planar) in [(1, false), (3, false), (3, true)] {
            for bits in [1, 2, 4, 8, 16] {
                let name = format!("{laid:?}, {samples} samples of {bits} bits, planar: {planar}");
                let picture =
                    match Picture::decode(&columns(laid, samples, planar, bits), 0, &Limits::default()) {
                        Ok(picture) => picture,
                        Err(fault) => {
                            assert!(!fault.message().text(Lang::Zh).is_empty(), "{name}");
                            continue;
                        }
                    };
                shown.push((samples, bits));
                let pixels = picture.whole(picture.upright());
                for (x, y, pixel) in pixels.enumerate_pixels() {
                    assert_eq!(pixel.0, [if x / 8 % 2 == 1 { 255 } else { 0 }; 3], "{name} at {x}, {y}");
                }
            }
        }
    }
    for usual in [(1, 1), (1, 2), (1, 4), (1, 8), (1, 16), (3, 8), (3, 16)] {
        assert!(shown.iter().filter(|shape| **shape == usual).count() >= 2, "{usual:?} in strips and tiles");
    }
}

/// A JPEG with segments of a kind before everything else.
fn with_segments(marker: u8, segments: &[Vec<u8>]) -> Vec<u8> {
    let picture = jpeg(64, 48);
    let mut file = picture[..2].to_vec();
    for data in segments {
        file.extend_from_slice(&[0xff, marker]);
        file.extend_from_slice(&u16::try_from(data.len() + 2).unwrap().to_be_bytes());
        file.extend_from_slice(data);
    }
    file.extend_from_slice(&picture[2..]);
    file
}

fn with_profile(profile: &[u8]) -> Vec<u8> {
    let parts: Vec<&[u8]> = profile.chunks(60_000).collect();
    let segments: Vec<Vec<u8>> = (1_u8..)
        .zip(&parts)
        .map(|(nth, part)| [&b"ICC_PROFILE\0"[..], &[nth, parts.len() as u8], part].concat())
        .collect();
    with_segments(0xe2, &segments)
}

/// The profile of a fixture, with other bytes at some places.
fn profile_with(changes: &[(usize, &[u8])]) -> Vec<u8> {
    let file = fixture("profile.jpg");
    let name = b"ICC_PROFILE\0";
    let at = file.windows(name.len()).position(|window| window == name).unwrap();
    let length = usize::from(u16::from_be_bytes([file[at - 2], file[at - 1]]));
    let mut profile = file[at + 14..at - 2 + length].to_vec();
    for (place, bytes) in changes {
        profile[*place..*place + bytes.len()].copy_from_slice(bytes);
    }
    with_profile(&profile)
}

/// Where the first tag of a profile names its place and length (ICC.1:2022, 7.3).
const FIRST_TAG: usize = 132;

/// A profile whose red curve has as many entries as it says, and one that only says so.
fn profile_of_tags(count: u32, place: u32, length: u32) -> Vec<u8> {
    let mut profile = vec![0; 128];
    profile[8] = 4;
    profile[12..16].copy_from_slice(b"mntr");
    profile[16..20].copy_from_slice(b"RGB ");
    profile[20..24].copy_from_slice(b"XYZ ");
    profile[36..40].copy_from_slice(b"acsp");
    profile.extend_from_slice(&count.to_be_bytes());
    for _ in 0..count.min(20_000) {
        profile.extend_from_slice(b"A2B0");
        profile.extend_from_slice(&place.to_be_bytes());
        profile.extend_from_slice(&length.to_be_bytes());
    }
    // A table of three inputs with 255 steps each: 16 million entries that are not there (ICC.1:2022, 10.10).
    profile.extend_from_slice(b"mft2\0\0\0\0\x03\x03\xff\0");
    profile.resize(profile.len() + 2_000, 7);
    let length = profile.len() as u32;
    profile[..4].copy_from_slice(&length.to_be_bytes());
    with_profile(&profile)
}

/// An EXIF block: a directory whose fields are all one, and what follows it.
fn with_exif(field: [u8; 12], fields: u16, next: u32) -> Vec<u8> {
    let mut block = b"Exif\0\0MM\0\x2a\0\0\0\x08".to_vec();
    block.extend_from_slice(&fields.to_be_bytes());
    block.extend_from_slice(&field.repeat(usize::from(fields.min(4_000))));
    block.extend_from_slice(&next.to_be_bytes());
    with_segments(0xe1, &[block])
}

/// A GIF with one colour and frames (left, top, width, height, bits of its first code).
fn gif(canvas: (u16, u16), frames: &[(u16, u16, u16, u16, u8)]) -> Vec<u8> {
    let mut file = b"GIF89a".to_vec();
    file.extend_from_slice(&[canvas.0.to_le_bytes(), canvas.1.to_le_bytes()].concat());
    file.extend_from_slice(&[0x80, 0, 0, 255, 0, 0, 0, 0, 0]);
    for (left, top, width, height, bits) in frames {
        file.push(0x2c);
        for number in [left, top, width, height] {
            file.extend_from_slice(&number.to_le_bytes());
        }
        file.extend_from_slice(&[0, *bits, 2, 0x44, 0x01, 0]);
    }
    file.push(0x3b);
    file
}

/// A chunk of a RIFF file (WebP container specification).
fn riff(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut chunk = name.to_vec();
    chunk.extend_from_slice(&(data.len() as u32).to_le_bytes());
    chunk.extend_from_slice(data);
    chunk.resize(chunk.len().next_multiple_of(2), 0);
    chunk
}

fn webp(chunks: &[Vec<u8>]) -> Vec<u8> {
    riff(b"RIFF", &[&b"WEBP"[..], &chunks.concat()].concat())
}

/// An animation: the size of its canvas less one, and one frame (place halved, size less one) of what it holds.
fn animated_webp(canvas: (u32, u32), place: (u32, u32), size: (u32, u32), holds: &[u8]) -> Vec<u8> {
    let three = |number: u32| number.to_le_bytes()[..3].to_vec();
    let head = [vec![0x02, 0, 0, 0], three(canvas.0), three(canvas.1)].concat();
    let frame =
        [three(place.0), three(place.1), three(size.0), three(size.1), vec![10, 0, 0, 0], holds.to_vec()]
            .concat();
    webp(&[riff(b"VP8X", &head), riff(b"ANIM", &[0; 6]), riff(b"ANMF", &frame)])
}

/// What a lossless WebP of one frame holds, without the container.
fn lossless_frame() -> Vec<u8> {
    encoded(quarters(64, 48), ImageFormat::WebP)[12..].to_vec()
}

fn bmp(width: i32, height: i32) -> Vec<u8> {
    let mut file = encoded(quarters(16, 16), ImageFormat::Bmp);
    file[18..22].copy_from_slice(&width.to_le_bytes());
    file[22..26].copy_from_slice(&height.to_le_bytes());
    file
}

fn tiff_claiming(width: u32, height: u32) -> Vec<u8> {
    let fields = [
        (256, 4, vec![width]),
        (257, 4, vec![height]),
        (258, 3, vec![8]),
        (259, 3, vec![1]),
        (262, 3, vec![1]),
        (277, 3, vec![1]),
        (278, 4, vec![height]),
    ];
    tiff(&fields, &[vec![7; 64]], (273, 279))
}

fn table() -> Vec<(&'static str, Vec<u8>, Option<PictureFault>)> {
    let limit = Limits::default().pixels;
    let too_large = |width, height| Some(PictureFault::TooManyPixels { width, height, limit });
    let broken = |format| Some(PictureFault::Broken { format });
    // None: a picture or a sentence, whichever the decoder makes of it.
    let anything = None;
    let big = [&0xffff_ffff_u32.to_be_bytes()[..]; 2].concat();
    let itself = [&(FIRST_TAG as u32).to_be_bytes()[..], &0x7fff_ffff_u32.to_be_bytes()].concat();
    let to_itself = [0x87, 0x69, 0, 4, 0, 0, 0, 1, 0, 0, 0, 8];
    let endless = [0x9c, 0x9b, 0, 1, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 8];
    vec![
        ("a GIF of 65535x65535", gif((65_535, 65_535), &[(0, 0, 9, 9, 2)]), too_large(65_535, 65_535)),
        ("a GIF as it should be", gif((1, 1), &[(0, 0, 1, 1, 2)]), None),
        ("a BMP as it should be", bmp(16, 16), None),
        (
            "an animated WebP as it should be",
            animated_webp((63, 47), (0, 0), (63, 47), &lossless_frame()),
            None,
        ),
        ("a GIF without size", gif((0, 0), &[(0, 0, 0, 0, 2)]), broken(Format::Gif)),
        ("a frame outside its GIF", gif((9, 9), &[(60_000, 60_000, 1, 1, 2)]), anything.clone()),
        ("a frame larger than its GIF", gif((9, 9), &[(0, 0, 60_000, 60_000, 2)]), anything.clone()),
        ("a second frame of nothing", gif((1, 1), &[(0, 0, 1, 1, 2), (0, 0, 0, 0, 2)]), anything.clone()),
        ("a first code of 200 bits", gif((1, 1), &[(0, 0, 1, 1, 200)]), anything.clone()),
        ("a GIF without frames", gif((9, 9), &[]), anything.clone()),
        ("a BMP of 4 exapixels", bmp(i32::MAX, i32::MAX), anything.clone()),
        ("a BMP as wide as it is thin", bmp(1, 70_000), anything.clone()),
        ("a BMP of less than nothing", bmp(-9, i32::MIN), anything.clone()),
        ("a BMP without size", bmp(0, 0), anything.clone()),
        ("a TIFF of 18 exapixels", tiff_claiming(u32::MAX, u32::MAX), too_large(u32::MAX, u32::MAX)),
        ("a TIFF of 54 megapixels in 64 bytes", tiff_claiming(9_000, 6_000), anything.clone()),
        ("a TIFF without size", tiff_claiming(0, 0), broken(Format::Tiff)),
        (
            "a WebP of 268 megapixels",
            animated_webp((16_383, 16_383), (0, 0), (63, 47), &lossless_frame()),
            too_large(16_384, 16_384),
        ),
        (
            "a WebP larger than a WebP may be",
            animated_webp((0xff_ffff, 0xff_ffff), (0, 0), (63, 47), &lossless_frame()),
            anything.clone(),
        ),
        (
            "a frame outside its WebP",
            animated_webp((63, 47), (5_000, 5_000), (63, 47), &lossless_frame()),
            anything.clone(),
        ),
        (
            "a frame that lies about its size",
            animated_webp((63, 47), (0, 0), (8, 8), &lossless_frame()),
            anything.clone(),
        ),
        ("a frame of nothing", animated_webp((63, 47), (0, 0), (63, 47), b""), anything.clone()),
        (
            "a frame of noise",
            animated_webp((63, 47), (0, 0), (63, 47), b"VP8L\xff\xff\xff\xff\x2f"),
            anything.clone(),
        ),
        ("a WebP of nothing", webp(&[]), broken(Format::WebP)),
        (
            "a PNG behind a JPEG's first bytes",
            [b"\xff\xd8\xff", &png(8, 8)[..]].concat(),
            broken(Format::Jpeg),
        ),
        ("a JPEG behind a BMP's first bytes", [b"BM", &jpeg(8, 8)[..]].concat(), anything.clone()),
        ("a PNG behind a TIFF's first bytes", [b"II*\0", &png(8, 8)[..]].concat(), broken(Format::Tiff)),
        ("a JPEG in a WebP", riff(b"RIFF", &[b"WEBP", &jpeg(8, 8)[..]].concat()), broken(Format::WebP)),
        ("a profile as it should be", profile_with(&[]), None),
        ("a profile of 4 billion tags", profile_with(&[(128, &[0xff; 4])]), None),
        ("a tag beyond the profile", profile_with(&[(FIRST_TAG + 4, &big)]), None),
        ("a tag within the list of tags", profile_with(&[(FIRST_TAG + 4, &itself)]), None),
        ("a profile that claims 4 GB", profile_with(&[(0, &[0xff; 4])]), None),
        ("20000 tags of one table", profile_of_tags(20_000, 132 + 240_000, 2_000), None),
        ("a table of 16 million entries", profile_of_tags(1, 144, u32::MAX), None),
        (
            "a profile in 255 parts of which one came",
            with_segments(0xe2, &[[&b"ICC_PROFILE\0\x01\xff"[..], &[7; 900]].concat()]),
            None,
        ),
        ("EXIF that comes after itself", with_exif(to_itself, 0, 8), None),
        ("EXIF within itself", with_exif(to_itself, 1, 0), None),
        ("EXIF within itself, 4000 times, and after", with_exif(to_itself, 4_000, 8), None),
        ("EXIF of 65535 fields that are not there", with_exif(endless, 65_535, 0), None),
    ]
}

#[test]
fn odd_files_are_a_picture_or_a_sentence_and_the_worker_lives_on() {
    let desk = Desk::open();
    let inspector = Inspector::new(Path::new(HEYAN), Limits::default());
    for (name, file, fault) in table() {
        let outcome = desk.see(&desk.keep(&file));
        match (&outcome, fault) {
            (Err(found), Some(expected)) => assert_eq!(*found, expected, "{name}"),
            (Ok(_), Some(expected)) => panic!("{name}: shown, instead of {expected}"),
            (Ok(view), None) => assert!(view.shown.area() > 0, "{name}"),
            (Err(found), None) => assert!(!found.message().text(Lang::Zh).is_empty(), "{name}"),
        }
        let harmless = ["as it should be", "profile", "EXIF", "table"].iter().any(|word| name.contains(word));
        assert!(!harmless || outcome.is_ok(), "{name}: the picture itself is whole, {outcome:?}");
        let measured = matches!(inspector.pixels(&file), PixelInspection::Seen(_));
        assert_eq!(measured, outcome.is_ok(), "{name}: measured and shown alike");
        assert_eq!(desk.client.counters().restarts, 0, "{name}");
    }
    assert_eq!(seen(desk.see(&desk.keep(&jpeg(64, 48)))), [RED, GREEN, BLUE, WHITE]);
}

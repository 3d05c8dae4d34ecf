//! Files made to do harm: each gets a sentence, and the next picture is shown as ever.

use heyan::domain::file_format::FileFormat as Format;
use heyan::domain::message::Lang;
use heyan::domain::viewport::Size;
use heyan::media::Limits;
use heyan::media::fault::{Feature, PictureFault};
use image::{GrayImage, ImageFormat};

use super::support::*;

/// The chunk of a PNG, with its check sum (PNG specification, annex D).
fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut body = name.to_vec();
    body.extend_from_slice(data);
    let crc = !body.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 * (crc & 1)))
    });
    let mut chunk = u32::try_from(data.len()).unwrap().to_be_bytes().to_vec();
    chunk.extend_from_slice(&body);
    chunk.extend_from_slice(&crc.to_be_bytes());
    chunk
}

/// A PNG by hand: width, height, bits, colour type, then chunks before the pixels, then the pixels' chunk.
fn png_of(size: (u32, u32), (bits, colour): (u8, u8), before: &[u8], pixels: &[u8]) -> Vec<u8> {
    let mut header = size.0.to_be_bytes().to_vec();
    header.extend_from_slice(&size.1.to_be_bytes());
    header.extend_from_slice(&[bits, colour, 0, 0, 0]);
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    file.extend_from_slice(&chunk(b"IHDR", &header));
    file.extend_from_slice(before);
    file.extend_from_slice(&chunk(b"IDAT", pixels));
    file.extend_from_slice(&chunk(b"IEND", b""));
    file
}

/// A zlib stream of a few kilobytes that inflates to 49 MB of zeros: the pixels of a black picture.
fn zeros() -> Vec<u8> {
    let black = encoded(GrayImage::new(7000, 7000), ImageFormat::Png);
    let mut stream = Vec::new();
    let mut rest = &black[8..];
    while let Some((length, tail)) = rest.split_first_chunk::<4>() {
        let (body, tail) = tail.split_at(u32::from_be_bytes(*length) as usize + 4);
        if body.starts_with(b"IDAT") {
            stream.extend_from_slice(&body[4..]);
        }
        rest = &tail[4..];
    }
    stream
}

/// A JPEG whose frame header claims another size.
fn claiming(jpeg: &[u8], width: u16, height: u16) -> Vec<u8> {
    let mut file = jpeg.to_vec();
    let frame = file.windows(2).position(|marker| marker == [0xff, 0xc0]).unwrap();
    file[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    file[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    file
}

fn noise(seed: u32, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(2_654_435_761).max(1);
    std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[1]
    })
    .take(length)
    .collect()
}

#[test]
fn hostile_files_get_a_sentence_each_and_harm_nothing() {
    let desk = Desk::open();
    let limit = Limits::default().pixels;
    let zeros = zeros();
    let text_bomb: Vec<u8> = chunk(b"zTXt", &[b"Comment\0\0", &zeros[..]].concat()).repeat(20);
    let profile_bomb = chunk(b"iCCP", &[b"profile\0\0", &zeros[..]].concat());
    let broken = |format| Some(PictureFault::Broken { format });
    let too_large = |width, height| Some(PictureFault::TooManyPixels { width, height, limit });
    // None: a picture or a sentence, whichever the decoder makes of it.
    let anything = None;
    for (name, file, fault) in [
        ("nothing", Vec::new(), Some(PictureFault::NotAPicture)),
        ("text named .jpg", "样例：这不是图片".into(), Some(PictureFault::NotAPicture)),
        ("random bytes", noise(1, 50_000), Some(PictureFault::NotAPicture)),
        (
            "a PDF",
            b"%PDF-1.7\n".to_vec(),
            (!cfg!(feature = "pdf")).then_some(PictureFault::BuiltWithout { format: Format::Pdf }),
        ),
        (
            "a phone's HEIC",
            b"\0\0\0\x18ftypheic\0\0\0\0".to_vec(),
            Some(PictureFault::Unsupported { format: Format::Heif, feature: Some(Feature::Container) }),
        ),
        ("a JPEG's first bytes", b"\xff\xd8\xff\xe0".to_vec(), broken(Format::Jpeg)),
        (
            "noise after a JPEG's first bytes",
            [b"\xff\xd8\xff\xe0", &noise(2, 50_000)[..]].concat(),
            anything.clone(),
        ),
        (
            "noise after a PNG's first bytes",
            [&png(1, 1)[..8], &noise(3, 50_000)].concat(),
            broken(Format::Png),
        ),
        ("a JPEG cut in half", half(&jpeg(640, 480)), anything.clone()),
        ("a PNG cut in half", half(&png(640, 480)), broken(Format::Png)),
        (
            "a JPEG that claims 4 gigapixels",
            claiming(&jpeg(16, 16), 65_535, 65_535),
            too_large(65_535, 65_535),
        ),
        ("a JPEG that claims 54 megapixels", claiming(&jpeg(16, 16), 9_000, 6_000), anything.clone()),
        ("a JPEG without height", claiming(&jpeg(16, 16), 16, 0), anything.clone()),
        (
            "a PNG that claims 3 gigapixels",
            png_of((60_000, 60_000), (8, 2), b"", &zeros),
            too_large(60_000, 60_000),
        ),
        ("a PNG a pixel wide", png_of((1, 70_000), (8, 0), b"", &zeros), too_large(1, 70_000)),
        ("a PNG without height", png_of((9, 0), (8, 2), b"", &zeros), broken(Format::Png)),
        (
            "a PNG of 16 bits and alpha",
            png_of((7_700, 7_700), (16, 6), b"", &zeros),
            Some(PictureFault::OutOfMemory),
        ),
        ("pixels that inflate to 49 MB for one", png_of((1, 1), (8, 0), b"", &zeros), anything.clone()),
        ("text that inflates to 980 MB", png_of((1, 1), (8, 0), &text_bomb, &zeros), anything.clone()),
        ("a profile that inflates to 49 MB", png_of((1, 1), (8, 0), &profile_bomb, &zeros), anything),
    ] {
        match (desk.see(&desk.keep(&file)), fault) {
            (Err(found), Some(expected)) => assert_eq!(found, expected, "{name}"),
            (Ok(_), Some(expected)) => panic!("{name}: shown, instead of {expected}"),
            (Ok(_), None) => {}
            (Err(found), None) => assert!(!found.message().text(Lang::Zh).is_empty(), "{name}"),
        }
        assert_eq!(desk.client.counters().restarts, 0, "{name}");
    }
    assert!(desk.see(&desk.keep(&jpeg(64, 48))).is_ok());
}

fn half(file: &[u8]) -> Vec<u8> {
    file[..file.len() / 2].to_vec()
}

#[test]
fn a_large_picture_in_a_small_file_is_a_picture() {
    let desk = Desk::open();
    let view = desk.see(&desk.keep(&png_of((7000, 7000), (8, 0), b"", &zeros()))).unwrap();
    assert_eq!((view.picture, view.shown), (Size::new(7000, 7000), Size::new(52, 52)));
    assert!(view.rgb.iter().all(|value| *value == 0));
}

#[test]
fn every_format_cut_or_corrupted_is_a_picture_or_a_sentence() {
    let desk = Desk::open();
    for name in [
        "palette.tif",
        "planar.tif",
        "tiled.tif",
        "ycbcr_jpeg.tif",
        "fax4.tif",
        "pages.tif",
        "transparent.gif",
        "animated.gif",
        "alpha.bmp",
        "palette.bmp",
        "lossy.webp",
        "alpha.webp",
        "profile.webp",
        "ycck.jpg",
        "profile.png",
    ] {
        let whole = fixture(name);
        for seed in 0..24 {
            let mut file = whole.clone();
            for bytes in noise(seed + 1, 12).chunks_exact(3) {
                // Mostly in the first part, where the structure is.
                let place = (usize::from(bytes[0]) << 8 | usize::from(bytes[1]))
                    % file.len().min(400 + seed as usize);
                file[place.max(4)] = bytes[2];
            }
            let _either = desk.see(&desk.keep(&file));
            let _either = desk.see(&desk.keep(&whole[..whole.len() * (seed as usize + 1) / 25]));
        }
        let claimed = desk.client.counters();
        assert_eq!(claimed.restarts, 0, "{name}");
    }
    assert!(desk.see(&desk.keep(&jpeg(64, 48))).is_ok());
}

#[test]
fn corrupted_pictures_never_end_the_worker() {
    let desk = Desk::open();
    for (whole, seeds) in [(jpeg(96, 64), 0..150_u32), (png(96, 64), 150..200)] {
        for seed in seeds {
            let mut file = whole.clone();
            for pair in noise(seed + 1, 24).chunks_exact(3) {
                let place = (usize::from(pair[0]) << 8 | usize::from(pair[1])) % (file.len() - 8) + 8;
                file[place] = pair[2];
            }
            let _either = desk.see(&desk.keep(&file));
        }
    }
    assert_eq!(desk.client.counters().restarts, 0);
    assert!(desk.see(&desk.keep(&jpeg(64, 48))).is_ok());
}

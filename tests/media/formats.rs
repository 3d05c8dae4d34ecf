//! Every format in its right colours, and every one that cannot be shown with its sentence. How the files were made:
//! `fixtures/README.md`.

use heyan::domain::file_format::FileFormat;
use heyan::domain::view::View;
use heyan::domain::viewport::Size;
use heyan::media::Limits;
use heyan::media::decode::Picture;
use heyan::media::fault::{Feature, PictureFault};
use heyan::media::note::Note;
use image::metadata::Orientation;
use image::{DynamicImage, ImageEncoder, RgbImage};

use super::support::*;

const PAPER: [u8; 3] = [255; 3];
const INK: [u8; 3] = [0; 3];
/// What the luminance of each quarter is.
const GREYS: [[u8; 3]; 4] = [[87; 3], [130; 3], [52; 3], [250; 3]];
const QUARTERS: [[u8; 3]; 4] = [RED, GREEN, BLUE, WHITE];
const SEE_THROUGH: [[u8; 3]; 4] = [RED, GREEN, BLUE, PAPER];

fn decoded(file: &[u8]) -> Result<Picture, PictureFault> {
    Picture::decode(file, 0, &Limits::default())
}

fn pixels(picture: &Picture) -> RgbImage {
    picture.render(&View::default(), picture.upright())
}

/// The middle of each quarter: upper left, upper right, lower left, lower right.
fn corners(picture: &RgbImage) -> [[u8; 3]; 4] {
    let (width, height) = picture.dimensions();
    [(1, 1), (3, 1), (1, 3), (3, 3)].map(|(x, y)| picture.get_pixel(width * x / 4, height * y / 4).0)
}

#[track_caller]
fn assert_near(found: [[u8; 3]; 4], expected: [[u8; 3]; 4], most: u8, name: &str) {
    let off = found
        .as_flattened()
        .iter()
        .zip(expected.as_flattened())
        .map(|(one, other)| one.abs_diff(*other))
        .max();
    assert!(off.unwrap() <= most, "{name}: {found:?} instead of {expected:?}");
}

#[test]
fn every_format_is_shown_in_its_colours() {
    let lossy = 12;
    for (name, expected, most) in [
        ("sampling_440.jpg", QUARTERS, lossy),
        ("sampling_411.jpg", QUARTERS, lossy),
        ("sampling_410.jpg", QUARTERS, lossy),
        ("sampling_mixed.jpg", QUARTERS, lossy),
        ("progressive.jpg", QUARTERS, lossy),
        ("restarts.jpg", QUARTERS, lossy),
        ("single_scans.jpg", QUARTERS, lossy),
        ("rgb.jpg", QUARTERS, lossy),
        ("grey.jpg", GREYS, lossy),
        ("cmyk_adobe.jpg", QUARTERS, lossy),
        ("cmyk_plain.jpg", QUARTERS, lossy),
        ("ycck.jpg", QUARTERS, lossy),
        ("strips_raw.tif", QUARTERS, 0),
        ("strips_lzw.tif", QUARTERS, 0),
        ("strips_adobe_deflate.tif", QUARTERS, 0),
        ("strips_packbits.tif", QUARTERS, 0),
        ("strips_jpeg.tif", QUARTERS, lossy),
        ("ycbcr_jpeg.tif", QUARTERS, lossy),
        ("tiled.tif", QUARTERS, 0),
        ("planar.tif", QUARTERS, 0),
        ("tiled_planar.tif", QUARTERS, 0),
        ("big_endian.tif", QUARTERS, 0),
        ("palette.tif", QUARTERS, 0),
        ("rgba.tif", SEE_THROUGH, 0),
        ("cmyk.tif", QUARTERS, 1),
        ("rgb16.tif", QUARTERS, 0),
        ("white_is_zero16.tif", GREYS, 1),
        ("fax4.tif", [INK, INK, INK, PAPER], 0),
        ("fax4_last_bit_first.tif", [INK, INK, INK, PAPER], 0),
        ("bits.tif", [INK, INK, INK, PAPER], 0),
        ("still.gif", QUARTERS, 0),
        ("animated.gif", QUARTERS, 0),
        ("transparent.gif", SEE_THROUGH, 0),
        ("still.bmp", QUARTERS, 0),
        ("top_down.bmp", QUARTERS, 0),
        ("palette.bmp", QUARTERS, 0),
        ("alpha.bmp", SEE_THROUGH, 0),
        ("lossy.webp", QUARTERS, lossy),
        ("lossless.webp", QUARTERS, 0),
        ("animated.webp", QUARTERS, 0),
        ("alpha.webp", SEE_THROUGH, 0),
        ("palette.png", QUARTERS, 0),
        ("alpha.png", SEE_THROUGH, 0),
        ("grey16.png", GREYS, 1),
        ("pages.tif", QUARTERS, 0),
    ] {
        let picture = decoded(&fixture(name)).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        assert_eq!(picture.upright(), Size::new(64, 48), "{name}");
        assert_near(corners(&pixels(&picture)), expected, most, name);
        let notes: &[Note] = match name {
            "animated.gif" | "animated.webp" => &[Note::FirstFrame],
            _ => &[],
        };
        assert_eq!(picture.notes(), notes, "{name}");
    }
}

#[test]
fn the_confined_worker_shows_them_too() {
    let desk = Desk::open();
    for name in
        ["single_scans.jpg", "planar.tif", "ycbcr_jpeg.tif", "transparent.gif", "top_down.bmp", "lossy.webp"]
    {
        assert_eq!(seen(desk.see(&desk.keep(&fixture(name)))), QUARTERS, "{name}");
    }
    assert_eq!(desk.client.counters().restarts, 0);
}

#[test]
fn an_embedded_profile_decides_the_colours_unless_it_is_broken() {
    // The profile makes red of green and green of red.
    let exchanged = [GREEN, RED, BLUE, WHITE];
    for name in ["profile.jpg", "profile.png", "profile.webp", "profile.tif"] {
        let picture = pixels(&decoded(&fixture(name)).unwrap());
        let (found, expected) = (corners(&picture), exchanged);
        for (found, expected) in found.into_iter().zip(expected) {
            let strongest = |colour: [u8; 3]| (0..3).max_by_key(|at| colour[*at]);
            assert!(expected == WHITE || strongest(found) == strongest(expected), "{name}: {found:?}");
        }
        assert_near([found[3]; 4], [WHITE; 4], 12, name);
    }
    assert_near(corners(&pixels(&decoded(&fixture("profile_broken.png")).unwrap())), QUARTERS, 0, "broken");
}

#[test]
fn what_would_be_drawn_wrongly_is_refused_with_its_reason() {
    let refused = |format, feature| Some(PictureFault::Unsupported { format, feature: Some(feature) });
    let (jpeg, tiff) = (FileFormat::Jpeg, FileFormat::Tiff);
    let mut twelve_bits = fixture("progressive.jpg");
    let frame = twelve_bits.windows(2).position(|marker| marker == [0xff, 0xc2]).unwrap();
    twelve_bits[frame + 4] = 12;
    for (name, file, fault) in [
        ("three", fixture("refused_sampling_3.jpg"), refused(jpeg, Feature::Sampling)),
        ("coarse luma", fixture("refused_coarse_luma.jpg"), refused(jpeg, Feature::Sampling)),
        ("single scans", fixture("refused_single_scans.jpg"), refused(jpeg, Feature::Sampling)),
        ("arithmetic", fixture("refused_arithmetic.jpg"), refused(jpeg, Feature::Compression)),
        ("12 bits", twelve_bits, refused(jpeg, Feature::Depth)),
        ("fax 3", fixture("refused_fax3.tif"), refused(tiff, Feature::Compression)),
        ("CIELab", fixture("refused_lab.tif"), refused(tiff, Feature::Colours)),
        ("HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".into(), refused(FileFormat::Heif, Feature::Container)),
        ("AVIF", b"\0\0\0\x18ftypavif\0\0\0\0mif1avif".into(), refused(FileFormat::Avif, Feature::Container)),
    ] {
        assert_eq!(decoded(&file).err(), fault, "{name}");
    }
}

/// The orientation as an EXIF block (CIPA DC-008, tag 0x0112).
fn exif(orientation: u8) -> Vec<u8> {
    let mut block = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    block.extend_from_slice(&[orientation, 0, 0, 0, 0, 0, 0]);
    block
}

#[test]
fn every_container_that_carries_an_orientation_stands_upright() {
    for orientation in 1..=8 {
        let turn = Orientation::from_exif(orientation).unwrap();
        let mut upright = DynamicImage::from(quarters(64, 48));
        upright.apply_orientation(turn);
        let expected = corners(&upright.to_rgb8());

        let mut png = Vec::new();
        let mut encoder = image::codecs::png::PngEncoder::new(&mut png);
        encoder.set_exif_metadata(exif(orientation)).unwrap();
        encoder.write_image(quarters(64, 48).as_raw(), 64, 48, image::ExtendedColorType::Rgb8).unwrap();
        let mut webp = Vec::new();
        let mut encoder = image::codecs::webp::WebPEncoder::new_lossless(&mut webp);
        encoder.set_exif_metadata(exif(orientation)).unwrap();
        encoder.write_image(quarters(64, 48).as_raw(), 64, 48, image::ExtendedColorType::Rgb8).unwrap();
        let mut tiff = fixture("oriented.tif");
        let field = tiff.windows(4).position(|field| field == [0x12, 1, 3, 0]).unwrap();
        tiff[field + 8] = orientation;

        for (name, file) in [
            ("JPEG", with_orientation(&jpeg(64, 48), orientation)),
            ("PNG", png),
            ("WebP", webp),
            ("TIFF", tiff),
        ] {
            let picture = decoded(&file).unwrap();
            assert_eq!(
                picture.upright(),
                Size::new(upright.width(), upright.height()),
                "{name} {orientation}"
            );
            assert_near(corners(&pixels(&picture)), expected, 12, &format!("{name} {orientation}"));
        }
    }
}

#[test]
fn a_jpeg_cut_anywhere_says_so_or_loses_nothing() {
    let wide = jpeg(520, 40);
    let end_of_image = [0xff, 0xd9];
    for (name, file, tails) in [
        ("progressive", fixture("progressive.jpg"), &[&[][..], &end_of_image][..]),
        ("rows", fixture("sampling_440.jpg"), &[&[]]),
        ("restarts", fixture("restarts.jpg"), &[&[]]),
        ("single scans", fixture("single_scans.jpg"), &[&[]]),
        ("grey", fixture("grey.jpg"), &[&[]]),
        ("inks", fixture("cmyk_adobe.jpg"), &[&[]]),
        ("wide", wide, &[&[], &end_of_image]),
    ] {
        let whole = decoded(&file).unwrap();
        assert_eq!(whole.notes(), [], "{name}");
        let whole = pixels(&whole);
        for tail in tails {
            let mut told = 0;
            for end in 2..file.len() {
                // A sentence in its place says enough.
                let Ok(picture) = decoded(&[&file[..end], tail].concat()) else { continue };
                if picture.notes() == [Note::CutShort] {
                    told += 1;
                } else {
                    assert!(pixels(&picture) == whole, "{name} cut at {end} of {}, {tail:?}", file.len());
                }
            }
            assert!(told > 20, "{name}, {tail:?}: drawn as far as it goes {told} times only");
        }
    }
}

#[test]
fn what_is_no_jpeg_and_cut_anywhere_is_refused_or_loses_nothing() {
    for name in [
        "strips_lzw.tif",
        "ycbcr_jpeg.tif",
        "planar.tif",
        "fax4.tif",
        "still.gif",
        "transparent.gif",
        "still.bmp",
        "lossy.webp",
        "lossless.webp",
        "alpha.webp",
        "alpha.png",
        "grey16.png",
    ] {
        let file = fixture(name);
        let whole = pixels(&decoded(&file).unwrap());
        for end in (0..file.len()).step_by(1 + file.len() / 500) {
            if let Ok(picture) = decoded(&file[..end]) {
                assert!(pixels(&picture) == whole, "{name} cut at {end} of {}", file.len());
            }
        }
    }
}

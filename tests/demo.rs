//! The demo's pack is whole: what its filings name is there, is what it is said to be, and nothing else is.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use heyan::cli::demo_pack;
use heyan::domain::filing::{AttachmentKind as Kind, Filing};
use image::{ImageDecoder, RgbImage};

fn pack() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo")
}

fn filings() -> Vec<Filing> {
    let text = std::fs::read_to_string(pack().join("filings.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn keys_are_those_of_the_planted_list() {
    let keys: BTreeSet<String> = filings().into_iter().map(|filing| filing.key).collect();
    assert_eq!(keys.len(), 12);
    assert!(demo_pack::expectations().unwrap().keys().eq(&keys));
    assert!(filings().iter().all(|filing| filing.source == demo_pack::SOURCE && filing.due_at.is_none()));
}

#[test]
fn every_picture_is_named_and_every_name_is_a_picture() {
    let named: BTreeSet<String> = filings()
        .into_iter()
        .flat_map(|filing| filing.attachments)
        .map(|attachment| attachment.file)
        .collect();
    let there: BTreeSet<String> = std::fs::read_dir(pack().join("pictures"))
        .unwrap()
        .map(|entry| format!("pictures/{}", entry.unwrap().file_name().to_str().unwrap()))
        .collect();
    assert_eq!(named, there);
}

#[test]
fn pictures_are_jpegs_of_their_papers_size_and_decode_to_what_was_drawn() {
    let mut total = 0;
    let mut turns = BTreeSet::new();
    for filing in filings() {
        for attachment in &filing.attachments {
            let file = &attachment.file;
            let bytes = std::fs::read(pack().join(file)).unwrap();
            total += bytes.len();
            assert_eq!(image::guess_format(&bytes).unwrap(), image::ImageFormat::Jpeg, "{file}");
            let picture = image::load_from_memory(&bytes).unwrap().to_rgb8();
            let (width, height) = picture.dimensions();
            let turn = orientation(&bytes);
            turns.insert(turn);
            let upright = if turn >= 5 { (height, width) } else { (width, height) };
            assert_eq!(upright, size(&filing, attachment.kind), "{file}");
            // No paper is green; a decoder that loses a file's chroma shows it as just that.
            let [red, green, blue] = mean(&picture);
            assert!(green <= red.max(blue) + 8, "{file}: {red} {green} {blue}");
        }
    }
    assert!(turns.is_superset(&BTreeSet::from([1, 3, 6])), "{turns:?}");
    assert!(total < 6_000_000, "{total} bytes");
}

/// The size of a paper, upright; one photo is planted too small.
fn size(filing: &Filing, kind: Kind) -> (u32, u32) {
    match kind {
        Kind::EntityCertificate => (1300, 920),
        Kind::VerificationForm => (1100, 1550),
        Kind::BackdropPhoto if filing.key == "D-1011" => (640, 480),
        Kind::BackdropPhoto => (800, 600),
        Kind::VideoFrame => (720, 960),
        _ => (1000, 630),
    }
}

fn mean(picture: &RgbImage) -> [u64; 3] {
    let sum = picture.pixels().fold([0; 3], |sum: [u64; 3], pixel| {
        std::array::from_fn(|channel| sum[channel] + u64::from(pixel[channel]))
    });
    sum.map(|channel| channel / u64::from(picture.width() * picture.height()))
}

/// The EXIF orientation; 1 when there is none.
fn orientation(jpeg: &[u8]) -> u8 {
    image::codecs::jpeg::JpegDecoder::new(Cursor::new(jpeg)).unwrap().orientation().unwrap().to_exif()
}

//! The demo's pack is whole: what its filings name is there, is what it is said to be, and nothing else is.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::path::{Path, PathBuf};

use heyan::cli::demo_pack;
use heyan::domain::filing::{AttachmentKind as Kind, EvidenceScheme, Filing, OrderType};
use heyan::domain::relations;
use image::{ImageDecoder, ImageFormat, RgbImage};

fn pack() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo")
}

fn filings() -> Vec<Filing> {
    list("filings.jsonl")
}

fn list(name: &str) -> Vec<Filing> {
    let text = std::fs::read_to_string(pack().join(name)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn keys_are_those_of_the_planted_list() {
    let keys: BTreeSet<String> = filings().into_iter().map(|filing| filing.key).collect();
    assert!(keys.len() >= 24, "{}", keys.len());
    assert!(demo_pack::expectations().unwrap().keys().eq(&keys));
    assert!(filings().iter().all(|filing| filing.source == demo_pack::SOURCE && filing.due_at.is_none()));
}

#[test]
fn every_filter_has_something_to_find() {
    let filings = filings();
    for order_type in OrderType::ALL {
        assert!(filings.iter().any(|filing| filing.order_type == *order_type), "{order_type}");
    }
    for scheme in EvidenceScheme::ALL {
        assert!(filings.iter().any(|filing| filing.evidence_scheme == *scheme), "{scheme}");
    }
    let electronic = filings.iter().filter(|filing| filing.evidence_scheme == EvidenceScheme::Electronic);
    assert!(electronic.count() * 3 >= filings.len());
    let provinces: BTreeSet<&str> = filings.iter().map(|filing| filing.province.as_str()).collect();
    assert!(provinces.len() >= 10, "{provinces:?}");
    let mut siblings: BTreeMap<String, usize> = BTreeMap::new();
    for filing in &filings {
        *siblings.entry(relations::entity_id(filing)).or_default() += 1;
    }
    assert!(siblings.values().any(|count| *count >= 3));
}

#[test]
fn every_picture_is_named_and_every_name_is_a_picture() {
    let named: BTreeSet<String> = filings()
        .into_iter()
        .chain(list(demo_pack::EARLIER))
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
fn pictures_have_their_papers_shape_and_decode_to_what_was_drawn() {
    let mut total = 0;
    let mut turns = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for filing in filings() {
        for attachment in &filing.attachments {
            let file = &attachment.file;
            if !seen.insert(file.clone()) {
                continue;
            }
            let bytes = std::fs::read(pack().join(file)).unwrap();
            total += bytes.len();
            if file == UNSHOWABLE {
                assert!(image::guess_format(&bytes).is_err(), "{file}");
                continue;
            }
            let format = image::guess_format(&bytes).unwrap();
            assert!(format.extensions_str().contains(&file.rsplit_once('.').unwrap().1), "{file}");
            let picture = image::load_from_memory(&bytes).unwrap().to_rgb8();
            let (width, height) = picture.dimensions();
            let turn = if format == ImageFormat::Jpeg { orientation(&bytes) } else { 1 };
            turns.insert(turn);
            let (width, height) = if turn >= 5 { (height, width) } else { (width, height) };
            let (least, full, across) = shape(&filing, attachment.kind);
            assert!((least..=full).contains(&width), "{file}: {width} pixels wide");
            assert!((height * full).abs_diff(width * across) <= full, "{file}: {width}x{height}");
            // No paper is green; a decoder that loses a file's chroma shows it as just that.
            let [red, green, blue] = mean(&picture);
            assert!(green <= red.max(blue) + 8, "{file}: {red} {green} {blue}");
        }
    }
    assert!(turns.is_superset(&BTreeSet::from([1, 3, 6])), "{turns:?}");
    assert!(total < 9_000_000, "{total} bytes");
}

/// What the desk can only say something about: a format that it does not read.
const UNSHOWABLE: &str = "pictures/D-1028-spr_id_front.heic";

/// The least width of a paper in pixels, then the full width with the height that goes with it; one photo is planted
/// too small.
fn shape(filing: &Filing, kind: Kind) -> (u32, u32, u32) {
    match kind {
        Kind::EntityCertificate => (580, 1300, 920),
        Kind::DomainCertificate => (560, 1200, 850),
        Kind::VerificationForm => (720, 1100, 1550),
        Kind::BackdropPhoto if filing.key == "D-1011" => (640, 640, 480),
        Kind::BackdropPhoto => (800, 800, 600),
        Kind::VideoFrame => (540, 720, 960),
        Kind::Undertaking | Kind::Authorisation => (600, 900, 1270),
        _ => (450, 1000, 630),
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

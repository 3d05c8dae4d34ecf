//! Measures and pages of pictures, by a real worker.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use heyan::domain::evidence::{FaultKind, PictureTone, PixelFacts, PixelInspection};
use heyan::domain::viewport::Size;
use heyan::media::Limits;
use heyan::media::inspector::Inspector;
use image::{GrayImage, ImageFormat, Luma};

use super::support::*;

fn inspector() -> Inspector {
    Inspector::new(Path::new(HEYAN), Limits::default())
}

fn seen(inspection: PixelInspection) -> PixelFacts {
    match inspection {
        PixelInspection::Seen(facts) => facts,
        PixelInspection::NoAnswer(fault) => panic!("{fault:?}"),
    }
}

fn demo(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/pictures").join(name)).unwrap()
}

#[test]
fn measures_are_those_of_the_upright_picture() {
    let inspector = inspector();
    let photo = seen(inspector.pixels(&demo("D-1001-backdrop_photo.jpg")));
    assert_eq!((photo.width, photo.height, photo.tone), (800, 600, PictureTone::Colour));
    assert!(photo.sharpness > 300 && (90..120).contains(&photo.brightness) && photo.glare.is_none());
    let [face] = photo.faces[..] else { panic!("{:?}", photo.faces) };
    // The drawn head is 150 pixels wide in the middle of the picture.
    assert!((300..340).contains(&face.x) && (220..260).contains(&face.y), "{face:?}");

    let turned = seen(inspector.pixels(&with_orientation(&jpeg(320, 160), 6)));
    assert_eq!((turned.width, turned.height), (160, 320));

    let bars = GrayImage::from_fn(400, 300, |x, _| Luma([if x / 10 % 2 == 0 { 30 } else { 220 }]));
    let bars = seen(inspector.pixels(&encoded(bars, ImageFormat::Png)));
    assert_eq!((bars.tone, bars.faces.len(), bars.dark_permille), (PictureTone::Grey, 0, 500));
    assert_eq!(bars.taken_at, None);
}

#[test]
fn a_page_to_read_is_upright_grey_and_enlarged() {
    let page = inspector().page(&with_orientation(&jpeg(320, 160), 6)).unwrap();
    assert_eq!((page.picture, page.shown), (Size::new(160, 320), Size::new(480, 960)));
    let at = |x: usize, y: usize| page.grey[y * 480 + x];
    // Turned clockwise: blue and red above white and green.
    assert!(at(40, 40) < at(440, 40) && at(440, 40) < at(440, 920) && at(40, 920) > 240);
}

#[test]
fn what_is_no_picture_is_a_fault_and_harms_nobody() {
    let inspector = inspector();
    for (what, bytes, kind) in [
        ("nothing", Vec::new(), FaultKind::Protocol),
        ("text", "样例：这不是图片".into(), FaultKind::Protocol),
        ("a telephone's HEIC", b"\0\0\0\x18ftypheic\0\0\0\0".to_vec(), FaultKind::Protocol),
        ("too many bytes", vec![0; (64 << 20) + 1], FaultKind::TooLarge),
    ] {
        let PixelInspection::NoAnswer(fault) = inspector.pixels(&bytes) else { panic!("{what}") };
        assert_eq!(fault.kind, kind, "{what}");
        assert_eq!(inspector.page(&bytes).unwrap_err().kind, kind, "{what}");
    }
    seen(inspector.pixels(&png(1, 1)));
    seen(inspector.pixels(&jpeg(9, 7)));
}

/// A program in the worker's place.
fn stand_in(folder: &Path, script: &str) -> Inspector {
    let program = folder.join("worker");
    // Written by another process: a file that this one has open for writing, and with it whatever it is just starting,
    // cannot be run.
    let write = ["-c", r#"printf '#!/bin/sh\n%s\n' "$1" > "$0"; chmod 755 "$0""#];
    assert!(Command::new("/bin/sh").args(write).arg(&program).arg(script).status().unwrap().success());
    Inspector::new(&program, Limits { answer_within: Duration::from_secs(2), ..Limits::default() })
}

#[test]
fn a_picture_gets_two_workers_and_a_silent_one_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let starts = folder.path().join("starts");
    let dying = stand_in(folder.path(), &format!("echo start >> {}; exit 1", starts.display()));
    let PixelInspection::NoAnswer(fault) = dying.pixels(&png(1, 1)) else { panic!() };
    assert_eq!(fault.kind, FaultKind::Failed);
    assert_eq!(std::fs::read_to_string(&starts).unwrap().lines().count(), 2);

    let silent = stand_in(folder.path(), "exec /bin/sleep 60");
    assert_eq!(silent.page(&png(1, 1)).unwrap_err().kind, FaultKind::Timeout);

    let lying = stand_in(folder.path(), r#"printf 'HYP3\000\000\000\021\000\000\000\000{"answer":"open"}'"#);
    assert_eq!(lying.page(&png(1, 1)).unwrap_err().kind, FaultKind::Failed);
    let missing = Inspector::new(&folder.path().join("nowhere"), Limits::default());
    assert_eq!(missing.page(&png(1, 1)).unwrap_err().kind, FaultKind::Failed);
}

#[test]
fn many_may_ask_at_once() {
    let inspector = inspector();
    let file = jpeg(64, 48);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| seen(inspector.pixels(&file)));
        }
    });
}

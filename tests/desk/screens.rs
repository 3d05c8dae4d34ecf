//! Screens as snapshots, in both languages and three sizes.

use heyan::app::pictures::Images;
use heyan::domain::message::Lang;

use crate::harness::{Harness, demo_workspace};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];

fn snapshots(name: &str, keys: &str) {
    let folder = demo_workspace();
    for size in SIZES {
        let mut desk = Harness::open(folder.path(), size);
        desk.keys(keys);
        insta::assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), desk.screen());
        desk.keys("Ctrl+C Ctrl+C");
    }
}

#[test]
fn a_case_with_findings() {
    snapshots("case", "J J J J");
}

#[test]
fn a_picture_over_the_whole_screen() {
    snapshots("viewer", "e");
}

#[test]
fn choosing_reasons() {
    snapshots("reasons", "J J J J f");
}

#[test]
fn passing_in_spite_of_findings() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    desk.keys("J J J J").look().keys("a");
    insta::assert_snapshot!("pass_in_spite_80x24", desk.screen());
}

#[test]
fn help_palette_queue_hold_and_withdraw() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    for (name, keys) in [
        ("help", "?"),
        ("palette", "Ctrl+G"),
        ("queue", "L"),
        ("hold", "g"),
        ("withdraw", "u"),
        ("note", "n"),
    ] {
        desk.keys(keys);
        insta::assert_snapshot!(format!("{name}_80x24"), desk.screen());
        desk.keys("Esc");
    }
}

#[test]
fn in_english() {
    let folder = demo_workspace();
    for size in SIZES {
        let mut desk = Harness::open_as(folder.path(), size, "lin", Images::HalfBlocks, Lang::En);
        desk.keys("J J J J");
        insta::assert_snapshot!(format!("english_{}x{}", size.0, size.1), desk.screen());
        desk.keys("Ctrl+C Ctrl+C");
    }
}

#[test]
fn with_pictures_off() {
    let folder = demo_workspace();
    let mut desk = Harness::open_as(folder.path(), (80, 24), "林晓", Images::Off, Lang::Zh);
    desk.look();
    insta::assert_snapshot!("pictures_off_80x24", desk.screen());
}

#[test]
fn a_screen_too_small() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    desk.resize(60, 10);
    insta::assert_snapshot!("too_small_60x10", desk.screen());
}

//! Documents that are shown in part, or not at all.

use heyan::app::effect::PictureStatus;
use heyan::app::model::Case;
use heyan::domain::case::FileFormat;

use crate::harness::{Harness, demo_workspace};

#[test]
fn a_document_of_which_a_part_is_missing_says_so_and_counts_as_its_sentence() {
    let folder = demo_workspace();
    for size in [(80, 24), (120, 40)] {
        let mut desk = Harness::open(folder.path(), size);
        desk.picture = PictureStatus::Partly;
        desk.look();
        assert!(desk.screen().contains("图片不完整或已损坏"), "{}", desk.screen());
        desk.keys("a");
        assert_eq!(desk.decided(), [""; 0], "a clean filing, but nobody saw all of its documents");
        assert!(desk.screen().contains("核验单: 未能显示"), "{}", desk.screen());
        desk.keys("Esc Ctrl+C Ctrl+C");
    }
}

#[test]
fn a_telephones_heic_is_named_with_how_to_convert_it() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    let Case::Open(view) = &mut desk.model.case else { panic!("no case") };
    view.file.attachments.iter_mut().for_each(|facts| facts.format = FileFormat::Heif);
    desk.draw();
    let screen = desk.screen();
    assert!(screen.contains("HEIC/HEIF") && screen.contains("heif-convert"), "{screen}");
}

//! Places of documents in photos: known once the document's corners are, and who looks elsewhere meanwhile stays there.

use heyan::app::effect::{Msg, PictureStatus};
use heyan::app::places::Goal;
use heyan::domain::evidence::{Evidence, Means, Observation, ReadText, Region, Subject, TextReading, Word};
use heyan::domain::filing::AttachmentKind;
use heyan::domain::places::{DocumentPlace, Source};
use heyan::domain::view::{Point, Quad, Rendering, Surface};
use heyan::domain::viewport::{Frame, Size};
use heyan::store::{ReadStore, SqliteStore, Store};
use tempfile::TempDir;

use crate::harness::{Harness, actor, demo_workspace, morning};
use crate::places::{seen, to};

#[test]
fn a_jump_waits_for_the_corners_and_then_looks_at_the_document_pulled_straight() {
    let folder = demo_workspace();
    for (answer, size) in [(true, (80, 24)), (false, (160, 48))] {
        let mut desk = Harness::open(folder.path(), size);
        // A photo of the card on a table: not its sides.
        desk.picture = PictureStatus::Ready(Size::new(4000, 3000));
        let at = to(&mut desk, AttachmentKind::EntityPrincipalIdFront);
        let sha256 = desk.model.open_case().unwrap().file.attachments[at].sha256.clone();
        assert!(
            desk.model.corners.outstanding().contains(&(sha256.clone(), 0)),
            "asked when it is looked at"
        );
        desk.keys("2");
        assert!(desk.notice().contains("边缘"), "{}", desk.notice());
        let quad = Quad([(600, 500), (3400, 620), (3300, 2400), (560, 2300)].map(|(x, y)| Point { x, y }));
        let quad = answer.then_some(quad);
        desk.tell(Msg::Corners { sha256: sha256.clone(), page: 0, quad });
        let view = desk.model.open_case().unwrap().view();
        match quad {
            Some(quad) => {
                assert_eq!((view.surface, view.rendering), (Surface::Flat(quad), Rendering::Ink));
                let frame = Frame::new(quad.flat_size(), desk.model.target());
                let rect = view.viewport.source_rect(frame);
                let number = quad.flat_size().height * 86 / 100;
                assert!(rect.y < number && rect.y + rect.size.height > number, "{rect:?}");
                assert_eq!(desk.notice(), "");
            }
            None => {
                assert_eq!(view.surface, Surface::Original);
                assert!(desk.notice().contains("可记住"), "{}", desk.notice());
            }
        }
        desk.keys("0");
        assert_eq!(desk.model.open_case().unwrap().view().surface, Surface::Original);
        desk.keys("Ctrl+C Ctrl+C");
    }
}

const CORNERS: [(u32, u32); 4] = [(600, 500), (3400, 620), (3300, 2400), (560, 2300)];

/// A desk before a photo of the card on a table, whose sides say nothing.
fn before_a_card(folder: &TempDir) -> (Harness, usize, Msg) {
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.picture = PictureStatus::Ready(Size::new(4000, 3000));
    let at = to(&mut desk, AttachmentKind::EntityPrincipalIdFront);
    let sha256 = desk.model.open_case().unwrap().file.attachments[at].sha256.clone();
    let quad = Quad(CORNERS.map(|(x, y)| Point { x, y }));
    (desk, at, Msg::Corners { sha256, page: 0, quad: Some(quad) })
}

#[test]
fn who_looks_elsewhere_when_the_corners_come_stays_there() {
    let folder = demo_workspace();
    for keys in ["l", "l h +", "+ Alt+Up", "Tab", "j", "k j", "T", "?", "s", "S-Tab e", "J K"] {
        let (mut desk, _, corners) = before_a_card(&folder);
        desk.keys("2").keys(keys);
        let seen = |desk: &Harness| {
            let view = desk.model.open_case().unwrap();
            (view.attachment, view.view(), desk.model.panel.is_some(), view.following())
        };
        let (before, said) = (seen(&desk), desk.notice());
        desk.tell(corners);
        let after = seen(&desk);
        // A place that is followed is brought into sight where she walked to it.
        let framed = keys.contains("Tab") && matches!(after.1.surface, Surface::Flat(_));
        assert!(after == before || framed && (after.0, after.3) == (before.0, before.3), "{keys}");
        assert_eq!(desk.model.awaited_place, None, "{keys}");
        assert_eq!(desk.notice(), said, "{keys}");
        desk.keys("Esc Esc Ctrl+C Ctrl+C");
    }
}

#[test]
fn where_words_do_not_tell_a_place_its_documents_corners_do() {
    let folder = demo_workspace();
    let mut store = SqliteStore::open(&folder.path().join("workspace")).unwrap();
    let case = store.case("D-1001", morning()).unwrap();
    let kind = AttachmentKind::EntityPrincipalIdFront;
    let at = case.filing.attachments.iter().position(|attachment| attachment.kind == kind).unwrap();
    let region = Region { x: 700, y: 600, width: 300, height: 60 };
    let word = Word { text: "性别男".into(), confidence: 90, region, line: 0 };
    let read = Evidence {
        version: 1,
        subject: Subject::Attachment(case.attachments[at].sha256.clone()),
        means: Means::Machine,
        source: "sample".into(),
        observed_at: morning(),
        allowed_networks: Vec::new(),
        observation: Observation::Text(TextReading::Read(ReadText { words: vec![word] })),
    };
    store.keep_evidence(&[read.into()], morning(), &actor("gather")).unwrap();
    let (mut desk, at, corners) = before_a_card(&folder);
    let Msg::Corners { sha256, .. } = &corners else { panic!() };
    let asked = |desk: &Harness| desk.model.corners.outstanding().contains(&(sha256.clone(), 0));
    assert!(!asked(&desk), "not before a place is wanted");
    desk.keys("3");
    assert!(asked(&desk) && desk.notice().contains("边缘"), "{}", desk.notice());
    desk.tell(corners);
    let goal = Goal { attachment: at, place: DocumentPlace::Portrait };
    let found = desk.model.locate(goal).unwrap();
    assert_eq!(found.source, Source::Layout);
    assert!(matches!(found.surface, Surface::Flat(_)) && seen(&desk, &found).1);
}

#[test]
fn on_a_photo_of_a_document_no_place_is_set_before_its_corners_are_known() {
    let folder = demo_workspace();
    for answer in [true, false] {
        let (mut desk, at, _) = before_a_card(&folder);
        let sha256 = desk.model.open_case().unwrap().file.attachments[at].sha256.clone();
        let quad = answer.then(|| Quad(CORNERS.map(|(x, y)| Point { x, y })));
        desk.keys("+ + m");
        assert!(desk.model.panel.is_none() && desk.notice().contains("正在找证件边缘"), "{}", desk.notice());
        desk.tell(Msg::Corners { sha256, page: 0, quad });
        desk.keys("m");
        if answer {
            desk.keys("4");
            let goal = Goal { attachment: at, place: DocumentPlace::Address };
            let found = desk.model.locate(goal).unwrap();
            assert_eq!(found.source, Source::Reviewer);
            assert!(matches!(found.surface, Surface::Flat(_)), "{found:?}");
        } else {
            assert!(
                desk.model.panel.is_none() && desk.notice().contains("未找到证件边缘"),
                "{}",
                desk.notice()
            );
        }
        desk.keys("Esc Ctrl+C Ctrl+C");
    }
}

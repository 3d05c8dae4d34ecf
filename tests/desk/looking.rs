//! Looking: which evidence stands in the viewport, how it is looked at, and that none of it decides.

use heyan::app::effect::{Msg, PictureStatus};
use heyan::domain::filing::AttachmentKind;
use heyan::domain::view::{PictureKey, View};
use heyan::domain::viewport::Size;

use crate::harness::{Harness, demo_workspace};

fn picture(desk: &Harness) -> PictureKey {
    desk.model.wanted_pictures().main.expect("a picture is wanted")
}

fn kind(desk: &Harness) -> AttachmentKind {
    desk.model.open_case().unwrap().current_attachment().unwrap().1.kind
}

#[test]
fn zoom_pan_and_rotation_are_kept_for_each_attachment() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    let whole = picture(&desk);
    let mut seen = vec![whole.clone()];
    for keys in ["+", "=", "Alt+Right", "Alt+Down", "r", "H", "R R", "-"] {
        desk.keys(keys);
        let now = picture(&desk);
        assert_eq!((&now.sha256, now.target), (&whole.sha256, whole.target));
        assert!(!seen.contains(&now), "{keys} looks at it differently");
        seen.push(now);
    }
    let certificate = picture(&desk);
    desk.keys("l");
    assert_ne!(picture(&desk).sha256, certificate.sha256);
    desk.keys("+ + h");
    assert_eq!(picture(&desk), certificate, "as it was left");
    desk.keys("0 r");
    assert_eq!(picture(&desk), whole, "the whole picture, turned back upright");
    desk.keys("l 0");
    desk.keys("e Right");
    assert!(desk.model.full_screen);
    assert_eq!(desk.decided(), [""; 0]);
}

#[test]
fn capitals_of_the_panel_jump_and_arrows_step_around() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    for (keys, at) in
        [("t F", 5), ("l", 6), ("l", 0), ("h", 6), ("Left", 5), ("Right", 6), ("t A", 0), ("t Z Esc", 0)]
    {
        desk.keys(keys);
        assert_eq!(desk.model.open_case().unwrap().attachment, Some(at), "{keys}");
    }
}

#[test]
fn the_evidence_follows_the_problems() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    while desk.here() != "D-1010" {
        desk.keys("J");
    }
    desk.keys("t A");
    assert_eq!(kind(&desk), AttachmentKind::EntityCertificate);
    for _ in 0..4 {
        desk.keys("]");
        assert_eq!(kind(&desk), AttachmentKind::VerificationForm);
        assert!(desk.model.open_case().unwrap().selected_finding().is_some());
    }
    let first = desk.model.open_case().unwrap().selected;
    desk.keys("] [");
    assert_eq!(desk.model.open_case().unwrap().selected, first);
}

#[test]
fn stepping_shows_each_required_document_large_enough_on_every_screen() {
    let folder = demo_workspace();
    for size in [(80, 24), (120, 40), (200, 60)] {
        let mut desk = Harness::open(folder.path(), size);
        let required = desk.model.open_case().unwrap().required_attachments().count();
        for step in 1..=required {
            desk.keys("Space");
            assert!(
                desk.model.open_case().unwrap().unseen().len() <= required - step,
                "{size:?} step {step}"
            );
        }
        desk.keys("Ctrl+C Ctrl+C");
    }
}

#[test]
fn the_pictures_of_the_next_step_and_of_the_next_filing_are_asked_for_ahead() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    let next = desk.case("D-1002").attachments[0].sha256.clone();
    let soon: Vec<String> = desk.model.wanted_pictures().soon.into_iter().map(|key| key.sha256).collect();
    assert!(soon.contains(&next), "{soon:?}");
    assert!(soon.contains(&desk.case("D-1001").attachments[1].sha256), "{soon:?}");
    let ahead = desk.model.wanted_pictures().soon.last().unwrap().clone();
    desk.keys("J");
    assert_eq!(picture(&desk), ahead, "the very view that will be wanted");
}

/// A crop of the number says nothing of the face beside it: shown means seen.
#[test]
fn a_crop_is_not_the_document() {
    let folder = demo_workspace();
    for size in [(80, 24), (120, 40)] {
        let mut desk = Harness::open(folder.path(), size);
        desk.picture = PictureStatus::Loading;
        desk.keys("l");
        desk.keys("+ + + + v");
        desk.picture = PictureStatus::Ready(Size::new(1000, 630));
        desk.settle();
        let before = desk.model.open_case().unwrap().unseen();
        let here = desk.model.open_case().unwrap().attachment.unwrap();
        assert_eq!(kind(&desk), AttachmentKind::EntityPrincipalIdFront);
        assert!(before.contains(&here), "{size:?}: only its middle was in sight");
        desk.keys("e 0 e");
        assert!(
            desk.model.open_case().unwrap().unseen().contains(&here),
            "{size:?}: a face in strokes was not seen"
        );
        desk.keys("+ Space");
        assert!(!desk.model.open_case().unwrap().unseen().contains(&here), "{size:?}: one step shows it");
        desk.keys("Esc Ctrl+C Ctrl+C");
    }
}

/// Walking through the facts and jumping to places brings crops into sight.
#[test]
fn a_filing_walked_through_was_not_seen() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    let required = desk.model.open_case().unwrap().required_attachments().count();
    for _ in 0..30 {
        desk.keys("Tab");
    }
    desk.keys("a");
    assert_eq!(desk.decided(), [""; 0]);
    let mut steps = 0;
    while !desk.model.open_case().unwrap().unseen().is_empty() {
        desk.keys("Space");
        steps += 1;
    }
    assert!(steps <= required, "{steps} for {required}");
}

#[test]
fn a_document_seen_part_by_part_was_seen() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.picture = PictureStatus::Loading;
    desk.keys("l e + +");
    let here = desk.model.open_case().unwrap().attachment.unwrap();
    desk.picture = PictureStatus::Ready(Size::new(1000, 630));
    desk.settle();
    desk.keys("Up Up Left Left");
    for row in 0..4 {
        assert!(!desk.model.open_case().unwrap().seen(here), "row {row} is still missing");
        desk.keys(if row % 2 == 0 { "Right Right Right Right Down" } else { "Left Left Left Left Down" });
    }
    desk.keys("Right Right Right Right");
    assert!(desk.model.open_case().unwrap().seen(here), "from edge to edge");
}

/// A card photographed upright is too small on the smallest screen even when it fills it.
#[test]
fn what_is_too_small_as_a_whole_is_stepped_through_in_parts() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    desk.picture = PictureStatus::Ready(Size::new(3000, 4000));
    desk.settle();
    let required = desk.model.open_case().unwrap().required_attachments().count();
    let mut parts = 0;
    let mut last = None;
    while !desk.model.open_case().unwrap().unseen().is_empty() {
        desk.keys("Space");
        parts += 1;
        let now = desk.model.wanted_pictures().main;
        assert_ne!(now, last, "something else each time");
        last = now;
        assert!(parts <= 3 * required, "{}", desk.screen());
    }
    assert!(parts > required, "cards need two looks each");
}

#[test]
fn each_filing_is_found_as_it_was_left() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.keys("r + l R");
    let left = picture(&desk);
    desk.keys("J");
    assert_eq!(picture(&desk).view, View::default(), "another filing's are as they are");
    desk.keys("r r J K");
    assert_eq!(picture(&desk).view.viewport.turns(), 2);
    desk.keys("K l");
    assert_eq!(picture(&desk), left);
    desk.keys("h");
    let view = picture(&desk).view.viewport;
    assert!(view.turns() == 1 && !view.is_fit());
    desk.damage("D-1002");
    desk.keys("J K");
    assert_eq!(picture(&desk).view.viewport, view, "also after one that could not be opened");
}

/// What a picture took on its way stands at the right end of every title, before the places.
#[test]
fn the_bytes_of_a_picture_are_told_wherever_it_stands() {
    let folder = demo_workspace();
    for size in [(80, 24), (120, 40)] {
        let mut desk = Harness::open(folder.path(), size);
        for keys in ["", "e", "e s", "d", "Esc"] {
            desk.keys(keys);
            desk.tell(Msg::Measured { bytes: 12_345, reduced: false });
            assert!(desk.screen().contains("13 KB"), "{size:?} {keys}: {}", desk.screen());
        }
        desk.keys("Ctrl+C Ctrl+C");
    }
}

/// Whoever peeks at a neighbour need not look again at what she saw; a changed filing is another matter.
#[test]
fn what_was_seen_still_counts_when_she_comes_back() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (160, 48));
    desk.keys("Space Space");
    let seen = |desk: &Harness| desk.model.open_case().unwrap().shown_record();
    let before = seen(&desk);
    assert!(before.len() >= 2, "{before:?}");
    desk.keys("J");
    assert!(seen(&desk).len() <= 1, "the neighbour was not looked at");
    desk.keys("K");
    assert_eq!(seen(&desk), before);
    desk.keys("J");
    desk.import_changed("D-1001", |filing| filing.order_type = heyan::domain::filing::OrderType::Cancel);
    desk.keys("K");
    assert!(seen(&desk).len() < before.len(), "another revision");
}

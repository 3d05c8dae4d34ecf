//! Looking: which evidence stands in the viewport, how it is looked at, and that none of it decides.

use heyan::domain::filing::AttachmentKind;
use heyan::domain::view::PictureKey;

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

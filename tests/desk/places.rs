//! Named places: two keys from anywhere to each of them, whatever is known of the picture.

use std::collections::BTreeSet;

use heyan::app::effect::{Msg, PictureStatus};
use heyan::app::places::{Goal, of_attachment};
use heyan::app::screens::Panel;
use heyan::app::screens::places::{Entry, Places};
use heyan::domain::evidence::{Gathered, Observation, Region, Subject, TextReading, Word};
use heyan::domain::filing::AttachmentKind;
use heyan::domain::places::{self, DocumentPlace, Located, Source};
use heyan::domain::view::{Point, Quad, Rendering, Surface};
use heyan::domain::viewport::{Frame, Size};
use heyan::intake;
use heyan::store::{SqliteStore, Store};
use tempfile::TempDir;

use crate::harness::{Harness, actor, demo_workspace, morning};

const SIZES: [(u16, u16); 2] = [(80, 24), (160, 48)];

/// The demo with its sample evidence: what was read, and the faces.
fn workspace() -> TempDir {
    let folder = demo_workspace();
    let mut store = SqliteStore::open(&folder.path().join("workspace")).unwrap();
    let mut vault = store.vault();
    let mut batch: Vec<Gathered> = Vec::new();
    intake::read(&folder.path().join("pack"), &intake::Limits::default(), &mut vault, &mut |entry| {
        if let intake::Entry::Evidence { evidence, .. } = entry {
            batch.push((*evidence).into());
        }
    })
    .unwrap();
    batch.retain(|piece| matches!(piece.evidence.observation, Observation::Text(_) | Observation::Pixels(_)));
    store.keep_evidence(&batch, morning(), &actor("gather")).unwrap();
    folder
}

fn panel(desk: &Harness) -> Places {
    match &desk.model.panel {
        Some(Panel::Places(places)) => places.clone(),
        other => panic!("no panel of places: {other:?}"),
    }
}

/// The part of its surface that is seen, and whether a region lies in it whole.
fn seen(desk: &Harness, found: &Located) -> (Region, bool) {
    let view = desk.model.open_case().unwrap();
    let how = view.view();
    assert_eq!(how.surface, found.surface);
    let rect = how.viewport.source_rect(view.frame(desk.model.target()).unwrap());
    let Region { x, y, width, height } = found.region;
    let inside = x >= rect.x
        && y >= rect.y
        && x + width <= rect.x + rect.size.width
        && y + height <= rect.y + rect.size.height;
    (Region { x: rect.x, y: rect.y, width: rect.size.width, height: rect.size.height }, inside)
}

fn words(desk: &Harness, at: usize) -> Vec<Word> {
    let view = desk.model.open_case().unwrap();
    let subject = Subject::Attachment(view.file.attachments[at].sha256.clone());
    let read = view.file.evidence.iter().find_map(|kept| match &kept.evidence.observation {
        Observation::Text(TextReading::Read(read)) if kept.evidence.subject == subject => Some(&read.words),
        _ => None,
    });
    read.cloned().unwrap_or_default()
}

#[test]
fn two_keys_lead_to_every_place_of_the_demo() {
    let folder = workspace();
    for size in SIZES {
        let mut desk = Harness::open(folder.path(), size);
        // Sizes are those of the evidence: these tests decode nothing.
        desk.picture = PictureStatus::Partly;
        let mut reached = BTreeSet::new();
        for filing in 0..4 {
            desk.keys("t");
            let lines = panel(&desk).lines;
            desk.keys("Esc");
            for (key, entry) in lines {
                // From where the last one left it, and now and then from the whole screen.
                if filing == 1 && key == Some('2') {
                    desk.keys("e");
                }
                let key = key.unwrap_or_else(|| panic!("{entry:?} has no key")).to_string();
                desk.keys("t").keys(&key);
                assert!(desk.model.panel.is_none(), "{key}");
                let view = desk.model.open_case().unwrap();
                let goal = match entry {
                    Entry::Document(at) => {
                        assert_eq!(view.attachment, Some(at));
                        continue;
                    }
                    Entry::Place(goal, source) => {
                        let found = desk.model.locate(goal);
                        assert_eq!(found.as_ref().map(|found| found.source), source);
                        goal
                    }
                };
                assert_eq!(view.attachment, Some(goal.attachment));
                let Some(found) = desk.model.locate(goal) else {
                    assert!(desk.notice().contains("记住"), "{} {goal:?}: {}", desk.here(), desk.notice());
                    continue;
                };
                let (part, inside) = seen(&desk, &found);
                assert!(inside, "{} {goal:?}: {found:?} in {part:?}", desk.here());
                assert_eq!(desk.model.open_case().unwrap().view().rendering, goal.place.rendering());
                holds_the_right_words(&desk, goal, &found);
                reached.insert((goal.place.text(), format!("{:?}", found.source)));
            }
            desk.keys("Esc J");
        }
        for place in
            ["person_name", "number", "validity", "name", "code", "domain", "site_name", "signature", "seal"]
        {
            assert!(reached.contains(&(place, "Words".into())), "{place}: {reached:?}");
        }
        for place in ["portrait", "face"] {
            assert!(reached.contains(&(place, "Faces".into())), "{place}: {reached:?}");
        }
        desk.keys("Ctrl+C Ctrl+C");
    }
}

/// Where the words that are filed were read, they lie in the region.
fn holds_the_right_words(desk: &Harness, goal: Goal, found: &Located) {
    let view = desk.model.open_case().unwrap();
    let kind = view.file.filing.attachments[goal.attachment].kind;
    let filed = places::filed(&view.file.filing, kind, goal.place);
    let written = matches!(goal.place, DocumentPlace::Signature | DocumentPlace::Seal);
    if found.source != Source::Words || written {
        return;
    }
    for word in words(desk, goal.attachment).iter().filter(|word| filed.contains(&word.text)) {
        let Region { x, y, width, height } = found.region;
        let (middle_x, middle_y) =
            (word.region.x + word.region.width / 2, word.region.y + word.region.height / 2);
        assert!(
            (x..=x + width).contains(&middle_x) && (y..=y + height).contains(&middle_y),
            "{goal:?} {found:?}"
        );
        assert_eq!(found.reading.as_deref(), Some(word.text.as_str()), "{goal:?}");
    }
}

#[test]
fn digits_lead_to_the_places_of_the_document_in_the_viewport_and_the_title_names_them() {
    let folder = workspace();
    for size in SIZES {
        let mut desk = Harness::open(folder.path(), size);
        desk.picture = PictureStatus::Partly;
        desk.keys("t B");
        assert!(desk.screen().contains("1姓名 2号码"), "{}", desk.screen());
        let at = desk.model.open_case().unwrap().attachment.unwrap();
        for (digit, place) in (1..).zip(of_attachment(desk.model.open_case().unwrap(), at)) {
            desk.keys(&digit.to_string());
            let goal = Goal { attachment: at, place };
            if let Some(found) = desk.model.locate(goal) {
                assert!(seen(&desk, &found).1, "{goal:?}");
            }
        }
        desk.keys("9");
        assert_eq!(desk.model.open_case().unwrap().attachment, Some(at), "no such place, nothing happens");
        desk.keys("0");
        let view = desk.model.open_case().unwrap().view();
        assert!(view.viewport.is_fit() && view.surface == Surface::Original);
        insta::assert_snapshot!(format!("places_{}x{}", size.0, size.1), {
            desk.keys("t");
            desk.screen()
        });
        desk.keys("Esc Ctrl+C Ctrl+C");
    }
}

/// Goes to the first attachment of a kind in the open case.
fn to(desk: &mut Harness, kind: AttachmentKind) -> usize {
    let view = desk.model.open_case().unwrap();
    let at = view.file.filing.attachments.iter().position(|attachment| attachment.kind == kind).unwrap();
    let capital = ('A'..='Z').nth(at).unwrap().to_string();
    desk.keys("t").keys(&capital);
    at
}

#[test]
fn a_place_that_the_reviewer_sets_once_is_there_after_a_restart_and_in_other_filings() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.picture = PictureStatus::Partly;
    let at = to(&mut desk, AttachmentKind::BackdropPhoto);
    let goal = Goal { attachment: at, place: DocumentPlace::Backdrop };
    desk.keys("2");
    assert!(desk.notice().contains("幕布字") && desk.notice().contains("m 可记住"), "{}", desk.notice());
    desk.keys("m");
    assert!(desk.model.panel.is_none() && desk.notice().contains("放大"), "{}", desk.notice());
    desk.keys("+ + Alt+Up Alt+Up Alt+Up m");
    assert!(desk.screen().contains("2 幕布字"), "{}", desk.screen());
    let rect = |desk: &Harness| {
        let view = desk.model.open_case().unwrap();
        view.view().viewport.source_rect(view.frame(desk.model.target()).unwrap())
    };
    let remembered = rect(&desk);
    desk.keys("2");
    assert!(desk.notice().contains("整页"), "{}", desk.notice());
    desk.keys("0 Ctrl+C Ctrl+C");

    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.picture = PictureStatus::Partly;
    desk.keys("t");
    let line = panel(&desk)
        .lines
        .into_iter()
        .find(|(_, entry)| *entry == Entry::Place(goal, Some(Source::Reviewer)));
    let key = line.unwrap().0.unwrap().to_string();
    desk.keys(&key);
    let found = desk.model.locate(goal).unwrap();
    assert!(found.region.x.abs_diff(remembered.x) <= 2 && found.region.y.abs_diff(remembered.y) <= 2);
    assert!(seen(&desk, &found).1);
    assert_eq!(desk.decided(), [""; 0]);
}

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

#[test]
fn who_looks_elsewhere_when_the_corners_come_stays_there() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.picture = PictureStatus::Ready(Size::new(4000, 3000));
    let at = to(&mut desk, AttachmentKind::EntityPrincipalIdFront);
    let sha256 = desk.model.open_case().unwrap().file.attachments[at].sha256.clone();
    desk.keys("2 l");
    let before = desk.model.open_case().unwrap().view();
    let quad = Quad([(600, 500), (3400, 620), (3300, 2400), (560, 2300)].map(|(x, y)| Point { x, y }));
    desk.tell(Msg::Corners { sha256, page: 0, quad: Some(quad) });
    let view = desk.model.open_case().unwrap();
    assert_eq!((view.attachment, view.view()), (Some(at + 1), before));
}

//! Named places: two keys from anywhere to each of them, whatever is known of the picture.

use std::collections::BTreeSet;

use heyan::app::case_view::{CaseView, Showing};
use heyan::app::command::Command;
use heyan::app::effect::{Msg, Opened, PictureStatus};
use heyan::app::model::Case;
use heyan::app::places::{Goal, of_attachment};
use heyan::app::screens::Panel;
use heyan::app::screens::places::{Entry, Places};
use heyan::domain::evidence::{Gathered, Observation, Region, Subject, TextReading, Word};
use heyan::domain::filing::AttachmentKind;
use heyan::domain::places::{self, DocumentPlace, Located, Source};
use heyan::domain::view::Surface;
use heyan::domain::viewport::Size;
use heyan::intake;
use heyan::store::{SqliteStore, Store};
use tempfile::TempDir;

use crate::harness::{Harness, actor, demo_workspace, morning};

const SIZES: [(u16, u16); 2] = [(80, 24), (160, 48)];

/// The demo with its sample evidence: what was read, and the faces.
fn workspace() -> TempDir {
    with_evidence(|observation| matches!(observation, Observation::Text(_) | Observation::Pixels(_)))
}

fn with_evidence(which: fn(&Observation) -> bool) -> TempDir {
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
    batch.retain(|piece| which(&piece.evidence.observation));
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
pub fn seen(desk: &Harness, found: &Located) -> (Region, bool) {
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
                if desk.model.awaited_place.is_some() {
                    let sha256 = view.file.attachments[goal.attachment].sha256.clone();
                    desk.tell(Msg::Corners { sha256, page: 0, quad: None });
                }
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
pub fn to(desk: &mut Harness, kind: AttachmentKind) -> usize {
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
    // The photo's size is not known before it is drawn: then it goes on.
    let line = panel(&desk).lines.into_iter().find(|(_, entry)| *entry == Entry::Place(goal, None));
    let key = line.unwrap().0.unwrap().to_string();
    desk.keys(&key);
    let found = desk.model.locate(goal).unwrap();
    assert!(found.region.x.abs_diff(remembered.x) <= 2 && found.region.y.abs_diff(remembered.y) <= 2);
    assert!(seen(&desk, &found).1);
    assert_eq!(desk.decided(), [""; 0]);
}

#[test]
fn a_place_is_a_picture_again_and_only_of_its_own_document() {
    let folder = with_evidence(|_| true);
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.picture = PictureStatus::Partly;
    to(&mut desk, AttachmentKind::EntityPrincipalIdFront);
    desk.keys("T");
    assert!(desk.model.open_case().unwrap().words_asked());
    assert!(!desk.model.available(Command::RememberPlace), "nothing of it is seen");
    desk.keys("2");
    let view = desk.model.open_case().unwrap();
    assert!(!view.words_asked() && !view.view().viewport.is_fit());
    assert!(desk.model.available(Command::RememberPlace));
    desk.keys("s");
    assert!(desk.model.comparing() && desk.model.strip_areas().is_none());
    assert!(!desk.model.available(Command::RememberPlace), "two pictures are no view of one");
    desk.keys("s");
    // Evidence in words in the place of the document.
    for _ in 0..40 {
        desk.keys("j");
        if matches!(desk.model.open_case().unwrap().showing(), Showing::Words(..)) {
            assert!(!desk.model.available(Command::RememberPlace));
            return;
        }
    }
    panic!("nothing is shown in words");
}

#[test]
fn beyond_the_keys_a_capital_and_a_digit_lead_on() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.picture = PictureStatus::Ready(Size::new(1000, 630));
    let Case::Open(view) = &mut desk.model.case else { panic!() };
    let kind = AttachmentKind::VerificationForm;
    let form = view.file.filing.attachments.iter().position(|attachment| attachment.kind == kind).unwrap();
    let (attachment, facts) =
        (view.file.filing.attachments[form].clone(), view.file.attachments[form].clone());
    let before = view.file.filing.attachments.len();
    let Opened { mut file, findings, ours } =
        Opened { file: view.file.clone(), findings: view.findings.clone(), ours: view.ours.clone() };
    for _ in 0..4 {
        file.filing.attachments.push(attachment.clone());
        file.attachments.push(facts.clone());
    }
    **view = CaseView::new(Opened { file, findings, ours });
    desk.keys("t");
    let lines = panel(&desk).lines;
    assert!(lines.iter().any(|(key, entry)| key.is_none() && matches!(entry, Entry::Place(..))));
    let last = ('A'..='Z').nth(before + 3).unwrap().to_string();
    desk.keys(&last).keys("5");
    assert_eq!(desk.model.open_case().unwrap().attachment, Some(before + 3));
    assert!(desk.notice().contains("印章"), "{}", desk.notice());
}

//! Two pictures together: side by side and blinking, in one movement, without touching how each is looked at alone.

use heyan::app::compare::Of;
use heyan::app::effect::{Effect, Msg, PictureStatus};
use heyan::app::model::Case;
use heyan::app::mouse::{Act, Spot};
use heyan::app::pictures::Images;
use heyan::domain::case::FileFormat;
use heyan::domain::filing::AttachmentKind;
use heyan::domain::message::{Lang, Message};
use heyan::domain::view::{PictureKey, Rendering};
use heyan::domain::viewport::Size;
use heyan::domain::workspace::{CaseFile, ImportItem, Origin};
use heyan::store::ReadStore;

use crate::harness::{Harness, demo_workspace};

fn both(desk: &Harness) -> [PictureKey; 2] {
    let wanted = desk.model.wanted_pictures();
    [wanted.main.expect("one"), wanted.partner.expect("the other")]
}

/// Puts the first attachment of a kind into the viewport.
fn show(desk: &mut Harness, kind: AttachmentKind) {
    let count = desk.model.open_case().unwrap().file.attachments.len();
    for _ in 0..count {
        if desk.model.open_case().unwrap().current_attachment().unwrap().1.kind == kind {
            return;
        }
        desk.keys("l");
    }
    panic!("no {kind:?}");
}

fn kinds(desk: &Harness) -> [AttachmentKind; 2] {
    desk.model.comparison().unwrap().halves().map(|half| half.kind)
}

#[test]
fn both_move_as_one_and_the_single_view_stays() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    show(&mut desk, AttachmentKind::SitePrincipalIdFront);
    desk.keys("+");
    let alone = desk.model.wanted_pictures().main;
    desk.keys("s");
    assert_eq!(kinds(&desk), [AttachmentKind::SitePrincipalIdFront, AttachmentKind::BackdropPhoto]);
    let opened = both(&desk);
    assert_eq!(opened[0].target, opened[1].target);
    let mut before = opened;
    for keys in ["+", "+", "Right", "Down", "-", "v", "!", ")"] {
        desk.keys(keys);
        let now = both(&desk);
        for half in [0, 1] {
            assert_ne!(now[half].view, before[half].view, "{keys} changes half {half}");
        }
        before = now;
    }
    assert_eq!(before.map(|key| key.view.rendering), [Rendering::Ink; 2]);
    desk.keys("Esc");
    assert!(!desk.model.comparing());
    assert_eq!(desk.model.wanted_pictures().main, alone, "as it was left");
    assert_eq!(desk.decided(), [""; 0]);
}

fn turns(desk: &Harness) -> [u8; 2] {
    both(desk).map(|key| key.view.viewport.turns())
}

/// A card that lies sideways in its photo stands upright beside an upright photo.
#[test]
fn each_comes_turned_as_it_was_left_and_is_turned_alone() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    show(&mut desk, AttachmentKind::BackdropPhoto);
    desk.keys("R !");
    show(&mut desk, AttachmentKind::SitePrincipalIdFront);
    desk.keys("r ) s");
    assert_eq!(turns(&desk), [1, 3], "as each was left");
    let tones = both(&desk).map(|key| (key.view.tone.brightness(), key.view.tone.is_inverted()));
    assert_eq!(tones, [(1, false), (0, true)]);
    for (keys, expected) in [("r", [2, 3]), ("R", [2, 0]), ("+ R", [2, 1]), ("Alt+r Ctrl+r", [3, 2])] {
        desk.keys(keys);
        assert_eq!(turns(&desk), expected, "{keys}");
    }
    desk.keys("> <");
    assert_eq!(turns(&desk), [3, 3], "the first as it stands, the partner as it was left");
    desk.keys("d r");
    assert_eq!(turns(&desk), [0, 3], "of two that blink the one in sight");
    desk.keys("R d R");
    assert_eq!(turns(&desk), [3, 2]);
    desk.keys("0 0");
    assert_eq!(turns(&desk), [1, 3], "as they were opened");
    desk.keys("Esc");
    let alone = desk.model.wanted_pictures().main.unwrap().view;
    assert_eq!((alone.viewport.turns(), alone.tone.brightness()), (1, 1));
}

#[test]
fn a_blink_swaps_without_another_picture() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    show(&mut desk, AttachmentKind::VerificationForm);
    desk.keys("d");
    assert_eq!(kinds(&desk), [AttachmentKind::VerificationForm, AttachmentKind::EntityCertificate]);
    let first = desk.model.wanted_pictures();
    for swapped in [true, false, true] {
        desk.keys("d");
        assert_eq!(desk.model.comparison().unwrap().in_sight(1), swapped);
        assert_eq!(desk.model.wanted_pictures(), first, "nothing to render");
    }
    desk.keys("s");
    assert!(desk.model.comparison().unwrap().in_sight(0), "both are seen side by side");
    desk.keys("s");
    assert!(!desk.model.comparing());
}

#[test]
fn every_other_material_can_be_the_partner() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.keys("s");
    let (_, count) = desk.model.comparison().unwrap().place();
    assert_eq!(count, desk.model.open_case().unwrap().file.attachments.len() - 1);
    let first = both(&desk);
    let mut partners = vec![first[1].sha256.clone()];
    for _ in 1..count {
        desk.keys(">");
        let partner = both(&desk)[1].sha256.clone();
        assert!(!partners.contains(&partner), "another one");
        partners.push(partner);
    }
    desk.keys(">");
    assert_eq!(both(&desk), first, "around the end");
    desk.keys("<");
    assert_eq!(&both(&desk)[1].sha256, partners.last().unwrap());
}

#[test]
fn what_blinks_unseen_is_not_shown_and_what_is_seen_is() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (160, 48));
    show(&mut desk, AttachmentKind::VerificationForm);
    desk.keys("d");
    desk.keys("<");
    let partner = both(&desk)[1].sha256.clone();
    let shown = |desk: &Harness| desk.model.open_case().unwrap().shown_record().contains(&partner);
    assert!(!shown(&desk), "it stands behind the other one");
    desk.keys("d");
    assert!(shown(&desk), "drawn large enough");
}

/// The partner is counted by what became of itself, with all of its pages, and not by what is in the viewport.
#[test]
fn each_of_two_counts_by_itself() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (160, 48));
    desk.picture = PictureStatus::Loading;
    show(&mut desk, AttachmentKind::VerificationForm);
    desk.keys("d < d");
    let Of::Own(at) = desk.model.comparison().unwrap().halves()[1].of else { panic!("another filing's") };
    let seen = |desk: &Harness| desk.model.open_case().unwrap().seen(at);
    assert!(!seen(&desk), "still on its way");
    let Case::Open(view) = &mut desk.model.case else { panic!("no case") };
    view.file.attachments[at].format = FileFormat::Tiff;
    let sha256 = view.file.attachments[at].sha256.clone();
    desk.partner = Some(PictureStatus::Ready(Size::new(1000, 630)));
    desk.settle();
    assert!(!seen(&desk), "nobody knows yet how many pages it has");
    desk.tell(Msg::PageKnown { sha256: sha256.clone(), page: 0, pages: 2, submitted: None });
    desk.settle();
    assert!(!seen(&desk), "one page of two");
    desk.tell(Msg::PageKnown { sha256, page: 0, pages: 1, submitted: None });
    assert!(seen(&desk));
    desk.partner = Some(PictureStatus::Failed);
    desk.keys("<");
    let Of::Own(failed) = desk.model.comparison().unwrap().halves()[1].of else { panic!("another filing's") };
    assert!(desk.model.open_case().unwrap().unshowable().contains(&failed));
    assert!(!desk.model.open_case().unwrap().unshowable().contains(&at));
}

#[test]
fn a_decision_is_possible_over_two_pictures_and_ends_them() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.look().keys("s f");
    assert!(desk.model.panel.is_some() && desk.model.comparing(), "the panel lies over them");
    desk.keys("Esc");
    assert!(desk.model.comparing());
    desk.keys("J");
    assert!(!desk.model.comparing(), "the next filing comes alone");
    desk.keys("K s e");
    assert!(!desk.model.comparing() && desk.model.full_screen, "what shows something else ends it");
    desk.keys("e");
    let here = desk.here();
    desk.look().keys("s a");
    assert_eq!(desk.decided(), std::slice::from_ref(&here));
    assert!(!desk.model.comparing() && desk.here() != here);
}

#[test]
fn a_click_on_a_document_ends_the_comparison() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.keys("s");
    let clock = desk.clock();
    desk.tell(Msg::Mouse(Act::Click, Some(Spot::Attachment(3)), clock));
    assert!(!desk.model.comparing());
    assert_eq!(desk.model.open_case().unwrap().attachment, Some(3));
}

/// The photo of the filing on the desk is the photo of another one, too; answers that one's name.
fn reused_photo(desk: &mut Harness) -> String {
    let own = desk.model.open_case().unwrap().file.clone();
    let photo = |file: &CaseFile| {
        file.attachments.iter().position(|facts| facts.kind == AttachmentKind::BackdropPhoto)
    };
    let here = photo(&own).expect("a photo");
    let mut other = ["D-1002", "D-1003", "D-1004", "D-1005"]
        .map(|key| desk.case(key))
        .into_iter()
        .find(|other| other.filing.key != own.filing.key && photo(other).is_some())
        .expect("another filing with a photo");
    let there = photo(&other).unwrap();
    other.attachments[there] = own.attachments[here].clone();
    other.filing.attachments[there].sha256 = own.filing.attachments[here].sha256.clone();
    let name = other.reference();
    desk.import(&[ImportItem { filing: other.filing, attachments: other.attachments }]);
    desk.keys("J K");
    assert_eq!(desk.here(), own.filing.key);
    name
}

/// Goes on to the partner that is of another filing.
fn to_the_other(desk: &mut Harness) {
    let of_other = |desk: &Harness| {
        let of = desk.model.comparison().unwrap().halves()[1].of.clone();
        matches!(of, Of::Elsewhere(Origin::Filing { .. }))
    };
    let (_, count) = desk.model.comparison().unwrap().place();
    for _ in 0..count {
        if of_other(desk) {
            return;
        }
        desk.keys(">");
    }
    panic!("nothing of another filing");
}

#[test]
fn what_is_seen_of_another_filing_is_an_entry_once_each_time_a_filing_is_opened() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (160, 48));
    let other = reused_photo(&mut desk);
    show(&mut desk, AttachmentKind::BackdropPhoto);
    desk.keys("d");
    to_the_other(&mut desk);
    assert_eq!(desk.entries("compare"), 0, "it waits behind the other one");
    desk.keys("d");
    assert_eq!(desk.entries("compare"), 1);
    desk.keys("s > < Esc s");
    to_the_other(&mut desk);
    assert_eq!(desk.entries("compare"), 1);
    let (_, key) = other.split_once('/').unwrap();
    assert_eq!(desk.bodies_with(&format!(r#""beside":["demo","{}"]"#, desk.here())), 1);
    assert_eq!(desk.count("kind = 'compare' AND filing = ?1", key), 1);
    desk.keys("J K");
    show(&mut desk, AttachmentKind::BackdropPhoto);
    desk.keys("s");
    to_the_other(&mut desk);
    assert_eq!(desk.entries("compare"), 2, "opened again");
    assert_eq!(desk.store.verify(&mut |_| ()).unwrap().problems, []);
}

#[test]
fn nothing_of_another_filing_is_seen_before_that_is_recorded() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (160, 48));
    reused_photo(&mut desk);
    show(&mut desk, AttachmentKind::BackdropPhoto);
    desk.hold_back = true;
    desk.keys("s");
    to_the_other(&mut desk);
    let seen = |desk: &Harness| [0, 1].map(|half| desk.model.open_case().unwrap().is_seen(half));
    assert_eq!(seen(&desk), [true, false]);
    let without = desk.screen();
    let asked = desk.held.iter().find_map(|effect| match effect {
        Effect::Compare(seen) => Some(seen.clone()),
        _ => None,
    });
    desk.catch_up();
    assert_eq!(seen(&desk), [true, true]);
    assert_ne!(desk.screen(), without);
    desk.tell(Msg::Compared(asked.unwrap(), Err(Message::new("cli.refused_hint"))));
    assert!(!desk.model.comparing(), "what cannot be recorded is not shown");
}

#[test]
fn without_pictures_a_sentence_says_so() {
    let folder = demo_workspace();
    let mut desk = Harness::open_as(folder.path(), (80, 24), "林晓", Images::Off, Lang::Zh);
    desk.keys("s");
    assert!(!desk.model.comparing());
    assert_eq!(desk.notice(), "图片显示已关闭，无法比对");
}

#[test]
fn two_pictures_on_the_screen() {
    let folder = demo_workspace();
    for size in [(80, 24), (160, 48)] {
        let mut desk = Harness::open(folder.path(), size);
        show(&mut desk, AttachmentKind::SitePrincipalIdFront);
        desk.keys("s");
        insta::assert_snapshot!(format!("side_by_side_{}x{}", size.0, size.1), desk.screen());
        desk.keys("d d");
        insta::assert_snapshot!(format!("blinking_{}x{}", size.0, size.1), desk.screen());
        desk.keys("Ctrl+C Ctrl+C");
    }
}

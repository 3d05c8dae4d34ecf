//! The walk through the facts, and the strip that compares each with its document.

use heyan::app::case_view::CaseView;
use heyan::app::effect::{Opened, PictureStatus};
use heyan::app::facts::Row;
use heyan::app::model::Case;
use heyan::app::pictures::Images;
use heyan::domain::evidence::{
    Evidence, Gathered, Means, Observation, ReadText, Region, Subject, TextReading, Word,
};
use heyan::domain::filing::AttachmentKind as Kind;
use heyan::domain::message::Lang;
use heyan::domain::places::Source;
use heyan::domain::view::{Rendering, View};
use heyan::domain::viewport::Size;
use heyan::store::{ReadStore, SqliteStore, Store};
use tempfile::TempDir;

use crate::harness::{Harness, actor, demo_workspace, morning};

/// The demo; of its first filing these lines were read on these materials.
fn workspace(read: &[(Kind, &[(&str, u32)])]) -> TempDir {
    let folder = demo_workspace();
    let mut store = SqliteStore::open(&folder.path().join("workspace")).unwrap();
    let case = store.case("D-1001", morning()).unwrap();
    let batch: Vec<Gathered> = read
        .iter()
        .map(|(kind, lines)| {
            let at = case.filing.attachments.iter().position(|attachment| attachment.kind == *kind).unwrap();
            let words = lines.iter().map(|(text, line)| Word {
                text: (*text).to_owned(),
                confidence: 61,
                region: Region {
                    x: 200,
                    y: 60 + 60 * line,
                    width: 24 * text.chars().count() as u32,
                    height: 30,
                },
                line: *line,
            });
            Gathered::from(Evidence {
                version: 1,
                subject: Subject::Attachment(case.attachments[at].sha256.clone()),
                means: Means::Machine,
                source: "sample".into(),
                observed_at: morning(),
                allowed_networks: Vec::new(),
                observation: Observation::Text(TextReading::Read(ReadText { words: words.collect() })),
            })
        })
        .collect();
    store.keep_evidence(&batch, morning(), &actor("gather")).unwrap();
    folder
}

fn open(folder: &TempDir, size: (u16, u16)) -> Harness {
    Harness::open(folder.path(), size)
}

/// The label of the selected fact and the material in the viewport.
fn here(desk: &Harness) -> (String, Kind) {
    let view = desk.model.open_case().unwrap();
    let Row::Fact(fact) = &view.rows[view.selected] else { panic!("no fact is selected") };
    (fact.label.clone(), view.current_attachment().unwrap().1.kind)
}

/// Walks on until a fact is selected that is proved by this kind.
fn walk_to(desk: &mut Harness, label: &str, kind: Kind) {
    for _ in 0..40 {
        desk.keys("Tab");
        if here(desk) == (label.to_owned(), kind) {
            return;
        }
    }
    panic!("{label} is never reached\n{}", desk.screen());
}

const MISREAD: &[(Kind, &[(&str, u32)])] = &[
    (Kind::EntityPrincipalIdFront, &[("姓名陈样列", 0), ("公民身份号码440099198704120182", 5)]),
    (Kind::VerificationForm, &[("手机号码13900001003", 4)]),
];

#[test]
fn each_fact_lands_on_the_document_that_proves_it() {
    let folder = demo_workspace();
    let mut desk = open(&folder, (120, 40));
    let mut walked = Vec::new();
    loop {
        desk.keys("Tab");
        let next = here(&desk);
        let first = walked.first() == Some(&next);
        walked.push(next);
        if first && walked.len() > 3 {
            break;
        }
        assert!(walked.len() < 40, "around the end");
    }
    let walked: Vec<String> = walked
        .iter()
        .map(|(label, kind)| format!("{} {}", label.replace("domain.", ""), kind.text()))
        .collect();
    insta::assert_snapshot!(walked.join("\n"));
    let before = desk.model.open_case().unwrap().selected;
    desk.keys("Tab S-Tab");
    assert_eq!(desk.model.open_case().unwrap().selected, before);
}

#[test]
fn a_misread_character_is_marked_below_what_was_filed() {
    let folder = workspace(MISREAD);
    for size in [(80, 24), (160, 48)] {
        let mut desk = open(&folder, size);
        walk_to(&mut desk, "domain.fact_epr_id", Kind::EntityPrincipalIdFront);
        let screen = desk.screen();
        assert!(screen.contains("4400991987041201[3]2"), "{screen}");
        assert!(screen.contains("4400991987041201[8]2"), "{screen}");
        let strip = desk.model.strip.clone().unwrap();
        assert_eq!(strip.found.unwrap().source, Source::Words);
        insta::assert_snapshot!(format!("strip_{}x{}", size.0, size.1), screen);
        desk.keys("Ctrl+C Ctrl+C");
    }
}

/// Where the zones are small the walk goes on over the whole screen: what to compare stands below the document.
#[test]
fn in_full_screen_the_two_values_stand_below_the_document() {
    let folder = workspace(MISREAD);
    let mut desk = open(&folder, (80, 24));
    desk.keys("e");
    let whole = desk.model.picture_area();
    walk_to(&mut desk, "domain.fact_epr_id", Kind::EntityPrincipalIdFront);
    assert!(desk.model.full_screen);
    assert_eq!(desk.model.picture_area().height, whole.height - 2);
    let screen = desk.screen();
    let rows: Vec<&str> = screen.lines().filter(|row| row.contains("44009919870412")).collect();
    assert_eq!(rows.len(), 2, "{screen}");
    assert!(rows[0].contains("证件号码") && rows[0].contains("申报  4400991987041201[3]2"), "{screen}");
    assert!(rows[1].contains("文字  4400991987041201[8]2 (58)"), "{screen}");
    let view = desk.model.open_case().unwrap().view();
    assert!(!view.viewport.is_fit() && view.rendering == Rendering::Ink, "at the place");
    insta::assert_snapshot!("strip_full_screen_80x24", screen);
    desk.keys(">");
    assert_eq!(desk.model.picture_area(), whole, "another document has the whole screen");
}

#[test]
fn the_document_stands_at_the_place_and_the_reviewers_own_view_comes_back() {
    let folder = workspace(MISREAD);
    let mut desk = open(&folder, (120, 40));
    desk.keys("l + +");
    let own = desk.model.open_case().unwrap().view();
    walk_to(&mut desk, "domain.fact_epr_id", Kind::EntityPrincipalIdFront);
    let followed = desk.model.open_case().unwrap().view();
    assert!(!followed.viewport.is_fit() && followed.rendering == Rendering::Ink && followed != own);
    desk.keys("-");
    assert_ne!(desk.model.open_case().unwrap().view(), followed, "zooming by hand still works");
    desk.keys("l h");
    assert_eq!(desk.model.open_case().unwrap().view(), own);
}

/// Zones and renderings change under a place that is followed; what she looks at is hers from the first touch.
#[test]
fn what_was_moved_is_not_brought_back() {
    let folder = workspace(MISREAD);
    for keys in ["v", "e", "v v", "e Esc"] {
        let mut desk = open(&folder, (120, 40));
        desk.keys("l B B h");
        walk_to(&mut desk, "domain.fact_epr_id", Kind::EntityPrincipalIdFront);
        desk.keys("- -");
        let before = desk.model.open_case().unwrap().view();
        desk.keys(keys);
        let after = desk.model.open_case().unwrap().view();
        assert_eq!((after.viewport, after.tone), (before.viewport, before.tone), "{keys}");
        desk.keys("Esc Esc Ctrl+C Ctrl+C");
    }
}

/// A header tells a photo's size before it is turned: once it is decoded the place is brought into sight again.
#[test]
fn a_turned_photo_is_framed_by_its_upright_size() {
    let folder = workspace(MISREAD);
    let mut desk = open(&folder, (120, 40));
    desk.picture = PictureStatus::Loading;
    walk_to(&mut desk, "domain.fact_epr_id", Kind::EntityPrincipalIdFront);
    let before = desk.model.open_case().unwrap().view();
    desk.picture = PictureStatus::Ready(Size::new(1200, 1600));
    desk.draw();
    let found = desk.model.strip.clone().unwrap().found.unwrap();
    let view = desk.model.open_case().unwrap();
    assert_ne!(view.view(), before);
    let rect = view.view().viewport.source_rect(view.frame(desk.model.target()).unwrap());
    let middle = (found.region.x + found.region.width / 2, found.region.y + found.region.height / 2);
    assert!((rect.x..rect.x + rect.size.width).contains(&middle.0), "{rect:?} {found:?}");
    assert!((rect.y..rect.y + rect.size.height).contains(&middle.1), "{rect:?} {found:?}");
}

/// Each domain is compared with itself, not with the first.
#[test]
fn of_several_domains_each_is_compared_with_itself() {
    let folder = workspace(&[(Kind::VerificationForm, &[("网站域名：first.example、third.example", 3)])]);
    let mut desk = open(&folder, (160, 48));
    let Case::Open(view) = &mut desk.model.case else { panic!() };
    let mut file = view.file.clone();
    file.filing.site.as_mut().unwrap().domains = vec!["first.example".into(), "second.example".into()];
    let (findings, ours) = (view.findings.clone(), view.ours.clone());
    **view = CaseView::new(Opened { file, findings, ours });
    let mut compared = Vec::new();
    for _ in 0..40 {
        desk.keys("Tab");
        if here(&desk).0 == "domain.fact_domain" && compared.len() < 2 {
            let strip = desk.model.strip.clone().unwrap();
            compared.push((strip.filed.unwrap(), strip.reading.unwrap()));
        }
    }
    let [first, second] = &compared[..] else { panic!("{compared:?}") };
    assert_eq!((first.0.as_str(), second.0.as_str()), ("first.example", "second.example"));
    assert!(first.1.starts_with("first.example") && !second.1.contains("second"), "{compared:?}");
}

#[test]
fn a_picture_that_was_turned_upright_stays_so_at_its_places() {
    let folder = workspace(MISREAD);
    let mut desk = open(&folder, (120, 40));
    desk.keys("l r h");
    walk_to(&mut desk, "domain.fact_epr_id", Kind::EntityPrincipalIdFront);
    let wanted = desk.model.wanted_pictures();
    let turns = [wanted.main, wanted.strip].map(|key| key.unwrap().view.viewport.turns());
    assert_eq!(turns, [1, 1], "in the viewport and in the strip");
    desk.keys("l h 2");
    let view = desk.model.open_case().unwrap().view();
    assert!(!view.viewport.is_fit() && view.viewport.turns() == 1, "{view:?}");
}

#[test]
fn selecting_by_hand_shows_the_strip_and_leaves_the_view_alone() {
    let folder = workspace(MISREAD);
    let mut desk = open(&folder, (120, 40));
    walk_to(&mut desk, "domain.fact_epr_id", Kind::EntityPrincipalIdFront);
    desk.keys("k j");
    let view = desk.model.open_case().unwrap();
    assert_eq!((view.following(), view.view()), (None, View::default()));
    assert!(desk.model.wanted_pictures().strip.is_some());
}

#[test]
fn the_piece_is_wanted_once_and_follows_the_selection() {
    let folder = workspace(MISREAD);
    let mut desk = open(&folder, (120, 40));
    walk_to(&mut desk, "domain.fact_epr_id", Kind::EntityPrincipalIdFront);
    let wanted = desk.model.wanted_pictures();
    let piece = wanted.strip.clone().unwrap();
    assert_eq!(wanted.on_screen().filter(|key| **key == piece).count(), 1);
    desk.draw();
    assert_eq!(desk.model.wanted_pictures().strip, Some(piece.clone()), "drawn again, it is the same");
    desk.keys("Tab");
    assert_ne!(desk.model.wanted_pictures().strip, Some(piece), "the one before is dropped");
    desk.keys("e");
    assert_eq!(desk.model.wanted_pictures().strip, None, "nobody sees it below a full screen");
}

#[test]
fn a_number_to_call_stays_hidden_and_its_difference_is_told() {
    let folder = workspace(MISREAD);
    let mut desk = open(&folder, (160, 48));
    for _ in 0..40 {
        desk.keys("Tab");
        let screen = desk.screen();
        assert!(!screen.contains("13900001003") && !screen.contains("13900001002"), "{screen}");
        if screen.contains("与申报不同") {
            desk.keys("x");
            let revealed = desk.screen();
            assert!(revealed.contains("1390000100[3]"), "{revealed}");
            return;
        }
    }
    panic!("the difference is never told");
}

#[test]
fn hostile_words_are_marks() {
    let folder = workspace(&[(Kind::EntityPrincipalIdFront, &[("姓名陈样例\u{202e}\u{1b}[2J", 0)])]);
    let mut desk = open(&folder, (160, 48));
    walk_to(&mut desk, "domain.fact_epr_name", Kind::EntityPrincipalIdFront);
    let screen = desk.screen();
    assert!(!screen.contains('\u{202e}') && !screen.contains('\u{1b}'), "{screen}");
}

#[test]
fn without_pictures_the_words_are_compared_all_the_same() {
    let folder = workspace(MISREAD);
    let mut desk = Harness::open_as(folder.path(), (80, 24), "林晓", Images::Off, Lang::Zh);
    walk_to(&mut desk, "domain.fact_epr_id", Kind::EntityPrincipalIdFront);
    assert!(desk.screen().contains("4400991987041201[8]2"), "{}", desk.screen());
    assert_eq!(desk.model.wanted_pictures().strip, None);
}

#[test]
fn what_was_not_read_says_so() {
    let folder = demo_workspace();
    let mut desk = open(&folder, (80, 24));
    walk_to(&mut desk, "domain.fact_epr_id", Kind::EntityPrincipalIdFront);
    assert!(desk.screen().contains("未识别"), "{}", desk.screen());
}

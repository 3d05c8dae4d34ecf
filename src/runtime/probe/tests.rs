use super::*;
use crate::app::pictures::Images;

const CELL: Report = Report::Cell { width: 9, height: 18 };
const WORKS: Report = Report::Graphics { image: question::ASKED_IMAGE, works: true };

fn fence(sixel: bool) -> Report {
    Report::Attributes { sixel }
}

fn name(name: &str) -> Report {
    Report::Name(name.into())
}

fn cursor(column: u16) -> Report {
    Report::Cursor { row: 24, column }
}

fn waiting(mode: ImageMode, multiplexer: Multiplexer) -> Probe {
    Probe::new(mode, None, false, &Surroundings { multiplexer, name: None }, None)
}

fn asked_of(mode: ImageMode, multiplexer: Multiplexer) -> Probe {
    let mut probe = waiting(mode, multiplexer);
    assert!(probe.is_waiting() && probe.is_open());
    assert!(probe.ask(Some(24), 1_000).starts_with("\x1b[24;1H"));
    assert!(!probe.is_waiting() && probe.is_open());
    probe
}

fn asked() -> Probe {
    asked_of(ImageMode::Auto, Multiplexer::None)
}

/// What each of the answers made known.
fn hears(probe: &mut Probe, reports: &[Report]) -> Vec<Option<Images>> {
    reports.iter().map(|report| probe.hear(report.clone()).map(|display| display.images)).collect()
}

/// On a terminal that said nothing but how it draws pictures.
const fn drawn(images: Images) -> Display {
    Display {
        wide_ambiguous: false,
        images,
        cell: Display::CELL,
        largest_sixel: Display::LARGEST_SIXEL,
        light: None,
    }
}

fn wide(probe: &mut Probe, columns: &[u16]) -> Option<bool> {
    for column in columns {
        assert_eq!(probe.hear(cursor(*column)), None);
    }
    probe.hear(fence(false)).map(|display| display.wide_ambiguous)
}

#[test]
fn one_wide_character_makes_the_terminal_wide() {
    for (columns, is_wide) in [
        (&[2; SAMPLES.len()][..], false),
        (&[3; SAMPLES.len()], true),
        (&[2, 2, 2, 2, 2, 3, 2, 2], true),
        // It tells what it is but not where its cursor stands.
        (&[], false),
        (&[1, 1], false),
    ] {
        let mut probe = asked();
        assert_eq!(wide(&mut probe, columns), Some(is_wide), "{columns:?}");
        assert!(!probe.is_open() && probe.is_answered());
        assert_eq!(wide(&mut probe, &[3, 3]), None, "a key that looks like an answer");
    }
}

#[test]
fn silence_is_an_answer_and_a_late_one_counts_when_it_says_otherwise() {
    for (columns, late) in [(&[2; SAMPLES.len()], None), (&[3; SAMPLES.len()], Some(true))] {
        let mut probe = asked();
        assert_eq!(probe.tick(1_199), None);
        assert!(probe.is_open() && probe.until() == Some(1_200));
        let told = probe.tick(1_200).unwrap();
        assert_eq!(told, drawn(Images::HalfBlocks));
        assert!(!probe.is_open() && probe.until().is_none());
        assert_eq!(probe.tick(9_999), None);
        assert_eq!(wide(&mut probe, columns), late);
    }
}

#[test]
fn the_fence_ends_the_answers() {
    let mut probe = asked();
    let told = hears(&mut probe, &[cursor(2), WORKS, name("kitty(0.36.4)"), CELL, fence(false)]);
    assert_eq!(told, [None, None, None, None, Some(Images::Kitty)]);
    assert_eq!(probe.display().cell, Size::new(9, 18));
    assert_eq!(probe.facts().name.as_deref(), Some("kitty(0.36.4)"));
    for (reports, images) in [
        (&[name("iTerm2 3.5.10"), CELL, fence(true)][..], Images::ITerm2),
        (&[name("foot(1.20.2)"), CELL, fence(true)], Images::Sixel),
        (&[name("XTerm(390)"), fence(true)], Images::HalfBlocks),
        (&[cursor(3), CELL, fence(false)], Images::Braille),
        (&[Report::Graphics { image: 31, works: false }, fence(false)], Images::HalfBlocks),
        // The answer to somebody else's question, and no second one to this.
        (&[Report::Graphics { image: 32, works: true }, fence(false)], Images::HalfBlocks),
        (&[Report::Graphics { image: 31, works: false }, WORKS, fence(false)], Images::HalfBlocks),
        (&[Report::Cell { width: u16::MAX, height: 1 }, fence(true)], Images::HalfBlocks),
    ] {
        let mut probe = asked();
        assert_eq!(hears(&mut probe, reports).last(), Some(&Some(images)), "{reports:?}");
        assert!(!probe.is_open());
    }
}

#[test]
fn answers_out_of_order_count_and_each_change_is_told_once() {
    let mut probe = asked();
    assert_eq!(
        hears(&mut probe, &[fence(false), name("kitty(0.36.4)"), WORKS, WORKS, CELL, CELL, fence(true)]),
        [Some(Images::HalfBlocks), None, Some(Images::Kitty), None, Some(Images::Kitty), None, None],
    );
    assert_eq!(hears(&mut probe, &[name("Konsole")]), [None], "a name is told once");
}

/// The first answers of a slow line are not drawn by before the last came.
#[test]
fn a_late_terminal_changes_its_protocol_once() {
    let mut probe = asked();
    assert_eq!(hears(&mut probe, &[cursor(2)]), [None]);
    assert_eq!(probe.tick(1_200).map(|display| display.images), Some(Images::HalfBlocks));
    assert_eq!(
        hears(&mut probe, &[WORKS, name("WezTerm 1"), CELL, fence(true)]),
        [None, None, None, Some(Images::ITerm2)]
    );
}

#[test]
fn in_tmux_the_terminal_around_it_is_waited_for() {
    let mut early = asked_of(ImageMode::Auto, Multiplexer::Tmux);
    assert_eq!(hears(&mut early, &[cursor(2), fence(false)]), [None, None]);
    assert!(early.is_open() && early.is_answered());
    assert_eq!(hears(&mut early, &[WORKS]), [Some(Images::Kitty)]);
    assert!(early.until().is_none());

    let mut late = asked_of(ImageMode::Auto, Multiplexer::Tmux);
    assert_eq!(hears(&mut late, &[fence(false)]), [None]);
    assert_eq!(late.tick(1_200).map(|display| display.images), Some(Images::HalfBlocks));
    assert_eq!(hears(&mut late, &[WORKS, WORKS]), [Some(Images::Kitty), None]);

    // A detached session: nobody is there to answer.
    let mut never = asked_of(ImageMode::Auto, Multiplexer::Tmux);
    assert_eq!(hears(&mut never, &[fence(false)]), [None]);
    assert!(never.tick(1_200).is_some() && !never.is_open());

    let traced = Surroundings { multiplexer: Multiplexer::Tmux, name: Some("Konsole") };
    let mut konsole = Probe::new(ImageMode::Auto, None, false, &traced, None);
    konsole.ask(None, 0);
    assert_eq!(hears(&mut konsole, &[fence(false), WORKS]), [None, Some(Images::HalfBlocks)]);

    let mut forced = asked_of(ImageMode::Kitty, Multiplexer::Tmux);
    assert_eq!(hears(&mut forced, &[fence(false)]), [Some(Images::Kitty)], "nothing of pictures was asked");
}

#[test]
fn only_what_the_settings_leave_open_is_asked() {
    let cell = Some(Size::new(9, 18));
    for (mode, width, asks) in [
        (ImageMode::Auto, None, Some((true, true, true))),
        (ImageMode::Auto, Some(Width::Narrow), Some((false, true, true))),
        (ImageMode::Sixel, Some(Width::Narrow), Some((false, false, true))),
        (ImageMode::HalfBlocks, None, Some((true, false, false))),
        (ImageMode::HalfBlocks, Some(Width::Wide), None),
        (ImageMode::Braille, Some(Width::Narrow), None),
        (ImageMode::Off, Some(Width::Wide), None),
    ] {
        let mut probe = Probe::new(mode, width, false, &Surroundings::default(), cell);
        assert_eq!(probe.is_waiting(), asks.is_some(), "{mode:?} {width:?}");
        assert_eq!(probe.display().wide_ambiguous, width == Some(Width::Wide));
        let Some(expected) = asks else {
            assert_eq!(hears(&mut probe, &[fence(false)]), [None]);
            continue;
        };
        let asked = probe.ask(None, 0);
        let has = |part: &str| asked.contains(part);
        assert_eq!((has("\x1b[6n"), has("\x1b_G"), has("\x1b[16t")), expected, "{mode:?} {width:?}");
    }
}

#[test]
fn what_was_not_asked_is_not_believed() {
    let answers = [cursor(3), WORKS, name("kitty"), CELL, fence(true)];
    for mut probe in [
        waiting(ImageMode::Auto, Multiplexer::None),
        Probe::new(ImageMode::Off, Some(Width::Narrow), false, &Surroundings::default(), None),
    ] {
        assert!(hears(&mut probe, &answers).iter().all(Option::is_none));
        assert!(!probe.is_answered());
    }
    let mut probe = asked();
    assert_eq!(probe.hear(Report::Cursor { row: 1, column: 3 }), None, "F3, or another's answer");
    assert_eq!(wide(&mut probe, &[2]), Some(false));
    let mut probe = asked_of(ImageMode::HalfBlocks, Multiplexer::None);
    assert_eq!(hears(&mut probe, &answers[1..]).last(), Some(&Some(Images::HalfBlocks)));
    assert_eq!(probe.display().cell, Display::CELL);
}

#[test]
fn the_window_tells_a_cells_size_where_the_terminal_does_not() {
    let cell = Some(Size::new(7, 14));
    let probe = |cell| Probe::new(ImageMode::Auto, None, false, &Surroundings::default(), cell);
    let mut silent = probe(cell);
    silent.ask(None, 0);
    assert_eq!(hears(&mut silent, &[fence(true)]), [Some(Images::Sixel)]);
    assert_eq!(silent.display().cell, Size::new(7, 14));
    silent.resized(80, 24, None);
    assert_eq!(silent.ask_again(), None);
    assert!(!silent.is_awaited());
    let mut telling = probe(cell);
    telling.ask(None, 0);
    hears(&mut telling, &[CELL, fence(true)]);
    assert_eq!(telling.display().cell, Size::new(9, 18));
    assert!(!telling.is_awaited());
    assert_eq!(telling.ask_again(), None);
    telling.resized(80, 24, None);
    assert_eq!(telling.ask_again(), Some("\x1b[14t\x1b[16t"));
    assert_eq!(telling.ask_again(), None, "once");
    assert!(telling.is_awaited(), "on leaving, too");
    assert_eq!(probe(Some(Size::new(0, 0))).facts().cell, None);
    // Another window, other letters.
    let larger = Report::Cell { width: 12, height: 24 };
    assert_eq!(telling.hear(larger).map(|display| display.cell), Some(Size::new(12, 24)));
}

/// Another font in a window of as many columns and rows.
#[test]
fn a_window_with_other_cells_is_told() {
    let mut probe = asked();
    hears(&mut probe, &[name("XTerm(379)"), CELL, fence(true)]);
    let told = probe.resized(80, 24, Some(Size::new(12, 24))).unwrap();
    assert_eq!((told.images, told.cell), (Images::Sixel, Size::new(12, 24)));
    assert_eq!(probe.resized(80, 24, Some(Size::new(12, 24))), None, "nothing new");
    assert_eq!(probe.resized(100, 30, None), None, "it does not tell");
}

/// A terminal with cells of 7.825 pixels says 8.
#[test]
fn a_cell_is_no_larger_than_the_window_has_room_for() {
    for reports in [
        [Report::Window { width: 1252, height: 800 }, Report::Cell { width: 8, height: 17 }],
        [Report::Cell { width: 8, height: 17 }, Report::Window { width: 1252, height: 800 }],
    ] {
        let mut probe = asked();
        probe.has(160, 48);
        hears(&mut probe, &reports);
        hears(&mut probe, &[fence(true)]);
        assert_eq!(probe.display().cell, Size::new(7, 16));
    }
    let mut wide = asked();
    wide.has(80, 24);
    hears(&mut wide, &[Report::Window { width: 4000, height: 3000 }, CELL, fence(true)]);
    assert_eq!(wide.display().cell, Size::new(9, 18), "a window with borders");
    let mut alone = asked();
    hears(&mut alone, &[Report::Window { width: 1252, height: 800 }, fence(true)]);
    assert_eq!(alone.facts().cell, None, "of how many columns?");
}

#[test]
fn the_largest_sixel_is_as_told_or_as_xterm_has_it() {
    let told = |reports: &[Report]| {
        let mut probe = asked();
        hears(&mut probe, reports);
        probe.display().largest_sixel
    };
    assert_eq!(told(&[]), Size::new(1000, 1000));
    assert_eq!(told(&[Report::LargestSixel { width: 4096, height: 2160 }]), Size::new(4096, 2160));
    assert_eq!(told(&[Report::LargestSixel { width: 1, height: 1 }]), Size::new(1000, 1000));
}

#[test]
fn a_background_is_asked_where_the_theme_follows_it() {
    let light = Report::Background { light: true };
    for follows in [false, true] {
        let mut probe = Probe::new(ImageMode::Auto, None, follows, &Surroundings::default(), None);
        assert_eq!(probe.ask(None, 0).contains("\x1b]11;?"), follows);
        hears(&mut probe, &[light.clone(), fence(false)]);
        assert_eq!(probe.display().light, follows.then_some(true));
    }
}

#[test]
fn answers_are_awaited_from_the_question_to_the_fence() {
    let mut probe = waiting(ImageMode::Auto, Multiplexer::None);
    assert!(!probe.may_answer());
    probe.ask(Some(24), 1_000);
    assert!(probe.may_answer());
    probe.tick(1_200);
    assert!(probe.may_answer(), "late");
    hears(&mut probe, &[fence(false)]);
    assert!(!probe.may_answer());
}

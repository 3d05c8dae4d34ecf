use super::*;
use crate::app::key::Taken;
use crate::domain::message::entries;

fn keymap(bindings: &[(&str, &[&str])]) -> Result<Keymap, Vec<Fault>> {
    let owned = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
    Keymap::new(&bindings.iter().map(|(name, keys)| ((*name).to_owned(), owned(keys))).collect())
}

fn key(text: &str) -> Key {
    text.parse().unwrap()
}

#[test]
fn a_persons_keys_take_the_place_of_the_shipped_ones() {
    let keymap = keymap(&[("pass", &["w", "Ctrl+D"]), ("fit", &["Del"])]).unwrap();
    let desk = |text: &str| keymap.lookup(Context::Desk, key(text));
    assert_eq!(desk("w"), Some(Command::Pass));
    assert_eq!(desk("Ctrl+D"), Some(Command::Pass));
    assert_eq!(keymap.lookup(Context::Viewer, key("w")), Some(Command::Pass));
    assert_eq!((desk("a"), desk("F2")), (None, None));
    assert_eq!((desk("0"), desk("Del")), (None, Some(Command::Fit)));
    assert_eq!(desk("f"), Some(Command::Fail), "the others stay");
    assert_eq!(desk("3"), Some(Command::JumpToPlace));
}

#[test]
fn two_commands_may_swap_their_keys() {
    let keymap = keymap(&[("pass", &["f", "F4"]), ("fail", &["a", "F2"])]).unwrap();
    assert_eq!(keymap.lookup(Context::Desk, key("f")), Some(Command::Pass));
    assert_eq!(keymap.lookup(Context::Desk, key("F2")), Some(Command::Fail));
}

#[test]
fn what_is_wrong_is_named() {
    let conflict = |text: &str, other, context| What::Conflict { key: key(text), other, context };
    let cases: &[(&str, &[&str], What)] = &[
        ("passed", &["a"], What::UnknownCommand),
        ("quit", &["Ctrl+X"], What::Fixed),
        ("jump_to_place", &["F7"], What::Fixed),
        ("pass", &["Shift+A", "F2"], What::Unreadable("Shift+A".into())),
        ("pass", &["a", "Ctrl+S"], What::Taken(key("Ctrl+S"), Taken::FlowControl)),
        ("pass", &["Ctrl+B", "F2"], What::Taken(key("Ctrl+B"), Taken::Multiplexer)),
        ("fit", &["F11"], What::Taken(key("F11"), Taken::TerminalMenu)),
        ("fit", &["Ctrl+C"], What::Taken(key("Ctrl+C"), Taken::Leaving)),
        ("toggle", &["w"], What::Typed(key("w"), Context::Reasons)),
        ("save_text", &["y"], What::Typed(key("y"), Context::Text)),
        ("save_text", &["Left"], What::Typed(key("Left"), Context::Text)),
        ("pass", &["Space"], What::Decides(key("Space"))),
        ("pass", &["Enter"], What::Decides(key("Enter"))),
        ("confirm", &["Space"], What::Typed(key("Space"), Context::Palette)),
        ("pass", &[], What::NoKey),
        ("pass", &["w"], What::NoInputMethod),
        ("pass", &["f", "F2"], conflict("f", "fail", Context::Desk)),
        ("fail", &["ａ", "F4"], conflict("a", "pass", Context::Desk)),
        ("fit", &["3"], conflict("3", "jump_to_place", Context::Desk)),
        ("viewer_pan_left", &["Ctrl+E"], conflict("Ctrl+E", "full_screen", Context::Viewer)),
    ];
    for (name, keys, what) in cases {
        let faults = keymap(&[(name, keys)]).unwrap_err();
        let found: Vec<&What> = faults.iter().map(|fault| &fault.what).collect();
        assert_eq!(found, [what], "{name} = {keys:?}");
        for lang in Lang::ALL {
            let said = format!("{} {}", faults[0].message().text(lang), faults[0].hint().text(lang));
            assert!(said.contains(name) && !said.contains(['{', '@']), "{said}");
        }
    }
}

#[test]
fn all_faults_are_told_and_each_conflict_once() {
    let faults =
        keymap(&[("pass", &["Ctrl+D", "F1"]), ("fail", &["Ctrl+D"]), ("nothing", &["x"])]).unwrap_err();
    let names: Vec<(&str, Option<usize>)> =
        faults.iter().map(|fault| (fault.command.as_str(), fault.at)).collect();
    assert_eq!(names, [("nothing", None), ("pass", Some(1)), ("fail", Some(0))]);
}

/// As if a person had written all of them.
#[test]
fn the_shipped_keys_keep_every_rule() {
    let shipped = Keymap::default();
    for row in TABLE.iter().filter(|row| !row.fixed()) {
        for key in row.keys {
            assert_eq!(refused(row, *key), None, "{key} of {}", row.name);
        }
        assert_eq!(missing(row, row.keys), None, "{}", row.name);
    }
    assert_eq!(shipped.conflicts(&vec![true; TABLE.len()]), []);
}

#[test]
fn sentences_name_the_keys_in_force() {
    let message = Message::new("desk.input_method_on");
    let shipped = Keymap::default().say(&message, Lang::En);
    assert!(shipped.contains("F2 pass"), "{shipped}");
    let own = keymap(&[("pass", &["w", "Ctrl+D"])]).unwrap().say(&message, Lang::En);
    assert!(own.contains("Ctrl+D pass"), "{own}");
}

#[test]
fn every_key_that_a_sentence_names_is_a_commands() {
    for lang in Lang::ALL {
        for (id, template) in entries(lang) {
            for name in placeholders(template) {
                let shown = Keymap::default().named(name);
                assert!(shown.is_some_and(|key| !key.is_empty()), "{id}: {name}");
            }
        }
    }
}

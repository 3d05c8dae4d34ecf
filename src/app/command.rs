//! The command table: what a key may mean, where, and whether it only looks or acts.
//!
//! Footer, help, menu and `docs/keys.md` are made from these rows; a test fails when two commands share a key.
//! A command's words are `desk.cmd_<name>` in the catalogue.

use super::key::{Code, Key};

/// Where keys are read: the desk itself or a panel over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// Queue, case and evidence.
    Desk,
    /// One picture over the whole screen.
    Viewer,
    /// Choosing reasons for a fail.
    Reasons,
    /// A question that Enter answers: pass in spite of findings, escalate, hold, withdraw, menu, queue, help.
    Panel,
    /// Typing an opinion or a note.
    Text,
    /// Looking for filings.
    Search,
}

impl Context {
    pub const ALL: [Context; 6] =
        [Context::Desk, Context::Viewer, Context::Reasons, Context::Panel, Context::Text, Context::Search];

    /// The heading in help and docs: `desk.context_<name>`.
    pub const fn name(self) -> &'static str {
        match self {
            Context::Desk => "desk",
            Context::Viewer => "viewer",
            Context::Reasons => "reasons",
            Context::Panel => "panel",
            Context::Text => "text",
            Context::Search => "search",
        }
    }
}

/// What a command may do, and so what guards it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Changes only what is looked at: never guarded.
    Look,
    /// Opens a panel that could act: not for held keys and bursts.
    Open,
    /// Changes what the store knows: also only once the case is fully drawn and armed.
    Act,
}

/// One row of the table.
#[derive(Debug)]
pub struct Row {
    pub command: Command,
    pub name: &'static str,
    pub contexts: &'static [Context],
    /// The first is shown; the others work too, at least one of them with an input method active.
    pub keys: &'static [Key],
    pub class: Class,
    /// Place in the footer, lowest first; 0 stays out of it.
    pub footer: u8,
}

macro_rules! commands {
    ($($variant:ident $name:literal [$($context:ident),+] [$($key:expr),* $(,)?] $class:ident $footer:literal;)+) => {
        /// Everything a reviewer can ask for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Command { $($variant),+ }

        /// All commands.
        pub static TABLE: &[Row] = &[$(Row {
            command: Command::$variant,
            name: $name,
            contexts: &[$(Context::$context),+],
            keys: &[$($key),*],
            class: Class::$class,
            footer: $footer,
        }),+];
    };
}

const fn c(c: char) -> Key {
    Key::char(c)
}
const fn k(code: Code) -> Key {
    Key::plain(code)
}
const fn ctrl(code: Code) -> Key {
    Key::ctrl(code)
}
const fn alt(code: Code) -> Key {
    Key { code, ctrl: false, alt: true }
}

use Code::{BackTab, Char, Down, End, Enter, Esc, F, Home, Left, PageDown, PageUp, Right, Tab, Up};

commands! {
    NextUnseen "next_unseen" [Desk, Viewer] [c(' '), k(PageDown)] Look 1;
    Pass "pass" [Desk, Viewer] [c('a'), k(F(2))] Act 2;
    Fail "fail" [Desk, Viewer] [c('f'), k(F(4))] Open 3;
    Hold "hold" [Desk, Viewer] [c('g'), k(F(6))] Open 4;
    Escalate "escalate" [Desk, Viewer] [c('z'), k(F(8))] Open 5;
    FullScreen "full_screen" [Desk, Viewer] [c('e'), ctrl(Char('e'))] Look 6;
    Withdraw "withdraw" [Desk, Viewer] [c('u'), k(F(9))] Open 7;
    Opinion "opinion" [Desk, Viewer] [c('o')] Open 9;
    InternalNote "internal_note" [Desk, Viewer] [c('n')] Open 10;
    FactDown "fact_down" [Desk] [c('j'), k(Down)] Look 0;
    FactUp "fact_up" [Desk] [c('k'), k(Up)] Look 0;
    NextProblem "next_problem" [Desk, Viewer] [k(Tab)] Look 11;
    PreviousProblem "previous_problem" [Desk, Viewer] [k(BackTab)] Look 0;
    NextFiling "next_filing" [Desk, Viewer] [c('J'), ctrl(Down)] Look 12;
    PreviousFiling "previous_filing" [Desk, Viewer] [c('K'), ctrl(Up)] Look 0;
    NextAttachment "next_attachment" [Desk] [c('l'), k(Right)] Look 13;
    PreviousAttachment "previous_attachment" [Desk] [c('h'), k(Left)] Look 0;
    NextAttachmentFull "next_attachment" [Viewer] [c(']'), c('>'), ctrl(Right)] Look 8;
    PreviousAttachmentFull "previous_attachment" [Viewer] [c('['), c('<'), ctrl(Left)] Look 0;
    JumpToAttachment "jump_to_attachment" [Desk, Viewer] [] Look 0;
    ZoomIn "zoom_in" [Desk, Viewer] [c('+'), c('=')] Look 14;
    ZoomOut "zoom_out" [Desk, Viewer] [c('-')] Look 0;
    Fit "fit" [Desk, Viewer] [c('0')] Look 0;
    RotateRight "rotate_right" [Desk, Viewer] [c('r')] Look 15;
    RotateLeft "rotate_left" [Desk, Viewer] [c('R')] Look 0;
    PanLeft "pan_left" [Desk] [alt(Left), c('H')] Look 0;
    PanRight "pan_right" [Desk] [alt(Right), alt(Char('l'))] Look 0;
    PanUp "pan_up" [Desk] [alt(Up), alt(Char('k'))] Look 0;
    PanDown "pan_down" [Desk] [alt(Down), alt(Char('j'))] Look 0;
    PanLeftFull "pan_left" [Viewer] [k(Left), c('h')] Look 0;
    PanRightFull "pan_right" [Viewer] [k(Right), c('l')] Look 0;
    PanUpFull "pan_up" [Viewer] [k(Up), c('k')] Look 0;
    PanDownFull "pan_down" [Viewer] [k(Down), c('j')] Look 0;
    Reveal "reveal" [Desk, Viewer] [c('x')] Act 16;
    QueueList "queue_list" [Desk, Viewer] [c('L'), ctrl(Char('o'))] Open 17;
    Search "search" [Desk, Viewer] [c('/'), k(F(7))] Open 19;
    ClearFilter "clear_filter" [Desk] [k(Code::Backspace)] Look 20;
    Menu "menu" [Desk, Viewer] [ctrl(Char('g')), c(':')] Open 18;
    Help "help" [Desk, Viewer] [c('?')] Look 8;
    Language "language" [Desk, Viewer] [ctrl(Char('t'))] Look 0;
    Quit "quit" [Desk, Viewer] [ctrl(Char('c'))] Look 0;
    LeaveViewer "back" [Viewer] [k(Esc), c('q')] Look 9;
    Confirm "confirm" [Reasons, Panel] [k(Enter)] Act 1;
    SaveText "save_text" [Text] [k(Enter)] Look 1;
    OpenFound "open_found" [Search] [k(Enter)] Open 1;
    NextCondition "next_condition" [Search] [k(Tab)] Look 3;
    PreviousCondition "previous_condition" [Search] [k(BackTab)] Look 0;
    NextValue "next_value" [Search] [k(Right)] Look 6;
    PreviousValue "previous_value" [Search] [k(Left)] Look 0;
    ApplyFilter "apply_filter" [Search] [ctrl(Char('l'))] Look 5;
    FoundDown "move_down" [Search] [k(Down)] Look 0;
    FoundUp "move_up" [Search] [k(Up)] Look 0;
    Back "back" [Reasons, Panel, Text, Search] [k(Esc)] Look 2;
    MoveDown "move_down" [Reasons, Panel] [k(Down), k(Tab)] Look 0;
    MoveUp "move_up" [Reasons, Panel] [k(Up), k(BackTab)] Look 0;
    PageForward "page_forward" [Reasons, Panel, Search] [k(PageDown)] Look 0;
    PageBack "page_back" [Reasons, Panel, Search] [k(PageUp)] Look 0;
    First "first" [Panel] [k(Home)] Look 0;
    Last "last" [Panel] [k(End)] Look 0;
    Toggle "toggle" [Reasons] [c(' ')] Look 3;
    ToggleNumber "toggle_number" [Reasons, Panel] [] Look 0;
    NextObject "next_object" [Reasons] [k(Right)] Look 5;
    PreviousObject "previous_object" [Reasons] [k(Left)] Look 0;
    ChangeGrade "change_grade" [Reasons] [ctrl(Char('r'))] Look 6;
    More "more" [Panel] [k(Right), c('+')] Look 0;
    Less "less" [Panel] [k(Left), c('-')] Look 0;
}

/// The row of a command.
pub fn row(command: Command) -> &'static Row {
    // Every variant has its row: the macro writes both.
    TABLE.iter().find(|row| row.command == command).unwrap_or(&TABLE[0])
}

/// What a key means in a context. The key must be in its command form ([`Key::as_command`]).
pub fn lookup(context: Context, key: Key) -> Option<Command> {
    if let Some('1'..='9') = key.typed() {
        match context {
            Context::Desk | Context::Viewer => return Some(Command::JumpToAttachment),
            Context::Reasons | Context::Panel => return Some(Command::ToggleNumber),
            Context::Text | Context::Search => {}
        }
    }
    TABLE.iter().find(|row| row.contexts.contains(&context) && row.keys.contains(&key)).map(|row| row.command)
}

/// The keys of a row as help shows them.
pub fn keys_text(row: &Row) -> String {
    if row.keys.is_empty() {
        return "1-9".to_owned();
    }
    row.keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::message;

    #[test]
    fn no_key_means_two_things_in_one_place() {
        for context in Context::ALL {
            let mut seen = std::collections::HashMap::new();
            for row in TABLE.iter().filter(|row| row.contexts.contains(&context)) {
                for key in row.keys {
                    if let Some(other) = seen.insert(*key, row.command) {
                        panic!("{key} is both {other:?} and {:?} in {context:?}", row.command);
                    }
                }
            }
        }
    }

    #[test]
    fn no_command_uses_a_key_that_screen_tmux_or_the_terminal_takes() {
        for row in TABLE {
            for key in row.keys {
                let taken = matches!(key.code, Code::F(1 | 3 | 5 | 10..))
                    || (key.ctrl && matches!(key.code, Code::Char('a' | 'b' | 's' | 'q' | 'z')));
                assert!(!taken, "{key} of {:?}", row.command);
            }
        }
    }

    #[test]
    fn decisions_can_be_made_with_an_input_method_active() {
        for command in [Command::Pass, Command::Fail, Command::Hold, Command::Escalate, Command::Withdraw] {
            assert!(row(command).keys.iter().any(|key| matches!(key.code, Code::F(_))), "{command:?}");
        }
        assert!(row(Command::Menu).keys.iter().any(|key| key.ctrl), "the menu reaches the rest");
    }

    #[test]
    fn space_and_enter_never_pass() {
        for key in [Key::char(' '), Key::plain(Code::Enter)] {
            for context in [Context::Desk, Context::Viewer] {
                let acts = lookup(context, key).is_some_and(|command| row(command).class == Class::Act);
                assert!(!acts, "{key} acts in {context:?}");
            }
        }
    }

    #[test]
    fn every_command_and_context_has_its_words() {
        for row in TABLE {
            assert!(message::known(&format!("desk.cmd_{}", row.name)), "desk.cmd_{}", row.name);
        }
        for context in Context::ALL {
            assert!(message::known(&format!("desk.context_{}", context.name())), "{context:?}");
        }
    }
}

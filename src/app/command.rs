//! The command table: what a key may mean, where, and whether it only looks or acts.
//!
//! Footer, help, palette and `docs/keys.md` are made from these rows and the keys in force ([`super::keymap`]). A
//! command's name is what settings call it; its words are `desk.cmd_<name>` in the catalogue.

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
    /// A question that Enter answers: pass in spite of findings, escalate, hold, withdraw, queue, help.
    Panel,
    /// Finding a command by typing.
    Palette,
    /// Typing an opinion or a note.
    Text,
    /// Looking for filings.
    Search,
    /// Taking down what a person saw elsewhere.
    Lookup,
}

impl Context {
    pub const ALL: [Context; 8] = [
        Context::Desk,
        Context::Viewer,
        Context::Reasons,
        Context::Panel,
        Context::Palette,
        Context::Text,
        Context::Search,
        Context::Lookup,
    ];

    /// The heading in help and docs: `desk.context_<name>`.
    pub const fn name(self) -> &'static str {
        match self {
            Context::Desk => "desk",
            Context::Viewer => "viewer",
            Context::Reasons => "reasons",
            Context::Panel => "panel",
            Context::Palette => "palette",
            Context::Text => "text",
            Context::Search => "search",
            Context::Lookup => "lookup",
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
    /// The shipped keys; the first is shown, the others work too. Without any it is chosen by number or in the palette.
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
    PaperForm "paper_form" [Desk, Viewer] [c('p'), ctrl(Char('p'))] Look 8;
    Words "words" [Desk, Viewer] [c('T'), alt(Char('w'))] Look 0;
    GatherAgain "gather_again" [Desk, Viewer] [c('i'), ctrl(Char('n'))] Open 19;
    LookUp "look_up" [Desk, Viewer] [c('c'), k(F(7))] Open 8;
    Copy "copy" [Desk, Viewer] [c('y'), ctrl(Char('y'))] Open 20;
    CopyQuery "copy_query" [Lookup] [ctrl(Char('y'))] Open 3;
    NextChoice "next_choice" [Lookup] [k(Right)] Look 5;
    PreviousChoice "previous_choice" [Lookup] [k(Left)] Look 0;
    ShowNumber "show_number" [Lookup] [ctrl(Char('x'))] Open 4;
    Withdraw "withdraw" [Desk, Viewer] [c('u'), k(F(9))] Open 7;
    Opinion "opinion" [Desk, Viewer] [c('o')] Open 9;
    InternalNote "internal_note" [Desk, Viewer] [c('n')] Open 10;
    FactDown "fact_down" [Desk] [c('j'), k(Down)] Look 0;
    FactUp "fact_up" [Desk] [c('k'), k(Up)] Look 0;
    NextFact "next_fact" [Desk, Viewer] [k(Tab)] Look 11;
    PreviousFact "previous_fact" [Desk, Viewer] [k(BackTab)] Look 0;
    NextProblem "next_problem" [Desk, Viewer] [c(']'), k(End)] Look 11;
    PreviousProblem "previous_problem" [Desk, Viewer] [c('['), k(Home)] Look 0;
    NextFiling "next_filing" [Desk, Viewer] [c('J'), ctrl(Down)] Look 12;
    PreviousFiling "previous_filing" [Desk, Viewer] [c('K'), ctrl(Up)] Look 0;
    NextAttachment "next_attachment" [Desk] [c('l'), k(Right)] Look 13;
    PreviousAttachment "previous_attachment" [Desk] [c('h'), k(Left)] Look 0;
    NextAttachmentFull "viewer_next_attachment" [Viewer] [c('>'), ctrl(Right)] Look 8;
    PreviousAttachmentFull "viewer_previous_attachment" [Viewer] [c('<'), ctrl(Left)] Look 0;
    Places "places" [Desk, Viewer] [c('t'), alt(Char('t'))] Look 13;
    JumpToPlace "jump_to_place" [Desk, Viewer] [] Look 0;
    RememberPlace "remember_place" [Desk, Viewer] [c('m'), alt(Char('m'))] Open 0;
    ZoomIn "zoom_in" [Desk, Viewer] [c('+'), c('=')] Look 14;
    ZoomOut "zoom_out" [Desk, Viewer] [c('-')] Look 0;
    Fit "fit" [Desk, Viewer] [c('0')] Look 0;
    RotateRight "rotate_right" [Desk, Viewer] [c('r'), alt(Char('r'))] Look 15;
    RotateLeft "rotate_left" [Desk, Viewer] [c('R'), ctrl(Char('r'))] Look 0;
    TextMode "text_mode" [Desk, Viewer] [c('v'), alt(Char('v'))] Look 15;
    Submitted "submitted" [Desk, Viewer] [c('b'), alt(Char('b'))] Look 16;
    Compare "compare" [Desk, Viewer] [c('s'), alt(Char('s'))] Look 14;
    Blink "blink" [Desk, Viewer] [c('d'), alt(Char('d'))] Look 14;
    Brighter "brighter" [Desk, Viewer] [c(')')] Look 0;
    Darker "darker" [Desk, Viewer] [c('(')] Look 0;
    MoreContrast "more_contrast" [Desk, Viewer] [c('}')] Look 0;
    LessContrast "less_contrast" [Desk, Viewer] [c('{')] Look 0;
    Negative "negative" [Desk, Viewer] [c('!')] Look 0;
    PanLeft "pan_left" [Desk] [alt(Left), c('H')] Look 0;
    PanRight "pan_right" [Desk] [alt(Right), alt(Char('l'))] Look 0;
    PanUp "pan_up" [Desk] [alt(Up), alt(Char('k'))] Look 0;
    PanDown "pan_down" [Desk] [alt(Down), alt(Char('j'))] Look 0;
    OlderObservation "older_observation" [Desk, Viewer] [c(','), alt(PageDown)] Look 21;
    NewerObservation "newer_observation" [Desk, Viewer] [c('.'), alt(PageUp)] Look 22;
    PanLeftFull "viewer_pan_left" [Viewer] [k(Left), c('h')] Look 0;
    PanRightFull "viewer_pan_right" [Viewer] [k(Right), c('l')] Look 0;
    PanUpFull "viewer_pan_up" [Viewer] [k(Up), c('k')] Look 0;
    PanDownFull "viewer_pan_down" [Viewer] [k(Down), c('j')] Look 0;
    Reveal "reveal" [Desk, Viewer] [c('x')] Act 16;
    QueueList "queue_list" [Desk, Viewer] [c('L'), ctrl(Char('o'))] Open 17;
    Palette "palette" [Desk, Viewer] [ctrl(Char('g')), c(':')] Open 18;
    Search "search" [Desk, Viewer] [c('/'), ctrl(Char('f'))] Open 19;
    ClearFilter "clear_filter" [Desk] [k(Code::Backspace)] Look 20;
    Help "help" [Desk, Viewer] [c('?')] Look 8;
    Language "language" [Desk, Viewer] [ctrl(Char('t'))] Look 0;
    Redraw "redraw" [Desk, Viewer] [ctrl(Char('l'))] Look 0;
    Theme "theme" [Desk, Viewer] [] Look 0;
    Mouse "mouse" [Desk, Viewer] [] Look 0;
    Quit "quit" [Desk, Viewer] [ctrl(Char('c'))] Look 0;
    LeaveViewer "leave_viewer" [Desk, Viewer] [k(Esc), c('q')] Look 5;
    Confirm "confirm" [Reasons, Panel, Palette, Lookup] [k(Enter)] Act 1;
    SaveText "save_text" [Text] [k(Enter)] Look 1;
    OpenFound "open_found" [Search] [k(Enter)] Open 1;
    NextCondition "next_condition" [Search] [k(Tab)] Look 3;
    PreviousCondition "previous_condition" [Search] [k(BackTab)] Look 0;
    NextValue "next_value" [Search] [k(Right)] Look 6;
    PreviousValue "previous_value" [Search] [k(Left)] Look 0;
    ApplyFilter "apply_filter" [Search] [ctrl(Char('l'))] Look 5;
    FoundDown "found_down" [Search] [k(Down)] Look 0;
    FoundUp "found_up" [Search] [k(Up)] Look 0;
    Back "back" [Reasons, Panel, Palette, Text, Search, Lookup] [k(Esc)] Look 2;
    MoveDown "move_down" [Reasons, Panel, Palette, Lookup] [k(Down), k(Tab)] Look 0;
    MoveUp "move_up" [Reasons, Panel, Palette, Lookup] [k(Up), k(BackTab)] Look 0;
    PageForward "page_forward" [Reasons, Panel, Palette, Search] [k(PageDown)] Look 0;
    PageBack "page_back" [Reasons, Panel, Palette, Search] [k(PageUp)] Look 0;
    First "first" [Panel] [k(Home)] Look 0;
    Last "last" [Panel] [k(End)] Look 0;
    Toggle "toggle" [Reasons] [c(' ')] Look 3;
    ToggleNumber "toggle_number" [Reasons, Panel, Lookup] [] Look 0;
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

impl Command {
    /// Whether words are moved down by it, or up; none of a command that moves no words.
    pub const fn pans_down(self) -> Option<bool> {
        match self {
            Command::PanUp | Command::PanUpFull => Some(false),
            Command::PanDown | Command::PanDownFull => Some(true),
            _ => None,
        }
    }
}

impl Row {
    /// Digits choose what the command does.
    pub const fn by_digit(&self) -> bool {
        matches!(self.command, Command::JumpToPlace | Command::ToggleNumber)
    }

    /// Whether this key, a digit, belongs to the command.
    pub fn takes_digit(&self, key: Key) -> bool {
        self.by_digit() && matches!(key.typed(), Some('1'..='9'))
    }

    /// Nobody may give it other keys: digits, and the way out.
    pub const fn fixed(&self) -> bool {
        self.by_digit() || matches!(self.command, Command::Quit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::message;

    #[test]
    fn every_command_has_a_name_of_its_own() {
        let mut names: Vec<&str> = TABLE.iter().map(|row| row.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), TABLE.len());
    }

    #[test]
    fn decisions_can_be_made_with_an_input_method_active() {
        for command in [Command::Pass, Command::Fail, Command::Hold, Command::Escalate, Command::Withdraw] {
            assert!(row(command).keys.iter().any(|key| matches!(key.code, Code::F(_))), "{command:?}");
        }
        let looking = TABLE.iter().skip_while(|row| row.command != Command::FactDown);
        for row in looking.take_while(|row| row.command != Command::Reveal).filter(|row| !row.keys.is_empty())
        {
            assert!(row.keys.iter().any(|key| key.arrives_with_input_method()), "{:?}", row.command);
        }
        assert!(row(Command::Palette).keys.iter().any(|key| key.ctrl), "the palette reaches the rest");
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

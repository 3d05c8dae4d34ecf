//! What a reviewer does at the desk: the keys, and what they wait for on the screen before the next one.

use std::time::Duration;

use super::screen::Emulator;
use super::terminal::Terminal;

pub const ENTER: &str = "\r";
pub const ESCAPE: &str = "\x1b";
pub const CTRL_C: &str = "\x03";

/// A key pressed again sooner counts as held down, and steps no further (`app::guard`).
const LET_GO: Duration = Duration::from_millis(130);

impl Terminal {
    /// Waits until a filing is on the desk, and answers which.
    #[track_caller]
    pub fn opened(&self) -> String {
        self.until("a filing on the desk", Emulator::filing)
    }

    #[track_caller]
    pub fn opens(&self, filing: &str) {
        self.until(filing, |screen| (screen.filing()? == filing).then_some(()));
    }

    /// Steps through all evidence that a pass needs.
    #[track_caller]
    pub fn look_at_everything(&mut self) {
        loop {
            let (seen, all) = self.until("the required documents", Emulator::required);
            if seen == all {
                return;
            }
            let before = self.look(Emulator::document);
            self.lets_pass(LET_GO);
            self.press_until(" ", "the next document", |screen| {
                let document = screen.document().filter(|(_, seen)| *seen)?;
                (Some(document) != before).then_some(())
            });
            self.leave_viewer();
        }
    }

    /// Back from the full screen, where stepping goes when a document needs the room.
    #[track_caller]
    pub fn leave_viewer(&mut self) {
        if self.look(Emulator::in_viewer) {
            self.send(ESCAPE);
            self.until("the desk", |screen| (!screen.in_viewer()).then_some(()));
        }
    }

    /// Presses a key until one more decision is saved; answers on which filing. More presses than it takes do no
    /// harm: the next filing was not looked at yet, and Enter means nothing on the desk.
    #[track_caller]
    pub fn decide_with(&mut self, key: &str) -> String {
        let before = self.look(|screen| screen.saved().len());
        self.press_until(key, "a saved decision", |screen| screen.saved().get(before).cloned())
    }

    /// A pass of the filing on the desk, all evidence seen.
    #[track_caller]
    pub fn pass(&mut self) -> String {
        self.look_at_everything();
        self.decide_with("a")
    }

    /// A fail with what the checks propose.
    #[track_caller]
    pub fn fail_as_proposed(&mut self) -> String {
        self.send("f");
        self.shows("不通过原因");
        self.decide_with(ENTER)
    }

    #[track_caller]
    pub fn hold(&mut self) -> String {
        self.send("g");
        self.shows("Enter 挂起");
        self.decide_with(ENTER)
    }

    #[track_caller]
    pub fn escalate(&mut self, note: &str) -> String {
        self.send("z");
        self.shows("Enter 提交");
        self.send(note);
        self.shows(note);
        self.decide_with(ENTER)
    }

    /// Takes the latest decision back; its filing is on the desk again.
    #[track_caller]
    pub fn withdraw_latest(&mut self) {
        self.send("u");
        self.until("the list of decisions", |screen| {
            (screen.shows("撤回: ") && screen.shows("冷静期")).then_some(())
        });
        self.press_until(ENTER, "withdrawn", |screen| screen.shows("已撤回").then_some(()));
    }

    /// Leaves the desk; the program must end well.
    #[track_caller]
    pub fn leave(&mut self) {
        self.send(CTRL_C);
        self.shows("再按一次 Ctrl+C 离开");
        self.send(CTRL_C);
        let status = self.ends();
        assert!(status.success(), "{status}\n{}", self.picture());
    }
}

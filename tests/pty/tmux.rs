//! Inside a real tmux, attached and detached. Where none is installed the tests say so and pass, except where changes are
//! let in (`CI`).

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::home::{Home, PROGRAM};
use super::left_behind::{KITTY, others_than, pictures};
use super::terminal::{Manners, Terminal};

/// A server of its own, which ends with the test.
struct Tmux<'home> {
    home: &'home Home,
    program: PathBuf,
    socket: PathBuf,
    settings: PathBuf,
}

impl<'home> Tmux<'home> {
    #[expect(clippy::print_stdout, reason = "a test that tries nothing says why")]
    fn in_home(home: &'home Home, passthrough: &str) -> Option<Self> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let found =
            std::env::split_paths(&path).map(|folder| folder.join("tmux")).find(|file| file.is_file());
        let Some(program) = found else {
            assert!(std::env::var_os("CI").is_none(), "tmux is to be installed where changes are let in");
            println!("not tested: tmux is not installed");
            return None;
        };
        let settings = home.path("tmux.conf");
        let text = format!(
            "set -g status off\nset -g remain-on-exit on\nset -g escape-time 0\nset -gq allow-passthrough {passthrough}\nset -g focus-events on\n"
        );
        std::fs::write(&settings, text).unwrap();
        Some(Tmux {
            home,
            program, // One that ends still holds its socket for a moment.
            socket: home.path(&format!("tmux-{passthrough}")),
            settings,
        })
    }

    /// The words that lead to this server.
    fn words(&self) -> [&str; 5] {
        let [socket, settings] = [&self.socket, &self.settings].map(|path| path.to_str().unwrap());
        ["-u", "-S", socket, "-f", settings]
    }

    /// A session, as a terminal has it, with this command of the program in its one pane.
    fn attached(&self, manners: Manners, words: &[&str]) -> Terminal {
        let session = ["new-session", "--", PROGRAM];
        let words = [&self.words()[..], &session, words].concat();
        Terminal::start(self.home.command_of(self.program.to_str().unwrap(), &words, &[]), (110, 40), manners)
    }

    /// A command to the server; what it says.
    fn tell(&self, words: &[&str]) -> String {
        let mut command = Command::new(&self.program);
        command.args(self.words()).args(words).stdin(Stdio::null());
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    }

    /// A session that nobody looks at, with the desk in it.
    fn detached_desk(&self) {
        let workspace = self.home.workspace();
        let session = ["new-session", "-d", "-x", "80", "-y", "24", "--", PROGRAM];
        let desk = ["review", "--workspace", workspace.to_str().unwrap()];
        let words = [&self.words()[..], &session, &desk].concat();
        let mut terminal = Terminal::start(
            self.home.command_of(self.program.to_str().unwrap(), &words, &[]),
            (80, 24),
            Manners::default(),
        );
        assert!(terminal.ends().success(), "{}", terminal.picture());
    }

    /// Waits until the pane shows something.
    #[track_caller]
    fn shows(&self, text: &str) {
        const PATIENCE: Duration = Duration::from_secs(30);
        let end = Instant::now() + PATIENCE;
        let mut shown = String::new();
        while Instant::now() < end {
            shown = self.tell(&["capture-pane", "-p"]);
            if shown.contains(text) {
                return;
            }
        }
        panic!("never seen: {text}\n{shown}");
    }
}

impl Drop for Tmux<'_> {
    fn drop(&mut self) {
        self.tell(&["kill-server"]);
    }
}

#[test]
fn the_terminal_around_tmux_answers_where_it_may() {
    let home = Home::with_demo();
    for (passthrough, found) in
        [("on", "kitty 协议（终端答复可用）"), ("off", "加一行 set -g allow-passthrough on")]
    {
        let Some(tmux) = Tmux::in_home(&home, passthrough) else { return };
        tmux.attached(KITTY, &["doctor"]).shows(found);
    }
}

#[test]
fn at_the_desk_no_answer_is_typed_and_every_key_arrives() {
    let home = Home::with_demo();
    for passthrough in ["on", "off"] {
        let Some(tmux) = Tmux::in_home(&home, passthrough) else { return };
        let workspace = home.workspace();
        let mut desk = tmux.attached(KITTY, &["review", "--workspace", workspace.to_str().unwrap()]);
        desk.until("a filing", |screen| screen.shows("D-1001").then_some(()));
        desk.press_until("n", "the note", |screen| screen.shows("Enter 保存").then_some(()));
        desk.send("样例ab");
        desk.shows("样例ab");
        assert!(!desk.look(|screen| screen.shows("Gi=") || screen.shows("OK")), "{}", desk.picture());
    }
    assert!(home.decided().is_empty());
}

#[test]
fn a_detached_session_does_not_stall() {
    let home = Home::with_demo();
    let Some(tmux) = Tmux::in_home(&home, "on") else { return };
    tmux.detached_desk();
    tmux.shows("D-1001");
    tmux.tell(&["send-keys", "n"]);
    tmux.shows("Enter 保存");
    tmux.tell(&["send-keys", "-l", "样例"]);
    tmux.shows("样例");
}

/// While another window is seen tmux hands nothing on; what was missed is made good when this one is seen again, and
/// nothing is left when the desk is.
#[test]
fn pictures_follow_the_window_and_go_with_the_desk() {
    let home = Home::with_demo();
    let Some(tmux) = Tmux::in_home(&home, "on") else { return };
    let workspace = home.workspace();
    let mut desk = tmux.attached(KITTY, &["review", "--workspace", workspace.to_str().unwrap()]);
    let first = others_than(&desk, &BTreeMap::new());
    tmux.tell(&["new-window", "cat"]);
    tmux.tell(&["send-keys", "-t", ":0", "J"]);
    let end = Instant::now() + Duration::from_secs(30);
    while !tmux.tell(&["capture-pane", "-p", "-t", ":0"]).contains("D-1002 ") {
        assert!(Instant::now() < end, "the next filing never opened");
    }
    tmux.tell(&["select-window", "-t", ":0"]);
    let second = others_than(&desk, &first);
    desk.until("the filing before to be gone", |screen| {
        let now = pictures(screen);
        first.keys().all(|number| !now[number]).then_some(())
    });
    assert!(second.len() > first.len());
    desk.send("\x03");
    desk.shows("再按一次 Ctrl+C 离开");
    desk.send("\x03");
    desk.until("nothing to be left", |screen| pictures(screen).values().all(|there| !there).then_some(()));
}

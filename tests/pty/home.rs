//! An empty home with the sample workspace in it, and the program's commands run there.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use portable_pty::CommandBuilder;
use serde_json::Value;
use tempfile::TempDir;

use super::terminal::{Manners, Terminal};

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_heyan");
pub const REVIEWER: &str = "林样例";

pub struct Home {
    folder: TempDir,
    /// Settings that the workspace is made with.
    settings: Vec<(&'static str, String)>,
    pub day: Date,
}

impl Home {
    pub fn empty() -> Self {
        let (zone, day) = about_noon();
        Home { folder: tempfile::tempdir().unwrap(), settings: vec![("HEYAN_POLICY__ZONE", zone)], day }
    }

    pub fn with_demo() -> Self {
        Home::empty().demo()
    }

    /// Where passes need no evidence seen: only the guards stand between a key and a decision.
    pub fn without_attention() -> Self {
        let mut home = Home::empty();
        home.settings.push(("HEYAN_POLICY__ATTENTION", "off".into()));
        home.demo()
    }

    fn demo(self) -> Self {
        self.done(&["demo", "--no-review"]);
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Where `heyan demo` keeps its workspace.
    pub fn workspace(&self) -> PathBuf {
        self.path("data/heyan/demo")
    }

    fn variables(&self) -> Vec<(&'static str, String)> {
        let path = |name| self.path(name).to_str().unwrap().to_owned();
        let mut variables = vec![
            ("HOME", path("")),
            ("XDG_DATA_HOME", path("data")),
            ("XDG_CONFIG_HOME", path("config")),
            ("TERM", "xterm-256color".into()),
            ("LOGNAME", REVIEWER.into()),
        ];
        variables.extend(self.settings.clone());
        variables
    }

    /// Runs a command on the sample workspace; its exit code and standard output.
    pub fn run(&self, words: &[&str]) -> (i32, String) {
        let mut command = Command::new(PROGRAM);
        command.args(words).env_clear().envs(self.variables()).current_dir(self.folder.path());
        command.arg("--workspace").arg(self.workspace()).stdin(Stdio::null());
        let output = command.output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        (output.status.code().unwrap(), format!("{said}{}", String::from_utf8_lossy(&output.stderr)))
    }

    /// Runs a command that must succeed.
    #[track_caller]
    pub fn done(&self, words: &[&str]) -> String {
        let (code, said) = self.run(words);
        assert_eq!(code, 0, "{words:?}: {said}");
        said
    }

    /// The day's decisions as the export has them.
    #[track_caller]
    pub fn decisions(&self) -> Vec<Value> {
        let day = self.day.to_string();
        let rows = self.done(&["export", "--day", &day, "--format", "jsonl"]);
        rows.lines().map(|row| serde_json::from_str(row).unwrap()).collect()
    }

    /// The filings decided today, one for each decision.
    #[track_caller]
    pub fn decided(&self) -> Vec<String> {
        self.decisions().iter().map(|row| row["filing"].as_str().unwrap().to_owned()).collect()
    }

    /// Who has a filing before them.
    #[track_caller]
    pub fn claimed_by(&self, filing: &str) -> Option<String> {
        let shown: Value = serde_json::from_str(&self.done(&["show", "--json", filing])).unwrap();
        shown["claimed_by"].as_str().map(str::to_owned)
    }

    #[track_caller]
    pub fn verify(&self) {
        self.done(&["verify"]);
    }

    /// Opens the desk on the sample workspace.
    pub fn desk(&self, size: (u16, u16)) -> Terminal {
        self.desk_with(size, &[])
    }

    pub fn desk_with(&self, size: (u16, u16), variables: &[(&str, &str)]) -> Terminal {
        let workspace = self.workspace();
        self.terminal(&["review", "--workspace", workspace.to_str().unwrap()], size, variables)
    }

    /// The desk on a terminal that draws or answers in its own way.
    pub fn desk_on(&self, manners: Manners, size: (u16, u16), lang: &str) -> Terminal {
        let workspace = self.workspace();
        let words = ["review", "--lang", lang, "--workspace", workspace.to_str().unwrap()];
        self.terminal_on(manners, &words, size)
    }

    /// The same at 80x24 in Chinese, in an environment of its own.
    pub fn desk_around(&self, manners: Manners, variables: &[(&str, &str)]) -> Terminal {
        let workspace = self.workspace();
        let words = ["review", "--workspace", workspace.to_str().unwrap()];
        self.terminal_with(manners, &words, (80, 24), variables)
    }

    pub fn terminal_with(
        &self,
        manners: Manners,
        words: &[&str],
        size: (u16, u16),
        variables: &[(&str, &str)],
    ) -> Terminal {
        Terminal::start(self.command(words, variables), size, manners)
    }

    pub fn terminal_on(&self, manners: Manners, words: &[&str], size: (u16, u16)) -> Terminal {
        self.terminal_with(manners, words, size, &[])
    }

    /// The program in a terminal of its own.
    pub fn terminal(&self, words: &[&str], size: (u16, u16), variables: &[(&str, &str)]) -> Terminal {
        self.terminal_with(Manners::default(), words, size, variables)
    }

    fn command(&self, words: &[&str], variables: &[(&str, &str)]) -> CommandBuilder {
        self.command_of(PROGRAM, words, variables)
    }

    /// Any program in this home.
    pub fn command_of(&self, program: &str, words: &[&str], variables: &[(&str, &str)]) -> CommandBuilder {
        let mut command = CommandBuilder::new(program);
        command.args(words);
        command.env_clear();
        for (name, value) in self.variables() {
            command.env(name, value);
        }
        for (name, value) in variables {
            command.env(name, value);
        }
        command.cwd(self.folder.path());
        command
    }
}

/// A zone in which it is about noon, and the day there: no test runs into the next day.
fn about_noon() -> (String, Date) {
    let now = Timestamp::now();
    let ahead = 12 - now.to_zoned_datetime(TimeZone::UTC).hour();
    let day = now.to_zoned_datetime(TimeZone::fixed(Offset::constant(ahead))).date();
    // POSIX signs: Etc/GMT-8 is eight hours ahead.
    let zone = if ahead == 0 { "Etc/GMT".to_owned() } else { format!("Etc/GMT{:+}", -ahead) };
    (zone, day)
}

//! An empty home folder in which the real program runs, and what a run left behind.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

pub const DONE: i32 = 0;
pub const FAILED: i32 = 1;
pub const USAGE: i32 = 2;
pub const REJECTED: i32 = 3;
pub const DAMAGE: i32 = 4;
pub const REFUSED: i32 = 5;

/// An empty home with nothing in it but what the test puts there.
pub struct Home(pub tempfile::TempDir);

pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    #[track_caller]
    pub fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", self.out, self.err);
        self
    }

    #[track_caller]
    pub fn says(self, words: &[&str]) -> Self {
        let said = format!("{}{}", self.out, self.err);
        for word in words {
            assert!(said.contains(word), "`{word}` is not in: {said}");
        }
        self
    }

    #[track_caller]
    pub fn rows(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

impl Home {
    pub fn new() -> Self {
        Home(tempfile::tempdir().unwrap())
    }

    /// A home with the sample workspace.
    pub fn with_demo() -> Self {
        let home = Home::new();
        home.run(&["demo", "--no-review"]).ends(DONE);
        home
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_heyan"));
        command
            .args(words)
            .env_clear()
            .env("HOME", self.0.path())
            .env("LOGNAME", "林样例")
            .current_dir(self.0.path())
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, words: &[&str]) -> Run {
        finished(&mut self.command(words))
    }

    /// A command on the sample workspace.
    pub fn demo(&self, words: &[&str]) -> Run {
        let workspace = self.path(".local/share/heyan/demo");
        finished(self.command(words).env("HEYAN_WORKSPACE", workspace))
    }

    /// The day of the latest decision.
    pub fn day(&self) -> String {
        let exported =
            self.demo(&["export", "--from", "2000-01-01", "--to", "2999-12-31", "--format", "jsonl"]);
        exported.rows().last().unwrap()["day"].as_str().unwrap().to_owned()
    }
}

pub fn finished(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    Run {
        code: output.status.code().expect("no signal"),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// How many sample filings there are.
pub fn samples() -> usize {
    include_str!("../../assets/demo/filings.jsonl").lines().count()
}

/// How many of them can be worked on at once: one was put off.
pub fn workable() -> usize {
    samples() - 1
}

/// The personal values of the sample filings: none of them may be printed.
pub fn personal_values() -> Vec<String> {
    let pack = include_str!("../../assets/demo/filings.jsonl");
    let mut values = Vec::new();
    for line in pack.lines() {
        let filing: Value = serde_json::from_str(line).unwrap();
        for person in [&filing["entity"]["principal"], &filing["site"]["principal"]] {
            for field in ["name", "document_number", "mobile", "landline", "emergency", "email"] {
                values.extend(person[field].as_str().map(str::to_owned));
            }
        }
        values.extend(filing["entity"]["certificate_address"].as_str().map(str::to_owned));
    }
    values
}

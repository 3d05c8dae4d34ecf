//! What is made from the command definitions: completions, man pages, usage errors.

use std::fs;
use std::process::{Command, Stdio};

use super::home::*;

const COMMANDS: [&str; 15] = [
    "gather",
    "policy",
    "demo",
    "import",
    "check",
    "queue",
    "show",
    "review",
    "decide",
    "withdraw",
    "export",
    "verify",
    "doctor",
    "completions",
    "man",
];

#[test]
fn every_shell_gets_a_script_with_every_command() {
    let home = Home::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        home.run(&["completions", shell]).ends(DONE).says(&COMMANDS).says(&["workspace"]);
    }
    home.run(&["completions", "fish"]).says(&["列出待审队列"]);
    home.run(&["completions", "fish", "--lang", "en"]).says(&["list the queue"]);
    home.run(&["completions", "csh"]).ends(USAGE).says(&["csh", "bash", "fish"]);
}

#[test]
fn bash_understands_its_script() {
    let home = Home::new();
    fs::write(home.path("heyan.bash"), home.run(&["completions", "bash"]).out).unwrap();
    let checked = Command::new("bash").arg("-n").arg(home.path("heyan.bash")).stdin(Stdio::null()).output();
    // Where there is no bash, nobody needs the script.
    if let Ok(checked) = checked {
        assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    }
}

#[test]
fn the_manual_is_one_page_or_a_page_for_each_command() {
    let home = Home::new();
    let page =
        home.run(&["man", "--lang", "en"]).ends(DONE).says(&[".TH heyan 1", "decide without the desk"]).out;
    assert!(COMMANDS.iter().all(|command| page.contains(&format!("HEYAN {}", command.to_uppercase()))));
    home.run(&["man", "--out", "man/man1"]).ends(DONE).says(&["16", "man/man1"]);
    for command in COMMANDS {
        let page = fs::read_to_string(home.path(&format!("man/man1/heyan-{command}.1"))).unwrap();
        assert!(page.contains(".SH \"名称\"") && page.contains("\\-\\-workspace"), "{command}: {page}");
    }
    assert!(fs::read_to_string(home.path("man/man1/heyan.1")).unwrap().contains("heyan\\-decide"));
    fs::write(home.path("file"), "").unwrap();
    home.run(&["man", "--out", "file"]).ends(FAILED).says(&["file"]);
}

#[test]
fn wrong_usage_is_told_in_the_readers_language_on_standard_error() {
    let home = Home::new();
    for (words, zh, en) in [
        (&["queue", "--limt", "3"][..], "不认识的参数：--limt", "unknown argument: --limt"),
        (&["quue"], "没有 quue 这个命令", "there is no command quue"),
        (&["show"], "缺少：<FILING>", "missing: <FILING>"),
    ] {
        let said = home.run(words).ends(USAGE);
        assert!(said.out.is_empty() && said.err.contains(zh), "{}", said.err);
        let said = home.run(&[words, &["--lang", "en"]].concat()).ends(USAGE);
        assert!(said.out.is_empty() && said.err.contains(en), "{}", said.err);
        assert!(!said.err.contains('\u{1b}'));
        let said = home.run(&[words, &["--color", "always"]].concat()).ends(USAGE);
        assert!(said.err.starts_with("\u{1b}[1;31mheyan:\u{1b}[0m "), "{}", said.err);
    }
    let help = home.run(&["queue", "--help"]).ends(DONE).says(&["用法:", "选项:", "默认: 50"]).out;
    assert!(!help.contains("Usage") && !help.contains('\u{1b}'), "{help}");
}

#[test]
fn times_in_errors_are_the_workspaces() {
    let home = Home::with_demo();
    home.demo(&["decide", "D-1001", "--pass"]).ends(DONE);
    let said = home.demo(&["decide", "D-1001", "--pass"]).ends(REFUSED).err;
    let day = home.day();
    let time = said.split_once(&day).unwrap_or_else(|| panic!("{day} in {said}")).1;
    // A blank, hours and minutes, and no `T` or `Z` of RFC 3339.
    assert!(time.starts_with(' ') && time[3..].starts_with(':') && !time[..7].contains('Z'), "{said}");
}

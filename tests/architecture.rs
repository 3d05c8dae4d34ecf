//! The rules of the house, held by tests: who may import whom, what may stand where, how long a file may be, and that
//! nothing lies about unused. The rooms are described in `src/lib.rs`, the rules in `CONTRIBUTING.md`.
//!
//! Each rule is a function from sources to complaints; `every_rule_sees_its_offender` shows each of them a file that
//! breaks it.

#![allow(clippy::unwrap_used)]

#[path = "architecture/leftovers.rs"]
mod leftovers;
#[path = "architecture/source.rs"]
mod source;

use std::collections::BTreeSet;

use source::{Source, is_name};

/// Which rooms a room may import, itself aside. A new room gets a row here and a line in the map of `src/lib.rs`.
const IMPORTS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("checks", &["domain"]),
    ("app", &["domain"]),
    ("ui", &["domain", "app"]),
    ("store", &["domain"]),
    ("intake", &["domain"]),
    ("media", &["domain"]),
    ("export", &["domain"]),
    ("evidence", &["domain"]),
    ("config", &["domain"]),
    (
        "runtime",
        &["domain", "checks", "app", "ui", "store", "intake", "media", "export", "evidence", "config"],
    ),
    (
        "cli",
        &[
            "domain", "checks", "app", "ui", "store", "intake", "media", "export", "evidence", "config",
            "runtime",
        ],
    ),
    ("main", &["cli"]),
];

/// Crates that have one home, and the rooms that are it.
const HOMES: &[(&str, &[&str])] = &[
    ("base64", &["media", "runtime"]),
    ("calamine", &["intake"]),
    ("chardetng", &["intake", "evidence"]),
    ("clap", &["cli"]),
    ("color_quant", &["media"]),
    ("encoding_rs", &["intake", "evidence"]),
    ("exif", &["media"]),
    ("hickory_resolver", &["evidence"]),
    ("html5ever", &["evidence"]),
    ("hayro", &["media"]),
    ("idna", &["domain"]),
    ("image", &["media"]),
    ("ipnet", &["domain"]),
    ("jpeg_encoder", &["media"]),
    ("moxcms", &["media"]),
    ("psl", &["domain"]),
    ("reqwest", &["evidence"]),
    ("rustface", &["media"]),
    ("rustls", &["evidence"]),
    ("tokio", &["evidence", "runtime"]),
    ("x509_parser", &["evidence"]),
    ("tiff", &["media"]),
    ("zune_core", &["media"]),
    ("zune_jpeg", &["media"]),
    ("landlock", &["media"]),
    ("prefix_trie", &["domain"]),
    // crossterm comes through it
    ("ratatui", &["ui", "runtime"]),
    ("rusqlite", &["store"]),
    ("zip", &["intake"]),
];

/// Rooms that are functions of their arguments.
const PURE: &[&str] = &["domain", "checks", "app", "ui"];

/// Ways to the world outside. (`std::net` is not among them: an address is a value.)
const WORLD: &[&str] = &[
    "std::env",
    "std::fs",
    "std::os",
    "std::process",
    "std::thread",
    "TcpListener",
    "TcpStream",
    "ToSocketAddrs",
    "UdpSocket",
    "Instant::now",
    "SystemTime",
    "Timestamp::now",
    "Zoned::now",
    "getrandom",
    "tempfile",
];

/// How SQL statements begin.
const SQL: &[&str] =
    &["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "REPLACE INTO ", "CREATE ", "DROP ", "ALTER ", "PRAGMA "];

/// A longer file is usually two rooms.
const LINES: usize = 400;

/// Files that may be longer, and why.
const LONGER: &[(&str, &str)] = &[];

type Rule = fn(&[Source]) -> Vec<String>;

fn imports_follow_the_table(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|source| source.path.starts_with("src/") && source.room() != "lib") {
        let room = source.room();
        let Some((_, allowed)) = IMPORTS.iter().find(|(name, _)| *name == room) else {
            complaints.push(format!("{}: the room `{room}` has no row in IMPORTS of this test", source.path));
            continue;
        };
        let own = |name: &str| sources.iter().any(|other| other.room() == room && is_module(other, name));
        for path in source.paths() {
            let first = path.segments.iter().position(|segment| segment != "super").unwrap_or(0);
            let named = path.segments[first].as_str();
            let target = match path.segments[0].as_str() {
                "crate" | "heyan" => path.segments[1].as_str(),
                // A climb out of the room; a module of one's own may have a room's name.
                "super" if !own(named) => named,
                _ => continue,
            };
            let is_room = IMPORTS.iter().any(|(name, _)| *name == target);
            if is_room && target != room && !allowed.contains(&target) {
                complaints.push(format!(
                    "{}:{}: `{}`: {room} may import only {allowed:?}; move the type to domain or the call to runtime",
                    source.path,
                    path.line,
                    path.segments.join("::")
                ));
            }
        }
    }
    complaints
}

fn is_module(source: &Source, name: &str) -> bool {
    let inner = source.path.trim_end_matches(".rs").trim_end_matches("/mod");
    inner.ends_with(&format!("/{name}")) && inner != format!("src/{name}")
}

fn crates_stay_at_home(sources: &[Source]) -> Vec<String> {
    code(sources, |source, complaints| {
        for path in source.paths().iter().filter(|path| !source.is_test(path.line)) {
            let home = HOMES.iter().find(|(name, _)| *name == path.segments[0]);
            if let Some((name, rooms)) = home.filter(|(_, rooms)| !rooms.contains(&source.room())) {
                complaints.push(format!(
                    "{}:{}: `{}`: {name} is used in {rooms:?} only, behind a type or trait of domain",
                    source.path,
                    path.line,
                    path.segments.join("::")
                ));
            }
        }
    })
}

fn pure_rooms_know_no_world(sources: &[Source]) -> Vec<String> {
    code(sources, |source, complaints| {
        if !PURE.contains(&source.room()) {
            return;
        }
        for path in source.paths().iter().filter(|path| !source.is_test(path.line)) {
            for way in WORLD.iter().filter(|way| path.has(way)) {
                complaints.push(format!(
                    "{}:{}: `{way}`: {} is pure; take the value as an argument or return an effect for runtime",
                    source.path,
                    path.line,
                    source.room()
                ));
            }
        }
    })
}

fn sql_stays_in_the_store(sources: &[Source]) -> Vec<String> {
    code(sources, |source, complaints| {
        if source.room() == "store" {
            return;
        }
        for literal in &source.literals {
            if let Some(word) = SQL.iter().find(|word| literal.text.trim_start().starts_with(**word)) {
                complaints.push(format!(
                    "{}:{}: a text that begins with `{word}`: SQL lives in src/store; add a method to trait Store",
                    source.path, literal.line
                ));
            }
        }
    })
}

fn no_unsafe_and_no_stray_printing(sources: &[Source]) -> Vec<String> {
    code(sources, |source, complaints| {
        for pair in source.tokens.windows(2) {
            let (word, line) = (pair[0].text.as_str(), pair[0].line);
            if word == "unsafe" {
                complaints
                    .push(format!("{}:{line}: `unsafe`: find a safe crate or another way", source.path));
            }
            let prints = matches!(word, "print" | "println" | "eprint" | "eprintln" | "dbg");
            if prints && pair[1].text == "!" && source.room() != "cli" && !source.is_test(line) {
                complaints
                    .push(format!("{}:{line}: `{word}!`: only cli speaks to the terminal", source.path));
            }
        }
    })
}

fn files_are_short(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources {
        let excused = LONGER.iter().any(|(path, _)| *path == source.path);
        let most = if source.path == "src/main.rs" { 60 } else { LINES };
        match (source.line_count > most, excused) {
            (true, false) => complaints.push(format!(
                "{}: {} lines, {most} at most: two rooms in one, or tests that want a file of their own",
                source.path, source.line_count
            )),
            (false, true) => {
                complaints.push(format!("{}: short enough by now: strike it from LONGER", source.path));
            }
            _ => {}
        }
    }
    complaints
}

fn every_check_is_registered(sources: &[Source]) -> Vec<String> {
    let listed: BTreeSet<&str> = sources
        .iter()
        .filter(|source| source.path == "src/checks/mod.rs")
        .flat_map(|source| source.tokens.iter().map(|token| token.text.as_str()))
        .skip_while(|word| *word != "ALL")
        .take_while(|word| *word != ";")
        .filter(|word| is_name(word))
        .collect();
    code(sources, |source, complaints| {
        for words in source.tokens.windows(4).filter(|words| !source.is_test(words[0].line)) {
            let is_check = words[0].text == "impl" && words[1].text == "Check" && words[2].text == "for";
            if is_check && !listed.contains(words[3].text.as_str()) {
                complaints.push(format!(
                    "{}:{}: the check {} is not in ALL of src/checks/mod.rs and never runs",
                    source.path, words[3].line, words[3].text
                ));
            }
        }
    })
}

/// What a rule complains of in each file of the program itself.
fn code(sources: &[Source], look: impl Fn(&Source, &mut Vec<String>)) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|source| source.path.starts_with("src/")) {
        look(source, &mut complaints);
    }
    complaints
}

fn assert_kept(rule: Rule) {
    let complaints = rule(&Source::beneath(&["src", "tests", "benches", "examples"]));
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

macro_rules! kept {
    ($($rule:ident => $test:ident),+ $(,)?) => {
        $(#[test] fn $test() { assert_kept($rule); })+
    };
}

kept! {
    imports_follow_the_table => rooms_import_only_what_the_table_allows,
    crates_stay_at_home => crates_with_one_home_stay_there,
    pure_rooms_know_no_world => pure_rooms_touch_no_file_clock_or_network,
    sql_stays_in_the_store => no_sql_outside_the_store,
    no_unsafe_and_no_stray_printing => nothing_unsafe_and_nothing_printed,
    files_are_short => no_file_is_too_long,
    every_check_is_registered => no_check_is_forgotten,
}

#[test]
fn the_map_of_the_crate_has_the_rooms_of_the_table() {
    let lib = Source::beneath(&["src"]).into_iter().find(|source| source.path == "src/lib.rs").unwrap();
    let mapped: BTreeSet<&str> = lib
        .tokens
        .windows(2)
        .filter(|pair| pair[0].text == "mod")
        .map(|pair| pair[1].text.as_str())
        .collect();
    let table: BTreeSet<&str> =
        IMPORTS.iter().map(|(room, _)| *room).filter(|room| *room != "main").collect();
    assert_eq!(mapped, table, "`pub mod` of src/lib.rs against IMPORTS of this test");
}

#[test]
fn every_rule_sees_its_offender() {
    let long = "\n".repeat(LINES + 1);
    let offences: &[(Rule, &str, &str)] = &[
        (imports_follow_the_table, "src/checks/x.rs", "use crate::store::Store;"),
        (imports_follow_the_table, "src/app/x.rs", "use crate::{domain::case::Case, ui};"),
        (imports_follow_the_table, "src/media/x.rs", "fn f(x: super::super::intake::Limits) {}"),
        (imports_follow_the_table, "src/letters/x.rs", ""),
        (imports_follow_the_table, "src/main.rs", "heyan::store::open()"),
        (crates_stay_at_home, "src/cli/x.rs", "use rusqlite::Connection;"),
        (crates_stay_at_home, "src/app/x.rs", "use ratatui::{crossterm::event::Event};"),
        (crates_stay_at_home, "src/ui/x.rs", "fn f() -> image::RgbImage {}"),
        (pure_rooms_know_no_world, "src/domain/x.rs", "use std::{fmt, fs::File};"),
        (pure_rooms_know_no_world, "src/app/x.rs", "let now = jiff::Timestamp::now();"),
        (pure_rooms_know_no_world, "src/ui/x.rs", "std::env::var(a)"),
        (sql_stays_in_the_store, "src/cli/x.rs", "query(\"SELECT 1\")"),
        (no_unsafe_and_no_stray_printing, "src/media/x.rs", "unsafe { a() }"),
        (no_unsafe_and_no_stray_printing, "src/runtime/x.rs", "eprintln!(a);"),
        (files_are_short, "src/domain/x.rs", &long),
        (files_are_short, "src/main.rs", &long[..61]),
        (every_check_is_registered, "src/checks/x.rs", "impl Check for Forgotten {}"),
    ];
    for (rule, path, text) in offences {
        assert_eq!(rule(&[Source::read(path, text)]).len(), 1, "{path}: {text}");
    }
    let innocent: &[(Rule, &str, &str)] = &[
        (
            imports_follow_the_table,
            "src/checks/x.rs",
            "// crate::store::Store\nuse crate::domain::case::Case;",
        ),
        (crates_stay_at_home, "src/ui/x.rs", "use ratatui::buffer::Buffer;"),
        (crates_stay_at_home, "src/intake/x.rs", "#[cfg(test)] mod tests { use image::RgbImage; }"),
        (pure_rooms_know_no_world, "src/domain/x.rs", "use std::net::IpAddr;"),
        (
            pure_rooms_know_no_world,
            "src/domain/x.rs",
            "#[cfg(test)] mod tests { fn f() { std::fs::read(a) } }",
        ),
        (sql_stays_in_the_store, "src/cli/x.rs", "// SELECT 1\nSELECT"),
        (no_unsafe_and_no_stray_printing, "src/cli/x.rs", "println!(a);"),
    ];
    for (rule, path, text) in innocent {
        assert_eq!(rule(&[Source::read(path, text)]), [""; 0], "{path}: {text}");
    }
}

//! `docs/keys.md` is made from the command table. `HEYAN_BLESS=1 cargo test --test docs_keys` writes it anew.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use heyan::app::command::{Class, Context, Row, TABLE};
use heyan::app::keymap::Keymap;
use heyan::domain::message::{Lang, text};

fn page() -> String {
    let mut page = String::from(
        "# Keys (按键)\n\n\
         Made from the command table in `src/app/command.rs`; `HEYAN_BLESS=1 cargo test --test docs_keys` writes it \
         anew.\n\n\
         The first key is the one that the footer shows; the others do the same, some of them also while a Chinese \
         input method is on. Full-width letters, digits and punctuation act as their ASCII keys. `S-Tab` is Shift+Tab.\n\n\
         Guard: **look** keys always act; **open** keys open a panel that could decide, but not when held down, sent in \
         a burst, or while another filing is on its way; **act** keys moreover wait until the screen is fully drawn and \
         armed. Enter in the queue, the palette and help decides nothing and is not guarded. Commands without a key are \
         in the palette (`Ctrl+G`).\n\n\
         ## Keys of your own\n\n\
         In `~/.config/heyan/config.toml`, by the names below; the list replaces all keys of the command, in every place \
         where the command is:\n\n\
         ```toml\n[keys]\npass = [\"w\", \"F2\"]\nviewer_pan_left = [\"Left\", \"H\"]\n```\n\n\
         A key is one character, or `Space` `Enter` `Esc` `Tab` `S-Tab` `Backspace` `Del` `Up` `Down` `Left` `Right` \
         `Home` `End` `PgUp` `PgDn`, `F2` and so on, with `Ctrl+` or `Alt+` before it. Only the case of a single \
         character matters.\n\n\
         `heyan` opens no desk, and says file, line, column and why, when\n\n\
         - two commands would have one key in the same place (both are named; give each its own in `[keys]`),\n\
         - screen, tmux, the line or the terminal take the key or do not send it: Ctrl+A, B, C, Q, S, Z; F1, F3, F5, \
         F10 to F12; Ctrl+H, I, J, M; Ctrl with other than letters, arrows and F-keys,\n\
         - the key types text where the command is, or Space (on the desk also Enter) would decide,\n\
         - a command would have no key left, or none that arrives with an input method on (F-keys, Ctrl, arrows, digits, \
         punctuation) where it had one.\n\n\
         `Ctrl+C` and the digits stay what they are. Footer, help, palette and every sentence that names a key follow.\n",
    );
    let keymap = Keymap::default();
    for context in Context::ALL {
        let heading = format!("desk.context_{}", context.name());
        let _ = write!(
            page,
            "\n## {} ({})\n\n| keys | 作用 | what it does | name | guard |\n|---|---|---|---|---|\n",
            text(Lang::En, &heading),
            text(Lang::Zh, &heading),
        );
        for row in TABLE.iter().filter(|row| row.contexts.contains(&context)) {
            let name = format!("desk.cmd_{}", row.name);
            let _ = writeln!(
                page,
                "| {} | {} | {} | `{}` | {} |",
                keys(&keymap, row),
                text(Lang::Zh, &name),
                text(Lang::En, &name),
                row.name,
                guard(row.class),
            );
        }
    }
    page
}

fn keys(keymap: &Keymap, row: &Row) -> String {
    let keys = keymap.text(row);
    keys.split(' ').filter(|key| !key.is_empty()).map(|key| format!("`{key}`")).collect::<Vec<_>>().join(" ")
}

const fn guard(class: Class) -> &'static str {
    match class {
        Class::Look => "look",
        Class::Open => "open",
        Class::Act => "act",
    }
}

#[test]
fn the_page_on_keys_says_what_the_keys_do() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md");
    if std::env::var_os("HEYAN_BLESS").is_some() {
        std::fs::write(&path, page()).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page(), "docs/keys.md is out of date: HEYAN_BLESS=1 cargo test --test docs_keys");
}

/// What documents show as somebody's own keys, with the file that shows it.
fn examples() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pages = std::fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let pages = pages.chain([root.join("README.md")]).filter(|path| path.extension() == Some("md".as_ref()));
    let mut found = Vec::new();
    for path in pages {
        let page = std::fs::read_to_string(&path).unwrap();
        let blocks = page.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
        let keys = blocks.filter(|block| block.contains("[keys]"));
        found.extend(keys.map(|block| (path.display().to_string(), block.to_owned())));
    }
    let settings = std::fs::read_to_string(root.join("config.toml")).unwrap();
    let lines: Vec<&str> = settings.lines().collect();
    let section = lines.iter().position(|line| *line == "[keys]").unwrap();
    let comment = lines[..section].iter().rev().take_while(|line| line.starts_with('#'));
    for line in comment.map(|line| line.trim_start_matches(['#', ' '])).filter(|line| line.contains(" = [")) {
        found.push(("config.toml".to_owned(), format!("[keys]\n{line}\n")));
    }
    found
}

#[test]
fn every_example_of_own_keys_opens_the_desk() {
    let mut files = Vec::new();
    for (file, example) in examples() {
        let settings: toml::Table = toml::from_str(&example).unwrap();
        let own: BTreeMap<String, Vec<String>> = settings["keys"].clone().try_into().unwrap();
        assert!(Keymap::new(&own).is_ok(), "{file}: {example}{:?}", Keymap::new(&own));
        files.push(file.rsplit('/').next().unwrap().to_owned());
    }
    for file in ["keys.md", "manual.md", "manual.zh.md", "config.toml"] {
        assert!(files.iter().any(|name| name == file), "{file} has no example among {files:?}");
    }
}

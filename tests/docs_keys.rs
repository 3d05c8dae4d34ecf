//! `docs/keys.md` is made from the command table. `HEYAN_BLESS=1 cargo test --test docs_keys` writes it anew.

#![allow(clippy::unwrap_used)]

use std::fmt::Write;
use std::path::Path;

use heyan::app::command::{Class, Context, Row, TABLE, keys_text};
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
         armed. Enter in the queue, the menu and help decides nothing and is not guarded.\n",
    );
    for context in Context::ALL {
        let heading = format!("desk.context_{}", context.name());
        let _ = write!(
            page,
            "\n## {} ({})\n\n| keys | 作用 | what it does | guard |\n|---|---|---|---|\n",
            text(Lang::En, &heading),
            text(Lang::Zh, &heading),
        );
        for row in TABLE.iter().filter(|row| row.contexts.contains(&context)) {
            let name = format!("desk.cmd_{}", row.name);
            let _ = writeln!(
                page,
                "| {} | {} | {} | {} |",
                keys(row),
                text(Lang::Zh, &name),
                text(Lang::En, &name),
                guard(row.class),
            );
        }
    }
    page
}

fn keys(row: &Row) -> String {
    keys_text(row).split(' ').map(|key| format!("`{key}`")).collect::<Vec<_>>().join(" ")
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

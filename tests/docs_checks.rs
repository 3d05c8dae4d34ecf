//! `docs/checks.md` is made from the list of checks. `HEYAN_BLESS=1 cargo test --test docs_checks` writes it anew.

use std::fmt::Write;
use std::path::Path;

use heyan::checks::ALL;
use heyan::domain::message::{self, Lang};

fn page() -> String {
    let mut page = String::from(
        "# Checks (自动核验)\n\n\
         Made from the list `ALL` in `src/checks/mod.rs`; `HEYAN_BLESS=1 cargo test --test docs_checks` writes it \
         anew.\n\n\
         A check is a pure function of a case. It proposes reasons with its findings; only a human decides.\n\n\
         | check | version | 核验内容 | what it judges | may propose |\n\
         |---|---|---|---|---|\n",
    );
    for check in ALL {
        let about = format!("checks.about_{}", check.id());
        let codes: Vec<String> = check.proposes().iter().map(|code| format!("`{code}`")).collect();
        let _ = writeln!(
            page,
            "| `{}` | {} | {} | {} | {} |",
            check.id(),
            check.version(),
            message::text(Lang::Zh, &about),
            message::text(Lang::En, &about),
            codes.join(" ")
        );
    }
    page
}

#[test]
fn the_page_on_checks_says_what_the_program_does() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/checks.md");
    if std::env::var_os("HEYAN_BLESS").is_some() {
        std::fs::write(&path, page()).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page(), "docs/checks.md is out of date: HEYAN_BLESS=1 cargo test --test docs_checks");
}

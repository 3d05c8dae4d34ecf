//! `docs/checks.md` is made from the list of checks. `HEYAN_BLESS=1 cargo test --test docs_checks` writes it anew.

#[path = "common/page.rs"]
mod page;

use std::fmt::Write;

use heyan::checks::ALL;
use heyan::domain::message::{self, Lang};

fn checks_markdown() -> String {
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
    page::assert_committed("docs/checks.md", &checks_markdown());
}

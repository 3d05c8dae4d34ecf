//! The commands and options in `docs/cli.md` are made from the definitions. `HEYAN_BLESS=1` rewrites them.

#![allow(clippy::unwrap_used)]

#[path = "common/page.rs"]
mod page;

const BEGIN: &str = "<!-- commands: made by HEYAN_BLESS=1 cargo test --test docs_cli -->\n";
const END: &str = "<!-- end of commands -->\n";

#[test]
fn the_page_says_what_can_be_typed() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cli.md");
    let committed = std::fs::read_to_string(file).unwrap();
    let (before, rest) = committed.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let made = format!("{before}{BEGIN}\n{}{END}{after}", heyan::cli::reference());
    page::assert_committed("docs/cli.md", &made);
}

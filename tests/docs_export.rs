//! `docs/export.md` is made from the column table. `HEYAN_BLESS=1` rewrites it.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::Path;

#[test]
fn the_page_says_what_the_columns_are() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/export.md");
    let page = heyan::export::documentation();
    if std::env::var_os("HEYAN_BLESS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap();
    assert_eq!(written, page, "docs/export.md is out of date: HEYAN_BLESS=1 cargo test --test docs_export");
}

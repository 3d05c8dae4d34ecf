//! `docs/export.md` is made from the column table. `HEYAN_BLESS=1` rewrites it.

#[path = "common/page.rs"]
mod page;

#[test]
fn the_page_says_what_the_columns_are() {
    page::assert_committed("docs/export.md", &heyan::export::documentation());
}

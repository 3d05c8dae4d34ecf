//! Pages in `docs/` that the program makes: committed, and held to what it would make today.

#![allow(clippy::unwrap_used)]

use std::path::Path;

/// Asserts that the committed file is `made`; `HEYAN_BLESS=1` writes it first.
pub fn assert_committed(path: &str, made: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("HEYAN_BLESS").is_some_and(|bless| bless == "1") {
        std::fs::write(&file, made).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        committed == made,
        "{path} is out of date: HEYAN_BLESS=1 cargo test, then look at the difference"
    );
}

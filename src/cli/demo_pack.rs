//! The demo's pack of filings, compiled in: twelve synthetic filings with their pictures, and what is planted in them.
//!
//! `examples/draw-demo` drew the pictures. Making a workspace of the pack is the demo command's.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use include_dir::{Dir, include_dir};
use serde::Deserialize;

use crate::domain::object::ReasonUse;

/// `filings.jsonl`, `pictures/` and `demo.toml`.
pub static PACK: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/assets/demo");

/// The source that every demo filing names.
pub const SOURCE: &str = "demo";

/// What is known of a demo filing beforehand.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// Hours from the making of the workspace until the decision is due.
    pub due_in_hours: u32,
    /// What the checks propose, and nothing else; empty for a clean filing.
    pub expect: Vec<ReasonUse>,
    /// What only a person can see in the pictures.
    #[serde(default)]
    pub by_eye: Vec<ReasonUse>,
}

/// Writes the pack as a folder that intake reads; files already there are overwritten.
pub fn unpack(to: &Path) -> io::Result<()> {
    std::fs::create_dir_all(to)?;
    PACK.extract(to)
}

/// What is planted in each demo filing, by key.
pub fn expectations() -> Result<BTreeMap<String, Expectation>, toml::de::Error> {
    toml::from_str(include_str!("../../assets/demo/demo.toml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unpacked_pack_is_the_one_compiled_in() {
        let folder = tempfile::tempdir().unwrap();
        let pack = folder.path().join("new/pack");
        unpack(&pack).unwrap();
        unpack(&pack).unwrap();
        let pictures = PACK.get_dir("pictures").unwrap().files();
        for file in pictures.chain([PACK.get_file("filings.jsonl").unwrap()]) {
            assert_eq!(std::fs::read(pack.join(file.path())).unwrap(), file.contents());
        }
    }

    #[test]
    fn clean_and_faulty_filings_are_both_expected() {
        let expectations = expectations().unwrap();
        let clean = expectations.values().filter(|filing| filing.expect.is_empty()).count();
        assert!(clean >= 4 && expectations.len() - clean >= 8, "{clean} clean of {}", expectations.len());
    }
}

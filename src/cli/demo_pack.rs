//! The demo's pack of filings, compiled in: synthetic filings with their pictures, and what is planted in them.
//!
//! `examples/draw-demo` drew the pictures. Making a workspace of the pack is the demo command's.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use include_dir::{Dir, include_dir};
use jiff::Timestamp;
use serde::Deserialize;

use crate::domain::decision::HoldKind;
use crate::domain::evidence::Evidence;
use crate::domain::object::ReasonUse;

/// `filings.jsonl`, `earlier.jsonl`, `pictures/`, `prefixes.txt` and `demo.toml`.
pub static PACK: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/assets/demo");

/// The source that every demo filing names.
pub const SOURCE: &str = "demo";

/// The moment before which the sample evidence is written: 2026-01-01 09:30 in Shanghai.
pub const MADE: Timestamp = Timestamp::constant(1_767_231_000, 0);

/// The access provider that its filings, forms and backdrops name.
pub const PROVIDER: &str = "样例云";

/// The provider's address ranges.
pub const PREFIXES: &str = include_str!("../../assets/demo/prefixes.txt");

/// The list of what was handed in the day before, beside the pack's own.
pub const EARLIER: &str = "earlier.jsonl";

/// What is known of a demo filing beforehand.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// Hours from the making of the workspace until the decision is due.
    pub due_in_hours: u32,
    /// What the checks propose, and nothing else.
    pub expect: Vec<ReasonUse>,
    /// The reasons of what they doubt.
    #[serde(default)]
    pub doubt: Vec<ReasonUse>,
    /// What only a person can see in the pictures or read out of the words.
    #[serde(default)]
    pub by_eye: Vec<ReasonUse>,
    /// The checks, by id and in alphabetical order, that cannot judge something.
    #[serde(default)]
    pub not_run: Vec<String>,
    /// What another reviewer decided the day before.
    #[serde(default)]
    pub earlier: Option<Earlier>,
}

impl Expectation {
    /// Whether the checks pass it in every respect.
    pub fn clean(&self) -> bool {
        self.expect.is_empty() && self.doubt.is_empty() && self.not_run.is_empty()
    }
}

/// A decision on a filing as it was the day before.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Earlier {
    /// It went back to the applicant.
    Fail { reasons: Vec<ReasonUse>, opinion: String },
    /// It was put off.
    Hold(HoldKind),
}

/// Dates a piece of sample evidence as seen as long before `made` as it is written before [`MADE`].
pub fn age(piece: &mut Evidence, made: Timestamp) {
    let before = MADE.duration_since(piece.observed_at);
    piece.observed_at = made.checked_sub(before).unwrap_or(made);
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
        let lists = ["filings.jsonl", EARLIER].map(|list| PACK.get_file(list).unwrap());
        for file in pictures.chain(lists) {
            assert_eq!(std::fs::read(pack.join(file.path())).unwrap(), file.contents());
        }
    }

    #[test]
    fn clean_and_faulty_filings_are_both_expected() {
        let expectations = expectations().unwrap();
        let clean = expectations.values().filter(|filing| filing.clean()).count();
        assert!(clean >= 7 && expectations.len() - clean >= 16, "{clean} clean of {}", expectations.len());
    }
}

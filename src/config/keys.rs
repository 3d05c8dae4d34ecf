//! Keys as a person wrote them, and where. What they mean is the command table's business.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::DeValue;

use super::Origin;

/// The section whose names are commands.
pub(super) const SECTION: &str = "keys";

/// Where the keys of each command were written: key by key in a file, once for a variable.
pub(super) type Origins = BTreeMap<String, Vec<Origin>>;

/// The keys of commands, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "BTreeMap<String, Vec<String>>")]
pub struct Keys {
    /// Command name to the keys that it has instead of its shipped ones, unread.
    pub bindings: BTreeMap<String, Vec<String>>,
    origins: Origins,
}

impl From<BTreeMap<String, Vec<String>>> for Keys {
    fn from(bindings: BTreeMap<String, Vec<String>>) -> Self {
        Keys { bindings, origins: Origins::new() }
    }
}

impl Keys {
    pub(super) fn written_at(&mut self, origins: Origins) {
        self.origins = origins;
    }

    /// Where a command's key stands, or its list of keys.
    pub fn origin(&self, command: &str, key: Option<usize>) -> Origin {
        let places = self.origins.get(command).map_or(&[][..], Vec::as_slice);
        places.get(key.unwrap_or(0)).or(places.first()).cloned().unwrap_or(Origin::CompiledIn)
    }
}

/// The place of every key of a list; of the value itself when it is none or empty.
pub(super) fn spans(value: &Spanned<DeValue<'_>>) -> Vec<Range<usize>> {
    match value.get_ref() {
        DeValue::Array(keys) if !keys.is_empty() => keys.iter().map(Spanned::span).collect(),
        _ => vec![value.span()],
    }
}

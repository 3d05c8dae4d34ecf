//! How values are written in columns, and read back.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::fault::{Fault, Outcome};

/// Sorts after every time: filings without a due time come last.
pub(super) const NO_DUE: &str = "~";

/// A time in columns: always three decimals, so that text order is time order.
pub(super) fn stamp(time: Timestamp) -> String {
    format!("{time:.3}")
}

pub(super) fn timestamp(text: &str) -> Outcome<Timestamp> {
    text.parse().map_err(|error| Fault::damaged(format!("time `{text}`"), error))
}

pub(super) fn optional_timestamp(text: Option<String>) -> Outcome<Option<Timestamp>> {
    text.as_deref().map(timestamp).transpose()
}

pub(super) fn date(text: &str) -> Outcome<Date> {
    text.parse().map_err(|error| Fault::damaged(format!("day `{text}`"), error))
}

/// A word of the domain, by its `from_text`.
pub(super) fn word<T>(text: &str, from_text: impl Fn(&str) -> Option<T>) -> Outcome<T> {
    from_text(text).ok_or_else(|| Fault::damaged(format!("`{text}`"), "unknown word"))
}

pub(super) fn to_json(value: &impl Serialize) -> Outcome<String> {
    serde_json::to_string(value).map_err(|error| Fault::damaged("value to be stored", error))
}

pub(super) fn from_json<T: DeserializeOwned>(what: &str, text: &str) -> Outcome<T> {
    serde_json::from_str(text).map_err(|error| Fault::damaged(what, error))
}

/// A count of rows or bytes; negative ones do not occur.
pub(super) fn unsigned(count: i64) -> u64 {
    u64::try_from(count).unwrap_or_default()
}

pub(super) fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

//! How long a document is valid.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The last day a document is valid, or 长期.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum ValidUntil {
    Day(Date),
    LongTerm,
}

impl ValidUntil {
    /// Whether the document is still valid on `day` (its last day counts).
    pub fn covers(self, day: Date) -> bool {
        match self {
            ValidUntil::Day(last) => day <= last,
            ValidUntil::LongTerm => true,
        }
    }
}

impl TryFrom<String> for ValidUntil {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        match text.as_str() {
            "长期" | "long-term" => Ok(ValidUntil::LongTerm),
            day => day
                .parse()
                .map(ValidUntil::Day)
                .map_err(|_| format!("`{text}` is neither a day (YYYY-MM-DD) nor 长期")),
        }
    }
}

impl From<ValidUntil> for String {
    fn from(value: ValidUntil) -> Self {
        value.to_string()
    }
}

impl std::fmt::Display for ValidUntil {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ValidUntil::Day(day) => write!(f, "{day}"),
            ValidUntil::LongTerm => f.write_str("长期"),
        }
    }
}

impl JsonSchema for ValidUntil {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ValidUntil".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "The last valid day, YYYY-MM-DD, or 长期.",
            "pattern": r"^(\d{4}-\d{2}-\d{2}|长期|long-term)$",
        })
    }
}

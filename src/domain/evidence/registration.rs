//! What a domain's registry or registrar says of it (域名注册信息), by WHOIS (RFC 3912) or RDAP (RFC 9083).

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fault::Fault;

/// A value and the line of the answer that says it, from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stated<T> {
    pub value: T,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

/// Whose domain it is, as far as it is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    Named(Stated<String>),
    /// Withheld: unknown, never another one.
    Redacted(Stated<String>),
    /// The answer has no such field.
    NotGiven,
}

/// A registered domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    pub holder: Holder,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registrar: Option<Stated<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Stated<String>>")]
    pub registered_on: Option<Stated<Date>>,
    /// The last day; registries write times without a zone, so a day more or less is no difference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Stated<String>>")]
    pub expires_on: Option<Stated<Date>>,
    /// EPP status codes (RFC 5731, section 2.3) as written, without addresses of explanations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statuses: Vec<Stated<String>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub name_servers: Vec<String>,
}

/// What came of asking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RegistrationResult {
    Registered(Registration),
    /// Nobody has registered it; the line that says so.
    NotRegistered {
        line: Option<u32>,
    },
    /// The registry keeps it back or forbids it: not free, and nobody's.
    Reserved {
        line: Option<u32>,
    },
    NoAnswer(Fault),
}

/// The answer about one registrable domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegistrationAnswer {
    pub result: RegistrationResult,
    /// The answer's lines as text (RDAP: one member a line), without mail addresses and telephone numbers.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub answer: String,
}

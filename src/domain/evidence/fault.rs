//! Why something could not be learnt. A fault is never a verdict.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::filing::named;

named! {
    /// What kept a gatherer from an answer.
    FaultKind {
        /// no answer in time
        Timeout => "timeout",
        /// the other side refused the connection
        Refused => "refused",
        /// no route, or the connection broke
        Unreachable => "unreachable",
        /// the other side answers that it will not: too many questions
        Limited => "limited",
        /// the answer is not one of its protocol
        Protocol => "protocol",
        /// more than is taken
        TooLarge => "too_large",
        /// the guard did not let it go there
        Guarded => "guarded",
        /// the program that would be needed is not installed
        NotInstalled => "not_installed",
        /// nobody is known who could be asked
        NoSource => "no_source",
        /// the tool ended without an answer
        Failed => "failed",
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    pub kind: FaultKind,
    /// What exactly, in the words of whoever said it; outside text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
}

impl Fault {
    pub fn new(kind: FaultKind, detail: impl ToString) -> Self {
        Fault { kind, detail: detail.to_string() }
    }
}

//! The policy of a workspace: what holds for everybody who works in it, and is recorded when it changes.

use serde::{Deserialize, Serialize};

/// Settings that live in the workspace. A new workspace takes them from `[policy]` of config.toml.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The zone in which days begin (IANA name).
    pub zone: String,
    /// How long a decision may be withdrawn before it counts as final, in seconds.
    pub cool_off_seconds: u32,
    /// Whether flagged reasons wait for a second reviewer.
    pub second_review: bool,
    /// Where required evidence must have been shown before a pass.
    pub attention: Attention,
    /// How long a claim keeps others away, in seconds.
    pub lease_seconds: u32,
    /// The access provider whose reviewers work here, as seals and forms name it.
    pub provider: String,
    /// The provider's own address ranges (CIDR).
    pub provider_prefixes: Vec<String>,
}

/// Where required evidence must have been shown before a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Attention {
    /// Nowhere.
    Off,
    /// At the desk; a pass from the command line is allowed.
    Desk,
    /// Everywhere: the command line, which shows nothing, cannot pass a filing with pictures.
    Always,
}

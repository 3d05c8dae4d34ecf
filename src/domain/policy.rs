//! The policy of a workspace: what holds for everybody who works in it, and is recorded when it changes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::filing::named;

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
    /// The provider's own address ranges (CIDR): a short list, which counts until a list has a file.
    pub provider_prefixes: Vec<String>,
    /// The provider's address ranges as a file of the workspace, in their present version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix_list: Option<PrefixListFile>,
}

/// The version that the short list of [`Policy::provider_prefixes`] goes by.
pub const FIRST_VERSION: &str = "config.toml";

/// One version of the provider's address ranges: a file in the vault, addressed by its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrefixListFile {
    /// What the operator calls this version; findings name it.
    pub version: String,
    /// Lower-case hex.
    pub sha256: String,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// How many different prefixes it holds.
    pub prefixes: usize,
}

impl Policy {
    /// Whether filings judged under the other policy must be judged again: only the provider's name and ranges are
    /// looked at by checks.
    pub fn judges_as(&self, other: &Policy) -> bool {
        (&self.provider, &self.provider_prefixes, &self.prefix_list)
            == (&other.provider, &other.provider_prefixes, &other.prefix_list)
    }
}

named! {
    /// Where required evidence must have been shown before a pass.
    Attention {
        /// Nowhere.
        Off => "off",
        /// At the desk; a pass from the command line is allowed.
        Desk => "desk",
        /// Everywhere: the command line, which shows nothing, cannot pass a filing with pictures.
        Always => "always",
    }
}

//! The policy of a workspace: what holds for everybody who works in it, and is recorded when it changes.

use ipnet::IpNet;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::evidence::Gatherer;
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
    /// What evidence is gathered, for how long it counts, and what must be there.
    #[serde(default)]
    pub gather: GatherPolicy,
}

/// The rules of evidence (证据).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GatherPolicy {
    /// Evidence without which a filing is not clean: where it is missing, the checks that need it say so.
    pub required: Vec<Gatherer>,
    /// Networks (CIDR) that gatherers may reach although they are not public; recorded in each piece of evidence.
    pub allow_networks: Vec<IpNet>,
    /// How far apart two observations must be, in hours, before "unreachable" and "unresolved" are more than a doubt.
    pub apart_hours: u32,
    /// Network evidence older than this, in hours, is gathered again before a fail that rests on it.
    pub fail_hours: u32,
    /// For how long evidence is fresh, in hours: until then it is not fetched again.
    pub dns_fresh_hours: u32,
    pub registration_fresh_hours: u32,
    pub website_fresh_hours: u32,
    pub registry_fresh_hours: u32,
}

impl GatherPolicy {
    /// Nothing is asked for.
    pub const NOTHING: GatherPolicy = GatherPolicy {
        required: Vec::new(),
        allow_networks: Vec::new(),
        apart_hours: 4,
        fail_hours: 24,
        dns_fresh_hours: 12,
        registration_fresh_hours: 168,
        website_fresh_hours: 24,
        registry_fresh_hours: 720,
    };

    /// For how long evidence of a kind is fresh, in hours; none for what never changes.
    pub const fn fresh_hours(&self, gatherer: Gatherer) -> Option<u32> {
        match gatherer {
            Gatherer::Dns => Some(self.dns_fresh_hours),
            Gatherer::Registration => Some(self.registration_fresh_hours),
            Gatherer::Website => Some(self.website_fresh_hours),
            Gatherer::Registry => Some(self.registry_fresh_hours),
            _ => None,
        }
    }

    /// Whether a filing is not clean without such evidence.
    pub fn requires(&self, gatherer: Gatherer) -> bool {
        self.required.contains(&gatherer)
    }
}

/// What a workspace from before evidence has.
impl Default for GatherPolicy {
    fn default() -> Self {
        GatherPolicy::NOTHING
    }
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
    /// Whether filings judged under the other policy must be judged again: only the provider's name and ranges and the
    /// rules of evidence are looked at by checks.
    pub fn judges_as(&self, other: &Policy) -> bool {
        (&self.provider, &self.provider_prefixes, &self.prefix_list, &self.gather)
            == (&other.provider, &other.provider_prefixes, &other.prefix_list, &other.gather)
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

//! Province rules (省管局规则): dated and sourced data, never compiled into a check, and only ever flags.

/// The rules of all provinces (`assets/provinces.toml`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProvinceRules {}

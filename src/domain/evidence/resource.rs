//! The provider's own resource behind a filed address (接入资源), as the provider's systems say.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::filing::named;

named! {
    /// Whether the resource serves.
    ResourceState {
        Running => "running",
        /// 已到期
        Expired => "expired",
        /// 已释放: nobody's, or somebody else's by now
        Released => "released",
    }
}

/// What stands behind an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Resource {
    pub state: ResourceState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub expires_on: Option<Date>,
}

//! How a telephone call went (电话核实), as the person who called wrote it down.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::filing::named;

named! {
    /// Who answered.
    CallOutcome {
        /// 本人接听
        Person => "person",
        /// 他人接听，本人可联系
        Colleague => "colleague",
        /// 非本人电话
        NotOwner => "not_owner",
        /// 无人接听
        NoAnswer => "no_answer",
        /// 空号、停机、关机
        Invalid => "invalid",
        /// 本人不知情或否认备案
        Unaware => "unaware",
    }
}

/// One call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Call {
    pub outcome: CallOutcome,
}

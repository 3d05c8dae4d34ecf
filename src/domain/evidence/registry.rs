//! What the business registry (登记机关, 企业信用信息公示系统) knows of an entity: from an extract, a connector or a
//! person's look-up; one record whatever the way.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fault::Fault;
use crate::domain::filing::{ValidUntil, named};

named! {
    /// Whether the entity exists, as the registry puts it.
    RegistryStatus {
        /// 存续、在业、开业、正常
        Active => "active",
        /// 注销, also 吊销后注销
        Deregistered => "deregistered",
        /// 吊销，未注销
        Revoked => "revoked",
        /// 列入经营异常名录 or 严重违法失信名单
        Abnormal => "abnormal",
        /// 歇业、停业
        Suspended => "suspended",
        /// 清算
        Liquidating => "liquidating",
        /// 迁出: registered elsewhere now
        MovedOut => "moved_out",
        /// 撤销 of the registration
        Annulled => "annulled",
        /// a word that is not known
        Other => "other",
    }
}

/// One record, as the source wrote it; blank where it says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegistryRecord {
    pub name: String,
    /// 统一社会信用代码 or an older number
    pub number: String,
    pub status: RegistryStatus,
    /// The status in the source's own word.
    pub status_text: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub legal_representative: String,
    /// 营业期限 until
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<ValidUntil>,
    /// 曾用名
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former_names: Vec<String>,
    /// 注册号 or 组织机构代码 that the number has replaced
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former_numbers: Vec<String>,
    /// The day for which the source vouches, where it says one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub as_of: Option<Date>,
}

/// What came of asking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RegistryResult {
    Found(RegistryRecord),
    /// 查询无结果
    NotFound,
    NoAnswer(Fault),
}

/// The answer about one number or name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegistryAnswer {
    pub result: RegistryResult,
}

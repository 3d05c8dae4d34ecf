//! 核验单: what its source read off the signed sheet (domain reference 2.3).

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::named;

named! {
    /// For whom a form was printed: the two have different boxes.
    FormTemplate {
        /// 单位用户
        Organisation => "organisation",
        /// 个人用户
        Individual => "individual",
    }
}

/// 核验单: the signed sheet's fields. Absent means "not transcribed", never "empty on the sheet".
///
/// Words printed beside boxes are given as printed: which boxes a sheet has depends on its year and province.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct VerificationForm {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domains: Option<Vec<String>>,
    /// 单位证件资质 ticked
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation_ticked: Option<bool>,
    /// 个人证件资质 ticked
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_ticked: Option<bool>,
    /// 前置/专项审批 ticked as involved
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pre_approval_ticked: Option<bool>,
    /// The name in the place of the site principal's signature; an empty string: the place is empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signer: Option<String>,
    /// The name in the seal; an empty string: no seal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seal: Option<String>,
    /// The provider's verifier signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verifier_signed: Option<bool>,
    /// The day beside the signatures.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub date: Option<Date>,
    /// The form is the one for organisations or the one for persons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<FormTemplate>,
    /// The province whose form it is, as in the filing: six digits, e.g. `440000`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template_province: Option<String>,
    /// 网站负责人, as written or printed in the sponsor's block.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site_principal: Option<String>,
    /// 移动电话 of the site principal
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mobile: Option<String>,
    /// 办公电话 of the site principal
    #[serde(skip_serializing_if = "Option::is_none")]
    pub landline: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// 通信地址
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// 服务内容, as printed beside the ticked boxes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_contents: Option<Vec<String>>,
    /// 接入服务提供者
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// 接入方式, as printed beside the ticked boxes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_modes: Option<Vec<String>>,
    /// 服务器放置地, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_locations: Option<Vec<String>>,
    /// IP addresses as written, each `192.0.2.1` or `192.0.2.1-192.0.2.9`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip_ranges: Option<Vec<String>>,
    /// 主体信息核验内容: the words beside the ticked boxes of this part; an empty list: nothing is ticked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_ticks: Option<Vec<String>>,
    /// 联系方式核验内容, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_ticks: Option<Vec<String>>,
    /// 网站信息核验内容, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site_ticks: Option<Vec<String>>,
    /// 接入信息核验内容, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_ticks: Option<Vec<String>>,
}

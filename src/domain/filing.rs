//! A filing (备案订单) as its source wrote it: the fields that the check, the desk and the day book speak of.
//!
//! The same types are the pack format: `docs/filing.schema.json` is generated from them. Code lists are running
//! numbers (`assets/codes.toml`); a pack may give `{"mask": 129}` where the source speaks in bit masks.
//! Reading files is intake's; whether the values are right is the checks'.

mod ip_range;
mod kinds;
mod transcript;
mod valid_until;
mod verification_form;

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(crate) use kinds::named;
pub use kinds::{AttachmentKind, EvidenceScheme, OrderType, ServiceType};
pub use transcript::{CertificateTranscript, DomainCertificateTranscript, IdentityTranscript, Transcript};
pub use valid_until::ValidUntil;
pub use verification_form::{FormTemplate, VerificationForm};

/// A set of code-list numbers (running numbers, ascending, no doubles).
///
/// In a pack either `[8, 1]` or `{"mask": 129}`; `mask` is the provider console's bit mask and is converted by
/// the code list it belongs to when the pack is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged, deny_unknown_fields)]
pub enum CodeSet {
    /// Running numbers of the code list.
    Numbers(Vec<u16>),
    /// A bit mask, as the provider's console writes it.
    Mask {
        /// Sum of the list's masks.
        mask: u64,
    },
}

impl Default for CodeSet {
    fn default() -> Self {
        CodeSet::Numbers(Vec::new())
    }
}

impl CodeSet {
    /// The running numbers; empty for a mask that was not converted yet.
    pub fn numbers(&self) -> &[u16] {
        match self {
            CodeSet::Numbers(numbers) => numbers,
            CodeSet::Mask { .. } => &[],
        }
    }

    /// Whether nothing is chosen.
    pub fn is_empty(&self) -> bool {
        match self {
            CodeSet::Numbers(numbers) => numbers.is_empty(),
            CodeSet::Mask { mask } => *mask == 0,
        }
    }
}

/// One order: what one decision is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "heyan filing")]
pub struct Filing {
    /// Where the filing comes from (a console, a bureau's list); with `key` unique.
    pub source: String,
    /// The source's own name of the order; shown everywhere and taken by every command.
    pub key: String,
    pub order_type: OrderType,
    /// Province of filing: the first two digits of GB/T 2260 with four zeros, e.g. `440000`.
    pub province: String,
    pub evidence_scheme: EvidenceScheme,
    /// When the source handed the order in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub submitted_at: Option<Timestamp>,
    /// When the decision is due; the queue's order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub due_at: Option<Timestamp>,
    pub entity: Entity,
    /// Absent for orders about the entity alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Site>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub access: Vec<Access>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// The filing came without its materials, as from an operator's table: what is not here is not missing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub attachments_elsewhere: bool,
}

/// 主体: the sponsor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entity {
    /// 主办单位名称; an individual's personal name.
    pub name: String,
    /// 单位性质, running number of the list `entity_types`.
    pub entity_type: u16,
    /// 证件类型, running number of the list `certificate_types`.
    pub certificate_type: u16,
    pub certificate_number: String,
    /// 证件住所
    pub certificate_address: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate_valid_until: Option<ValidUntil>,
    /// 通信地址
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub mail_address: String,
    /// Six digits of GB/T 2260: county of the postal address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// 投资者或上级主管单位名称; repeats the entity's name when there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub superior: String,
    /// 主体备注 (the filing's own remark, not the reviewer's note).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
    /// 主体备案号
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filing_number: Option<String>,
    /// 主体负责人
    pub principal: Person,
    /// 法定代表人, when the source gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_representative: Option<LegalRepresentative>,
}

/// 法定代表人
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LegalRepresentative {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_number: Option<String>,
}

/// 主体负责人 or 网站负责人 (who may be the same person).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    pub name: String,
    /// Running number of the list `certificate_types`, personal ones only.
    pub document_type: u16,
    pub document_number: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub valid_from: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<ValidUntil>,
    /// 移动电话
    pub mobile: String,
    /// 办公电话
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub landline: Option<String>,
    /// 应急电话
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emergency: Option<String>,
    pub email: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
}

/// 网站 (or another internet information service).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Site {
    pub service_type: ServiceType,
    pub name: String,
    pub domains: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub home_urls: Vec<String>,
    /// 服务内容, list `service_contents`.
    #[serde(default, skip_serializing_if = "CodeSet::is_empty")]
    pub service_contents: CodeSet,
    /// 语言类别, list `languages`.
    #[serde(default, skip_serializing_if = "CodeSet::is_empty")]
    pub languages: CodeSet,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pre_approvals: Vec<PreApproval>,
    /// 网站备注 (the filing's own remark).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
    /// 网站备案号
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filing_number: Option<String>,
    /// 网站负责人
    pub principal: Person,
}

/// 前置/专项审批
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreApproval {
    /// Running number of the list `pre_approvals`.
    pub category: u16,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
}

/// 接入信息
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Access {
    /// 接入服务提供者
    pub provider: String,
    /// 接入方式, list `access_modes`.
    #[serde(default, skip_serializing_if = "CodeSet::is_empty")]
    pub modes: CodeSet,
    /// 服务器放置地, list `server_locations`.
    #[serde(default, skip_serializing_if = "CodeSet::is_empty")]
    pub server_locations: CodeSet,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ip_ranges: Vec<IpRange>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub domains: Vec<String>,
}

/// An inclusive address range; a single address repeats itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IpRange {
    #[schemars(with = "String")]
    pub first: std::net::IpAddr,
    #[schemars(with = "String")]
    pub last: std::net::IpAddr,
}

/// 材料: a file of the pack, and what a person or a machine transcribed from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    pub kind: AttachmentKind,
    /// Path inside the pack, with `/`.
    pub file: String,
    /// Lower-case hex. In a pack optional and then verified; always present once imported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^[0-9a-f]{64}$"))]
    pub sha256: Option<String>,
    /// The fields read off the document, when the source gives them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transcript: Option<Transcript>,
}

/// Which of the two responsible persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    EntityPrincipal,
    SitePrincipal,
}

/// 单位性质 of a natural person (list `entity_types`).
pub const INDIVIDUAL: u16 = 5;

impl Filing {
    /// The persons of the filing with their roles: one or two.
    pub fn principals(&self) -> impl Iterator<Item = (Role, &Person)> {
        std::iter::once((Role::EntityPrincipal, &self.entity.principal))
            .chain(self.site.iter().map(|site| (Role::SitePrincipal, &site.principal)))
    }

    /// Whether the sponsor is a natural person.
    pub fn is_individual(&self) -> bool {
        self.entity.entity_type == INDIVIDUAL
    }

    /// The attachments of a kind, in the filing's order.
    pub fn attachments_of(&self, kind: AttachmentKind) -> impl Iterator<Item = &Attachment> {
        self.attachments.iter().filter(move |attachment| attachment.kind == kind)
    }

    /// The transcribed certificate, if the pack gives one.
    pub fn certificate_transcript(&self) -> Option<&CertificateTranscript> {
        self.attachments.iter().find_map(|attachment| match &attachment.transcript {
            Some(Transcript::Certificate(certificate)) => Some(certificate),
            _ => None,
        })
    }

    /// The transcribed verification form, if the pack gives one.
    pub fn verification_form(&self) -> Option<&VerificationForm> {
        self.attachments.iter().find_map(|attachment| match &attachment.transcript {
            Some(Transcript::VerificationForm(form)) => Some(form.as_ref()),
            _ => None,
        })
    }

    /// The transcribed fields of a person's document, by side.
    pub fn identity_transcript(&self, kind: AttachmentKind) -> Option<&IdentityTranscript> {
        self.attachments_of(kind).find_map(|attachment| match &attachment.transcript {
            Some(Transcript::Identity(identity)) => Some(identity),
            _ => None,
        })
    }

    /// Whether both responsible persons are the same person (same document).
    pub fn same_principal(&self) -> bool {
        self.site.as_ref().is_some_and(|site| {
            let (a, b) = (&self.entity.principal, &site.principal);
            a.document_type == b.document_type && a.document_number == b.document_number
        })
    }
}

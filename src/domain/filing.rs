//! A filing (备案订单) as its source wrote it: the fields that the check, the desk and the day book speak of.
//!
//! The same types are the pack format: `docs/filing.schema.json` is generated from them. Code lists are running
//! numbers (`assets/codes.toml`); a pack may give `{"mask": 129}` where the source speaks in bit masks.
//! Reading files is intake's; whether the values are right is the checks'.

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! named {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident => $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $text)] $variant),+ }
        impl $name {
            /// Every variant, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// The stable text form, as in packs, exports and the command line.
            pub const fn text(self) -> &'static str { match self { $($name::$variant => $text),+ } }
            /// Reads the stable text form.
            pub fn from_text(text: &str) -> Option<Self> { Self::ALL.iter().copied().find(|v| v.text() == text) }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.pad(self.text()) }
        }
    };
}
pub(crate) use named;

named! {
    /// 备案类型: what kind of application the order is (domain reference 1.7).
    OrderType {
        /// 首次备案
        First => "first",
        /// 新增网站
        NewSite => "new_site",
        /// 新增接入
        Access => "access",
        /// 变更备案
        Change => "change",
        /// 注销
        Cancel => "cancel",
        /// 专项核查 of an already successful filing
        SpecialVerification => "special_verification",
    }
}

impl OrderType {
    /// Whether the order carries an application's materials again (a cancellation does not).
    pub const fn needs_materials(self) -> bool {
        !matches!(self, OrderType::Cancel)
    }
}

named! {
    /// 核验方式: which generation of evidence applies to the filing.
    EvidenceScheme {
        /// 核验单 and 幕布照 taken on site
        FormAndBackdrop => "form_and_backdrop",
        /// 核验单 uploaded, backdrop sent by mail
        MailedBackdrop => "mailed_backdrop",
        /// 电子化核验: live check, no form and no backdrop
        Electronic => "electronic",
    }
}

named! {
    /// What an attachment (材料) is.
    AttachmentKind {
        /// 主体证件, e.g. 营业执照
        EntityCertificate => "entity_certificate",
        /// 主体负责人证件 (人像面)
        EntityPrincipalIdFront => "epr_id_front",
        /// 主体负责人证件 (国徽面)
        EntityPrincipalIdBack => "epr_id_back",
        /// 网站负责人证件 (人像面)
        SitePrincipalIdFront => "spr_id_front",
        /// 网站负责人证件 (国徽面)
        SitePrincipalIdBack => "spr_id_back",
        /// 核验单
        VerificationForm => "verification_form",
        /// 核验照, backdrop photo (幕布照)
        BackdropPhoto => "backdrop_photo",
        /// 核验照, frame of the live check
        VideoFrame => "video_frame",
        /// 法定代表人授权书
        Authorisation => "authorisation",
        /// 承诺书 / 责任告知书
        Undertaking => "undertaking",
        /// 前置/专项审批文件
        Permit => "permit",
        /// 域名证书
        DomainCertificate => "domain_certificate",
        /// 居住证明
        ResidenceProof => "residence_proof",
        /// any other material
        Other => "other",
    }
}

named! {
    /// 服务类型
    ServiceType {
        /// 网站
        Website => "website",
        /// App
        App => "app",
        /// 小程序
        MiniProgram => "mini_program",
        /// 快应用
        QuickApp => "quick_app",
    }
}

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

/// The last day a document is valid, or 长期.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum ValidUntil {
    Day(Date),
    LongTerm,
}

impl ValidUntil {
    /// Whether the document is still valid on `day` (its last day counts).
    pub fn covers(self, day: Date) -> bool {
        match self {
            ValidUntil::Day(last) => day <= last,
            ValidUntil::LongTerm => true,
        }
    }
}

impl TryFrom<String> for ValidUntil {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        match text.as_str() {
            "长期" | "long-term" => Ok(ValidUntil::LongTerm),
            day => day
                .parse()
                .map(ValidUntil::Day)
                .map_err(|_| format!("`{text}` is neither a day (YYYY-MM-DD) nor 长期")),
        }
    }
}

impl From<ValidUntil> for String {
    fn from(value: ValidUntil) -> Self {
        value.to_string()
    }
}

impl std::fmt::Display for ValidUntil {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ValidUntil::Day(day) => write!(f, "{day}"),
            ValidUntil::LongTerm => f.write_str("长期"),
        }
    }
}

impl JsonSchema for ValidUntil {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ValidUntil".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "The last valid day, YYYY-MM-DD, or 长期.",
            "pattern": r"^(\d{4}-\d{2}-\d{2}|长期|long-term)$",
        })
    }
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

/// The fields read off a document by the source (a person or its OCR): evidence, not truth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Transcript {
    /// 主体证件
    Certificate(CertificateTranscript),
    /// A person's identity document, either side.
    Identity(IdentityTranscript),
    /// 核验单
    VerificationForm(VerificationForm),
}

/// What stands on the entity's certificate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CertificateTranscript {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal_representative: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<ValidUntil>,
}

/// What stands on a person's identity document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct IdentityTranscript {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub valid_from: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<ValidUntil>,
}

/// 核验单: the signed sheet's fields. Absent means "not transcribed", never "empty on the sheet".
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
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub date: Option<Date>,
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
            Some(Transcript::VerificationForm(form)) => Some(form),
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

//! What a person or a machine read off an attachment: evidence, to be compared with what was filed.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ValidUntil, VerificationForm};

/// The fields read off a document by the source (a person or its OCR): evidence, not truth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Transcript {
    /// 主体证件
    Certificate(CertificateTranscript),
    /// A person's identity document, either side.
    Identity(IdentityTranscript),
    /// 核验单
    VerificationForm(Box<VerificationForm>),
    /// 域名证书, or a screenshot of its real-name verification (实名认证)
    DomainCertificate(DomainCertificateTranscript),
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
/// What stands on a domain's certificate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DomainCertificateTranscript {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// 域名所有者
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// The holder's 证件号码; registrars print some of its characters as `*`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder_certificate_number: Option<String>,
    /// 域名注册商
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registrar: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub registered_on: Option<Date>,
    /// The last day on which it is registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub expires_on: Option<Date>,
}

//! A case: all that a check may look at. A check is a pure function of it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::evidence::{Gatherer, KeptEvidence, PageReading, Subject};
pub use super::file_format::FileFormat;
use super::filing::{AttachmentKind, Filing, Role, named};
use super::policy::GatherPolicy;
use super::prefixes::PrefixList;
use super::provinces::ProvinceRules;
use schemars::JsonSchema;

/// What is known of an attachment's file without showing it; read from its first bytes at import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentFacts {
    pub kind: AttachmentKind,
    /// Lower-case hex SHA-256 of the file.
    pub sha256: String,
    /// Size of the file in bytes.
    pub bytes: u64,
    pub format: FileFormat,
    /// Width and height in pixels as stored (before EXIF rotation); none for anything that is no picture.
    pub pixels: Option<(u32, u32)>,
}

named! {
    /// The key by which two filings are related (关联).
    RelationKind {
        /// 移动电话
        Mobile => "mobile",
        /// 电子邮箱
        Email => "email",
        /// 证件号码 of a principal
        PersonId => "person_id",
        /// the same picture file
        Picture => "picture",
        /// a picture that looks the same
        Look => "look",
    }
}

/// Another filing that shares a normalised key with this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    pub kind: RelationKind,
    /// The role in this filing; none for pictures.
    pub role: Option<RelationRole>,
    /// The other filing's key.
    pub filing: String,
    /// The other filing's entity, by normalised certificate number: equal numbers are siblings, not strangers.
    pub entity: String,
    /// Whether the person in the other filing has the same document number.
    pub same_person: bool,
}

named! {
    /// [`Role`] as it is written down.
    RelationRole {
        EntityPrincipal => "epr",
        SitePrincipal => "spr",
    }
}

impl From<Role> for RelationRole {
    fn from(role: Role) -> Self {
        match role {
            Role::EntityPrincipal => RelationRole::EntityPrincipal,
            Role::SitePrincipal => RelationRole::SitePrincipal,
        }
    }
}

/// The access provider (接入服务提供者) whose reviewers work here.
#[derive(Debug, Clone, Copy)]
pub struct Provider<'a> {
    /// As forms and seals name it; blank when it is not known.
    pub name: &'a str,
    pub prefixes: Prefixes<'a>,
}

/// What is known of the provider's own address ranges.
#[derive(Debug, Clone, Copy)]
pub enum Prefixes<'a> {
    /// The workspace has no list: nothing is said of filed ranges.
    NotGiven,
    /// There is one, and its file cannot be read.
    Unreadable,
    Listed {
        version: &'a str,
        list: &'a PrefixList,
    },
}

impl Provider<'_> {
    /// No name and no ranges.
    pub const UNKNOWN: Provider<'static> = Provider { name: "", prefixes: Prefixes::NotGiven };
}

/// What was learnt of the filing's subjects.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// By subject and gatherer, the newest first.
    pub evidence: &'a [KeptEvidence],
    /// What the word lists find in the texts of pages that the evidence names.
    pub readings: &'a [PageReading],
    pub rules: &'a GatherPolicy,
}

impl<'a> Known<'a> {
    /// Nothing was gathered, and nothing is asked for.
    pub const NOTHING: Known<'static> = Known { evidence: &[], readings: &[], rules: &GatherPolicy::NOTHING };

    /// What was observed of a subject, the newest first.
    pub fn observed(&self, gatherer: Gatherer, subject: &Subject) -> impl Iterator<Item = &'a KeptEvidence> {
        let of = move |kept: &&KeptEvidence| {
            kept.evidence.gatherer() == gatherer && kept.evidence.subject == *subject
        };
        self.evidence.iter().filter(of)
    }

    /// What was observed of a subject last.
    pub fn latest(&self, gatherer: Gatherer, subject: &Subject) -> Option<&'a KeptEvidence> {
        self.observed(gatherer, subject).next()
    }

    /// What the word lists find in a text.
    pub fn reading(&self, text_sha256: &str) -> Option<&'a PageReading> {
        self.readings.iter().find(|reading| reading.text_sha256 == text_sha256)
    }

    /// Whether a filing is not clean without such evidence.
    pub fn requires(&self, gatherer: Gatherer) -> bool {
        self.rules.requires(gatherer)
    }
}

/// Everything a check may look at.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    pub filing: &'a Filing,
    /// Facts of the attachments, in the filing's order.
    pub attachments: &'a [AttachmentFacts],
    pub relations: &'a [Relation],
    pub provinces: &'a ProvinceRules,
    pub provider: Provider<'a>,
    pub known: Known<'a>,
    /// The day of the judgement in the workspace's zone.
    pub day: Date,
}

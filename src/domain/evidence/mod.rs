//! Evidence (证据): what a gatherer, an imported record or a person saw of the world, dated and never changed.
//!
//! A piece of evidence speaks of a *subject* (a domain, a certificate number, a picture, a telephone number), never of a
//! filing, so that what three hundred filings share is looked up once. Which subjects a filing has is said in
//! [`wanted`]. Gathering is the `evidence` room's, keeping the store's, judging the checks'.

mod call;
mod dns;
mod face;
mod fault;
mod freshness;
mod page;
mod pixels;
mod reachable;
pub mod recheck;
mod registration;
mod registry;
mod resource;
mod subject;
mod text;
mod website;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use call::{Call, CallOutcome};
pub use dns::{Answer, DnsAnswers, HostAnswers};
pub use face::FaceComparison;
pub use fault::{Fault, FaultKind};
pub use freshness::Outcome;
pub use page::{PageReading, ShownCode, ShownOrganisation, WordHit, folded};
pub use pixels::{PictureTone, PixelFacts, PixelInspection};
pub use reachable::{Network, reachable};
pub use registration::{Holder, Registration, RegistrationAnswer, RegistrationResult, Stated};
pub use registry::{RegistryAnswer, RegistryRecord, RegistryResult, RegistryStatus};
pub use resource::{Resource, ResourceState};
pub use subject::{BadSubject, Subject, has_text, wanted};
pub use text::{ReadText, TextReading, Word};
pub use website::{
    CertificateFacts, Charset, FooterNumber, Form, FormKind, Hop, Page, Visit, VisitEnd, WebsiteVisits,
};

use super::filing::named;
use super::revision::sha256_hex;

named! {
    /// What kind of thing evidence tells of, and so who gathers it.
    Gatherer {
        /// 域名解析
        Dns => "dns",
        /// 域名注册信息: WHOIS or RDAP
        Registration => "registration",
        /// 网站
        Website => "website",
        /// 登记信息: the business registry
        Registry => "registry",
        /// 图片文字: text read in a picture
        Text => "text",
        /// 图片像素: what the pixels tell
        Pixels => "pixels",
        /// 人脸比对: an imported comparison score; heyan compares no faces
        Face => "face",
        /// 电话核实: how a call went
        Call => "call",
        /// 接入资源: whether the provider's own resource behind an address still runs
        Resource => "resource",
    }
}

impl Gatherer {
    /// Raised when what is gathered or how it is read changes: older evidence then counts as not fresh.
    pub const fn version(self) -> u16 {
        1
    }

    /// Whether a machine can gather it here; the others come from a person or with an import.
    pub const fn is_automatic(self) -> bool {
        !matches!(self, Gatherer::Face | Gatherer::Call | Gatherer::Resource)
    }

    /// Whether it comes over the network and may be another tomorrow. A picture's text and pixels stay what they are.
    pub const fn is_network(self) -> bool {
        matches!(self, Gatherer::Dns | Gatherer::Registration | Gatherer::Website | Gatherer::Registry)
    }
}

named! {
    /// By which means something was learnt.
    Means {
        /// a gatherer of heyan
        Machine => "machine",
        /// 人工查询: a person looked
        Person => "person",
        /// an extract or a record of another system
        Import => "import",
        /// 样例: made up for the demo
        Sample => "sample",
    }
}

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The version of the gatherer, as in [`Gatherer::version`].
    pub version: u16,
    pub subject: Subject,
    pub means: Means,
    /// Who was asked, so that it can be asked again: a server, a file with its line, a site.
    pub source: String,
    #[schemars(with = "String")]
    pub observed_at: Timestamp,
    /// Networks that the policy let the gatherer reach although they are not public (`gather.allow_networks`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed_networks: Vec<String>,
    pub observation: Observation,
}

/// What was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Observation {
    Dns(DnsAnswers),
    Registration(RegistrationAnswer),
    Website(WebsiteVisits),
    Registry(RegistryAnswer),
    Text(TextReading),
    Pixels(PixelInspection),
    Face(FaceComparison),
    Call(Call),
    Resource(Resource),
}

impl Observation {
    pub const fn gatherer(&self) -> Gatherer {
        match self {
            Observation::Dns(_) => Gatherer::Dns,
            Observation::Registration(_) => Gatherer::Registration,
            Observation::Website(_) => Gatherer::Website,
            Observation::Registry(_) => Gatherer::Registry,
            Observation::Text(_) => Gatherer::Text,
            Observation::Pixels(_) => Gatherer::Pixels,
            Observation::Face(_) => Gatherer::Face,
            Observation::Call(_) => Gatherer::Call,
            Observation::Resource(_) => Gatherer::Resource,
        }
    }
}

impl Evidence {
    pub const fn gatherer(&self) -> Gatherer {
        self.observation.gatherer()
    }

    /// The files of the workspace that it names, by SHA-256: page texts and screenshots.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        let pages = match &self.observation {
            Observation::Website(visits) => visits.pages.as_slice(),
            _ => &[],
        };
        pages
            .iter()
            .flat_map(|page| [&page.text_sha256, &page.screenshot_sha256])
            .flatten()
            .map(String::as_str)
    }

    /// The stored text and its name: lower-case hex SHA-256 of that text.
    pub fn sealed(&self) -> (String, String) {
        // Strings, numbers and lists only: serialising cannot fail, and an empty text would still have a stable name.
        let body = serde_json::to_string(self).unwrap_or_default();
        (sha256_hex(body.as_bytes()), body)
    }
}

/// Evidence as a workspace keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptEvidence {
    /// [`Evidence::sealed`]'s name; findings and decisions name it.
    pub id: String,
    pub evidence: Evidence,
}

/// Evidence on its way into a workspace, with the files that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathered {
    pub evidence: Evidence,
    /// Page text, screenshots: what the observation names by SHA-256.
    pub files: Vec<Vec<u8>>,
    /// Page readings made while the text was at hand.
    pub readings: Vec<PageReading>,
}

impl From<Evidence> for Gathered {
    fn from(evidence: Evidence) -> Self {
        Gathered { evidence, files: Vec::new(), readings: Vec::new() }
    }
}

/// A rectangle of a picture, in original pixels after EXIF rotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Region {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
}

/// The place in a piece of evidence that decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// A line of the answer's text, from 1.
    Line(u32),
    /// A word in a line (from 1) of a page's text, by SHA-256 of that text.
    Word { text_sha256: String, line: u32, word: String },
    /// A field of the record, by its name in the observation: `status`, `holder`…
    Field(String),
    /// A host of the resolution.
    Host(String),
    /// One visit of a site, from 0.
    Visit(u16),
    /// A place in the picture that the evidence is of.
    Region(Region),
}

/// Evidence that a filing wants, and what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Want {
    pub gatherer: Gatherer,
    pub subject: Subject,
    /// The newest that did not come from a person (before a fail: from anybody): when, and by which version.
    pub newest: Option<(Timestamp, u16)>,
}

//! The verification form (核验单) line by line against the filing: domain reference 2.3 and 10.8.
//!
//! The lines stand in the order of the paper: the sponsor's block, the four parts that the verifier ticks, the
//! signatures. Both the check and the paper form view read them, so that they cannot disagree. What a difference means
//! is the check's to say; what only an eye can tell is the reviewer's.

mod compare;

use super::declared::{Privacy, Transcribed, Value};
use super::filing::AttachmentKind;
use super::filing::{Filing, Site, VerificationForm, named};
use super::object::{Object, Place};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The parts of the sheet, from the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block {
    /// 网站主办者基本信息
    Sponsor,
    /// 主体信息核验内容
    Subject,
    /// 联系方式核验内容
    Contact,
    /// 网站信息核验内容
    Site,
    /// 接入信息核验内容
    Access,
    /// 网站备案信息核验承诺
    Promise,
}

impl Block {
    /// Message id of the heading.
    pub const fn heading(self) -> &'static str {
        match self {
            Block::Sponsor => "domain.form_sponsor",
            Block::Subject => "domain.form_subject",
            Block::Contact => "domain.form_contact",
            Block::Site => "domain.form_site",
            Block::Access => "domain.form_access",
            Block::Promise => "domain.form_promise",
        }
    }
}

named! {
    /// A field of the sheet; its label is `domain.field_<text>`.
    Field {
        Template => "template",
        TemplateProvince => "template_province",
        EntityName => "name",
        SiteName => "site_name",
        Domains => "domains",
        SitePrincipal => "site_principal",
        OrganisationTicked => "organisation_ticked",
        PersonTicked => "person_ticked",
        SubjectTicks => "subject_ticks",
        Mobile => "mobile",
        Landline => "landline",
        Email => "email",
        Address => "postal_address",
        ContactTicks => "contact_ticks",
        ServiceContents => "service_contents",
        PreApprovalTicked => "pre_approval_ticked",
        SiteTicks => "site_ticks",
        Provider => "provider",
        AccessModes => "access_modes",
        ServerLocations => "server_locations",
        IpRanges => "ip_ranges",
        AccessTicks => "access_ticks",
        VerifierSigned => "verifier_signed",
        Signer => "signer",
        Seal => "seal",
        Date => "date",
    }
}

impl Field {
    /// The part of the sheet in which it stands.
    pub const fn block(self) -> Block {
        use Field as F;
        match self {
            F::Template
            | F::TemplateProvince
            | F::EntityName
            | F::SiteName
            | F::Domains
            | F::SitePrincipal => Block::Sponsor,
            F::OrganisationTicked | F::PersonTicked | F::SubjectTicks => Block::Subject,
            F::Mobile | F::Landline | F::Email | F::Address | F::ContactTicks => Block::Contact,
            F::ServiceContents | F::PreApprovalTicked | F::SiteTicks => Block::Site,
            F::Provider | F::AccessModes | F::ServerLocations | F::IpRanges | F::AccessTicks => Block::Access,
            F::VerifierSigned | F::Signer | F::Seal | F::Date => Block::Promise,
        }
    }

    /// The words beside the ticked boxes of a part, as printed.
    pub const fn is_ticks(self) -> bool {
        use Field as F;
        matches!(self, F::SubjectTicks | F::ContactTicks | F::SiteTicks | F::AccessTicks)
    }

    /// Message id of the label.
    pub fn label(self) -> String {
        format!("domain.field_{}", self.text())
    }

    const fn object(self) -> Object {
        use Field as F;
        let place = match self {
            F::EntityName | F::Seal => Place::Name,
            F::SiteName => Place::SiteName,
            F::SitePrincipal | F::Signer => Place::SitePrincipalName,
            F::Mobile => Place::SitePrincipalMobile,
            F::Landline => Place::SitePrincipalLandline,
            F::Email => Place::SitePrincipalEmail,
            F::Address => Place::MailAddress,
            F::ServiceContents => Place::SiteServices,
            F::PreApprovalTicked => Place::PreApproval,
            F::Provider | F::AccessModes | F::ServerLocations | F::IpRanges => Place::Access,
            F::Template
            | F::TemplateProvince
            | F::Domains
            | F::OrganisationTicked
            | F::PersonTicked
            | F::SubjectTicks
            | F::ContactTicks
            | F::SiteTicks
            | F::AccessTicks
            | F::VerifierSigned
            | F::Date => return Object::attachment(AttachmentKind::VerificationForm),
        };
        Object::Place(place)
    }
}

/// What comparing a field came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Same,
    Differs,
    NotTranscribed,
    /// Neither the paper nor the filing has it, and neither must.
    NotOnForm,
    /// Only the paper has such a field.
    PaperOnly,
}

impl Verdict {
    /// The mark beside the line; never colour alone.
    pub const fn mark(self) -> char {
        match self {
            Verdict::Same => 'v',
            Verdict::Differs => 'x',
            Verdict::NotTranscribed => '?',
            Verdict::NotOnForm => '-',
            Verdict::PaperOnly => ' ',
        }
    }
}

/// One line of the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub field: Field,
    /// What stands on the paper; none: not transcribed; an empty text: empty on the paper.
    pub paper: Option<Value>,
    /// What was filed; none: the filing has no such field, or nothing in it.
    pub filed: Option<Value>,
    pub verdict: Verdict,
    pub privacy: Privacy,
    /// Where the filing has what this line repeats; the form itself where it has nothing like it.
    pub object: Object,
}

/// The sheet against the filing, every field once, in the order of the paper. Without a transcript the lines still say
/// what was filed, for the eye to compare with the scan.
pub fn lines(filing: &Filing, site: &Site, form: &VerificationForm) -> Vec<Line> {
    let line = |field: &Field| compare::line(*field, filing, site, form);
    Field::ALL.iter().map(line).collect()
}

/// Fields that a source is expected to transcribe, in the order in which a reviewer looks at them.
const EXPECTED: [Field; 10] = [
    Field::Signer,
    Field::Seal,
    Field::Domains,
    Field::SiteName,
    Field::EntityName,
    Field::OrganisationTicked,
    Field::PersonTicked,
    Field::PreApprovalTicked,
    Field::VerifierSigned,
    Field::Date,
];

/// The transcribed fields alone: the expected ones, then those of the others that are there.
pub(super) fn transcribed(filing: &Filing, form: &VerificationForm) -> Vec<Transcribed> {
    let others = Field::ALL.iter().filter(|field| !EXPECTED.contains(field));
    let of = |field: &Field| {
        let privacy = privacy(*field, filing);
        Transcribed { label: field.label(), value: compare::paper(*field, form), privacy }
    };
    let others = others.map(of).filter(|field| field.value.is_some());
    EXPECTED.iter().map(of).chain(others).collect()
}

/// As private as what it repeats.
fn privacy(field: Field, filing: &Filing) -> Privacy {
    Privacy::of(&field.object(), filing.is_individual())
}

#[cfg(test)]
mod tests;

//! The case as rows: the declared facts, section by section, each with the findings that speak of it.

use super::case_view::is_contact;
use crate::domain::case::AttachmentFacts;
use crate::domain::declared::{self, Declared, Privacy, Value};
use crate::domain::filing::Filing;
use crate::domain::finding::{EvidenceRef, Finding, Section, Status, Tally};
use crate::domain::mask;
use crate::domain::materials;
use crate::domain::message::{self, Lang, Message};
use crate::domain::object::{Object, Place};

/// A declared fact on the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub object: Object,
    /// Message id of the label.
    pub label: String,
    pub value: Value,
    pub privacy: Privacy,
    /// Findings about the object speak of this row.
    pub main: bool,
    /// The worst status of its findings; none when no check speaks of it.
    pub status: Option<Status>,
}

impl Fact {
    /// What stands on the screen; `revealed` lifts the mask for a moment.
    pub fn shown(&self, lang: Lang, revealed: bool) -> String {
        let text = self.value.text(lang);
        if revealed { text } else { self.privacy.on_desk(&text) }
    }

    /// Whether something of it waits for the reveal key.
    pub fn is_masked(&self) -> bool {
        // Only outside text is ever masked, and that is the same in every language.
        self.shown(Lang::Zh, false) != self.shown(Lang::Zh, true)
    }
}

/// One row of the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A heading with what the checks say of the whole section.
    Section(Section, Tally),
    Fact(Fact),
    /// A finding that is worth a row, by its place in the list of findings.
    Finding(usize),
}

/// All rows of a case, in the order of the desk.
pub fn rows(filing: &Filing, attachments: &[AttachmentFacts], findings: &[Finding]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut told = vec![false; findings.len()];
    let mut declared = on_desk(filing, attachments);
    for section in Section::ALL {
        let here = |at: &usize| findings[*at].section == *section;
        let mut body = Vec::new();
        let later = declared.split_off(declared.partition_point(|(at, _)| at <= section));
        for (_, mut fact) in std::mem::replace(&mut declared, later) {
            let speak = |at: &usize| fact.main && here(at) && findings[*at].object == fact.object;
            let about: Vec<usize> = (0..findings.len()).filter(speak).collect();
            fact.status = about.iter().map(|at| findings[*at].status).max_by_key(|status| status.severity());
            body.push(Row::Fact(fact));
            // A finding about a value that stands in several rows is told once, below the first.
            for at in about.into_iter().filter(|at| !std::mem::replace(&mut told[*at], true)) {
                body.extend(worth_a_row(&findings[at]).then_some(Row::Finding(at)));
            }
        }
        for at in (0..findings.len()).filter(here).filter(|at| !std::mem::replace(&mut told[*at], true)) {
            body.extend(worth_a_row(&findings[at]).then_some(Row::Finding(at)));
        }
        if !body.is_empty() {
            let tally = Tally::of_each(findings.iter().filter(|finding| finding.section == *section));
            rows.push(Row::Section(*section, tally));
            rows.append(&mut body);
        }
    }
    rows
}

/// Whether a finding stands beside its fact unasked: whatever is no plain pass, and a pass that cites a rule of the
/// province, because it tells the eye where to look.
fn worth_a_row(finding: &Finding) -> bool {
    finding.status != Status::Pass
        || finding.evidence.iter().any(|evidence| matches!(evidence, EvidenceRef::Rule(_)))
}

/// The declared facts as the desk shows them, by section: materials with what is known of the files, required ones
/// that are absent, and a site principal who is the entity principal in one row.
fn on_desk(filing: &Filing, attachments: &[AttachmentFacts]) -> Vec<(Section, Fact)> {
    let same = same_in_every_field(filing);
    let mut files = attachments.iter();
    let mut facts: Vec<(Section, Fact)> = declared::declared(filing)
        .into_iter()
        .filter(|row| !(same && row.section == Section::SitePrincipal))
        .map(|row| {
            let Declared { section, object, label, value, privacy, main } = row;
            let value = if section == Section::Material { file_words(files.next()) } else { value };
            (section, Fact { object, label, value, privacy, main, status: None })
        })
        .collect();
    let mut add = |section: Section, object: Object, label: String, words: &str| {
        let value = Value::Words(Message::new(words));
        let at = facts.partition_point(|(before, _)| *before <= section);
        let fact = Fact { object, label, value, privacy: Privacy::Public, main: true, status: None };
        facts.insert(at, (section, fact));
    };
    if same {
        let place = Place::SitePrincipal;
        add(Section::SitePrincipal, place.into(), declared::place_label(place), "desk.same_person");
    }
    for kind in materials::required(filing) {
        if filing.attachments_of(kind).next().is_none() {
            let label = format!("domain.short_{}", kind.text());
            let absent =
                if filing.attachments_elsewhere { "desk.material_elsewhere" } else { "desk.material_absent" };
            add(Section::Material, Object::attachment(kind), label, absent);
        }
    }
    facts
}

/// Whether the two principals are the same person and nothing that was declared of them differs. (With the same
/// document and another name, both must be seen.)
fn same_in_every_field(filing: &Filing) -> bool {
    let Some(site) = filing.site.as_ref().filter(|_| filing.same_principal()) else { return false };
    let (entity, site) = (&filing.entity.principal, &site.principal);
    entity.name == site.name
        && entity.valid_from == site.valid_from
        && entity.valid_until == site.valid_until
        && entity.remark == site.remark
}

fn file_words(facts: Option<&AttachmentFacts>) -> Value {
    let words = match facts {
        Some(AttachmentFacts { format, pixels: Some((width, height)), bytes, .. }) => {
            Message::new("desk.file_picture")
                .with("format", format.text().to_uppercase())
                .with("width", width)
                .with("height", height)
                .with("kib", bytes.div_ceil(1024))
        }
        Some(AttachmentFacts { format, bytes, .. }) => Message::new("desk.file_other")
            .with("format", format.text().to_uppercase())
            .with("kib", bytes.div_ceil(1024)),
        None => Message::new("desk.material_absent"),
    };
    Value::Words(words)
}

/// What a finding says; values of contacts in it are masked until they are revealed.
pub fn said(finding: &Finding, revealed: bool) -> Message {
    let mut message = finding.message.clone();
    if is_contact(&finding.object) && !revealed {
        for value in message.args.values_mut() {
            if let Some(masked) = masked_contact(value) {
                *value = masked;
            }
        }
    }
    message
}

/// Masks what looks like a telephone number or an e-mail address.
pub fn masked_contact(value: &str) -> Option<String> {
    if value.contains('@') && !value.starts_with('@') {
        return Some(mask::email(value));
    }
    let digits = value.chars().filter(char::is_ascii_digit).count();
    (digits >= 7 && digits * 2 > value.chars().count()).then(|| mask::phone(value))
}

/// The label of an object, where no fact gives it.
pub fn object_label(object: &Object, lang: Lang) -> String {
    match object {
        Object::Place(place) => message::text(lang, &declared::place_label(*place)).to_owned(),
        Object::Domain(domain) => domain.clone(),
        Object::Attachment { kind, nth } => {
            let name = message::text(lang, &format!("domain.attachment_{}", kind.text())).to_owned();
            if *nth > 1 { format!("{name} {nth}") } else { name }
        }
    }
}

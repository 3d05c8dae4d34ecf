//! What stands above every piece of evidence: of what, from whom, when; and the kinds that are a line or two.

use jiff::Timestamp;

use super::{Emphasis, Line, Page, Place, Reader, Sheet, Span};
use crate::domain::evidence::{Call, CallOutcome, Gatherer, KeptEvidence, Resource, ResourceState, Subject};
use crate::domain::filing::Filing;
use crate::domain::mask;
use crate::domain::message::{self, Lang, Message};
use crate::domain::safe::safe;
use crate::domain::{declared, domain_name, relations};

pub(super) fn write(page: &mut Page<'_>, kept: &KeptEvidence) {
    let evidence = &kept.evidence;
    let kind = page.words(gatherer_id(evidence.gatherer()));
    let clear = page.reader.place == Place::Revealed;
    let subject = subject_text(&evidence.subject, page.reader.filing, clear, page.reader.lang);
    page.push(
        "",
        vec![
            Span::new(format!("{kind} "), Emphasis::Heading),
            Span::new(safe(&subject).into_string(), Emphasis::Plain),
        ],
        false,
    );
    let said = Message::new("desk.ev_seen")
        .with("time", page.time(evidence.observed_at))
        .with("age", age(page.reader, evidence.observed_at))
        .with("means", format!("@desk.ev_means_{}", evidence.means))
        .with("source", &evidence.source);
    page.sentence(&said, Emphasis::Quiet, false);
    if !evidence.allowed_networks.is_empty() {
        let allowed = Message::new("desk.ev_allowed").with("networks", evidence.allowed_networks.join(" "));
        page.sentence(&allowed, Emphasis::Doubt, false);
    }
}

const fn gatherer_id(gatherer: Gatherer) -> &'static str {
    match gatherer {
        Gatherer::Dns => "desk.ev_kind_dns",
        Gatherer::Registration => "desk.ev_kind_registration",
        Gatherer::Website => "desk.ev_kind_website",
        Gatherer::Registry => "desk.ev_kind_registry",
        Gatherer::Text => "desk.ev_kind_text",
        Gatherer::Pixels => "desk.ev_kind_pixels",
        Gatherer::Face => "desk.ev_kind_face",
        Gatherer::Call => "desk.ev_kind_call",
        Gatherer::Resource => "desk.ev_kind_resource",
    }
}

/// What evidence is of, as a person reads it: a picture by its name in the filing, a telephone number masked unless it
/// is revealed.
pub fn subject_text(subject: &Subject, filing: &Filing, clear: bool, lang: Lang) -> String {
    match subject {
        Subject::Domain(domain) => domain_name::unicode(domain),
        Subject::Number(value) | Subject::Name(value) => value.clone(),
        Subject::Address(address) => address.to_string(),
        Subject::Phone(digits) if clear => digits.clone(),
        Subject::Phone(digits) => {
            let whose = filing.principals().find(|(_, person)| {
                [Some(&person.mobile), person.landline.as_ref(), person.emergency.as_ref()]
                    .into_iter()
                    .flatten()
                    .any(|number| relations::mobile(number) == *digits)
            });
            let whose = whose.map_or("", |(role, _)| {
                let place = crate::domain::object::PersonPlaces::of(role).person;
                message::text(lang, &declared::place_label(place))
            });
            format!("{whose} {}", mask::phone(digits)).trim_start().to_owned()
        }
        Subject::Attachment(sha256) => {
            let named = filing.attachments.iter().find(|file| file.sha256.as_deref() == Some(sha256));
            let name = named.map(|file| message::text(lang, &format!("domain.attachment_{}", file.kind)));
            name.map_or_else(|| sha256.chars().take(8).collect(), str::to_owned)
        }
    }
}

/// How long ago it was seen.
fn age(reader: &Reader<'_>, at: Timestamp) -> String {
    let minutes = reader.now.duration_since(at).as_mins().max(0);
    let (count, id) = match minutes {
        0..=119 => (minutes, "desk.ev_minutes_ago"),
        120..=2_879 => (minutes / 60, "desk.ev_hours_ago"),
        _ => (minutes / 1_440, "desk.ev_days_ago"),
    };
    Message::new(id).with("count", count).text(reader.lang)
}

/// The line that decides; the first that says anything where none is marked.
pub fn decisive(sheet: Sheet) -> Option<Line> {
    let marked = sheet.body.iter().position(|line| line.marked);
    let first = || sheet.body.iter().position(|line| !line.spans.is_empty());
    marked.or_else(first).and_then(|at| sheet.body.into_iter().nth(at))
}

pub(super) fn call(page: &mut Page<'_>, call: Call) {
    let said = Message::new(call_id(call.outcome));
    page.sentence(&said, Emphasis::Decisive, true);
    page.sentence(&Message::new("desk.ev_ask_call"), Emphasis::Quiet, false);
}

/// How a call went, as a message id.
pub const fn call_id(outcome: CallOutcome) -> &'static str {
    match outcome {
        CallOutcome::Person => "desk.ev_call_person",
        CallOutcome::Colleague => "desk.ev_call_colleague",
        CallOutcome::NotOwner => "desk.ev_call_not_owner",
        CallOutcome::NoAnswer => "desk.ev_call_no_answer",
        CallOutcome::Invalid => "desk.ev_call_invalid",
        CallOutcome::Unaware => "desk.ev_call_unaware",
    }
}

pub(super) fn resource(page: &mut Page<'_>, resource: &Resource) {
    let id = match resource.state {
        ResourceState::Running => "desk.ev_resource_running",
        ResourceState::Expired => "desk.ev_resource_expired",
        ResourceState::Released => "desk.ev_resource_released",
    };
    page.sentence(&Message::new(id), Emphasis::Decisive, true);
    if let Some(day) = resource.expires_on {
        page.field("desk.ev_expires_on", "expires_on", &day.to_string());
    }
    page.sentence(&Message::new("desk.ev_ask_resource"), Emphasis::Quiet, false);
}

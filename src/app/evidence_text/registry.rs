//! The record of the business registry, against what was filed.

use super::{Emphasis, Page, Place, Span, compared};
use crate::domain::declared::Privacy;
use crate::domain::evidence::{RegistryAnswer, RegistryRecord, RegistryResult, RegistryStatus};
use crate::domain::message::Message;
use crate::domain::object::Place as Field;
use crate::domain::safe::safe;

pub(super) fn write(page: &mut Page<'_>, answer: &RegistryAnswer) {
    match &answer.result {
        RegistryResult::Found(record) => self::record(page, record),
        RegistryResult::NotFound => {
            page.sentence(&Message::new("desk.ev_not_found"), Emphasis::Decisive, true);
        }
        RegistryResult::NoAnswer(fault) => page.fault(fault),
    }
}

fn record(page: &mut Page<'_>, record: &RegistryRecord) {
    let filing = page.reader.filing;
    let entity = &filing.entity;
    let status = format!("{} {}", page.words(status_id(record.status)), safe(&record.status_text));
    let marked = page.marks_field("status");
    let emphasis = match record.status {
        RegistryStatus::Active if !marked => Emphasis::Good,
        RegistryStatus::Active => Emphasis::Plain,
        _ => Emphasis::Decisive,
    };
    let label = page.words("desk.ev_status");
    page.push(label, vec![Span::new(status.trim_end(), emphasis)], marked);
    let representative = entity.legal_representative.as_ref().map(|person| person.name.as_str());
    for (label, name, value, filed, privacy) in [
        ("domain.fact_name", "name", &record.name, Some(entity.name.as_str()), Privacy::Public),
        (
            "domain.fact_number",
            "number",
            &record.number,
            Some(entity.certificate_number.as_str()),
            Privacy::Public,
        ),
        (
            "domain.fact_address",
            "address",
            &record.address,
            Some(entity.certificate_address.as_str()),
            Privacy::of(&Field::Address.into(), filing.is_individual()),
        ),
        (
            "domain.fact_legal_representative",
            "legal_representative",
            &record.legal_representative,
            representative.or(Some(entity.principal.name.as_str())),
            Privacy::Person,
        ),
    ] {
        if !value.is_empty() {
            against_filed(page, label, name, value, filed, privacy);
        }
    }
    let until = record.valid_until.map(|until| until.to_string()).unwrap_or_default();
    let as_of = record.as_of.map(|day| day.to_string()).unwrap_or_default();
    for (label, name, value) in [
        ("desk.ev_valid_until", "valid_until", until),
        ("desk.ev_former_names", "former_names", record.former_names.join("; ")),
        ("desk.ev_former_numbers", "former_numbers", record.former_numbers.join(" ")),
        ("desk.ev_as_of", "as_of", as_of),
    ] {
        if !value.is_empty() {
            page.field(label, name, &value);
        }
    }
}

/// The registry's value with what differs in brackets, and the filed one below it where they differ.
fn against_filed(
    page: &mut Page<'_>,
    label: &str,
    name: &str,
    value: &str,
    filed: Option<&str>,
    privacy: Privacy,
) {
    let marked = page.marks_field(name);
    let shown = safe(&page.private(privacy, value)).into_string();
    let filed = filed.map(|filed| safe(&page.private(privacy, filed)).into_string());
    // Masks hide what differs: nothing is pointed at then.
    let clear = page.reader.place != Place::Elsewhere || privacy == Privacy::Public;
    let spans = match &filed {
        Some(filed) if clear => compared(&shown, filed),
        _ => vec![Span::new(shown.clone(), Emphasis::Plain)],
    };
    let label = page.words(label);
    page.push(label, spans, marked);
    if let Some(filed) = filed.filter(|filed| *filed != shown) {
        let spans = if clear { compared(&filed, &shown) } else { vec![Span::new(filed, Emphasis::Plain)] };
        let label = page.words("desk.ev_filed");
        page.push(label, spans, false);
    }
}

/// A status in words, as a message id.
pub const fn status_id(status: RegistryStatus) -> &'static str {
    match status {
        RegistryStatus::Active => "desk.ev_registry_active",
        RegistryStatus::Deregistered => "desk.ev_registry_deregistered",
        RegistryStatus::Revoked => "desk.ev_registry_revoked",
        RegistryStatus::Abnormal => "desk.ev_registry_abnormal",
        RegistryStatus::Suspended => "desk.ev_registry_suspended",
        RegistryStatus::Liquidating => "desk.ev_registry_liquidating",
        RegistryStatus::MovedOut => "desk.ev_registry_moved_out",
        RegistryStatus::Annulled => "desk.ev_registry_annulled",
        RegistryStatus::Other => "desk.ev_registry_other",
    }
}

//! The `--json` rows: one object a line, each with the string `filing`. Fields may be added, none changes.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::output::JSON_VERSION;
use super::redact::Redactor;
use crate::domain::decision::{Conclusion, Decision};
use crate::domain::finding::{EvidenceRef, Finding, Tally};
use crate::domain::message::Lang;
use crate::domain::object::{Object, ReasonUse};
use crate::domain::workspace::{CaseFile, QueueRow};
use crate::export::mask_free_text;

/// A line of the queue.
#[derive(Serialize)]
pub struct Queued<'a> {
    v: u32,
    filing: &'a str,
    source: &'a str,
    entity: &'a str,
    order_type: &'static str,
    province: &'a str,
    due_at: Option<Timestamp>,
    state: &'static str,
    hold_until: Option<Timestamp>,
    tally: Option<Tally>,
    clean: bool,
    claimed_by: Option<&'a str>,
    revision: &'a str,
    cursor: String,
    lane: &'static str,
    found: Option<FoundIn<'a>>,
}

/// Where a search found its text.
#[derive(Serialize)]
struct FoundIn<'a> {
    field: &'static str,
    value: &'a str,
}

impl<'a> Queued<'a> {
    pub fn new(row: &'a QueueRow) -> Self {
        Queued {
            v: JSON_VERSION,
            filing: &row.key,
            source: &row.source,
            entity: &row.entity,
            order_type: row.order_type.text(),
            province: &row.province,
            due_at: row.due_at,
            state: row.state.text(),
            hold_until: row.hold_until,
            tally: row.tally,
            clean: row.clean,
            claimed_by: row.claimed_by.as_deref(),
            revision: &row.revision,
            cursor: row.cursor.to_string(),
            lane: row.lane.text(),
            found: row.found.as_ref().map(|found| FoundIn { field: found.field.text(), value: &found.value }),
        }
    }
}

/// A finding, its values masked.
#[derive(Serialize)]
pub struct Found<'a> {
    check: &'a str,
    version: u16,
    status: &'static str,
    section: &'static str,
    object: &'a Object,
    message_id: &'a str,
    message: String,
    observed: Option<String>,
    expected: Option<String>,
    proposes: &'a [ReasonUse],
    evidence: &'a [EvidenceRef],
}

impl<'a> Found<'a> {
    pub fn all(findings: &'a [Finding], redactor: &Redactor, lang: Lang) -> Vec<Self> {
        let value = |finding: &Finding, raw: &Option<String>| {
            raw.as_ref().map(|raw| redactor.value(&finding.object, raw))
        };
        findings
            .iter()
            .map(|finding| Found {
                check: &finding.check,
                version: finding.version,
                status: finding.status.text(),
                section: finding.section.text(),
                object: &finding.object,
                message_id: &finding.message.id,
                message: redactor.text(&finding.message.text(lang)),
                observed: value(finding, &finding.observed),
                expected: value(finding, &finding.expected),
                proposes: &finding.proposes,
                evidence: &finding.evidence,
            })
            .collect()
    }
}

/// What the checks say of one filing: a row of `check`.
#[derive(Serialize)]
pub struct Judged<'a> {
    pub v: u32,
    pub filing: &'a str,
    pub source: &'a str,
    pub revision: &'a str,
    pub clean: bool,
    pub findings: Vec<Found<'a>>,
}

impl<'a> Judged<'a> {
    pub fn new(case: &'a CaseFile, findings: &'a [Finding], lang: Lang) -> Self {
        Judged {
            v: JSON_VERSION,
            filing: &case.filing.key,
            source: &case.filing.source,
            revision: &case.revision,
            clean: Tally::of(findings).clean(),
            findings: Found::all(findings, &Redactor::new(&case.filing), lang),
        }
    }
}

/// A decision as commands acknowledge it and `show` repeats it.
#[derive(Serialize)]
pub struct Decided<'a> {
    seq: i64,
    at: Timestamp,
    day: String,
    reviewer: &'a str,
    second_reviewer: Option<&'a str>,
    verdict: &'static str,
    grade: Option<&'static str>,
    hold: Option<&'static str>,
    hold_until: Option<Timestamp>,
    reasons: &'a [ReasonUse],
    opinion: String,
    revision: &'a str,
    state: &'static str,
}

impl<'a> Decided<'a> {
    pub fn new(decision: &'a Decision) -> Self {
        let (grade, hold, hold_until) = match &decision.conclusion {
            Conclusion::Fail { grade, .. } => (Some(grade.text()), None, None),
            Conclusion::Hold { hold, until } => (None, Some(hold.text()), *until),
            Conclusion::Pass | Conclusion::Escalate => (None, None, None),
        };
        Decided {
            seq: decision.seq,
            at: decision.at,
            day: decision.day.to_string(),
            reviewer: &decision.reviewer,
            second_reviewer: decision.second_reviewer.as_deref(),
            verdict: decision.conclusion.verdict().text(),
            grade,
            hold,
            hold_until,
            reasons: decision.conclusion.reasons(),
            opinion: mask_free_text(&decision.opinion).into_owned(),
            revision: &decision.revision,
            state: decision.state.text(),
        }
    }
}

/// An acknowledgement: `filing` and what was done to it.
pub fn acknowledged(filing: &str, fields: Value) -> Value {
    let mut row = serde_json::json!({ "v": JSON_VERSION, "filing": filing });
    if let (Value::Object(row), Value::Object(fields)) = (&mut row, fields) {
        row.extend(fields);
    }
    row
}

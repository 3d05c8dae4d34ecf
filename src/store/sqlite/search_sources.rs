//! Where the candidates of a filter come from: the index of grams, and marks.

use rusqlite::types::Value;

use super::search_index::{LANE, ORDER, PROVINCE};
use super::search_marks::{DECIDED, PROPOSED, WAITS};
use crate::domain::decision::HoldKind;
use crate::domain::search::{Filter, FindingFilter, Lane, Wanted, class_gram};

/// Rows of `filing_mark`: their kinds as SQL, and their value.
pub(super) struct Marks<'a> {
    pub kinds: String,
    pub value: &'a str,
}

impl<'a> Marks<'a> {
    pub fn finding(finding: &'a FindingFilter) -> Self {
        let one = finding.status.as_ref().map(std::slice::from_ref);
        let statuses = one.unwrap_or(&FindingFilter::STATUSES);
        let kinds: Vec<String> = statuses.iter().map(|status| format!("'{}'", status.text())).collect();
        Marks { kinds: kinds.join(", "), value: &finding.check }
    }

    pub fn reason(code: &'a str) -> Self {
        Marks { kinds: format!("'{PROPOSED}', '{DECIDED}'"), value: code }
    }

    fn hold(hold: HoldKind) -> Marks<'static> {
        Marks { kinds: format!("'{WAITS}'"), value: hold.text() }
    }

    /// All that a filing must have one of each of.
    pub fn of(filter: &'a Filter) -> impl Iterator<Item = Marks<'a>> {
        let findings = filter.finding.iter().map(Marks::finding);
        let reasons = filter.reason.iter().map(|code| Marks::reason(code));
        findings.chain(reasons).chain(filter.hold.map(Marks::hold))
    }
}

/// A statement that answers the rows (`id`) of filings, among them all that fit the filter.
pub(super) struct Source {
    pub sql: String,
    pub values: Vec<Value>,
}

pub(super) fn sources(filter: &Filter) -> Vec<Source> {
    let mut sources: Vec<Source> = Marks::of(filter)
        .map(|marks| Source {
            sql: format!(
                "SELECT DISTINCT filing_id AS id FROM filing_mark WHERE kind IN ({}) AND value = ?",
                marks.kinds
            ),
            values: vec![marks.value.to_owned().into()],
        })
        .collect();
    let grams = expression(filter);
    if !grams.is_empty() {
        let sql = "SELECT rowid AS id FROM search_gram WHERE search_gram MATCH ?".to_owned();
        sources.push(Source { sql, values: vec![grams.into()] });
    }
    sources
}

/// What the index of grams is asked for a filter; empty when it has no answer.
fn expression(filter: &Filter) -> String {
    let mut all = Vec::new();
    if let Some(query) = &filter.text {
        let grams: Vec<String> = query.wanted_grams().iter().map(term).collect();
        let grams = grams.join(" AND ");
        all.push(match query.phone_gram() {
            Some(phone) => format!("(({grams}) OR {})", quoted(&phone)),
            None => format!("({grams})"),
        });
    }
    let order_type = filter.order_type.map(|order_type| class_gram(ORDER, order_type.text()));
    let province = filter.province.as_ref().map(|province| class_gram(PROVINCE, province));
    let lane = filter.lane.filter(|lane| *lane != Lane::Due).map(|lane| class_gram(LANE, lane.text()));
    all.extend([order_type, province, lane].into_iter().flatten().map(|gram| quoted(&gram)));
    all.join(" AND ")
}

fn term(wanted: &Wanted) -> String {
    match wanted {
        Wanted::Whole(gram) => quoted(gram),
        Wanted::Prefix(start) => format!("{} *", quoted(start)),
    }
}

fn quoted(gram: &str) -> String {
    format!("\"{}\"", gram.replace('"', "\"\""))
}

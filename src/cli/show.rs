//! `heyan show`: the declared facts of a filing with what the checks found, masked.

mod evidence;
mod pictures;

use clap::Args;
use jiff::tz::TimeZone;
use serde::Serialize;

use self::evidence::{PieceRow, Told};
use self::pictures::PictureRow;
use super::error::{CliError, Exit};
use super::facts::{Fact, facts};
use super::output::{JSON_VERSION, Output};
use super::redact::Redactor;
use super::rows::{Decided, Found};
use super::session::{Session, clock, day, now, zone};
use crate::domain::decision::Decision;
use crate::domain::finding::{Finding, Section, Status};
use crate::domain::message::Message;
use crate::domain::safe::safe;
use crate::domain::workspace::CaseFile;
use crate::export::mask_free_text;
use crate::runtime::judge::Judge;
use crate::store::ReadStore;

#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(value_name = "FILING")]
    filing: String,
    #[arg(long)]
    evidence: bool,
    #[arg(long)]
    pictures: bool,
}

pub fn run(session: &mut Session, arguments: &Arguments) -> Result<Exit, CliError> {
    let reader = session.reader()?;
    let now = now();
    let case = reader.case(&arguments.filing, now)?;
    let zone = zone(&reader)?;
    let findings = Judge::default().findings(&reader, &case, day(now, &zone))?;
    let redactor = Redactor::new(&case.filing);
    let told = Told { store: &reader, case: &case, redactor: &redactor, zone: &zone, now };
    let out = &mut session.out;
    if out.json {
        out.row(&Shown {
            v: JSON_VERSION,
            filing: &case.filing.key,
            source: &case.filing.source,
            revision: &case.revision,
            state: case.state.text(),
            order_type: case.filing.order_type.text(),
            evidence_scheme: case.filing.evidence_scheme.text(),
            province: &case.filing.province,
            due_at: case.filing.due_at,
            claimed_by: case.claimed_by.as_deref(),
            facts: facts(&case.filing, &redactor, out.lang),
            attachments: &case.attachments,
            findings: Found::all(&findings, &redactor, out.lang),
            evidence: told.rows(out),
            pictures: pictures::rows(&told, &findings, out.lang),
            decision: case.current.as_ref().map(Decided::new),
            previous_decision: case.previous.as_ref().map(Decided::new),
        })?;
        return Ok(Exit::Done);
    }
    heading(out, &case, &zone)?;
    let facts = facts(&case.filing, &redactor, out.lang);
    for section in Section::ALL {
        show_section(out, *section, &facts, &findings, &told)?;
    }
    if arguments.evidence {
        told.whole(out)?;
    }
    if arguments.pictures {
        pictures::whole(&told, &findings, out)?;
    }
    for (id, decision) in [("cli.show_current", &case.current), ("cli.show_previous", &case.previous)] {
        if let Some(decision) = decision {
            show_decision(out, id, decision, &zone)?;
        }
    }
    Ok(Exit::Done)
}

#[derive(Serialize)]
struct Shown<'a> {
    v: u32,
    filing: &'a str,
    source: &'a str,
    revision: &'a str,
    state: &'static str,
    order_type: &'static str,
    evidence_scheme: &'static str,
    province: &'a str,
    due_at: Option<jiff::Timestamp>,
    claimed_by: Option<&'a str>,
    facts: Vec<Fact>,
    attachments: &'a [crate::domain::case::AttachmentFacts],
    findings: Vec<Found<'a>>,
    evidence: Vec<PieceRow<'a>>,
    pictures: Vec<PictureRow>,
    decision: Option<Decided<'a>>,
    previous_decision: Option<Decided<'a>>,
}

fn heading(out: &mut Output, case: &CaseFile, zone: &TimeZone) -> Result<(), CliError> {
    let filing = &case.filing;
    out.say(
        &Message::new("cli.show_heading")
            .with("filing", safe(&filing.key))
            .with("source", safe(&filing.source))
            .with("order", format!("@cli.order_{}", filing.order_type))
            .with("scheme", format!("@cli.scheme_{}", filing.evidence_scheme))
            .with("state", format!("@cli.state_{}", case.state)),
    )?;
    let due = filing.due_at.map_or_else(|| "-".to_owned(), |due| clock(due, zone));
    out.say(&Message::new("cli.show_revision").with("revision", &case.revision).with("due", due))?;
    if let Some(by) = &case.claimed_by {
        out.say(&Message::new("cli.show_claimed").with("by", safe(by)))?;
    }
    Ok(())
}

fn show_section(
    out: &mut Output,
    section: Section,
    facts: &[Fact],
    findings: &[Finding],
    told: &Told<'_, impl ReadStore>,
) -> Result<(), CliError> {
    let facts: Vec<&Fact> = facts.iter().filter(|fact| fact.section == section).collect();
    let findings: Vec<&Finding> = findings.iter().filter(|finding| finding.section == section).collect();
    if facts.is_empty() && findings.is_empty() {
        return Ok(());
    }
    out.line("")?;
    let title = out.text(&format!("cli.section_{section}"));
    out.line(&format!("[{title}]"))?;
    let rows: Vec<Vec<String>> =
        facts.iter().map(|fact| vec![format!("    {}", fact.label), fact.value.clone()]).collect();
    out.table(&rows)?;
    let mut findings = findings;
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.status.severity()));
    for finding in findings {
        show_finding(out, finding, told)?;
    }
    Ok(())
}

fn show_finding(
    out: &mut Output,
    finding: &Finding,
    told: &Told<'_, impl ReadStore>,
) -> Result<(), CliError> {
    let redactor = told.redactor;
    let line = format!("  {} {}", out.mark(finding.status), redactor.text(&finding.message.text(out.lang)));
    out.line(&line)?;
    if finding.status == Status::Pass {
        return Ok(());
    }
    for (id, value) in [("cli.show_observed", &finding.observed), ("cli.show_expected", &finding.expected)] {
        if let Some(value) = value {
            let line = Message::new(id).with("value", redactor.value(&finding.object, value)).text(out.lang);
            out.line(&format!("      {line}"))?;
        }
    }
    if !finding.proposes.is_empty() {
        let reasons: Vec<String> = finding.proposes.iter().map(ToString::to_string).collect();
        let line = Message::new("cli.show_proposes").with("reasons", safe(&reasons.join(" "))).text(out.lang);
        out.line(&format!("      {line}"))?;
    }
    told.of_finding(out, finding)
}

fn show_decision(out: &mut Output, id: &str, decision: &Decision, zone: &TimeZone) -> Result<(), CliError> {
    out.line("")?;
    out.say(
        &Message::new(id)
            .with("verdict", format!("@cli.verdict_{}", decision.conclusion.verdict()))
            .with("decision", format!("@cli.decision_{}", decision.state))
            .with("by", safe(&decision.reviewer))
            .with("at", clock(decision.at, zone)),
    )?;
    let reasons: Vec<String> = decision.conclusion.reasons().iter().map(ToString::to_string).collect();
    for text in [reasons.join(" "), mask_free_text(&decision.opinion).into_owned()] {
        if !text.is_empty() {
            out.line(&format!("    {}", safe(&text)))?;
        }
    }
    Ok(())
}

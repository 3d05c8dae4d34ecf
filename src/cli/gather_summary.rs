//! What a gathering came to, for a person and for a program.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::error::CliError;
use super::output::{JSON_VERSION, Output};
use crate::domain::evidence::{FaultKind, Gatherer, KeptEvidence, Outcome};
use crate::domain::message::{Lang, Message, text};
use crate::domain::safe::safe;
use crate::runtime::gather::Told;

/// Sources without an answer that are named, those with the most failures.
const NAMED: usize = 10;

/// One gatherer's share.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
struct Share {
    #[serde(skip)]
    due: u64,
    kept: u64,
    /// Of what was kept: who knows says that there is nothing.
    nothing: u64,
    /// Of what was kept.
    no_answer: u64,
    fresh: u64,
    unasked: u64,
}

/// What happened so far.
#[derive(Debug, Default)]
pub struct Summary {
    shares: BTreeMap<Gatherer, Share>,
    silent: BTreeMap<(Gatherer, String, FaultKind), u64>,
    left: Vec<(Gatherer, String)>,
}

impl Summary {
    pub fn hear(&mut self, told: Told) {
        match told {
            Told::Absent { .. } => {}
            Told::Counted { gatherer, due, fresh } => {
                let share = self.shares.entry(gatherer).or_default();
                (share.due, share.fresh) = (due, fresh);
            }
            Told::Kept(pieces) => pieces.iter().for_each(|kept| self.kept(kept)),
            Told::LeftHost { gatherer, host } => self.left.push((gatherer, host)),
            Told::Unasked { gatherer, count } => self.shares.entry(gatherer).or_default().unasked += count,
        }
    }

    fn kept(&mut self, kept: &KeptEvidence) {
        let gatherer = kept.evidence.gatherer();
        let share = self.shares.entry(gatherer).or_default();
        share.kept += 1;
        match kept.evidence.observation.outcome() {
            Outcome::Answer => {}
            Outcome::Nothing => share.nothing += 1,
            Outcome::NoAnswer(kind) => {
                share.no_answer += 1;
                *self.silent.entry((gatherer, kept.evidence.source.clone(), kind)).or_default() += 1;
            }
        }
    }

    pub fn progress(&self, lang: Lang) -> Message {
        let of = |(gatherer, share): (&Gatherer, &Share)| {
            let name = text(lang, &format!("cli.gatherer_{gatherer}"));
            format!("{name} {}/{}", share.kept, share.due.max(share.kept))
        };
        let parts: Vec<String> = self.shares.iter().map(of).collect();
        let silent: u64 = self.shares.values().map(|share| share.no_answer).sum();
        Message::new("cli.gather_progress").with("parts", parts.join("  ")).with("silent", silent)
    }

    pub fn tell(&self, out: &mut Output, judged: u64) -> Result<(), CliError> {
        if out.json {
            return out.row(&serde_json::json!({
                "v": JSON_VERSION,
                "gathered": self.shares.iter().map(|(gatherer, share)| (gatherer.text(), share)).collect::<BTreeMap<_, _>>(),
                "no_answer": self.silent.iter().map(|((gatherer, source, kind), count)| serde_json::json!({
                    "gatherer": gatherer, "source": source, "fault": kind, "count": count,
                })).collect::<Vec<_>>(),
                "left": self.left.iter().map(|(gatherer, host)| serde_json::json!({
                    "gatherer": gatherer, "host": host,
                })).collect::<Vec<_>>(),
                "judged": judged,
            }));
        }
        let heads = ["source", "kept", "nothing", "no_answer", "fresh", "unasked"];
        let mut rows: Vec<Vec<String>> =
            vec![heads.map(|head| out.text(&format!("cli.gather_head_{head}"))).to_vec()];
        for (gatherer, share) in &self.shares {
            let counts = [share.kept, share.nothing, share.no_answer, share.fresh, share.unasked];
            let mut row = vec![out.text(&format!("cli.gatherer_{gatherer}"))];
            row.extend(counts.map(|count| count.to_string()));
            rows.push(row);
        }
        out.table(&rows)?;
        let mut silent: Vec<_> = self.silent.iter().collect();
        silent.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        for ((gatherer, source, kind), count) in silent.iter().take(NAMED) {
            out.say(
                &Message::new("cli.gather_silent")
                    .with("gatherer", format!("@cli.gatherer_{gatherer}"))
                    .with("source", safe(source))
                    .with("fault", format!("@cli.fault_{kind}"))
                    .with("count", count),
            )?;
        }
        if silent.len() > NAMED {
            out.say(&Message::new("cli.gather_more_silent").with("count", silent.len() - NAMED))?;
        }
        for (gatherer, host) in &self.left {
            out.say(
                &Message::new("cli.gather_left")
                    .with("gatherer", format!("@cli.gatherer_{gatherer}"))
                    .with("host", safe(host)),
            )?;
        }
        out.say(&Message::new("cli.gather_judged").with("judged", judged))
    }
}

/// A piece that was kept. No subject that machines ask about is personal: persons' numbers are nobody's subject.
#[derive(Serialize)]
pub struct Row<'a> {
    v: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    filing: Option<&'a str>,
    subject: String,
    gatherer: &'static str,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<FaultKind>,
    source: &'a str,
    observed_at: Timestamp,
    evidence: &'a str,
}

impl Row<'_> {
    /// One row for each filing that was asked for and wants the piece, else one.
    pub fn write(out: &mut Output, kept: &KeptEvidence, filings: Option<&[String]>) -> Result<(), CliError> {
        let (outcome, fault) = match kept.evidence.observation.outcome() {
            Outcome::Answer => ("answer", None),
            Outcome::Nothing => ("nothing", None),
            Outcome::NoAnswer(kind) => ("no_answer", Some(kind)),
        };
        let row = |filing| Row {
            v: JSON_VERSION,
            filing,
            subject: kept.evidence.subject.to_string(),
            gatherer: kept.evidence.gatherer().text(),
            outcome,
            fault,
            source: &kept.evidence.source,
            observed_at: kept.evidence.observed_at,
            evidence: &kept.id,
        };
        match filings {
            Some(filings) => filings.iter().try_for_each(|filing| out.row(&row(Some(filing.as_str())))),
            None => out.row(&row(None)),
        }
    }
}

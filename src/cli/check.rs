//! `heyan check`: judges some or all filings again; exit 0 whatever the findings.

use clap::Args;

use super::error::{CliError, Exit};
use super::output::ProgressLine;
use super::queue::tally_text;
use super::replay;
use super::rows::Judged;
use super::session::{Session, day, now, zone};
use crate::domain::finding::{Finding, Tally, proposals};
use crate::domain::message::Message;
use crate::domain::safe::safe;
use crate::domain::workspace::{Anchor, CaseFile, FilterState, QueueRow};
use crate::runtime::judge::Judge;
use crate::store::{ReadStore, SqliteStore, Store};

/// Filings that are judged, saved and written at a time: memory does not grow with the workspace.
const PAGE: u32 = 200;

#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(value_name = "FILING")]
    filings: Vec<String>,
    #[arg(long)]
    replay: bool,
}

pub fn run(session: &mut Session, arguments: &Arguments) -> Result<Exit, CliError> {
    if arguments.replay {
        return replay::run(session, &arguments.filings);
    }
    let mut store = session.store()?;
    let (mut judge, mut total) = (Judge::default(), Totals::default());
    let mut progress = ProgressLine::new(session.out.lang);
    if arguments.filings.is_empty() {
        let mut anchor = Anchor::Start;
        loop {
            let page = store.queue(&FilterState::All.into(), anchor, PAGE, now())?;
            let filings: Vec<String> = page.rows.iter().map(QueueRow::reference).collect();
            judge_page(session, &mut judge, &mut store, &filings, &mut total)?;
            progress.at(|| Message::new("cli.check_progress").with("count", total.judged));
            match page.next {
                Some(next) => anchor = Anchor::After(next),
                None => break,
            }
        }
    } else {
        for filings in arguments.filings.chunks(PAGE as usize) {
            judge_page(session, &mut judge, &mut store, filings, &mut total)?;
        }
    }
    progress.clear();
    if !session.out.json {
        session.out.say(
            &Message::new("cli.check_done")
                .with("judged", total.judged)
                .with("clean", total.clean)
                .with("failed", total.failed),
        )?;
    }
    Ok(Exit::Done)
}

#[derive(Default)]
struct Totals {
    judged: u64,
    clean: u64,
    failed: u64,
}

fn judge_page(
    session: &mut Session,
    judge: &mut Judge,
    store: &mut SqliteStore,
    filings: &[String],
    total: &mut Totals,
) -> Result<(), CliError> {
    let (now, zone) = (now(), zone(store)?);
    let day = day(now, &zone);
    let mut judged = Vec::with_capacity(filings.len());
    for filing in filings {
        let case = store.case(filing, now)?;
        let findings = judge.findings(store, &case, day)?;
        show(session, &case, &findings)?;
        let tally = Tally::of(&findings);
        total.judged += 1;
        total.clean += u64::from(tally.clean());
        total.failed += u64::from(tally.fail > 0);
        judged.push((case.ticket, findings));
    }
    store.save_findings(day, &judged)?;
    Ok(())
}

fn show(session: &mut Session, case: &CaseFile, findings: &[Finding]) -> Result<(), CliError> {
    let out = &mut session.out;
    if out.json {
        return out.row(&Judged::new(case, findings, out.lang));
    }
    let proposed: Vec<String> =
        proposals(findings).iter().map(|reason| safe(&reason.to_string()).into_string()).collect();
    let line =
        format!("{}  {}  {}", safe(&case.filing.key), tally_text(&Tally::of(findings)), proposed.join(" "));
    out.line(&line)
}

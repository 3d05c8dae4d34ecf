//! `heyan check --replay`: which decided filings today's checks would judge otherwise. No network, nothing written.

use serde_json::json;

use super::error::{CliError, Exit};
use super::output::{JSON_VERSION, ProgressLine};
use super::session::{Session, now};
use crate::checks;
use crate::domain::message::Message;
use crate::domain::replay::{Difference, Said};
use crate::domain::safe::safe;
use crate::domain::workspace::{Anchor, FilingState, FilterState, QueueRow};
use crate::runtime::replay::{Replay, Replayed};
use crate::store::{ReadStore, SqliteReader};

/// Filings that are listed at a time.
const PAGE: u32 = 500;

pub fn run(session: &mut Session, filings: &[String]) -> Result<Exit, CliError> {
    let reader = session.reader()?;
    let replay = Replay::new(&reader, checks::ALL)?;
    let mut total = Totals::default();
    if filings.is_empty() {
        let mut progress = ProgressLine::new(session.out.lang);
        let mut anchor = Anchor::Start;
        let filter = FilterState::State(FilingState::Decided).into();
        loop {
            let page = reader.queue(&filter, anchor, PAGE, now())?;
            for row in &page.rows {
                one(session, &reader, &replay, &QueueRow::reference(row), &mut total)?;
                progress.at(|| Message::new("cli.check_progress").with("count", total.replayed));
            }
            let Some(next) = page.next else { break };
            anchor = Anchor::After(next);
        }
    } else {
        for filing in filings {
            one(session, &reader, &replay, filing, &mut total)?;
        }
    }
    let Totals { replayed, differing, inexact } = total;
    let out = &mut session.out;
    if out.json {
        out.row(&json!({
            "v": JSON_VERSION, "replayed": replayed, "differing": differing, "inexact": inexact,
        }))?;
    } else {
        out.say(&Message::new("cli.replay_done").with("replayed", replayed).with("differing", differing))?;
        if inexact > 0 {
            out.say(&Message::new("cli.replay_inexact").with("count", inexact))?;
        }
    }
    Ok(Exit::Done)
}

#[derive(Default)]
struct Totals {
    replayed: u64,
    differing: u64,
    inexact: u64,
}

fn one(
    session: &mut Session,
    reader: &SqliteReader,
    replay: &Replay,
    filing: &str,
    total: &mut Totals,
) -> Result<(), CliError> {
    let replayed = replay.filing(reader, filing, now())?;
    total.replayed += 1;
    total.differing += u64::from(!replayed.differences.is_empty());
    total.inexact += u64::from(!replayed.decided.exact);
    replayed.differences.iter().try_for_each(|difference| tell(session, &replayed, difference))
}

fn tell(session: &mut Session, replayed: &Replayed, difference: &Difference) -> Result<(), CliError> {
    let (out, filing) = (&mut session.out, &replayed.decided.case.filing.key);
    if out.json {
        return out.row(&json!({
            "v": JSON_VERSION,
            "filing": filing,
            "source": replayed.decided.case.filing.source,
            "decision": replayed.decided.decision.seq,
            "check": difference.check,
            "object": difference.object,
            "before": difference.before,
            "now": difference.now,
            "exact": replayed.decided.exact,
        }));
    }
    let worst = |said: &Option<Said>| match said.as_ref().and_then(|said| said.statuses.first()) {
        Some(status) => out.text(&format!("domain.status_{status}")),
        None => out.text("cli.replay_silent"),
    };
    let (before, now) = (worst(&difference.before), worst(&difference.now));
    let line = Message::new("cli.replay_differs")
        .with("filing", safe(filing))
        .with("check", safe(&difference.check))
        .with("object", safe(&difference.object.to_string()))
        .with("before", before)
        .with("now", now);
    out.say(&line)
}

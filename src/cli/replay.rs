//! `heyan check --replay`: which decisions today's checks would propose otherwise. No network, nothing written.

use serde_json::json;

use super::error::{CliError, Exit};
use super::output::{JSON_VERSION, ProgressLine};
use super::session::{Session, now};
use crate::checks;
use crate::domain::message::Message;
use crate::domain::replay::{Difference, Said};
use crate::domain::safe::safe;
use crate::runtime::replay::{Replay, Replayed};
use crate::store::{ReadStore, SqliteReader, StoreError};

pub fn run(session: &mut Session, filings: &[String]) -> Result<Exit, CliError> {
    let reader = session.reader()?;
    let replay = Replay::new(&reader, checks::ALL)?;
    let mut total = Totals::default();
    let decisions = if filings.is_empty() {
        reader.concluded(None)?
    } else {
        let mut of_these = Vec::new();
        for filing in filings {
            of_these.extend(reader.concluded(Some(filing))?);
        }
        of_these
    };
    let mut progress = ProgressLine::new(session.out.lang);
    for decision in decisions {
        one(session, &reader, &replay, decision, &mut total)?;
        progress.at(|| Message::new("cli.check_progress").with("count", total.replayed));
    }
    progress.clear();
    let Totals { replayed, differing, inexact, unreadable } = total;
    let out = &mut session.out;
    if out.json {
        out.row(&json!({
            "v": JSON_VERSION, "replayed": replayed, "differing": differing, "inexact": inexact,
            "unreadable": unreadable,
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
    unreadable: u64,
}

fn one(
    session: &mut Session,
    reader: &SqliteReader,
    replay: &Replay,
    decision: i64,
    total: &mut Totals,
) -> Result<(), CliError> {
    let replayed = match replay.decision(reader, decision, now()) {
        Ok(replayed) => replayed,
        // One damaged decision does not keep the others from being replayed.
        Err(error @ (StoreError::Damaged { .. } | StoreError::NotFound(_))) => {
            total.unreadable += 1;
            return unreadable(session, decision, &error);
        }
        Err(error) => return Err(error.into()),
    };
    total.replayed += 1;
    total.differing += u64::from(!replayed.differences.is_empty());
    total.inexact += u64::from(!replayed.decided.exact);
    replayed.differences.iter().try_for_each(|difference| tell(session, &replayed, difference))
}

fn unreadable(session: &mut Session, decision: i64, error: &StoreError) -> Result<(), CliError> {
    let out = &mut session.out;
    let what = safe(&error.message().text(out.lang)).into_string();
    if out.json {
        return out.row(&json!({ "v": JSON_VERSION, "decision": decision, "unreadable": what }));
    }
    out.say(&Message::new("cli.replay_unreadable").with("decision", decision).with("what", what))
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

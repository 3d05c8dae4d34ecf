//! `heyan gather`: asks the world about what waits to be decided; exit 0 even where nobody answers.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};

use clap::Args;

use super::arguments::named;
use super::error::{CliError, Exit};
use super::gather_registry;
use super::gather_summary::{Row, Summary};
use super::import::judge_pending;
use super::output::ProgressLine;
use super::session::Session;
use super::sources::gatherers;
use crate::domain::evidence::{Fault, FaultKind, Gatherer, Subject, Want};
use crate::domain::message::Message;
use crate::domain::safe::safe;
use crate::runtime::gather::{GatherError, Order, Told, Whose, watch_signals};
use crate::store::ReadStore;

/// What can be gathered.
const AUTOMATIC: [Gatherer; 6] = [
    Gatherer::Dns,
    Gatherer::Registration,
    Gatherer::Website,
    Gatherer::Registry,
    Gatherer::Text,
    Gatherer::Pixels,
];

#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(value_name = "FILING")]
    filings: Vec<String>,
    #[arg(long, value_name = "KIND,…", value_delimiter = ',', value_parser = named(&AUTOMATIC, Gatherer::text))]
    only: Vec<Gatherer>,
    #[arg(long)]
    again: bool,
    #[arg(long)]
    screenshots: bool,
    #[arg(long, value_name = "FILE", conflicts_with_all = ["filings", "only", "again", "screenshots"])]
    registry: Option<PathBuf>,
    #[arg(long, value_name = "FILE", requires = "registry")]
    mapping: Option<PathBuf>,
}

pub fn run(session: &mut Session, arguments: &Arguments) -> Result<Exit, CliError> {
    if let Some(extract) = &arguments.registry {
        return gather_registry::run(session, extract, arguments.mapping.as_deref());
    }
    let reader = session.reader()?;
    let wanted = wanted(&reader, &arguments.filings)?;
    let whose = match &wanted {
        Some(wanted) => Whose::These(wanted.values().map(|(want, _)| want.clone()).collect()),
        None => Whose::Queue,
    };
    let gatherers = gatherers(session, &session.workspace()?, arguments.screenshots)?;
    let (sends, hears) = sync_channel(64);
    let tell = Arc::new(move |told| {
        // Who has stopped listening has stopped the run, too.
        let _gone = sends.send(told);
    });
    let order = Order { whose, only: arguments.only.clone(), again: arguments.again };
    let run = gatherers.gather(order, tell)?;
    let stopper = run.stopper();
    let signals = watch_signals(stopper.clone()).map_err(GatherError::from)?;
    let mut summary = Summary::default();
    let heard = listen(session, &hears, wanted.as_ref(), &mut summary);
    if heard.is_err() {
        stopper.stop();
        stopper.stop();
        drop(hears);
    }
    run.join()?;
    let stopped = signals.finish();
    heard?;
    let mut store = session.store()?;
    let judged = judge_pending(session, &mut store)?;
    summary.tell(&mut session.out, judged)?;
    if stopped {
        return Err(CliError::new(
            Exit::Failed,
            Message::new("cli.gather_stopped"),
            Message::new("cli.gather_stopped_hint"),
        ));
    }
    Ok(Exit::Done)
}

/// Which filings want what.
type Wanted = HashMap<(Gatherer, Subject), (Want, Vec<String>)>;

fn wanted(reader: &impl ReadStore, filings: &[String]) -> Result<Option<Wanted>, CliError> {
    if filings.is_empty() {
        return Ok(None);
    }
    let mut wanted = Wanted::new();
    for filing in filings {
        for want in reader.wants_of(filing)? {
            let key = (want.gatherer, want.subject.clone());
            wanted.entry(key).or_insert_with(|| (want, Vec::new())).1.push(filing.clone());
        }
    }
    Ok(Some(wanted))
}

fn listen(
    session: &mut Session,
    hears: &Receiver<Told>,
    wanted: Option<&Wanted>,
    summary: &mut Summary,
) -> Result<(), CliError> {
    let mut progress = ProgressLine::new(session.out.lang);
    for told in hears {
        if let Told::Absent { gatherer, fault } = &told
            && !session.out.json
        {
            progress.clear();
            session.out.say(&absent(*gatherer, fault))?;
        }
        if let Told::Kept(pieces) = &told
            && session.out.json
        {
            for kept in pieces {
                let key = (kept.evidence.gatherer(), kept.evidence.subject.clone());
                let filings =
                    wanted.and_then(|wanted| wanted.get(&key)).map(|(_, filings)| filings.as_slice());
                Row::write(&mut session.out, kept, filings)?;
            }
        }
        summary.hear(told);
        progress.at(|| summary.progress(session.out.lang));
    }
    Ok(())
}

/// What cannot be used here, and what to do.
fn absent(gatherer: Gatherer, fault: &Fault) -> Message {
    match (gatherer, fault.kind) {
        (Gatherer::Text, FaultKind::NotInstalled) => Message::new("cli.gather_no_tesseract"),
        _ => Message::new("cli.gather_absent")
            .with("gatherer", format!("@cli.gatherer_{gatherer}"))
            .with("what", safe(&fault.detail)),
    }
}

impl From<GatherError> for CliError {
    fn from(error: GatherError) -> Self {
        match error {
            GatherError::Store(error) => error.into(),
            other => CliError::new(Exit::Failed, other.message(), Message::new("cli.gather_failed_hint")),
        }
    }
}

//! `heyan gather --registry`: an extract of the business registry, for the entities of the workspace's filings.

use std::cell::RefCell;
use std::path::Path;

use super::error::{CliError, Exit};
use super::import::{judge_pending, limits, show};
use super::output::{JSON_VERSION, ProgressLine};
use super::session::{Session, now};
use super::tables;
use crate::domain::evidence::{Gathered, Subject};
use crate::domain::message::Message;
use crate::domain::safe::safe;
use crate::domain::workspace::EvidenceReport;
use crate::intake::{Extract, ExtractEntry, ExtractMapping};
use crate::store::{ReadStore, SqliteStore, Store, StoreError};

/// Pieces in one transaction, and in memory.
const BATCH: usize = 1_000;

pub fn run(session: &mut Session, path: &Path, mapping: Option<&Path>) -> Result<Exit, CliError> {
    let mapping = read_mapping(session, mapping)?;
    let limits = limits(&session.config.intake);
    let extract = Extract::open(path, &limits, mapping).map_err(|error| tables::refused(&error))?;
    tables::warn(session, path, &extract.warnings())?;
    let mut store = session.store()?;
    let reader = session.reader()?;
    let unread: RefCell<Option<StoreError>> = RefCell::default();
    let wanted = |subject: &Subject| match reader.concerns(subject) {
        Ok(wanted) => wanted,
        Err(error) => {
            unread.borrow_mut().get_or_insert(error);
            false
        }
    };
    let mut batch: Vec<Gathered> = Vec::new();
    let mut total = EvidenceReport::default();
    let mut fault: Option<CliError> = None;
    let mut progress = ProgressLine::new(session.out.lang);
    let (out, actor) = (&mut session.out, &session.actor);
    let mut keep = |store: &mut SqliteStore, batch: &mut Vec<Gathered>| -> Result<(), CliError> {
        if !batch.is_empty() {
            let report = store.keep_evidence(batch, now(), actor)?;
            (total.kept, total.known) = (total.kept + report.kept, total.known + report.known);
            batch.clear();
        }
        Ok(())
    };
    let read = extract.read(&limits, now(), &wanted, &mut |entry| {
        if fault.is_some() {
            return;
        }
        let done = match entry {
            ExtractEntry::Evidence(evidence) => {
                batch.push((*evidence).into());
                if batch.len() < BATCH { Ok(()) } else { keep(&mut store, &mut batch) }
            }
            ExtractEntry::Rejected(rejections) => {
                progress.clear();
                rejections.iter().try_for_each(|rejection| show(out, rejection))
            }
        };
        fault = done.err();
    });
    if fault.is_none() {
        fault = keep(&mut store, &mut batch).err();
    }
    if let Some(error) = fault.or_else(|| unread.take().map(CliError::from)) {
        return Err(error);
    }
    let judged = judge_pending(session, &mut store)?;
    let read = read.map_err(|error| tables::refused(&error))?;
    if session.out.json {
        session.out.row(&serde_json::json!({
            "v": JSON_VERSION,
            "kept": total.kept,
            "known": total.known,
            "taken": read.taken,
            "unwanted": read.unwanted,
            "rejected": read.rejected,
            "judged": judged,
        }))?;
    } else {
        session.out.say(
            &Message::new("cli.gather_registry_done")
                .with("kept", total.kept)
                .with("unwanted", read.unwanted)
                .with("rejected", read.rejected)
                .with("judged", judged),
        )?;
    }
    Ok(if read.rejected > 0 { Exit::Rejected } else { Exit::Done })
}

fn read_mapping(session: &Session, file: Option<&Path>) -> Result<ExtractMapping, CliError> {
    let Some(file) = file else { return Ok(ExtractMapping::default()) };
    let shown = safe(&file.to_string_lossy()).into_string();
    let wrong =
        |message: Message| CliError::new(Exit::Usage, message, Message::new("cli.registry_mapping_hint"));
    let text = std::fs::read_to_string(file).map_err(|error| {
        wrong(Message::new("cli.mapping_unreadable").with("path", &shown).with("cause", &error))
    })?;
    ExtractMapping::read(&text).map_err(|fault| {
        let at = format!("{shown}:{}:{}", fault.line, fault.column);
        let what = fault.what.text(session.out.lang);
        wrong(Message::new("cli.mapping_wrong").with("at", at).with("what", what))
    })
}

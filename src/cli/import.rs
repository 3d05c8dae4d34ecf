//! `heyan import`: packs and tables into the workspace; what is good is kept, each rejection is named.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::SignedDuration;

use super::error::{CliError, Exit};
use super::output::{JSON_VERSION, Output, ProgressLine};
use super::session::{Session, day, now, zone};
use super::tables;
use crate::config;
use crate::domain::evidence::{Evidence, Gathered};
use crate::domain::message::Message;
use crate::domain::safe::safe;
use crate::domain::vault::Vault;
use crate::domain::workspace::{EvidenceReport, ImportItem, ImportReport};
use crate::intake::{self, Entry, IntakeError, Limits, Mapping, Rejection, Summary, Table, is_table};
use crate::runtime::judge;
use crate::store::{ReadStore, SqliteStore, Store};

/// Filings in one transaction, and in memory.
const BATCH: usize = 1_000;

#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    #[arg(long)]
    explain: bool,
}

pub fn run(session: &mut Session, arguments: &Arguments) -> Result<Exit, CliError> {
    // A mistyped path must not make a workspace.
    if let Some(missing) = arguments.paths.iter().find(|path| path.symlink_metadata().is_err()) {
        return Err(CliError::new(
            Exit::Usage,
            Message::new("cli.no_such_pack").with("path", safe(&missing.to_string_lossy())),
            Message::new("cli.no_such_pack_hint"),
        ));
    }
    let mapping =
        tables::mapping(session, arguments.mapping.as_deref(), arguments.explain, &arguments.paths)?;
    if arguments.explain {
        return tables::explain(session, &arguments.paths, &mapping);
    }
    let folder = session.workspace()?;
    let mut store = session.store_or_new(&folder)?;
    let mut total = Totals::default();
    let mut fault = None;
    for path in &arguments.paths {
        let taken = if is_table(path) {
            table(session, &mut store, path, &mapping, &mut total)
        } else {
            let (mut filing, mut evidence) = (|_: &mut ImportItem| {}, |_: &mut Evidence| {});
            let mut as_it_is = Prepare { filing: &mut filing, evidence: &mut evidence };
            pack(session, &mut store, path, &mut total, &mut as_it_is)
        };
        if let Err(error) = taken {
            // A pack that cannot be read does not keep the others away; a full disk does.
            match error {
                CliError::Told { exit: Exit::Rejected, message, hint } => {
                    total.rejected += 1;
                    tell(&mut session.out, path, &message, &hint)?;
                }
                error => {
                    fault = Some(error);
                    break;
                }
            }
        }
    }
    // What was kept is judged even when the rest could not be read.
    let judged = judge_pending(session, &mut store)?;
    summary(&mut session.out, &total, judged)?;
    match fault {
        Some(error) => Err(error),
        None if total.rejected > 0 => Ok(Exit::Rejected),
        None => Ok(Exit::Done),
    }
}

/// What an import did so far.
#[derive(Debug, Default)]
pub struct Totals {
    pub report: ImportReport,
    pub evidence: EvidenceReport,
    /// Pieces of evidence that concern no filing of the workspace.
    pub unconcerned: u64,
    pub rejected: u64,
}

/// What may be touched before it is kept: the demo's times follow the day on which it is made.
pub struct Prepare<'a> {
    pub filing: &'a mut dyn FnMut(&mut ImportItem),
    pub evidence: &'a mut dyn FnMut(&mut Evidence),
}

/// Reads one pack into the store. `prepare` may touch each filing and each piece of evidence before it is kept.
pub fn pack(
    session: &mut Session,
    store: &mut SqliteStore,
    path: &Path,
    total: &mut Totals,
    prepare: &mut Prepare<'_>,
) -> Result<(), CliError> {
    let limits = limits(&session.config.intake);
    take(session, store, total, prepare, |vault, sink| intake::read(path, &limits, vault, sink))
}

/// Reads one table into the store, having named the columns that nobody understands.
fn table(
    session: &mut Session,
    store: &mut SqliteStore,
    path: &Path,
    mapping: &Mapping,
    total: &mut Totals,
) -> Result<(), CliError> {
    let limits = limits(&session.config.intake);
    let table = Table::open(path, &limits, mapping.clone()).map_err(|error| tables::refused(&error))?;
    let warnings = table.warnings().map_err(|error| tables::refused(&error))?;
    tables::warn(session, path, &warnings)?;
    let (mut filing, mut evidence) = (|_: &mut ImportItem| {}, |_: &mut Evidence| {});
    let mut as_it_is = Prepare { filing: &mut filing, evidence: &mut evidence };
    take(session, store, total, &mut as_it_is, |vault, sink| table.read(&limits, vault, sink))
}

/// Keeps what `read` hands out, in batches.
fn take(
    session: &mut Session,
    store: &mut SqliteStore,
    total: &mut Totals,
    prepare: &mut Prepare<'_>,
    read: impl FnOnce(&mut dyn Vault, &mut dyn FnMut(Entry)) -> Result<Summary, IntakeError>,
) -> Result<(), CliError> {
    let mut vault = store.vault();
    let mut batch: Vec<ImportItem> = Vec::with_capacity(BATCH);
    let mut pieces: Vec<Gathered> = Vec::new();
    let mut fault: Option<CliError> = None;
    let mut progress = ProgressLine::new(session.out.lang);
    let (actor, out) = (&session.actor, &mut session.out);
    let mut seen: u64 = 0;
    let read = read(&mut vault, &mut |entry| {
        if fault.is_some() {
            return;
        }
        seen += 1;
        progress.at(|| Message::new("cli.import_progress").with("count", seen));
        let kept = match entry {
            Entry::Accepted { filing, attachments, .. } => {
                let mut item = ImportItem { filing: *filing, attachments };
                (prepare.filing)(&mut item);
                batch.push(item);
                if batch.len() < BATCH { Ok(()) } else { keep(store, &mut batch, total, actor) }
            }
            Entry::Evidence { evidence: mut piece, origin } => {
                (prepare.evidence)(&mut piece);
                // A clock that is a little ahead elsewhere is nobody's fault.
                let tolerated = now().checked_add(SignedDuration::from_mins(10));
                if tolerated.is_ok_and(|latest| piece.observed_at > latest) {
                    total.rejected += 1;
                    progress.clear();
                    show(out, &intake::from_the_future(&piece, &origin))
                } else {
                    pieces.push((*piece).into());
                    if pieces.len() < BATCH {
                        Ok(())
                    } else {
                        // Filings first: evidence is kept for those that it concerns.
                        keep(store, &mut batch, total, actor)
                            .and_then(|()| keep_evidence(store, &mut pieces, total, actor))
                    }
                }
            }
            Entry::Rejected(rejections) => {
                total.rejected += 1;
                progress.clear();
                rejections.iter().try_for_each(|rejection| show(out, rejection))
            }
        };
        fault = kept.err();
    });
    progress.clear();
    if let Some(error) = fault {
        return Err(error);
    }
    keep(store, &mut batch, total, &session.actor)?;
    keep_evidence(store, &mut pieces, total, &session.actor)?;
    read.map(drop).map_err(|error| tables::refused(&error))
}

fn keep(
    store: &mut SqliteStore,
    batch: &mut Vec<ImportItem>,
    total: &mut Totals,
    actor: &crate::domain::workspace::Actor,
) -> Result<(), CliError> {
    if batch.is_empty() {
        return Ok(());
    }
    let report = store.import(batch, now(), actor)?;
    total.report.new += report.new;
    total.report.revised += report.revised;
    total.report.unchanged += report.unchanged;
    batch.clear();
    Ok(())
}

/// Keeps the evidence that concerns a filing of the workspace, and counts the rest.
fn keep_evidence(
    store: &mut SqliteStore,
    pieces: &mut Vec<Gathered>,
    total: &mut Totals,
    actor: &crate::domain::workspace::Actor,
) -> Result<(), CliError> {
    let mut concerning = Vec::with_capacity(pieces.len());
    for piece in pieces.drain(..) {
        if store.concerns(&piece.evidence.subject)? {
            concerning.push(piece);
        } else {
            total.unconcerned += 1;
        }
    }
    if !concerning.is_empty() {
        let report = store.keep_evidence(&concerning, now(), actor)?;
        total.evidence.kept += report.kept;
        total.evidence.known += report.known;
    }
    Ok(())
}

/// Judges what waits for it, with a progress line.
pub fn judge_pending(session: &Session, store: &mut SqliteStore) -> Result<u64, CliError> {
    let (now, zone) = (now(), zone(store)?);
    let mut progress = ProgressLine::new(session.out.lang);
    let judged = judge::pending(store, day(now, &zone), now, &mut |count| {
        progress.at(|| Message::new("cli.check_progress").with("count", count));
    })?;
    Ok(judged)
}

/// Names what is wrong with an entry.
pub fn show(out: &mut Output, rejection: &Rejection) -> Result<(), CliError> {
    if !out.json {
        return out.line(&rejection.text(out.lang));
    }
    let lang = out.lang;
    out.row(&serde_json::json!({
        "v": JSON_VERSION,
        "filing": rejection.filing,
        "file": rejection.file,
        "line": rejection.line,
        "column": rejection.column,
        "cell": rejection.cell,
        "field": rejection.field,
        "found": rejection.found.text(lang),
        "expected": rejection.expected.text(lang),
        "message": rejection.message.text(lang),
    }))
}

fn tell(out: &mut Output, path: &Path, message: &Message, hint: &Message) -> Result<(), CliError> {
    let lang = out.lang;
    if !out.json {
        out.line(&message.text(lang))?;
        return out.line(&format!("  {}", hint.text(lang)));
    }
    out.row(&serde_json::json!({
        "v": JSON_VERSION,
        "filing": null,
        "file": path.to_string_lossy(),
        "message": message.text(lang),
    }))
}

fn summary(out: &mut Output, total: &Totals, judged: u64) -> Result<(), CliError> {
    let Totals { report, evidence, unconcerned, rejected } = total;
    if out.json {
        return out.row(&serde_json::json!({
            "v": JSON_VERSION,
            "new": report.new,
            "revised": report.revised,
            "unchanged": report.unchanged,
            "evidence_kept": evidence.kept,
            "evidence_known": evidence.known,
            "evidence_unconcerned": unconcerned,
            "rejected": rejected,
            "judged": judged,
        }));
    }
    if evidence.kept + evidence.known + unconcerned > 0 {
        out.say(
            &Message::new("cli.imported_evidence")
                .with("kept", evidence.kept)
                .with("known", evidence.known)
                .with("unconcerned", unconcerned),
        )?;
    }
    out.say(
        &Message::new("cli.imported")
            .with("new", report.new)
            .with("revised", report.revised)
            .with("unchanged", report.unchanged)
            .with("rejected", rejected)
            .with("judged", judged),
    )
}

/// The settings as intake wants them; what it holds in memory is its own business.
pub(super) fn limits(settings: &config::Intake) -> Limits {
    const MIB: u64 = 1 << 20;
    let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    Limits {
        max_json_bytes: settings.entry_mib * MIB,
        max_line_bytes: settings.entry_mib * MIB,
        max_attachment_bytes: settings.attachment_mib * MIB,
        max_attachments_per_filing: count(settings.attachments_per_filing),
        max_pack_bytes: settings.pack_mib * MIB,
        max_entries: count(settings.zip_entries),
        max_compression_ratio: settings.compression_ratio,
        ..Limits::default()
    }
}

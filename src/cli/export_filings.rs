//! `heyan export --filings`: the filings themselves, as a table that can be imported again.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;

use super::error::{CliError, Exit};
use super::export::told;
use super::session::{Session, now};
use crate::domain::daybook::Event;
use crate::domain::message::Message;
use crate::domain::workspace::FilingState;
use crate::export::{AtomicFile, FilingFault, FilingShape, FilingWriter, Format};
use crate::store::{ReadStore, SqliteReader, Store};

/// Which filings, and how they are written.
pub struct Wanted<'a> {
    pub state: Option<FilingState>,
    pub format: Format,
    pub unmask: bool,
    pub out: Option<&'a Path>,
}

pub fn run(session: &mut Session, wanted: &Wanted<'_>) -> Result<Exit, CliError> {
    let reader = session.reader()?;
    let record = |filings: u64, session: &Session| {
        let event = Event::ExportFilings {
            state: wanted.state,
            format: wanted.format.text().to_owned(),
            filings,
            unmasked: wanted.unmask,
        };
        session.store()?.append(&event, now(), &session.actor).map_err(CliError::from)
    };
    let (shape, filings) = survey(&reader, wanted)?;
    match wanted.out {
        // The entry comes before the file appears: an export that is not in the day book cannot exist.
        Some(path) => {
            let file = AtomicFile::create(path, wanted.unmask)?;
            let (rows, file) = stream(&reader, wanted, shape, file);
            let file = file?;
            record(rows, session)?;
            file.commit()?;
            told(session, path, rows)?;
        }
        // What has gone out cannot be called back: the entry comes before the first row, and stays when nobody reads
        // the rows to the end.
        None => {
            record(filings, session)?;
            let (_, written) = stream(&reader, wanted, shape, session.out.raw());
            written.map(drop)?;
        }
    }
    Ok(Exit::Done)
}

/// Writes the rows and answers how many were written, and whether that was all of them.
fn stream<W: Write>(
    reader: &SqliteReader,
    wanted: &Wanted<'_>,
    shape: FilingShape,
    out: W,
) -> (u64, Result<W, CliError>) {
    let mut writer = match FilingWriter::begin(wanted.format, wanted.unmask, shape, out) {
        Ok(writer) => writer,
        Err(error) => return (0, Err(error.into())),
    };
    let mut fault = None;
    let read = reader.filings(wanted.state, &mut |revision, filing| match writer.row(revision, &filing) {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            fault = Some(error);
            ControlFlow::Break(())
        }
    });
    let rows = writer.rows();
    let written = match (read, fault) {
        (Err(error), _) => Err(error.into()),
        (Ok(()), Some(FilingFault::Io(error))) => Err(error.into()),
        (Ok(()), Some(FilingFault::NoColumn(_))) => Err(CliError::new(
            Exit::Failed,
            Message::new("cli.changed_meanwhile"),
            Message::new("cli.changed_meanwhile_hint"),
        )),
        (Ok(()), None) => writer.finish().map_err(CliError::from),
    };
    (rows, written)
}

/// Counts the filings; a table's columns are settled by a look at every one.
fn survey(reader: &SqliteReader, wanted: &Wanted<'_>) -> Result<(FilingShape, u64), CliError> {
    let (mut shape, mut filings) = (FilingShape::new(), 0);
    let mut fault = None;
    reader.filings(wanted.state, &mut |_, filing| {
        let included = if wanted.format == Format::Csv { shape.include(&filing) } else { Ok(()) };
        match included {
            Ok(()) => {
                filings += 1;
                ControlFlow::Continue(())
            }
            Err(error) => {
                fault = Some(error);
                ControlFlow::Break(())
            }
        }
    })?;
    match fault {
        Some(error) => Err(error.into()),
        None => Ok((shape, filings)),
    }
}

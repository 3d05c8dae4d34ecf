//! `heyan export`: the decisions of some days as CSV or JSONL; with `--filings` the filings themselves.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args};
use jiff::civil::Date;

use super::arguments::named;
use super::error::{CliError, Exit};
use super::export_filings::{self, Wanted};
use super::output::JSON_VERSION;
use super::session::{Session, now};
use crate::domain::daybook::Event;
use crate::domain::message::Message;
use crate::domain::reasons::Catalogue;
use crate::domain::safe::safe;
use crate::domain::workspace::{DecisionQuery, FilingState};
use crate::export::{AtomicFile, Format, Options, Writer};
use crate::store::{ReadStore, SqliteReader, Store};

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("days").required(true).args(["day", "from", "filings"])))]
pub struct Arguments {
    #[arg(long, value_name = "DAY")]
    day: Option<Date>,
    #[arg(long, value_name = "DAY", requires = "to")]
    from: Option<Date>,
    #[arg(long, value_name = "DAY", requires = "from")]
    to: Option<Date>,
    #[arg(long, conflicts_with = "to")]
    filings: bool,
    #[arg(long, value_name = "STATE", conflicts_with_all = ["day", "from"], value_parser = named(FilingState::ALL, FilingState::text))]
    state: Option<FilingState>,
    #[arg(long, value_name = "FORMAT", value_parser = named(Format::ALL, Format::text))]
    format: Format,
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
    #[arg(long)]
    unmask: bool,
}

pub fn run(session: &mut Session, arguments: &Arguments) -> Result<Exit, CliError> {
    if arguments.filings {
        let Arguments { state, format, unmask, .. } = *arguments;
        let out = arguments.out.as_deref();
        return export_filings::run(session, &Wanted { state, format, unmask, out });
    }
    let from = arguments.day.or(arguments.from).unwrap_or_default();
    let to = arguments.day.or(arguments.to).unwrap_or(from);
    if from > to {
        return Err(CliError::new(
            Exit::Usage,
            Message::new("cli.days_reversed").with("from", from).with("to", to),
            Message::new("cli.days_reversed_hint"),
        ));
    }
    let query = DecisionQuery { from, to, findings: false };
    let reader = session.reader()?;
    let record = |decisions: u64, session: &Session| {
        let event = Event::Export {
            from,
            to,
            format: arguments.format.text().to_owned(),
            decisions,
            unmasked: arguments.unmask,
        };
        session.store()?.append(&event, now(), &session.actor).map_err(CliError::from)
    };
    match &arguments.out {
        // The entry comes before the file appears: an export that is not in the day book cannot exist.
        Some(path) => {
            let file = AtomicFile::create(path, arguments.unmask)?;
            let (rows, file) = stream(&reader, arguments, &query, &session.catalogue, file);
            let file = file?;
            record(rows, session)?;
            file.commit()?;
            told(session, path, rows)?;
        }
        // Rows that have gone out are recorded, even when nobody read them to the end.
        None => {
            let (rows, written) = stream(&reader, arguments, &query, &session.catalogue, session.out.raw());
            let written = written.map(drop);
            record(rows, session)?;
            written?;
        }
    }
    Ok(Exit::Done)
}

pub(super) fn told(session: &mut Session, path: &Path, rows: u64) -> Result<(), CliError> {
    let (out, path) = (&mut session.out, path.to_string_lossy());
    if out.json {
        return out.row(&serde_json::json!({ "v": JSON_VERSION, "path": path, "rows": rows }));
    }
    out.say(&Message::new("cli.exported").with("count", rows).with("path", safe(&path)))
}

/// Writes the rows and answers how many were written, and whether that was all of them.
fn stream<W: Write>(
    reader: &SqliteReader,
    arguments: &Arguments,
    query: &DecisionQuery,
    catalogue: &Catalogue,
    out: W,
) -> (u64, Result<W, CliError>) {
    let options = Options { unmask: arguments.unmask, catalogue };
    let mut writer = match Writer::begin(arguments.format, options, out) {
        Ok(writer) => writer,
        Err(error) => return (0, Err(error.into())),
    };
    let mut fault = None;
    let read = reader.decisions(query, now(), &mut |decision| match writer.row(&decision) {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            fault = Some(error);
            ControlFlow::Break(())
        }
    });
    let rows = writer.rows();
    let written = match (read, fault) {
        (Err(error), _) => Err(error.into()),
        (Ok(()), Some(error)) => Err(error.into()),
        (Ok(()), None) => writer.finish().map_err(CliError::from),
    };
    (rows, written)
}

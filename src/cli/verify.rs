//! `heyan verify`: reads everything and compares it with the day book; exit 4 where anything differs.

use super::error::{CliError, Exit};
use super::output::{JSON_VERSION, ProgressLine};
use super::session::Session;
use crate::domain::message::Message;
use crate::store::{Part, ReadStore, StoreError};

pub fn run(session: &mut Session) -> Result<Exit, CliError> {
    let lang = session.out.lang;
    let mut progress = ProgressLine::new(lang);
    let verified = session.reader().and_then(|reader| {
        let report = reader.verify(&mut |at| {
            progress.at(|| {
                Message::new("cli.verify_progress")
                    .with("part", format!("@cli.part_{}", part_name(at.part)))
                    .with("done", at.done)
                    .with("total", at.total)
            });
        });
        // A database too damaged to be read to the end is damage found, not a failure to look.
        report.map_err(|error| match error {
            StoreError::Damaged { .. } => CliError::new(Exit::Damage, error.message(), error.hint()),
            other => other.into(),
        })
    });
    progress.clear();
    let report = verified?;
    let out = &mut session.out;
    for problem in &report.problems {
        let text = crate::domain::safe::safe(&problem.message().text(lang)).into_string();
        if out.json {
            out.row(
                &serde_json::json!({ "v": JSON_VERSION, "problem": problem.message().id, "message": text }),
            )?;
        } else {
            out.line(&text)?;
        }
    }
    if out.json {
        out.row(&serde_json::json!({
            "v": JSON_VERSION,
            "entries": report.entries,
            "private_values": report.private_values,
            "filings": report.filings,
            "decisions": report.decisions,
            "attachments": report.attachments,
            "problems": report.problems.len(),
        }))?;
    } else {
        let id = if report.problems.is_empty() { "cli.verify_whole" } else { "cli.verify_damaged" };
        out.say(
            &Message::new(id)
                .with("entries", report.entries)
                .with("filings", report.filings)
                .with("attachments", report.attachments)
                .with("problems", report.problems.len()),
        )?;
    }
    Ok(if report.problems.is_empty() { Exit::Done } else { Exit::Damage })
}

const fn part_name(part: Part) -> &'static str {
    match part {
        Part::Database => "database",
        Part::Entries => "entries",
        Part::Filings => "filings",
        Part::Decisions => "decisions",
        Part::Attachments => "attachments",
    }
}

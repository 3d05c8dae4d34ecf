//! What `heyan import` does for tables besides importing them: the mapping, warnings, and `--explain`.

use std::path::{Path, PathBuf};

use super::error::{CliError, Exit};
use super::import::limits;
use super::output::{JSON_VERSION, Output};
use super::session::Session;
use crate::domain::message::Message;
use crate::domain::safe::safe;
use crate::intake::{ExplainedColumn, Explanation, How, IntakeError, Mapping, Table, is_table};

/// Reads the mapping file, if one is named, and refuses what makes sense for tables only where there is none.
pub fn mapping(
    session: &Session,
    file: Option<&Path>,
    explain: bool,
    paths: &[PathBuf],
) -> Result<Mapping, CliError> {
    let no_table = paths.iter().find(|path| !is_table(path));
    let pointless = (explain || file.is_some()) && !paths.iter().any(|path| is_table(path));
    if let Some(path) = no_table.filter(|_| explain || pointless) {
        return Err(CliError::new(
            Exit::Usage,
            Message::new("cli.not_a_table").with("path", safe(&path.to_string_lossy())),
            Message::new("cli.not_a_table_hint"),
        ));
    }
    let Some(file) = file else { return Ok(Mapping::default()) };
    let shown = safe(&file.to_string_lossy()).into_string();
    let text = std::fs::read_to_string(file).map_err(|error| {
        let message = Message::new("cli.mapping_unreadable").with("path", &shown).with("cause", &error);
        CliError::new(Exit::Usage, message, Message::new("cli.mapping_hint"))
    })?;
    Mapping::read(&text).map_err(|fault| {
        let at = format!("{shown}:{}:{}", fault.line, fault.column);
        let what = fault.what.text(session.out.lang);
        let message = Message::new("cli.mapping_wrong").with("at", at).with("what", what);
        CliError::new(Exit::Usage, message, Message::new("cli.mapping_hint"))
    })
}

/// Why a pack or table could not be read, as an error of the command.
pub fn refused(error: &IntakeError) -> CliError {
    let exit = if error.is_rejection() { Exit::Rejected } else { Exit::Failed };
    let hint = if matches!(error, IntakeError::Table { .. }) { "cli.table_hint" } else { "cli.import_hint" };
    CliError::new(exit, error.message(), Message::new(hint))
}

/// Names what is left out of a table.
pub fn warn(session: &mut Session, path: &Path, warnings: &[Message]) -> Result<(), CliError> {
    let (out, shown) = (&mut session.out, safe(&path.to_string_lossy()).into_string());
    for warning in warnings {
        let text = warning.text(out.lang);
        if out.json {
            out.row(&serde_json::json!({ "v": JSON_VERSION, "file": shown, "warning": text }))?;
        } else {
            out.line(&format!("{shown}: {text}"))?;
        }
    }
    Ok(())
}

/// Shows how each table was understood. Imports nothing and makes no workspace.
pub fn explain(session: &mut Session, paths: &[PathBuf], mapping: &Mapping) -> Result<Exit, CliError> {
    let limits = limits(&session.config.intake);
    let mut exit = Exit::Done;
    for path in paths {
        let told = Table::open(path, &limits, mapping.clone())
            .and_then(|table| table.explain(&limits))
            .map_err(|error| refused(&error))?;
        if told.fault.is_some() {
            exit = Exit::Rejected;
        }
        if session.out.json { rows(&mut session.out, &told)? } else { page(&mut session.out, &told)? }
    }
    Ok(exit)
}

fn rows(out: &mut Output, told: &Explanation) -> Result<(), CliError> {
    let lang = out.lang;
    for column in &told.columns {
        out.row(&serde_json::json!({
            "v": JSON_VERSION,
            "file": told.file,
            "column": column.letters,
            "heading": column.heading.text(lang),
            "field": column.field,
            "how": column.how.text(),
            "sample": column.sample.as_ref().map(|sample| sample.text(lang)),
        }))?;
    }
    out.row(&serde_json::json!({
        "v": JSON_VERSION,
        "file": told.file,
        "sheet": told.sheet,
        "encoding": told.encoding.as_ref().map(|(name, _)| name),
        "delimiter": told.delimiter.as_ref().map(|(delimiter, _)| delimiter),
        "heading_line": told.heading_line,
        "constants": told.constants,
        "missing": told.missing,
        "message": told.fault.as_ref().map(|fault| fault.message().with("path", &told.file).text(lang)),
    }))
}

fn page(out: &mut Output, told: &Explanation) -> Result<(), CliError> {
    let lang = out.lang;
    let heading = Message::new("cli.explain_headings").with("line", told.heading_line);
    out.line(&told.file)?;
    if let Some(sheet) = &told.sheet {
        out.say(&Message::new("cli.explain_sheet").with("sheet", sheet))?;
    }
    if let Some((name, why)) = &told.encoding {
        out.say(&Message::new("cli.explain_encoding").with("name", name).with("why", why.text(lang)))?;
    }
    if let Some((delimiter, why)) = &told.delimiter {
        let shown = if *delimiter == '\t' { "TAB".to_owned() } else { delimiter.to_string() };
        out.say(&Message::new("cli.explain_delimiter").with("delimiter", shown).with("why", why.text(lang)))?;
    }
    out.say(&heading)?;
    out.line("")?;
    let mut table = vec![
        ["column", "heading", "field", "how", "sample"]
            .map(|name| out.text(&format!("cli.explain_column_{name}")))
            .to_vec(),
    ];
    table.extend(told.columns.iter().filter(|column| column.how != How::NoHeading).map(|column| {
        let ExplainedColumn { letters, heading, field, how, sample } = column;
        let field = field.clone().unwrap_or_else(|| "-".to_owned());
        let sample = sample.as_ref().map(|sample| sample.text(lang)).unwrap_or_default();
        vec![letters.clone(), heading.text(lang), field, how.message().text(lang), sample]
    }));
    out.table(&table)?;
    out.line("")?;
    if !told.constants.is_empty() {
        out.say(&Message::new("cli.explain_constants").with("fields", told.constants.join(", ")))?;
    }
    match &told.fault {
        Some(fault) => out.say(&fault.message().with("path", &told.file)),
        None => out.say(&Message::new("cli.explain_ready")),
    }
}

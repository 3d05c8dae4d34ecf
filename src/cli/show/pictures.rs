//! The pictures of a filing in words, masked: `heyan show --pictures`.

use serde::Serialize;

use super::evidence::Told;
use crate::app::evidence_text::{Line, PageText, Place, Reader};
use crate::app::twin;
use crate::cli::error::CliError;
use crate::cli::output::Output;
use crate::domain::declared::attachment_object;
use crate::domain::eyes::Eyes;
use crate::domain::finding::Finding;
use crate::domain::message::Lang;
use crate::domain::object::Object;

/// One attachment in words.
#[derive(Serialize)]
pub struct PictureRow {
    object: Object,
    /// What of it only an eye can judge.
    needs_eyes: &'static [Eyes],
    /// In the language of the command.
    lines: Vec<String>,
}

fn lines<S>(told: &Told<'_, S>, findings: &[Finding], lang: Lang, at: usize) -> Vec<String> {
    let reader = Reader {
        lang,
        zone: told.zone,
        now: told.now,
        filing: &told.case.filing,
        ours: &[],
        place: Place::Elsewhere,
        text: PageText::Loading,
    };
    let lines = twin::lines(&reader, told.case, findings, at);
    lines.iter().map(Line::text).map(|line| told.redactor.text(&line)).collect()
}

/// The pictures as rows of `--json`.
pub fn rows<S>(told: &Told<'_, S>, findings: &[Finding], lang: Lang) -> Vec<PictureRow> {
    let filing = &told.case.filing;
    (0..filing.attachments.len())
        .filter_map(|at| {
            let needs_eyes = filing.attachments[at].kind.for_eyes();
            let object = attachment_object(filing, at)?;
            Some(PictureRow { object, needs_eyes, lines: lines(told, findings, lang, at) })
        })
        .collect()
}

/// Every picture as a whole.
pub fn whole<S>(told: &Told<'_, S>, findings: &[Finding], out: &mut Output) -> Result<(), CliError> {
    for at in 0..told.case.filing.attachments.len() {
        out.line("")?;
        for line in lines(told, findings, out.lang, at) {
            out.line(&format!("  {line}"))?;
        }
    }
    Ok(())
}

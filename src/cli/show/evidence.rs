//! The evidence of a filing as `heyan show` prints it, masked.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::app::evidence_text::{self, PageText, Place, Reader, decisive, subject_text, text_to_read};
use crate::cli::error::CliError;
use crate::cli::output::Output;
use crate::cli::redact::Redactor;
use crate::domain::evidence::{KeptEvidence, Mark, Means};
use crate::domain::finding::{EvidenceRef, Finding};
use crate::domain::message::Message;
use crate::domain::revision::sha256_hex;
use crate::domain::safe::safe;
use crate::domain::workspace::CaseFile;
use crate::store::ReadStore;

/// Whatever is needed to put a case's evidence into words.
pub struct Told<'a, S> {
    pub store: &'a S,
    pub case: &'a CaseFile,
    pub redactor: &'a Redactor,
    pub zone: &'a TimeZone,
    pub now: Timestamp,
}

impl<S: ReadStore> Told<'_, S> {
    fn sheet(&self, out: &Output, kept: &KeptEvidence, mark: Option<&Mark>) -> evidence_text::Sheet {
        let gone = Message::new("desk.text_damaged");
        let text = text_to_read(&kept.evidence, mark).and_then(|sha256| {
            let bytes = self.store.read_attachment(sha256).ok()?;
            (sha256_hex(&bytes) == sha256).then(|| String::from_utf8_lossy(&bytes).into_owned())
        });
        let reader = Reader {
            lang: out.lang,
            zone: self.zone,
            now: self.now,
            filing: &self.case.filing,
            ours: &[],
            place: Place::Elsewhere,
            text: text.as_deref().map_or(PageText::Missing(&gone), PageText::Known),
        };
        evidence_text::sheet(&reader, kept, mark)
    }

    fn kept(&self, id: &str) -> Option<&KeptEvidence> {
        self.case.evidence.iter().find(|kept| kept.id == id)
    }

    /// A line for each piece that a finding rests on: when, from whom, and the line that decides.
    pub fn of_finding(&self, out: &mut Output, finding: &Finding) -> Result<(), CliError> {
        for named in &finding.evidence {
            let EvidenceRef::Evidence { id, mark } = named else { continue };
            let Some(kept) = self.kept(id) else { continue };
            let line = decisive(self.sheet(out, kept, mark.as_ref()));
            let said = Message::new("cli.show_evidence")
                .with("time", crate::cli::session::clock(kept.evidence.observed_at, self.zone))
                .with("source", safe(&kept.evidence.source))
                .with("line", line.map(|line| line.text()).unwrap_or_default())
                .text(out.lang);
            out.line(&format!("      {}", self.redactor.text(&said)))?;
        }
        Ok(())
    }

    /// Every piece as a whole.
    pub fn whole(&self, out: &mut Output) -> Result<(), CliError> {
        for kept in &self.case.evidence {
            let sheet = self.sheet(out, kept, None);
            out.line("")?;
            for line in sheet.head.iter().chain(&sheet.body) {
                out.line(&format!("  {}", self.redactor.text(&line.text())))?;
            }
        }
        Ok(())
    }

    /// The pieces as rows of `--json`.
    pub fn rows(&self, out: &Output) -> Vec<PieceRow<'_>> {
        let row = |kept: &'_ KeptEvidence| {
            let sheet = self.sheet(out, kept, None);
            let texts = sheet.body.iter().map(|line| self.redactor.text(&line.text()));
            let subject = subject_text(&kept.evidence.subject, &self.case.filing, false, out.lang);
            (self.redactor.text(&subject), texts.collect())
        };
        self.case
            .evidence
            .iter()
            .map(|kept| {
                let (subject, lines) = row(kept);
                PieceRow {
                    id: &kept.id,
                    gatherer: kept.evidence.gatherer().text(),
                    version: kept.evidence.version,
                    subject,
                    means: kept.evidence.means,
                    source: self.redactor.text(&kept.evidence.source),
                    observed_at: kept.evidence.observed_at,
                    lines,
                }
            })
            .collect()
    }
}

/// One piece of evidence.
#[derive(Serialize)]
pub struct PieceRow<'a> {
    id: &'a str,
    gatherer: &'static str,
    version: u16,
    subject: String,
    means: Means,
    source: String,
    observed_at: Timestamp,
    /// What was seen, in the language of the command.
    lines: Vec<String>,
}

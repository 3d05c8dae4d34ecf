//! Evidence that comes with a pack: `evidence.jsonl`, a piece a line, and the files that it names under `evidence/`.
//!
//! What another system or a person saw comes in here, and the demo's samples. What this program gathers itself does
//! not: nobody else may say that heyan saw something.

use super::json;
use super::limits::Limits;
use super::pack::{Pack, Refusal};
use super::report::{Fault, Origin, Place, literal, names, some_text};
use super::{Entry, Session};
use crate::domain::evidence::{Evidence, Means, Observation, Visit, VisitEnd};
use crate::domain::message::Message;
use crate::domain::revision::sha256_hex;
use crate::domain::vault::VaultFault;

/// The list inside a pack; a file of this name may also be imported by itself.
pub(super) const LIST: &str = "evidence.jsonl";

/// Where the files lie that evidence names, each under its SHA-256.
const FOLDER: &str = "evidence";

impl Session<'_> {
    /// One piece from its text: accepted with all files that it names, or rejected with what is wrong.
    pub(super) fn evidence(&mut self, text: &str, place: &Place) -> Result<(), VaultFault> {
        let evidence = match json::evidence(text) {
            Ok(evidence) => evidence,
            Err(malformed) => {
                let mut place = place.clone();
                if let Some((_, column)) = malformed.at {
                    place.column = Some(column);
                }
                self.reject(vec![place.reject(malformed.fault)]);
                return Ok(());
            }
        };
        if evidence.means == Means::Machine {
            self.reject(vec![place.reject(Fault {
                field: "means".into(),
                found: literal(evidence.means.text()),
                expected: names(&[Means::Import.text(), Means::Person.text(), Means::Sample.text()]),
                message: Message::new("intake.evidence_machine"),
            })]);
            return Ok(());
        }
        if let Some(fault) = nonsense(&evidence) {
            self.reject(vec![place.reject(fault)]);
            return Ok(());
        }
        let mut files = Vec::new();
        for sha256 in evidence.files() {
            match file(self.pack, sha256, self.limits) {
                Ok(bytes) => files.push((sha256.to_owned(), bytes)),
                Err(Refusal::Missing) if self.vault.get(sha256).is_some() => {}
                Err(refusal) => {
                    let fault = refusal.fault("observation".into(), &format!("{FOLDER}/{sha256}"));
                    self.reject(vec![place.reject(fault)]);
                    return Ok(());
                }
            }
        }
        for (sha256, bytes) in files {
            self.vault.put(&sha256, &bytes)?;
        }
        self.summary.accepted += 1;
        let origin = Origin { file: place.file.clone(), line: place.line.unwrap_or(1) };
        (self.sink)(Entry::Evidence { evidence: Box::new(evidence), origin });
        Ok(())
    }
}

/// The longest name of a source, in characters.
const LONGEST_SOURCE: usize = 200;

/// What the type allows and no gatherer would ever say.
fn nonsense(evidence: &Evidence) -> Option<Fault> {
    let gatherer = evidence.gatherer();
    if !evidence.subject.gatherers().contains(&gatherer) {
        let fitting: Vec<&str> =
            evidence.subject.gatherers().iter().map(|gatherer| gatherer.text()).collect();
        return Some(Fault {
            field: "observation".into(),
            found: literal(gatherer.text()),
            expected: names(&fitting),
            message: Message::new("intake.evidence_unfit"),
        });
    }
    let length = evidence.source.chars().count();
    if evidence.source.trim().is_empty() || length > LONGEST_SOURCE {
        return Some(Fault {
            field: "source".into(),
            found: some_text(&evidence.source),
            expected: Message::new("intake.expect_source").with("limit", LONGEST_SOURCE),
            message: Message::new("intake.wrong_value"),
        });
    }
    let Observation::Website(visits) = &evidence.observation else { return None };
    let beyond =
        |visit: &&Visit| matches!(visit.end, VisitEnd::Page(page) if usize::from(page) >= visits.pages.len());
    visits.visits.iter().position(|visit| beyond(&visit)).map(|at| Fault {
        field: format!("observation.website.visits[{at}].end.page"),
        found: Message::new("intake.found_other"),
        expected: Message::new("intake.expect_page").with("count", visits.pages.len()),
        message: Message::new("intake.wrong_value"),
    })
}

/// A file that evidence names: by its hash, and having it.
fn file(pack: &Pack, sha256: &str, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if sha256.len() != 64 || !sha256.bytes().all(hex) {
        return Err(Refusal::Missing);
    }
    let bytes = pack.read(&[FOLDER, sha256], limits.max_attachment_bytes)?;
    if sha256_hex(&bytes) == sha256 { Ok(bytes) } else { Err(Refusal::Changed) }
}

/// What is wrong with an evidence's place in a rejection of the reader's own, as the time of an import tells.
pub fn from_the_future(evidence: &Evidence, origin: &Origin) -> super::Rejection {
    let place = Place { line: Some(origin.line), ..Place::file(&origin.file) };
    place.reject(Fault {
        field: "observed_at".into(),
        found: literal(&evidence.observed_at.to_string()),
        expected: Message::new("intake.expect_past"),
        message: Message::new("intake.evidence_future"),
    })
}

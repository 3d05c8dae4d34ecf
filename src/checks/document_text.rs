//! Text read in pictures (图片文字) against what was filed. Reading makes mistakes, so it never fails anybody (domain
//! reference 0.7): what is found as filed is a pass with its place, another value of the same kind that was read well is
//! a doubt with its place, and what was not found says nothing unless the workspace asks for text.

mod other;

mod wanted;

use self::wanted::{Expected, wanted};
use super::Check;
use super::pictures::{Picture, pictures};
use super::statement::Statement;
use crate::domain::case::Case;
use crate::domain::evidence::{FaultKind, Gatherer, KeptEvidence, Mark, Observation, TextReading};
use crate::domain::finding::{EvidenceRef, Finding, Section};
use crate::domain::message::Message;
use crate::domain::places::page::{Page, Spot};

pub struct DocumentText;

impl Check for DocumentText {
    fn id(&self) -> &'static str {
        "document_text"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &["MAT-MISMATCH-FORM"]
    }

    fn gatherers(&self) -> &'static [Gatherer] {
        &[Gatherer::Text]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        for picture in pictures(case) {
            let wanted = wanted(case.filing, picture.kind);
            if wanted.is_empty() {
                continue;
            }
            let kept = case.known.latest(Gatherer::Text, &picture.subject);
            match kept.map(|kept| (kept, &kept.evidence.observation)) {
                Some((kept, Observation::Text(TextReading::Read(read)))) => {
                    let page = Page::of(&read.words);
                    out.extend(
                        wanted
                            .iter()
                            .filter_map(|expected| self.judge(case, &picture, kept, &page, expected)),
                    );
                }
                other if case.known.requires(Gatherer::Text) => {
                    let about = Statement::about(self, Section::Material, picture.object.clone())
                        .resting_on(picture.shown());
                    out.push(
                        about.not_run(match other {
                            Some((_, Observation::Text(TextReading::NoAnswer(fault)))) => {
                                Message::new(match fault.kind {
                                    FaultKind::NotInstalled => "checks.text_not_installed",
                                    _ => "checks.text_fault",
                                })
                                .with(
                                    "detail",
                                    if fault.detail.is_empty() { fault.kind.text() } else { &fault.detail },
                                )
                            }
                            _ => Message::new("checks.text_missing"),
                        }),
                    );
                }
                _ => {}
            }
        }
    }
}

impl DocumentText {
    fn judge(
        &self,
        case: &Case<'_>,
        picture: &Picture,
        kept: &KeptEvidence,
        page: &Page<'_>,
        expected: &Expected,
    ) -> Option<Finding> {
        let about = |spot: Option<&Spot>| {
            let evidence = match spot {
                Some(spot) => EvidenceRef::marked(kept, Mark::Region(spot.region)),
                None => EvidenceRef::kept(kept),
            };
            Statement::about(self, Section::Material, picture.object.clone())
                .resting_on(evidence)
                .resting_on(picture.shown())
        };
        let says = |id: &str| Message::new(id).with("field", format_args!("@{}", expected.field));
        if let Some(spot) = expected.found(page) {
            return Some(about(Some(&spot)).pass(says("checks.text_found")));
        }
        if let Some(other) = expected.other(page) {
            let finding = about(Some(&other)).warn_of("MAT-MISMATCH-FORM", says("checks.text_differs"));
            return Some(finding.seen(other.text, &expected.filed[0]));
        }
        case.known.requires(Gatherer::Text).then(|| about(None).not_run(says("checks.text_unread")))
    }
}

#[cfg(test)]
mod tests;

//! Whether the verification photo looks like one in a filing of another entity: re-compressed, scaled or brightened, it
//! is another file and the same photo. The store finds candidates and compares them ([`look`](crate::domain::look)).
//!
//! The very same file is [`super::other_entities`]'s to tell.

use super::Check;
use super::pictures::{Pixels, is_photo, not_measured, pictures};
use super::statement::Statement;
use crate::domain::case::{Case, Relation, RelationKind};
use crate::domain::evidence::Gatherer;
use crate::domain::finding::{EvidenceRef, Finding, Section};
use crate::domain::look::Look;
use crate::domain::message::Message;
use crate::domain::relations;

pub struct PhotoReuse;

/// How many of the other filings are named; the count tells of the rest.
const NAMED: usize = 3;

impl Check for PhotoReuse {
    fn id(&self) -> &'static str {
        "photo_reuse"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &["PHO-REUSED"]
    }

    fn gatherers(&self) -> &'static [Gatherer] {
        &[Gatherer::Pixels]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let Some(photo) = pictures(case).into_iter().find(|picture| is_photo(picture.kind)) else { return };
        let about = Statement::about(self, Section::Material, photo.object.clone()).resting_on(photo.shown());
        let (kept, facts) = match photo.pixels(case) {
            Pixels::Seen(kept, facts) => (kept, facts),
            Pixels::Unknown(fault) => {
                out.extend(not_measured(&about, case, fault));
                return;
            }
        };
        // Plain pictures all look the same: nothing to say of them, and nothing to be clean by.
        if !Look::of(facts).is_some_and(|look| look.is_telling()) {
            return;
        }
        let mut filings: Vec<&str> = strangers(case).map(|relation| relation.filing.as_str()).collect();
        filings.sort_unstable();
        filings.dedup();
        let about = about.resting_on(EvidenceRef::kept(kept));
        if filings.is_empty() {
            out.push(about.pass("checks.photo_look_nowhere_else"));
            return;
        }
        let count = filings.len();
        filings.truncate(NAMED);
        let message = Message::new("checks.photo_look_elsewhere")
            .with("count", count)
            .with("filings", filings.join(", "));
        let about = filings
            .into_iter()
            .fold(about, |about, key| about.resting_on(EvidenceRef::Filing(key.to_owned())));
        out.push(about.warn_of("PHO-REUSED", message));
    }
}

/// Filings of other entities and other persons with the same look, but not the same file.
fn strangers<'c>(case: &Case<'c>) -> impl Iterator<Item = &'c Relation> {
    let own = relations::entity_id(case.filing);
    let relations = case.relations;
    let same_file = move |other: &Relation| {
        relations.iter().any(|known| known.kind == RelationKind::Picture && known.filing == other.filing)
    };
    relations.iter().filter(move |relation| {
        relation.kind == RelationKind::Look
            && (own.is_empty() || relation.entity != own)
            && !relation.same_person
            && !same_file(relation)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{Sample, run_table};
    use crate::checks::pictures::fixture::{facts, seen};
    use crate::domain::evidence::PixelFacts;
    use crate::domain::filing::AttachmentKind;

    const PHOTO: AttachmentKind = AttachmentKind::BackdropPhoto;

    fn looked_at() -> Sample {
        let mut sample = Sample::enterprise();
        seen(&mut sample, PHOTO, facts());
        sample
    }

    fn related(sample: &mut Sample, kind: RelationKind, filing: &str, entity: &str, same_person: bool) {
        let (filing, entity) = (filing.to_owned(), entity.to_owned());
        sample.relations.push(Relation { kind, role: None, filing, entity, same_person });
    }

    #[test]
    fn a_look_alike_of_a_stranger_is_a_doubt() {
        const DOUBT: &[&str] = &["warn PHO-REUSED@backdrop_photo"];
        run_table(
            &PhotoReuse,
            looked_at,
            &[
                (
                    "a stranger's",
                    |s| related(s, RelationKind::Look, "F-9", "91440300MA0000009A", false),
                    DOUBT,
                ),
                ("a sibling's", |s| related(s, RelationKind::Look, "F-9", "91440300MA00000077", false), &[]),
                (
                    "the same person's",
                    |s| related(s, RelationKind::Look, "F-9", "91440300MA0000009A", true),
                    &[],
                ),
                (
                    "the same file, which another check tells of",
                    |s| {
                        related(s, RelationKind::Look, "F-9", "91440300MA0000009A", false);
                        related(s, RelationKind::Picture, "F-9", "91440300MA0000009A", false);
                    },
                    &[],
                ),
                (
                    "a plain picture",
                    |s| {
                        related(s, RelationKind::Look, "F-9", "91440300MA0000009A", false);
                        seen(s, PHOTO, PixelFacts { look: "0000000000000000".into(), ..facts() });
                    },
                    &[],
                ),
                ("not measured and not asked for", |s| s.evidence.clear(), &[]),
                (
                    "not measured",
                    |s| {
                        s.evidence.clear();
                        s.requires(Gatherer::Pixels);
                    },
                    &["not_run backdrop_photo"],
                ),
            ],
        );
    }
}

//! What this filing shares with filings of other entities: a contact, the site principal, the photo.
//!
//! The store looks the relations up by [`relations::keys`]. Filings of the same entity (同主体) share everything by
//! nature and are no news. Sharing is never wrong by itself: every finding here is for a human to weigh.

use super::Check;
use super::statement::Statement;
use crate::domain::case::{Case, Relation, RelationKind};
use crate::domain::filing::{AttachmentKind, Person, Role};
use crate::domain::finding::{EvidenceRef, Finding, Section};
use crate::domain::message::Message;
use crate::domain::object::{Object, PersonPlaces, Place};
use crate::domain::relations;

pub struct OtherEntities;

/// How many of the other filings are named; the count tells of the rest.
const NAMED: usize = 3;

impl Check for OtherEntities {
    fn id(&self) -> &'static str {
        "other_entities"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &["CON-OTHER-ENTITY", "SPR-ID-DUPLICATE", "PHO-REUSED"]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let own = relations::entity_id(case.filing);
        // Without a number of its own a filing has no siblings to be told from strangers.
        let foreign = |relation: &&Relation| own.is_empty() || relation.entity != own;
        let related = |kind: RelationKind, role: Option<Role>| {
            case.relations
                .iter()
                .filter(move |relation| relation.kind == kind && relation.role == role.map(Into::into))
                .filter(foreign)
        };

        for (role, person) in case.filing.principals() {
            let places = PersonPlaces::of(role);
            // A person may stand behind several entities and keep one telephone.
            let strangers = |kind| related(kind, Some(role)).filter(|relation| !relation.same_person);
            if !relations::mobile(&person.mobile).is_empty() {
                out.push(self.judge(&MOBILE, places.mobile.into(), strangers(RelationKind::Mobile)));
            }
            if !relations::email(&person.email).is_empty() {
                out.push(self.judge(&EMAIL, places.email.into(), strangers(RelationKind::Email)));
            }
        }
        if let Some(site) = case.filing.site.as_ref().filter(|_| !case.filing.is_individual()) {
            let elsewhere = related(RelationKind::PersonId, Some(Role::SitePrincipal))
                .filter(|relation| !files_alone(&site.principal, relation));
            out.push(self.judge(&PERSON, Place::SitePrincipalId.into(), elsewhere));
        }
        if let Some(kind) = photo(case) {
            out.push(self.judge(&PHOTO, Object::attachment(kind), related(RelationKind::Picture, None)));
        }
    }
}

/// One thing that may be shared and the words for each outcome.
struct Shared {
    section: Section,
    /// None where no reason speaks of it.
    code: Option<&'static str>,
    own: &'static str,
    elsewhere: &'static str,
}

const MOBILE: Shared = Shared {
    section: Section::Contact,
    code: Some("CON-OTHER-ENTITY"),
    own: "checks.mobile_nowhere_else",
    elsewhere: "checks.mobile_elsewhere",
};

const EMAIL: Shared = Shared {
    section: Section::Contact,
    code: None,
    own: "checks.email_nowhere_else",
    elsewhere: "checks.email_elsewhere",
};

const PERSON: Shared = Shared {
    section: Section::SitePrincipal,
    code: Some("SPR-ID-DUPLICATE"),
    own: "checks.person_nowhere_else",
    elsewhere: "checks.person_elsewhere",
};

const PHOTO: Shared = Shared {
    section: Section::Material,
    code: Some("PHO-REUSED"),
    own: "checks.photo_nowhere_else",
    elsewhere: "checks.photo_elsewhere",
};

impl OtherEntities {
    fn judge<'r>(
        &self,
        shared: &Shared,
        object: Object,
        relations: impl Iterator<Item = &'r Relation>,
    ) -> Finding {
        let mut filings: Vec<&str> = relations.map(|relation| relation.filing.as_str()).collect();
        filings.sort_unstable();
        filings.dedup();
        let own_evidence = match &object {
            Object::Attachment { .. } => EvidenceRef::Attachment(object.clone()),
            _ => EvidenceRef::Field(object.clone()),
        };
        let about = Statement::about(self, shared.section, object).resting_on(own_evidence);
        if filings.is_empty() {
            return about.pass(shared.own);
        }
        let count = filings.len();
        filings.truncate(NAMED);
        let message = Message::new(shared.elsewhere).with("count", count).with("filings", filings.join(", "));
        let about = filings
            .into_iter()
            .fold(about, |about, key| about.resting_on(EvidenceRef::Filing(key.to_owned())));
        match shared.code {
            Some(code) => about.warn_of(code, message),
            None => about.warn(message),
        }
    }
}

/// Whether the other filing is the person's own: who files as an individual may be site principal of one
/// organisation too, only not of several (Tencent's 主体信息).
fn files_alone(person: &Person, relation: &Relation) -> bool {
    relation.entity == relations::document_number(&person.document_number)
}

/// The kind of photo that the filing carries, the backdrop photo first.
fn photo(case: &Case<'_>) -> Option<AttachmentKind> {
    [AttachmentKind::BackdropPhoto, AttachmentKind::VideoFrame]
        .into_iter()
        .find(|kind| case.attachments.iter().any(|fact| fact.kind == *kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{Sample, run_table};
    use crate::domain::case::RelationRole;
    use crate::domain::finding::Status;

    const STRANGER: &str = "91440300MA00000152";
    const SIBLING: &str = "91440300MA00000077";

    fn relate(
        sample: &mut Sample,
        kind: RelationKind,
        role: Option<RelationRole>,
        filing: &str,
        entity: &str,
    ) {
        let (filing, entity) = (filing.to_owned(), entity.to_owned());
        let same_person = kind == RelationKind::PersonId;
        sample.relations.push(Relation { kind, role, filing, entity, same_person });
    }

    const ENTITY_PRINCIPAL: Option<RelationRole> = Some(RelationRole::EntityPrincipal);
    const SITE_PRINCIPAL: Option<RelationRole> = Some(RelationRole::SitePrincipal);

    #[test]
    fn strangers_are_named_and_siblings_are_not() {
        use RelationKind::{Email, Mobile, PersonId, Picture};
        run_table(
            &OtherEntities,
            Sample::enterprise,
            &[
                (
                    "mobile at a stranger's",
                    |s| relate(s, Mobile, SITE_PRINCIPAL, "F-9", STRANGER),
                    &["warn CON-OTHER-ENTITY@spr.mobile"],
                ),
                (
                    "mobile of the entity principal",
                    |s| relate(s, Mobile, ENTITY_PRINCIPAL, "F-9", STRANGER),
                    &["warn CON-OTHER-ENTITY@epr.mobile"],
                ),
                ("mobile at a sibling's", |s| relate(s, Mobile, SITE_PRINCIPAL, "F-9", SIBLING), &[]),
                (
                    "mobile of the same person elsewhere",
                    |s| {
                        relate(s, Mobile, SITE_PRINCIPAL, "F-9", STRANGER);
                        s.relations[0].same_person = true;
                    },
                    &[],
                ),
                (
                    "e-mail at a stranger's",
                    |s| relate(s, Email, SITE_PRINCIPAL, "F-9", STRANGER),
                    &["warn spr.email"],
                ),
                (
                    "site principal of a stranger",
                    |s| relate(s, PersonId, SITE_PRINCIPAL, "F-9", STRANGER),
                    &["warn SPR-ID-DUPLICATE@spr.id"],
                ),
                ("site principal of a sibling", |s| relate(s, PersonId, SITE_PRINCIPAL, "F-9", SIBLING), &[]),
                (
                    "the site principal's own filing",
                    |s| relate(s, PersonId, SITE_PRINCIPAL, "F-9", "440305199006060022"),
                    &[],
                ),
                (
                    "a legal representative of several companies",
                    |s| relate(s, PersonId, ENTITY_PRINCIPAL, "F-9", STRANGER),
                    &[],
                ),
                (
                    "photo at a stranger's",
                    |s| relate(s, Picture, None, "F-9", STRANGER),
                    &["warn PHO-REUSED@backdrop_photo"],
                ),
                ("photo at a sibling's", |s| relate(s, Picture, None, "F-9", SIBLING), &[]),
                (
                    "no number of its own, so no sibling",
                    |s| {
                        s.filing.entity.certificate_number.clear();
                        relate(s, Mobile, SITE_PRINCIPAL, "F-9", "");
                    },
                    &["warn CON-OTHER-ENTITY@spr.mobile"],
                ),
            ],
        );
    }

    #[test]
    fn the_frame_of_the_live_check_is_a_photo_too() {
        run_table(
            &OtherEntities,
            Sample::electronic,
            &[(
                "frame at a stranger's",
                |s| relate(s, RelationKind::Picture, None, "F-9", STRANGER),
                &["warn PHO-REUSED@video_frame"],
            )],
        );
    }

    #[test]
    fn a_person_may_file_alone_beside_a_company() {
        run_table(
            &OtherEntities,
            Sample::individual,
            &[(
                "site principal of a company",
                |s| relate(s, RelationKind::PersonId, SITE_PRINCIPAL, "F-9", STRANGER),
                &[],
            )],
        );
    }

    #[test]
    fn many_filings_are_one_finding_that_names_three() {
        let mut sample = Sample::enterprise();
        for filing in ["F-14", "F-11", "F-13", "F-12", "F-11"] {
            relate(&mut sample, RelationKind::Mobile, SITE_PRINCIPAL, filing, STRANGER);
        }
        let findings = sample.findings(&OtherEntities);
        let [warning] = &findings.iter().filter(|f| f.status == Status::Warn).collect::<Vec<_>>()[..] else {
            panic!("one warning: {findings:?}")
        };
        assert_eq!(warning.message.args["count"], "4");
        assert_eq!(warning.message.args["filings"], "F-11, F-12, F-13");
        let named = warning.evidence.iter().filter(|evidence| matches!(evidence, EvidenceRef::Filing(_)));
        assert_eq!(named.count(), NAMED);
    }
}

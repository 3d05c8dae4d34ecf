//! What was transcribed from the pictures of a document against what was filed.

use crate::domain::filing::{AttachmentKind, Filing, IdentityTranscript, Role};
use crate::domain::finding::Finding;
use crate::domain::message::Message;
use crate::domain::numbers::symbols::normalise;
use crate::domain::object::{Object, ReasonUse};

use super::super::text::same_person;
use super::{RoleFacts, Subject};

impl Subject<'_> {
    /// Name, number and validity. Passports have one side only, so each field is taken from whichever side has it.
    pub(super) fn transcript(&self, filing: &Filing, out: &mut Vec<Finding>) {
        let pictures = self.pictures(filing);
        let sides: Vec<_> = [pictures.front, pictures.back]
            .into_iter()
            .filter_map(|kind| filing.identity_transcript(kind))
            .collect();
        if sides.is_empty() {
            let about = self.about(self.places.person).shown_on(pictures.front);
            out.push(about.not_run("numbers.transcript_missing"));
            return;
        }
        out.push(self.name(pictures.front, &sides));
        out.push(self.transcribed_number(pictures.front, &sides));
        out.push(self.transcribed_validity(pictures.back, &sides));
    }

    /// One person in both roles hands the document in once: where the site principal has no pictures of their own, the
    /// entity principal's are theirs.
    fn pictures(&self, filing: &Filing) -> &'static RoleFacts {
        let own = [self.role.front, self.role.back]
            .iter()
            .any(|kind| filing.attachments_of(*kind).next().is_some());
        if own || !filing.same_principal() { self.role } else { RoleFacts::of(Role::EntityPrincipal) }
    }

    fn name(&self, front: AttachmentKind, sides: &[&IdentityTranscript]) -> Finding {
        let about = self.about(self.places.name).observed(&self.person.name).shown_on(front);
        match sides.iter().find_map(|side| side.name.as_deref()) {
            None => about.not_run("numbers.transcript_no_name"),
            Some(name) if same_person(name, &self.person.name) => about.pass("numbers.name_agrees"),
            Some(name) => about.fail(self.role.name_mismatch, "numbers.name_differs").expecting(name),
        }
    }

    fn transcribed_number(&self, front: AttachmentKind, sides: &[&IdentityTranscript]) -> Finding {
        let about = self.about(self.places.id).observed(&self.person.document_number).shown_on(front);
        match sides.iter().find_map(|side| side.number.as_deref()) {
            None => about.not_run("numbers.transcript_no_number"),
            Some(number) if normalise(number) == normalise(&self.person.document_number) => {
                about.pass("numbers.id_agrees")
            }
            Some(number) => about.fail(self.role.invalid, "numbers.id_differs").expecting(number),
        }
    }

    /// An expired picture fails whatever was filed; a different day is a doubt about the material.
    fn transcribed_validity(&self, back: AttachmentKind, sides: &[&IdentityTranscript]) -> Finding {
        let about = self.about(self.places.id).shown_on(back);
        let Some(shown) = sides.iter().find_map(|side| side.valid_until) else {
            return about.not_run("numbers.transcript_no_validity");
        };
        let filed = self.person.valid_until;
        let about = match filed {
            Some(filed) => about.observed(filed),
            None => about,
        };
        if filed == Some(shown) {
            return about.pass("numbers.validity_agrees");
        }
        if !shown.covers(self.day) {
            let message = Message::new("numbers.picture_expired").with("until", shown);
            return about.fail(self.role.expired, message).expecting(shown);
        }
        match filed {
            None => about.warn("numbers.validity_not_filed").expecting(shown),
            Some(_) => Finding {
                proposes: vec![ReasonUse::new("MAT-MISMATCH-FORM", Object::attachment(back))],
                ..about.warn("numbers.validity_differs").expecting(shown)
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::super::fixture::Sample;
    use super::super::PrincipalId;
    use super::*;
    use crate::domain::filing::ValidUntil;

    /// What is said of the entity principal's transcript after a change of the sample.
    fn after(change: impl FnOnce(&mut Sample)) -> Vec<String> {
        let mut sample = Sample::enterprise();
        change(&mut sample);
        sample.said(&PrincipalId)[3..].to_vec()
    }

    use AttachmentKind::{EntityPrincipalIdBack as Back, EntityPrincipalIdFront as Front};

    #[test]
    fn names() {
        for (filed, shown, expected) in [
            ("王样例", "王 样例", "pass name_agrees"),
            ("阿依·样例", "阿依•样例", "pass name_agrees"),
            ("Ｗａｎｇ Sample", "Wang Sample", "pass name_agrees"),
            ("王样例", "王样利", "fail name_differs EPR-NAME-MISMATCH@epr.name"),
            ("王样例", "", "fail name_differs EPR-NAME-MISMATCH@epr.name"),
        ] {
            let said = after(|sample| {
                sample.filing.entity.principal.name = filed.to_owned();
                sample.identity(Front).name = Some(shown.to_owned());
            });
            assert_eq!(said[0], expected, "{filed} {shown}");
        }
        assert_eq!(after(|sample| sample.identity(Front).name = None)[0], "not_run transcript_no_name");
    }

    #[test]
    fn numbers() {
        for (shown, expected) in [
            (Some("440305 19850505 0019"), "pass id_agrees"),
            (Some("440305198505050018"), "fail id_differs EPR-ID-INVALID@epr.id"),
            (None, "not_run transcript_no_number"),
        ] {
            let said = after(|sample| sample.identity(Front).number = shown.map(str::to_owned));
            assert_eq!(said[1], expected, "{shown:?}");
        }
    }

    #[test]
    fn validity() {
        let day = |year| Some(ValidUntil::Day(date(year, 3, 1)));
        for (filed, shown, expected) in [
            (day(2045), day(2045), "pass validity_agrees"),
            (day(2045), day(2044), "warn validity_differs MAT-MISMATCH-FORM@epr_id_back"),
            (day(2045), Some(ValidUntil::LongTerm), "warn validity_differs MAT-MISMATCH-FORM@epr_id_back"),
            (day(2045), day(2024), "fail picture_expired EPR-ID-EXPIRED@epr.id"),
            (None, day(2045), "warn validity_not_filed"),
            (None, day(2024), "fail picture_expired EPR-ID-EXPIRED@epr.id"),
            (day(2024), day(2024), "pass validity_agrees"),
            (day(2045), None, "not_run transcript_no_validity"),
        ] {
            let said = after(|sample| {
                sample.filing.entity.principal.valid_until = filed;
                sample.identity(Back).valid_until = shown;
            });
            assert_eq!(said[2], expected, "{filed:?} {shown:?}");
        }
    }

    #[test]
    fn without_any_transcript_there_is_one_sentence() {
        let said = after(|sample| {
            sample.filing.attachments.retain(|attachment| ![Front, Back].contains(&attachment.kind));
        });
        assert_eq!(said[0], "not_run transcript_missing");
        assert_eq!(said[1], "pass id_valid", "then comes the site principal");
    }

    #[test]
    fn one_person_hands_the_document_in_once() {
        let mut sample = Sample::enterprise();
        let person = sample.filing.entity.principal.clone();
        sample.site().principal = person;
        sample.filing.attachments.retain(|attachment| !attachment.kind.text().starts_with("spr_"));
        let said = sample.said(&PrincipalId);
        assert!(said.len() == 12 && said.iter().all(|line| line.starts_with("pass")), "{said:?}");
    }
}

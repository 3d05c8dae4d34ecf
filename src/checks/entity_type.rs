//! 单位性质: whether the certificate's type and the unified code's class belong to the sponsor's type.

use crate::domain::case::Case;
use crate::domain::codes::{self, List};
use crate::domain::filing::{AttachmentKind, Entity};
use crate::domain::finding::{Finding, Section};
use crate::domain::message::Message;
use crate::domain::numbers::unified_code;
use crate::domain::object::Place;

use super::Check;
use super::statement::Statement;

/// Entity types that an organisation with a unified code of this authority and class may file as. Public institutions,
/// private non-enterprise units and enterprises also run hospitals, notaries' and appraisal offices, which have types
/// of their own. Pairs that are not here say too little to judge by.
const CLASSES: &[(&str, &[u16])] = &[
    ("11", &[2]),
    ("12", &[3, 14, 17, 18, 20]),
    ("13", &[13, 6]),
    ("31", &[11]),
    ("32", &[18]),
    ("34", &[14]),
    ("35", &[20]),
    ("41", &[12]),
    ("51", &[6]),
    ("52", &[9, 14, 17]),
    ("53", &[10]),
    ("71", &[15]),
    ("91", &[4, 14, 17]),
    ("92", &[4, 17]),
    ("93", &[4]),
    ("A1", &[1]),
    ("N1", &[19]),
    ("N2", &[19]),
    ("N3", &[19]),
];

pub struct EntityType;

impl Check for EntityType {
    fn id(&self) -> &'static str {
        "entity_type"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &["ENT-CERTTYPE-MISMATCH", "ENT-TYPE-MISMATCH"]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let entity = &case.filing.entity;
        out.push(self.certificate_type(entity));
        out.extend(self.class(entity));
    }
}

impl EntityType {
    fn certificate_type(&self, entity: &Entity) -> Finding {
        let about = Statement::about(self, Section::Entity, Place::CertificateType)
            .observed(entity.certificate_type)
            .shown_on(AttachmentKind::EntityCertificate);
        let own = codes::certificate_types_of(entity.entity_type);
        if own.is_empty() {
            return about.warn(Message::new("numbers.entity_type_unknown").with("type", entity.entity_type));
        }
        if own.contains(&entity.certificate_type) {
            return about.pass("numbers.certificate_type_fits");
        }
        let of_another_type = codes::find(List::CertificateTypes, entity.certificate_type)
            .is_some_and(|code| !code.entity_types.is_empty());
        let finding = if of_another_type {
            about.fail("ENT-CERTTYPE-MISMATCH", "numbers.certificate_type_differs")
        } else {
            let message = Message::new("numbers.certificate_type_unknown");
            about.warn(message.with("type", entity.certificate_type))
        };
        finding.expecting(list(&own))
    }

    /// Nothing where the number is no unified code or its class says too little.
    fn class(&self, entity: &Entity) -> Option<Finding> {
        let code = unified_code::parse(&entity.certificate_number).ok()?;
        let (pair, fitting) = CLASSES.iter().find(|(pair, _)| *pair == code.pair())?;
        let about = Statement::about(self, Section::Entity, Place::EntityType)
            .observed(entity.entity_type)
            .shown_on(AttachmentKind::EntityCertificate);
        if fitting.contains(&entity.entity_type) {
            return Some(about.pass("numbers.entity_type_fits"));
        }
        let message = Message::new("numbers.entity_type_differs")
            .with("pair", pair)
            .with("class", format_args!("@numbers.class_{}", pair.to_ascii_lowercase()));
        Some(about.fail("ENT-TYPE-MISMATCH", message).expecting(list(fitting)))
    }
}

fn list(numbers: &[u16]) -> String {
    numbers.iter().map(u16::to_string).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Sample;
    use super::*;
    use crate::domain::message::known;

    const FITS: &str = "pass certificate_type_fits";
    const SAME: &str = "pass entity_type_fits";
    const WRONG_CERTIFICATE: &str = "fail certificate_type_differs ENT-CERTTYPE-MISMATCH@certificate_type";
    const WRONG_TYPE: &str = "fail entity_type_differs ENT-TYPE-MISMATCH@entity_type";

    #[test]
    fn by_entity_type_certificate_and_class() {
        for (entity_type, certificate_type, number, expected) in [
            (4, 1, "91440300000000019B", &[FITS, SAME][..]),
            (4, 27, "91440300000000019B", &[FITS, SAME]),
            (3, 4, "12440300000000019G", &[FITS, SAME]),
            (17, 38, "12440300000000019G", &[FITS, SAME]),
            (17, 38, "91440300000000019B", &[FITS, SAME]),
            (3, 4, "91440300000000019B", &[FITS, WRONG_TYPE]),
            (4, 4, "91440300000000019B", &[WRONG_CERTIFICATE, SAME]),
            (5, 1, "91440300000000019B", &[WRONG_CERTIFICATE, WRONG_TYPE]),
            (4, 2, "440305198505050019", &[WRONG_CERTIFICATE]),
            (5, 2, "440305198505050019", &[FITS]),
            (4, 1, "944403000000000192", &[FITS]),
            (4, 1, "440301103448669", &[FITS]),
            (4, 46, "91440300000000019B", &["warn certificate_type_unknown", SAME]),
            (7, 1, "440301103448669", &["warn entity_type_unknown"]),
        ] {
            let mut sample = Sample::enterprise();
            let entity = &mut sample.filing.entity;
            entity.entity_type = entity_type;
            entity.certificate_type = certificate_type;
            entity.certificate_number = number.to_owned();
            assert_eq!(sample.said(&EntityType), expected, "{entity_type} {certificate_type} {number}");
        }
    }

    #[test]
    fn every_class_has_a_name() {
        for (pair, _) in CLASSES {
            assert!(known(&format!("numbers.class_{}", pair.to_ascii_lowercase())), "{pair}");
        }
    }
}

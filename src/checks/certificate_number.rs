//! The sponsor's certificate number: valid for its certificate, and in the newest form.

use crate::domain::case::Case;
use crate::domain::codes;
use crate::domain::filing::AttachmentKind;
use crate::domain::finding::{Finding, Section};
use crate::domain::message::Message;
use crate::domain::numbers::symbols::normalise;
use crate::domain::numbers::{NumberFault, organisation_code, registration_number, unified_code};
use crate::domain::object::Place;

use super::Check;
use super::personal_document::{self, Verdict};
use super::statement::Statement;

const NOT_UNIFIED: &str = "ENT-CERTNO-NOT-USCC";
const INVALID: &str = "ENT-CERTNO-INVALID";

/// 单位性质 企业
const ENTERPRISE: u16 = 4;

/// Certificates that bear a unified code and nothing else today: 营业执照, enterprises' 组织机构代码证, 代表机构登记证 and
/// those named after the code itself (domain reference 1.9).
const UNIFIED: &[u16] = &[1, 12, 13, 15, 24, 27, 49];

/// Certificates of legal persons and of the organisation code: a unified code replaced the number, but older papers
/// may still be about.
const UNIFIED_BY_NOW: &[u16] = &[3, 4, 6, 9, 10, 16, 17, 18, 19, 20, 36];

pub struct CertificateNumber;

impl Check for CertificateNumber {
    fn id(&self) -> &'static str {
        "certificate_number"
    }

    fn version(&self) -> u16 {
        2
    }

    fn proposes(&self) -> &'static [&'static str] {
        &[NOT_UNIFIED, INVALID]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let entity = &case.filing.entity;
        let number = &entity.certificate_number;
        let about = Statement::about(self, Section::Entity, Place::Number).observed(number);
        out.push(if codes::is_personal_document(entity.certificate_type) {
            let about = about.shown_on(AttachmentKind::EntityPrincipalIdFront);
            match personal_document::judge(entity.certificate_type, number, None, case.day) {
                Verdict::Valid { .. } => about.pass("numbers.number_valid"),
                Verdict::Doubtful { doubt, known, .. } => Finding { expected: known, ..about.warn(doubt) },
                Verdict::Invalid(fault) => about.fail(INVALID, fault),
            }
        } else {
            let about = about.shown_on(AttachmentKind::EntityCertificate);
            organisation(&about, number, entity.entity_type, entity.certificate_type)
        });
    }
}

fn organisation(about: &Statement<'_>, number: &str, entity_type: u16, certificate_type: u16) -> Finding {
    let fault = match unified_code::parse(number) {
        Ok(code) if !code.pair_is_known() => {
            return about.warn(Message::new("numbers.pair_unknown").with("pair", code.pair()));
        }
        Ok(code) if organisation_code::parse(code.organisation_code()).is_err() => {
            return about.warn("numbers.organisation_part");
        }
        Ok(_) => return about.pass("numbers.number_valid"),
        Err(fault) => fault,
    };
    let must_be_unified = entity_type == ENTERPRISE || UNIFIED.contains(&certificate_type);
    let long_enough = !matches!(fault, NumberFault::Empty | NumberFault::Length { .. });
    match older_form(number) {
        _ if fault == NumberFault::Empty => about.fail(INVALID, fault.message()),
        Some(form) if must_be_unified => about.fail(NOT_UNIFIED, not_unified(form)),
        _ if must_be_unified => about.fail(INVALID, fault.message()),
        Some(form) => about.warn_of(NOT_UNIFIED, not_unified(form)),
        None if UNIFIED_BY_NOW.contains(&certificate_type) && long_enough => {
            about.fail(INVALID, fault.message())
        }
        None if UNIFIED_BY_NOW.contains(&certificate_type) => {
            about.warn_of(NOT_UNIFIED, not_unified("numbers.form_unknown"))
        }
        None => about.not_run("numbers.own_form"),
    }
}

fn not_unified(form: &str) -> Message {
    Message::new("numbers.not_unified").with("form", format_args!("@{form}"))
}

/// The message id of the older form that a number is validly written in. Numbers of 13 digits have no check digit.
fn older_form(number: &str) -> Option<&'static str> {
    let text = normalise(number);
    if registration_number::parse(&text).is_ok() {
        Some("numbers.form_registration")
    } else if organisation_code::parse(&text).is_ok() {
        Some("numbers.form_organisation")
    } else if text.len() == 13 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        Some("numbers.form_registration_13")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Sample;
    use super::*;

    #[test]
    fn by_certificate_and_number() {
        for (entity_type, certificate_type, number, expected) in [
            (4, 1, "91440300000000019B", "pass number_valid"),
            (4, 1, "９１４４０３０００００００００１９Ｂ", "pass number_valid"),
            (4, 1, "91440300000000019C", "fail check_digit ENT-CERTNO-INVALID@number"),
            (4, 1, "", "fail empty ENT-CERTNO-INVALID@number"),
            (4, 1, "440301103448669", "fail not_unified ENT-CERTNO-NOT-USCC@number"),
            (4, 1, "440301103448660", "fail length ENT-CERTNO-INVALID@number"),
            (4, 1, "4403001234567", "fail not_unified ENT-CERTNO-NOT-USCC@number"),
            (4, 12, "00000001-9", "fail not_unified ENT-CERTNO-NOT-USCC@number"),
            (4, 12, "00000001-8", "fail length ENT-CERTNO-INVALID@number"),
            (4, 5, "441900", "fail length ENT-CERTNO-INVALID@number"),
            (4, 1, "944403000000000192", "warn pair_unknown"),
            (4, 1, "914403000000000188", "warn organisation_part"),
            (3, 4, "12440300000000019G", "pass number_valid"),
            (3, 15, "440301103448669", "fail not_unified ENT-CERTNO-NOT-USCC@number"),
            (3, 3, "000000019", "warn not_unified ENT-CERTNO-NOT-USCC@number"),
            (3, 4, "144030000001", "warn not_unified ENT-CERTNO-NOT-USCC@number"),
            (3, 4, "12440300000000019H", "fail check_digit ENT-CERTNO-INVALID@number"),
            (1, 5, "第00001号", "not_run own_form"),
            (1, 5, "", "fail empty ENT-CERTNO-INVALID@number"),
            (17, 38, "12440300000000019G", "pass number_valid"),
            (5, 2, "440305198505050019", "pass number_valid"),
            (5, 2, "440305198505050010", "fail check_digit ENT-CERTNO-INVALID@number"),
            (5, 2, "440305850505001", "fail resident_15 ENT-CERTNO-INVALID@number"),
            (5, 2, "440398198505050012", "warn region_unknown"),
            (5, 7, "E1", "warn shape"),
        ] {
            let mut sample = Sample::enterprise();
            let entity = &mut sample.filing.entity;
            entity.entity_type = entity_type;
            entity.certificate_type = certificate_type;
            entity.certificate_number = number.to_owned();
            assert_eq!(
                sample.said(&CertificateNumber),
                [expected],
                "{entity_type} {certificate_type} {number}"
            );
        }
    }
}

//! The automated checks (自动核验): one file each, pure functions of a [`Case`]. They propose; they never decide.
//!
//! Adding a check is a file here and a line in [`ALL`]. No check does I/O or knows the clock: the day is the case's.

pub mod certificate_number;
pub mod contact_format;
pub mod entity_type;
#[cfg(test)]
mod numbers_fixture;
mod personal_document;
pub mod principal_id;
mod statement;

use crate::domain::case::Case;
use crate::domain::finding::Finding;

/// One automated check.
pub trait Check: Sync {
    /// Stable id, as in findings and `docs/checks.md`, e.g. `certificate_number`.
    fn id(&self) -> &'static str;
    /// Raised when the rule changes, so that old findings tell by which rule they were made.
    fn version(&self) -> u16 {
        1
    }
    /// Adds what the check has to say of the case: nothing at all only when it does not apply.
    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>);
}

/// Every check, in the order of the desk.
pub static ALL: &[&dyn Check] = &[
    &certificate_number::CertificateNumber,
    &entity_type::EntityType,
    &principal_id::PrincipalId,
    &contact_format::ContactFormat,
];

/// Runs every check on a case.
pub fn judge(case: &Case<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for check in ALL {
        check.run(case, &mut findings);
    }
    findings
}

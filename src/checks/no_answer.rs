//! Why something could not be learnt, in the words of a finding.

use crate::domain::evidence::{Fault, FaultKind};
use crate::domain::message::Message;

/// A sentence with the placeholders `fault` and `detail`.
pub(super) fn told(id: &str, fault: &Fault) -> Message {
    Message::new(id).with("fault", words(fault.kind)).with("detail", &fault.detail)
}

/// The words of a fault's kind, as an argument.
pub(super) const fn words(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::Timeout => "@checks.no_answer_timeout",
        FaultKind::Refused => "@checks.no_answer_refused",
        FaultKind::Unreachable => "@checks.no_answer_unreachable",
        FaultKind::Limited => "@checks.no_answer_limited",
        FaultKind::Protocol => "@checks.no_answer_protocol",
        FaultKind::TooLarge => "@checks.no_answer_too_large",
        FaultKind::Guarded => "@checks.no_answer_guarded",
        FaultKind::NotInstalled => "@checks.no_answer_not_installed",
        FaultKind::NoSource => "@checks.no_answer_no_source",
        FaultKind::Failed => "@checks.no_answer_failed",
    }
}

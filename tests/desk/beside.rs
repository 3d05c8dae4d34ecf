//! Findings beside the checks' own, for stories about what no sample has.

use heyan::app::effect::{EvidenceMsg, Msg, Opened};
use heyan::domain::finding::Finding;
use heyan::domain::workspace::CaseFile;

/// More findings of a case.
pub type Beside = fn(&CaseFile) -> Vec<Finding>;

pub fn nothing(_: &CaseFile) -> Vec<Finding> {
    Vec::new()
}

/// The judged case that a message brings.
pub fn opened(msg: &mut Msg) -> Option<&mut Opened> {
    match msg {
        Msg::Opened { case, .. } => case.as_deref_mut(),
        Msg::Saved { next, .. } => next.as_mut().ok()?.as_deref_mut(),
        Msg::Peeked(case) | Msg::Evidence(EvidenceMsg::Learnt { case, .. }) => Some(case),
        _ => None,
    }
}

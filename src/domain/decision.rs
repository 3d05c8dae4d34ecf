//! What a human decided (审核结论), and the rules a decision must keep whoever records it.
//!
//! The desk and the command line both ask [`Draft::refusal`]; the store asks again inside its transaction
//! for what only it can know (who else decided meanwhile).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::filing::named;
use super::finding::Finding;
use super::message::{Lang, Message};
use super::object::ReasonUse;
use super::reasons::Catalogue;
use super::replay::Basis;
use super::safe::safe;
use schemars::JsonSchema;

named! {
    /// How a failed filing goes back.
    Grade {
        /// 待修改: something is missing or incomplete
        Revise => "revise",
        /// 驳回: something is wrong; 未通过 in special verification
        Reject => "reject",
    }
}

named! {
    /// Why a filing waits (挂起).
    HoldKind {
        /// 回拨: nobody answered, call again
        Callback => "callback",
        /// 待补证据
        Evidence => "evidence",
        /// 延期
        Extension => "extension",
        /// 待看图: for somebody whose terminal shows pictures
        Pictures => "pictures",
    }
}

named! {
    /// The kind of a decision, as filters, exports and the queue name it.
    Verdict {
        Pass => "pass",
        Fail => "fail",
        Hold => "hold",
        Escalate => "escalate",
    }
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "lowercase")]
pub enum Conclusion {
    Pass,
    Fail {
        grade: Grade,
        reasons: Vec<ReasonUse>,
    },
    Hold {
        hold: HoldKind,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
    },
    Escalate,
}

impl Conclusion {
    pub const fn verdict(&self) -> Verdict {
        match self {
            Conclusion::Pass => Verdict::Pass,
            Conclusion::Fail { .. } => Verdict::Fail,
            Conclusion::Hold { .. } => Verdict::Hold,
            Conclusion::Escalate => Verdict::Escalate,
        }
    }

    /// The reasons of a fail; empty otherwise.
    pub fn reasons(&self) -> &[ReasonUse] {
        match self {
            Conclusion::Fail { reasons, .. } => reasons,
            _ => &[],
        }
    }

    /// Whether it ends the work on this revision (a hold or an escalation does not).
    pub const fn closes(&self) -> bool {
        matches!(self, Conclusion::Pass | Conclusion::Fail { .. })
    }
}

/// A decision before it is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The filing's key.
    pub filing: String,
    /// The revision the reviewer saw; recording refuses any other.
    pub revision: String,
    /// The decision the reviewer saw standing on it (a hold, an escalation, a first look), by its entry; recording
    /// refuses when another one stands, or none.
    pub seen: Option<i64>,
    pub conclusion: Conclusion,
    /// 审核意见: goes to the applicant.
    pub opinion: String,
    /// 内部备注: never leaves.
    pub internal_note: String,
    /// The findings as they were on the screen, frozen with the decision.
    pub findings: Vec<Finding>,
    /// The evidence that was shown at a readable scale, by attachment hash.
    pub shown: Vec<String>,
    /// What the reasons rest on and nobody could be asked about again (`evidence::recheck::names`).
    pub not_asked_again: Vec<String>,
    /// What the findings were made from.
    pub basis: Basis,
    /// Recorded as the second look at another reviewer's decision.
    pub second_review: bool,
}

/// Why a draft may not be recorded, before anybody asks the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A fail without any reason.
    NoReason,
    /// A code that the catalogue does not have, or that is retired.
    UnknownCode(String),
    /// The code may not be used with this object.
    WrongObject(ReasonUse),
    /// The same `CODE@OBJECT` twice.
    Twice(ReasonUse),
    /// Two codes that contradict each other for the same object.
    Contradiction(ReasonUse, ReasonUse),
    /// `OTHER` needs an internal note or opinion of at least ten characters.
    NoteTooShort,
    /// The shift leader must be told why.
    EscalatedInSilence,
}

impl Refusal {
    /// What is wrong with the draft, for a person. Reasons stand with their label and as they are typed.
    pub fn message(&self, catalogue: &Catalogue, lang: Lang) -> Message {
        let reason = |used: &ReasonUse| {
            let label = catalogue.get(&used.code).map_or("", |reason| reason.label(lang));
            format!("{label} ({})", safe(&used.to_string()))
        };
        match self {
            Refusal::NoReason => Message::new("domain.refused_no_reason"),
            Refusal::UnknownCode(code) => {
                Message::new("domain.refused_unknown_code").with("code", safe(code))
            }
            Refusal::WrongObject(used) => {
                Message::new("domain.refused_wrong_object").with("reason", reason(used))
            }
            Refusal::Twice(used) => Message::new("domain.refused_twice").with("reason", reason(used)),
            Refusal::Contradiction(a, b) => Message::new("domain.refused_contradiction")
                .with("first", reason(a))
                .with("second", reason(b)),
            Refusal::NoteTooShort => Message::new("domain.refused_note_too_short"),
            Refusal::EscalatedInSilence => Message::new("domain.refused_escalated_in_silence"),
        }
    }
}

impl Draft {
    /// Checks what can be checked without the store.
    pub fn refusal(&self, catalogue: &Catalogue) -> Option<Refusal> {
        let reasons = match &self.conclusion {
            Conclusion::Fail { reasons, .. } => reasons,
            Conclusion::Escalate if self.internal_note.trim().is_empty() => {
                return Some(Refusal::EscalatedInSilence);
            }
            _ => return None,
        };
        if reasons.is_empty() {
            return Some(Refusal::NoReason);
        }
        for (at, used) in reasons.iter().enumerate() {
            let Some(reason) = catalogue.get(&used.code).filter(|reason| !reason.retired) else {
                return Some(Refusal::UnknownCode(used.code.clone()));
            };
            if !reason.allows(&used.object) {
                return Some(Refusal::WrongObject(used.clone()));
            }
            for earlier in &reasons[..at] {
                if earlier == used {
                    return Some(Refusal::Twice(used.clone()));
                }
                if earlier.object == used.object && catalogue.contradict(&earlier.code, &used.code) {
                    return Some(Refusal::Contradiction(earlier.clone(), used.clone()));
                }
            }
            if used.code == "OTHER"
                && self.opinion.chars().count().max(self.internal_note.chars().count()) < 10
            {
                return Some(Refusal::NoteTooShort);
            }
        }
        None
    }

    /// Whether a second reviewer must look before the decision is final.
    pub fn needs_second_review(&self, catalogue: &Catalogue) -> bool {
        self.conclusion
            .reasons()
            .iter()
            .any(|used| catalogue.get(&used.code).is_some_and(|reason| reason.second_reviewer))
    }
}

named! {
    /// Where a recorded decision stands.
    DecisionState {
        /// within the cool-off; may be withdrawn silently
        Cooling => "cooling",
        /// waits for a second reviewer
        SecondReview => "second_review",
        Final => "final",
        Withdrawn => "withdrawn",
    }
}

/// A decision as the day book has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The day book's entry.
    pub seq: i64,
    pub at: Timestamp,
    /// The day in the workspace's zone, computed once when it was recorded.
    pub day: Date,
    /// Who decided.
    pub reviewer: String,
    pub source: String,
    pub filing: String,
    pub revision: String,
    pub conclusion: Conclusion,
    pub opinion: String,
    pub internal_note: String,
    /// What the machine had proposed.
    pub proposed: Vec<ReasonUse>,
    pub findings: Vec<Finding>,
    pub shown: Vec<String>,
    pub state: DecisionState,
    /// Who took the second look, once somebody did.
    pub second_reviewer: Option<String>,
    /// What the first reviewer had concluded, where the second look concluded otherwise.
    pub overturned: Option<Conclusion>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Timestamp>,
}

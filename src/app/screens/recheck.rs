//! Before a fail: what it rests on is asked again, since it is older than the policy allows.

use crate::app::screens::reasons::Reasons;
use crate::domain::decision::Conclusion;
use crate::domain::evidence::Want;
use crate::domain::finding::Finding;

/// The panel.
#[derive(Debug, Clone)]
pub struct Recheck {
    /// The gathering that it waits for.
    pub run: u64,
    /// The panel to which Esc goes back.
    pub reasons: Reasons,
    pub conclusion: Conclusion,
    /// What is asked again.
    pub wants: Vec<Want>,
    /// What the checks said when the fail was asked for.
    pub before: Vec<Finding>,
    /// Nobody answered about these: Enter decides all the same, on record.
    pub silent: Option<Vec<Want>>,
}

//! Why the store refused or failed: closed, and each kind says what can be done.

use std::path::PathBuf;

use jiff::Timestamp;

use crate::domain::message::Message;

/// What went wrong in a transaction. Nothing of the transaction is kept then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Somebody else was faster, or the rules forbid it: a refusal, not a failure.
    #[error("refused: {0:?}")]
    Conflict(Conflict),
    #[error("not found: {0:?}")]
    NotFound(Missing),
    /// Another process held the workspace for too long.
    #[error("the workspace is busy")]
    Busy,
    /// The disk is full.
    #[error("no space left for {path}")]
    Full { path: PathBuf },
    /// What is stored cannot be true.
    #[error("{what} is damaged: {detail}")]
    Damaged { what: String, detail: String },
    /// A later version of the program has written the workspace.
    #[error("workspace of version {found}, known are versions up to {known}")]
    Newer { found: i64, known: i64 },
    /// The folder cannot be used at all: no workspace, no permission, a failing disk.
    #[error("{path} cannot be used: {detail}")]
    Unusable { path: PathBuf, detail: String },
}

/// Why a transaction was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conflict {
    /// Several sources use the key; `source/key` names one of them.
    Ambiguous {
        key: String,
        sources: Vec<String>,
    },
    /// Another reviewer has it.
    Claimed {
        filing: String,
        by: String,
        until: Timestamp,
    },
    /// The filing is not what the reviewer saw.
    Revised {
        filing: String,
        expected: String,
        current: String,
    },
    AlreadyDecided {
        filing: String,
        by: String,
        at: Timestamp,
    },
    /// Somebody held, escalated or took back what the reviewer saw.
    Overtaken {
        filing: String,
    },
    /// What is known of it is not what the reviewer saw.
    OtherEvidence {
        filing: String,
    },
    /// The second look must be another person's.
    SameReviewer {
        filing: String,
        reviewer: String,
    },
    /// There is no first decision to confirm.
    NoFirstDecision {
        filing: String,
    },
    /// There is no decision to take back.
    NothingToWithdraw {
        filing: String,
    },
    /// Only who decided may take it back.
    NotYours {
        filing: String,
        by: String,
    },
    /// The cool-off is over, and so is the decision's own day.
    Final {
        filing: String,
        since: Timestamp,
    },
    /// Somebody changed the policy since it was read.
    PolicyChanged,
    /// The folder already holds a workspace.
    WorkspaceExists {
        path: PathBuf,
    },
}

/// What was not found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    Filing(String),
    /// The place of a cursor.
    Cursor(String),
    /// By SHA-256.
    Attachment(String),
    /// A piece of evidence, by its name.
    Evidence(String),
    /// A filing's decision.
    Decision(String),
    /// The folder holds no workspace.
    Workspace(PathBuf),
}

impl StoreError {
    /// What happened, for a person.
    pub fn message(&self) -> Message {
        match self {
            StoreError::Conflict(conflict) => conflict.message(),
            StoreError::NotFound(missing) => missing.message(),
            StoreError::Busy => Message::new("store.busy"),
            StoreError::Full { path } => Message::new("store.full").with("path", path.display()),
            StoreError::Damaged { what, detail } => {
                Message::new("store.damaged").with("what", what).with("detail", detail)
            }
            StoreError::Newer { found, known } => {
                Message::new("store.newer").with("found", found).with("known", known)
            }
            StoreError::Unusable { path, detail } => {
                Message::new("store.unusable").with("path", path.display()).with("detail", detail)
            }
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> Message {
        Message::new(match self {
            StoreError::Conflict(conflict) => conflict.hint(),
            StoreError::NotFound(missing) => missing.hint(),
            StoreError::Busy => "store.busy_hint",
            StoreError::Full { .. } => "store.full_hint",
            StoreError::Damaged { .. } => "store.damaged_hint",
            StoreError::Newer { .. } => "store.newer_hint",
            StoreError::Unusable { .. } => "store.unusable_hint",
        })
    }
}

impl Conflict {
    fn message(&self) -> Message {
        match self {
            Conflict::Ambiguous { key, sources } => {
                Message::new("store.ambiguous").with("key", key).with("sources", sources.join(", "))
            }
            Conflict::Claimed { filing, by, until } => {
                Message::new("store.claimed").with("filing", filing).with("by", by).with("until", until)
            }
            Conflict::Revised { filing, expected, current } => Message::new("store.revised")
                .with("filing", filing)
                .with("expected", short(expected))
                .with("current", short(current)),
            Conflict::AlreadyDecided { filing, by, at } => {
                Message::new("store.already_decided").with("filing", filing).with("by", by).with("at", at)
            }
            Conflict::Overtaken { filing } => Message::new("store.overtaken").with("filing", filing),
            Conflict::OtherEvidence { filing } => Message::new("store.other_evidence").with("filing", filing),
            Conflict::SameReviewer { filing, reviewer } => {
                Message::new("store.same_reviewer").with("filing", filing).with("reviewer", reviewer)
            }
            Conflict::NoFirstDecision { filing } => {
                Message::new("store.no_first_decision").with("filing", filing)
            }
            Conflict::NothingToWithdraw { filing } => {
                Message::new("store.nothing_to_withdraw").with("filing", filing)
            }
            Conflict::NotYours { filing, by } => {
                Message::new("store.not_yours").with("filing", filing).with("by", by)
            }
            Conflict::Final { filing, since } => {
                Message::new("store.final").with("filing", filing).with("since", since)
            }
            Conflict::PolicyChanged => Message::new("store.policy_changed"),
            Conflict::WorkspaceExists { path } => {
                Message::new("store.workspace_exists").with("path", path.display())
            }
        }
    }

    const fn hint(&self) -> &'static str {
        match self {
            Conflict::Ambiguous { .. } => "store.ambiguous_hint",
            Conflict::Claimed { .. } => "store.claimed_hint",
            Conflict::Revised { .. } => "store.revised_hint",
            Conflict::AlreadyDecided { .. } => "store.already_decided_hint",
            Conflict::Overtaken { .. } => "store.overtaken_hint",
            Conflict::OtherEvidence { .. } => "store.other_evidence_hint",
            Conflict::SameReviewer { .. } => "store.same_reviewer_hint",
            Conflict::NoFirstDecision { .. } => "store.no_first_decision_hint",
            Conflict::NothingToWithdraw { .. } => "store.nothing_to_withdraw_hint",
            Conflict::NotYours { .. } => "store.not_yours_hint",
            Conflict::Final { .. } => "store.final_hint",
            Conflict::PolicyChanged => "store.policy_changed_hint",
            Conflict::WorkspaceExists { .. } => "store.workspace_exists_hint",
        }
    }
}

impl Missing {
    fn message(&self) -> Message {
        match self {
            Missing::Filing(key) => Message::new("store.no_filing").with("filing", key),
            Missing::Cursor(cursor) => Message::new("store.no_cursor").with("cursor", cursor),
            Missing::Attachment(sha256) => Message::new("store.no_attachment").with("sha256", sha256),
            Missing::Evidence(id) => Message::new("store.no_evidence").with("evidence", id),
            Missing::Decision(filing) => Message::new("store.no_decision").with("filing", filing),
            Missing::Workspace(path) => Message::new("store.no_workspace").with("path", path.display()),
        }
    }

    const fn hint(&self) -> &'static str {
        match self {
            Missing::Filing(_) => "store.no_filing_hint",
            Missing::Cursor(_) => "store.no_cursor_hint",
            Missing::Attachment(_) => "store.no_attachment_hint",
            Missing::Evidence(_) => "store.no_evidence_hint",
            Missing::Decision(_) => "store.no_decision_hint",
            Missing::Workspace(_) => "store.no_workspace_hint",
        }
    }
}

impl From<Conflict> for StoreError {
    fn from(conflict: Conflict) -> Self {
        StoreError::Conflict(conflict)
    }
}

impl From<Missing> for StoreError {
    fn from(missing: Missing) -> Self {
        StoreError::NotFound(missing)
    }
}

/// Enough of a revision to tell two apart.
fn short(revision: &str) -> String {
    revision.chars().take(12).collect()
}

//! What a verification found, and in what state a workspace is.

use jiff::Timestamp;

use crate::domain::message::Message;

/// The state of a workspace's database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The version of the schema.
    pub schema: i64,
    /// SQLite's journal mode.
    pub journal: String,
    pub entries: u64,
    /// The latest time in the day book.
    pub last_entry: Option<Timestamp>,
    pub filings: u64,
    pub attachments: u64,
    /// Of all attachments together.
    pub attachment_bytes: u64,
    /// What the quick check complains of first.
    pub complaint: Option<String>,
}

/// How far a verification is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub part: Part,
    pub done: u64,
    pub total: u64,
}

/// The parts of a verification, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Database,
    Entries,
    Filings,
    Decisions,
    Attachments,
}

/// What was compared, and what differs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VerifyReport {
    pub entries: u64,
    pub private_values: u64,
    pub filings: u64,
    pub decisions: u64,
    pub attachments: u64,
    pub problems: Vec<Problem>,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The database's own check complains.
    Database(String),
    /// An entry's content does not have the hash that stands beside it.
    EntryChanged {
        seq: i64,
    },
    /// An entry does not follow the one before it.
    ChainBroken {
        seq: i64,
    },
    /// An entry number is missing.
    EntryMissing {
        seq: i64,
    },
    /// An entry cannot be read back.
    EntryUnreadable {
        seq: i64,
        detail: String,
    },
    /// A private value is not what the entry committed to.
    PrivateChanged {
        seq: i64,
        field: String,
    },
    PrivateMissing {
        seq: i64,
        field: String,
    },
    /// A private value that no entry speaks of.
    PrivateUnknown {
        seq: i64,
        field: String,
    },
    /// A revision's text does not have the hash it is named by.
    RevisionChanged {
        filing: String,
        revision: String,
    },
    /// A filing does not stand where the day book leaves it.
    FilingDiffers {
        filing: String,
    },
    /// A filing is not searched as its revision says, or stands in another lane.
    SearchDiffers {
        filing: String,
    },
    /// A filing is not filtered as its findings and its decision say.
    MarksDiffer {
        filing: String,
    },
    /// The search index has other filings than it must.
    IndexDiffers,
    /// A decision is not what the day book says.
    DecisionDiffers {
        seq: i64,
    },
    /// The counts of the queue are not those of its filings.
    CountsDiffer {
        state: String,
    },
    PolicyDiffers,
    /// A piece of evidence is not what its entry names, or stands in other columns than its text says.
    EvidenceChanged {
        evidence: String,
    },
    EvidenceMissing {
        evidence: String,
    },
    /// Filings are found by other subjects than they have.
    SubjectsDiffer,
    AttachmentMissing {
        sha256: String,
    },
    AttachmentChanged {
        sha256: String,
    },
    AttachmentUnreadable {
        sha256: String,
        detail: String,
    },
}

impl Problem {
    /// The difference, for a person.
    pub fn message(&self) -> Message {
        match self {
            Problem::Database(detail) => Message::new("store.problem_database").with("detail", detail),
            Problem::EntryChanged { seq } => Message::new("store.problem_entry_changed").with("seq", seq),
            Problem::ChainBroken { seq } => Message::new("store.problem_chain_broken").with("seq", seq),
            Problem::EntryMissing { seq } => Message::new("store.problem_entry_missing").with("seq", seq),
            Problem::EntryUnreadable { seq, detail } => {
                Message::new("store.problem_entry_unreadable").with("seq", seq).with("detail", detail)
            }
            Problem::PrivateChanged { seq, field } => private("store.problem_private_changed", *seq, field),
            Problem::PrivateMissing { seq, field } => private("store.problem_private_missing", *seq, field),
            Problem::PrivateUnknown { seq, field } => private("store.problem_private_unknown", *seq, field),
            Problem::RevisionChanged { filing, revision } => Message::new("store.problem_revision_changed")
                .with("filing", filing)
                .with("revision", revision),
            Problem::FilingDiffers { filing } => {
                Message::new("store.problem_filing_differs").with("filing", filing)
            }
            Problem::SearchDiffers { filing } => {
                Message::new("store.problem_search_differs").with("filing", filing)
            }
            Problem::MarksDiffer { filing } => {
                Message::new("store.problem_marks_differ").with("filing", filing)
            }
            Problem::IndexDiffers => Message::new("store.problem_index_differs"),
            Problem::DecisionDiffers { seq } => {
                Message::new("store.problem_decision_differs").with("seq", seq)
            }
            Problem::CountsDiffer { state } => {
                Message::new("store.problem_counts_differ").with("state", state)
            }
            Problem::EvidenceChanged { evidence } => {
                Message::new("store.problem_evidence_changed").with("evidence", evidence)
            }
            Problem::EvidenceMissing { evidence } => {
                Message::new("store.problem_evidence_missing").with("evidence", evidence)
            }
            Problem::SubjectsDiffer => Message::new("store.problem_subjects_differ"),
            Problem::PolicyDiffers => Message::new("store.problem_policy_differs"),
            Problem::AttachmentMissing { sha256 } => {
                Message::new("store.problem_attachment_missing").with("sha256", sha256)
            }
            Problem::AttachmentChanged { sha256 } => {
                Message::new("store.problem_attachment_changed").with("sha256", sha256)
            }
            Problem::AttachmentUnreadable { sha256, detail } => {
                Message::new("store.problem_attachment_unreadable")
                    .with("sha256", sha256)
                    .with("detail", detail)
            }
        }
    }
}

fn private(id: &str, seq: i64, field: &str) -> Message {
    Message::new(id).with("seq", seq).with("field", field)
}

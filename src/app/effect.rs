//! What goes in and out of the machine: messages and effects, both plain data.

use std::net::IpAddr;
use std::sync::Arc;

use jiff::Timestamp;

use super::key::Press;
use super::mouse::{Act, Spot};
use super::pictures::Display;
use crate::domain::decision::{Decision, DecisionState, Draft};
use crate::domain::evidence::{Gathered, Want};
use crate::domain::finding::Finding;
use crate::domain::message::Message;
use crate::domain::object::Object;
use crate::domain::places::OwnPlaces;
use crate::domain::policy::Policy;
use crate::domain::submission::SubmittedFile;
use crate::domain::view::Quad;
use crate::domain::viewport::Size;
use crate::domain::workspace::{Anchor, CaseFile, Counts, Cursor, Filter, Page};

/// The time of a message: milliseconds since the desk opened, and the wall clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    pub ms: u64,
    pub now: Timestamp,
}

/// A case as it is handed to the desk: claimed, read and judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    pub file: CaseFile,
    pub findings: Vec<Finding>,
    /// Which of the addresses that evidence names are the provider's.
    pub ours: Vec<IpAddr>,
}

/// What became of the picture that was wanted, at the moment the screen was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureStatus {
    /// No picture belongs on this screen.
    None,
    Loading,
    /// Drawn; the upright size of the whole picture.
    Ready(Size),
    /// Drawn, with a sentence that says what of the document is missing.
    Partly,
    /// A sentence stands in its place.
    Failed,
}

/// An attachment of another filing that is compared with one of the filing on the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Whose it is, as `source/key`.
    pub filing: String,
    pub sha256: String,
    /// The filing on the desk, as `source/key`.
    pub beside: String,
}

/// What the machine is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Msg {
    /// Key presses that arrived in one read.
    Input(Vec<Press>, Clock),
    Paste(String),
    /// The mouse, and what it points at.
    Mouse(Act, Option<Spot>, Clock),
    Resize(u16, u16),
    /// How the terminal draws.
    Display(Display),
    /// What it took to draw the present picture with the screen around it, in bytes, and whether colours or
    /// pixels of it were given up to spare some.
    Measured {
        bytes: u64,
        reduced: bool,
    },
    /// The corners of the document on a page of an attachment.
    Corners {
        sha256: String,
        page: u32,
        quad: Option<Quad>,
    },
    /// What the picture worker said of a page that is wanted now when it decoded it.
    PageKnown {
        sha256: String,
        page: u32,
        pages: u32,
        submitted: Option<SubmittedFile>,
    },
    Tick(Clock),
    /// The screen was drawn as the machine stands.
    Drawn(PictureStatus, Clock),
    /// What became of the partner of the picture, just before that.
    PartnerDrawn(PictureStatus),
    Page {
        at: Anchor,
        filter: Arc<Filter>,
        page: Page,
    },
    /// The answer to [`Effect::Search`], or why there is none.
    Found {
        generation: u64,
        at: Anchor,
        page: Result<Page, Message>,
    },
    /// The answer to [`Effect::LoadCounts`], with the policy as it is now: others may change it.
    Counts(Counts, Box<Policy>),
    /// The answer to [`Effect::Open`]; none when nothing is left to open.
    Opened {
        generation: u64,
        case: Option<Box<Opened>>,
    },
    OpenFailed {
        generation: u64,
        key: String,
        fault: Message,
    },
    /// The next case, read and judged but not claimed.
    Peeked(Box<Opened>),
    /// The decision is durable, and the next case was claimed after it, if there is one.
    Saved {
        key: String,
        state: DecisionState,
        at: Timestamp,
        /// Or why it could not be opened.
        next: Result<Option<Box<Opened>>, Message>,
    },
    NotSaved {
        key: String,
        fault: Message,
    },
    Mine(Vec<Decision>),
    Withdrawn {
        key: String,
        at: Timestamp,
    },
    NotWithdrawn(Message),
    /// The reveal is recorded: the value may be shown.
    Revealed {
        key: String,
        object: Object,
    },
    /// The answer to [`Effect::Compare`]: the attachment may be shown, or why it may not.
    Compared(Seen, Result<(), Message>),
    /// What comes of looking at evidence and of gathering it.
    Evidence(EvidenceMsg),
    /// Something in the background went wrong; the desk goes on.
    Trouble(Message),
}

/// What comes of looking at evidence and of gathering it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvidenceMsg {
    /// The answer to [`Effect::ReadText`], by SHA-256, or why it cannot be read.
    Text { sha256: String, text: Result<Arc<str>, Message> },
    /// One answer to [`Effect::Gather`].
    Came { run: u64, gathered: Box<Gathered> },
    /// Nothing more comes of it; why, if it ended before everybody was asked.
    Ended { run: u64, fault: Option<Message> },
    /// The answer to [`Effect::Keep`]: the case as it is judged by what is known now.
    Learnt { run: u64, case: Box<Opened> },
    NotKept {
        run: u64,
        /// What was not written.
        gathered: Vec<Gathered>,
        fault: Message,
    },
}

/// Which filing to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// By reference (`source/key`).
    Filing(String),
    /// The first free one, after a place in the queue.
    Next(Option<Cursor>),
}

/// What the machine wants done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    LoadPage {
        at: Anchor,
        filter: Arc<Filter>,
    },
    /// Look for filings; only the last question is still of interest.
    Search {
        generation: u64,
        filter: Arc<Filter>,
        at: Anchor,
    },
    LoadCounts,
    /// Claim a filing, read it and judge it; let go of `release`.
    Open {
        generation: u64,
        target: Target,
        /// Where the next one is taken from.
        filter: Arc<Filter>,
        release: Option<String>,
    },
    /// Read and judge without claiming, by reference.
    Peek(String),
    /// Record, then claim the next one after `after`; with `due_first` one whose hold has ended before that.
    Decide {
        draft: Box<Draft>,
        needs_second_review: bool,
        after: Cursor,
        due_first: bool,
        filter: Arc<Filter>,
    },
    LoadMine,
    Withdraw(String),
    /// Record that a masked value is about to be shown.
    Reveal {
        key: String,
        object: Object,
    },
    /// Record that an attachment of another filing is about to be shown.
    Compare(Seen),
    /// Read the text of a page, by SHA-256.
    ReadText(String),
    /// Ask the sources again.
    Gather {
        run: u64,
        wants: Vec<Want>,
    },
    /// Keep evidence and judge a filing by it, by reference.
    Keep {
        /// The gathering or the look-up that it comes from.
        run: u64,
        key: String,
        gathered: Vec<Gathered>,
    },
    /// Keep the places of documents that the reviewer set herself.
    KeepPlaces(OwnPlaces),
    /// The reviewer is still at it: keep others away.
    Renew(String),
    Release(String),
    Quit,
}

//! JSON into a filing, with errors that name the field and describe what stood there.
//!
//! The text becomes a tree, the tree becomes the filing. The tree keeps the order and doubles of the text, and its
//! error type is ours: serde_json's own errors are English sentences that quote values, and these values are
//! personal data. Objects must be objects: serde would also take a struct from a list, by position.

mod node;
mod problem;

use serde::Deserialize;

pub(in crate::intake) use self::node::Node;
use self::problem::{Problem, Step, What};
use super::report::{Fault, clip, literal};
use crate::domain::exact_cell::MASKED_MARK;
use crate::domain::filing::{
    CertificateTranscript, DomainCertificateTranscript, Filing, IdentityTranscript, VerificationForm,
};
use crate::domain::message::Message;

/// Why a text is no filing.
#[derive(Debug)]
pub(super) struct Malformed {
    pub fault: Fault,
    /// Line and column in the text, from 1 (the column in bytes), where they are known.
    pub at: Option<(u64, u64)>,
    /// The filing's key, when that could be read; safe to show.
    pub key: Option<String>,
}

/// Reads one filing from UTF-8 JSON.
pub(super) fn filing(text: &str) -> Result<Filing, Box<Malformed>> {
    let node: Node = serde_json::from_str(text).map_err(|error| {
        let at = Some((error.line() as u64, error.column() as u64));
        Box::new(Malformed { fault: syntax(&error), at, key: None })
    })?;
    let fault = match filing_of(&node) {
        Ok(filing) => return Ok(filing),
        Err(fault) => fault,
    };
    let at = serde_json::from_str::<Filing>(text).err();
    Err(Box::new(Malformed {
        fault: *fault,
        at: at.map(|error| (error.line() as u64, error.column() as u64)),
        key: node.get("key").and_then(Node::text).filter(|key| !key.is_empty()).map(clip),
    }))
}

/// Reads one filing from its tree.
pub(super) fn filing_of(node: &Node) -> Result<Filing, Box<Fault>> {
    if node.get(MASKED_MARK).is_some() {
        return Err(Box::new(Fault {
            field: MASKED_MARK.to_owned(),
            found: Message::new("intake.found_masked"),
            expected: Message::new("intake.expect_filing"),
            message: Message::new("intake.masked_export"),
        }));
    }
    let read = check_transcripts(node).and_then(|()| Filing::deserialize(node));
    read.map_err(|problem| Box::new(problem.fault()))
}

/// Reads any other type from its tree.
pub(super) fn typed<T: serde::de::DeserializeOwned>(node: &Node) -> Result<T, Box<Fault>> {
    T::deserialize(node).map_err(|problem| Box::new(problem.fault()))
}

pub(super) fn syntax(error: &serde_json::Error) -> Fault {
    let id = if error.is_eof() { "intake.json_cut" } else { "intake.json_syntax" };
    // serde_json's words for bad syntax are fixed and quote nothing; the position is told elsewhere.
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or_default();
    Fault {
        field: String::new(),
        found: literal(words),
        expected: Message::new("intake.expect_filing"),
        message: Message::new(id),
    }
}

/// Reads each transcript by itself: serde buffers an internally tagged enum, and a problem inside would name only
/// the transcript and not its field.
fn check_transcripts(filing: &Node) -> Result<(), Problem> {
    let attachments = match filing.get("attachments") {
        Some(Node::List(attachments)) => attachments.as_slice(),
        _ => &[],
    };
    for (at, attachment) in attachments.iter().enumerate() {
        let Some(transcript) = attachment.get("transcript") else { continue };
        check_transcript(transcript).map_err(|problem| {
            problem
                .inside(Step::Field("transcript".into()))
                .inside(Step::Item(at))
                .inside(Step::Field("attachments".into()))
        })?;
    }
    Ok(())
}

fn check_transcript(transcript: &Node) -> Result<(), Problem> {
    let fields = match transcript {
        Node::Null => return Ok(()),
        Node::Object(fields) => fields,
        other => {
            return Err(Problem::new(What::Type { found: other.found(), expected: "a map".into() }));
        }
    };
    let untagged = || Node::Object(fields.iter().filter(|(name, _)| name != "of").cloned().collect());
    match transcript.get("of").and_then(Node::text) {
        Some("certificate") => CertificateTranscript::deserialize(&untagged()).map(drop),
        Some("identity") => IdentityTranscript::deserialize(&untagged()).map(drop),
        Some("verification_form") => VerificationForm::deserialize(&untagged()).map(drop),
        Some("domain_certificate") => DomainCertificateTranscript::deserialize(&untagged()).map(drop),
        // A missing or unknown tag is the filing's own deserialiser's to tell.
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;

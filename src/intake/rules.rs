//! What a filing must keep beyond its types before the store can take it. Whether values are right is the checks'.

use super::limits::Limits;
use super::path;
use super::report::{Fault, some_text};
use crate::domain::filing::Filing;
use crate::domain::message::Message;

/// Longest `key` and `source`, in characters.
const LONGEST_NAME: usize = 128;

/// Everything that is wrong with a filing, without looking at a file.
pub(super) fn faults(filing: &Filing, limits: &Limits) -> Vec<Fault> {
    let mut faults = Vec::new();
    faults.extend(name("source", &filing.source));
    faults.extend(name("key", &filing.key));
    if filing.province.len() != 6 || !filing.province.bytes().all(|byte| byte.is_ascii_digit()) {
        faults.push(Fault {
            field: "province".into(),
            found: some_text(&filing.province),
            expected: Message::new("intake.expect_province"),
            message: Message::new("intake.province_shape"),
        });
    }
    let count = filing.attachments.len();
    if count > limits.max_attachments_per_filing {
        faults.push(Fault {
            field: "attachments".into(),
            found: Message::new("intake.found_count").with("count", count),
            expected: Message::new("intake.expect_count").with("limit", limits.max_attachments_per_filing),
            message: Message::new("intake.too_many_attachments"),
        });
    }
    for (at, attachment) in filing.attachments.iter().enumerate() {
        if let Err(id) = path::segments(&attachment.file) {
            faults.push(path::fault(format!("attachments[{at}].file"), &attachment.file, id));
        }
        if let Some(sha256) = attachment.sha256.as_deref().filter(|sha256| !is_sha256(sha256)) {
            faults.push(Fault {
                field: format!("attachments[{at}].sha256"),
                found: some_text(sha256),
                expected: Message::new("intake.expect_sha256"),
                message: Message::new("intake.sha256_shape"),
            });
        }
    }
    faults
}

fn name(field: &str, value: &str) -> Option<Fault> {
    let id = if value.trim().is_empty() {
        "intake.name_empty"
    } else if value.chars().count() > LONGEST_NAME {
        "intake.name_too_long"
    } else if value.chars().any(char::is_control) {
        "intake.name_control"
    } else {
        return None;
    };
    Some(Fault {
        field: field.to_owned(),
        found: some_text(value),
        expected: Message::new("intake.expect_key").with("limit", LONGEST_NAME),
        message: Message::new(id),
    })
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

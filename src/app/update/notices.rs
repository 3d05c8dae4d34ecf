//! What the row above the footer says.

use jiff::Timestamp;

use crate::app::model::{Model, Notice, Tone};
use crate::app::said::Said;
use crate::domain::message::Message;

pub(super) fn notice(model: &mut Model, tone: Tone, said: impl Into<Said>) {
    model.notice = Some(Notice { tone, said: said.into(), since: model.clock.ms });
}

pub(super) fn warn(model: &mut Model, message: Message) {
    notice(model, Tone::Warning, message);
}

/// The key without its source, as the desk shows it.
pub(super) fn short(reference: &str) -> &str {
    reference.split_once('/').map_or(reference, |(_, key)| key)
}

pub(super) fn time_of_day(model: &Model, at: Timestamp) -> String {
    at.to_zoned_datetime(model.settings.zone.clone()).strftime("%H:%M:%S").to_string()
}

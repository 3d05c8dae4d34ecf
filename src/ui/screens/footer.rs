//! The rows below the desk: what is proposed, what must still be seen, what just happened, what keys there are.

use crate::app::case_view::CaseView;
use crate::app::command::{Row, TABLE};
use crate::app::facts;
use crate::app::layout::Area;
use crate::app::model::Model;
use crate::app::mouse::Spot;
use crate::domain::message::{self, Message};
use crate::domain::object::ReasonUse;
use crate::domain::safe::safe;
use crate::ui::paint::Canvas;
use crate::ui::theme::{Role, Theme};
use crate::ui::width;

/// What the machine proposes, in the order in which digits toggle it.
pub fn proposals(canvas: &mut Canvas<'_>, area: Area, model: &Model, view: &CaseView) {
    let proposals = view.proposals();
    let tally = view.tally();
    if proposals.is_empty() {
        let id = match () {
            () if tally.clean() => "desk.proposal_clean",
            () if tally.fail + tally.warn + tally.error > 0 => "desk.proposal_doubt",
            () => "desk.proposal_incomplete",
        };
        let role = if tally.clean() { Role::Pass } else { Role::Warn };
        let words = canvas.text(&Message::new(id));
        canvas.put(area, 0, 1, &words, role);
        return;
    }
    let mut column = canvas.put(area, 0, 1, canvas.words("desk.proposal"), Role::Heading);
    for (at, used) in proposals.iter().enumerate() {
        let text = format!(" {} {}", at + 1, reason_text(canvas, model, used));
        let wide = u16::try_from(width::width(&text)).unwrap_or(u16::MAX);
        if column + wide + 4 > area.width && at > 0 {
            canvas.put(area, 0, column, &format!(" +{}", proposals.len() - at), Role::Quiet);
            break;
        }
        column = canvas.put(area, 0, column, &text, Role::Fail);
    }
}

/// A reason's label with what it speaks of: `主办单位名称不一致@名称`.
pub fn reason_text(canvas: &Canvas<'_>, model: &Model, used: &ReasonUse) -> String {
    let reason = model.settings.catalogue.get(&used.code);
    let label = reason.map_or(used.code.as_str(), |reason| reason.label(canvas.lang));
    format!("{label}@{}", facts::object_label(&used.object, canvas.lang))
}

/// The evidence that must be seen, by its number, with what of it was; at the right what was written.
pub fn required(canvas: &mut Canvas<'_>, area: Area, view: &CaseView) {
    let written: Vec<&str> = [("desk.has_opinion", &view.opinion), ("desk.has_note", &view.internal_note)]
        .iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(id, _)| canvas.words(id))
        .collect();
    let written = written.join(" ");
    let taken = if written.is_empty() { 0 } else { width::width(&written) as u16 + 2 };
    canvas.put_right(area, 0, &written, Role::Key);
    let area = Area { width: area.width.saturating_sub(taken), ..area };
    let required: Vec<usize> = view.required_attachments().collect();
    if required.is_empty() {
        return;
    }
    let unshowable = view.unshowable();
    let seen = required.iter().filter(|at| view.seen(**at)).count();
    let head = canvas.text(&Message::new("desk.required").with("seen", seen).with("all", required.len()));
    let mut column = canvas.put(area, 0, 1, &head, Role::Heading);
    for at in required {
        let kind = view.file.filing.attachments[at].kind;
        let name = message::text(canvas.lang, &format!("domain.short_{}", kind.text()));
        let (mark, role) = match view.seen(at) {
            false if view.only_read(at) => ("~", Role::Warn),
            false => ("!", Role::Warn),
            true if unshowable.contains(&at) => ("?", Role::Unknown),
            true => ("v", Role::Quiet),
        };
        let text = format!(" {}{name}{mark}", at + 1);
        let wide = u16::try_from(width::width(&text)).unwrap_or(u16::MAX);
        if column + wide > area.width {
            canvas.put(area, 0, column, " ..", Role::Quiet);
            break;
        }
        canvas.spots.add(Area { x: area.x + column, width: wide, height: 1, ..area }, Spot::Attachment(at));
        column = canvas.put(area, 0, column, &text, role);
    }
}

pub fn notice(canvas: &mut Canvas<'_>, area: Area, model: &Model) {
    if model.saving.is_some() {
        canvas.put(area, 0, 1, canvas.words("desk.saving"), Role::Quiet);
    } else if let Some(notice) = &model.notice {
        let text = safe(&notice.said.text(canvas.lang, &model.settings)).into_string();
        canvas.put(area, 0, 1, &text, Theme::tone(notice.tone));
    }
}

/// The keys that do something now.
pub fn keys(canvas: &mut Canvas<'_>, area: Area, model: &Model) {
    let context = model.context();
    let mut rows: Vec<&Row> = TABLE
        .iter()
        .filter(|row| row.footer > 0 && row.contexts.contains(&context) && model.available(row.command))
        .collect();
    rows.sort_by_key(|row| row.footer);
    let mut column = 1;
    // Help is always the last, so that the way to everything else is never cut off.
    let help = rows.iter().position(|row| row.name == "help").map(|at| rows.remove(at));
    let help_width = help.map_or(0, |row| entry_width(canvas, row));
    for row in rows {
        let wide = entry_width(canvas, row);
        if column + wide + help_width > area.width {
            continue;
        }
        column = entry(canvas, area, column, row);
    }
    if let Some(row) = help {
        entry(canvas, area, column, row);
    }
}

fn entry_width(canvas: &Canvas<'_>, row: &Row) -> u16 {
    let key = canvas.keymap.first(row);
    let label = message::text(canvas.lang, &format!("desk.cmd_{}", row.name));
    u16::try_from(width::width(&key) + width::width(label) + 3).unwrap_or(u16::MAX)
}

fn entry(canvas: &mut Canvas<'_>, area: Area, column: u16, row: &Row) -> u16 {
    let key = canvas.keymap.first(row);
    let label = message::text(canvas.lang, &format!("desk.cmd_{}", row.name));
    let after_key = canvas.put(area, 0, column, &key, Role::Key);
    let end = canvas.put(area, 0, after_key + 1, label, Role::Text);
    let place = Area { x: area.x + column, width: end.saturating_sub(column), height: 1, ..area };
    canvas.spots.add(place, Spot::Command(row.command));
    end + 2
}

//! Panels that are lists: findings a pass overrules, kinds of hold, decisions to withdraw, queue, help.

use super::frame;
use crate::app::command::{Context, Row, TABLE};
use crate::app::layout::Area;
use crate::app::model::Model;
use crate::app::mouse::Spot;
use crate::app::screens::hold::{Hold, WAITS};
use crate::app::screens::withdraw::Withdraw;
use crate::domain::decision::{Decision, HoldKind};
use crate::domain::message::{self, Message};
use crate::domain::safe::safe;
use crate::ui::paint::Canvas;
use crate::ui::screens::{case, rail};
use crate::ui::theme::{Role, Theme};
use crate::ui::width;

/// The first row to draw so that the cursor is seen.
fn first(cursor: usize, height: u16) -> usize {
    (cursor + 1).saturating_sub(usize::from(height))
}

pub fn confirm_pass(canvas: &mut Canvas<'_>, model: &Model, scroll: usize) {
    let Some(view) = model.open_case() else { return };
    let overruled: Vec<_> = view.overruled().collect();
    let unshowable = view.unshowable();
    let rows = u16::try_from(overruled.len() + unshowable.len()).unwrap_or(u16::MAX).min(12) + 3;
    let area = frame(canvas, model, canvas.words("desk.panel_pass"), 90, rows);
    let hint = canvas.text(&Message::new("desk.hint_pass"));
    let mut next = canvas.wrapped(area, 0, 2, &hint, Role::Warn) + 1;
    for at in unshowable {
        let kind = view.file.filing.attachments[at].kind;
        let name = message::text(canvas.lang, &format!("domain.attachment_{}", kind.text()));
        let text = canvas.text(&Message::new("desk.never_shown").with("name", name));
        canvas.put(area, next, 0, &format!("? {text}"), Role::Unknown);
        next += 1;
    }
    let list = Area { y: area.y + next, height: area.height.saturating_sub(next), ..area };
    let first = first(scroll, list.height);
    for (line, finding) in overruled.iter().skip(first).take(usize::from(list.height)).enumerate() {
        let text = case::finding_text(canvas, view, finding);
        canvas.put(
            list,
            line as u16,
            0,
            &format!("{} {text}", finding.status.mark()),
            Theme::status(finding.status),
        );
    }
}

pub fn hold(canvas: &mut Canvas<'_>, model: &Model, hold: &Hold) {
    let area = frame(canvas, model, canvas.words("desk.panel_hold"), 64, HoldKind::ALL.len() as u16 + 4);
    for (at, kind) in HoldKind::ALL.iter().enumerate() {
        let mark = if at == hold.kind { ">" } else { " " };
        let words = message::text(canvas.lang, &format!("domain.hold_{}", kind.text()));
        canvas.put(area, at as u16, 0, &format!("{mark} {} {words}", at + 1), Role::Text);
        canvas.spot(area, at as u16, Spot::Line(at));
        if at == hold.kind {
            canvas.highlight(area, at as u16);
        }
    }
    let minutes = WAITS[hold.wait];
    let (count, unit) = match minutes {
        0..=119 => (minutes, "desk.due_minutes"),
        120..=1_439 => (minutes / 60, "desk.due_hours"),
        _ => (minutes / 1_440, "desk.due_days"),
    };
    let wait = canvas.text(&Message::new(unit).with("count", count));
    let until = hold.until(model.clock.now).map_or_else(String::new, |until| {
        until.to_zoned_datetime(model.settings.zone.clone()).strftime("%m-%d %H:%M").to_string()
    });
    let text = canvas.text(&Message::new("desk.hold_until").with("wait", wait).with("until", until));
    canvas.put(area, HoldKind::ALL.len() as u16 + 1, 0, &text, Role::Heading);
    let hint = canvas.text(&Message::new("desk.hint_hold"));
    canvas.put(area, HoldKind::ALL.len() as u16 + 2, 0, &hint, Role::Quiet);
}

pub fn withdraw(canvas: &mut Canvas<'_>, model: &Model, withdraw: &Withdraw) {
    let area = frame(canvas, model, canvas.words("desk.panel_withdraw"), 90, model.size.1);
    let Some(decisions) = &withdraw.decisions else {
        canvas.put(area, 0, 0, canvas.words("desk.loading"), Role::Quiet);
        return;
    };
    if decisions.is_empty() {
        canvas.put(area, 0, 0, canvas.words("desk.no_decisions_today"), Role::Quiet);
        return;
    }
    let first = first(withdraw.cursor, area.height);
    for (line, (at, decision)) in
        decisions.iter().enumerate().skip(first).take(usize::from(area.height)).enumerate()
    {
        let text = decision_line(canvas, model, decision);
        canvas.put(area, line as u16, 0, &text, Role::Text);
        canvas.spot(area, line as u16, Spot::Line(at));
        if at == withdraw.cursor {
            canvas.highlight(area, line as u16);
        }
    }
}

fn decision_line(canvas: &Canvas<'_>, model: &Model, decision: &Decision) -> String {
    let at = decision.at.to_zoned_datetime(model.settings.zone.clone()).strftime("%H:%M:%S").to_string();
    let verdict =
        message::text(canvas.lang, &format!("domain.verdict_{}", decision.conclusion.verdict().text()));
    let state = message::text(canvas.lang, &format!("domain.decision_{}", decision.state.text()));
    let reasons: Vec<String> = decision.conclusion.reasons().iter().map(ToString::to_string).collect();
    format!(
        "{at}  {}  {}  {}  {}",
        width::pad(&safe(&decision.filing), 12),
        width::pad(verdict, 8),
        width::pad(state, 10),
        safe(&reasons.join(" "))
    )
}

pub fn queue(canvas: &mut Canvas<'_>, model: &Model, cursor: usize) {
    let area = frame(canvas, model, canvas.words("desk.rail"), 90, model.size.1);
    if model.rail.rows.is_empty() {
        canvas.put(area, 0, 0, canvas.words("desk.empty"), Role::Quiet);
    }
    rail::rows(canvas, area, model, cursor, Some(cursor), Spot::Line);
}

fn command_line(canvas: &mut Canvas<'_>, area: Area, line: u16, row: &Row) {
    let label = message::text(canvas.lang, &format!("desk.cmd_{}", row.name));
    let keys = canvas.keymap.text(row);
    canvas.put(area, line, 0, &width::pad(&keys, 18), Role::Key);
    canvas.put(area, line, 20, label, Role::Text);
}

pub fn help(canvas: &mut Canvas<'_>, model: &Model, scroll: usize) {
    let area = frame(canvas, model, canvas.words("desk.panel_help"), 100, model.size.1);
    let mut lines: Vec<Option<&Row>> = Vec::new();
    let mut heads: Vec<(usize, Context)> = Vec::new();
    for context in Context::ALL {
        if !lines.is_empty() {
            lines.push(None);
        }
        heads.push((lines.len(), context));
        lines.push(None);
        lines.extend(TABLE.iter().filter(|row| row.contexts.contains(&context)).map(Some));
    }
    let scroll = scroll.min(lines.len().saturating_sub(usize::from(area.height)));
    for (line, (at, row)) in lines.iter().enumerate().skip(scroll).take(usize::from(area.height)).enumerate()
    {
        let line = line as u16;
        if let Some(row) = row {
            command_line(canvas, area, line, row);
        } else if let Some((_, context)) = heads.iter().find(|(head, _)| *head == at) {
            let words = message::text(canvas.lang, &format!("desk.context_{}", context.name()));
            canvas.put(area, line, 0, words, Role::Heading);
        }
    }
    let below = lines.len().saturating_sub(scroll + usize::from(area.height));
    if below > 0 {
        canvas.put_right(area, area.height - 1, &format!(" +{below}"), Role::Quiet);
    }
}

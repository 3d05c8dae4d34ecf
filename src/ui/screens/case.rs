//! The case: what was declared, by subject, with what the checks say of it.

use crate::app::case_view::{CaseView, is_contact};
use crate::app::facts::{self, Fact, Row};
use crate::app::layout::Area;
use crate::app::model::Model;
use crate::app::mouse::Spot;
use crate::domain::finding::{Finding, Section, Status, Tally};
use crate::domain::message::{self, Message};
use crate::domain::object::Object;
use crate::domain::safe::safe;
use crate::ui::paint::Canvas;
use crate::ui::theme::{Role, Theme};
use crate::ui::width;

/// Columns of a label.
const LABEL: usize = 12;

pub fn draw(canvas: &mut Canvas<'_>, area: Area, model: &Model, view: &CaseView) {
    let head = heading(canvas, area, model, view);
    let head = super::remarks::draw(canvas, area, head, view);
    let list = Area { y: area.y + head, height: area.height - head, ..area };
    let height = usize::from(list.height);
    let first = first_row(view, height);
    canvas.spots.add(area, Spot::Case);
    for (line, (at, row)) in view.rows.iter().enumerate().skip(first).take(height).enumerate() {
        let line = line as u16;
        match row {
            Row::Section(section, tally) => draw_section(canvas, list, line, *section, tally),
            Row::Fact(fact) => draw_fact(canvas, list, line, view, fact),
            Row::Finding(finding) => {
                if let Some(finding) = view.findings.get(*finding) {
                    draw_finding(canvas, list, line, view, finding);
                }
            }
        }
        canvas.spot(list, line, Spot::Row(at));
        if at == view.selected {
            canvas.highlight(list, line);
        }
    }
    let below = view.rows.len().saturating_sub(first + height);
    if below > 0 {
        // In the border below, where it covers nothing.
        let border = Area { y: area.y + area.height, height: 1, ..area };
        canvas.put_right(border, 0, &format!(" +{below} "), Role::Quiet);
    }
}

/// Name, type, order, revision, and what was decided before; answers how many rows it took.
fn heading(canvas: &mut Canvas<'_>, area: Area, model: &Model, view: &CaseView) -> u16 {
    let filing = &view.file.filing;
    canvas.put(area, 0, 0, &safe(&filing.entity.name), Role::Heading);
    let order = message::text(canvas.lang, &format!("domain.order_type_{}", filing.order_type.text()));
    let scheme = message::text(canvas.lang, &format!("domain.scheme_{}", filing.evidence_scheme.text()));
    let due = super::rail::due_text(canvas, model.clock.now, filing.due_at);
    let left =
        if due.is_empty() { due } else { canvas.text(&Message::new("desk.case_due").with("due", due)) };
    let line = Area { width: area.width.saturating_sub(width::width(&left) as u16 + 1), ..area };
    canvas.put(line, 1, 0, &format!("{} {order} {scheme}", safe(&filing.key)), Role::Quiet);
    canvas.put_right(area, 1, &left, Role::Warn);
    let Some(decision) = view.file.current.as_ref().or(view.file.previous.as_ref()) else { return 2 };
    let verdict = decision.conclusion.verdict().text();
    let codes: Vec<&str> = decision.conclusion.reasons().iter().map(|used| used.code.as_str()).collect();
    let last = Message::new("desk.last_time")
        .with("day", decision.day)
        .with("reviewer", &decision.reviewer)
        .with("verdict", format!("@domain.verdict_{verdict}"))
        .with("state", format!("@domain.decision_{}", decision.state.text()))
        .with("reasons", codes.join(" "));
    let last = canvas.text(&last);
    canvas.put(area, 2, 0, &last, Role::Warn);
    3
}

/// The list keeps the selected row in view, with a row of what comes after it.
fn first_row(view: &CaseView, height: usize) -> usize {
    let last_first = view.rows.len().saturating_sub(height);
    (view.selected + height / 3 + 1)
        .saturating_sub(height)
        .max(view.selected.saturating_sub(height / 2))
        .min(last_first)
}

fn draw_section(canvas: &mut Canvas<'_>, list: Area, line: u16, section: Section, tally: &Tally) {
    canvas.horizontal(list.x, list.y + line, list.width);
    let name = message::text(canvas.lang, &format!("domain.section_{}", section.text()));
    canvas.put(list, line, 1, &format!(" {name} "), Role::Heading);
    let mut column = list.width;
    for (mark, count, role) in [
        ('v', tally.pass, Role::Pass),
        ('?', tally.not_run + tally.error, Role::Unknown),
        ('!', tally.warn, Role::Warn),
        ('x', tally.fail, Role::Fail),
    ] {
        if count > 0 {
            let text = format!(" {mark}{count} ");
            column = column.saturating_sub(text.len() as u16);
            canvas.put(list, line, column, &text, role);
        }
    }
}

fn draw_fact(canvas: &mut Canvas<'_>, list: Area, line: u16, view: &CaseView, fact: &Fact) {
    let (mark, role) = match fact.status {
        Some(status) => (status.mark(), Theme::status(status)),
        None => (' ', Role::Quiet),
    };
    canvas.put(list, line, 0, &mark.to_string(), role);
    let label = message::text(canvas.lang, &fact.label);
    canvas.put(list, line, 2, &width::pad(label, LABEL), Role::Quiet);
    let value = fact.shown(canvas.lang, view.is_revealed(&fact.object));
    canvas.put(list, line, 3 + LABEL as u16, &safe(&value), Role::Text);
}

fn draw_finding(canvas: &mut Canvas<'_>, list: Area, line: u16, view: &CaseView, finding: &Finding) {
    let text = finding_text(canvas, view, finding);
    canvas.put(list, line, 2, &format!("{} {text}", finding.status.mark()), Theme::status(finding.status));
}

/// A finding's sentence; values of contacts in it are masked until revealed.
pub fn finding_text(canvas: &Canvas<'_>, view: &CaseView, finding: &Finding) -> String {
    canvas.text(&facts::said(finding, view.is_revealed(&finding.object)))
}

/// A value seen or expected by a finding, masked like the fact it belongs to.
pub fn value_text(view: &CaseView, object: &Object, value: &str) -> String {
    let masked = is_contact(object) && !view.is_revealed(object);
    let value = if masked {
        facts::masked_contact(value).unwrap_or_else(|| value.to_owned())
    } else {
        value.to_owned()
    };
    safe(&value).into_string()
}

/// The mark of a status with its word, for where colour and position do not say it.
pub fn status_words(canvas: &Canvas<'_>, status: Status) -> String {
    format!("{} {}", status.mark(), message::text(canvas.lang, &format!("domain.status_{}", status.text())))
}

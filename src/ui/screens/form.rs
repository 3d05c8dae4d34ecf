//! The paper form view: the verification form (核验单) as it lies on the desk, line by line beside the filing.

use crate::app::case_view::CaseView;
use crate::app::form::Form;
use crate::app::layout::Area;
use crate::domain::declared::Value;
use crate::domain::form::{Block, Line, Verdict};
use crate::domain::message::{self, Lang};
use crate::domain::safe::safe;
use crate::ui::paint::Canvas;
use crate::ui::pieces::{self, Piece};
use crate::ui::theme::Role;
use crate::ui::width;

/// Where the columns lie, in cells from the left edge of the zone.
struct Columns {
    label: usize,
    paper: u16,
    filed: u16,
    /// Of each of the two values.
    width: usize,
}

impl Columns {
    fn of(area: Area, lang: Lang) -> Columns {
        let label = if lang == Lang::Zh { 8 } else { 10 };
        let paper = label as u16 + 3;
        // Mark, label, value, border, value.
        let width = area.width.saturating_sub(paper + 1) / 2;
        Columns { label, paper, filed: paper + width + 1, width: usize::from(width) }
    }
}

/// One or more rows of the screen that belong together.
enum Part<'a> {
    Heading(Block),
    Line { at: usize, line: &'a Line, paper: Vec<Vec<Piece>>, filed: Vec<Vec<Piece>> },
}

impl Part<'_> {
    fn rows(&self) -> usize {
        match self {
            Part::Heading(_) => 1,
            Part::Line { paper, filed, .. } => paper.len().max(filed.len()),
        }
    }
}

pub fn draw(canvas: &mut Canvas<'_>, area: Area, view: &CaseView, form: &Form) {
    canvas.put(area, 0, 0, &safe(&view.file.filing.entity.name), Role::Heading);
    canvas.put_right(area, 0, &format!(" {}", canvas.words("desk.form_leave")), Role::Key);
    let row = super::remarks::draw(canvas, area, 1, view);
    let columns = Columns::of(area, canvas.lang);
    heads(canvas, area, row, &columns, form);
    let legend = Area { y: area.y + area.height - 1, height: 1, ..area };
    canvas.put(legend, 0, 0, canvas.words("desk.form_legend"), Role::Quiet);
    let taken = row + 1;
    let list = Area { y: area.y + taken, height: area.height.saturating_sub(taken + 1), ..area };
    lines(canvas, list, view, form, &columns);
}

/// How many lines differ, and what stands in which column.
fn heads(canvas: &mut Canvas<'_>, area: Area, row: u16, columns: &Columns, form: &Form) {
    let mut column = 0;
    for (verdict, role) in [(Verdict::Differs, Role::Fail), (Verdict::NotTranscribed, Role::Unknown)] {
        let count = form.count(verdict);
        if count > 0 {
            column = canvas.put(area, row, column, &format!("{}{count} ", verdict.mark()), role);
        }
    }
    canvas.put(area, row, columns.paper, canvas.words("desk.form_paper"), Role::Heading);
    canvas.put(area, row, columns.filed, canvas.words("desk.form_filed"), Role::Heading);
}

fn lines(canvas: &mut Canvas<'_>, list: Area, view: &CaseView, form: &Form, columns: &Columns) {
    let parts = parts(canvas, view, form, columns);
    let height = usize::from(list.height);
    let chosen = |part: &Part<'_>| matches!(part, Part::Line { at, .. } if *at == form.selected);
    let before: usize = parts.iter().take_while(|part| !chosen(part)).map(Part::rows).sum();
    let whole: usize = parts.iter().map(Part::rows).sum();
    // The selected line stays in the upper half, with what comes after it in view.
    let first = before.saturating_sub(height / 2).min(whole.saturating_sub(height));
    let mut at = 0;
    for part in &parts {
        for row in 0..part.rows() {
            if let Some(line) = (at + row).checked_sub(first).filter(|line| *line < height) {
                draw_row(canvas, list, line as u16, part, row, columns);
                if chosen(part) {
                    canvas.highlight(list, line as u16);
                }
            }
        }
        at += part.rows();
    }
    let below = whole.saturating_sub(first + height);
    if below > 0 {
        let border = Area { y: list.y + list.height + 1, height: 1, ..list };
        canvas.put_right(border, 0, &format!(" +{below} "), Role::Quiet);
    }
}

fn draw_row(canvas: &mut Canvas<'_>, list: Area, y: u16, part: &Part<'_>, row: usize, columns: &Columns) {
    let (line, paper, filed) = match part {
        Part::Heading(block) => {
            canvas.horizontal(list.x, list.y + y, list.width);
            canvas.put(list, y, 1, &format!(" {} ", canvas.words(block.heading())), Role::Heading);
            return;
        }
        Part::Line { line, paper, filed, .. } => (line, paper, filed),
    };
    canvas.glyph(list.x + columns.filed - 1, list.y + y, canvas.glyphs.vertical);
    if row == 0 {
        let role = match line.verdict {
            Verdict::Same => Role::Pass,
            Verdict::Differs => Role::Fail,
            Verdict::NotTranscribed => Role::Unknown,
            Verdict::NotOnForm | Verdict::PaperOnly => Role::Quiet,
        };
        canvas.put(list, y, 0, &line.verdict.mark().to_string(), role);
        let label = message::text(canvas.lang, &line.field.label());
        canvas.put(list, y, 2, &width::pad(label, columns.label), Role::Quiet);
    }
    for (column, side) in [(columns.paper, paper), (columns.filed, filed)] {
        let mut column = column;
        for (text, role) in side.get(row).into_iter().flatten() {
            column = canvas.put(list, y, column, text, *role);
        }
    }
}

fn parts<'a>(canvas: &Canvas<'_>, view: &CaseView, form: &'a Form, columns: &Columns) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    let mut block = None;
    for (at, line) in form.lines.iter().enumerate() {
        if block.replace(line.field.block()) != Some(line.field.block()) {
            parts.push(Part::Heading(line.field.block()));
        }
        let [paper, filed] = sides(canvas, view, line).map(|side| pieces::wrap(&side, columns.width));
        parts.push(Part::Line { at, line, paper, filed });
    }
    parts
}

/// What stands in the two columns: values, or why there is none.
fn sides(canvas: &Canvas<'_>, view: &CaseView, line: &Line) -> [Vec<Piece>; 2] {
    let revealed = view.is_revealed(&line.object);
    let text = |value: &Option<Value>| {
        value.as_ref().map(|value| {
            let text = value.text(canvas.lang);
            safe(&if revealed { text } else { line.privacy.on_desk(&text) }).into_string()
        })
    };
    let quiet = |words: &str| vec![(words.to_owned(), Role::Quiet)];
    let (paper, filed) = (text(&line.paper), text(&line.filed));
    if let (Verdict::Differs, Some(paper), Some(filed)) = (line.verdict, &paper, &filed)
        && !paper.is_empty()
    {
        return pieces::compared(paper, filed);
    }
    let paper = match paper {
        None if line.verdict == Verdict::NotOnForm => quiet("-"),
        None => quiet(canvas.words("desk.not_transcribed")),
        Some(text) if text.is_empty() => quiet(canvas.words("desk.left_empty")),
        Some(text) => vec![(text, Role::Text)],
    };
    [paper, filed.map_or_else(|| quiet("-"), |text| vec![(text, Role::Text)])]
}

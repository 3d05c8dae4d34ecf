//! Lines of evidence as a person reads them, and their wrapping to a zone's width.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What a span of text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emphasis {
    Plain,
    /// Labels and what is said around the matter.
    Quiet,
    Heading,
    /// What speaks for the filing.
    Good,
    /// What a person must look at.
    Doubt,
    /// What decides; stands in brackets, too, because colour alone says nothing.
    Decisive,
}

/// Safe text with one meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    pub emphasis: Emphasis,
}

impl Span {
    pub fn new(text: impl Into<String>, emphasis: Emphasis) -> Self {
        Span { text: text.into(), emphasis }
    }
}

/// One line before it is wrapped.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Stands in a column of its own; empty where there is none.
    pub label: String,
    pub spans: Vec<Span>,
    /// The place that decides.
    pub marked: bool,
}

impl Line {
    /// The whole line as plain text.
    pub fn text(&self) -> String {
        let rest: String = self.spans.iter().map(|span| span.text.as_str()).collect();
        if self.label.is_empty() { rest } else { format!("{}  {rest}", self.label) }
    }
}

/// One row of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Only on the first row of a line.
    pub label: String,
    pub spans: Vec<Span>,
    pub marked: bool,
    /// The column where the spans begin, behind the mark and the label.
    pub indent: u16,
}

/// Columns of the mark before a line.
pub const MARK: u16 = 2;

/// Wraps lines to rows of `width` columns. Labels share one column, at most a third of the width.
pub fn rows(lines: &[Line], width: u16) -> Vec<Row> {
    let longest = lines.iter().map(|line| line.label.width()).max().unwrap_or(0);
    let label = u16::try_from(longest).unwrap_or(u16::MAX).min(width / 3);
    let mut rows = Vec::with_capacity(lines.len());
    for line in lines {
        let indent = MARK + if line.label.is_empty() { 0 } else { label + 1 };
        for (at, spans) in
            wrap(&line.spans, usize::from(width.saturating_sub(indent)).max(2)).into_iter().enumerate()
        {
            let label = if at == 0 { line.label.clone() } else { String::new() };
            rows.push(Row { label, spans, marked: line.marked, indent });
        }
    }
    rows
}

/// Breaks anywhere between characters: what is wrapped are names, numbers, addresses and Chinese.
fn wrap(spans: &[Span], columns: usize) -> Vec<Vec<Span>> {
    let mut lines = vec![Vec::new()];
    let mut used = 0;
    for span in spans {
        let mut run = String::new();
        let end_run = |run: &mut String, lines: &mut Vec<Vec<Span>>| {
            if let Some(line) = lines.last_mut().filter(|_| !run.is_empty()) {
                line.push(Span::new(std::mem::take(run), span.emphasis));
            }
        };
        for grapheme in span.text.graphemes(true) {
            let wide = grapheme.width();
            if used + wide > columns && used > 0 {
                end_run(&mut run, &mut lines);
                lines.push(Vec::new());
                used = 0;
            }
            used += wide;
            run.push_str(grapheme);
        }
        end_run(&mut run, &mut lines);
    }
    lines
}

/// The first row to draw: where the reviewer scrolled to, else such that the place that decides is seen with what stands
/// before it.
pub fn first_row(rows: &[Row], height: u16, scrolled: Option<usize>) -> usize {
    let height = usize::from(height);
    let last_first = rows.len().saturating_sub(height);
    let marked = rows.iter().position(|row| row.marked).unwrap_or(0);
    // From the top where that shows it, else with some rows of what stands before it.
    let follow = if marked < height { 0 } else { marked - height / 3 };
    scrolled.unwrap_or(follow).min(last_first)
}

/// The first row after half a zone down or up.
pub fn half_further(rows: &[Row], height: u16, first: usize, down: bool) -> usize {
    let step = usize::from(height / 2).max(1);
    first_row(rows, height, Some(if down { first + step } else { first.saturating_sub(step) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(label: &str, text: &str, marked: bool) -> Line {
        Line { label: label.into(), spans: vec![Span::new(text, Emphasis::Plain)], marked }
    }

    fn text(row: &Row) -> String {
        row.spans.iter().map(|span| span.text.as_str()).collect()
    }

    #[test]
    fn labels_share_a_column_and_values_are_wrapped_behind_it() {
        let rows = rows(&[line("名称", "样例科技有限公司", false), line("号", "", true)], 15);
        let seen: Vec<_> = rows.iter().map(|row| (row.label.as_str(), text(row), row.indent)).collect();
        assert_eq!(
            seen,
            [("名称", "样例科技".to_owned(), 7), ("", "有限公司".to_owned(), 7), ("号", String::new(), 7)]
        );
    }

    #[test]
    fn the_marked_row_is_seen_wherever_it_stands_until_somebody_scrolls() {
        for marked in [0, 3, 9, 50, 99] {
            let lines: Vec<Line> = (0..100).map(|at| line("", "样例", at == marked)).collect();
            let rows = rows(&lines, 20);
            let first = first_row(&rows, 10, None);
            assert!((first..first + 10).contains(&marked), "{marked} from {first}");
            assert_eq!(first_row(&rows, 10, Some(500)), 90, "never past the end");
        }
    }

    proptest::proptest! {
        #[test]
        fn wrapping_loses_nothing_and_fits(value in "[a-z样例 ]{0,60}", width in 8u16..40) {
            let rows = rows(&[line("", &value, false)], width);
            proptest::prop_assert_eq!(rows.iter().map(text).collect::<String>(), value);
            for row in &rows {
                proptest::prop_assert!(text(row).width() + usize::from(row.indent) <= usize::from(width));
            }
        }
    }
}

//! The paper form view: the lines of the verification form (核验单) beside its scan, and which of them is selected.
//!
//! It lies over the case zone; every command of the desk means the same there. What the lines say is
//! [`crate::domain::form`]'s.

use crate::domain::filing::{AttachmentKind, Filing, VerificationForm};
use crate::domain::form::{self, Line, Verdict};
use crate::domain::message::Lang;

/// The form of a case, its lines compared when the case was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    pub lines: Vec<Line>,
    /// The selected line, by its place in `lines`.
    pub selected: usize,
    /// The scan, by its place among the filing's attachments.
    pub scan: usize,
    /// The view lies over the case.
    pub open: bool,
}

impl Form {
    /// The form of a filing that has the scan of one. Without a transcript every line is for the eye.
    pub fn of(filing: &Filing) -> Option<Form> {
        let site = filing.site.as_ref()?;
        let is_form = |at: &usize| filing.attachments[*at].kind == AttachmentKind::VerificationForm;
        let mut scans = (0..filing.attachments.len()).filter(is_form);
        let first = scans.next()?;
        let read = |at: &usize| filing.attachments[*at].transcript.is_some();
        let scan = if read(&first) { first } else { scans.find(read).unwrap_or(first) };
        let nothing = VerificationForm::default();
        let mut lines = form::lines(filing, site, filing.verification_form().unwrap_or(&nothing));
        // Ticks nobody transcribed have nothing beside them either.
        lines.retain(|line| line.paper.is_some() || !line.field.is_ticks());
        let mut form = Form { lines, selected: 0, scan, open: false };
        if form.selected_line().is_some_and(|line| line.verdict != Verdict::Differs) {
            form.step_difference(true);
        }
        Some(form)
    }

    pub fn selected_line(&self) -> Option<&Line> {
        self.lines.get(self.selected)
    }

    pub fn step(&mut self, forward: bool) {
        let last = self.lines.len().saturating_sub(1);
        self.selected = if forward { (self.selected + 1).min(last) } else { self.selected.saturating_sub(1) };
    }

    /// To the next or previous difference, around the end.
    pub fn step_difference(&mut self, forward: bool) {
        let count = self.lines.len();
        let steps = (1..=count).map(|step| {
            let step = if forward { step } else { count - step };
            (self.selected + step) % count
        });
        let differs = |at: &usize| self.lines[*at].verdict == Verdict::Differs;
        self.selected = steps.into_iter().find(differs).unwrap_or(self.selected);
    }

    pub fn count(&self, verdict: Verdict) -> usize {
        self.lines.iter().filter(|line| line.verdict == verdict).count()
    }
}

/// Whether something on the line waits for the reveal key.
pub fn is_masked(line: &Line) -> bool {
    [&line.paper, &line.filed].into_iter().flatten().any(|value| {
        // Only outside text is ever masked, and that is the same in every language.
        let text = value.text(Lang::Zh);
        line.privacy.on_desk(&text) != text
    })
}

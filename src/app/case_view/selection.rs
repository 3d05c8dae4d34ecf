//! What of a case is selected, in its rows or on the paper form over them; the evidence follows.

use super::CaseView;
use crate::app::facts::Row;
use crate::app::form::{self, Form};
use crate::domain::declared::Privacy;
use crate::domain::finding::{EvidenceRef, Finding};
use crate::domain::object::Object;

impl CaseView {
    /// Rows that can be selected.
    pub(super) fn selectable(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.rows.len()).filter(|at| !matches!(self.rows[*at], Row::Section(..)))
    }

    /// Findings that are not plain passes, by row.
    pub(super) fn problems(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.rows.len()).filter(|at| matches!(self.rows[*at], Row::Finding(_)))
    }

    /// The finding of the selected row, if it is one.
    pub fn selected_finding(&self) -> Option<&Finding> {
        match self.rows.get(self.selected)? {
            Row::Finding(at) => self.findings.get(*at),
            _ => None,
        }
    }

    /// The paper form, while it lies over the case.
    pub fn open_form(&self) -> Option<&Form> {
        self.form.as_ref().filter(|form| form.open)
    }

    fn open_form_mut(&mut self) -> Option<&mut Form> {
        self.form.as_mut().filter(|form| form.open)
    }

    /// Lays the paper form over the case with its scan in the viewport, or takes it away; false when there is none.
    pub fn toggle_form(&mut self) -> bool {
        let Some(form) = &mut self.form else { return false };
        form.open = !form.open;
        if form.open {
            self.attachment = Some(form.scan);
        }
        true
    }

    /// Moves the selection of the paper form, if it is open; its scan follows.
    pub(super) fn step_form(&mut self, step: impl FnOnce(&mut Form)) -> bool {
        let Some(form) = self.open_form_mut() else { return false };
        step(form);
        self.attachment = Some(form.scan);
        true
    }

    /// The object the selected row speaks of.
    pub fn selected_object(&self) -> Option<&Object> {
        if let Some(form) = self.open_form() {
            return form.selected_line().map(|line| &line.object);
        }
        match self.rows.get(self.selected)? {
            Row::Fact(fact) => Some(&fact.object),
            Row::Finding(at) => self.findings.get(*at).map(|finding| &finding.object),
            Row::Section(..) => None,
        }
    }

    /// All findings that speak of the selected row.
    pub fn findings_of_selected(&self) -> Vec<&Finding> {
        match self.rows.get(self.selected) {
            Some(Row::Finding(at)) => self.findings.get(*at).into_iter().collect(),
            Some(Row::Fact(fact)) if fact.main => {
                let mut about: Vec<&Finding> =
                    self.findings.iter().filter(|finding| finding.object == fact.object).collect();
                about.sort_by_key(|finding| std::cmp::Reverse(finding.status.severity()));
                about
            }
            _ => Vec::new(),
        }
    }

    /// Moves the selection; the evidence follows.
    pub fn select(&mut self, row: usize) {
        self.selected = row;
        self.unfollow();
        if let Some(attachment) = self.evidence_of_selected() {
            self.attachment = Some(attachment);
        }
        self.show_evidence();
    }

    pub fn move_selection(&mut self, forward: bool) {
        if self.step_form(|form| form.step(forward)) {
            return;
        }
        let next = if forward {
            self.selectable().find(|at| *at > self.selected)
        } else {
            self.selectable().take_while(|at| *at < self.selected).last()
        };
        if let Some(row) = next {
            self.select(row);
        }
    }

    /// The next or previous problem, around the end.
    pub fn move_problem(&mut self, forward: bool) {
        if self.step_form(|form| form.step_difference(forward)) {
            return;
        }
        let problems: Vec<usize> = self.problems().collect();
        let next = if forward {
            problems.iter().find(|at| **at > self.selected).or(problems.first())
        } else {
            problems.iter().rev().find(|at| **at < self.selected).or(problems.last())
        };
        if let Some(row) = next {
            self.select(*row);
        }
    }

    /// Which attachment the selected row rests on.
    fn evidence_of_selected(&self) -> Option<usize> {
        let object = self.selected_object()?;
        if let Some(at) = self.attachment_of(object) {
            return Some(at);
        }
        self.findings_of_selected().iter().flat_map(|finding| &finding.evidence).find_map(|evidence| {
            match evidence {
                EvidenceRef::Attachment(object) => self.attachment_of(object),
                _ => None,
            }
        })
    }

    fn attachment_of(&self, object: &Object) -> Option<usize> {
        let Object::Attachment { kind, nth } = object else { return None };
        let mut same = (0..self.file.filing.attachments.len())
            .filter(|at| self.file.filing.attachments[*at].kind == *kind);
        same.nth(usize::from(nth.saturating_sub(1)))
    }

    /// Whether the selected row hides something a reveal would show.
    pub fn selected_is_masked(&self) -> bool {
        if let Some(form) = self.open_form() {
            return form.selected_line().is_some_and(form::is_masked);
        }
        match self.rows.get(self.selected) {
            Some(Row::Fact(fact)) => fact.is_masked(),
            Some(Row::Finding(_)) => self.selected_object().is_some_and(is_contact),
            _ => false,
        }
    }
}

/// Whether the object is a telephone number or an e-mail address.
pub fn is_contact(object: &Object) -> bool {
    // Contacts are contacts whoever the sponsor is.
    Privacy::of(object, false).is_contact()
}

//! Choosing reasons for a fail: the machine's proposals come ticked, digits toggle, typing filters the catalogue.

use super::text::TextField;
use crate::app::case_view::CaseView;
use crate::app::command::Command;
use crate::domain::decision::Grade;
use crate::domain::message::Lang;
use crate::domain::object::{Object, Place, ReasonUse};
use crate::domain::reasons::{Catalogue, Reason};
use crate::domain::search::initials_position;

/// One line of the panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub used: ReasonUse,
    pub ticked: bool,
    /// The machine proposed it.
    pub proposed: bool,
}

/// The panel.
#[derive(Debug, Clone)]
pub struct Reasons {
    /// Proposed and chosen reasons, in the order they came.
    pub items: Vec<Item>,
    pub filter: TextField,
    /// The line under the cursor, among the visible ones.
    pub cursor: usize,
    /// A grade the reviewer chose; else the worst default of the ticked reasons.
    grade: Option<Grade>,
    /// What the filter found in the catalogue, with the object each would be used with.
    pub found: Vec<ReasonUse>,
}

/// How many lines a filter shows at most.
const FOUND: usize = 40;

impl Reasons {
    /// The machine's proposals, ticked; for a second look what the first reviewer chose is ticked instead.
    pub fn new(case: &CaseView) -> Self {
        let proposals = case.proposals();
        let first = case.first_look().map(|decision| decision.conclusion.reasons());
        let chosen = first.unwrap_or(&proposals).to_vec();
        let unchosen = proposals.iter().filter(|used| !chosen.contains(used)).cloned();
        let ticked = chosen.iter().map(|used| (used.clone(), true));
        let items = ticked
            .chain(unchosen.map(|used| (used, false)))
            .map(|(used, ticked)| Item { proposed: proposals.contains(&used), used, ticked })
            .collect();
        Reasons { items, filter: TextField::default(), cursor: 0, grade: None, found: Vec::new() }
    }

    /// The machine proposes something else by now: what was ticked stays ticked and where it is, new proposals come
    /// behind it, not ticked. Answers how many are new, and how many are no longer proposed.
    pub fn learn(&mut self, case: &CaseView) -> (usize, usize) {
        let proposals = case.proposals();
        let mut gone = 0;
        for item in &mut self.items {
            let proposed = proposals.contains(&item.used);
            gone += usize::from(item.proposed && !proposed);
            item.proposed = proposed;
        }
        let known = |used: &ReasonUse| self.items.iter().any(|item| item.used == *used);
        let new: Vec<Item> = proposals
            .iter()
            .filter(|used| !known(used))
            .map(|used| Item { used: used.clone(), ticked: false, proposed: true })
            .collect();
        let count = new.len();
        self.items.extend(new);
        (count, gone)
    }

    /// The lines on the screen: with a filter what it found, else the chosen ones.
    pub fn visible(&self) -> Vec<Item> {
        if self.filter.is_empty() {
            return self.items.clone();
        }
        self.found
            .iter()
            .map(|used| {
                let chosen = self.items.iter().find(|item| item.used == *used);
                chosen.cloned().unwrap_or(Item { used: used.clone(), ticked: false, proposed: false })
            })
            .collect()
    }

    pub fn ticked(&self) -> Vec<ReasonUse> {
        self.items.iter().filter(|item| item.ticked).map(|item| item.used.clone()).collect()
    }

    pub fn grade(&self, catalogue: &Catalogue) -> Grade {
        self.grade.unwrap_or_else(|| catalogue.worst_grade(&self.ticked()))
    }

    /// The filter changed: look the catalogue through. A code that was typed in full comes first.
    pub fn search(&mut self, case: &CaseView, catalogue: &Catalogue) {
        let wanted = self.filter.text().trim().to_lowercase();
        self.cursor = 0;
        self.found.clear();
        if wanted.is_empty() {
            return;
        }
        let mut reasons: Vec<&Reason> =
            catalogue.iter().filter(|reason| !reason.retired && matches(reason, &wanted)).collect();
        reasons.sort_by_key(|reason| !reason.code.eq_ignore_ascii_case(&wanted));
        let used = |reason: &Reason| Some(ReasonUse::new(&reason.code, default_object(reason, case)?));
        self.found.extend(reasons.into_iter().filter_map(used).take(FOUND));
    }

    /// What a command of this panel does. Whether something was toggled or moved is visible in the state.
    pub fn act(&mut self, command: Command, digit: Option<usize>, case: &CaseView, catalogue: &Catalogue) {
        match command {
            Command::Toggle => self.toggle(self.cursor),
            Command::ToggleNumber => {
                if let Some(at) = digit {
                    self.toggle(at);
                }
            }
            Command::NextObject => self.change_object(true, case, catalogue),
            Command::PreviousObject => self.change_object(false, case, catalogue),
            Command::ChangeGrade => {
                self.grade = Some(match self.grade(catalogue) {
                    Grade::Revise => Grade::Reject,
                    Grade::Reject => Grade::Revise,
                });
            }
            other => {
                let count = self.visible().len();
                super::move_cursor(&mut self.cursor, count, other);
            }
        }
    }

    fn toggle(&mut self, at: usize) {
        let Some(item) = self.visible().into_iter().nth(at) else { return };
        self.cursor = at;
        match self.items.iter_mut().find(|known| known.used == item.used) {
            Some(known) => known.ticked = !known.ticked,
            None => self.items.push(Item { ticked: true, ..item }),
        }
    }

    /// The reason under the cursor speaks of another object of this filing.
    fn change_object(&mut self, forward: bool, case: &CaseView, catalogue: &Catalogue) {
        let Some(item) = self.visible().into_iter().nth(self.cursor) else { return };
        let Some(reason) = catalogue.get(&item.used.code) else { return };
        let objects = objects(reason, case);
        let Some(here) = objects.iter().position(|object| *object == item.used.object) else { return };
        let count = objects.len();
        let there = if forward { (here + 1) % count } else { (here + count - 1) % count };
        let used = ReasonUse::new(&item.used.code, objects[there].clone());
        if let Some(known) = self.items.iter_mut().find(|known| known.used == item.used) {
            known.used = used.clone();
        }
        if let Some(found) = self.found.iter_mut().find(|found| **found == item.used) {
            *found = used;
        }
    }
}

fn matches(reason: &Reason, wanted: &str) -> bool {
    reason.code.to_lowercase().contains(wanted)
        || Lang::ALL.iter().any(|lang| reason.label(*lang).to_lowercase().contains(wanted))
        || initials_position(reason.label(Lang::Zh), wanted).is_some()
}

/// The objects of this filing that a reason may be used with.
pub fn objects(reason: &Reason, case: &CaseView) -> Vec<Object> {
    let filing = &case.file.filing;
    let mut objects: Vec<Object> = Place::ALL.iter().map(|place| Object::Place(*place)).collect();
    if let Some(site) = &filing.site {
        objects.extend(site.domains.iter().map(|domain| Object::Domain(domain.to_lowercase())));
    }
    objects.extend((0..filing.attachments.len()).filter_map(|at| case.object_at(at)));
    for kind in crate::domain::materials::required(filing) {
        let object = Object::attachment(kind);
        if !objects.contains(&object) {
            objects.push(object);
        }
    }
    objects.retain(|object| reason.allows(object));
    objects
}

/// What is selected on the desk if the reason may speak of it, else what is looked at, else the first object it may
/// speak of; none when this filing has nothing of the kind.
fn default_object(reason: &Reason, case: &CaseView) -> Option<Object> {
    let objects = objects(reason, case);
    let selected = case.selected_object().filter(|object| objects.contains(object));
    let looked_at = case.attachment.and_then(|at| case.object_at(at));
    selected
        .cloned()
        .or_else(|| looked_at.filter(|object| objects.contains(object)))
        .or_else(|| objects.into_iter().next())
}

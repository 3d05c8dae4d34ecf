//! Signs that a page gives of one thing: words of a list, forms, names; told in one sentence and marked where they stand.

use super::Shown;
use crate::domain::evidence::{Form, WordHit};
use crate::domain::finding::{EvidenceRef, Finding};
use crate::domain::lexicon::{Group, Lexicon, List};
use crate::domain::message::Message;

/// So many are told and marked; more would not be read.
const MOST: usize = 8;

/// What a page gives away of one topic.
pub struct Signs<'a> {
    shown: &'a Shown<'a>,
    lexicon: &'static Lexicon,
    /// None where no word of the list is among the signs.
    group: Option<&'static Group>,
    told: Vec<&'a str>,
    marks: Vec<EvidenceRef>,
    line: u32,
}

impl<'a> Signs<'a> {
    pub const fn none(shown: &'a Shown<'a>, lexicon: &'static Lexicon) -> Self {
        Signs { shown, lexicon, group: None, told: Vec::new(), marks: Vec::new(), line: 0 }
    }

    /// What a page has of a list in a province, by topic, in the order of the text. A group of a topic counts when it
    /// has enough mentions; the words of the topic's other groups are then told with it.
    pub fn of(shown: &'a Shown<'a>, list: List, province: &str) -> Vec<Signs<'a>> {
        let lexicon = Lexicon::shipped(list);
        let hits: Vec<(&WordHit, &Group)> = shown
            .hits(lexicon.id())
            .filter_map(|hit| Some((hit, lexicon.group(&hit.group)?)))
            .filter(|(_, group)| group.holds_in(province))
            .collect();
        let counts = |topic: &str| {
            let groups = hits.iter().filter(|(_, group)| group.topic() == topic);
            groups.clone().any(|(_, group)| {
                let own = groups.clone().filter(|(hit, _)| hit.group == group.name);
                own.map(|(hit, _)| hit.lines).sum::<u32>() >= group.least()
            })
        };
        let mut all: Vec<Signs<'a>> = Vec::new();
        for (hit, group) in &hits {
            let same = |signs: &Signs<'_>| signs.topic() == Some(group.topic());
            let at = all.iter().position(same).or_else(|| {
                counts(group.topic()).then(|| {
                    all.push(Signs { group: Some(group), ..Signs::none(shown, lexicon) });
                    all.len() - 1
                })
            });
            if let Some(signs) = at.and_then(|at| all.get_mut(at)) {
                signs.add(hit.line, &hit.word, hit.as_written());
            }
        }
        all
    }

    pub fn topic(&self) -> Option<&'static str> {
        self.group.map(Group::topic)
    }

    pub const fn is_empty(&self) -> bool {
        self.told.is_empty()
    }

    /// One more sign: what to call it, and how the line writes it.
    pub fn add(&mut self, line: u32, told: &'a str, written: &str) {
        if self.told.len() < MOST && !self.told.contains(&told) {
            if self.told.is_empty() || self.line == 0 {
                self.line = line;
            }
            self.told.push(told);
            self.marks.push(self.shown.marked(line, written));
        }
    }

    pub fn add_form(&mut self, form: &'a Form) {
        self.add(form.line.unwrap_or_default(), &form.sign, &form.sign);
    }

    /// A sentence with the placeholders `words`, `line` (the first sign's, from 1; 0 where it has none), `list`,
    /// `version` and `source`.
    pub fn message(&self, id: &str) -> Message {
        Message::new(id)
            .with("words", self.told.join("、"))
            .with("line", self.line)
            .with("list", self.lexicon.id())
            .with("version", self.lexicon.version())
            .with("source", self.group.map_or("", |group| group.source.as_str()))
    }

    /// Lets a finding rest on the places of the signs, the first of all, and on the list.
    pub fn under(&self, mut finding: Finding) -> Finding {
        let rule = self.group.map(|group| {
            EvidenceRef::Rule(format!("{}/{}@{}", self.lexicon.id(), group.name, self.lexicon.version()))
        });
        finding.evidence.extend(self.marks.iter().cloned().chain(rule));
        finding
    }
}

//! The reason catalogue (未通过原因): stable codes, what each may be used with, what the applicant must do.
//!
//! The shipped reasons are `assets/reasons.toml`, compiled in; an operator's own file may add to them, never change
//! them. Which reasons a case deserves is for the checks to propose and for a human to say.

mod class;
mod file;
mod resolve;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::decision::Grade;
use super::filing::named;
use super::message::Lang;
use super::object::{Object, ReasonUse};

pub use class::ObjectClass;
pub use file::ReasonFileFault;
pub use resolve::ReasonFault;

named! {
    /// What a reason is about.
    Subject {
        /// 主体
        Entity => "entity",
        /// 网站
        Site => "site",
        /// either: its object tells
        EntityOrSite => "entity_or_site",
        /// the order itself
        Flow => "flow",
    }
}

named! {
    /// How far a machine can go with a reason. It never decides a filing.
    DecidedBy {
        /// a check can tell for certain
        Machine => "machine",
        /// a check can point at it; a human judges
        Flag => "flag",
        /// only a human can see it
        Human => "human",
    }
}

/// The same words in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    zh: String,
    en: String,
}

impl Words {
    fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// Where a reason stands in the published list of the special verification (专项核查).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeedUse {
    /// Row of the list, 1 to 12; 0 is its introduction.
    pub row: u8,
    /// The list's phrase for which the reason stands; absent where the reason only serves the row.
    pub phrase: Option<String>,
    /// What the reason is used with in this row.
    pub objects: Vec<ObjectClass>,
}

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Stable: retired, never deleted or reused.
    pub code: String,
    pub subject: Subject,
    /// What it may be used with.
    pub objects: Vec<ObjectClass>,
    pub decided_by: DecidedBy,
    /// The grade that is offered first.
    pub grade: Grade,
    /// Whether a second reviewer must look.
    pub second_reviewer: bool,
    /// Kept for old decisions; new ones may not use it.
    pub retired: bool,
    /// Codes that cannot hold for the same object, as written; [`Catalogue::contradict`] looks both ways.
    pub contradicts: Vec<String>,
    pub seed: Vec<SeedUse>,
    label: Words,
    evidence: Words,
    rectification: Words,
    notice_group: Words,
}

impl Reason {
    /// Whether the reason may be used with this object.
    pub fn allows(&self, object: &Object) -> bool {
        self.objects.iter().any(|class| class.covers(object))
    }

    /// The label in a language; the Chinese ones of the published list are verbatim.
    pub fn label(&self, lang: Lang) -> &str {
        self.label.text(lang)
    }

    /// What the reviewer attaches.
    pub fn evidence(&self, lang: Lang) -> &str {
        self.evidence.text(lang)
    }

    /// What the applicant must do: whole sentences.
    pub fn rectification(&self, lang: Lang) -> &str {
        self.rectification.text(lang)
    }

    /// The head under which a letter puts it, e.g. 主办单位证件.
    pub fn notice_group(&self, lang: Lang) -> &str {
        self.notice_group.text(lang)
    }

    /// Rows of the published list that it serves, ascending; 0 is the introduction.
    pub fn seed_rows(&self) -> Vec<u8> {
        let mut rows: Vec<u8> = self.seed.iter().map(|seed| seed.row).collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }
}

/// All reasons, shipped and added by the operator, in a stable order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue {
    reasons: Vec<Reason>,
    /// Place in `reasons` by code.
    places: BTreeMap<String, usize>,
    notice_groups: Vec<Words>,
}

const SHIPPED: &str = include_str!("../../assets/reasons.toml");

impl Catalogue {
    /// The reasons that come with the program.
    ///
    /// The file is compiled in and a test reads it; a broken one yields an empty catalogue rather than a panic.
    pub fn shipped() -> &'static Catalogue {
        static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
        CATALOGUE.get_or_init(|| Catalogue::default().with_operator_file(SHIPPED).unwrap_or_default())
    }

    /// This catalogue with the reasons of an operator's file (TOML, as `assets/reasons.toml`) after its own.
    pub fn with_operator_file(&self, text: &str) -> Result<Catalogue, ReasonFileFault> {
        file::add(self, text)
    }

    /// The reason of a code.
    pub fn get(&self, code: &str) -> Option<&Reason> {
        self.places.get(code).and_then(|place| self.reasons.get(*place))
    }

    /// Every reason, retired ones too, in the order of the files.
    pub fn iter(&self) -> impl Iterator<Item = &Reason> {
        self.reasons.iter()
    }

    /// How a filing that fails for these reasons goes back: the worst of what each asks for.
    pub fn worst_grade(&self, reasons: &[ReasonUse]) -> Grade {
        let grades = reasons.iter().filter_map(|used| self.get(&used.code)).map(|reason| reason.grade);
        grades.max().unwrap_or(Grade::Revise)
    }

    /// Whether two codes contradict each other for the same object.
    pub fn contradict(&self, a: &str, b: &str) -> bool {
        let names =
            |a, b: &str| self.get(a).is_some_and(|reason| reason.contradicts.iter().any(|other| other == b));
        names(a, b) || names(b, a)
    }

    /// The reason that stands for a phrase in a row of the published list, and what it is used with there.
    pub fn seed_phrase(&self, row: u8, phrase: &str) -> Option<(&Reason, &[ObjectClass])> {
        self.iter().find_map(|reason| {
            let seed =
                reason.seed.iter().find(|seed| seed.row == row && seed.phrase.as_deref() == Some(phrase))?;
            Some((reason, seed.objects.as_slice()))
        })
    }
}

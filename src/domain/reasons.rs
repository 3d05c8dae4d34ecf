//! The reason catalogue (未通过原因): stable codes, what they may be used with, and what the applicant must do.

use std::collections::BTreeMap;

use super::decision::Grade;
use super::message::Lang;
use super::object::Object;

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    pub code: String,
    pub label_zh: String,
    pub label_en: String,
    /// Classes of [`Object`] it may be used with ([`Object::class`]).
    pub objects: Vec<String>,
    pub second_reviewer: bool,
    pub grade: Grade,
    pub retired: bool,
}

impl Reason {
    /// Whether the reason may be used with this object.
    pub fn allows(&self, object: &Object) -> bool {
        self.objects.iter().any(|class| class == object.class())
    }

    /// The label in a language; the Chinese ones of the seed are verbatim.
    pub fn label(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.label_zh,
            Lang::En => &self.label_en,
        }
    }
}

/// All reasons, shipped and added by the operator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue {
    reasons: BTreeMap<String, Reason>,
}

impl Catalogue {
    /// The reason of a code.
    pub fn get(&self, code: &str) -> Option<&Reason> {
        self.reasons.get(code)
    }

    /// Whether two codes contradict each other for the same object.
    pub fn contradict(&self, _a: &str, _b: &str) -> bool {
        false
    }
}

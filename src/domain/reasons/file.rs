//! Reading a reason file, the shipped one and an operator's alike, and saying exactly what is wrong with it.

use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use super::{Catalogue, DecidedBy, ObjectClass, Reason, SeedUse, Subject, Words};
use crate::domain::decision::Grade;
use crate::domain::message::{Lang, Message};
use crate::domain::object::NoObject;

/// What is wrong with a reason file; `line` counts from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().text(Lang::En))]
pub enum ReasonFileFault {
    /// No TOML, an unknown key, a missing key or a value that the key does not take.
    Syntax { line: usize, detail: String },
    /// The code is not made of capitals, digits and single hyphens.
    BadCode { line: usize, code: String },
    /// The code is there already, and not of this file.
    Redefined { line: usize, code: String },
    /// The code stands twice in this file.
    Duplicate { line: usize, code: String },
    /// A text or a list that must say something is empty.
    Empty { line: usize, code: String, key: &'static str },
    /// An object that no filing has.
    UnknownObject { line: usize, code: String, object: String },
    /// A notice group that neither the catalogue nor this file has.
    UnknownGroup { line: usize, code: String, group: String },
    /// A notice group that is there already.
    GroupTwice { line: usize, group: String },
    /// A contradiction with a code that neither the catalogue nor this file has.
    UnknownContradiction { line: usize, code: String, other: String },
}

impl ReasonFileFault {
    /// What to tell the operator.
    pub fn message(&self) -> Message {
        use ReasonFileFault as F;
        let at = |id: &str, line: &usize| Message::new(format!("domain.reason_file_{id}")).with("line", line);
        match self {
            F::Syntax { line, detail } => at("syntax", line).with("detail", detail),
            F::BadCode { line, code } => at("bad_code", line).with("code", code),
            F::Redefined { line, code } => at("redefined", line).with("code", code),
            F::Duplicate { line, code } => at("duplicate", line).with("code", code),
            F::Empty { line, code, key } => at("empty", line).with("code", code).with("key", key),
            F::UnknownObject { line, code, object } => {
                at("unknown_object", line).with("code", code).with("object", object)
            }
            F::UnknownGroup { line, code, group } => {
                at("unknown_group", line).with("code", code).with("group", group)
            }
            F::GroupTwice { line, group } => at("group_twice", line).with("group", group),
            F::UnknownContradiction { line, code, other } => {
                at("unknown_contradiction", line).with("code", code).with("other", other)
            }
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    notice_group: Vec<Spanned<Words>>,
    #[serde(default)]
    reason: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    code: Spanned<String>,
    zh: String,
    en: String,
    subject: Subject,
    objects: Vec<Spanned<String>>,
    decided_by: DecidedBy,
    grade: Grade,
    notice_group: Spanned<String>,
    #[serde(default)]
    second_reviewer: bool,
    #[serde(default)]
    retired: bool,
    #[serde(default)]
    contradicts: Vec<Spanned<String>>,
    #[serde(default)]
    seed: Vec<SeedEntry>,
    evidence_zh: String,
    evidence_en: String,
    rectify_zh: String,
    rectify_en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedEntry {
    row: u8,
    #[serde(default)]
    phrase: Option<String>,
    /// All of the reason's when absent.
    #[serde(default)]
    objects: Vec<Spanned<String>>,
}

/// Turns byte offsets of a text into line numbers: where its lines end. Every key of every reason is asked for, and
/// counting from the beginning each time took half of the program's start.
struct Lines(Vec<usize>);

impl Lines {
    fn of_text(text: &str) -> Self {
        Lines(text.match_indices('\n').map(|(at, _)| at).collect())
    }

    fn at(&self, offset: usize) -> usize {
        self.0.partition_point(|end| *end < offset) + 1
    }

    fn of<T>(&self, value: &Spanned<T>) -> usize {
        self.at(value.span().start)
    }
}

/// The catalogue with the reasons of a file after its own.
pub(super) fn add(base: &Catalogue, text: &str) -> Result<Catalogue, ReasonFileFault> {
    let lines = Lines::of_text(text);
    let file: File = toml::from_str(text).map_err(|error| ReasonFileFault::Syntax {
        line: lines.at(error.span().map_or(0, |span| span.start)),
        detail: error.message().to_owned(),
    })?;
    let known = codes(base, &file, &lines)?;
    let mut catalogue = base.clone();
    for group in file.notice_group {
        if catalogue.notice_groups.iter().any(|known| known.zh == group.as_ref().zh) {
            let line = lines.of(&group);
            return Err(ReasonFileFault::GroupTwice { line, group: group.into_inner().zh });
        }
        catalogue.notice_groups.push(group.into_inner());
    }
    for entry in file.reason {
        let reason = entry.into_reason(&lines, &catalogue.notice_groups, &known)?;
        catalogue.places.insert(reason.code.clone(), catalogue.reasons.len());
        catalogue.reasons.push(reason);
    }
    Ok(catalogue)
}

/// Every code of the catalogue and of the file, none of them twice.
fn codes(base: &Catalogue, file: &File, lines: &Lines) -> Result<BTreeSet<String>, ReasonFileFault> {
    let mut own = BTreeSet::new();
    for entry in &file.reason {
        let (line, code) = (lines.of(&entry.code), entry.code.as_ref().clone());
        if !well_formed(&code) {
            return Err(ReasonFileFault::BadCode { line, code });
        }
        if base.get(&code).is_some() {
            return Err(ReasonFileFault::Redefined { line, code });
        }
        if !own.insert(code.clone()) {
            return Err(ReasonFileFault::Duplicate { line, code });
        }
    }
    own.extend(base.places.keys().cloned());
    Ok(own)
}

/// Whether the code can stand in `CODE@OBJECT,CODE@OBJECT` and in a file name.
fn well_formed(code: &str) -> bool {
    code.split('-').all(|part| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    })
}

impl Entry {
    fn into_reason(
        self,
        lines: &Lines,
        groups: &[Words],
        known: &BTreeSet<String>,
    ) -> Result<Reason, ReasonFileFault> {
        let line = lines.of(&self.code);
        let code = self.code.into_inner();
        let texts = [
            ("zh", &self.zh),
            ("en", &self.en),
            ("evidence_zh", &self.evidence_zh),
            ("evidence_en", &self.evidence_en),
            ("rectify_zh", &self.rectify_zh),
            ("rectify_en", &self.rectify_en),
        ];
        let empty = texts.iter().find(|(_, text)| text.trim().is_empty()).map(|(key, _)| *key);
        if let Some(key) = empty.or(self.objects.is_empty().then_some("objects")) {
            return Err(ReasonFileFault::Empty { line, code, key });
        }
        let objects = classes(&code, self.objects, lines)?;
        let Some(notice_group) = groups.iter().find(|group| group.zh == *self.notice_group.as_ref()) else {
            let line = lines.of(&self.notice_group);
            return Err(ReasonFileFault::UnknownGroup { line, code, group: self.notice_group.into_inner() });
        };
        if let Some(other) = self.contradicts.iter().find(|other| !known.contains(other.as_ref())) {
            let (line, other) = (lines.of(other), other.as_ref().clone());
            return Err(ReasonFileFault::UnknownContradiction { line, code, other });
        }
        let mut seed = Vec::with_capacity(self.seed.len());
        for used in self.seed {
            let narrowed = classes(&code, used.objects, lines)?;
            let objects = if narrowed.is_empty() { objects.clone() } else { narrowed };
            seed.push(SeedUse { row: used.row, phrase: used.phrase, objects });
        }
        Ok(Reason {
            code,
            subject: self.subject,
            objects,
            decided_by: self.decided_by,
            grade: self.grade,
            second_reviewer: self.second_reviewer,
            retired: self.retired,
            contradicts: self.contradicts.into_iter().map(Spanned::into_inner).collect(),
            seed,
            label: Words { zh: self.zh, en: self.en },
            evidence: Words { zh: self.evidence_zh, en: self.evidence_en },
            rectification: Words { zh: self.rectify_zh, en: self.rectify_en },
            notice_group: notice_group.clone(),
        })
    }
}

fn classes(
    code: &str,
    names: Vec<Spanned<String>>,
    lines: &Lines,
) -> Result<Vec<ObjectClass>, ReasonFileFault> {
    let class = |name: Spanned<String>| {
        let line = lines.of(&name);
        name.into_inner().parse().map_err(|fault: NoObject| ReasonFileFault::UnknownObject {
            line,
            code: code.to_owned(),
            object: fault.0,
        })
    };
    names.into_iter().map(class).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ReasonFileFault as F;

    /// A reason of an operator; `change` is a key and the whole line that replaces it.
    fn reason(code: &str, change: Option<(&str, &str)>) -> String {
        let lines = [
            ("code", format!("code = \"{code}\"")),
            ("zh", "zh = \"未签入网协议\"".to_owned()),
            ("en", "en = \"Access agreement is not signed\"".to_owned()),
            ("subject", "subject = \"entity\"".to_owned()),
            ("objects", "objects = [\"entity\", \"other\"]".to_owned()),
            ("decided_by", "decided_by = \"human\"".to_owned()),
            ("grade", "grade = \"revise\"".to_owned()),
            ("notice_group", "notice_group = \"主办单位信息\"".to_owned()),
            ("contradicts", "contradicts = []".to_owned()),
            ("evidence_zh", "evidence_zh = \"协议\"".to_owned()),
            ("evidence_en", "evidence_en = \"The agreement\"".to_owned()),
            ("rectify_zh", "rectify_zh = \"请签署入网协议。\"".to_owned()),
            ("rectify_en", "rectify_en = \"Please sign the agreement.\"".to_owned()),
        ];
        let lines = lines.into_iter().map(|(key, line)| match change {
            Some((changed, other)) if changed == key => other.to_owned(),
            _ => line,
        });
        format!("[[reason]]\n{}\n", lines.collect::<Vec<_>>().join("\n"))
    }

    fn fault(text: &str) -> F {
        Catalogue::shipped().with_operator_file(text).unwrap_err()
    }

    #[test]
    fn an_operator_adds_reasons_after_the_shipped_ones() {
        let shipped = Catalogue::shipped();
        let group = "[[notice_group]]\nzh = \"内部要求\"\nen = \"House rules\"\n";
        let first = reason("OWN-AGREEMENT", Some(("notice_group", "notice_group = \"内部要求\"")));
        // A contradiction may name a code further down, and a shipped one.
        let contradicts = r#"contradicts = ["OWN-LAST", "ENT-ABNORMAL"]"#;
        let second = reason("OWN-2", Some(("contradicts", contradicts)));
        let text = format!("{group}{first}{second}{}", reason("OWN-LAST", None));
        let catalogue = shipped.with_operator_file(&text).unwrap();

        let codes: Vec<&str> = catalogue.iter().map(|reason| reason.code.as_str()).collect();
        assert_eq!(codes.len(), shipped.iter().count() + 3);
        assert!(codes.ends_with(&["OWN-AGREEMENT", "OWN-2", "OWN-LAST"]));
        assert!(codes.iter().copied().eq(shipped.iter().map(|reason| reason.code.as_str()).chain([
            "OWN-AGREEMENT",
            "OWN-2",
            "OWN-LAST"
        ])));
        let own = catalogue.get("OWN-AGREEMENT").unwrap();
        assert_eq!(own.notice_group(Lang::En), "House rules");
        assert!(catalogue.contradict("ENT-ABNORMAL", "OWN-2") && catalogue.contradict("OWN-LAST", "OWN-2"));
        assert_eq!(shipped.with_operator_file("").unwrap(), *shipped);
    }

    #[test]
    fn a_faulty_file_is_refused_with_its_line() {
        let own = |key: &str, line: &str| reason("OWN-1", Some((key, line)));
        let code = "OWN-1".to_owned();
        let cases = [
            (reason("ENT-ABNORMAL", None), F::Redefined { line: 2, code: "ENT-ABNORMAL".into() }),
            (reason("OWN-1", None).repeat(2), F::Duplicate { line: 16, code: code.clone() }),
            (reason("own-1", None), F::BadCode { line: 2, code: "own-1".into() }),
            (reason("OWN--1", None), F::BadCode { line: 2, code: "OWN--1".into() }),
            (reason("OWN@1", None), F::BadCode { line: 2, code: "OWN@1".into() }),
            (own("zh", "zh = \" \""), F::Empty { line: 2, code: code.clone(), key: "zh" }),
            (own("objects", "objects = []"), F::Empty { line: 2, code: code.clone(), key: "objects" }),
            (
                own("objects", "objects = [\"name\",\n  \"nmae\"]"),
                F::UnknownObject { line: 7, code: code.clone(), object: "nmae".into() },
            ),
            (
                own("notice_group", "notice_group = \"无此类别\""),
                F::UnknownGroup { line: 9, code: code.clone(), group: "无此类别".into() },
            ),
            (
                own("contradicts", "contradicts = [\"ENT-ABNORMAL\", \"NO-SUCH\"]"),
                F::UnknownContradiction { line: 10, code: code.clone(), other: "NO-SUCH".into() },
            ),
            (
                "\n[[notice_group]]\nzh = \"联系方式\"\nen = \"Contact\"\n".to_owned(),
                F::GroupTwice { line: 2, group: "联系方式".into() },
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(fault(&text), expected, "{text}");
            for lang in Lang::ALL {
                let told = expected.message().text(lang);
                assert!(!told.starts_with("domain.") && !told.contains('{'), "{told}");
            }
        }
    }

    #[test]
    fn a_key_that_is_wrong_missing_or_of_another_kind_is_a_fault_of_its_line() {
        let own = |key: &str, line: &str| reason("OWN-1", Some((key, line)));
        let cases = [
            (own("grade", "grade = \"revise\"\ncolour = 1"), 9, "colour"),
            (own("grade", "grade = \"maybe\""), 8, "maybe"),
            (own("rectify_en", ""), 1, "rectify_en"),
            (own("en", "en = 5"), 4, "string"),
            (own("en", "en = \"open"), 4, "string"),
            ("[[raeson]]\n".to_owned(), 1, "raeson"),
        ];
        for (text, expected, word) in cases {
            let F::Syntax { line, detail } = fault(&text) else { panic!("{text}") };
            assert!(line == expected && detail.contains(word), "line {line}: {detail}");
        }
    }
}

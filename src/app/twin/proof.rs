//! Which filed facts a kind of document proves, and where its recognised text has a filed value.

use std::collections::HashSet;

use crate::domain::declared::Declared;
use crate::domain::difference::{self, Piece};
use crate::domain::evidence::ReadText;
use crate::domain::filing::{AttachmentKind, Filing};
use crate::domain::object::{Object, Place};
use crate::domain::places::{of_attachment, of_fact, page};

/// Whether a document of this kind states the fact: at one of its places, or as a whole. A photo states none.
pub(super) fn proves(filing: &Filing, kind: AttachmentKind, fact: &Declared) -> bool {
    if matches!(fact.object, Object::Attachment { .. }) {
        return false;
    }
    let places = of_fact(filing, &fact.object, &fact.label);
    let of_kind = of_attachment(filing, kind);
    places.iter().any(|(of, place)| *of == kind && of_kind.contains(place)) || states(kind, fact)
}

/// What documents state that have no named places, or not for it (domain reference 2.2 and 2.3).
fn states(kind: AttachmentKind, fact: &Declared) -> bool {
    use AttachmentKind as K;
    use Place as P;
    let label = fact.label.as_str();
    let validity = label == "domain.fact_validity";
    let representative = label == "domain.fact_legal_representative";
    let document_type = label == "domain.fact_document_type";
    let Object::Place(place) = fact.object else { return false };
    match kind {
        K::EntityCertificate => place == P::CertificateType,
        K::EntityPrincipalIdFront => document_type && place == P::EntityPrincipalId,
        K::SitePrincipalIdFront => document_type && place == P::SitePrincipalId,
        K::ResidenceProof => !validity && matches!(place, P::EntityPrincipalName | P::EntityPrincipalId),
        K::Authorisation => {
            representative
                || !validity && matches!(place, P::Name | P::EntityPrincipalName | P::EntityPrincipalId)
        }
        K::Undertaking => matches!(place, P::Name | P::EntityPrincipalName),
        K::Permit => matches!(place, P::Name | P::PreApproval),
        _ => false,
    }
}

/// Where a filed value stands in a recognised text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    Same,
    /// Something like it, as it was recognised.
    Near(String),
    Nowhere,
}

/// How much of a filed value a line must have to be taken for it misread, in tenths.
const ALIKE_TENTHS: usize = 7;

/// A recognised text, line by line.
pub(super) struct Reading {
    lines: Vec<String>,
    /// All of it as it is compared: what is wrapped on the paper is one value.
    folded: String,
}

impl Reading {
    pub fn of(read: &ReadText) -> Self {
        let lines: Vec<String> = read
            .words
            .chunk_by(|one, other| one.line == other.line)
            .map(|line| line.iter().map(|word| word.text.as_str()).collect())
            .collect();
        let folded = lines.iter().map(|line| folded(line)).collect();
        Reading { lines, folded }
    }

    pub fn find(&self, filed: &str) -> Found {
        let wanted = folded(filed);
        if wanted.is_empty() {
            return Found::Nowhere;
        }
        if self.folded.contains(&wanted) {
            return Found::Same;
        }
        let wrapped = self.lines.windows(2).map(<[String]>::concat);
        let near = self.lines.iter().cloned().chain(wrapped).filter_map(|line| near(filed, &wanted, &line));
        // The shortest of those that have most of it.
        let best = near.max_by_key(|(common, near)| (*common, std::cmp::Reverse(near.chars().count())));
        best.map_or(Found::Nowhere, |(_, near)| Found::Near(near))
    }
}

/// What of a line may be the filed value misread, and how many characters they have in common.
fn near(filed: &str, wanted: &str, line: &str) -> Option<(usize, String)> {
    let enough = |common: usize| common * 10 >= wanted.chars().count() * ALIKE_TENTHS;
    // Cheap and generous: few lines have the characters at all, and only those are compared in their order.
    let has: HashSet<char> = folded(line).chars().collect();
    if !enough(wanted.chars().filter(|c| has.contains(c)).count()) {
        return None;
    }
    let (in_filed, in_line) = difference::pieces(filed, line)?;
    let common =
        in_filed.iter().filter(|piece| !piece.differs).map(|piece| folded(&piece.text).chars().count());
    let common = common.sum();
    // The label before it and what follows it are not part of the value: of what differs at an end as many characters
    // may belong to it as the filed value has there.
    let first = in_line.iter().position(|piece| !piece.differs)?;
    let last = in_line.iter().rposition(|piece| !piece.differs)?;
    let inside = in_line[first..=last].iter().map(|piece| piece.text.as_str());
    let missing = |piece: Option<&Piece>| {
        piece.filter(|piece| piece.differs).map_or(0, |piece| folded(&piece.text).chars().count())
    };
    let before: Vec<char> = in_line[..first].iter().flat_map(|piece| piece.text.chars()).collect();
    let before = before[before.len().saturating_sub(missing(in_filed.first()))..].iter().copied();
    let after = in_line[last + 1..].iter().flat_map(|piece| piece.text.chars());
    let after = after.take(missing(in_filed.last()));
    let text: String = before.chain(inside.flat_map(str::chars)).chain(after).collect();
    enough(common).then(|| (common, text.trim().to_owned()))
}

/// Letters, digits and Han characters alone, of one width and case: punctuation and spaces are what recognition gets
/// wrong first.
fn folded(text: &str) -> String {
    page::letters(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::evidence::{Region, Word};

    fn reading(lines: &[&str]) -> Reading {
        let region = Region { x: 0, y: 0, width: 1, height: 1 };
        let word = |(line, text): (usize, &&str)| Word {
            text: (*text).to_owned(),
            confidence: 90,
            region,
            line: line as u32,
        };
        Reading::of(&ReadText { words: lines.iter().enumerate().map(word).collect() })
    }

    #[test]
    fn a_filed_value_is_found_as_it_is_misread_or_not_at_all() {
        let near = |text: &str| Found::Near(text.to_owned());
        let licence = [
            "营业执照",
            "名称 深圳市样列科技有限公司",
            "统一社会信用代码 9144O300MA5XYLHO7A",
            "住所 深圳市样例路",
            "1号",
        ];
        for (lines, filed, expected) in [
            (&licence[..], "深圳市样例科技有限公司", near("深圳市样列科技有限公司")),
            (&licence, "91440300MA5XYLH07A", near("9144O300MA5XYLHO7A")),
            (&licence, "深圳市样例路1号", Found::Same),
            (&licence, "深圳市 样例路（1号）", Found::Same),
            (&licence, "王样例", Found::Nowhere),
            (&licence, "", Found::Nowhere),
            (&["姓名 王样例"], "王样例", Found::Same),
            (&["ＹＡＮＧＬＩ．ｅｘａｍｐｌｅ"], "yangli.example", Found::Same),
            (&[], "王样例", Found::Nowhere),
        ] {
            assert_eq!(reading(lines).find(filed), expected, "{filed}");
        }
    }
}

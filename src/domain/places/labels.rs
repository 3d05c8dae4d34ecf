//! The words printed beside a place, and where its contents stand from there.

use std::ops::Range;

use super::page::folded;
use super::runs::Run;
use super::words::PageWords;
use super::{DocumentKind, DocumentPlace};
use crate::domain::evidence::Region;

/// Where the contents of a place stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Contents {
    /// Printed or written to the right of the label, else below it.
    Words,
    /// The same, and it may go on in the next line.
    Lines,
    /// Written by hand to the right of the label, higher and lower than its line, read or not.
    Writing,
    /// Stamped over and beside the label.
    Stamp,
    /// Everything from the first of the labels to the last.
    Block,
}

/// The labels of a place, the most telling first. None: it has no label.
pub(super) const fn labels(kind: DocumentKind, place: DocumentPlace) -> &'static [&'static str] {
    use DocumentKind as K;
    use DocumentPlace as P;
    match place {
        P::PersonName => &["姓名"],
        P::Number => &["公民身份号码", "证件号码", "证件号", "号码"],
        P::Validity => &["有效期限", "有效期"],
        P::Name => match kind {
            K::DomainCertificate => &["域名所有者", "域名持有者", "注册者", "持有者", "所有者", "注册人"],
            _ => &["名称", "单位名称", "机构名称"],
        },
        P::Code => &["统一社会信用代码", "注册号", "机构代码", "登记证号"],
        P::Representative => &["法定代表人", "经营者", "负责人", "投资人", "执行事务合伙人"],
        P::Term => &["营业期限", "合伙期限", "经营期限", "有效期限", "有效期"],
        P::Address => &["住所", "住址", "经营场所", "营业场所", "主要经营场所"],
        P::Domain => &["网站域名", "域名"],
        P::SiteName => &["网站名称"],
        P::Sponsor => &["主办者名称", "网站主办者名称", "主办单位名称", "单位名称"],
        P::Mobile => &["手机号码", "手机", "移动电话"],
        P::Email => &["电子邮箱", "邮箱", "电子邮件"],
        P::Signature => &["网站负责人签字", "网站负责人签名", "负责人签字", "负责人签名", "签字", "签名"],
        P::Date => &["日期", "签字日期", "签署日期"],
        P::Seal => match kind {
            K::Licence | K::Certificate => &["登记机关", "发证机关", "发照机关"],
            _ => &["单位盖章", "盖章", "公章", "主办者盖章"],
        },
        P::Ticks => &[
            "主体信息核验内容",
            "单位证件资质",
            "个人证件资质",
            "联系方式核验内容",
            "网站信息核验内容",
            "前置/专项审批",
            "接入信息核验内容",
            "接入服务提供者",
        ],
        P::Portrait | P::Face | P::Backdrop | P::Time => &[],
    }
}

pub(super) const fn contents(place: DocumentPlace) -> Contents {
    use DocumentPlace as P;
    match place {
        P::Name | P::Address | P::SiteName | P::Sponsor | P::Domain => Contents::Lines,
        P::Signature | P::Date => Contents::Writing,
        P::Seal => Contents::Stamp,
        P::Ticks => Contents::Block,
        _ => Contents::Words,
    }
}

/// What else is printed before a value: it ends the value before it.
const fn others(kind: DocumentKind) -> &'static [&'static str] {
    use DocumentKind as K;
    match kind {
        K::IdFront | K::PermitFront => &["性别", "民族", "出生"],
        K::IdBack | K::PermitBack => &["签发机关"],
        K::Licence | K::Certificate => &[
            "注册资本",
            "成立日期",
            "经营范围",
            "组成形式",
            "注册日期",
            "类型",
            "举办单位",
            "宗旨和业务范围",
        ],
        K::Form => &["网站负责人", "主体负责人", "证件类型", "证件号码", "办公电话", "负责人", "核验人签字"],
        K::DomainCertificate => &["注册日期", "到期日期", "注册商", "注册服务机构", "所有人"],
        K::Photo | K::VideoFrame | K::Letter => &[],
    }
}

/// All that is printed before values on documents of a kind.
fn known(kind: DocumentKind) -> impl Iterator<Item = &'static str> {
    let of_places = kind.places().iter().flat_map(move |place| labels(kind, *place));
    of_places.chain(others(kind)).copied()
}

/// From this length on a label may be misread by a character, and stand within a run: nothing else reads like it.
const TELLING: usize = 4;

/// A label shorter than that stands off its value or what is before it by so much of a line's height.
const OFF: f64 = 0.5;

/// Whether a run begins with something that is printed before values: then it is not the contents of a label.
pub(super) fn begins_with_label(kind: DocumentKind, run: &Run) -> bool {
    known(kind).any(|label| begins(run, 0, label).is_some())
}

/// Where a label ends that begins at a character of a run.
fn begins(run: &Run, at: usize, label: &str) -> Option<usize> {
    let mut length = 0;
    // Labels are Han characters, which are folded as they are.
    let same = label.chars().filter(|character| character.is_alphanumeric()).all(|character| {
        length += 1;
        run.characters.get(at + length - 1) == Some(&character)
    });
    same.then_some(at + length)
}

/// The same for a run that stands to the right of a label, where a value may begin like one (手机之家): a short label is
/// one there only where it ends in a colon, or something else than a word goes on after it.
pub(super) fn is_label(kind: DocumentKind, page: &PageWords, run: &Run) -> bool {
    known(kind).any(|label| {
        begins(run, 0, label).is_some_and(|end| {
            let next = run.characters.get(end);
            end >= TELLING
                || next.is_none_or(char::is_ascii)
                || has_colon(page, run, end)
                || run.gap_before(&page.words, end).is_some_and(|gap| gap >= OFF)
        })
    })
}

fn has_colon(page: &PageWords, run: &Run, end: usize) -> bool {
    run.marks_before(&page.words, end).any(|mark| matches!(mark, ':' | '：'))
}

/// No contents have more characters than that.
const LONGEST: usize = 300;

/// Where in a run, from a character on, the next label begins; where there is none, its end or that of the longest
/// contents.
pub(super) fn next_label(kind: DocumentKind, page: &PageWords, run: &Run, from: usize) -> usize {
    let on_cards = matches!(kind, DocumentKind::IdFront | DocumentKind::PermitFront);
    let begins_label = |at: &usize| {
        known(kind).any(|label| {
            begins(run, *at, label).is_some_and(|end| {
                let off = |at: usize| run.gap_before(&page.words, at).is_some_and(|gap| gap >= OFF);
                let alone = run.characters.get(end).is_none_or(char::is_ascii) || off(end);
                end - at >= TELLING
                    // No name has these.
                    || on_cards && others(kind).contains(&label)
                    || has_colon(page, run, end)
                    || (*at == from || off(*at)) && alone
            })
        })
    };
    let end = run.characters.len().min(from.saturating_add(LONGEST));
    (from..end).find(begins_label).unwrap_or(end)
}

/// A label on the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'r> {
    pub run: &'r Run,
    /// The character of the run after the label.
    pub end: usize,
    pub region: Region,
}

/// So many places that bear one label are looked at.
const MOST: usize = 8;

/// Where the most telling of a place's labels that was read stands: at the head of a run (after a number of a list), or
/// anywhere if it is long.
pub(super) fn find<'r>(
    kind: DocumentKind,
    place: DocumentPlace,
    filed: &[String],
    page: &'r PageWords,
) -> Vec<Found<'r>> {
    let names = labels(kind, place);
    let of = |label: &&str| {
        let mut found = standing(kind, label, page);
        found.retain(|found| !(ascii_alone(place) && goes_on_as_word(page, found, filed)));
        (!found.is_empty()).then_some(found)
    };
    let mut found = names.iter().find_map(of).unwrap_or_default();
    // 住所（经营场所）is one label.
    for found in &mut found {
        while let Some(end) = names.iter().find_map(|name| begins(found.run, found.end, name)) {
            found.end = end;
        }
    }
    found
}

/// Whether a place holds letters and digits only: what goes on in Han characters after its label is another label.
pub(super) const fn ascii_alone(place: DocumentPlace) -> bool {
    use DocumentPlace as P;
    matches!(place, P::Domain | P::Number | P::Code | P::Mobile | P::Email)
}

fn goes_on_as_word(page: &PageWords, found: &Found<'_>, filed: &[String]) -> bool {
    let rest = &found.run.characters[found.end..];
    let filed_so = |filed: &String| rest.starts_with(&folded(filed).collect::<Vec<_>>());
    rest.first().is_some_and(|next| !next.is_ascii())
        && !has_colon(page, found.run, found.end)
        && !filed.iter().any(filed_so)
}

/// Where one label stands, with the least misread.
pub(super) fn standing<'r>(kind: DocumentKind, label: &str, page: &'r PageWords) -> Vec<Found<'r>> {
    let wanted: Vec<char> = folded(label).collect();
    let tolerated = usize::from(wanted.len() > TELLING);
    let found = |run: &'r Run| {
        let nearest = run.nearest(&wanted, 0, tolerated)?;
        let Range { start, end } = nearest.at;
        let head = run.characters[..start].iter().all(char::is_ascii_digit);
        let telling = wanted.len() >= TELLING;
        let longer = |other: &str| {
            other.starts_with(label) && begins(run, start, other).is_some_and(|other| other > end)
        };
        let another = known(kind).filter(|other| *other != label).any(longer);
        ((head || telling) && !another)
            .then_some((nearest.edits, Found { run, end, region: run.region_of(&page.words, &(start..end)) }))
    };
    let mut all: Vec<(usize, Found<'r>)> = page.runs.iter().filter_map(found).collect();
    let least = all.iter().map(|(edits, _)| *edits).min();
    all.retain(|(edits, _)| Some(*edits) == least);
    all.into_iter().map(|(_, found)| found).take(MOST).collect()
}

//! The words printed beside a place, and where its contents stand from there.

use super::page::folded;
use super::runs::Run;
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

/// Whether a run begins with a label of any place of the kind: then it is not the contents of another.
pub(super) fn begins_with_label(kind: DocumentKind, run: &Run<'_>) -> bool {
    let begins = |label: &&str| {
        let label: Vec<char> = folded(label).collect();
        run.characters.starts_with(&label)
    };
    kind.places().iter().any(|place| labels(kind, *place).iter().any(&begins))
}

/// A label on the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'r, 'w> {
    pub run: &'r Run<'w>,
    /// The character of the run after the label.
    pub end: usize,
    pub region: Region,
}

/// From this length on a label may be misread by a character, and stand within a run: nothing else reads like it.
const TELLING: usize = 4;

/// Where a label stands: at the head of a run (after a number of a list), or anywhere if it is long.
pub(super) fn find<'r, 'w>(label: &str, runs: &'r [Run<'w>]) -> Option<Found<'r, 'w>> {
    let wanted: Vec<char> = folded(label).collect();
    let tolerated = usize::from(wanted.len() > TELLING);
    let found = |run: &'r Run<'w>| {
        let nearest = run.nearest(&wanted).filter(|nearest| nearest.edits <= tolerated)?;
        let head = run.characters[..nearest.at.start].iter().all(char::is_ascii_digit);
        let telling = wanted.len() >= TELLING;
        (head || telling).then_some((nearest.edits, nearest.at, run))
    };
    let (_, at, run) = runs.iter().filter_map(found).min_by_key(|(edits, ..)| *edits)?;
    Some(Found { run, end: at.end, region: run.region_of(&at) })
}

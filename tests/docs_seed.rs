//! The table of the published list (专项核查) in the manual: row and phrase, what is gathered for it, which checks judge it,
//! which reasons they propose. `HEYAN_BLESS=1 cargo test --test docs_seed` writes it anew.

#![allow(clippy::unwrap_used)]

#[path = "common/page.rs"]
mod page;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use heyan::checks::{ALL, Check};
use heyan::domain::message::Lang;
use heyan::domain::reasons::{Catalogue, Reason, SeedUse};

/// Rows of the list, by their own titles; 0 is its introduction.
const ROWS: [(&str, &str); 13] = [
    ("前言所列的不符情形", "What the introduction calls a mismatch"),
    ("主办单位名称", "Sponsor's name"),
    ("主办单位证件号码", "Sponsor's certificate number"),
    ("主办单位证件地址", "Sponsor's certificate address"),
    ("主体负责人姓名非法定代表人", "Entity principal is not the legal representative"),
    ("主体负责人身份证件已过有效期", "Entity principal's document has expired"),
    ("备案主体/网站负责人联系电话", "Principals' telephone numbers"),
    ("网站负责人身份证件已过有效期", "Site principal's document has expired"),
    ("网站备案真实性核验材料（核验单）", "Verification form and photo"),
    ("网站内容与主体不符", "Content does not fit the sponsor"),
    ("网站内容涉及经营性", "Commercial content"),
    ("备案域名过期", "Domain: expiry, holder, registration"),
    ("备案域名解析 IP 非本接入商 IP", "Where the domain leads"),
];

/// What only a person can say, and the check that puts the question with its evidence.
const HUMAN: &[(&str, &str)] = &[
    ("CON-NO-ANSWER", "phone_answered"),
    ("CON-INVALID", "phone_answered"),
    ("CON-NOT-OWNER", "phone_answered"),
    ("PHO-NOT-PRINCIPAL", "photo_person"),
    ("CNT-ENTITY-MISMATCH", "site_entity"),
    ("VFS-ERROR", "verification_form"),
];

/// One line of the table.
struct Line {
    row: u8,
    phrase: Option<String>,
    reason: &'static Reason,
    checks: Vec<&'static dyn Check>,
    human: bool,
}

fn lines() -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for reason in Catalogue::shipped().iter() {
        for SeedUse { row, phrase, .. } in &reason.seed {
            let asked = HUMAN.iter().find(|(code, _)| *code == reason.code).map(|(_, check)| *check);
            let checks = ALL
                .iter()
                .copied()
                .filter(|check| check.proposes().contains(&reason.code.as_str()) || asked == Some(check.id()))
                .collect();
            let human = asked.is_some();
            lines.push(Line { row: *row, phrase: phrase.clone(), reason, checks, human });
        }
    }
    // The introduction speaks last: it adds what the rows do not name.
    lines.sort_by_key(|line| (line.row == 0, line.row));
    lines
}

fn table(lang: Lang) -> String {
    let mut table = String::from(match lang {
        Lang::Zh => "| 行 | 通知提示 | 采集 | 核验 | 未通过原因 |\n|---|---|---|---|---|\n",
        Lang::En => "| row | phrase | gathered | checks | reason |\n|---|---|---|---|---|\n",
    });
    let mut last = None;
    for line in lines() {
        let (zh, en) = ROWS[usize::from(line.row)];
        let title = match lang {
            Lang::Zh => zh.to_owned(),
            Lang::En => format!("{en} ({zh})"),
        };
        let title = if last == Some(line.row) { String::new() } else { format!("{} {title}", line.row) };
        last = Some(line.row);
        let gathered: BTreeSet<&str> =
            line.checks.iter().flat_map(|check| check.gatherers()).map(|gatherer| gatherer.text()).collect();
        let gathered = gathered.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" ");
        let checks =
            line.checks.iter().map(|check| format!("`{}`", check.id())).collect::<Vec<_>>().join(" ");
        let human = match (line.human, lang) {
            (false, _) => "",
            (true, Lang::Zh) => "，由人判断",
            (true, Lang::En) => ", a person judges",
        };
        let _ = writeln!(
            table,
            "| {title} | {} | {gathered} | {checks}{human} | `{}` {} |",
            line.phrase.as_deref().unwrap_or("-"),
            line.reason.code,
            line.reason.label(lang)
        );
    }
    table
}

fn with_table(path: &str, lang: Lang) -> String {
    const BEGIN: &str = "<!-- begin: made by tests/docs_seed.rs -->\n";
    const END: &str = "<!-- end -->";
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    format!("{before}{BEGIN}{}{END}{after}", table(lang))
}

#[test]
fn the_manuals_show_the_published_list_as_the_program_judges_it() {
    page::assert_committed("docs/manual.md", &with_table("docs/manual.md", Lang::En));
    page::assert_committed("docs/manual.zh.md", &with_table("docs/manual.zh.md", Lang::Zh));
}

#[test]
fn every_phrase_has_a_check_or_a_question() {
    let lines = lines();
    let bare: Vec<String> = lines
        .iter()
        .filter(|line| line.phrase.is_some() && line.checks.is_empty())
        .map(|line| format!("row {}: {} {:?}", line.row, line.reason.code, line.phrase))
        .collect();
    assert!(bare.is_empty(), "{bare:#?}");
    let rows: BTreeSet<u8> =
        lines.iter().filter(|line| !line.checks.is_empty()).map(|line| line.row).collect();
    assert!(rows.iter().copied().eq(0..=12), "{rows:?}");
    let phrases = lines.iter().filter(|line| line.row > 0 && line.phrase.is_some()).count();
    assert!(phrases >= 34, "{phrases} phrases");
}

#[test]
fn questions_are_put_by_checks_that_exist() {
    for (code, check) in HUMAN {
        assert!(Catalogue::shipped().get(code).is_some(), "{code}");
        assert!(ALL.iter().any(|one| one.id() == *check), "{check}");
    }
}

//! Another value of the same kind, so sure that a reviewer should look: with right check digits, beside its label, or of
//! a shape that nothing else on the document has.

use crate::domain::domain_name;
use crate::domain::numbers::{resident_id, unified_code};
use crate::domain::places::page::{Page, Spot};
use crate::domain::relations;

/// Han characters of a person's name, at least and at most.
const PERSON_NAME: std::ops::RangeInclusive<usize> = 2..=4;

/// Characters of an organisation's name at least.
const SHORTEST_ORGANISATION: usize = 6;

/// A number with right check digits of the kind that was filed.
pub(super) fn number(page: &Page<'_>, filed: &str) -> Option<Spot> {
    let filed = relations::document_number(filed);
    let resident = resident_id::parse(&filed).is_ok();
    page.read_well().find_map(|word| {
        let read = relations::document_number(&word.text);
        let right = read.len() == 18
            && if resident { resident_id::parse(&read).is_ok() } else { unified_code::parse(&read).is_ok() };
        (right && read != filed).then_some(Spot { text: read, region: word.region })
    })
}

/// What stands beside 姓名, where it is a name and as long as the filed one: a cut one was misread.
pub(super) fn person_name(page: &Page<'_>, filed: &str) -> Option<Spot> {
    let beside = page.labelled("姓名")?;
    let length = beside.text.chars().count();
    let is_name =
        PERSON_NAME.contains(&length) && beside.text.chars().all(han) && length == filed.chars().count();
    is_name.then_some(beside)
}

/// What stands beside 名称, where it is long enough for an organisation's name and ends as one.
pub(super) fn organisation_name(page: &Page<'_>, filed: &str) -> Option<Spot> {
    let beside = page.labelled("名称")?;
    let last = |text: &str| text.chars().last();
    let is_name = beside.text.chars().count() >= SHORTEST_ORGANISATION
        && beside.text.chars().any(han)
        && last(&beside.text) == last(filed);
    is_name.then_some(beside)
}

/// A domain, where none of the filed ones was found.
pub(super) fn domain(page: &Page<'_>, filed: &[String]) -> Option<Spot> {
    let own: Vec<String> = filed.iter().filter_map(|filed| registrable(filed)).collect();
    page.read_well().find_map(|word| {
        let ends_in_letters =
            |label: &str| label.len() > 1 && label.bytes().all(|byte| byte.is_ascii_alphabetic());
        let like_a_domain =
            word.text.is_ascii() && word.text.rsplit_once('.').is_some_and(|(_, last)| ends_in_letters(last));
        let read = registrable(&word.text).filter(|_| like_a_domain)?;
        (!own.contains(&read)).then_some(Spot { text: word.text.clone(), region: word.region })
    })
}

/// The end of a period that was read as two whole dates, or as a date and 长期.
pub(super) fn validity(page: &Page<'_>, filed: &str) -> Option<Spot> {
    page.lines_read_well().find_map(|line| {
        let digits: String = line.text.chars().filter(char::is_ascii_digit).collect();
        let until = match digits.len() {
            16 => {
                let date = format!("{}-{}-{}", &digits[8..12], &digits[12..14], &digits[14..]);
                date.parse::<jiff::civil::Date>().ok()?.to_string()
            }
            8 if line.text.contains("长期") => "长期".to_owned(),
            _ => return None,
        };
        (until != filed).then_some(Spot { text: until, region: line.region })
    })
}

fn registrable(name: &str) -> Option<String> {
    domain_name::registrable(&domain_name::ascii(name)?).map(str::to_owned)
}

const fn han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

//! 备案号: the numbers that the ministry gives to sponsors and their sites, and the licences shown in their stead.

use std::fmt;

use super::NumberFault;
use super::symbols::normalise;

/// The letters of the 31 provinces as filing numbers write them (footers seen in use, November 2026).
const PROVINCES: &str = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝蜀黔滇藏陕陇青宁新";

/// What stands for a province in their stead: other letters that provinces go by, traditional forms, look-alikes.
const SLIPS: &[(&str, char)] = &[
    ("川", '蜀'),
    ("贵貴", '黔'),
    ("云雲", '滇'),
    ("甘隴", '陇'),
    ("秦陝", '陕'),
    ("晉普", '晋'),
    ("遼", '辽'),
    ("滬泸", '沪'),
    ("蘇", '苏'),
    ("淅", '浙'),
    ("皓", '皖'),
    ("閩闵", '闽'),
    ("贛", '赣'),
    ("魯", '鲁'),
    ("翼", '冀'),
    ("橡", '豫'),
    ("颚", '鄂'),
    ("粵奥", '粤'),
    ("瓊", '琼'),
    ("愉", '渝'),
    ("寧", '宁'),
];

/// 合字: before a licence that holds in several provinces.
const NATIONAL: &str = "合字B2-";

const EXAMPLE: NumberFault = NumberFault::Shape { example: "粤ICP备12345678号-1" };

/// What a number stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 备案号: `ICP备` with 8 digits (two of year) or, mostly since 2020, 10 (four of year).
    Filing,
    /// 经营许可证 of the older kind: `ICP证` with 6 digits (two of year).
    Licence,
    /// 增值电信业务经营许可证: `B2-` with 8 digits (four of year).
    ValueAdded,
}

/// The letter behind a site's index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Service {
    /// `A`
    App,
    /// `X`: 小程序
    MiniProgram,
    /// `K`: 快应用; not one was seen in use so far
    QuickApp,
}

impl Service {
    const ALL: [(char, Service); 3] =
        [('A', Service::App), ('X', Service::MiniProgram), ('K', Service::QuickApp)];
}

/// A sponsor's number, or with an index one of its sites'.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FilingNumber {
    province: char,
    kind: Kind,
    digits: String,
    site: Option<u32>,
    service: Option<Service>,
}

/// Reads `粤ICP备12345678号-1`, `粤B2-20201234-1A`, `京ICP证030173号`, normalised as in [`super::symbols`]; `l` or `1` for
/// `I` is read as it was meant. A letter of another province's name answers the expected one; any other letter is no official
/// number. Whether the year lies in the future is the caller's to judge, who knows the day.
pub fn parse(raw: &str) -> Result<FilingNumber, NumberFault> {
    let text = normalise(raw);
    if text.starts_with(NATIONAL) {
        return Err(NumberFault::NationalLicence);
    }
    let mut rest = text.chars();
    let province = rest.next().ok_or(NumberFault::Empty)?;
    let rest = rest.as_str();
    let (kind, rest) = prefix(rest).ok_or(EXAMPLE)?;
    if !PROVINCES.contains(province) {
        let expected = SLIPS.iter().find(|(slips, _)| slips.contains(province)).map(|(_, letter)| *letter);
        return Err(NumberFault::Province { found: province, expected });
    }
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, tail) = rest.split_at(end);
    let expected: &'static [usize] = match kind {
        Kind::Filing => &[8, 10],
        Kind::Licence => &[6],
        Kind::ValueAdded => &[8],
    };
    if !expected.contains(&digits.len()) {
        return Err(NumberFault::Length { found: digits.len(), expected });
    }
    let tail = match kind {
        Kind::ValueAdded => tail,
        _ => tail.strip_prefix('号').ok_or(EXAMPLE)?,
    };
    let (site, service) = index(tail)?;
    let number = FilingNumber { province, kind, digits: digits.to_owned(), site, service };
    let four_digit_year_fits = match (kind, digits.len()) {
        (Kind::Filing, 10) => (2020..=2099).contains(&number.year()),
        (Kind::ValueAdded, _) => (1900..=2099).contains(&number.year()),
        _ => true,
    };
    if four_digit_year_fits { Ok(number) } else { Err(NumberFault::Date) }
}

fn prefix(text: &str) -> Option<(Kind, &str)> {
    if let Some(rest) = text.strip_prefix("B2-") {
        return Some((Kind::ValueAdded, rest));
    }
    let rest = text.strip_prefix(['I', 'L', '1'])?.strip_prefix("CP")?;
    rest.strip_prefix('备')
        .map(|rest| (Kind::Filing, rest))
        .or_else(|| rest.strip_prefix('证').map(|rest| (Kind::Licence, rest)))
}

/// `-1`, `-1A` or nothing.
fn index(tail: &str) -> Result<(Option<u32>, Option<Service>), NumberFault> {
    if tail.is_empty() {
        return Ok((None, None));
    }
    let digits = tail.strip_prefix('-').ok_or(EXAMPLE)?;
    let service = Service::ALL.iter().find(|(letter, _)| digits.ends_with(*letter));
    let digits = if service.is_some() { &digits[..digits.len() - 1] } else { digits };
    let plain = !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
    match digits.parse() {
        Ok(site) if plain => Ok((Some(site), service.map(|(_, service)| *service))),
        _ => Err(EXAMPLE),
    }
}

impl FilingNumber {
    /// The province's letter, e.g. `粤`.
    pub const fn province(&self) -> char {
        self.province
    }

    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The year of the first approval.
    pub fn year(&self) -> u16 {
        let four = self.kind == Kind::ValueAdded || self.digits.len() == 10;
        let year =
            self.digits.get(..if four { 4 } else { 2 }).and_then(|year| year.parse().ok()).unwrap_or(0);
        if four { year } else { 2000 + year }
    }

    /// Which of the sponsor's sites; none in the sponsor's own number.
    pub const fn site(&self) -> Option<u32> {
        self.site
    }

    /// Whether this is the sponsor's number or one of its sites'.
    pub fn is_of(&self, sponsor: &FilingNumber) -> bool {
        self.province == sponsor.province && self.kind == sponsor.kind && self.digits == sponsor.digits
    }

    /// What kind of service the index counts; none for websites.
    pub const fn service(&self) -> Option<Service> {
        self.service
    }
}

impl fmt::Display for FilingNumber {
    /// The official form.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let FilingNumber { province, digits, .. } = self;
        match self.kind {
            Kind::Filing => write!(f, "{province}ICP备{digits}号")?,
            Kind::Licence => write!(f, "{province}ICP证{digits}号")?,
            Kind::ValueAdded => write!(f, "{province}B2-{digits}")?,
        }
        if let Some(site) = self.site {
            write!(f, "-{site}")?;
        }
        match Service::ALL.iter().find(|(_, service)| Some(*service) == self.service) {
            Some((letter, _)) => write!(f, "{letter}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_footers_show_them() {
        for (text, kind, year, site, service) in [
            ("粤ICP备05000001号", Kind::Filing, 2005, None, None),
            ("粤ICP备05000001号-12", Kind::Filing, 2005, Some(12), None),
            ("沪ICP备2024000001号-1A", Kind::Filing, 2024, Some(1), Some(Service::App)),
            ("陇ICP备21000001号-2X", Kind::Filing, 2021, Some(2), Some(Service::MiniProgram)),
            ("京ICP备2024000001号-3K", Kind::Filing, 2024, Some(3), Some(Service::QuickApp)),
            ("粤B2-20090059-1626X", Kind::ValueAdded, 2009, Some(1626), Some(Service::MiniProgram)),
            ("京ICP证030173号", Kind::Licence, 2003, None, None),
        ] {
            let number = parse(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
            assert_eq!(number.to_string(), text);
            assert_eq!(
                (number.kind(), number.year(), number.site(), number.service()),
                (kind, year, site, service)
            );
            assert_eq!(Some(number.province()), text.chars().next());
        }
    }

    #[test]
    fn typed_in_many_ways() {
        for raw in [
            "粤icp备 05000001 号－1",
            "粤ＩＣＰ备０５０００００１号-1",
            "粤lCP备05000001号–1",
            "粤1CP备05000001号-1",
        ] {
            assert_eq!(parse(raw).unwrap().to_string(), "粤ICP备05000001号-1", "{raw}");
        }
    }

    #[test]
    fn faults() {
        for (raw, fault) in [
            ("", NumberFault::Empty),
            ("川ICP备05000001号", NumberFault::Province { found: '川', expected: Some('蜀') }),
            ("彬ICP备05000001号", NumberFault::Province { found: '彬', expected: None }),
            ("合字B2-20090059", NumberFault::NationalLicence),
            ("合字b2－20090059", NumberFault::NationalLicence),
            ("合字20090059", EXAMPLE),
            ("粵ICP备05000001号", NumberFault::Province { found: '粵', expected: Some('粤') }),
            ("淅ICP备05000001号", NumberFault::Province { found: '淅', expected: Some('浙') }),
            ("粤ICP备050000012号", NumberFault::Length { found: 9, expected: &[8, 10] }),
            ("粤ICP备1999000001号", NumberFault::Date),
            ("粤B2-18990059", NumberFault::Date),
            ("粤ICP备05000001", EXAMPLE),
            ("粤ICP备05000001号-0", EXAMPLE),
            ("粤ICP备05000001号-01", EXAMPLE),
            ("粤ICP备05000001号-", EXAMPLE),
            ("粤ICP备05000001号-1B", EXAMPLE),
            ("粤ICP备05000001号-+1", EXAMPLE),
            ("粤ICP备05000001号1", EXAMPLE),
            ("粤公网安备 44030000000000号", EXAMPLE),
        ] {
            assert_eq!(parse(raw), Err(fault), "{raw}");
        }
    }

    #[test]
    fn one_letter_for_each_province() {
        assert_eq!(PROVINCES.chars().collect::<std::collections::BTreeSet<_>>().len(), 31);
        for (slips, letter) in SLIPS {
            assert!(PROVINCES.contains(*letter), "{letter}");
            assert!(!slips.chars().any(|slip| PROVINCES.contains(slip)), "{slips}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read_again(
            text in "[京粤蜀新](ICP备([0-9]{8}|202[0-9]{7})号|B2-20[0-9]{6}|ICP证[0-9]{6}号)(-[1-9][0-9]{0,4}[AXK]?)?"
        ) {
            proptest::prop_assert_eq!(parse(&text).unwrap().to_string(), text);
        }

        #[test]
        fn no_text_is_too_odd(raw in ".*|粤ICP备.*") {
            let _ = parse(&raw);
        }
    }
}

//! Addresses as registries and applicants write them: which differences are mere spelling.
//!
//! Not fuzzy: a fixed list of habits is folded, and what differs after it differs. Spelling is width, spaces and
//! punctuation, 省 and 市 and what stands before the county left out, numbers in Chinese, 楼 for 层 and 幢 for 栋 after a
//! number, and the registry's own remarks (`（一照多址）`). Something that only one of the two has at its end or its
//! beginning is a part; everything else is another address.

use unicode_normalization::UnicodeNormalization;

use super::numbers::region;

/// How two addresses compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    Same,
    /// One says more than the other and contradicts it nowhere.
    Part,
    Different,
}

/// Remarks of registries about the address that are no part of it.
const REMARKS: &[&str] =
    &["一照多址", "一照多址企业", "住所申报", "自主申报", "自主申报承诺", "集群注册", "集群登记", "仅限办公"];

/// Words for the kind of a region, left out or not: the longer first.
const KINDS: &[&str] = &["维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区", "省", "市"];

/// Compares two addresses.
pub fn compare(a: &str, b: &str) -> Likeness {
    let (a, b) = (Address::read(a), Address::read(b));
    if a.rest.is_empty() || b.rest.is_empty() {
        return Likeness::Different;
    }
    if a.rest == b.rest {
        return Likeness::Same;
    }
    let place = match (a.place, b.place) {
        (Some(one), Some(other)) if contradict(one, other) => return Likeness::Different,
        (Some(one), Some(other)) => one.max(other),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => return part(&a.rest, &b.rest),
    };
    let (a, b) = (within(&a.rest, place), within(&b.rest, place));
    if a == b { Likeness::Same } else { part(a, b) }
}

/// An address, folded.
struct Address {
    /// The province or prefecture with which it begins, six digits.
    place: Option<u32>,
    /// All of it, without the words for kinds of regions.
    rest: String,
}

impl Address {
    fn read(text: &str) -> Self {
        let text = without_remarks(&text.nfkc().filter(|c| !c.is_whitespace()).collect::<String>());
        let place = region::of_address(&text);
        let plain: String = text
            .chars()
            .map(|c| match c {
                '—' | '–' | '‐' | '~' | '－' | '至' => '-',
                '#' => '号',
                c => c.to_ascii_uppercase(),
            })
            .filter(|c| c.is_alphanumeric() || *c == '-')
            .collect();
        Address { place, rest: skeleton(&numbered(&plain)) }
    }
}

fn without_remarks(text: &str) -> String {
    let mut out = text.to_owned();
    for remark in REMARKS {
        out = out.replace(&format!("({remark})"), "");
    }
    out
}

fn skeleton(text: &str) -> String {
    KINDS.iter().fold(text.to_owned(), |text, kind| text.replace(kind, ""))
}

/// Whether two places cannot be the same: other provinces, or other prefectures of one.
fn contradict(one: u32, other: u32) -> bool {
    let prefectures = region::prefecture(one).zip(region::prefecture(other));
    one / 10_000 != other / 10_000 || prefectures.is_some_and(|(one, other)| one != other)
}

/// What stands after the names of a province and prefecture, written whole or in part.
fn within(rest: &str, place: u32) -> &str {
    let whole = skeleton(&region::full_name(place));
    let province = skeleton(&region::full_name(place / 10_000 * 10_000));
    let prefecture = whole.strip_prefix(&province).unwrap_or_default();
    [whole.as_str(), prefecture, &province]
        .into_iter()
        .filter(|head| !head.is_empty())
        .find_map(|head| rest.strip_prefix(head))
        .unwrap_or(rest)
}

/// Whether one is the other with something more at one place: at the beginning or the end, or a county, a building in
/// between. What splits a number or a name (`样例路` and `样例东路`) is another address.
fn part(a: &str, b: &str) -> Likeness {
    const UNITS: &[char] =
        &['区', '县', '旗', '镇', '乡', '道', '村', '园', '号', '栋', '座', '层', '室', '院', '厦'];
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (long, short) = if a.len() < b.len() { (b, a) } else { (a, b) };
    let more = long.len() - short.len();
    if more == 0 || short.is_empty() {
        return Likeness::Different;
    }
    let head = long.iter().zip(&short).take_while(|(a, b)| a == b).count();
    let tail = long.iter().rev().zip(short.iter().rev()).take_while(|(a, b)| a == b).count();
    let one_number = |a: Option<&char>, b: Option<&char>| {
        a.is_some_and(char::is_ascii_digit) && b.is_some_and(char::is_ascii_digit)
    };
    let fits = (short.len().saturating_sub(tail)..=head.min(short.len())).any(|at| {
        let last = long.get(at + more - 1);
        let at_an_end = at == 0 || at == short.len();
        let joins = one_number(at.checked_sub(1).and_then(|at| short.get(at)), long.get(at))
            || one_number(last, short.get(at));
        !joins && (at_an_end || last.is_some_and(|last| UNITS.contains(last)))
    });
    if fits { Likeness::Part } else { Likeness::Different }
}

/// Numbers in Chinese before a word that is counted become digits, and words that mean the same become one.
fn numbered(text: &str) -> String {
    const COUNTED: &[char] = &['号', '楼', '层', '室', '栋', '幢', '座', '单', '弄', '期', 'F'];
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars() {
        if digit(c).is_some() || matches!(c, '十' | '百') {
            run.push(c);
            continue;
        }
        match number(&run).filter(|_| COUNTED.contains(&c)) {
            Some(number) => out.push_str(&number.to_string()),
            None => out.push_str(&run),
        }
        run.clear();
        let after_number = out.ends_with(|c: char| c.is_ascii_digit());
        out.push(match c {
            '楼' | 'F' if after_number => '层',
            '幢' if after_number => '栋',
            c => c,
        });
    }
    out + &run
}

/// 十二, 一百零三, 三〇五
fn number(run: &str) -> Option<u32> {
    if run.is_empty() || run.chars().count() > 6 {
        return None;
    }
    if !run.contains(['十', '百']) {
        return run.chars().try_fold(0, |sum, c| Some(sum * 10 + digit(c)?));
    }
    let (mut sum, mut last) = (0, None);
    for c in run.chars() {
        match (digit(c), c) {
            (Some(0), _) => last = None,
            (Some(digit), _) => last = Some(digit),
            (None, '百') => sum += last.take()? * 100,
            (None, _) => sum += last.take().unwrap_or(1) * 10,
        }
    }
    Some(sum + last.unwrap_or(0))
}

const fn digit(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is a real difference and what is not.
    const TABLE: &[(&str, &str, Likeness)] = &[
        ("深圳市南山区样例路1号", "深圳市南山区样例路1号", Likeness::Same),
        ("深圳市南山区样例路１号", "深圳市 南山区样例路1号", Likeness::Same),
        ("广东省深圳市南山区样例路1号", "深圳市南山区样例路1号", Likeness::Same),
        ("广东省深圳市南山区样例路1号", "南山区样例路1号", Likeness::Same),
        ("广东深圳南山区样例路1号", "广东省深圳市南山区样例路1号", Likeness::Same),
        ("广西壮族自治区南宁市样例路1号", "广西南宁市样例路1号", Likeness::Same),
        ("北京市样例区样例街1号", "样例区样例街1号", Likeness::Same),
        ("江苏省苏州市昆山市样例路1号", "江苏省昆山市样例路1号", Likeness::Same),
        ("深圳市样例路十二号三楼", "深圳市样例路12号3层", Likeness::Same),
        ("深圳市样例路一百零三号", "深圳市样例路103号", Likeness::Same),
        ("样例路1号三〇五室", "样例路1号305室", Likeness::Same),
        ("样例路1号A幢3F", "样例路1号a幢3层", Likeness::Same),
        ("样例路1号3幢", "样例路1号3栋", Likeness::Same),
        ("样例路1—3号", "样例路1-3号", Likeness::Same),
        ("样例路1号（一照多址）", "样例路1号", Likeness::Same),
        ("样例路1号，样例大厦（801）", "样例路1号样例大厦801", Likeness::Same),
        ("样例路8#", "样例路8号", Likeness::Same),
        ("深圳市样例路1号", "深圳市南山区样例路1号", Likeness::Part),
        ("深圳市样例路1号", "深圳市样例路1号样例大厦801室", Likeness::Part),
        ("深圳市样例路1号", "深圳市样例路1号（入驻样例商务秘书有限公司）", Likeness::Part),
        ("样例大厦", "深圳市样例路1号样例大厦", Likeness::Part),
        ("深圳市样例路1号", "深圳市样例路2号", Likeness::Different),
        ("深圳市样例路1号", "深圳市样例路11号", Likeness::Different),
        ("深圳市样例路1号", "深圳市样例路1", Likeness::Part),
        ("深圳市样例路1", "深圳市样例路12号", Likeness::Different),
        ("深圳市样例路1号楼", "深圳市样例路1楼", Likeness::Different),
        ("深圳市样例路1号", "深圳市样例东路1号", Likeness::Different),
        ("深圳市样例路1号样例大厦", "深圳市样例路1号3栋样例大厦", Likeness::Part),
        ("深圳市样例路1号801", "深圳市样例路1号802", Likeness::Different),
        ("深圳市样例一路1号", "深圳市样例二路1号", Likeness::Different),
        ("深圳市样例路1号", "广州市样例路1号", Likeness::Different),
        ("广东省深圳市样例路1号", "湖南省长沙市样例路1号", Likeness::Different),
        ("广东省样例路1号", "湖南省样例路1号", Likeness::Different),
        ("深圳市样例路1号", "深圳市别处街9号", Likeness::Different),
        ("", "深圳市样例路1号", Likeness::Different),
    ];

    #[test]
    fn spelling_is_no_difference_and_another_place_is() {
        for (a, b, expected) in TABLE {
            assert_eq!(compare(a, b), *expected, "{a} / {b}");
            assert_eq!(compare(b, a), *expected, "{b} / {a}");
        }
    }

    proptest::proptest! {
        #[test]
        fn an_address_is_the_same_as_itself_and_order_is_nothing(a in "[省市深圳广东一十号楼1-9（）a ]{1,16}", b in "\\PC{0,16}") {
            if a.contains(|c: char| !c.is_whitespace() && c.is_alphanumeric() && !matches!(c, '省' | '市')) {
                proptest::prop_assert_eq!(compare(&a, &a), Likeness::Same);
            }
            proptest::prop_assert_eq!(compare(&a, &b), compare(&b, &a));
        }

        #[test]
        fn numbers_in_chinese_are_the_numbers(tens in 1..10_u32, ones in 1..10_u32) {
            let digits: Vec<char> = "零一二三四五六七八九".chars().collect();
            let spelled = format!("{}十{}", digits[tens as usize], digits[ones as usize]);
            proptest::prop_assert_eq!(number(&spelled), Some(tens * 10 + ones));
        }
    }
}

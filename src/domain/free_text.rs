//! Free text with what may be a person's number or address masked.
//!
//! A pattern cannot know names. It masks e-mail addresses and runs of digits as long as a telephone or document
//! number, and leaves days (`20261124`, `2026-11-24`) and filing numbers (`粤ICP备2023012345号`) readable.

use std::borrow::Cow;

use super::mask;

/// Digits from which a run without separators may be a telephone number.
const SOLID: usize = 7;
/// Digits from which a run with single spaces or hyphens may be one: more than a day and an hour.
const SEPARATED: usize = 11;

/// The text with personal numbers and e-mail addresses masked.
pub fn masked(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| is_digit(c) || matches!(c, '@' | '＠')) {
        return Cow::Borrowed(text);
    }
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        if let Some(end) = email_end(&chars, at) {
            let address: String = chars[at..end].iter().collect();
            out.push_str(&mask::email(&address.replace('＠', "@")));
            at = end;
        } else if is_digit(chars[at]) {
            let end = number_end(&chars, at);
            let number: String = chars[at..end].iter().collect();
            let filing_number = at.checked_sub(1).is_some_and(|before| chars[before] == '备');
            if personal(&number) && !filing_number {
                out.push_str(&mask_number(&number));
            } else {
                out.push_str(&number);
            }
            at = end;
        } else {
            // A word is taken whole, so that an address is found at its start and not in its middle.
            let end = word_end(&chars, at);
            out.extend(&chars[at..end]);
            at = end;
        }
    }
    Cow::Owned(out)
}

/// The text as long as it was, with e-mail addresses and runs of digits that may be a telephone number masked; document
/// numbers stay, for they are compared on the desk. What the eye may take for a digit counts as one, as readers of text
/// confuse them.
pub fn without_contacts(text: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let is_sign = |c: char| matches!(c, '@' | '＠' | '©' | '®');
    for sign in 0..chars.len() {
        if is_sign(chars[sign]) {
            // A reader of text may part an address at its sign.
            let end = chars[..sign].iter().rposition(|c| *c != ' ').map_or(0, |last| last + 1);
            let length = chars[..end].iter().rev().take_while(|c| in_address(**c) || **c == '*').count();
            chars[end - length..end].iter_mut().skip(1).for_each(|c| *c = '*');
        }
    }
    let mut at = 0;
    while at < chars.len() {
        let end = contact_end(&chars, at);
        if may_be_called(&chars, at, end) {
            let digits: Vec<usize> = (at..end).filter(|at| is_like_digit(chars[*at])).collect();
            let hidden = if digits.len() <= SOLID { digits.len() } else { (digits.len() - SOLID).max(4) };
            let first = if hidden == digits.len() { 0 } else { 3 };
            digits.iter().skip(first).take(hidden).for_each(|at| chars[*at] = '*');
        }
        at = end.max(at + 1);
    }
    chars.into_iter().collect()
}

/// With the country's code; a resident ID has 15 digits at least.
const LONGEST_PHONE: usize = 14;

/// Whether a run may be a telephone number: not a day, and not a part of a code with letters.
fn may_be_called(chars: &[char], start: usize, end: usize) -> bool {
    let run = &chars[start..end];
    let count = |is: fn(char) -> bool| run.iter().filter(|c| is(**c)).count();
    let (like, clear) = (count(is_like_digit), count(is_digit));
    let before = start.checked_sub(1).map(|before| chars[before]);
    let alone = ![before, chars.get(end).copied()].into_iter().flatten().any(|c| c.is_ascii_alphanumeric());
    let solid = like == run.len() && alone && !is_day(&run.iter().collect::<String>());
    clear >= SOLID && like <= LONGEST_PHONE && (solid || like >= SEPARATED) && before != Some('备')
}

fn is_like_digit(c: char) -> bool {
    is_digit(c)
        || matches!(
            c,
            'O' | 'o' | 'Q' | 'I' | 'i' | 'l' | '|' | 'Z' | 'z' | 'S' | 's' | 'B' | 'b' | 'g' | 'q'
        )
}

/// Where a run of what may be digits, with blanks and hyphens between them, ends.
fn contact_end(chars: &[char], start: usize) -> usize {
    let mut end = start;
    while let Some(c) = chars.get(end) {
        let next = chars.get(end + 1).is_some_and(|next| is_like_digit(*next));
        let separator = end > start && next && matches!(c, ' ' | '-' | '－' | '—' | '.' | '(' | ')');
        if !is_like_digit(*c) && !separator {
            break;
        }
        end += 1;
    }
    end
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

fn in_address(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-')
}

/// Where an e-mail address that starts here ends.
fn email_end(chars: &[char], start: usize) -> Option<usize> {
    let local = chars[start..].iter().take_while(|c| in_address(**c)).count();
    let sign = start + local;
    if local == 0 || !matches!(chars.get(sign), Some('@' | '＠')) {
        return None;
    }
    let domain =
        chars[sign + 1..].iter().take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '-')).count();
    (domain > 0).then_some(sign + 1 + domain)
}

/// Digits with single spaces or hyphens between them, and a last X as in a resident ID.
fn number_end(chars: &[char], start: usize) -> usize {
    let mut end = start;
    while let Some(c) = chars.get(end) {
        let separator =
            matches!(c, ' ' | '-' | '－') && chars.get(end + 1).is_some_and(|next| is_digit(*next));
        if !is_digit(*c) && !separator {
            break;
        }
        end += 1;
    }
    end + usize::from(end - start >= 14 && matches!(chars.get(end), Some('x' | 'X' | 'ｘ' | 'Ｘ')))
}

fn word_end(chars: &[char], start: usize) -> usize {
    let length = chars[start..].iter().take_while(|c| in_address(**c) && !is_digit(**c)).count();
    start + length.max(1)
}

fn personal(number: &str) -> bool {
    let digits = number.chars().filter(|c| is_digit(*c)).count();
    let solid = number.chars().all(|c| is_digit(c) || c.is_alphabetic());
    if solid { digits >= SOLID && !is_day(number) } else { digits >= SEPARATED }
}

/// `YYYYMMDD`
fn is_day(number: &str) -> bool {
    number.len() == 8 && number.parse::<jiff::civil::Date>().is_ok()
}

fn mask_number(number: &str) -> String {
    let digits = number.chars().filter(|c| is_digit(*c)).count();
    if digits > 12 { mask::document_number(number) } else { mask::phone(number) }
}

#[cfg(test)]
mod tests {
    use super::{masked, without_contacts};

    #[test]
    fn on_the_desk_contacts_alone_are_masked_in_what_was_read() {
        for (text, shown) in [
            ("手机号码13900001003", "手机号码139****1003"),
            ("手机 139 0000 1003 ", "手机 139 **** 1003 "),
            ("手机139O0OO1003", "手机139****1003"),
            ("座机0755-12345678", "座机075*-****5678"),
            ("电话26501234", "电话265****4"),
            ("+86 13900001003", "+86 1******1003"),
            ("邮箱 li.min@a.example", "邮箱 l*****@a.example"),
            ("邮箱 limin @ a.example", "邮箱 l**** @ a.example"),
            ("公民身份号码440305198505050018", "公民身份号码440305198505050018"),
            ("统一社会信用代码91440300MA00000077", "统一社会信用代码91440300MA00000077"),
            ("有效期限2015.01.01-2035.01.01", "有效期限2015.01.01-2035.01.01"),
            ("2026-11-24 14:20", "2026-11-24 14:20"),
            ("20261124", "20261124"),
            ("通行证H0123456702", "通行证H0123456702"),
            ("粤ICP备2023012345号", "粤ICP备2023012345号"),
            ("203.0.113.9", "203.0.113.9"),
            ("", ""),
        ] {
            assert_eq!(without_contacts(text), shown);
        }
    }

    #[test]
    fn numbers_of_people_are_masked_and_days_are_not() {
        for (text, shown) in [
            ("请更换手机13800005678后重报", "请更换手机138****5678后重报"),
            ("电话 138 0000 5678", "电话 138******5678"),
            ("座机0755-12345678", "座机075******5678"),
            ("全角１３８００００５６７８", "全角１３８****５６７８"),
            ("证件11010519491231002X不符", "证件11**************2X不符"),
            ("邮箱someone@a.example已变", "邮箱s******@a.example已变"),
            ("邮箱2345678@a.example", "邮箱2******@a.example"),
            ("在2026-11-24前补齐", "在2026-11-24前补齐"),
            ("20261124 到期", "20261124 到期"),
            ("2026-11-24 14:20 已回拨", "2026-11-24 14:20 已回拨"),
            ("粤ICP备2023012345号-1", "粤ICP备2023012345号-1"),
            ("解析到 203.0.113.9", "解析到 203.0.113.9"),
            ("第3项与第12项", "第3项与第12项"),
            ("@前面没有", "@前面没有"),
            ("", ""),
        ] {
            assert_eq!(masked(text), shown);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_mobile_number_survives(before in "[^0-9０-９@＠备 a-zA-Z._%+-]{0,8}", number in "1[3-9][0-9]{9}", after in "[^0-9]{0,8}") {
            let shown = masked(&format!("{before}{number}{after}")).into_owned();
            proptest::prop_assert!(!shown.contains(&number));
        }
    }
}

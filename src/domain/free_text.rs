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
    use super::masked;

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

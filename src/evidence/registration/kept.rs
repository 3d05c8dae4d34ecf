//! The text of an answer as it is kept: bounded, and without mail addresses and telephone numbers, which nobody here
//! needs. Lines stay where they are.

/// What stands for a removed value.
const REMOVED: &str = "***";

/// More lines than any registry sends of a domain.
const LINES: usize = 400;
const LINE_CHARACTERS: usize = 500;

/// Labels whose whole value is a number to call.
const CALLS: &[&str] = &["phone", "fax", "tel", "mobile", "电话", "传真", "手机"];
/// Labels whose whole value is a mail address, even where it is written with an `at`.
const MAILS: &[&str] = &["email", "e-mail", "mail", "邮箱", "邮件"];

/// Whose lines are of persons that nobody here asks for, as the first word of a label.
const OTHERS: &[&str] = &["admin", "administrative", "tech", "technical", "billing"];
/// Where a holder lives, among the words of a label that begins with one of [`HOLDERS`].
const HOMES: &[&str] = &["street", "address", "city", "postal", "zip"];
const HOLDERS: &[&str] = &["registrant", "owner", "holder"];

/// Cuts an answer to what is kept of it; it is read after that, so that what decides is there to be shown.
pub fn cut(answer: &str) -> String {
    let lines = answer.lines().take(LINES).map(|line| {
        let end = line.char_indices().nth(LINE_CHARACTERS).map_or(line.len(), |(at, _)| at);
        line[..end].trim_end()
    });
    let mut text = lines.collect::<Vec<_>>().join("\n");
    text.truncate(text.trim_end().len());
    text
}

/// The text without what reaches a person.
pub fn without_contacts(text: &str) -> String {
    text.lines().map(line_without_contacts).collect::<Vec<_>>().join("\n")
}

fn line_without_contacts(line: &str) -> String {
    if let Some((label, value)) = line.split_once([':', '：'])
        && !value.trim().is_empty()
        && (is_contact(label) || is_of_a_person(label))
    {
        let mark = &line[label.len()..line.len() - value.len()];
        return format!("{label}{mark} {REMOVED}");
    }
    line.split_inclusive(char::is_whitespace)
        .map(|word| {
            let bare = word.trim_end();
            if is_mail(bare) || is_call(bare) { word.replacen(bare, REMOVED, 1) } else { word.to_owned() }
        })
        .collect()
}

/// Whether a label is that of a contact. `Registrar URL: mailto…` is not; `Tech Phone Ext.` is.
fn is_contact(label: &str) -> bool {
    let label = label.to_lowercase();
    let words = || label.split(|c: char| !c.is_alphanumeric() && c != '-');
    CALLS.iter().chain(MAILS).any(|known| {
        if known.is_ascii() {
            words().any(|word| word == *known || word.strip_suffix("no") == Some(known))
        } else {
            label.contains(known)
        }
    })
}

/// Whether a label is that of somebody besides the holder, or of where the holder lives.
fn is_of_a_person(label: &str) -> bool {
    let label = label.to_lowercase();
    let mut words = label.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let Some(first) = words.next() else { return false };
    OTHERS.contains(&first) || (HOLDERS.contains(&first) && words.any(|word| HOMES.contains(&word)))
}

fn is_mail(word: &str) -> bool {
    word.split_once('@').is_some_and(|(before, after)| {
        before.ends_with(|c: char| c.is_alphanumeric() || "_-+.".contains(c)) && after.contains('.')
    })
}

/// `+86.1012345678`, `tel:+86-…`, `13800000000`: enough digits to reach somebody, and none of a date or an address.
fn is_call(word: &str) -> bool {
    let number = word.trim_start_matches("tel:").trim_matches(|c: char| "()[],;\"".contains(c));
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let rest = number.strip_prefix('+').unwrap_or(number);
    let is_number = rest.chars().all(|c| c.is_ascii_digit() || ".-()".contains(c));
    let is_mobile = digits == 11 && number.len() == 11 && number.starts_with('1');
    is_number && ((number.starts_with('+') && digits >= 7) || is_mobile)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_go_and_lines_stay() {
        for (line, kept) in [
            ("Registrant Contact Email: someone@a.example", "Registrant Contact Email: ***"),
            ("Tech Phone Ext.: 12", "Tech Phone Ext.: ***"),
            ("Registrar Abuse Contact Phone: +86.1000000000", "Registrar Abuse Contact Phone: ***"),
            ("联系邮箱：someone at a.example", "联系邮箱： ***"),
            ("phone:  +86 10 0000 0000", "phone: ***"),
            (
                "please write to <someone@a.example>, or call +86.1000000000.",
                "please write to *** or call ***",
            ),
            ("call 13800000000 now", "call *** now"),
            ("Registrant: 样例科技有限公司", "Registrant: 样例科技有限公司"),
            ("Registrant Name: 王样例", "Registrant Name: 王样例"),
            ("Registrant Street: 样例路1号", "Registrant Street: ***"),
            ("Registrant Postal Code: 000000", "Registrant Postal Code: ***"),
            ("Admin Name: 李样例", "Admin Name: ***"),
            ("Technical Contact: 李样例", "Technical Contact: ***"),
            ("Registration Time: 2010-01-02 03:04:05", "Registration Time: 2010-01-02 03:04:05"),
            ("Name Server: ns1.a.example 192.0.2.1", "Name Server: ns1.a.example 192.0.2.1"),
            ("Registrar URL: http://mail.example/", "Registrar URL: http://mail.example/"),
            ("Telecom: yes", "Telecom: yes"),
            ("ROID: 20100102s10001s00000000-cn", "ROID: 20100102s10001s00000000-cn"),
            ("email:", "email:"),
            ("", ""),
        ] {
            assert_eq!(without_contacts(line), kept);
        }
        assert_eq!(without_contacts("a\n\nmail: b@c.example\n\nd"), "a\n\nmail: ***\n\nd");
    }

    #[test]
    fn an_answer_is_bounded() {
        let long = format!("{}\nb\n", "样".repeat(2_000)).repeat(1_000);
        let kept = cut(&long);
        assert_eq!(kept.lines().count(), LINES);
        assert!(kept.lines().all(|line| line.chars().count() <= LINE_CHARACTERS));
        assert_eq!(cut("a  \r\nb\r\n\r\n"), "a\nb");
    }

    proptest::proptest! {
        #[test]
        fn no_mail_address_stays_and_no_line_goes(
            before in "[ a-z:样]{0,8}", local in "[a-z0-9._+-]{0,6}[a-z0-9]", after in "[ a-z:样]{0,8}"
        ) {
            let text = format!("{before} {local}@a.example {after}\nnext");
            let kept = without_contacts(&text);
            proptest::prop_assert!(!kept.contains('@'), "{}", kept);
            proptest::prop_assert_eq!(kept.lines().count(), 2);
        }
    }
}

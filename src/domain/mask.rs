//! Personal data, masked: what stands in queues, lists, logs and exports unless somebody asks for the value itself.
//!
//! Masks keep what tells two values apart at a glance and hide the rest. Short or odd values are hidden whole.

/// A document number: the first and the last two characters.
pub fn document_number(number: &str) -> String {
    keep(number, 2, 2)
}

/// A telephone number: the first three and the last four digits (`138****5678`).
pub fn phone(number: &str) -> String {
    keep(number, 3, 4)
}

/// An e-mail address: the first character and the domain.
pub fn email(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((local, domain)) => format!("{}@{domain}", keep(local, 1, 0)),
        None => keep(address, 0, 0),
    }
}

/// A person's name: the first character.
pub fn person(name: &str) -> String {
    keep(name, 1, 0)
}

/// A postal address: the first six characters (province and city).
pub fn address(address: &str) -> String {
    keep(address, 6, 0)
}

/// Keeps `head` and `tail` characters and hides the others, at least as many as are shown, else everything.
fn keep(text: &str, head: usize, tail: usize) -> String {
    let count = text.chars().count();
    if count == 0 {
        return String::new();
    }
    if count <= head + tail {
        return "*".repeat(count.max(3));
    }
    let mut out: String = text.chars().take(head).collect();
    out.push_str(&"*".repeat(count - head - tail));
    out.extend(text.chars().skip(count - tail));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enough_to_recognise_and_not_enough_to_use() {
        assert_eq!(phone("13800005678"), "138****5678");
        assert_eq!(document_number("11010519491231002X"), "11**************2X");
        assert_eq!(email("someone@a.example"), "s******@a.example");
        assert_eq!(person("王样例"), "王**");
        assert_eq!(address("广东省深圳市样例路1号"), "广东省深圳市*****");
        assert_eq!(phone("123"), "***");
        assert_eq!(document_number(""), "");
        assert_eq!(email("no-at-sign"), "**********");
    }
}

//! As much of Python's literals as the packages' generated files use.

/// The text between `before` and the next `after`, and what follows it.
pub fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<(&'a str, &'a str)> {
    text.split_once(before)?.1.split_once(after)
}

/// Resolves `\uXXXX`; an escape that cannot be read stays as it was.
pub fn unescape(text: &str) -> String {
    let mut parts = text.split("\\u");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let symbol = part.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        match symbol.and_then(char::from_u32) {
            Some(symbol) => plain.extend([symbol].into_iter().chain(part.chars().skip(4))),
            None => plain.extend(["\\u", part]),
        }
    }
    plain
}

//! Keys by their names.

use heyan::app::key::Key;

/// A key by the name help gives it; a single character as it is, full-width or not.
pub fn key(name: &str) -> Key {
    let mut chars = name.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Key::char(c),
        _ => name.parse().unwrap(),
    }
}

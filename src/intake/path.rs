//! Paths inside a pack: relative, with `/`, and never a way out.

use super::report::{Fault, clip, literal};
use crate::domain::message::Message;

/// The segments of a path inside a pack, or the message id of what is wrong with it.
///
/// The rules are those of all systems at once, so that a pack means the same wherever it is read.
pub(super) fn segments(path: &str) -> Result<Vec<&str>, &'static str> {
    const LONGEST: usize = 1024;
    let drive = |path: &str| {
        let mut bytes = path.bytes();
        bytes.next().is_some_and(|b| b.is_ascii_alphabetic()) && bytes.next() == Some(b':')
    };
    if path.starts_with('/') || path.starts_with('\\') || drive(path) {
        return Err("intake.path_absolute");
    }
    let segments: Vec<&str> = path.split('/').collect();
    if path.split(['/', '\\']).any(|segment| segment == "..") {
        return Err("intake.path_leaves");
    }
    if path.len() > LONGEST
        || segments.iter().any(|segment| segment.is_empty() || *segment == ".")
        || path.chars().any(|c| c == '\\' || c.is_control())
    {
        return Err("intake.path_odd");
    }
    Ok(segments)
}

/// A bad path as a fault of `field`.
pub(super) fn fault(field: String, path: &str, id: &'static str) -> Fault {
    Fault {
        field,
        found: literal(path),
        expected: Message::new("intake.expect_path"),
        message: Message::new(id).with("path", clip(path)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_that_stay_inside_are_taken_apart() {
        for (path, expected) in [
            ("a.jpg", Ok(vec!["a.jpg"])),
            ("照片/核验照 1.jpg", Ok(vec!["照片", "核验照 1.jpg"])),
            ("a/..b/c..", Ok(vec!["a", "..b", "c.."])),
            ("../a.jpg", Err("intake.path_leaves")),
            ("a/../../b.jpg", Err("intake.path_leaves")),
            ("a\\..\\b.jpg", Err("intake.path_leaves")),
            ("..", Err("intake.path_leaves")),
            ("/etc/passwd", Err("intake.path_absolute")),
            ("\\\\host\\share", Err("intake.path_absolute")),
            ("C:a.jpg", Err("intake.path_absolute")),
            ("c:/a.jpg", Err("intake.path_absolute")),
            ("a\\b.jpg", Err("intake.path_odd")),
            ("a//b.jpg", Err("intake.path_odd")),
            ("./a.jpg", Err("intake.path_odd")),
            ("a/", Err("intake.path_odd")),
            ("", Err("intake.path_odd")),
            ("a\0.jpg", Err("intake.path_odd")),
            ("a\n.jpg", Err("intake.path_odd")),
        ] {
            assert_eq!(segments(path), expected, "{path:?}");
        }
        assert_eq!(segments(&"a".repeat(1025)), Err("intake.path_odd"));
    }
}

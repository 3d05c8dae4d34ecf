//! Finding Chinese words by the first letters of their pinyin: 不通过 by `btg`.

use pinyin::ToPinyinMulti;

/// Where in a text the wanted letters stand as initials, counted in its letters and characters; none if nowhere.
///
/// Every reading of a character counts (重 is `z` and `c`); a Latin letter or a digit stands for itself, anything else is
/// passed over.
pub fn position(text: &str, wanted: &str) -> Option<usize> {
    let wanted: Vec<char> = wanted.chars().map(|c| c.to_ascii_lowercase()).collect();
    let letters: Vec<String> = text.chars().map(initials).filter(|letters| !letters.is_empty()).collect();
    if wanted.is_empty() {
        return None;
    }
    let stands = |at: &[String]| at.iter().zip(&wanted).all(|(letters, c)| letters.contains(*c));
    letters.windows(wanted.len()).position(stands)
}

/// The letters by which a character can be found.
fn initials(c: char) -> String {
    if c.is_ascii_alphanumeric() {
        return c.to_ascii_lowercase().to_string();
    }
    let readings = c.to_pinyin_multi().into_iter().flatten();
    readings.filter_map(|reading| reading.first_letter().chars().next()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_find_words_by_every_reading() {
        for (text, wanted, found) in [
            ("不通过", "btg", Some(0)),
            ("不通过", "TG", Some(1)),
            ("重庆", "cq", Some(0)),
            ("重庆", "zq", Some(0)),
            ("离开(两次)", "lklc", Some(0)),
            ("显示号码10秒", "hm10", Some(2)),
            ("通过", "b", None),
            ("通过", "tgg", None),
            ("通过", "", None),
            ("", "a", None),
        ] {
            assert_eq!(position(text, wanted), found, "{text} {wanted}");
        }
    }
}

//! One form for numbers however they were typed: NFKC (full-width forms become ASCII), no white space, ASCII letters
//! in upper case, every dash a hyphen. Anything invisible that is not white space stays and is found as a fault.

use unicode_normalization::UnicodeNormalization;

use super::NumberFault;

/// The normalised text.
pub fn normalise(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    each(raw, |symbol| text.push(symbol));
    text
}

fn each(raw: &str, mut take: impl FnMut(char)) {
    if raw.is_ascii() {
        raw.chars().filter(|c| !c.is_ascii_whitespace()).for_each(|c| take(c.to_ascii_uppercase()));
    } else {
        raw.nfkc().filter(|c| !c.is_whitespace()).for_each(|c| take(plain(c)));
    }
}

fn plain(symbol: char) -> char {
    match symbol {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        other => other.to_ascii_uppercase(),
    }
}

/// Exactly `N` ASCII letters and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Symbols<const N: usize>([u8; N]);

impl<const N: usize> Symbols<N> {
    /// Normalises and reads. The length is judged before the characters.
    pub fn read(raw: &str) -> Result<Self, NumberFault> {
        Self::read_without(raw, None)
    }

    /// Like [`Symbols::read`], leaving out one separator wherever it stands.
    pub fn read_without(raw: &str, separator: Option<char>) -> Result<Self, NumberFault> {
        let mut kept = [0; N];
        let mut found = 0;
        let mut foreign = None;
        each(raw, |symbol| {
            if Some(symbol) == separator {
                return;
            }
            if let Some(place) = kept.get_mut(found) {
                match u8::try_from(symbol) {
                    Ok(byte) if byte.is_ascii_alphanumeric() => *place = byte,
                    _ => {
                        foreign.get_or_insert(NumberFault::Character { at: found + 1, found: symbol });
                    }
                }
            }
            found += 1;
        });
        match foreign {
            _ if found == 0 => Err(NumberFault::Empty),
            _ if found != N => Err(NumberFault::Length { found, expected: const { &[N] } }),
            Some(fault) => Err(fault),
            None => Ok(Symbols(kept)),
        }
    }

    pub const fn bytes(&self) -> &[u8; N] {
        &self.0
    }

    pub fn as_str(&self) -> &str {
        // ASCII by construction.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The value of the decimal digit at an index.
    pub fn digit(&self, index: usize) -> Result<u32, NumberFault> {
        match self.0.get(index) {
            Some(byte @ b'0'..=b'9') => Ok(u32::from(byte - b'0')),
            Some(byte) => Err(NumberFault::Character { at: index + 1, found: char::from(*byte) }),
            None => Err(NumberFault::Length { found: N, expected: const { &[N] } }),
        }
    }

    /// The number that the digits of an index range form; the range must hold few enough digits for 32 bits.
    pub fn number(&self, range: std::ops::Range<usize>) -> Result<u32, NumberFault> {
        range.into_iter().try_fold(0, |number, index| Ok(number * 10 + self.digit(index)?))
    }

    /// Compares the last symbol with the check digit that the others demand.
    pub(super) fn expect_check(&self, expected: u8) -> Result<(), NumberFault> {
        match self.0.last() {
            Some(found) if *found != expected => {
                Err(NumberFault::CheckDigit { found: char::from(*found), expected: char::from(expected) })
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_however_it_was_typed() {
        for (raw, text) in [
            ("abc 123", "ABC123"),
            ("ＡＢｃ１２３", "ABC123"),
            ("0755　1234", "07551234"),
            ("0755－1234", "0755-1234"),
            ("0755–1234—5", "0755-1234-5"),
            ("1\u{200b}2", "1\u{200b}2"),
            ("", ""),
        ] {
            assert_eq!(normalise(raw), text);
        }
    }

    #[test]
    fn length_first_then_characters() {
        assert_eq!(Symbols::<3>::read(" "), Err(NumberFault::Empty));
        assert_eq!(Symbols::<3>::read("1?"), Err(NumberFault::Length { found: 2, expected: &[3] }));
        assert_eq!(Symbols::<3>::read("1?2"), Err(NumberFault::Character { at: 2, found: '?' }));
        assert_eq!(
            Symbols::<3>::read("1\u{200b}2"),
            Err(NumberFault::Character { at: 2, found: '\u{200b}' })
        );
        assert_eq!(Symbols::<3>::read("ａ-b"), Err(NumberFault::Character { at: 2, found: '-' }));
        assert_eq!(
            Symbols::<3>::read_without("a-b-c", Some('-')).map(|s| s.as_str().to_owned()),
            Ok("ABC".into())
        );
    }
}

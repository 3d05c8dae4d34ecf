//! Number standards, one file each: what a number must look like, and what it says by itself.
//!
//! Every `parse` takes outside text as it was typed, brings it into one form ([`symbols`]: NFKC, no spaces, upper
//! case, one kind of dash) and answers the number or the first [`NumberFault`]. Whether a number is right *for its
//! filing* is the checks' business; whether it exists is a registry's.

pub mod area_code;
pub mod country;
pub mod email;
pub mod filing_number;
pub mod foreign_resident_id;
pub mod landline;
pub mod mobile;
pub mod organisation_code;
pub mod region;
pub mod registration_number;
pub mod resident_id;
pub mod symbols;
pub mod travel_document;
pub mod unified_code;

use super::message::Message;

/// Why a text is not a number of its standard. Positions count from 1 in the normalised text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NumberFault {
    #[error("nothing is filled in")]
    Empty,
    /// Counted in characters after normalisation.
    #[error("{found} characters instead of {}", either(expected))]
    Length { found: usize, expected: &'static [usize] },
    #[error("`{found}` may not stand at position {at}")]
    Character { at: usize, found: char },
    #[error("the check digit is {found} and should be {expected}")]
    CheckDigit { found: char, expected: char },
    /// The number's date or year does not exist, or lies before the standard's time.
    #[error("the date in the number does not exist")]
    Date,
    /// The first two digits of the GB/T 2260 region name no province.
    #[error("no province has the code {found:02}")]
    Region { found: u8 },
    /// The first four digits of a mobile number that no operator was given.
    #[error("the mobile range {found} is not allocated")]
    Segment { found: u16 },
    /// The area code without its leading zero.
    #[error("there is no area code 0{found}")]
    AreaCode { found: u16 },
    /// 13 digits of the ranges that machines have (物联网): nobody can be called there.
    #[error("this is a machine's number")]
    MachineNumber,
    /// 400, 800 and 95 numbers reach a company's hotline, not an office.
    #[error("this is a service number")]
    ServiceNumber,
    /// The letter of a filing number is no province's; `expected` when it is a known slip for another.
    #[error("`{found}` is not a province's letter in filing numbers")]
    Province { found: char, expected: Option<char> },
    /// 合字B2: the ministry's licence across provinces, which never is a filing number.
    #[error("this is a licence across provinces and no filing number")]
    NationalLicence,
    /// Not of the standard's form at all; `example` shows the form.
    #[error("not of the form {example}")]
    Shape { example: &'static str },
}

impl NumberFault {
    /// The fault in words of the catalogue.
    pub fn message(&self) -> Message {
        match *self {
            NumberFault::Empty => Message::new("numbers.empty"),
            NumberFault::Length { found, expected } => {
                Message::new("numbers.length").with("found", found).with("expected", either(expected))
            }
            NumberFault::Character { at, found } => {
                Message::new("numbers.character").with("at", at).with("found", found)
            }
            NumberFault::CheckDigit { found, expected } => {
                Message::new("numbers.check_digit").with("found", found).with("expected", expected)
            }
            NumberFault::Date => Message::new("numbers.date"),
            NumberFault::Region { found } => {
                Message::new("numbers.region").with("found", format_args!("{found:02}"))
            }
            NumberFault::Segment { found } => Message::new("numbers.segment").with("found", found),
            NumberFault::AreaCode { found } => {
                Message::new("numbers.area_code").with("found", format_args!("0{found}"))
            }
            NumberFault::MachineNumber => Message::new("numbers.machine_number"),
            NumberFault::ServiceNumber => Message::new("numbers.service_number"),
            NumberFault::NationalLicence => Message::new("numbers.national_licence"),
            NumberFault::Province { found, expected: Some(expected) } => {
                Message::new("numbers.province_slip").with("found", found).with("expected", expected)
            }
            NumberFault::Province { found, expected: None } => {
                Message::new("numbers.province").with("found", found)
            }
            NumberFault::Shape { example } => Message::new("numbers.shape").with("example", example),
        }
    }
}

fn either(lengths: &[usize]) -> String {
    lengths.iter().map(usize::to_string).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::domain::message::{Lang, known};

    #[test]
    fn every_fault_has_words_without_gaps() {
        let faults = [
            NumberFault::Empty,
            NumberFault::Length { found: 3, expected: &[7, 8] },
            NumberFault::Character { at: 2, found: 'I' },
            NumberFault::CheckDigit { found: '1', expected: 'X' },
            NumberFault::Date,
            NumberFault::Region { found: 9 },
            NumberFault::Segment { found: 1420 },
            NumberFault::AreaCode { found: 26 },
            NumberFault::MachineNumber,
            NumberFault::ServiceNumber,
            NumberFault::NationalLicence,
            NumberFault::Province { found: '川', expected: Some('蜀') },
            NumberFault::Province { found: '彬', expected: None },
            NumberFault::Shape { example: "H12345678" },
        ];
        for fault in faults {
            let message = fault.message();
            assert!(known(&message.id), "{}", message.id);
            for lang in Lang::ALL {
                assert!(!message.text(lang).contains('{'), "{}", message.text(lang));
            }
        }
    }

    /// Every text that differs from `text` in one character, which becomes another one of `alphabet`.
    pub(crate) fn single_changes<'a>(
        text: &'a str,
        alphabet: &'a str,
    ) -> impl Iterator<Item = (usize, String)> + 'a {
        let symbols: Vec<char> = text.chars().collect();
        (0..symbols.len()).flat_map(move |at| {
            let symbols = symbols.clone();
            alphabet.chars().filter(move |c| text.chars().nth(at) != Some(*c)).map(move |c| {
                let mut changed = symbols.clone();
                changed[at] = c;
                (at, changed.into_iter().collect())
            })
        })
    }

    /// Every text in which two different neighbours changed places; `at` is the first one's index.
    pub(crate) fn adjacent_swaps(text: &str) -> impl Iterator<Item = (usize, String)> {
        let symbols: Vec<char> = text.chars().collect();
        (1..symbols.len())
            .filter(|at| text.chars().nth(*at) != text.chars().nth(*at - 1))
            .map(|at| {
                let mut swapped: Vec<char> = text.chars().collect();
                swapped.swap(at - 1, at);
                (at - 1, swapped.into_iter().collect())
            })
            .collect::<Vec<_>>()
            .into_iter()
    }
}

//! What a fact says: outside text, or something of ours that follows the language.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::domain::codes::{self, List};
use crate::domain::filing::{IpRange, ValidUntil};
use crate::domain::message::{Lang, Message};

/// The value of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Text(String),
    /// A code list's number.
    Code(List, u16),
    Codes(List, Vec<u16>),
    /// A code list's number with the number of the document behind it, which may be empty.
    Numbered(List, u16, String),
    /// Six digits of GB/T 2260; said with the province in which it lies.
    Region(String),
    /// From a day to a day; either may be missing.
    Validity(Option<Date>, Option<ValidUntil>),
    Ranges(Vec<IpRange>),
    Time(Timestamp),
    Words(Message),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl Value {
    /// The value in a language; not yet made safe or masked.
    pub fn text(&self, lang: Lang) -> String {
        let label = |list: List, number: u16| {
            codes::label(list, number, lang).map_or_else(|| number.to_string(), str::to_owned)
        };
        match self {
            Value::Text(text) => text.clone(),
            Value::Code(list, number) => label(*list, *number),
            Value::Codes(list, numbers) => {
                let labels: Vec<String> = numbers.iter().map(|number| label(*list, *number)).collect();
                labels.join(if lang == Lang::Zh { "、" } else { ", " })
            }
            Value::Numbered(list, category, number) => {
                format!("{} {number}", label(*list, *category)).trim_end().to_owned()
            }
            Value::Region(code) => {
                let province = code.get(..2).and_then(|head| codes::province(&format!("{head}0000")));
                let name = province.map_or("", |province| province.label(lang));
                format!("{name} {code}").trim_start().to_owned()
            }
            Value::Validity(None, Some(ValidUntil::LongTerm)) => ValidUntil::LongTerm.to_string(),
            Value::Validity(from, until) => {
                let day = |day: Option<String>| day.unwrap_or_default();
                let from = day(from.map(|from| from.to_string()));
                let until = day(until.map(|until| until.to_string()));
                format!("{from} - {until}").trim().to_owned()
            }
            Value::Ranges(ranges) => ranges.iter().map(IpRange::to_string).collect::<Vec<_>>().join(" "),
            Value::Time(time) => time.strftime("%Y-%m-%d %H:%M UTC").to_string(),
            Value::Words(message) => message.text(lang),
        }
    }
}

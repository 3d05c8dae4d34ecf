//! One cell into the value of its field. What the typed reader can judge is handed to it as it is, so that rules are
//! not written twice; what only a table can get wrong is told here.

use jiff::tz::TimeZone;

use super::super::json::Node;
use super::super::report::{Fault, literal, some_text, unknown_word};
use super::codes::{self, Label};
use super::mapping::Mapping;
use super::moments;
use super::row::Cell;
use super::{damage, text};
use crate::domain::codes::List;
use crate::domain::exact_cell;
use crate::domain::fields::{Digits, Field, Kind};
use crate::domain::message::Message;

/// How the cells of a table are read.
pub(in crate::intake) struct Reading {
    pub mapping: Mapping,
    pub zone: TimeZone,
    /// Written by heyan's own export: every value is exact, with its escapes.
    pub exact: bool,
    /// The cells say themselves whether they are text: a workbook's.
    pub typed: bool,
}

type Value = Result<Option<Node>, Box<Fault>>;

impl Reading {
    /// The value of a cell; none when nothing stands there. `entity_type` is the row's own.
    pub fn value(&self, cell: &Cell, field: &Field, path: &str, entity_type: Option<u16>) -> Value {
        let damaged = |message: Message| Box::new(damage::fault(path, cell, message));
        let written = match cell {
            Cell::Empty => return Ok(None),
            Cell::Error(error) => {
                return Err(Box::new(Fault {
                    field: path.to_owned(),
                    found: literal(error),
                    expected: Message::new("intake.expect_value"),
                    message: Message::new("intake.cell_error"),
                }));
            }
            Cell::Boolean(value) => value.to_string(),
            Cell::Moment(moment) => match field.kind {
                // A day with a time that is not midnight is refused as one in a text is.
                Kind::Day | Kind::ValidUntil | Kind::Time => moment.strftime("%Y-%m-%d %H:%M:%S").to_string(),
                _ => return Err(damaged(Message::new("intake.cell_became_day"))),
            },
            Cell::Number(number) => {
                let digits = match field.kind {
                    Kind::Number(digits) => Some(digits),
                    Kind::Province => Some(Digits::Other),
                    _ => None,
                };
                damage::number(*number, digits).map_err(damaged)?
            }
            Cell::Text(raw) => {
                let (written, guarded) = if self.exact { text::exact(raw) } else { text::cleaned(raw) };
                if let (Kind::Number(digits), false) = (field.kind, guarded)
                    && let Some(message) = damage::text(&written, digits, self.typed)
                {
                    return Err(damaged(message));
                }
                written
            }
        };
        if written.is_empty() {
            return Ok(None);
        }
        let meant = self.mapping.values.get(path).and_then(|values| values.get(written.trim()));
        self.read(meant.map_or(written.as_str(), String::as_str), field, path, entity_type).map(Some)
    }

    /// The value of a text that is not empty, as a cell, a constant or a mapped value has it.
    pub fn read(
        &self,
        text: &str,
        field: &Field,
        path: &str,
        entity_type: Option<u16>,
    ) -> Result<Node, Box<Fault>> {
        let format = self.mapping.date_format.as_deref();
        let of_codes = codes::entity_type_of(field.pattern, entity_type);
        Ok(match field.kind {
            Kind::Text | Kind::Number(_) => Node::Text(self.text(text, path)?),
            Kind::Province => Node::Text(codes::province(text).unwrap_or(text).to_owned()),
            Kind::Word(vocabulary) => Node::Text(codes::word(vocabulary, text).unwrap_or(text).to_owned()),
            Kind::Code(list) => Node::Unsigned(code(list, text, path, of_codes)?.into()),
            Kind::Codes(list) => self.codes(list, text, path)?,
            Kind::Day => {
                Node::Text(moments::day(text, format).map_or(text.to_owned(), |day| day.to_string()))
            }
            Kind::ValidUntil => Node::Text(match moments::long_term(text) {
                Some(word) => word.to_owned(),
                None => moments::day(text, format).map_or(text.to_owned(), |day| day.to_string()),
            }),
            Kind::Time => Node::Text(match text.parse::<jiff::Timestamp>() {
                Ok(_) => text.to_owned(),
                Err(_) => moments::moment(text, format, &self.zone, field.pattern == "due_at")
                    .map_or(text.to_owned(), |moment| moment.to_string()),
            }),
            Kind::Boolean => codes::boolean(text).map_or_else(|| Node::Text(text.to_owned()), Node::Bool),
            Kind::Texts => Node::List(self.items(text, path)?.into_iter().map(Node::Text).collect()),
            Kind::Addresses => {
                Node::List(self.items(text, path)?.iter().map(|range| addresses(range)).collect())
            }
        })
    }

    fn text(&self, text: &str, path: &str) -> Result<String, Box<Fault>> {
        if self.exact {
            exact_cell::read(text).map_err(|_| bad_escape(text, path))
        } else {
            Ok(text.to_owned())
        }
    }

    fn items(&self, text: &str, path: &str) -> Result<Vec<String>, Box<Fault>> {
        if self.exact {
            return exact_cell::read_list(text).map_err(|_| bad_escape(text, path));
        }
        let parts: Vec<&str> = match &self.mapping.list_separator {
            Some(separator) => text.split(separator.as_str()).collect(),
            None => text.split([';', '；', ',', '，', '、', '\n']).collect(),
        };
        Ok(parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect())
    }

    fn codes(&self, list: List, text: &str, path: &str) -> Result<Node, Box<Fault>> {
        if self.mapping.masks.iter().any(|masked| masked == path)
            && let Ok(mask) = text.trim().parse()
        {
            return Ok(Node::Object(vec![("mask".to_owned(), Node::Unsigned(mask))]));
        }
        let numbers =
            self.items(text, path)?.into_iter().map(|item| Ok(code(list, &item, path, None)?.into()));
        Ok(Node::List(numbers.map(|number| number.map(Node::Unsigned)).collect::<Result<_, Box<Fault>>>()?))
    }
}

fn code(list: List, label: &str, path: &str, entity_type: Option<u16>) -> Result<u16, Box<Fault>> {
    let id = match codes::number(list, label, entity_type) {
        Label::Number(number) => return Ok(number),
        Label::Unknown => "intake.label_unknown",
        Label::Ambiguous => "intake.label_ambiguous",
    };
    Err(Box::new(Fault {
        field: path.to_owned(),
        found: unknown_word(label),
        expected: Message::new("intake.expect_label").with("list", list.text()),
        message: Message::new(id),
    }))
}

fn bad_escape(text: &str, path: &str) -> Box<Fault> {
    Box::new(Fault {
        field: path.to_owned(),
        found: some_text(text),
        expected: Message::new("intake.expect_escape"),
        message: Message::new("intake.cell_escape"),
    })
}

/// `192.0.2.1`, or `192.0.2.1-192.0.2.9`: whether these are addresses is the typed reader's to say.
fn addresses(range: &str) -> Node {
    let (first, last) = range.split_once(['-', '~', '～', '至']).unwrap_or((range, range));
    let address = |name: &str, text: &str| (name.to_owned(), Node::Text(text.trim().to_owned()));
    Node::Object(vec![address("first", first), address("last", last)])
}

//! Rows of an extract in JSON: a list of objects, or an object a line. One row is in memory at a time.

use std::cell::Cell as Shared;
use std::io::{self, BufReader, Read};

use serde::de::{Deserialize, DeserializeSeed, Deserializer, SeqAccess, Visitor};

use super::super::json::{self, Node};
use super::super::limits::Limits;
use super::super::lines::{self, Line};
use super::super::pack::Refusal;
use super::super::report::Fault;
use super::super::table::row::Cell;
use crate::domain::message::Message;

/// A row, or why the text of one is none, with the line on which it begins, from 1.
pub(super) type Taken = (u64, Result<Node, Fault>);

/// An object on each line. What is wrong with one does not keep the others away.
pub(super) fn of_lines(reader: &mut dyn Read, limits: &Limits, take: &mut dyn FnMut(Taken)) {
    let mut reader = BufReader::new(reader);
    let mut text = Vec::new();
    for line in 1.. {
        let row = match lines::next(&mut reader, limits.max_line_bytes, &mut text) {
            Ok(Line::End) => return,
            Ok(Line::TooLong) => Err(too_long("intake.line_too_long", limits.max_line_bytes)),
            Ok(Line::Whole) => match super::super::text(&text) {
                Ok(text) if text.trim().is_empty() => continue,
                Ok(text) => serde_json::from_str(text).map_err(|error| syntax(&error)),
                Err(fault) => Err(*fault),
            },
            Err(error) => {
                take((line, Err(Refusal::reading(&error).fault(String::new(), ""))));
                return;
            }
        };
        take((line, row));
    }
}

/// The objects of a list, or one object. What follows a syntax error cannot be read.
pub(super) fn of_list(reader: &mut dyn Read, limits: &Limits, take: &mut dyn FnMut(Taken)) {
    let seen = Seen { line: Shared::new(1), since: Shared::new(0) };
    let counted =
        Counted { inner: BufReader::new(reader), seen: &seen, longest: limits.max_json_bytes, begun: false };
    let mut source = serde_json::Deserializer::from_reader(counted);
    let list = List { seen: &seen, take: &mut *take };
    if let Err(error) = list.deserialize(&mut source).and_then(|()| source.end()) {
        let fault = match error.classify() {
            serde_json::error::Category::Io if seen.since.get() > limits.max_json_bytes => {
                too_long("intake.registry_row_too_long", limits.max_json_bytes)
            }
            _ => syntax(&error),
        };
        take((seen.line.get(), Err(fault)));
    }
}

/// The values of a row by the names under which they stand, `a.b` for one inside another; a list gives several.
pub(super) fn cells(row: &Node, out: &mut Vec<(String, Cell)>) {
    if let Node::Object(fields) = row {
        for (name, value) in fields {
            add(name, value, out);
        }
    }
}

fn add(name: &str, value: &Node, out: &mut Vec<(String, Cell)>) {
    let cell = match value {
        Node::Null => Cell::Empty,
        Node::Bool(value) => Cell::Boolean(*value),
        // Like a spreadsheet's: whoever wrote it may have kept fewer digits than the text shows.
        Node::Unsigned(number) => Cell::Number(*number as f64),
        Node::Signed(number) => Cell::Number(*number as f64),
        Node::Float(number) => Cell::Number(*number),
        Node::Text(text) => Cell::Text(text.clone()),
        Node::List(items) => return items.iter().for_each(|item| add(name, item, out)),
        Node::Object(fields) => {
            return fields.iter().for_each(|(inner, value)| add(&format!("{name}.{inner}"), value, out));
        }
    };
    out.push((name.to_owned(), cell));
}

fn syntax(error: &serde_json::Error) -> Fault {
    Fault { expected: Message::new("intake.expect_object"), ..json::syntax(error) }
}

fn too_long(id: &str, limit: u64) -> Fault {
    Fault {
        field: String::new(),
        found: Message::new("intake.found_more"),
        expected: Message::new("intake.expect_bytes").with("limit", limit),
        message: Message::new(id),
    }
}

/// How far a [`Counted`] was read.
struct Seen {
    line: Shared<u64>,
    /// Bytes since the last row.
    since: Shared<u64>,
}

struct Counted<'a, R> {
    inner: R,
    seen: &'a Seen,
    longest: u64,
    begun: bool,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if !self.begun {
            self.begun = true;
            return self.first(buffer);
        }
        let count = self.inner.read(buffer)?;
        self.count(&buffer[..count])?;
        Ok(count)
    }
}

impl<R: Read> Counted<'_, R> {
    /// The beginning, without a byte-order mark.
    fn first(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        const MARK: [u8; 3] = *b"\xef\xbb\xbf";
        let Some(into) = buffer.first_mut() else { return Ok(0) };
        let mut byte = [0];
        for expected in MARK {
            if self.inner.read(&mut byte)? == 0 {
                return Ok(0);
            }
            if byte[0] != expected {
                *into = byte[0];
                self.count(&byte)?;
                return Ok(1);
            }
        }
        self.inner.read(std::slice::from_mut(into))
    }

    fn count(&self, bytes: &[u8]) -> io::Result<()> {
        let lines = bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.seen.line.set(self.seen.line.get() + lines);
        self.seen.since.set(self.seen.since.get() + bytes.len() as u64);
        if self.seen.since.get() > self.longest {
            Err(io::Error::other("a row without an end"))
        } else {
            Ok(())
        }
    }
}

struct List<'a> {
    seen: &'a Seen,
    take: &'a mut dyn FnMut(Taken),
}

impl<'de> DeserializeSeed<'de> for List<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<(), D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for List<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a list of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some((line, row)) = items.next_element_seed(Element(self.seen))? {
            (self.take)((line, Ok(row)));
            self.seen.since.set(0);
        }
        Ok(())
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        let line = self.seen.line.get();
        let mut row = Vec::new();
        while let Some(field) = fields.next_entry()? {
            row.push(field);
        }
        (self.take)((line, Ok(Node::Object(row))));
        Ok(())
    }
}

/// One item with the line of its first character, which the reader of the list has just looked at.
struct Element<'a>(&'a Seen);

impl<'de> DeserializeSeed<'de> for Element<'_> {
    type Value = (u64, Node);
    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Self::Value, D::Error> {
        let line = self.0.line.get();
        Ok((line, Node::deserialize(source)?))
    }
}

//! What serde found wrong with a tree, typed, with the path to it.

use std::fmt;

use serde::de::{self, Expected, Unexpected};

use super::super::report::{Fault, clip, literal, names, unknown_word};
use crate::domain::message::Message;

/// One step of a path.
#[derive(Debug)]
pub(in crate::intake) enum Step {
    Field(String),
    Item(usize),
}

/// What stood there, described without its value.
#[derive(Debug)]
pub(in crate::intake) enum Found {
    Null,
    Bool,
    /// A number of so many digits.
    Number(usize),
    /// A text of so many characters.
    Text(usize),
    List,
    Object,
}

impl Found {
    pub fn number(number: impl fmt::Display) -> Self {
        Found::Number(number.to_string().chars().filter(char::is_ascii_digit).count())
    }

    fn of(unexpected: Unexpected<'_>) -> Self {
        match unexpected {
            Unexpected::Bool(_) => Found::Bool,
            Unexpected::Unsigned(number) => Found::number(number),
            Unexpected::Signed(number) => Found::number(number),
            Unexpected::Float(number) => Found::number(number),
            Unexpected::Str(text) => Found::Text(text.chars().count()),
            Unexpected::Char(_) => Found::Text(1),
            Unexpected::Seq | Unexpected::Bytes(_) => Found::List,
            Unexpected::Unit | Unexpected::Option => Found::Null,
            _ => Found::Object,
        }
    }

    fn message(&self) -> Message {
        match self {
            Found::Null => Message::new("intake.found_null"),
            Found::Bool => Message::new("intake.found_boolean"),
            Found::Number(count) => Message::new("intake.found_number").with("count", count),
            Found::Text(0) => Message::new("intake.found_empty"),
            Found::Text(count) => Message::new("intake.found_text").with("count", count),
            Found::List => Message::new("intake.found_list"),
            Found::Object => Message::new("intake.found_object"),
        }
    }
}

/// What is wrong.
#[derive(Debug)]
pub(in crate::intake) enum What {
    Missing(&'static str),
    Unknown {
        name: String,
        expected: &'static [&'static str],
    },
    Twice(&'static str),
    /// Another type than `expected`, which is in serde's words.
    Type {
        found: Found,
        expected: String,
    },
    /// The right type, but a value outside what the type can hold.
    Value {
        found: Found,
        expected: String,
    },
    Variant {
        found: String,
        expected: &'static [&'static str],
    },
    /// The type's own complaint, which may quote the value and is never shown.
    Shape,
}

/// What is wrong, and where. The path is innermost first.
#[derive(Debug)]
pub(in crate::intake) struct Problem {
    path: Vec<Step>,
    what: What,
}

impl Problem {
    pub fn new(what: What) -> Self {
        Problem { path: Vec::new(), what }
    }

    pub fn wrong_type(found: Found, expected: &dyn Expected) -> Self {
        Problem::new(What::Type { found, expected: expected.to_string() })
    }

    /// The same problem, seen from one level further out.
    #[must_use]
    pub fn inside(mut self, step: Step) -> Self {
        self.path.push(step);
        self
    }

    /// As a fault with its field path and words.
    pub fn fault(&self) -> Fault {
        let (own, found, expected, message) = match &self.what {
            What::Missing(name) => (
                Some(*name),
                Message::new("intake.found_nothing"),
                Self::expected(name, ""),
                Message::new("intake.field_missing").with("name", name),
            ),
            What::Unknown { name, expected } => (
                Some(name.as_str()),
                literal(name),
                names(expected),
                Message::new("intake.field_unknown").with("name", clip(name)),
            ),
            What::Twice(name) => (
                Some(*name),
                Message::new("intake.found_twice"),
                Message::new("intake.expect_once"),
                Message::new("intake.field_twice").with("name", name),
            ),
            What::Variant { found, expected } => {
                (None, unknown_word(found), names(expected), Message::new("intake.unknown_name"))
            }
            What::Type { found, expected } => (
                None,
                found.message(),
                Self::expected(self.field(), expected),
                Message::new(if self.path.is_empty() {
                    "intake.not_one_object"
                } else {
                    "intake.wrong_type"
                }),
            ),
            What::Value { found, expected } => (
                None,
                found.message(),
                Self::expected(self.field(), expected),
                Message::new("intake.wrong_value"),
            ),
            What::Shape => (
                None,
                Message::new("intake.found_other"),
                Self::expected(self.field(), ""),
                Message::new("intake.wrong_value"),
            ),
        };
        Fault { field: self.path(own), found, expected, message }
    }

    /// `entity.principal.mobile`, `attachments[0].file`; `own` is the name the problem itself adds.
    fn path(&self, own: Option<&str>) -> String {
        let mut text = String::new();
        for step in self.path.iter().rev() {
            match step {
                Step::Item(at) => text.push_str(&format!("[{at}]")),
                Step::Field(name) => push_name(&mut text, name),
            }
        }
        if let Some(name) = own {
            push_name(&mut text, name);
        }
        text
    }

    /// The innermost field's name.
    fn field(&self) -> &str {
        self.path
            .iter()
            .find_map(|step| match step {
                Step::Field(name) => Some(name.as_str()),
                Step::Item(_) => None,
            })
            .unwrap_or_default()
    }

    /// What belongs into a field: by its name where the name tells more than serde does.
    fn expected(field: &str, words: &str) -> Message {
        let by_field = match field {
            "submitted_at" | "due_at" => Some("intake.expect_time"),
            "valid_from" | "date" | "as_of" => Some("intake.expect_day"),
            "valid_until" | "certificate_valid_until" => Some("intake.expect_valid_until"),
            "first" | "last" => Some("intake.expect_address"),
            "service_contents" | "languages" | "modes" | "server_locations" => Some("intake.expect_codes"),
            _ => None,
        };
        let by_words = || match words {
            "" => "intake.expect_value",
            "a string" => "intake.expect_text",
            "a boolean" => "intake.expect_boolean",
            "u16" => "intake.expect_code",
            "a sequence" => "intake.expect_list",
            "struct Filing" => "intake.expect_filing",
            words if words.starts_with("struct ") || words.ends_with(" map") => "intake.expect_object",
            words if words.contains("enum") => "intake.expect_name",
            _ => "intake.expect_value",
        };
        Message::new(by_field.unwrap_or_else(by_words))
    }
}

fn push_name(path: &mut String, name: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(&clip(name));
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} at `{}`", self.what, self.path(None))
    }
}

impl std::error::Error for Problem {}

impl de::Error for Problem {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Problem::new(What::Shape)
    }
    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Problem::wrong_type(Found::of(found), expected)
    }
    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Problem::new(What::Value { found: Found::of(found), expected: expected.to_string() })
    }
    fn unknown_variant(found: &str, expected: &'static [&'static str]) -> Self {
        Problem::new(What::Variant { found: found.to_owned(), expected })
    }
    fn unknown_field(name: &str, expected: &'static [&'static str]) -> Self {
        Problem::new(What::Unknown { name: name.to_owned(), expected })
    }
    fn missing_field(name: &'static str) -> Self {
        Problem::new(What::Missing(name))
    }
    fn duplicate_field(name: &'static str) -> Self {
        Problem::new(What::Twice(name))
    }
}

//! What an answer says: a record, that there is none, or why it is neither.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Reply;
use crate::domain::compare;
use crate::domain::evidence::{Fault, FaultKind, RegistryRecord, RegistryResult, RegistryStatus, Subject};
use crate::domain::filing::ValidUntil;
use crate::domain::numbers::unified_code;
use crate::domain::registry_query::JsonPath;
use crate::domain::registry_words::{self, Told};
use crate::domain::relations::document_number;
use crate::domain::written_day::{day_and_time, long_term};

/// The first whole number that a program which keeps numbers as doubles may have rounded.
const ROUNDED: u64 = 1 << 53;

/// Where an answer has what, and how it says that there is nothing.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    pub name: JsonPath,
    pub number: JsonPath,
    pub status: JsonPath,
    pub address: JsonPath,
    pub legal_representative: JsonPath,
    pub valid_until: JsonPath,
    pub former_names: JsonPath,
    pub former_numbers: JsonPath,
    pub as_of: JsonPath,
    /// Where nothing, an empty text or an empty list stands there, the entity was not found.
    pub found: JsonPath,
    /// The service's own code of the outcome.
    pub code: JsonPath,
    /// Codes of an answer; empty: any that is not one of `not_found_codes`.
    pub answer_codes: Vec<String>,
    pub not_found_codes: Vec<String>,
    /// Statuses of HTTP by which the service says that it found nothing.
    pub not_found_http: Vec<u16>,
    /// The service's words for a state, to the program's own.
    pub status_words: BTreeMap<String, Told>,
}

impl Reading {
    /// What a reply says of a subject.
    pub fn result(&self, reply: &Reply, subject: &Subject) -> RegistryResult {
        match self.read(reply, subject) {
            Ok(Some(record)) => RegistryResult::Found(record),
            Ok(None) => RegistryResult::NotFound,
            Err(fault) => RegistryResult::NoAnswer(fault),
        }
    }

    fn read(&self, reply: &Reply, subject: &Subject) -> Result<Option<RegistryRecord>, Fault> {
        match reply.status {
            status if self.not_found_http.contains(&status) => return Ok(None),
            200..=299 => {}
            429 => return Err(Fault::new(FaultKind::Limited, "HTTP 429")),
            status => return Err(Fault::new(FaultKind::Failed, format!("HTTP {status}"))),
        }
        let answer: Value = serde_json::from_slice(&reply.body).map_err(|error| {
            protocol(format!("no JSON at line {} column {}", error.line(), error.column()))
        })?;
        if !self.code.is_empty() {
            let code = self.text(&self.code, &answer)?;
            if self.not_found_codes.contains(&code) {
                return Ok(None);
            }
            if !self.answer_codes.is_empty() && !self.answer_codes.contains(&code) {
                return Err(Fault::new(FaultKind::Failed, format!("{} is `{code}`", self.code)));
            }
        }
        if !self.found.is_empty() && self.found.find(&answer).is_none_or(is_empty) {
            return Ok(None);
        }
        let status_text = self.needed(&self.status, &answer, "status_path")?;
        let status = match self.status_words.get(&status_text).copied().or(registry_words::read(&status_text))
        {
            Some(Told::NotFound) => return Ok(None),
            Some(Told::Status(status)) => status,
            None => RegistryStatus::Other,
        };
        let record = RegistryRecord {
            name: self.needed(&self.name, &answer, "name_path")?,
            number: self.needed(&self.number, &answer, "number_path")?,
            status,
            status_text,
            address: self.text(&self.address, &answer)?,
            legal_representative: self.text(&self.legal_representative, &answer)?,
            valid_until: self.valid_until(&answer)?,
            former_names: self.texts(&self.former_names, &answer)?,
            former_numbers: self.texts(&self.former_numbers, &answer)?,
            as_of: match self.text(&self.as_of, &answer)? {
                day if day.is_empty() => None,
                day => Some(day_and_time(&day).ok_or_else(|| no_day(&self.as_of))?.0),
            },
        };
        if is_about(&record, subject) {
            Ok(Some(record))
        } else {
            // Services that search for what is alike answer about others.
            Err(protocol("the answer is about another entity than the one asked for"))
        }
    }

    fn valid_until(&self, answer: &Value) -> Result<Option<ValidUntil>, Fault> {
        let text = self.text(&self.valid_until, answer)?;
        let end = text.rsplit(['至', '~', '～']).next().unwrap_or_default().trim();
        if end.is_empty() || end == "-" {
            return Ok(None);
        }
        if long_term(end).is_some() {
            return Ok(Some(ValidUntil::LongTerm));
        }
        let (day, _) = day_and_time(end).ok_or_else(|| no_day(&self.valid_until))?;
        Ok(Some(ValidUntil::Day(day)))
    }

    fn needed(&self, path: &JsonPath, answer: &Value, setting: &str) -> Result<String, Fault> {
        let text = self.text(path, answer)?;
        if text.is_empty() { Err(protocol(format!("nothing at `{path}` ({setting})"))) } else { Ok(text) }
    }

    fn text(&self, path: &JsonPath, answer: &Value) -> Result<String, Fault> {
        path.find(answer).map_or(Ok(String::new()), |value| text(value, path))
    }

    fn texts(&self, path: &JsonPath, answer: &Value) -> Result<Vec<String>, Fault> {
        let all = match path.find(answer) {
            None => return Ok(Vec::new()),
            Some(Value::Array(items)) => {
                items.iter().map(|item| text(item, path)).collect::<Result<Vec<_>, _>>()?
            }
            Some(value) => {
                let text = text(value, path)?;
                text.split([';', '；', ',', '，', '、']).map(|part| part.trim().to_owned()).collect()
            }
        };
        Ok(all.into_iter().filter(|text| text.chars().any(char::is_alphanumeric)).collect())
    }
}

fn text(value: &Value, path: &JsonPath) -> Result<String, Fault> {
    match value {
        Value::String(text) => Ok(text.trim().to_owned()),
        Value::Number(number) if number.as_u64().is_some_and(|number| number < ROUNDED) => {
            Ok(number.to_string())
        }
        Value::Number(number) if number.as_i64().is_some_and(i64::is_negative) => Ok(number.to_string()),
        Value::Number(_) => {
            Err(protocol(format!("`{path}` is a number that may be rounded; expected a text")))
        }
        Value::Bool(value) => Ok(value.to_string()),
        Value::Null => Ok(String::new()),
        Value::Array(_) | Value::Object(_) => Err(protocol(format!("`{path}` is no text"))),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Null | Value::Bool(false) => true,
        Value::Bool(true) | Value::Number(_) => false,
    }
}

/// Whether a record is the one asked for. For a number of before the unified code the service's word must do.
fn is_about(record: &RegistryRecord, subject: &Subject) -> bool {
    match subject {
        Subject::Number(number) => {
            let numbers = std::iter::once(&record.number).chain(&record.former_numbers);
            let asked = document_number(number);
            let same = numbers.into_iter().any(|number| document_number(number) == asked);
            same || match (unified_code::parse(number), unified_code::parse(&record.number)) {
                (Ok(asked), Ok(found)) => asked.organisation_code() == found.organisation_code(),
                (Ok(_), Err(_)) => false,
                (Err(_), _) => true,
            }
        }
        Subject::Name(name) => {
            let mut names = std::iter::once(&record.name).chain(&record.former_names);
            names.any(|known| compare::same(known, name))
        }
        _ => false,
    }
}

fn no_day(path: &JsonPath) -> Fault {
    protocol(format!("`{path}` is no day; expected one such as 2026-03-01"))
}

fn protocol(detail: impl ToString) -> Fault {
    Fault::new(FaultKind::Protocol, detail)
}

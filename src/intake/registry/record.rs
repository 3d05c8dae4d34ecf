//! One row of an extract into the record that it is, or everything that is wrong with it.

use super::super::json::{self, Node};
use super::super::report::{Fault, literal, names, some_text};
use super::super::table::cells::Reading;
use super::super::table::row::Cell;
use super::mapping::{self, FORMER_NUMBERS, LISTS};
use crate::domain::evidence::{RegistryRecord, RegistryResult, RegistryStatus, Subject};
use crate::domain::fields::{Field, Kind, Privacy};
use crate::domain::message::Message;
use crate::domain::registry_words::{self, Told};
use crate::domain::written_day::day_and_time;

/// A cell with the field that it fills.
pub(super) struct Item<'a> {
    pub field: &'static Field,
    pub cell: &'a Cell,
}

/// What a row says, and of whom.
#[derive(Debug, PartialEq)]
pub(super) struct Answer {
    pub result: RegistryResult,
    /// Under which names and numbers the entity may be asked for.
    pub subjects: Vec<Subject>,
}

/// A fault, and the item at which it is; none where a value is missing.
pub(super) type Faults = Vec<(Fault, Option<usize>)>;

/// The status as its source wrote it, before a mapping says what it means.
const STATUS_TEXT: Field =
    Field { pattern: "status_text", kind: Kind::Text, privacy: Privacy::Clear, required: true };

/// Reads a row. `constants` are the mapping's values for fields that have no column.
pub(super) fn read(items: &[Item<'_>], reading: &Reading) -> Result<Answer, Faults> {
    let mut row = Row::default();
    let mut faults = Faults::new();
    for (at, item) in items.iter().enumerate() {
        if let Err(fault) = row.take(item, reading) {
            faults.push((*fault, Some(at)));
        }
    }
    for (name, value) in &reading.mapping.constants {
        let given = items.iter().any(|item| item.field.pattern == name && !item.cell.is_empty());
        if let Some(field) = mapping::find(name).filter(|_| !given)
            && let Err(fault) = row.take(&Item { field, cell: &Cell::Text(value.clone()) }, reading)
        {
            faults.push((*fault, None));
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    row.answer(reading).map_err(|fault| {
        let at = items.iter().position(|item| fault.field.starts_with(item.field.pattern));
        vec![(*fault, at)]
    })
}

#[derive(Default)]
struct Row {
    fields: Vec<(String, Node)>,
    former_names: Vec<String>,
    former_numbers: Vec<String>,
    status: String,
}

impl Row {
    fn take(&mut self, item: &Item<'_>, reading: &Reading) -> Result<(), Box<Fault>> {
        let name = item.field.pattern;
        if name == "status" {
            if let Some(Node::Text(text)) =
                reading.value(item.cell, &STATUS_TEXT, STATUS_TEXT.pattern, None)?
            {
                self.status = text;
            }
            return Ok(());
        }
        let part = ending(item).or_else(|| day_of_look(item));
        let cell = part.as_ref().unwrap_or(item.cell);
        match reading.value(cell, item.field, name, None)? {
            None => {}
            Some(Node::Text(text)) if name == FORMER_NUMBERS => {
                self.former_numbers.extend(
                    text.split([';', '；', ',', '，', '、', '\n', '/'])
                        .map(|part| part.trim().to_owned())
                        .filter(|part| part.chars().any(char::is_alphanumeric)),
                );
            }
            Some(Node::List(names)) => {
                self.former_names.extend(names.iter().filter_map(Node::text).map(str::to_owned));
            }
            Some(value) => self.fields.push((name.to_owned(), value)),
        }
        Ok(())
    }

    fn answer(mut self, reading: &Reading) -> Result<Answer, Box<Fault>> {
        let told = self.told(reading)?;
        if !self.has("number") && !self.former_numbers.is_empty() {
            let first = self.former_numbers.remove(0);
            self.fields.push(("number".to_owned(), Node::Text(first)));
        }
        let status = match told {
            Told::NotFound => return self.not_found(),
            Told::Status(status) => status,
        };
        for (name, value) in [("status", status.text()), ("status_text", self.status.as_str())] {
            self.fields.push((name.to_owned(), Node::Text(value.to_owned())));
        }
        let list = |texts: &[String]| Node::List(texts.iter().cloned().map(Node::Text).collect());
        let lists = [list(&self.former_names), list(&self.former_numbers)];
        self.fields.extend(LISTS.map(str::to_owned).into_iter().zip(lists));
        let record: RegistryRecord = json::typed(&Node::Object(self.fields))?;
        Ok(Answer { subjects: subjects(&record), result: RegistryResult::Found(record) })
    }

    /// What the status says: the mapping's own word first.
    fn told(&self, reading: &Reading) -> Result<Told, Box<Fault>> {
        let meant = reading.mapping.values.get("status").and_then(|values| values.get(self.status.trim()));
        match meant {
            Some(word) => Told::from_text(word).or_else(|| registry_words::read(word)).ok_or_else(|| {
                Box::new(Fault {
                    field: "status".to_owned(),
                    found: literal(word),
                    expected: names(&statuses()),
                    message: Message::new("intake.registry_mapped_status"),
                })
            }),
            None if self.status.trim().is_empty() => Err(missing("status")),
            None => Ok(registry_words::read(&self.status).unwrap_or(Told::Status(RegistryStatus::Other))),
        }
    }

    fn not_found(self) -> Result<Answer, Box<Fault>> {
        let asked: Vec<Subject> = [("number", Subject::number as fn(&str) -> _), ("name", Subject::name)]
            .into_iter()
            .filter_map(|(name, subject)| subject(self.text(name)?))
            .collect();
        if asked.is_empty() {
            return Err(missing("number"));
        }
        Ok(Answer { result: RegistryResult::NotFound, subjects: asked })
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).and_then(|(_, value)| value.text())
    }

    fn has(&self, name: &str) -> bool {
        self.text(name).is_some()
    }
}

/// 营业期限 as a span, `2015-03-01至2035-02-28`: its end is what counts.
fn ending(item: &Item<'_>) -> Option<Cell> {
    let (Kind::ValidUntil, Cell::Text(text)) = (item.field.kind, item.cell) else { return None };
    let (_, end) = text.rsplit_once(['至', '~', '～'])?;
    Some(Cell::Text(end.to_owned()))
}

/// Some say to the second when they looked: the day is what counts.
fn day_of_look(item: &Item<'_>) -> Option<Cell> {
    if item.field.pattern != "as_of" {
        return None;
    }
    let day = match item.cell {
        Cell::Text(text) => day_and_time(text)?.0,
        Cell::Moment(moment) => moment.date(),
        _ => return None,
    };
    Some(Cell::Text(day.to_string()))
}

/// Whom a record answers for: its numbers, and its names for those who know only a number that went before.
fn subjects(record: &RegistryRecord) -> Vec<Subject> {
    let numbers = std::iter::once(&record.number).chain(&record.former_numbers);
    let names = std::iter::once(&record.name).chain(&record.former_names);
    let mut subjects: Vec<Subject> = Vec::new();
    for subject in numbers
        .filter_map(|number| Subject::number(number))
        .chain(names.filter_map(|name| Subject::name(name)))
    {
        if !subjects.contains(&subject) {
            subjects.push(subject);
        }
    }
    subjects
}

fn missing(name: &str) -> Box<Fault> {
    Box::new(Fault {
        field: name.to_owned(),
        found: some_text(""),
        expected: Message::new("intake.expect_value"),
        message: Message::new("intake.field_missing").with("name", name),
    })
}

/// What a mapping may say that a status means.
fn statuses() -> Vec<&'static str> {
    RegistryStatus::ALL.iter().map(|status| status.text()).chain(["not_found"]).collect()
}

//! Rows of a text table, one at a time: memory holds one row, whatever the file's length.

use std::cell::Cell as Shared;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

use super::decode::BadByte;
use super::fault::TableFault;
use super::row::{Cell, Row};

/// A reader of records that may have different numbers of cells.
pub(super) fn reader<R: Read>(text: R, delimiter: u8) -> csv::Reader<R> {
    // A CR LF would end a row at its CR and count the line with the next row, so rows end at LF only and `row` takes the CR off.
    let terminator = csv::Terminator::Any(b'\n');
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .terminator(terminator)
        .delimiter(delimiter)
        .from_reader(text)
}

/// Hands on each row, empty ones too, until `take` breaks. `longest` is the limit of a row in bytes.
pub(super) fn rows(
    text: impl Read,
    delimiter: u8,
    longest: u64,
    take: &mut dyn FnMut(Row) -> ControlFlow<()>,
) -> Result<(), TableFault> {
    let seen = Rc::new(Seen::default());
    let watched =
        Watched { inner: text, seen: Rc::clone(&seen), longest: longest.saturating_add(READ_AHEAD) };
    let mut records = reader(watched, delimiter);
    let mut record = csv::StringRecord::new();
    // The last row is held back until it is known whether the file ends inside quotation marks.
    let mut held: Option<Row> = None;
    loop {
        let line = records.position().line();
        let more = records.read_record(&mut record).map_err(|error| fault(error, line, longest))?;
        if !more {
            break;
        }
        seen.since.set(0);
        let row = row(&record, records.position().line());
        if let Some(before) = held.replace(row)
            && take(before).is_break()
        {
            return Ok(());
        }
    }
    let Some(mut last) = held else { return Ok(()) };
    let swallowed = last.cells.iter().any(|cell| matches!(cell, Cell::Text(text) if text.contains('\n')));
    let open = seen.odd_quotes.get() && swallowed;
    // Only a line feed that ends a row counts towards the row after it.
    if open || seen.last_byte.get() != b'\n' {
        last.line += 1;
    }
    if open {
        return Err(TableFault::OpenQuote { line: last.line });
    }
    let _ = take(last);
    Ok(())
}

/// How much csv reads before it looks.
const READ_AHEAD: u64 = 1 << 16;

/// A row by its record; `next` is the line after its line feed.
fn row(record: &csv::StringRecord, next: u64) -> Row {
    let mut cells: Vec<&str> = record.iter().collect();
    if let Some(last) = cells.last_mut() {
        *last = last.strip_suffix('\r').unwrap_or(last);
    }
    let inside: usize = cells.iter().map(|cell| cell.matches('\n').count()).sum();
    let line = next.saturating_sub(1 + inside as u64).max(1);
    Row { line, cells: cells.into_iter().map(|cell| Cell::Text(cell.to_owned())).collect() }
}

/// What went through a [`Watched`].
#[derive(Default)]
struct Seen {
    /// Bytes since the last row.
    since: Shared<u64>,
    odd_quotes: Shared<bool>,
    last_byte: Shared<u8>,
}

struct Watched<R> {
    inner: R,
    seen: Rc<Seen>,
    longest: u64,
}

/// More than a row may have was read and no row came of it.
#[derive(Debug, thiserror::Error)]
#[error("a row without an end")]
struct Endless;

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let quotes = buffer[..count].iter().filter(|byte| **byte == b'"').count();
        let Seen { since, odd_quotes, last_byte } = &*self.seen;
        odd_quotes.set(odd_quotes.get() ^ (quotes % 2 == 1));
        since.set(since.get() + count as u64);
        last_byte.set(buffer[..count].last().copied().unwrap_or(last_byte.get()));
        if since.get() > self.longest { Err(io::Error::other(Endless)) } else { Ok(count) }
    }
}

fn fault(error: csv::Error, line: u64, limit: u64) -> TableFault {
    let words = error.to_string();
    match error.into_kind() {
        csv::ErrorKind::Io(error) => reading(&error, line, limit),
        _ => TableFault::Unreadable(words),
    }
}

fn reading(error: &io::Error, line: u64, limit: u64) -> TableFault {
    let Some(inner) = error.get_ref() else { return TableFault::Unreadable(error.to_string()) };
    if inner.is::<Endless>() {
        return TableFault::EndlessRow { line, limit };
    }
    match inner.downcast_ref::<BadByte>() {
        Some(bad) => TableFault::BadByte { line: bad.line, encoding: bad.encoding.name() },
        None => TableFault::Unreadable(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, longest: u64) -> (Vec<(u64, usize)>, Result<(), TableFault>) {
        let mut seen = Vec::new();
        let result = rows(text.as_bytes(), b',', longest, &mut |row| {
            seen.push((row.line, row.cells.len()));
            ControlFlow::Continue(())
        });
        (seen, result)
    }

    #[test]
    fn rows_know_their_lines() {
        let (seen, result) = read("a,b\r\n\"1\n2\",3\n\n4,5,6\n7", 1 << 20);
        assert_eq!(seen, [(1, 2), (2, 2), (5, 3), (6, 1)]);
        assert_eq!(result, Ok(()));
    }

    #[test]
    fn a_quote_that_is_never_closed_swallows_nothing() {
        let (seen, result) = read("a,b\n1,\"2\n3,4\n5,6\n", 1 << 20);
        assert_eq!(seen, [(1, 2)]);
        assert_eq!(result, Err(TableFault::OpenQuote { line: 2 }));
        let endless = format!("a,b\n1,\"{}", "x\n".repeat(100_000));
        assert!(matches!(read(&endless, 1000).1, Err(TableFault::EndlessRow { line: 2, limit: 1000 })));
        assert_eq!(read("a,b\n1,5\" wide\n", 1 << 20).1, Ok(()));
    }
}

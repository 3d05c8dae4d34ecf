//! Reading filing packs: a folder or a zip archive with `filing.json` or `filings.jsonl` and the attachments they
//! name; or such a file by itself. `docs/pack-format.md` describes them. [`Table`] reads operators' tables.
//!
//! A pack comes from outside and may be broken or hostile. Each filing is accepted whole or rejected whole, and one
//! that is rejected does not keep the others away. One filing is in memory at a time; what grows with a pack is a
//! fingerprint for each filing, so that doubles are found, and the directory of an archive.
//!
//! Whether the values of a filing are right is the checks' to say; whether it changed since last time, the store's.

mod attachments;
mod error;
mod facts;
mod json;
mod limits;
mod lines;
mod pack;
mod path;
mod registry;
mod report;
mod rules;
mod schema;
mod table;

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

pub use self::error::IntakeError;
pub use self::limits::Limits;
pub use self::registry::{Extract, ExtractEntry, ExtractMapping, ExtractSummary};
pub use self::report::{Entry, Origin, Rejection, Summary};
pub use self::schema::schema;
pub use self::table::{
    ExplainedColumn, Explanation, How, Mapping, MappingFault, Table, TableFault, is_table,
};

use self::attachments::StoreFault;
use self::lines::Line;
use self::pack::{Listing, Pack, Refusal};
use self::report::{Fault, Place, clip, literal};
use crate::domain::codes::{self, CodeFault};
use crate::domain::filing::Filing;
use crate::domain::message::Message;
use crate::domain::vault::{Vault, VaultFault};

/// Reads a pack and hands each of its entries to `sink` as soon as it is complete.
///
/// The bytes of an accepted filing's attachments are in `vault` before `sink` sees the filing; those of a rejected
/// one are not, unless the pack changed while it was read. An error means that the rest of the pack was not read.
pub fn read(
    path: &Path,
    limits: &Limits,
    vault: &mut dyn Vault,
    sink: &mut dyn FnMut(Entry),
) -> Result<Summary, IntakeError> {
    let pack = Pack::open(path, limits)?;
    if pack.listing == Listing::Table {
        return Err(IntakeError::NotAPack { path: pack.shown });
    }
    let mut session = Session::new(&pack, limits, vault, sink);
    session.strays();
    let done = pack.with_list(|reader| match pack.listing {
        Listing::One => session.one(reader),
        Listing::Table => Ok(()),
        Listing::Lines => session.lines(&mut BufReader::with_capacity(1 << 16, reader)),
    });
    match done {
        Ok(done) => done.map_err(|source| IntakeError::Vault { path: pack.shown.clone(), source })?,
        Err(refusal) => session.refuse_list(&refusal, None),
    }
    Ok(session.summary)
}

/// One pack being read.
struct Session<'a> {
    pack: &'a Pack,
    limits: &'a Limits,
    vault: &'a mut dyn Vault,
    sink: &'a mut dyn FnMut(Entry),
    /// Line of each accepted filing by the fingerprint of its source and key.
    seen: HashMap<[u8; 16], u64>,
    summary: Summary,
}

impl<'a> Session<'a> {
    fn new(
        pack: &'a Pack,
        limits: &'a Limits,
        vault: &'a mut dyn Vault,
        sink: &'a mut dyn FnMut(Entry),
    ) -> Self {
        Session { pack, limits, vault, sink, seen: HashMap::new(), summary: Summary::default() }
    }

    /// Names the entries of an archive that would leave it.
    fn strays(&mut self) {
        for name in self.pack.strays() {
            let place = Place::file(&format!("{}/{name}", self.pack.shown));
            let fault = path::fault(String::new(), name, "intake.entry_stray");
            self.reject(vec![place.reject(fault)]);
        }
    }

    /// A file with a single filing.
    fn one(&mut self, reader: &mut dyn Read) -> Result<(), VaultFault> {
        let bytes = match pack::whole(reader, self.limits.max_json_bytes) {
            Ok(bytes) => bytes,
            Err(refusal) => {
                self.refuse_list(&refusal, None);
                return Ok(());
            }
        };
        match text(&bytes) {
            Ok(text) => self.filing(text, 1),
            Err(fault) => {
                self.reject(vec![self.place(None).reject(*fault)]);
                Ok(())
            }
        }
    }

    /// A file with a filing on each line.
    fn lines(&mut self, reader: &mut dyn BufRead) -> Result<(), VaultFault> {
        let mut line = Vec::new();
        for number in 1.. {
            let read = match lines::next(reader, self.limits.max_line_bytes, &mut line) {
                Ok(read) => read,
                Err(error) => {
                    self.refuse_list(&Refusal::reading(&error), Some(number));
                    break;
                }
            };
            if number == 1
                && let Some(fault) = utf16(&line)
            {
                // No line of such a file can be told from the next.
                self.reject(vec![self.place(None).reject(*fault)]);
                break;
            }
            match read {
                Line::End => break,
                Line::TooLong => self.reject(vec![self.place(Some(number)).reject(Fault {
                    field: String::new(),
                    found: Message::new("intake.found_more"),
                    expected: Message::new("intake.expect_bytes").with("limit", self.limits.max_line_bytes),
                    message: Message::new("intake.line_too_long"),
                })]),
                Line::Whole => match text(&line) {
                    Ok(text) if text.trim().is_empty() => {}
                    Ok(text) => self.filing(text, number)?,
                    Err(fault) => self.reject(vec![self.place(Some(number)).reject(*fault)]),
                },
            }
        }
        Ok(())
    }

    /// One filing from its text, which begins on `line`: accepted with all its attachments, or rejected with all that is wrong.
    fn filing(&mut self, text: &str, line: u64) -> Result<(), VaultFault> {
        let filing = match json::filing(text) {
            Ok(filing) => filing,
            Err(malformed) => {
                let mut place = self.place(Some(line));
                place.filing = malformed.key;
                if let Some((inner, column)) = malformed.at {
                    place.line = Some(line + inner.saturating_sub(1));
                    place.column = Some(column);
                }
                self.reject(vec![place.reject(malformed.fault)]);
                return Ok(());
            }
        };
        let place = self.place(Some(line));
        self.accept(filing, &place, line, &|_| None)
    }

    /// A filing that was read: accepted with all its attachments, or rejected with all that is wrong. `cell` tells
    /// where in a table the value of a fault stands.
    fn accept(
        &mut self,
        mut filing: Filing,
        place: &Place,
        line: u64,
        cell: &dyn Fn(&Fault) -> Option<String>,
    ) -> Result<(), VaultFault> {
        let key = Some(clip(&filing.key)).filter(|key| !key.is_empty());
        let place = Place { filing: key, ..place.clone() };
        let id = fingerprint(&filing);
        let mut faults = rules::faults(&filing, self.limits);
        faults.extend(codes::normalise(&mut filing).err().map(unknown_bit));
        faults.extend(self.seen.get(&id).map(|first| doubled(&filing, *first)));
        if !faults.is_empty() {
            self.reject_all(&place, faults, cell);
            return Ok(());
        }
        let mut staged = match attachments::stage(self.pack, &filing, self.limits, self.vault) {
            Ok(staged) => staged,
            Err(faults) => {
                self.reject_all(&place, faults, cell);
                return Ok(());
            }
        };
        match attachments::store(self.pack, &filing, &mut staged, self.limits, self.vault) {
            Ok(()) => {}
            Err(StoreFault::Vault(fault)) => return Err(fault),
            Err(StoreFault::File(fault)) => {
                self.reject_all(&place, vec![*fault], cell);
                return Ok(());
            }
        }
        for (attachment, staged) in filing.attachments.iter_mut().zip(&staged) {
            attachment.sha256 = Some(staged.facts.sha256.clone());
        }
        self.seen.insert(id, line);
        self.summary.accepted += 1;
        (self.sink)(Entry::Accepted {
            filing: Box::new(filing),
            attachments: staged.into_iter().map(|staged| staged.facts).collect(),
            origin: Origin { file: place.file, line },
        });
        Ok(())
    }

    fn place(&self, line: Option<u64>) -> Place {
        Place { line, ..Place::file(&self.pack.list_shown) }
    }

    fn refuse_list(&mut self, refusal: &Refusal, line: Option<u64>) {
        let fault = refusal.fault(String::new(), &self.pack.list_shown);
        self.reject(vec![self.place(line).reject(fault)]);
    }

    fn reject_all(&mut self, place: &Place, faults: Vec<Fault>, cell: &dyn Fn(&Fault) -> Option<String>) {
        let told = |fault: Fault| Rejection { cell: cell(&fault), ..place.reject(fault) };
        self.reject(faults.into_iter().map(told).collect());
    }

    fn reject(&mut self, rejections: Vec<Rejection>) {
        self.summary.rejected += 1;
        (self.sink)(Entry::Rejected(rejections));
    }
}

/// Enough of a hash to tell filings apart without keeping their names.
fn fingerprint(filing: &Filing) -> [u8; 16] {
    let mut hasher = Sha256::new();
    hasher.update((filing.source.len() as u64).to_be_bytes());
    hasher.update(&filing.source);
    hasher.update(&filing.key);
    let mut id = [0; 16];
    id.copy_from_slice(&hasher.finalize()[..16]);
    id
}

fn doubled(filing: &Filing, first: u64) -> Fault {
    Fault {
        field: "key".into(),
        found: literal(&filing.key),
        expected: Message::new("intake.expect_once"),
        message: Message::new("intake.duplicate_filing").with("line", first),
    }
}

fn unknown_bit(fault: CodeFault) -> Fault {
    let CodeFault { field, fault } = fault;
    Fault {
        field,
        found: Message::new("intake.found_mask").with("mask", fault.mask).with("bit", fault.bit),
        expected: Message::new("intake.expect_bits"),
        message: Message::new("intake.mask_bit").with("list", fault.list.text()),
    }
}

/// UTF-8, with or without a byte-order mark.
fn text(bytes: &[u8]) -> Result<&str, Box<Fault>> {
    if let Some(fault) = utf16(bytes) {
        return Err(fault);
    }
    std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
        .map_err(|_| encoding(Message::new("intake.found_other_encoding")))
}

fn utf16(bytes: &[u8]) -> Option<Box<Fault>> {
    let mark = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    mark.then(|| encoding(literal("UTF-16")))
}

fn encoding(found: Message) -> Box<Fault> {
    Box::new(Fault {
        field: String::new(),
        found,
        expected: literal("UTF-8"),
        message: Message::new("intake.wrong_encoding"),
    })
}

#[cfg(test)]
mod tests;

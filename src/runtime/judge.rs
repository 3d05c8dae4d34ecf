//! Judging filings: from the store's case file to the checks and back with their findings.
//!
//! The checks are pure and take microseconds, so both the desk and the commands run them where they stand.

use std::cell::LazyCell;
use std::net::IpAddr;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::checks::{self, Check};
use crate::domain::case::{Case, Known, Prefixes, Provider};
use crate::domain::evidence::{HostAnswers, Observation, PageReading};
use crate::domain::finding::Finding;
use crate::domain::policy::{FIRST_VERSION, Policy};
use crate::domain::prefixes::PrefixList;
use crate::domain::provinces::ProvinceRules;
use crate::domain::revision::sha256_hex;
use crate::domain::workspace::{CaseFile, Cursor, Ticket};
use crate::store::{ReadStore, Store, StoreError};

/// Filings that are judged and saved in one transaction.
const PAGE: u32 = 500;

/// Judges by the workspace's policy, which is looked up at each turn; the provider's prefixes are read again only when
/// it names other ones.
#[derive(Debug, Default)]
pub struct Judge {
    standing: Option<Standing>,
    /// The last filing that could not be read: those behind it do not wait for it to be repaired.
    unread: Option<Cursor>,
}

/// What came of judging some of the filings that wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    pub kept: u64,
    /// There may be others that wait.
    pub more: bool,
}

/// What filings are judged by as long as the policy stands.
#[derive(Debug)]
pub struct Standing {
    policy: Policy,
    prefixes: KnownPrefixes,
}

/// The provider's address ranges, as far as they can be judged by.
#[derive(Debug)]
pub enum KnownPrefixes {
    NotGiven,
    /// Every filing's finding says so, and `verify` what is wrong with the file.
    Unreadable,
    Listed {
        version: String,
        list: Box<PrefixList>,
    },
}

impl Judge {
    /// What stands in the workspace now.
    pub fn standing(&mut self, store: &impl ReadStore) -> Result<&Standing, StoreError> {
        let policy = store.policy()?;
        let known = self.standing.take().filter(|standing| standing.policy.judges_as(&policy));
        let standing = known.unwrap_or_else(|| Standing::of(policy, store));
        Ok(self.standing.insert(standing))
    }

    /// What the checks say of a case on a day, by what stands in the workspace now.
    pub fn findings(
        &mut self,
        store: &impl ReadStore,
        case: &CaseFile,
        day: Date,
    ) -> Result<Vec<Finding>, StoreError> {
        let readings = readings(store, case)?;
        Ok(self.standing(store)?.findings(case, &readings.all, day))
    }
}

impl Standing {
    /// Which of the addresses that a case's evidence names are the provider's.
    pub fn ours(&self, case: &CaseFile) -> Vec<IpAddr> {
        let KnownPrefixes::Listed { list, .. } = &self.prefixes else { return Vec::new() };
        let hosts = case.evidence.iter().flat_map(|kept| match &kept.evidence.observation {
            Observation::Dns(answers) => answers.hosts.as_slice(),
            _ => &[],
        });
        hosts
            .flat_map(HostAnswers::addresses)
            .filter(|address| list.longest_match(*address).is_some())
            .collect()
    }

    /// What stands under a policy.
    pub fn of(policy: Policy, store: &impl ReadStore) -> Self {
        Standing { prefixes: prefixes(&policy, store), policy }
    }

    /// What the checks say of a case on a day, with the page readings that [`readings`] gives.
    pub fn findings(&self, case: &CaseFile, readings: &[PageReading], day: Date) -> Vec<Finding> {
        self.findings_of(checks::ALL, case, readings, day)
    }

    /// What these checks say.
    pub fn findings_of(
        &self,
        checks: &[&dyn Check],
        case: &CaseFile,
        readings: &[PageReading],
        day: Date,
    ) -> Vec<Finding> {
        let prefixes = match &self.prefixes {
            KnownPrefixes::NotGiven => Prefixes::NotGiven,
            KnownPrefixes::Unreadable => Prefixes::Unreadable,
            KnownPrefixes::Listed { version, list } => Prefixes::Listed { version, list },
        };
        let case = Case {
            filing: &case.filing,
            attachments: &case.attachments,
            relations: &case.relations,
            provinces: ProvinceRules::shipped(),
            provider: Provider { name: &self.policy.provider, prefixes },
            known: Known { evidence: &case.evidence, readings, rules: &self.policy.gather },
            day,
        };
        checks::judge_by(checks, &case)
    }
}

/// What the word lists find in the pages that a case's evidence names: as kept, else read anew. A text that is gone or
/// damaged has no reading, and the checks say so.
pub fn readings(store: &impl ReadStore, case: &CaseFile) -> Result<Readings, StoreError> {
    // Named only where a page asks: the lists are read into automata first.
    let lists = LazyCell::new(PageReading::lists);
    let mut readings = Readings::default();
    let pages = case.evidence.iter().flat_map(|kept| match &kept.evidence.observation {
        Observation::Website(visits) => visits.pages.as_slice(),
        _ => &[],
    });
    for sha256 in pages.filter_map(|page| page.text_sha256.as_deref()) {
        if readings.all.iter().any(|known| known.text_sha256 == sha256) {
            continue;
        }
        if let Some(kept) = store.page_reading(sha256, &lists)? {
            readings.all.push(kept);
        } else if let Ok(text) = store.read_attachment(sha256)
            && sha256_hex(&text) == sha256
        {
            let made = PageReading::of(sha256, &String::from_utf8_lossy(&text));
            readings.made.push(made.clone());
            readings.all.push(made);
        }
    }
    Ok(readings)
}

/// The page readings of a case.
#[derive(Debug, Default)]
pub struct Readings {
    pub all: Vec<PageReading>,
    /// Those that were not kept yet.
    pub made: Vec<PageReading>,
}

/// The list that the policy names: a file of the workspace, else the few prefixes of the policy itself.
pub fn prefixes(policy: &Policy, store: &impl ReadStore) -> KnownPrefixes {
    let (version, text) = match &policy.prefix_list {
        Some(file) => {
            let bytes = store.read_attachment(&file.sha256).ok();
            let whole = bytes.filter(|bytes| sha256_hex(bytes) == file.sha256);
            (file.version.clone(), whole.and_then(|bytes| String::from_utf8(bytes).ok()))
        }
        None if policy.provider_prefixes.is_empty() => return KnownPrefixes::NotGiven,
        None => (FIRST_VERSION.to_owned(), Some(policy.provider_prefixes.join("\n"))),
    };
    match text.map(|text| PrefixList::parse(&text)) {
        Some(Ok(list)) => KnownPrefixes::Listed { version, list: Box::new(list) },
        _ => KnownPrefixes::Unreadable,
    }
}

/// Judges at most `limit` filings that wait for it. Those that cannot be read are passed over until all the others are
/// judged, and then tried again.
pub fn some(
    judge: &mut Judge,
    store: &mut impl Store,
    limit: u32,
    day: Date,
    now: Timestamp,
) -> Result<Turn, StoreError> {
    let tickets = store.pending(judge.unread, limit)?;
    let mut unread = None;
    let standing = judge.standing(store)?;
    let mut page: Vec<(Ticket, Vec<Finding>)> = Vec::with_capacity(tickets.len());
    let mut made = Vec::new();
    for ticket in tickets {
        let case = match store.case(&ticket.filing, now) {
            Ok(case) => case,
            // It stays marked, and opening it or `verify` says what is wrong; the others must not wait for it.
            Err(StoreError::Damaged { .. }) => {
                unread = Some(ticket.cursor);
                continue;
            }
            Err(error) => return Err(error),
        };
        let readings = readings(store, &case)?;
        let findings = standing.findings(&case, &readings.all, day);
        made.extend(readings.made);
        page.push((case.ticket, findings));
    }
    if !made.is_empty() {
        store.save_page_readings(&made)?;
    }
    let kept = if page.is_empty() { 0 } else { store.save_findings(day, &page)? };
    // Nothing kept and nothing passed over: all is judged, or another process does the same work and is ahead.
    let more = kept > 0 || unread.is_some();
    judge.unread = if more { unread.or(judge.unread) } else { None };
    Ok(Turn { kept, more })
}

/// Judges every filing that waits for it (new, changed, or related to one that is) and answers how many.
/// `progress` is told the number so far after each page.
pub fn pending(
    store: &mut impl Store,
    day: Date,
    now: Timestamp,
    progress: &mut dyn FnMut(u64),
) -> Result<u64, StoreError> {
    let (mut judge, mut judged) = (Judge::default(), 0);
    loop {
        let turn = some(&mut judge, store, PAGE, day, now)?;
        if !turn.more {
            return Ok(judged);
        }
        judged += turn.kept;
        progress(judged);
    }
}

//! Effects, carried out on a workspace: what the machine wants done becomes transactions, and their answers messages.
//!
//! Synchronous, so that tests drive the same code without threads; the desk calls it on the threads of [`super::jobs`].

use std::cell::RefCell;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::judge::{self, Judge, Turn};
use super::own_places::PlacesFile;
use crate::app::effect::{Effect, EvidenceMsg, Msg, Opened, Target};
use crate::app::rail;
use crate::domain::daybook::Event;
use crate::domain::decision::Draft;
use crate::domain::finding::{EvidenceRef, Finding};
use crate::domain::message::Message;
use crate::domain::revision::sha256_hex;
use crate::domain::workspace::{Actor, CaseFile, ClaimNext, Cursor, FilingState, Filter, FilterState};
use crate::store::{ReadStore, Store, StoreError};

/// How many of a reviewer's decisions the withdraw list shows.
const MINE: u32 = 200;

/// Which filing comes after a decision.
struct Next<'a> {
    after: Cursor,
    /// One whose hold has ended goes before.
    due_first: bool,
    filter: &'a Filter,
}

/// Who works, and where the day begins.
#[derive(Debug)]
pub struct Desk {
    pub actor: Actor,
    pub zone: TimeZone,
    judge: RefCell<Judge>,
    /// Where the reviewer's own places are kept; none: nowhere.
    places: Option<PlacesFile>,
}

/// Each thread keeps its own view of the policy.
impl Clone for Desk {
    fn clone(&self) -> Self {
        Desk { places: self.places.clone(), ..Desk::new(self.actor.clone(), self.zone.clone()) }
    }
}

impl Desk {
    pub fn new(actor: Actor, zone: TimeZone) -> Self {
        Desk { actor, zone, judge: RefCell::default(), places: None }
    }

    /// The same, and the reviewer's own places are kept in a file.
    #[must_use]
    pub fn keeping_places(self, file: PlacesFile) -> Self {
        Desk { places: Some(file), ..self }
    }

    /// The day of a moment in the workspace.
    pub fn day(&self, now: Timestamp) -> Date {
        now.to_zoned_datetime(self.zone.clone()).date()
    }

    /// A failure as the reviewer reads it: times are the workspace's.
    fn fault(&self, error: &StoreError) -> Message {
        error.message().in_zone(&self.zone)
    }

    fn judged(
        &self,
        store: &impl ReadStore,
        mut file: CaseFile,
        now: Timestamp,
    ) -> Result<Box<Opened>, StoreError> {
        let mut judge = self.judge.borrow_mut();
        let findings = judge.findings(store, &file, self.day(now))?;
        file.elsewhere = store.elsewhere(&file.reference(), &named(&findings))?;
        let ours = judge.standing(store)?.ours(&file);
        Ok(Box::new(Opened { file, findings, ours }))
    }

    /// Judges at most `limit` filings that wait for it.
    pub fn judge_some(&self, store: &mut impl Store, limit: u32, now: Timestamp) -> Result<Turn, StoreError> {
        judge::some(&mut self.judge.borrow_mut(), store, limit, self.day(now), now)
    }

    /// Effects that only read; none for the others.
    pub fn read(&self, store: &impl ReadStore, effect: &Effect, now: Timestamp) -> Option<Msg> {
        let answer = match effect {
            Effect::LoadPage { at, filter } => {
                let page = store.queue(filter, *at, rail::PAGE, now);
                page.map(|page| Msg::Page { at: *at, filter: filter.clone(), page })
            }
            Effect::Search { generation, filter, at } => {
                let page = store.queue(filter, *at, rail::PAGE, now).map_err(|error| error.message());
                Ok(Msg::Found { generation: *generation, at: *at, page })
            }
            Effect::LoadCounts => store
                .counts(&self.actor.reviewer, now)
                .and_then(|counts| Ok(Msg::Counts(counts, Box::new(store.policy()?)))),
            Effect::Peek(reference) => {
                store.case(reference, now).and_then(|file| self.judged(store, file, now)).map(Msg::Peeked)
            }
            Effect::LoadMine => {
                store.my_decisions(&self.actor.reviewer, self.day(now), MINE, None, now).map(Msg::Mine)
            }
            Effect::ReadText(sha256) => {
                let text =
                    store.read_attachment(sha256).map_err(|error| self.fault(&error)).and_then(|bytes| {
                        let whole = sha256_hex(&bytes) == *sha256;
                        let damaged = || Message::new("desk.text_damaged");
                        if whole { Ok(String::from_utf8_lossy(&bytes).into()) } else { Err(damaged()) }
                    });
                Ok(Msg::Evidence(EvidenceMsg::Text { sha256: sha256.clone(), text }))
            }
            _ => return None,
        };
        Some(answer.unwrap_or_else(|error| Msg::Trouble(self.fault(&error))))
    }

    /// Effects that write.
    pub fn write(&self, store: &mut impl Store, effect: Effect, now: Timestamp) -> Option<Msg> {
        match effect {
            Effect::Open { generation, target, filter, release } => {
                Some(self.open(store, generation, target, &filter, release.as_deref(), now))
            }
            Effect::Decide { draft, needs_second_review, after, due_first, filter } => {
                let next = Next { after, due_first, filter: &filter.to_work() };
                Some(self.decide(store, &draft, needs_second_review, next, now))
            }
            Effect::Withdraw(reference) => Some(match store.withdraw(&reference, now, &self.actor) {
                Ok(_) => Msg::Withdrawn { key: reference, at: now },
                Err(error) => Msg::NotWithdrawn(self.fault(&error)),
            }),
            Effect::Reveal { key, object } => {
                let event = Event::Reveal { filing: key.clone(), object: object.clone() };
                Some(match store.append(&event, now, &self.actor) {
                    Ok(_) => Msg::Revealed { key, object },
                    Err(error) => Msg::Trouble(self.fault(&error)),
                })
            }
            Effect::Compare(seen) => {
                let event = Event::Compare {
                    filing: seen.filing.clone(),
                    attachment: seen.sha256.clone(),
                    beside: seen.beside.clone(),
                };
                let recorded = store.append(&event, now, &self.actor);
                Some(Msg::Compared(seen, recorded.map(|_| ()).map_err(|error| self.fault(&error))))
            }
            Effect::Renew(reference) => {
                store.renew(&reference, now, &self.actor).err().map(|error| Msg::Trouble(self.fault(&error)))
            }
            Effect::Release(reference) => {
                store.release(&reference, &self.actor).err().map(|error| Msg::Trouble(self.fault(&error)))
            }
            Effect::Keep { run, key, gathered } => {
                let not_kept = |gathered, error| {
                    let fault = self.fault(&error);
                    Msg::Evidence(EvidenceMsg::NotKept { run, gathered, fault })
                };
                if let Err(error) = store.keep_evidence(&gathered, now, &self.actor) {
                    return Some(not_kept(gathered, error));
                }
                // It is durable from here on, whatever becomes of the case.
                let judged = store.case(&key, now).and_then(|file| self.judged(store, file, now));
                Some(match judged {
                    Ok(case) => Msg::Evidence(EvidenceMsg::Learnt { run, case }),
                    Err(error) => not_kept(Vec::new(), error),
                })
            }
            Effect::ReadText(_)
            | Effect::LoadPage { .. }
            | Effect::Search { .. }
            | Effect::LoadCounts
            | Effect::Peek(_)
            | Effect::LoadMine => self.read(store, &effect, now),
            Effect::KeepPlaces(places) => {
                let kept = self.places.as_ref().map_or(Ok(()), |file| file.keep(&places));
                kept.err().map(Msg::Trouble)
            }
            // Whoever asks the sources is wired beside the store.
            Effect::Gather { .. } | Effect::Quit => None,
        }
    }

    fn open(
        &self,
        store: &mut impl Store,
        generation: u64,
        target: Target,
        filter: &Filter,
        release: Option<&str>,
        now: Timestamp,
    ) -> Msg {
        if let Some(reference) = release
            && let Err(error) = store.release(reference, &self.actor)
        {
            return Msg::OpenFailed { generation, key: reference.to_owned(), fault: self.fault(&error) };
        }
        let (key, claimed) = match target {
            Target::Filing(reference) => {
                let claimed = store.claim(&reference, now, &self.actor).map(Some);
                (reference, claimed)
            }
            Target::Next(after) => (String::new(), self.claim_next(store, &filter.to_work(), after, now)),
        };
        let judged = claimed.and_then(|file| file.map(|file| self.judged(store, file, now)).transpose());
        match judged {
            Ok(case) => Msg::Opened { generation, case },
            Err(error) => Msg::OpenFailed { generation, key, fault: self.fault(&error) },
        }
    }

    /// The first free filing after a place, else from the start.
    fn claim_next(
        &self,
        store: &mut impl Store,
        filter: &Filter,
        after: Option<Cursor>,
        now: Timestamp,
    ) -> Result<Option<CaseFile>, StoreError> {
        let next = |after| ClaimNext { filter: filter.clone(), after };
        match (store.claim_next(next(after), now, &self.actor)?, after) {
            (None, Some(_)) => store.claim_next(next(None), now, &self.actor),
            (found, _) => Ok(found),
        }
    }

    fn decide(
        &self,
        store: &mut impl Store,
        draft: &Draft,
        needs_second_review: bool,
        next: Next<'_>,
        now: Timestamp,
    ) -> Msg {
        let key = draft.filing.clone();
        let Next { after, due_first, filter } = next;
        let next = if due_first {
            let held = Filter { state: FilterState::State(FilingState::Hold), ..filter.clone() };
            ClaimNext { filter: held, after: None }
        } else {
            ClaimNext { filter: filter.clone(), after: Some(after) }
        };
        let record =
            |store: &mut _, next| Store::record(store, draft, needs_second_review, next, now, &self.actor);
        let recorded = match record(store, Some(next)) {
            // Nothing was kept. If it is the next case that is damaged, it does not stand in the way of this decision.
            Err(StoreError::Damaged { .. }) => record(store, None),
            recorded => recorded,
        };
        match recorded {
            Ok(recorded) => {
                // The decision is durable from here on, whatever becomes of the next case.
                let next = match recorded.next {
                    Some(file) => Ok(Some(file)),
                    None => self.claim_next(store, filter, due_first.then_some(after), now),
                };
                let judged = next.and_then(|file| file.map(|file| self.judged(store, file, now)).transpose());
                let next = judged.map_err(|error| self.fault(&error));
                Msg::Saved { key, state: recorded.decision, at: now, next }
            }
            Err(error) => Msg::NotSaved { key, fault: self.fault(&error) },
        }
    }
}

/// The keys of other filings that findings name.
fn named(findings: &[Finding]) -> Vec<&str> {
    let mut named: Vec<&str> = findings
        .iter()
        .flat_map(|finding| &finding.evidence)
        .filter_map(|evidence| match evidence {
            EvidenceRef::Filing(key) => Some(key.as_str()),
            _ => None,
        })
        .collect();
    named.sort_unstable();
    named.dedup();
    named
}

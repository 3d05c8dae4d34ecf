//! Effects, carried out on a workspace: what the machine wants done becomes transactions, and their answers messages.
//!
//! Synchronous, so that tests drive the same code without threads; the desk calls it on the threads of [`super::jobs`].

use std::cell::RefCell;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::judge::{self, Judge};
use crate::app::effect::{Effect, Msg, Opened, Target};
use crate::app::rail;
use crate::domain::daybook::Event;
use crate::domain::decision::Draft;
use crate::domain::workspace::{Actor, CaseFile, ClaimNext, Cursor, FilingState, QueueFilter};
use crate::store::{ReadStore, Store, StoreError};

/// How many of a reviewer's decisions the withdraw list shows.
const MINE: u32 = 200;

/// Who works, and where the day begins.
#[derive(Debug)]
pub struct Desk {
    pub actor: Actor,
    pub zone: TimeZone,
    judge: RefCell<Judge>,
}

/// Each thread keeps its own view of the policy.
impl Clone for Desk {
    fn clone(&self) -> Self {
        Desk::new(self.actor.clone(), self.zone.clone())
    }
}

impl Desk {
    pub fn new(actor: Actor, zone: TimeZone) -> Self {
        Desk { actor, zone, judge: RefCell::default() }
    }

    /// The day of a moment in the workspace.
    pub fn day(&self, now: Timestamp) -> Date {
        now.to_zoned_datetime(self.zone.clone()).date()
    }

    fn judged(
        &self,
        store: &impl ReadStore,
        file: CaseFile,
        now: Timestamp,
    ) -> Result<Box<Opened>, StoreError> {
        let findings = self.judge.borrow_mut().standing(store)?.findings(&file, self.day(now));
        Ok(Box::new(Opened { file, findings }))
    }

    /// Judges at most `limit` filings that wait for it and answers how many were kept.
    pub fn judge_some(&self, store: &mut impl Store, limit: u32, now: Timestamp) -> Result<u64, StoreError> {
        judge::some(&mut self.judge.borrow_mut(), store, limit, self.day(now), now)
    }

    /// Effects that only read; none for the others.
    pub fn read(&self, store: &impl ReadStore, effect: &Effect, now: Timestamp) -> Option<Msg> {
        let answer = match effect {
            Effect::LoadPage(at) => {
                store.queue(QueueFilter::Work, *at, rail::PAGE, now).map(|page| Msg::Page { at: *at, page })
            }
            Effect::LoadCounts => store.counts(&self.actor.reviewer, now).map(Msg::Counts),
            Effect::Peek(reference) => {
                store.case(reference, now).and_then(|file| self.judged(store, file, now)).map(Msg::Peeked)
            }
            Effect::LoadMine => {
                store.my_decisions(&self.actor.reviewer, self.day(now), MINE, None, now).map(Msg::Mine)
            }
            _ => return None,
        };
        Some(answer.unwrap_or_else(|error| Msg::Trouble(error.message())))
    }

    /// Effects that write.
    pub fn write(&self, store: &mut impl Store, effect: Effect, now: Timestamp) -> Option<Msg> {
        match effect {
            Effect::Open { generation, target, release } => {
                Some(self.open(store, generation, target, release.as_deref(), now))
            }
            Effect::Decide { draft, needs_second_review, after, due_first } => {
                Some(self.decide(store, &draft, needs_second_review, after, due_first, now))
            }
            Effect::Withdraw(reference) => Some(match store.withdraw(&reference, now, &self.actor) {
                Ok(_) => Msg::Withdrawn { key: reference, at: now },
                Err(error) => Msg::NotWithdrawn(error.message()),
            }),
            Effect::Reveal { key, object } => {
                let event = Event::Reveal { filing: key.clone(), object: object.clone() };
                Some(match store.append(&event, now, &self.actor) {
                    Ok(_) => Msg::Revealed { key, object },
                    Err(error) => Msg::Trouble(error.message()),
                })
            }
            Effect::Renew(reference) => {
                store.renew(&reference, now, &self.actor).err().map(|error| Msg::Trouble(error.message()))
            }
            Effect::Release(reference) => {
                store.release(&reference, &self.actor).err().map(|error| Msg::Trouble(error.message()))
            }
            Effect::LoadPage(_) | Effect::LoadCounts | Effect::Peek(_) | Effect::LoadMine => {
                self.read(store, &effect, now)
            }
            Effect::Quit => None,
        }
    }

    fn open(
        &self,
        store: &mut impl Store,
        generation: u64,
        target: Target,
        release: Option<&str>,
        now: Timestamp,
    ) -> Msg {
        if let Some(reference) = release
            && let Err(error) = store.release(reference, &self.actor)
        {
            return Msg::OpenFailed { generation, key: reference.to_owned(), fault: error.message() };
        }
        let (key, claimed) = match target {
            Target::Filing(reference) => {
                let claimed = store.claim(&reference, now, &self.actor).map(Some);
                (reference, claimed)
            }
            Target::Next(after) => (String::new(), self.claim_next(store, after, now)),
        };
        let judged = claimed.and_then(|file| file.map(|file| self.judged(store, file, now)).transpose());
        match judged {
            Ok(case) => Msg::Opened { generation, case },
            Err(error) => Msg::OpenFailed { generation, key, fault: error.message() },
        }
    }

    /// The first free filing after a place, else from the start.
    fn claim_next(
        &self,
        store: &mut impl Store,
        after: Option<Cursor>,
        now: Timestamp,
    ) -> Result<Option<CaseFile>, StoreError> {
        let next = |after| ClaimNext { filter: QueueFilter::Work, after };
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
        after: Cursor,
        due_first: bool,
        now: Timestamp,
    ) -> Msg {
        let key = draft.filing.clone();
        let next = if due_first {
            ClaimNext { filter: QueueFilter::State(FilingState::Hold), after: None }
        } else {
            ClaimNext { filter: QueueFilter::Work, after: Some(after) }
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
                    None => self.claim_next(store, due_first.then_some(after), now),
                };
                let judged = next.and_then(|file| file.map(|file| self.judged(store, file, now)).transpose());
                let next = judged.map_err(|error| error.message());
                Msg::Saved { key, state: recorded.decision, at: now, next }
            }
            Err(error) => Msg::NotSaved { key, fault: error.message() },
        }
    }
}

//! What is still to be asked: page by page from the workspace, without what is fresh.

use jiff::Timestamp;
use tokio::sync::mpsc;

use super::{Order, Tell, Told, Whose};
use crate::domain::evidence::{Gatherer, Want};
use crate::domain::policy::GatherPolicy;
use crate::store::{ReadStore, SqliteReader, StoreError};

/// Subjects that are read at a time.
const PAGE: u32 = 500;

/// The wants of one gatherer.
pub(super) struct Feed {
    pub gatherer: Gatherer,
    pub order: Order,
    pub rules: GatherPolicy,
    /// Without its program nothing is learnt by asking a second time.
    pub missing: bool,
    /// When the run began: what came since then was due.
    pub began: Timestamp,
    pub store: SqliteReader,
}

impl Feed {
    /// Says how much there is to be done.
    pub fn count(&self, tell: &Tell) -> Result<(), StoreError> {
        let (mut due, mut fresh) = (0, 0);
        self.each(|want, is_due| {
            let came = want.newest.is_some_and(|(at, _)| at >= self.began);
            if is_due || came {
                due += 1;
            } else {
                fresh += 1;
            }
            true
        })?;
        tell(Told::Counted { gatherer: self.gatherer, due, fresh });
        Ok(())
    }

    /// Hands on what is due, as fast as it is taken, until nobody takes it any more.
    pub fn run(&self, lane: &mpsc::Sender<Want>) -> Result<(), StoreError> {
        self.each(|want, is_due| !is_due || lane.blocking_send(want).is_ok())
    }

    fn each(&self, mut take: impl FnMut(Want, bool) -> bool) -> Result<(), StoreError> {
        if let Whose::These(wants) = &self.order.whose {
            for want in wants.iter().filter(|want| want.gatherer == self.gatherer) {
                if !take(want.clone(), self.is_due(want)?) {
                    break;
                }
            }
            return Ok(());
        }
        let mut after = None;
        loop {
            let page = self.store.wants(self.gatherer, after.as_ref(), PAGE)?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.subject.clone());
            for want in page {
                let is_due = self.is_due(&want)?;
                if !take(want, is_due) {
                    return Ok(());
                }
            }
        }
    }

    fn is_due(&self, want: &Want) -> Result<bool, StoreError> {
        if want.newest.is_none() || self.order.again {
            return Ok(true);
        }
        if self.missing {
            return Ok(false);
        }
        let last = self.store.newest_evidence(want.gatherer, &want.subject)?;
        let outcome = last.map(|kept| kept.evidence.observation.outcome());
        Ok(want.is_due(outcome, &self.rules, Timestamp::now()))
    }
}

//! What happened in the demo the day before: the workspace was made with the provider's address ranges, some filings
//! were handed in, and another reviewer decided them.
//!
//! Since then an applicant has handed one in again; a call that was put off falls due later in the day.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use super::demo_pack::{self, Earlier, Expectation};
use super::error::{CliError, Exit};
use super::import::limits;
use super::policy;
use super::session::{Session, day, zone};
use crate::domain::decision::{Conclusion, Draft, Grade};
use crate::domain::message::Message;
use crate::domain::policy::Policy;
use crate::domain::prefixes::{PrefixFault, PrefixList};
use crate::domain::replay::Basis;
use crate::domain::workspace::{Actor, ImportItem, reference};
use crate::intake::{self, Entry};
use crate::runtime::judge::{self, Judge};
use crate::store::{ReadStore, SqliteStore, Store};

/// Who reviewed the day before; nobody of this name signs in.
const REVIEWER: &str = "演示初审";

/// The version that the list of the provider's address ranges goes by.
const LIST: &str = "2025-12";

/// How long before the making of the demo its day before begins: all of it is over on the day before.
const LONG_BEFORE: SignedDuration = SignedDuration::from_hours(25);

/// Between one decision and the next.
const PACE: SignedDuration = SignedDuration::from_mins(4);

/// How long after the making of the demo a filing that was put off is to be taken up again: what is due comes first,
/// and a tour should not begin with it.
const PUT_OFF: SignedDuration = SignedDuration::from_hours(2);

/// The day before, of a demo that is being made.
pub struct DayBefore<'a> {
    pub session: &'a Session,
    /// When the demo is made.
    pub made: Timestamp,
    pub pack: &'a Path,
    pub samples: &'a BTreeMap<String, Expectation>,
    /// Touches each filing as it will be touched when it is handed in again: what did not change must be the same
    /// filing then.
    pub prepare: &'a dyn Fn(&mut ImportItem),
}

impl DayBefore<'_> {
    /// Makes the workspace and all that happened in it.
    pub fn create(&self, workspace: &Path) -> Result<SqliteStore, CliError> {
        let actor = Actor { reviewer: REVIEWER.to_owned(), uid: self.session.actor.uid };
        let began = self.made.checked_sub(LONG_BEFORE).unwrap_or(self.made);
        let settings = self.session.config.policy.clone();
        let plain = Policy { provider: demo_pack::PROVIDER.to_owned(), ..settings };
        let mut store = SqliteStore::create(workspace, &plain, began, &actor)?;
        let list = PrefixList::parse(demo_pack::PREFIXES)
            .map_err(|faults| self.broken(faults.first().map(PrefixFault::message)))?;
        let bytes = demo_pack::PREFIXES.as_bytes();
        let policy = policy::with_list(&store, plain, LIST.to_owned(), bytes, &list)?;
        let before = store.policy()?;
        store.set_policy(&policy, &before, began, &actor)?;
        let items = self.read(&store)?;
        store.import(&items, began, &actor)?;
        self.decide(&mut store, &items, began, &actor)?;
        Ok(store)
    }

    fn decide(
        &self,
        store: &mut SqliteStore,
        items: &[ImportItem],
        began: Timestamp,
        actor: &Actor,
    ) -> Result<(), CliError> {
        let zone = zone(store)?;
        let mut judge = Judge::default();
        judge::pending(store, day(began, &zone), began, &mut |_| {})?;
        let mut moment = began;
        for item in items {
            let key = &item.filing.key;
            let Some(said) = self.samples.get(key).and_then(|sample| sample.earlier.as_ref()) else {
                continue;
            };
            moment = moment.checked_add(PACE).unwrap_or(moment);
            let case = store.claim(&reference(demo_pack::SOURCE, key), moment, actor)?;
            let (conclusion, opinion) = self.conclusion(said);
            let draft = Draft {
                filing: case.reference(),
                revision: case.revision.clone(),
                seen: None,
                conclusion,
                opinion,
                internal_note: String::new(),
                findings: judge.findings(store, &case, day(moment, &zone))?,
                shown: Vec::new(),
                not_asked_again: Vec::new(),
                basis: Basis::of(&case),
                second_review: false,
            };
            let needs_second = draft.needs_second_review(&self.session.catalogue);
            store.record(&draft, needs_second, None, moment, actor)?;
        }
        Ok(())
    }

    /// What was decided, and the opinion that goes with it.
    fn conclusion(&self, said: &Earlier) -> (Conclusion, String) {
        match said {
            Earlier::Fail { reasons, opinion } => {
                (Conclusion::Fail { grade: Grade::Revise, reasons: reasons.clone() }, opinion.clone())
            }
            Earlier::Hold(kind) => {
                let until = self.made.checked_add(PUT_OFF).ok();
                (Conclusion::Hold { hold: *kind, until }, String::new())
            }
        }
    }

    /// The filings as they were.
    fn read(&self, store: &SqliteStore) -> Result<Vec<ImportItem>, CliError> {
        let mut items = Vec::new();
        let mut rejected = None;
        let mut vault = store.vault();
        let list = self.pack.join(demo_pack::EARLIER);
        let limits = limits(&self.session.config.intake);
        intake::read(&list, &limits, &mut vault, &mut |entry| match entry {
            Entry::Accepted { filing, attachments, .. } => {
                items.push(ImportItem { filing: *filing, attachments });
            }
            Entry::Evidence { .. } => {}
            Entry::Rejected(rejections) => rejected = rejections.into_iter().next(),
        })
        .map_err(|error| self.broken(Some(error.message())))?;
        if let Some(rejection) = rejected {
            return Err(self.broken(Some(rejection.message)));
        }
        items.iter_mut().for_each(self.prepare);
        Ok(items)
    }

    fn broken(&self, detail: Option<Message>) -> CliError {
        let detail = detail.map(|detail| detail.text(self.session.out.lang));
        CliError::new(
            Exit::Failed,
            Message::new("cli.demo_broken").with("detail", detail.unwrap_or_default()),
            Message::new("cli.demo_broken_hint"),
        )
    }
}

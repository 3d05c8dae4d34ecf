//! The run itself, with sources that tests make.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use heyan::domain::evidence::{
    Answer, DnsAnswers, Evidence, FaultKind, Gathered, Gatherer, HostAnswers, Means, Observation, Outcome,
    Subject, Want,
};
use heyan::evidence::{Answering, Source};
use heyan::runtime::gather::{
    Asked, Batch, GatherOptions, Gatherers, Order, Pace, Stopper, Told, Whose, Wired,
};
use heyan::store::{ReadStore, SqliteStore};
use jiff::Timestamp;

use crate::workspace::{actor, of};

/// Resolves every domain; after so many it is silent for ever, or says that nobody answers.
#[derive(Default)]
struct Resolver {
    asked: AtomicU64,
    silent_after: Option<u64>,
    unreachable: bool,
}

impl Source for Resolver {
    fn gatherer(&self) -> Gatherer {
        Gatherer::Dns
    }

    fn host(&self, _: &Subject) -> String {
        "192.0.2.53".into()
    }

    fn ask<'a>(&'a self, subject: &'a Subject, now: Timestamp) -> Answering<'a> {
        let number = self.asked.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move {
            if self.silent_after.is_some_and(|most| number >= most) {
                std::future::pending::<()>().await;
            }
            let ipv4 = if self.unreachable {
                Answer::Timeout
            } else {
                Answer::Found(vec!["203.0.113.9".parse().unwrap()])
            };
            let host = HostAnswers { host: subject.to_string(), aliases: vec![], ipv4, ipv6: Answer::NoData };
            Gathered::from(Evidence {
                version: 1,
                subject: subject.clone(),
                means: Means::Machine,
                source: "192.0.2.53".into(),
                observed_at: now,
                allowed_networks: Vec::new(),
                observation: Observation::Dns(DnsAnswers { hosts: vec![host], name_servers: Answer::NoData }),
            })
        })
    }
}

#[derive(Debug, Default)]
struct Heard {
    kept: Vec<(Subject, Outcome)>,
    due: BTreeMap<Gatherer, u64>,
    fresh: u64,
    left: Vec<String>,
    unasked: u64,
    batches: Vec<usize>,
}

/// Runs to the end; `meanwhile` hears what was kept so far and may stop the run.
fn run(
    folder: &Path,
    source: &Arc<Resolver>,
    order: Order,
    meanwhile: impl Fn(usize, &Stopper) + Send + Sync + 'static,
) -> Heard {
    let wired = Arc::clone(source);
    let pace = Pace { at_once: 16, per_host: 16, pause: Duration::from_millis(1), ..Pace::default() };
    let gatherers = Gatherers::start(GatherOptions {
        workspace: folder.to_owned(),
        actor: actor(),
        wiring: Box::new(move |_| {
            let source: Arc<dyn Source> = wired.clone();
            Ok(Wired { asked: vec![Asked { source, pace, missing: false }], absent: Vec::new() })
        }),
        batch: Batch { pieces: 7, within: Duration::from_millis(20), ..Batch::default() },
        grace: Duration::ZERO,
    })
    .unwrap();
    let heard = Arc::new(Mutex::new(Heard::default()));
    let stopper: Arc<Mutex<Option<Stopper>>> = Arc::default();
    let (hears, stops) = (Arc::clone(&heard), Arc::clone(&stopper));
    // Nobody hears anything before the run can be stopped.
    let mut holds = stopper.lock().unwrap();
    let tell = move |told| {
        let stopper = stops.lock().unwrap();
        let mut heard = hears.lock().unwrap();
        match told {
            Told::Counted { gatherer, due, fresh } => {
                heard.due.insert(gatherer, due);
                heard.fresh += fresh;
            }
            Told::Kept(kept) => {
                heard.batches.push(kept.len());
                heard.kept.extend(
                    kept.into_iter().map(|kept| (kept.evidence.subject, kept.evidence.observation.outcome())),
                );
                meanwhile(heard.kept.len(), stopper.as_ref().unwrap());
            }
            Told::Absent { .. } => {}
            Told::LeftHost { host, .. } => heard.left.push(host),
            Told::Unasked { count, .. } => heard.unasked += count,
        }
    };
    let run = gatherers.gather(order, Arc::new(tell)).unwrap();
    *holds = Some(run.stopper());
    drop(holds);
    run.join().unwrap();
    drop(gatherers);
    std::mem::take(&mut *heard.lock().unwrap())
}

fn everything() -> Order {
    Order { whose: Whose::Queue, only: Vec::new(), again: false }
}

fn wanted(store: &SqliteStore) -> Vec<Want> {
    store.wants(Gatherer::Dns, None, 10_000).unwrap()
}

#[test]
fn everything_is_asked_once_and_then_it_is_fresh() {
    let folder = tempfile::tempdir().unwrap();
    let store = of(folder.path(), 60);
    let subjects = wanted(&store).len();
    assert!(subjects > 40, "{subjects}");
    let source = Arc::new(Resolver::default());
    let heard = run(folder.path(), &source, everything(), |_, _| {});
    assert_eq!(heard.kept.len(), subjects);
    assert!(heard.batches.iter().all(|batch| *batch <= 7), "{:?}", heard.batches);
    assert_eq!((heard.due[&Gatherer::Dns], heard.fresh), (subjects as u64, 0));
    assert!(wanted(&store).iter().all(|want| want.newest.is_some()));

    let heard = run(folder.path(), &source, everything(), |_, _| {});
    assert_eq!((heard.kept.len(), heard.fresh), (0, subjects as u64));
    assert_eq!(source.asked.load(Ordering::SeqCst), subjects as u64);

    let some = wanted(&store).into_iter().take(3).collect();
    let again = Order { whose: Whose::These(some), only: Vec::new(), again: true };
    assert_eq!(run(folder.path(), &source, again, |_, _| {}).kept.len(), 3);
    let other = Order { only: vec![Gatherer::Website], ..everything() };
    assert_eq!(run(folder.path(), &source, other, |_, _| {}).due.len(), 0);
    assert!(store.verify(&mut |_| {}).unwrap().problems.is_empty());
}

#[test]
fn what_came_before_a_stop_is_kept_and_the_next_run_goes_on_from_there() {
    let folder = tempfile::tempdir().unwrap();
    let store = of(folder.path(), 60);
    let subjects = wanted(&store).len();
    let silent = Arc::new(Resolver { silent_after: Some(30), ..Resolver::default() });
    let heard = run(folder.path(), &silent, everything(), |kept, stopper| {
        if kept == 30 {
            stopper.stop();
        }
    });
    assert_eq!(heard.kept.len(), 30);
    let source = Arc::new(Resolver::default());
    let heard = run(folder.path(), &source, everything(), |_, _| {});
    assert_eq!((heard.kept.len(), heard.fresh), (subjects - 30, 30));
    assert!(store.verify(&mut |_| {}).unwrap().problems.is_empty());
}

#[test]
fn a_host_that_never_answers_is_left_and_the_rest_waits_for_the_next_run() {
    let folder = tempfile::tempdir().unwrap();
    let store = of(folder.path(), 60);
    let source = Arc::new(Resolver { unreachable: true, ..Resolver::default() });
    let heard = run(folder.path(), &source, everything(), |_, _| {});
    assert_eq!(heard.left, ["192.0.2.53"]);
    let silence = Outcome::NoAnswer(FaultKind::Timeout);
    assert!(heard.kept.iter().all(|(_, outcome)| *outcome == silence));
    assert_eq!(heard.kept.len() as u64 + heard.unasked, wanted(&store).len() as u64);
    assert!(heard.kept.len() < 25, "{}", heard.kept.len());
}

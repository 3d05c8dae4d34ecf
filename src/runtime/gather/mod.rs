//! Gathering at work (证据采集): which subjects are due, who asks how many at once, when to stop, and one who writes.
//!
//! [`Gatherers`] has an async runtime of its own; everybody else goes on waiting on plain threads. For each gatherer a
//! thread reads the workspace page by page ([`feed`]), a task asks within the pace of its hosts ([`lane`], [`hosts`]),
//! and one thread for all writes batches ([`writer`]). What is there is fresh, so a run that was stopped is continued by
//! the next one. Which sources there are is wired in [`sources`]; what they ask, and how, is `evidence`'s.

mod desk;
mod feed;
mod hosts;
mod lane;
mod signals;
mod sources;
mod writer;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::sync::{mpsc, watch};

use self::feed::Feed;
use self::lane::Lane;
use self::writer::Writer;
use crate::domain::evidence::{Fault, Gathered, Gatherer, KeptEvidence, Want};
use crate::domain::message::Message;
use crate::domain::policy::GatherPolicy;
use crate::domain::safe::safe;
use crate::domain::workspace::Actor;
use crate::evidence::Source;
use crate::store::{ReadStore, SqliteStore, StoreError};

pub use hosts::Pace;
pub use signals::{Watch, watch_signals};
pub use sources::SourceOptions;
pub use writer::Batch;

/// A source, how fast it may be asked, and whether the program is missing without which it learns nothing.
#[derive(Clone)]
pub struct Asked {
    pub source: Arc<dyn Source>,
    pub pace: Pace,
    pub missing: bool,
}

/// The sources of a run.
pub struct Wired {
    pub asked: Vec<Asked>,
    /// What cannot be used here, and why: told once.
    pub absent: Vec<(Gatherer, Fault)>,
}

/// Makes the sources for the rules that stand in the workspace when a run begins.
pub type Wiring = dyn Fn(&GatherPolicy) -> Result<Wired, WiringFault> + Send + Sync;

/// Why there are no sources.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct WiringFault(pub String);

/// What gatherers are started with.
pub struct GatherOptions {
    pub workspace: PathBuf,
    pub actor: Actor,
    pub wiring: Box<Wiring>,
    pub batch: Batch,
    /// How long what is on its way may still take after the first stop.
    pub grace: Duration,
}

/// Whose evidence is gathered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// Of every filing that is not decided.
    Queue,
    These(Vec<Want>),
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    pub whose: Whose,
    /// None: all that can be asked.
    pub only: Vec<Gatherer>,
    /// Also what is fresh.
    pub again: bool,
}

/// What happens meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// What cannot be used here, and why.
    Absent { gatherer: Gatherer, fault: Fault },
    /// How many subjects will be asked about, and how many have fresh evidence.
    Counted { gatherer: Gatherer, due: u64, fresh: u64 },
    /// On the disk, with the findings' next check asked for.
    Kept(Vec<KeptEvidence>),
    /// A host failed too often in a row and is left for this run.
    LeftHost { gatherer: Gatherer, host: String },
    /// Subjects that are left for the next run.
    Unasked { gatherer: Gatherer, count: u64 },
}

/// Hears what happens; called on the threads of a run.
pub type Tell = Arc<dyn Fn(Told) + Send + Sync>;

/// Takes what came, on a thread of its own; false when nothing more is wanted.
pub type Take = Box<dyn Fn(Gathered) -> bool + Send>;

/// Whether a run goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    Go,
    /// Nothing new is asked, what is on its way gets its grace.
    Gently,
    /// What is on its way is dropped. What came is written in any case.
    Now,
}

/// Why a run ended before its end.
#[derive(Debug, thiserror::Error)]
pub enum GatherError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Wiring(#[from] WiringFault),
    /// A thread could not be started.
    #[error(transparent)]
    Thread(#[from] io::Error),
    /// A thread broke down.
    #[error("a thread of the gathering broke down")]
    Broken,
}

impl GatherError {
    /// What happened, for a person.
    pub fn message(&self) -> Message {
        match self {
            GatherError::Store(error) => error.message(),
            other => Message::new("cli.gather_failed").with("cause", safe(&other.to_string())),
        }
    }
}

/// Asks the world, on threads of its own.
pub struct Gatherers {
    /// Only `drop` takes it.
    runtime: Option<Runtime>,
    options: Arc<GatherOptions>,
}

impl Gatherers {
    pub fn start(options: GatherOptions) -> Result<Self, GatherError> {
        // Most of the time is waiting; pages and pictures are read on threads that wait for the disk.
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .max_blocking_threads(8)
            .thread_name("gathers")
            .enable_all()
            .build()?;
        Ok(Gatherers { runtime: Some(runtime), options: Arc::new(options) })
    }

    /// Begins, and answers at once. What comes is kept in the workspace.
    pub fn gather(&self, order: Order, tell: Tell) -> Result<Run, GatherError> {
        self.begin(order, tell, None)
    }

    /// Begins, and answers at once. What comes is handed to `take`, which keeps it, until that answers false.
    pub fn hand_on(&self, order: Order, tell: Tell, take: Take) -> Result<Run, GatherError> {
        self.begin(order, tell, Some(take))
    }

    fn begin(&self, order: Order, tell: Tell, take: Option<Take>) -> Result<Run, GatherError> {
        let runtime = self.runtime.as_ref().ok_or(GatherError::Broken)?.handle().clone();
        let (stop, stopped) = watch::channel(Stop::Go);
        let options = Arc::clone(&self.options);
        let thread = thread::Builder::new()
            .name("gathering".into())
            .spawn(move || run(&options, &runtime, order, &tell, take, &stopped))?;
        Ok(Run { stop, thread })
    }
}

impl Drop for Gatherers {
    fn drop(&mut self) {
        // A source that waits for a program must not keep the command from ending.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// A run that goes on.
pub struct Run {
    stop: watch::Sender<Stop>,
    thread: thread::JoinHandle<Result<(), GatherError>>,
}

/// Ends a run from elsewhere.
#[derive(Debug, Clone)]
pub struct Stopper(watch::Sender<Stop>);

impl Stopper {
    /// The first time nothing new is asked and what is on its way gets a moment; the second time it is dropped. What
    /// came is written in any case.
    pub fn stop(&self) {
        let next = if *self.0.borrow() == Stop::Go { Stop::Gently } else { Stop::Now };
        self.0.send_replace(next);
    }
}

impl Run {
    pub fn stopper(&self) -> Stopper {
        Stopper(self.stop.clone())
    }

    pub fn is_done(&self) -> bool {
        self.thread.is_finished()
    }

    /// Waits for the end: all that came is on the disk then.
    pub fn join(self) -> Result<(), GatherError> {
        self.thread.join().unwrap_or(Err(GatherError::Broken))
    }
}

/// Pieces on their way to the writer, and wants on their way to a lane.
const IN_BETWEEN: usize = 64;

fn run(
    options: &GatherOptions,
    runtime: &Handle,
    order: Order,
    tell: &Tell,
    take: Option<Take>,
    stop: &watch::Receiver<Stop>,
) -> Result<(), GatherError> {
    let store = SqliteStore::open(&options.workspace)?;
    let (rules, began) = (store.policy()?.gather, Timestamp::now());
    // Clients and resolvers are made where they run.
    let Wired { asked, absent } = {
        let _inside = runtime.enter();
        (options.wiring)(&rules)?
    };
    let wanted = |gatherer| order.only.is_empty() || order.only.contains(&gatherer);
    for (gatherer, fault) in absent.into_iter().filter(|(gatherer, _)| wanted(*gatherer)) {
        tell(Told::Absent { gatherer, fault });
    }
    let (writer, arriving) = mpsc::channel(IN_BETWEEN);
    let mut feeds = Vec::new();
    let mut counts = Vec::new();
    let mut lanes = Vec::new();
    for asked in asked.into_iter().filter(|asked| wanted(asked.source.gatherer())) {
        let feed = || {
            Ok::<_, StoreError>(Feed {
                gatherer: asked.source.gatherer(),
                order: order.clone(),
                rules: rules.clone(),
                missing: asked.missing,
                began,
                store: SqliteStore::open_read_only(&options.workspace)?,
            })
        };
        let (wants, to_ask) = mpsc::channel(IN_BETWEEN);
        counts.push(feed()?);
        feeds.push((feed()?, wants));
        lanes.push(Lane {
            asked: asked.clone(),
            wants: to_ask,
            writer: writer.clone(),
            stop: stop.clone(),
            grace: options.grace,
            tell: Arc::clone(tell),
        });
    }
    drop(writer);
    let writer = Writer {
        store,
        actor: options.actor.clone(),
        batch: options.batch,
        arriving,
        tell: Arc::clone(tell),
    };
    thread::scope(|scope| {
        let tasks: Vec<_> = lanes.into_iter().map(|lane| runtime.spawn(lane.run())).collect();
        let mut reading = vec![scope.spawn(move || counts.iter().try_for_each(|feed| feed.count(tell)))];
        reading.extend(feeds.into_iter().map(|(feed, wants)| scope.spawn(move || feed.run(&wants))));
        let mut ended = match take {
            Some(take) => {
                writer.hand_on(&take);
                Ok(())
            }
            None => writer.run(runtime).map_err(GatherError::Store),
        };
        for task in tasks {
            let lane = runtime.block_on(task).map_err(|_| GatherError::Broken);
            ended = ended.and(lane);
        }
        for thread in reading {
            let read = thread.join().map_err(|_| GatherError::Broken);
            ended = ended.and(read.and_then(|read| read.map_err(GatherError::Store)));
        }
        ended
    })
}

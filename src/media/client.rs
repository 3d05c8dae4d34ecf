//! The desk's side: ask for a view of a picture, go on, be told. Nothing here makes the caller wait for pixels.
//!
//! The latest wish wins: a view that nobody waits for any more is never rendered. What was rendered is kept, so that a
//! picture asked for ahead of time is there when its filing opens.

use std::io;
use std::path::Path;
use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::{self, JoinHandle};

use serde::{Deserialize, Serialize};

use super::Limits;
use super::confine::Proof;
use super::courier::Courier;
use super::encode::{Encoded, Encoding};
use super::fault::PictureFault;
use super::handler::{no_worker, timed_out};
use super::link::{self, NoAnswer};
use super::note::Note;
use super::protocol::{Answer, Request};
use super::shared::{Shared, lock};
use crate::domain::submission::SubmittedFile;
use crate::domain::view::{PictureKey, Quad};
use crate::domain::viewport::Size;

/// Views asked for ahead of time that may wait; what is asked for beyond them is dropped.
const MOST_AHEAD: usize = 8;

/// A wish for a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub key: PictureKey,
    /// Comes back in the event, so that the caller knows an outdated one.
    pub generation: u64,
}

/// A page of an attachment.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PageKey {
    /// Lower-case hex.
    pub sha256: String,
    /// From 0.
    pub page: u32,
}

impl PageKey {
    /// The page that a picture shows.
    pub fn of(key: &PictureKey) -> Self {
        PageKey { sha256: key.sha256.clone(), page: key.view.page }
    }
}

/// What a view looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Size of the whole upright page.
    pub picture: Size,
    /// Pages of the document.
    pub pages: u32,
    /// What becomes of the page on its way to the regulator, where it is looked at so.
    pub submitted: Option<SubmittedFile>,
    /// Size of what is shown: at most the target, in one direction usually smaller.
    pub shown: Size,
    /// What must be said of the picture.
    pub notes: Vec<Note>,
    /// `shown.width * shown.height` RGB triples, row by row; empty where the terminal draws the picture itself.
    pub rgb: Vec<u8>,
    /// The picture as the terminal takes it.
    pub encoded: Option<Numbered>,
    /// Colours or pixels were given up to spare bytes.
    pub reduced: bool,
}

/// A picture for the terminal, under the number by which cells and the terminal's memory name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered {
    /// 1 to 2^24 - 1, begun at random, so that two desks in one terminal do not meet.
    pub number: u32,
    pub picture: Arc<Encoded>,
}

/// A view, or why there is none.
pub type Outcome = Result<Arc<Rendered>, PictureFault>;

/// A wish fulfilled or refused. A wish that a later one replaced, or that was given up for one on the screen, has no event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PictureEvent {
    View {
        job: Job,
        outcome: Outcome,
    },
    /// The corners of the document on a page; none where there is no convincing one, or the page cannot be read.
    Corners {
        page: PageKey,
        quad: Option<Quad>,
    },
    /// A worker died or did not answer, and another one has been started.
    Restarted,
}

/// Gives the bytes of an attachment by its SHA-256; called on the client's thread. Its error may hold the fault that is
/// to be shown.
pub type Source = Arc<dyn Fn(&str) -> io::Result<Vec<u8>> + Send + Sync>;

/// Receives events; called on the client's thread and expected to return at once.
pub type Sink = Box<dyn Fn(PictureEvent) + Send>;

/// What has been done since the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counters {
    /// Pictures decoded.
    pub decodes: u64,
    /// Views rendered.
    pub renders: u64,
    /// Workers started after the first.
    pub restarts: u64,
    /// Process id of the living worker.
    pub worker: Option<u32>,
}

/// The client. Dropping it ends the worker.
pub struct PictureClient {
    shared: Arc<Shared>,
    courier: Option<JoinHandle<()>>,
}

impl PictureClient {
    /// Starts the client's thread, and with it the first worker: `program` under its hidden subcommand.
    ///
    /// `program` is an absolute path; the worker starts in the root folder.
    pub fn start(program: &Path, limits: Limits, source: Source, sink: Sink) -> io::Result<PictureClient> {
        let shared = Arc::new(Shared::new(&limits));
        let courier = Courier::new(Arc::clone(&shared), program, limits, source, sink);
        let courier = thread::Builder::new().name("pictures".into()).spawn(move || courier.serve())?;
        Ok(PictureClient { shared, courier: Some(courier) })
    }

    /// What rendered views are made into from now on; none leaves them pixels. What was made for another terminal is
    /// forgotten.
    pub fn encode_for(&self, encoding: Option<Encoding>) {
        lock(&self.shared.known).encode_for(encoding);
    }

    /// Wishes for the views that stand on the screen now, the most important first. They replace those wished for now
    /// before that have not been started. One that is there already needs no wish, and has no event.
    pub fn show(&self, jobs: Vec<Job>) {
        let mut on_screen: Vec<PageKey> = jobs.iter().map(|job| PageKey::of(&job.key)).collect();
        on_screen.dedup();
        let now = jobs.into_iter().filter(|job| self.lacks(job)).collect();
        let mut wishes = lock(&self.shared.wishes);
        (wishes.on_screen, wishes.now) = (on_screen, now);
        drop(wishes);
        self.shared.wake.notify_one();
    }

    /// Wishes for views for later: they wait behind what is wanted now, and replace those wished for later before.
    pub fn prepare(&self, jobs: Vec<Job>) {
        let ahead = jobs.into_iter().filter(|job| self.lacks(job)).take(MOST_AHEAD).collect();
        lock(&self.shared.wishes).ahead = ahead;
        self.shared.wake.notify_one();
    }

    fn lacks(&self, job: &Job) -> bool {
        !matches!(self.cached(&job.key), Some(Ok(_)))
    }

    /// Wishes for the corners of the document on a page.
    pub fn find_corners(&self, page: PageKey) {
        let mut wishes = lock(&self.shared.wishes);
        if !wishes.corners.contains(&page) {
            wishes.corners.push_back(page);
        }
        self.shared.wake.notify_one();
    }

    /// A view that is already there, or why the picture could not be shown when it was last asked for (a new wish
    /// tries again, unless its own bytes are the reason). Never waits for a worker.
    pub fn cached(&self, key: &PictureKey) -> Option<Outcome> {
        lock(&self.shared.known).outcome(key)
    }

    pub fn counters(&self) -> Counters {
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Counters {
            decodes: count(&self.shared.decodes),
            renders: count(&self.shared.renders),
            restarts: count(&self.shared.restarts),
            worker: lock(&self.shared.kennel).child.as_ref().map(Child::id),
        }
    }
}

impl Drop for PictureClient {
    fn drop(&mut self) {
        lock(&self.shared.wishes).closed = true;
        self.shared.wake.notify_one();
        lock(&self.shared.kennel).close();
        if let Some(courier) = self.courier.take() {
            // It has nothing to tell: its panic, were there one, has been printed by the runtime's hook.
            let _ended = courier.join();
        }
    }
}

/// Starts a worker, lets it try what it must not be able to do, and ends it.
pub fn prove(program: &Path, limits: &Limits) -> Result<Proof, PictureFault> {
    let (mut child, link) = link::start(program, limits).map_err(no_worker)?;
    let answer = link.ask(Request::Prove, Vec::new());
    link::end(&mut child).map_err(no_worker)?;
    match answer {
        Ok((Answer::Proved { proof }, _)) => Ok(proof),
        Ok(_) | Err(NoAnswer::Died | NoAnswer::GivenUp) => Err(PictureFault::WorkerDied),
        Err(NoAnswer::TimedOut) => Err(timed_out(limits)),
    }
}

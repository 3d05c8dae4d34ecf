//! The client's thread: reads attachments, talks to the worker one request at a time, and starts a new worker when
//! one dies. A picture that ends its worker gets one more try; after that it is not shown again.

use std::collections::{HashMap, HashSet, VecDeque};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::Limits;
use super::client::{Job, Outcome, PictureEvent, Rendered, Sink, Source, ViewKey};
use super::fault::PictureFault;
use super::keep::Keep;
use super::link::{self, Link, NoAnswer};
use super::protocol::{Answer, Request};
use crate::domain::revision::sha256_hex;

/// How often a picture may end or outstay a worker before it is not tried any more.
const MOST_STRIKES: u8 = 2;

/// What the client and its thread share.
pub(super) struct Shared {
    pub(super) wishes: Mutex<Wishes>,
    pub(super) wake: Condvar,
    pub(super) known: Mutex<Known>,
    pub(super) kennel: Mutex<Kennel>,
    pub(super) decodes: AtomicU64,
    pub(super) renders: AtomicU64,
    pub(super) restarts: AtomicU64,
}

#[derive(Default)]
pub(super) struct Wishes {
    pub(super) now: Option<Job>,
    pub(super) ahead: VecDeque<Job>,
    pub(super) closed: bool,
}

/// What needs no worker any more.
pub(super) struct Known {
    views: Keep<ViewKey, Arc<Rendered>>,
    /// Pictures that will never be shown, by SHA-256.
    unshowable: HashMap<String, PictureFault>,
    /// Pictures that could not be shown when they were last asked for, by SHA-256: told instead of nothing, and tried
    /// again when they are asked for again.
    failed: HashMap<String, PictureFault>,
}

impl Known {
    /// What is known without trying again.
    fn settled(&mut self, key: &ViewKey) -> Option<Outcome> {
        match self.unshowable.get(&key.sha256) {
            Some(fault) => Some(Err(fault.clone())),
            None => self.views.get(key).map(|view| Ok(Arc::clone(view))),
        }
    }

    pub(super) fn outcome(&mut self, key: &ViewKey) -> Option<Outcome> {
        self.settled(key).or_else(|| self.failed.get(&key.sha256).map(|fault| Err(fault.clone())))
    }
}

/// Where the worker's process is kept, so that dropping the client can end it in the middle of a request.
#[derive(Default)]
pub(super) struct Kennel {
    pub(super) child: Option<Child>,
    closed: bool,
}

impl Kennel {
    fn clear(&mut self) {
        if let Some(mut child) = self.child.take() {
            // It fails only for a child that has been waited for, and then there is none left to end.
            let _gone = link::end(&mut child);
        }
    }

    pub(super) fn close(&mut self) {
        self.closed = true;
        self.clear();
    }
}

impl Shared {
    pub(super) fn new(limits: &Limits) -> Self {
        Shared {
            wishes: Mutex::default(),
            wake: Condvar::new(),
            known: Mutex::new(Known {
                views: Keep::new(limits.rendered_bytes),
                unshowable: HashMap::new(),
                failed: HashMap::new(),
            }),
            kennel: Mutex::default(),
            decodes: AtomicU64::new(0),
            renders: AtomicU64::new(0),
            restarts: AtomicU64::new(0),
        }
    }

    /// The next wish, what is wanted now first; none when the client is dropped.
    fn next(&self) -> Option<Job> {
        let mut wishes = lock(&self.wishes);
        loop {
            if wishes.closed {
                return None;
            }
            if let Some(job) = wishes.now.take().or_else(|| wishes.ahead.pop_front()) {
                return Some(job);
            }
            wishes = self.wake.wait(wishes).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// A panic of another thread leaves plain data behind that is still whole.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The client's thread.
pub(super) struct Courier {
    shared: Arc<Shared>,
    program: PathBuf,
    limits: Limits,
    source: Source,
    sink: Sink,
    worker: Option<Worker>,
    started: u64,
    /// How often a picture ended or outstayed a worker since it was last shown.
    strikes: HashMap<String, u8>,
}

/// A running worker and what it was given.
struct Worker {
    link: Link,
    opened: HashSet<String>,
}

impl Courier {
    pub(super) fn new(
        shared: Arc<Shared>,
        program: &Path,
        limits: Limits,
        source: Source,
        sink: Sink,
    ) -> Self {
        Courier {
            shared,
            program: program.to_owned(),
            limits,
            source,
            sink,
            worker: None,
            started: 0,
            strikes: HashMap::new(),
        }
    }

    pub(super) fn serve(mut self) {
        // Before the first wish, so that the first picture does not wait for a process; a failure shows with the wish.
        let _warm = self.worker();
        while let Some(job) = self.shared.next() {
            let known = lock(&self.shared.known).settled(&job.key);
            let outcome = known.unwrap_or_else(|| self.view(&job.key));
            self.remember(&job.key, &outcome);
            (self.sink)(PictureEvent { job, outcome });
        }
        lock(&self.shared.kennel).close();
    }

    /// Renders a view, with a second worker when the first dies of it.
    fn view(&mut self, key: &ViewKey) -> Outcome {
        loop {
            let outcome = self.attempt(key);
            match &outcome {
                Ok(view) => {
                    self.strikes.remove(&key.sha256);
                    lock(&self.shared.known).views.put(key.clone(), Arc::clone(view), view.rgb.len());
                }
                Err(fault @ (PictureFault::WorkerDied | PictureFault::TimedOut { .. })) => {
                    let strikes = self.strikes.entry(key.sha256.clone()).or_default();
                    *strikes += 1;
                    if *strikes >= MOST_STRIKES {
                        self.never_again(key, fault);
                    } else if *fault == PictureFault::WorkerDied {
                        continue;
                    }
                }
                Err(fault) if fault.lies_in_the_bytes() => self.never_again(key, fault),
                Err(_) => {}
            }
            return outcome;
        }
    }

    fn remember(&self, key: &ViewKey, outcome: &Outcome) {
        let mut known = lock(&self.shared.known);
        match outcome {
            Ok(_) => known.failed.remove(&key.sha256),
            Err(fault) => known.failed.insert(key.sha256.clone(), fault.clone()),
        };
    }

    fn never_again(&mut self, key: &ViewKey, fault: &PictureFault) {
        lock(&self.shared.known).unshowable.insert(key.sha256.clone(), fault.clone());
    }

    /// One attempt with one worker.
    fn attempt(&mut self, key: &ViewKey) -> Outcome {
        if self.worker()?.opened.contains(&key.sha256)
            && let Some(view) = self.render(key)?
        {
            return Ok(Arc::new(view));
        }
        self.open(&key.sha256)?;
        let view = self.render(key)?.ok_or_else(|| self.lost(NoAnswer::Died))?;
        Ok(Arc::new(view))
    }

    fn open(&mut self, sha256: &str) -> Result<(), PictureFault> {
        let bytes = (self.source)(sha256).map_err(|error| match error.kind() {
            ErrorKind::NotFound => PictureFault::Missing,
            _ => PictureFault::Unreadable { detail: error.to_string() },
        })?;
        if bytes.len() as u64 > self.limits.file_bytes {
            return Err(PictureFault::FileTooLarge {
                bytes: bytes.len() as u64,
                limit: self.limits.file_bytes,
            });
        }
        if sha256_hex(&bytes) != sha256 {
            return Err(PictureFault::Damaged);
        }
        match self.ask(Request::Open { sha256: sha256.to_owned() }, bytes)? {
            (Answer::Opened { .. }, _) => {
                self.shared.decodes.fetch_add(1, Ordering::Relaxed);
                self.worker()?.opened.insert(sha256.to_owned());
                Ok(())
            }
            (Answer::Failed { fault }, _) => Err(fault),
            _ => Err(self.lost(NoAnswer::Died)),
        }
    }

    /// A view of a picture that the worker was given; none when it has dropped it meanwhile.
    fn render(&mut self, key: &ViewKey) -> Result<Option<Rendered>, PictureFault> {
        let ViewKey { sha256, viewport, target } = key.clone();
        match self.ask(Request::Render { sha256, viewport, target }, Vec::new())? {
            // The worker may have been taken over by what it decoded: its answer is checked like any outside text.
            (Answer::Rendered { picture, shown, notes }, rgb)
                if rgb.len() as u64 == shown.area() * 3
                    && shown.width <= target.width
                    && shown.height <= target.height =>
            {
                self.shared.renders.fetch_add(1, Ordering::Relaxed);
                Ok(Some(Rendered { picture, shown, notes, rgb }))
            }
            (Answer::NotOpen, _) => Ok(None),
            _ => Err(self.lost(NoAnswer::Died)),
        }
    }

    fn ask(&mut self, request: Request, payload: Vec<u8>) -> Result<(Answer, Vec<u8>), PictureFault> {
        let answer = self.worker()?.link.ask(request, payload);
        answer.map_err(|why| self.lost(why))
    }

    /// Gives a worker up: the next request starts another.
    fn lost(&mut self, why: NoAnswer) -> PictureFault {
        self.worker = None;
        lock(&self.shared.kennel).clear();
        match why {
            NoAnswer::TimedOut => timed_out(&self.limits),
            NoAnswer::Died => PictureFault::WorkerDied,
        }
    }

    /// The running worker, started when there is none.
    fn worker(&mut self) -> Result<&mut Worker, PictureFault> {
        let worker = match self.worker.take() {
            Some(worker) => worker,
            None => self.start_worker()?,
        };
        Ok(self.worker.insert(worker))
    }

    fn start_worker(&mut self) -> Result<Worker, PictureFault> {
        let mut kennel = lock(&self.shared.kennel);
        if kennel.closed {
            return Err(PictureFault::NoWorker { detail: "the desk is closing".into() });
        }
        kennel.clear();
        let (child, link) = link::start(&self.program, &self.limits).map_err(no_worker)?;
        kennel.child = Some(child);
        if self.started > 0 {
            self.shared.restarts.fetch_add(1, Ordering::Relaxed);
        }
        self.started += 1;
        Ok(Worker { link, opened: HashSet::new() })
    }
}

pub(super) fn no_worker(error: io::Error) -> PictureFault {
    PictureFault::NoWorker { detail: error.to_string() }
}

pub(super) fn timed_out(limits: &Limits) -> PictureFault {
    PictureFault::TimedOut { seconds: limits.answer_within.as_secs() }
}

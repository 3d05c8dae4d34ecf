//! The client's thread: reads attachments, talks to the worker one request at a time, and starts a new worker when
//! one dies. A picture that ends its worker gets one more try; after that it is not shown again.

use std::collections::{HashMap, HashSet};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::Limits;
use super::client::{Numbered, Outcome, PageKey, PictureEvent, Rendered, Sink, Source};
use super::encode::{self, Encoding, Protocol};
use super::fault::PictureFault;
use super::link::{self, Link, NoAnswer};
use super::protocol::{Answer, Request};
use super::shared::{Shared, Wish, lock};
use crate::domain::revision::sha256_hex;
use crate::domain::view::{PictureKey, Quad, Rendering};

/// How often a picture may end or outstay a worker before it is not tried any more.
const MOST_STRIKES: u8 = 2;

/// Numbers of pictures fit into a colour.
const LAST_NUMBER: u32 = (1 << 24) - 1;

/// Somewhere, so that another desk in the same terminal counts elsewhere.
fn first_number() -> u32 {
    let mut bytes = [0; 4];
    match getrandom::fill(&mut bytes) {
        Ok(()) => u32::from_le_bytes(bytes) % LAST_NUMBER,
        // The process is told apart, at least.
        Err(_) => std::process::id() % LAST_NUMBER,
    }
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
    /// How often a page ended or outstayed a worker since it was last shown.
    strikes: HashMap<PageKey, u8>,
    /// Of the last picture for the terminal.
    number: u32,
}

/// A running worker and what it was given.
struct Worker {
    link: Link,
    opened: HashSet<PageKey>,
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
            number: first_number(),
        }
    }

    pub(super) fn serve(mut self) {
        // Before the first wish, so that the first picture does not wait for a process; a failure shows with the wish.
        let _warm = self.worker();
        while let Some(wish) = self.shared.next() {
            let event = match wish {
                Wish::View(job) => {
                    let known = lock(&self.shared.known).settled(&job.key);
                    let outcome = known.unwrap_or_else(|| self.view(&job.key));
                    self.remember(&job.key, &outcome);
                    PictureEvent::View { job, outcome }
                }
                // A document without corners is looked at as it is: a fault here is no other answer than none.
                Wish::Corners(page) => {
                    PictureEvent::Corners { quad: self.corners(&page).ok().flatten(), page }
                }
            };
            (self.sink)(event);
        }
        lock(&self.shared.kennel).close();
    }

    /// Renders a view, with a second worker when the first dies of it.
    fn view(&mut self, key: &PictureKey) -> Outcome {
        loop {
            let encoding = lock(&self.shared.known).encoding;
            let outcome = self.attempt(key, encoding);
            match &outcome {
                Ok(view) => {
                    self.strikes.remove(&PageKey::of(key));
                    if !lock(&self.shared.known).put(key, view, encoding) {
                        continue;
                    }
                }
                Err(fault @ (PictureFault::WorkerDied | PictureFault::TimedOut { .. })) => {
                    let strikes = self.strikes.entry(PageKey::of(key)).or_default();
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

    fn remember(&self, key: &PictureKey, outcome: &Outcome) {
        let mut known = lock(&self.shared.known);
        match outcome {
            Ok(_) => known.failed.remove(&PageKey::of(key)),
            Err(fault) => known.failed.insert(PageKey::of(key), fault.clone()),
        };
    }

    fn never_again(&mut self, key: &PictureKey, fault: &PictureFault) {
        lock(&self.shared.known).unshowable.insert(PageKey::of(key), fault.clone());
    }

    /// One attempt with one worker.
    fn attempt(&mut self, key: &PictureKey, encoding: Option<Encoding>) -> Outcome {
        let page = PageKey::of(key);
        if self.worker()?.opened.contains(&page)
            && let Some(view) = self.render(key)?
        {
            return self.finished(view, key, encoding);
        }
        self.open(&page)?;
        let view = self.render(key)?.ok_or_else(|| self.lost(NoAnswer::Died))?;
        self.finished(view, key, encoding)
    }

    /// A view as the terminal takes it.
    fn finished(&mut self, view: Rendered, key: &PictureKey, encoding: Option<Encoding>) -> Outcome {
        // Strokes in cells are dots, of which there is nothing to spare.
        let in_dots = |encoding: &Encoding| {
            encoding.protocol == Protocol::HalfBlocks && key.view.rendering == Rendering::Ink
        };
        let Some(encoding) = encoding.filter(|encoding| !in_dots(encoding)) else {
            return Ok(Arc::new(view));
        };
        let encoded = encoding.encode(view.shown, view.rgb);
        let encoded = encoded.map_err(|error| PictureFault::NotEncoded { detail: error.to_string() })?;
        Ok(Arc::new(match encoded {
            encode::Outcome::Cells(rgb, reduced) => Rendered { rgb, reduced, ..view },
            encode::Outcome::Terminal(picture) => {
                self.number = self.number % LAST_NUMBER + 1;
                let (number, reduced) = (self.number, picture.reduced);
                let encoded = Some(Numbered { number, picture: Arc::new(picture) });
                Rendered { rgb: Vec::new(), encoded, reduced, ..view }
            }
        }))
    }

    /// The corners of the document on a page.
    fn corners(&mut self, page: &PageKey) -> Result<Option<Quad>, PictureFault> {
        if !self.worker()?.opened.contains(page) {
            self.open(page)?;
        }
        let PageKey { sha256, page } = page.clone();
        match self.ask(Request::Corners { sha256, page }, Vec::new())? {
            (Answer::Corners { quad }, _) => Ok(quad),
            (Answer::NotOpen, _) => Ok(None),
            _ => Err(self.lost(NoAnswer::Died)),
        }
    }

    fn open(&mut self, page: &PageKey) -> Result<(), PictureFault> {
        let PageKey { sha256, page } = page.clone();
        let sha256 = sha256.as_str();
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
        let standing = lock(&self.shared.wishes).standing.clone();
        let standing = standing.into_iter().map(|PageKey { sha256, page }| (sha256, page)).collect();
        match self.ask(Request::Open { sha256: sha256.to_owned(), page, standing }, bytes)? {
            (Answer::Opened { .. }, _) => {
                self.shared.decodes.fetch_add(1, Ordering::Relaxed);
                self.worker()?.opened.insert(PageKey { sha256: sha256.to_owned(), page });
                Ok(())
            }
            (Answer::Failed { fault }, _) => Err(fault),
            _ => Err(self.lost(NoAnswer::Died)),
        }
    }

    /// A view of a picture that the worker was given; none when it has dropped it meanwhile.
    fn render(&mut self, key: &PictureKey) -> Result<Option<Rendered>, PictureFault> {
        let PictureKey { sha256, view, target } = key.clone();
        match self.ask(Request::Render { sha256, view, target }, Vec::new())? {
            // The worker may have been taken over by what it decoded: its answer is checked like any outside text.
            (Answer::Rendered { picture, pages, shown, notes, submitted }, rgb)
                if rgb.len() as u64 == shown.area() * 3
                    && shown.width <= target.width
                    && shown.height <= target.height =>
            {
                self.shared.renders.fetch_add(1, Ordering::Relaxed);
                Ok(Some(Rendered {
                    picture,
                    pages,
                    submitted,
                    shown,
                    notes,
                    rgb,
                    encoded: None,
                    reduced: false,
                }))
            }
            (Answer::NotOpen, _) => Ok(None),
            (Answer::Failed { fault }, _) => Err(fault),
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

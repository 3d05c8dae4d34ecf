//! The living worker as the client's thread has it: given pages, asked for views and corners, one question at a time,
//! and replaced when it dies. It may have been taken over by what it decoded: its answers are checked like any outside
//! text.

use std::collections::HashMap;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::Limits;
use super::client::{PageKey, Rendered, Source};
use super::decode::LONGEST_SIDE;
use super::fault::PictureFault;
use super::link::{self, Link, NoAnswer};
use super::protocol::{Answer, Request};
use super::shared::{Culprit, Shared, lock};
use crate::domain::revision::sha256_hex;
use crate::domain::view::{LARGEST_TARGET, PictureKey, Quad};
use crate::domain::viewport::Size;

/// Where the worker is started, asked and replaced.
pub(super) struct Handler {
    shared: Arc<Shared>,
    program: PathBuf,
    limits: Limits,
    source: Source,
    worker: Option<Worker>,
    started: u64,
    /// The last one died or did not answer.
    mourned: bool,
    /// It has a successor of which nobody was told.
    reborn: bool,
}

/// A running worker and the pages that it was given, with their upright sizes.
struct Worker {
    link: Link,
    opened: HashMap<PageKey, Size>,
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Unanswered {
    /// Nobody waits for it any more, and something else is waited for.
    GivenUp,
    Fault(PictureFault),
}

impl From<PictureFault> for Unanswered {
    fn from(fault: PictureFault) -> Self {
        Unanswered::Fault(fault)
    }
}

impl Handler {
    pub(super) fn new(shared: Arc<Shared>, program: &Path, limits: Limits, source: Source) -> Self {
        Handler {
            shared,
            program: program.to_owned(),
            limits,
            source,
            worker: None,
            started: 0,
            mourned: false,
            reborn: false,
        }
    }

    /// Starts a worker before the first wish, so that the first picture does not wait for a process. A failure shows with
    /// the wish.
    pub(super) fn warm_up(&mut self) {
        let _warm = self.worker();
    }

    /// Whether a worker took the place of one that died or did not answer since this was last asked.
    pub(super) fn reborn(&mut self) -> bool {
        std::mem::take(&mut self.reborn)
    }

    /// A view, and what to blame where there is none: opening fails of the page, rendering of one way to look at it.
    pub(super) fn view(&mut self, key: &PictureKey) -> Result<Rendered, (Culprit, Unanswered)> {
        let page = PageKey::of(key);
        let [of_page, of_way] = Culprit::of(key);
        let opened = self.worker().map(|worker| worker.opened.contains_key(&page));
        if opened.map_err(|fault| (of_page.clone(), fault.into()))? {
            let rendered = self.render(key).map_err(|why| (of_way.clone(), why))?;
            if let Some(view) = rendered {
                return Ok(view);
            }
            // Dropped for newer ones.
        }
        self.open(&page).map_err(|why| (of_page, why))?;
        let rendered = self.render(key).and_then(|view| view.ok_or_else(|| self.lost(NoAnswer::Died)));
        rendered.map_err(|why| (of_way, why))
    }

    /// The corners of the document on a page.
    pub(super) fn corners(&mut self, page: &PageKey) -> Result<Option<Quad>, Unanswered> {
        if !self.worker()?.opened.contains_key(page) {
            self.open(page)?;
        }
        let size = self.worker()?.opened.get(page).copied();
        let PageKey { sha256, page: number } = page.clone();
        match self.ask(page, Request::Corners { sha256, page: number }, Vec::new())? {
            (Answer::Corners { quad: None } | Answer::NotOpen, _) => Ok(None),
            (Answer::Corners { quad: Some(quad) }, _) if size.is_some_and(|size| lies_in(quad, size)) => {
                Ok(Some(quad))
            }
            _ => Err(self.lost(NoAnswer::Died)),
        }
    }

    fn open(&mut self, page: &PageKey) -> Result<(), Unanswered> {
        let PageKey { sha256, page: number } = page.clone();
        let bytes = (self.source)(&sha256).map_err(unread)?;
        let limit = self.limits.file_bytes;
        if bytes.len() as u64 > limit {
            return Err(PictureFault::FileTooLarge { bytes: bytes.len() as u64, limit }.into());
        }
        if sha256_hex(&bytes) != sha256 {
            return Err(PictureFault::Damaged.into());
        }
        let on_screen = lock(&self.shared.wishes).on_screen.clone();
        match self.ask(page, Request::Open { sha256, page: number, on_screen }, bytes)? {
            (Answer::Opened { picture }, _) if is_plausible(picture) => {
                self.shared.decodes.fetch_add(1, Ordering::Relaxed);
                self.worker()?.opened.insert(page.clone(), picture);
                Ok(())
            }
            (Answer::Failed { fault }, _) => Err(fault.into()),
            _ => Err(self.lost(NoAnswer::Died)),
        }
    }

    /// A view of a page that the worker was given; none when it has dropped it meanwhile.
    fn render(&mut self, key: &PictureKey) -> Result<Option<Rendered>, Unanswered> {
        let PictureKey { sha256, view, target } = key.clone();
        let side = |length: u32| length.clamp(1, LARGEST_TARGET);
        let target = Size::new(side(target.width), side(target.height));
        match self.ask(&PageKey::of(key), Request::Render { sha256, view, target }, Vec::new())? {
            (Answer::Rendered { picture, pages, shown, notes, submitted }, rgb)
                if is_plausible(picture)
                    && pages > view.page
                    && shown.area() > 0
                    && rgb.len() as u64 == shown.area() * 3
                    && shown.width <= target.width
                    && shown.height <= target.height =>
            {
                self.shared.renders.fetch_add(1, Ordering::Relaxed);
                let (encoded, reduced) = (None, false);
                Ok(Some(Rendered { picture, pages, submitted, shown, notes, rgb, encoded, reduced }))
            }
            (Answer::NotOpen, _) => Ok(None),
            (Answer::Failed { fault }, _) => Err(fault.into()),
            _ => Err(self.lost(NoAnswer::Died)),
        }
    }

    /// Asks something of a page. What is not on the screen is given up where something else is waited for there.
    fn ask(
        &mut self,
        page: &PageKey,
        request: Request,
        payload: Vec<u8>,
    ) -> Result<(Answer, Vec<u8>), Unanswered> {
        let shared = Arc::clone(&self.shared);
        let awaited = || {
            let wishes = lock(&shared.wishes);
            wishes.now.is_empty() || wishes.on_screen.contains(page)
        };
        let answer = self.worker()?.link.ask_while(request, payload, awaited);
        answer.map_err(|why| self.lost(why))
    }

    /// Gives a worker up: the next request starts another.
    fn lost(&mut self, why: NoAnswer) -> Unanswered {
        self.worker = None;
        lock(&self.shared.kennel).clear();
        self.mourned |= !matches!(why, NoAnswer::GivenUp);
        match why {
            NoAnswer::TimedOut => timed_out(&self.limits).into(),
            NoAnswer::Died => PictureFault::WorkerDied.into(),
            NoAnswer::GivenUp => Unanswered::GivenUp,
        }
    }

    /// The running worker, started when there is none.
    fn worker(&mut self) -> Result<&mut Worker, PictureFault> {
        let worker = match self.worker.take() {
            Some(worker) => worker,
            None => self.start()?,
        };
        Ok(self.worker.insert(worker))
    }

    fn start(&mut self) -> Result<Worker, PictureFault> {
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
        self.reborn |= std::mem::take(&mut self.mourned);
        Ok(Worker { link, opened: HashMap::new() })
    }
}

/// Why an attachment could not be read.
fn unread(error: io::Error) -> PictureFault {
    match error.kind() {
        ErrorKind::NotFound => PictureFault::Missing,
        _ => error
            .downcast::<PictureFault>()
            .unwrap_or_else(|error| PictureFault::Unreadable { detail: error.to_string() }),
    }
}

/// Whether a picture can have this size.
const fn is_plausible(picture: Size) -> bool {
    picture.area() > 0 && picture.width <= LONGEST_SIDE && picture.height <= LONGEST_SIDE
}

fn lies_in(quad: Quad, picture: Size) -> bool {
    quad.0.iter().all(|corner| corner.x <= picture.width && corner.y <= picture.height)
}

pub(super) fn no_worker(error: io::Error) -> PictureFault {
    PictureFault::NoWorker { detail: error.to_string() }
}

pub(super) fn timed_out(limits: &Limits) -> PictureFault {
    PictureFault::TimedOut { seconds: limits.answer_within.as_secs() }
}

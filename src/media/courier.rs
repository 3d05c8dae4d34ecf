//! The client's thread: fulfils one wish after the other and makes what the worker rendered into what the terminal
//! takes. What ends its worker gets one more try; after that it is not tried again.

use std::any::Any;
use std::collections::{HashMap, HashSet};
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Arc;

use super::Limits;
use super::client::{Job, Numbered, Outcome, PageKey, PictureEvent, Rendered, Sink, Source};
use super::encode::{self, EncodeError, Encoding, Protocol};
use super::fault::PictureFault;
use super::handler::{Handler, Unanswered};
use super::shared::{Culprit, Shared, Wish, lock};
use crate::domain::view::{PictureKey, Rendering};

/// How often a page, or one way to look at it, may end or outstay a worker before it is not tried any more.
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
    sink: Sink,
    handler: Handler,
    /// How often something ended or outstayed a worker since it was last shown.
    strikes: HashMap<Culprit, u8>,
    /// Pages that took too long while something else was waited for: not tried again until they are on the screen.
    given_up: HashSet<PageKey>,
    /// Of the last picture for the terminal.
    number: u32,
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
            handler: Handler::new(Arc::clone(&shared), program, limits, source),
            shared,
            sink,
            strikes: HashMap::new(),
            given_up: HashSet::new(),
            number: first_number(),
        }
    }

    pub(super) fn serve(mut self) {
        self.handler.warm_up();
        while let Some(wish) = self.shared.next() {
            let event = match wish {
                Wish::Now(job) => self.shown(job),
                Wish::Corners(page) => self.corners(page),
                Wish::Ahead(job) if self.given_up.contains(&PageKey::of(&job.key)) => None,
                Wish::Ahead(job) => self.shown(job),
            };
            if self.handler.reborn() {
                (self.sink)(PictureEvent::Restarted);
            }
            event.into_iter().for_each(&self.sink);
        }
        lock(&self.shared.kennel).close();
    }

    fn shown(&mut self, job: Job) -> Option<PictureEvent> {
        let known = lock(&self.shared.known).settled(&job.key);
        let outcome = match known {
            Some(outcome) => outcome,
            None => self.view(&job.key)?,
        };
        Some(PictureEvent::View { job, outcome })
    }

    /// A document without corners is looked at as it is: a fault here is no other answer than none.
    fn corners(&mut self, page: PageKey) -> Option<PictureEvent> {
        let quad = match self.handler.corners(&page) {
            Ok(quad) => quad,
            // It is asked for again with whatever is looked at next.
            Err(Unanswered::GivenUp) => return None,
            Err(_) => None,
        };
        Some(PictureEvent::Corners { page, quad })
    }

    /// Renders a view, with a second worker when the first dies of it; nothing when it was given up.
    fn view(&mut self, key: &PictureKey) -> Option<Outcome> {
        loop {
            let encoding = lock(&self.shared.known).encoding;
            let (culprit, fault) = match self.attempt(key, encoding) {
                Ok(view) => {
                    if !lock(&self.shared.known).put(key, &view, encoding) {
                        continue;
                    }
                    let cleared = Culprit::of(key);
                    self.strikes.retain(|culprit, _| !cleared.contains(culprit));
                    self.given_up.remove(&PageKey::of(key));
                    return Some(Ok(view));
                }
                Err((_, Unanswered::GivenUp)) => {
                    self.given_up.insert(PageKey::of(key));
                    return None;
                }
                Err((culprit, Unanswered::Fault(fault))) => (culprit, fault),
            };
            let for_ever = match fault {
                PictureFault::WorkerDied | PictureFault::TimedOut { .. } => {
                    let strikes = self.strikes.entry(culprit.clone()).or_default();
                    *strikes += 1;
                    if *strikes < MOST_STRIKES && fault == PictureFault::WorkerDied {
                        continue;
                    }
                    *strikes >= MOST_STRIKES
                }
                _ => fault.lies_in_the_bytes(),
            };
            lock(&self.shared.known).refuse(culprit, &fault, for_ever);
            return Some(Err(fault));
        }
    }

    /// One attempt with one worker.
    fn attempt(
        &mut self,
        key: &PictureKey,
        encoding: Option<Encoding>,
    ) -> Result<Arc<Rendered>, (Culprit, Unanswered)> {
        let view = self.handler.view(key)?;
        let [_, of_way] = Culprit::of(key);
        self.finished(view, key, encoding).map_err(|fault| (of_way, fault.into()))
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
        let Rendered { shown, rgb, .. } = view;
        let encoded = caught(|| encoding.encode(shown, rgb))?;
        let view = Rendered { rgb: Vec::new(), ..view };
        Ok(Arc::new(match encoded {
            encode::Outcome::Cells(rgb, reduced) => Rendered { rgb, reduced, ..view },
            encode::Outcome::Terminal(picture) => {
                self.number = self.number % LAST_NUMBER + 1;
                let (number, reduced) = (self.number, picture.reduced);
                let encoded = Some(Numbered { number, picture: Arc::new(picture) });
                Rendered { encoded, reduced, ..view }
            }
        }))
    }
}

/// A panic of an encoder costs one picture and not this thread, on which all others depend.
fn caught<T>(work: impl FnOnce() -> Result<T, EncodeError>) -> Result<T, PictureFault> {
    let not_encoded = |detail: String| PictureFault::NotEncoded { detail };
    match panic::catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => done.map_err(|error| not_encoded(error.to_string())),
        Err(panicked) => Err(not_encoded(last_words(&*panicked))),
    }
}

fn last_words(panicked: &(dyn Any + Send)) -> String {
    let text = panicked.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panicked.downcast_ref::<String>().cloned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoder_that_panics_is_a_fault() {
        let work = |index: usize| move || Ok([7][index]);
        assert_eq!(caught(work(0)), Ok(7));
        let Err(PictureFault::NotEncoded { detail }) = caught(work(1)) else { panic!() };
        assert!(detail.contains("out of bounds"), "{detail}");
    }
}

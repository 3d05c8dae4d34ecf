//! What the desk's side of the pictures and its thread share: wishes, what is known, and the worker's process.

use std::collections::{HashMap, VecDeque};
use std::process::Child;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::Limits;
use super::client::{Job, Outcome, PageKey, Rendered};
use super::encode::Encoding;
use super::fault::PictureFault;
use super::keep::Keep;
use super::link;
use crate::domain::view::{PictureKey, Rendering, Surface};

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
    /// Pages on the screen, whether their views are there or not.
    pub(super) on_screen: Vec<PageKey>,
    pub(super) now: VecDeque<Job>,
    pub(super) corners: VecDeque<PageKey>,
    pub(super) ahead: VecDeque<Job>,
    pub(super) closed: bool,
}

/// What the thread does next.
pub(super) enum Wish {
    Now(Job),
    Corners(PageKey),
    Ahead(Job),
}

/// What a view fails of: one that fails condemns no other that does not have to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Culprit {
    /// The page itself.
    Page(PageKey),
    /// What is made of it.
    Way(PageKey, Surface, Rendering),
}

impl Culprit {
    /// What a view may fail of.
    pub(super) fn of(key: &PictureKey) -> [Culprit; 2] {
        let page = PageKey::of(key);
        [Culprit::Page(page.clone()), Culprit::Way(page, key.view.surface, key.view.rendering)]
    }
}

/// What needs no worker any more.
pub(super) struct Known {
    /// What views are made into; all of `views` are.
    pub(super) encoding: Option<Encoding>,
    pub(super) views: Keep<PictureKey, Arc<Rendered>>,
    /// What will never be shown.
    unshowable: HashMap<Culprit, PictureFault>,
    /// What could not be shown when it was last asked for: told instead of nothing, and tried
    /// again when it is asked for again.
    failed: HashMap<Culprit, PictureFault>,
}

impl Known {
    pub(super) fn encode_for(&mut self, encoding: Option<Encoding>) {
        if self.encoding != encoding {
            self.encoding = encoding;
            self.views.clear();
        }
    }

    /// Keeps a view, unless it was made for another terminal meanwhile.
    pub(super) fn put(&mut self, key: &PictureKey, view: &Arc<Rendered>, encoding: Option<Encoding>) -> bool {
        let current = self.encoding == encoding;
        if current {
            let bytes = view.rgb.len() + view.encoded.as_ref().map_or(0, |encoded| encoded.picture.bytes());
            self.views.put(key.clone(), Arc::clone(view), bytes);
            Culprit::of(key).iter().for_each(|culprit| drop(self.failed.remove(culprit)));
        }
        current
    }

    /// Notes why there is no view, and whether there never will be one.
    pub(super) fn refuse(&mut self, culprit: Culprit, fault: &PictureFault, for_ever: bool) {
        let known = if for_ever { &mut self.unshowable } else { &mut self.failed };
        known.insert(culprit, fault.clone());
    }

    /// What is known without trying again.
    pub(super) fn settled(&mut self, key: &PictureKey) -> Option<Outcome> {
        let view = self.views.get(key).map(|view| Ok(Arc::clone(view)));
        view.or_else(|| fault_of(&self.unshowable, key))
    }

    pub(super) fn outcome(&mut self, key: &PictureKey) -> Option<Outcome> {
        self.settled(key).or_else(|| fault_of(&self.failed, key))
    }
}

fn fault_of(known: &HashMap<Culprit, PictureFault>, key: &PictureKey) -> Option<Outcome> {
    Culprit::of(key).iter().find_map(|culprit| known.get(culprit)).map(|fault| Err(fault.clone()))
}

/// Where the worker's process is kept, so that dropping the client can end it in the middle of a request.
#[derive(Default)]
pub(super) struct Kennel {
    pub(super) child: Option<Child>,
    pub(super) closed: bool,
}

impl Kennel {
    pub(super) fn clear(&mut self) {
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
                encoding: None,
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
    pub(super) fn next(&self) -> Option<Wish> {
        let mut wishes = lock(&self.wishes);
        loop {
            if wishes.closed {
                return None;
            }
            if let Some(job) = wishes.now.pop_front() {
                return Some(Wish::Now(job));
            }
            if let Some(page) = wishes.corners.pop_front() {
                return Some(Wish::Corners(page));
            }
            if let Some(job) = wishes.ahead.pop_front() {
                return Some(Wish::Ahead(job));
            }
            wishes = self.wake.wait(wishes).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// A panic of another thread leaves plain data behind that is still whole.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

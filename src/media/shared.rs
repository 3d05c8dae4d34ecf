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
use crate::domain::view::PictureKey;

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
    /// What stands on the screen, whether it is wished for or at hand.
    pub(super) standing: Vec<PageKey>,
    pub(super) now: VecDeque<Job>,
    pub(super) corners: VecDeque<PageKey>,
    pub(super) ahead: VecDeque<Job>,
    pub(super) closed: bool,
}

/// What the thread does next.
pub(super) enum Wish {
    View(Job),
    Corners(PageKey),
}

/// What needs no worker any more.
pub(super) struct Known {
    /// What views are made into; all of `views` are.
    pub(super) encoding: Option<Encoding>,
    pub(super) views: Keep<PictureKey, Arc<Rendered>>,
    /// Pages that will never be shown.
    pub(super) unshowable: HashMap<PageKey, PictureFault>,
    /// Pages that could not be shown when they were last asked for: told instead of nothing, and tried
    /// again when they are asked for again.
    pub(super) failed: HashMap<PageKey, PictureFault>,
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
            let bytes =
                view.rgb.len() + view.encoded.as_ref().map_or(0, |encoded| encoded.picture.payload.len());
            self.views.put(key.clone(), Arc::clone(view), bytes);
        }
        current
    }

    /// What is known without trying again.
    pub(super) fn settled(&mut self, key: &PictureKey) -> Option<Outcome> {
        match self.unshowable.get(&PageKey::of(key)) {
            Some(fault) => Some(Err(fault.clone())),
            None => self.views.get(key).map(|view| Ok(Arc::clone(view))),
        }
    }

    pub(super) fn outcome(&mut self, key: &PictureKey) -> Option<Outcome> {
        self.settled(key).or_else(|| self.failed.get(&PageKey::of(key)).map(|fault| Err(fault.clone())))
    }
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
                return Some(Wish::View(job));
            }
            if let Some(page) = wishes.corners.pop_front() {
                return Some(Wish::Corners(page));
            }
            if let Some(job) = wishes.ahead.pop_front() {
                return Some(Wish::View(job));
            }
            wishes = self.wake.wait(wishes).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// A panic of another thread leaves plain data behind that is still whole.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

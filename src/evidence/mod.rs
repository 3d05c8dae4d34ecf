//! Gatherers (证据采集): each asks one kind of source and answers dated evidence, whatever came of it.
//!
//! One file per gatherer. A gatherer never decides, never writes into a workspace, and knows neither filings nor the
//! queue: it is given a subject and the time. Whom to ask comes in as plain structs; which subjects are due, how many at
//! once and when to stop is `runtime`'s. Everything that an applicant controls is reached through the guard.

pub mod dns;
pub mod guard;
pub mod registration;
pub mod registry;
pub mod screenshot;
pub mod text;
pub mod website;

use std::future::Future;
use std::pin::Pin;

use jiff::Timestamp;

use crate::domain::evidence::{Gathered, Gatherer, Subject};

/// What is on its way.
pub type Answering<'a> = Pin<Box<dyn Future<Output = Gathered> + Send + 'a>>;

/// One kind of source.
pub trait Source: Send + Sync {
    fn gatherer(&self) -> Gatherer;

    /// Who would be asked: at most a few questions are put to the same one at once.
    fn host(&self, subject: &Subject) -> String;

    /// Whether silence may be the host's own. Not so where the host is a tool of this machine or a resolver, which is
    /// silent for what it is asked about: it is asked on.
    fn may_fail(&self) -> bool {
        true
    }

    /// Asks. Never fails: why there is no answer is evidence, too. Ends by itself within a bounded time.
    fn ask<'a>(&'a self, subject: &'a Subject, now: Timestamp) -> Answering<'a>;
}

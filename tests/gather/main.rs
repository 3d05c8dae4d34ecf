//! Gathering at work: a run over a queue, what stops it, and what the next one does.

#![allow(clippy::unwrap_used)]

#[path = "../common/synthetic/mod.rs"]
mod synthetic;

mod engine;
mod workspace;

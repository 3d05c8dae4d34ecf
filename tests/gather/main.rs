//! Gathering at work: a run over a queue, what stops it, and what the next one does.

#![allow(clippy::unwrap_used)]

#[path = "../peers/dns.rs"]
mod dns;
#[path = "../peers/http.rs"]
mod http;
#[path = "../common/synthetic/mod.rs"]
mod synthetic;

#[path = "../peers/whois.rs"]
mod whois;

mod engine;
mod program;
mod replay;
mod workspace;

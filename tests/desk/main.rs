//! The desk, told as typed keys: what is pressed, what stands on the screen, what is in the store.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../common/synthetic/mod.rs"]
#[expect(dead_code, reason = "shared with the generator, which uses all of it")]
mod synthetic;

mod beside;
mod grey;
mod harness;
mod typed;

mod behind;
mod comparing;
mod corners;
mod deciding;
mod evidence;
mod form;
mod guarded;
mod habits;
mod languages;
mod looking;
mod mouse;
mod outside;
mod pages;
mod places;
mod prefetch;
mod queue;
mod reasons;
mod screens;
mod search;
mod setting_aside;
mod strip;
mod together;
mod unshown;
mod words;
mod workspace;

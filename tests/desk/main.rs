//! The desk, told as typed keys: what is pressed, what stands on the screen, what is in the store.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod harness;

mod deciding;
mod prefetch;
mod screens;

//! Pictures on the terminal: what each protocol's bytes decode to, and what stands on a terminal that interprets them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod emulator;
mod encoded;
mod standing;

//! heyan 核验台: the workstation of a person who reviews website filings (ICP 备案).
//!
//! The map of the crate. Arrows mean "may import"; `tests/architecture.rs` holds them.
//!
//! ```text
//! domain                                      pure: types, numbers, text made safe, masking, calendar
//! domain <- checks                            pure: case -> findings -> proposed reasons
//! domain <- app <- ui                         pure: app returns effects, ui only draws
//! domain <- store, intake, media, export,
//!           evidence                          adapters: none imports another, nor app or ui
//! config <- runtime, cli                      everything else receives plain structs
//! everything <- runtime, cli <- main          the only place that wires, spawns, opens and prints
//! ```
//!
//! Words are those of the field; `ARCHITECTURE.md` gives the table and the reasons.

pub mod app;
pub mod checks;
pub mod cli;
pub mod config;
pub mod domain;
pub mod evidence;
pub mod export;
pub mod intake;
pub mod media;
pub mod runtime;
pub mod store;
pub mod ui;

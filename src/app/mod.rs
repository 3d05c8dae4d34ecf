//! The desk as a pure machine: keys and results come in, a new state and effects go out.
//!
//! `Input -> Command -> update(&mut Model, Msg) -> Vec<Effect>`. Nothing here reads a clock, a file or a terminal:
//! time arrives inside the messages, and what must be done outside leaves as an [`effect::Effect`].
//! Drawing is `ui`'s; carrying out effects is `runtime`'s.

pub mod attention;
pub mod case_view;
pub mod command;
pub mod compare;
pub mod corners;
pub mod effect;
pub mod evidence_text;
pub mod facts;
pub mod form;
pub mod gathering;
pub mod guard;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod looks;
pub mod model;
pub mod mouse;
pub mod pictures;
pub mod places;
pub mod rail;
pub mod said;
pub mod screens;
pub mod strip;
pub mod texts;
pub mod theme;
pub mod twin;
pub mod update;

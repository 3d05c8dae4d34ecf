//! Wiring: what the desk and the commands do with the other rooms together.
//!
//! The only place (with `cli`) that spawns threads, opens the terminal and carries effects out. The desk's loop is
//! [`event_loop`]; what is typed comes from [`input`] through [`keyboard`]; effects are carried out in [`effects`] on the threads of [`jobs`]; [`pictures`] stands between the
//! picture worker and the views.

pub mod asking;
pub mod clipboard;
pub mod desk;
pub mod effects;
pub mod event_loop;
pub mod gather;
pub mod graphics;
pub mod input;
pub mod jobs;
pub mod judge;
pub mod keyboard;
pub mod measure;
mod originals;
pub mod own_places;
pub mod pictures;
pub mod probe;
pub mod registry_source;
pub mod replay;
pub mod terminal;

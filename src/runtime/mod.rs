//! Wiring: what the desk and the commands do with the other rooms together.

pub mod judge;

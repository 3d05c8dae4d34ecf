//! The real program in a pseudo-terminal, as a reviewer has it: what is typed goes in as bytes, what is drawn is read
//! off the screen of an emulated terminal, and what was decided is asked of the program's own commands afterwards.
//!
//! Nothing here sleeps. A key whose effect has to wait for the arming of a case is pressed again until the screen
//! shows the effect; every wait has an end and shows the screen when it fails.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![cfg(target_os = "linux")]

mod home;
mod process;
mod reviewer;
mod screen;
mod terminal;

mod bursts;
mod crash;
mod day;
mod habits;
mod hang_up;
mod left_behind;
mod pictures;
mod resize;
mod settings;
mod silent;
mod tearing;
mod tmux;
mod two;
mod width;
mod worker;

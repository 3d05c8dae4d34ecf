//! The picture worker dies: pictures are an aid, and the desk goes on without them.

use rustix::process::{Pid, Signal, kill_process};

use super::home::Home;
use super::process;
use super::terminal::Terminal;

/// The program's picture worker, found among its children.
fn worker(desk: &Terminal) -> Option<Pid> {
    let is_worker = |pid: &Pid| process::command_line(*pid).iter().any(|word| word == "picture-worker");
    process::family(desk.pid).into_iter().find(is_worker)
}

#[test]
fn a_dead_picture_worker_does_not_stop_the_desk() {
    let home = Home::with_demo();
    let mut desk = home.desk((120, 40));
    desk.opens("D-1001");
    desk.until("the first picture", |screen| screen.shows("▀▀▀▀").then_some(()));
    let first = worker(&desk).expect("a worker drew the picture");
    kill_process(first, Signal::KILL).unwrap();
    // Keys are answered, documents that need the worker come from its successor, and decisions are made.
    desk.send("?");
    desk.shows("Space PgDn");
    desk.send("\x1b");
    desk.opens("D-1001");
    assert_eq!(desk.pass(), "D-1001");
    let second = worker(&desk).expect("another worker was started");
    assert_ne!(first, second);

    // Killed whenever it shows itself, until the desk gives a picture up: a sentence then stands in its place.
    desk.opens("D-1002");
    kill_process(second, Signal::KILL).unwrap();
    assert_eq!(desk.pass(), "D-1002");
    desk.leave();
    assert_eq!(home.decided(), ["D-1001", "D-1002"]);
}

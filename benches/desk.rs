//! The whole program in a pseudo-terminal: start, keys, decisions, bytes, memory.
//!
//! `cargo bench --bench desk -- WORKSPACE [COLUMNSxROWS] [SAMPLES]` on a workspace made by the generator; it is
//! changed (decisions are made). Not a divan bench: what is measured is another process. A key is settled at its last
//! byte before a silence. Pictures are `benches/photo`'s.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod common;

use std::thread;
use std::time::Duration;

use common::{Memory, Program, told};
use portable_pty::{CommandBuilder, PtySize};

fn open(workspace: &str, (columns, rows): (u16, u16)) -> Program {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_heyan"));
    command.args(["--workspace", workspace, "--reviewer", "bench", "review"]);
    Program::start(command, PtySize { rows, cols: columns, ..PtySize::default() }, None)
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let Some(workspace) = arguments.next() else {
        println!("desk: needs a workspace (see the head of benches/desk.rs); nothing measured");
        return;
    };
    let size = arguments.next().unwrap_or_else(|| "120x40".into());
    let (columns, rows) = size.split_once('x').expect("COLUMNSxROWS");
    let size = (columns.parse().unwrap(), rows.parse().unwrap());
    let samples: usize = arguments.next().map_or(50, |count| count.parse().expect("a number of samples"));

    let starts = (0..10)
        .map(|_| {
            let desk = open(&workspace, size);
            let (first, _, bytes) = desk.settle(desk.started);
            desk.close();
            (first, bytes)
        })
        .collect();
    told("start to first frame", starts);

    let desk = open(&workspace, size);
    desk.settle(desk.started);
    let memory = |when: &str| {
        println!("{when:<38} {:.0} MiB, picture worker included", desk.memory(Memory::Now));
    };
    memory("memory when opened");
    for (what, keys) in [
        ("key to settled frame: row (j, k)", ["j", "k"]),
        ("key to settled frame: problem (Tab)", ["\t", "\t"]),
        ("key to settled frame: panel (f, Esc)", ["f", "\x1b"]),
        ("key to settled frame: filing (J, K)", ["J", "K"]),
    ] {
        told(what, (0..samples).map(|at| desk.press(keys[at % 2])).collect());
    }
    // Escalating needs nothing to be seen first: z, a note, Enter; only the Enter is measured.
    let mut decisions = Vec::new();
    for _ in 0..samples {
        thread::sleep(Duration::from_millis(300));
        desk.press("z");
        desk.press("n");
        desk.press("o");
        decisions.push(desk.press("\r"));
    }
    told("decide, commit, next case drawn", decisions);
    memory("memory at the end");
    desk.close();
}

//! The whole program in a pseudo-terminal: start, keys, decisions, bytes, memory.
//!
//! `cargo bench --bench desk -- WORKSPACE [COLUMNSxROWS] [SAMPLES]` on a workspace made by the generator; it is
//! changed (decisions are made). Not a divan bench: what is measured is another process. Every byte the program writes
//! is stamped when it is read; a key is settled at its last byte before a silence.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// A frame is over when nothing has come for this long; the silence itself is not counted.
const SILENCE: Duration = Duration::from_millis(40);

struct Desk {
    child: Box<dyn Child + Send + Sync>,
    _master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    written: Receiver<(Instant, usize)>,
    started: Instant,
}

impl Desk {
    fn open(workspace: &str, (columns, rows): (u16, u16)) -> Self {
        let pair =
            native_pty_system().openpty(PtySize { rows, cols: columns, ..PtySize::default() }).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_heyan"));
        command.args(["--workspace", workspace, "--reviewer", "bench", "review"]);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keys = pair.master.take_writer().unwrap();
        let (stamps, written) = channel();
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        thread::spawn(move || {
            let mut bytes = [0; 65536];
            while let Ok(count) = reader.read(&mut bytes) {
                if count == 0 || stamps.send((Instant::now(), count)).is_err() {
                    return;
                }
            }
        });
        Desk { child, _master: pair.master, keys, written, started }
    }

    /// The first and the last byte before a silence, and how many bytes came.
    fn settle(&self, from: Instant) -> (Duration, Duration, usize) {
        let (mut first, mut last, mut bytes) = (None, from, 0);
        let mut wait = Duration::from_secs(20);
        while let Ok((at, count)) = self.written.recv_timeout(wait) {
            first.get_or_insert(at);
            (last, bytes, wait) = (at, bytes + count, SILENCE);
        }
        (first.unwrap_or(last) - from, last - from, bytes)
    }

    fn press(&mut self, key: &str) -> (Duration, usize) {
        let from = Instant::now();
        self.keys.write_all(key.as_bytes()).unwrap();
        self.keys.flush().unwrap();
        let (_, settled, bytes) = self.settle(from);
        (settled, bytes)
    }

    /// Memory of the program and its picture worker, in MiB.
    fn memory(&self) -> f64 {
        let desk = self.child.process_id().unwrap();
        let mut kib = resident(desk);
        for entry in std::fs::read_dir("/proc").unwrap().flatten() {
            let Ok(pid) = entry.file_name().to_string_lossy().parse::<u32>() else { continue };
            let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
            let parent = stat.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(1));
            if parent.and_then(|parent| parent.parse().ok()) == Some(desk) {
                kib += resident(pid);
            }
        }
        kib / 1024.0
    }

    fn close(mut self) {
        self.keys.write_all(b"\x03\x03").unwrap();
        self.child.wait().unwrap();
    }
}

fn resident(pid: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches("kB").trim().parse().unwrap_or_default()
}

fn told(what: &str, mut samples: Vec<(Duration, usize)>) {
    samples.sort();
    let ms = |share: f64| {
        let at = ((samples.len() as f64 * share).ceil() as usize).clamp(1, samples.len()) - 1;
        samples[at].0.as_secs_f64() * 1e3
    };
    let bytes = samples.iter().map(|(_, bytes)| *bytes).max().unwrap_or_default();
    println!(
        "{what:<34} n {:>4}   median {:>7.2} ms   p95 {:>7.2} ms   max {:>7.2} ms   {bytes:>7} bytes at most",
        samples.len(),
        ms(0.5),
        ms(0.95),
        ms(1.0)
    );
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
            let desk = Desk::open(&workspace, size);
            let (first, _, bytes) = desk.settle(desk.started);
            desk.close();
            (first, bytes)
        })
        .collect();
    told("start to first frame", starts);

    let mut desk = Desk::open(&workspace, size);
    desk.settle(desk.started);
    println!("{:<34} {:.0} MiB, picture worker included", "memory when opened", desk.memory());
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
    println!("{:<34} {:.0} MiB, picture worker included", "memory at the end", desk.memory());
    desk.close();
}

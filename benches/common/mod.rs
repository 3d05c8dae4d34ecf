//! A program in a pseudo-terminal, watched byte by byte: what the benches of the whole program share.
//!
//! Every byte that the program writes is stamped when it is read. Only the program that was started here is ended, and
//! it is when this is dropped.
#![allow(dead_code, reason = "each bench uses a part")]

#[path = "../../tests/pty/process.rs"]
mod process;

use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::Pid;

/// A frame is over when nothing has come for this long; the silence itself is not counted.
pub const SILENCE: Duration = Duration::from_millis(40);

/// How long anything may take before the bench gives up.
const PATIENCE: Duration = Duration::from_secs(20);

/// The end of what the desk asks a terminal: what it is.
const FENCE: &[u8] = b"\x1b[c";

/// Bytes that came at once.
pub struct Chunk {
    pub at: Instant,
    pub bytes: Vec<u8>,
}

/// Kilobytes of a process and its children by the kernel's account.
#[derive(Clone, Copy)]
pub enum Memory {
    Now,
    Peak,
}

type Keys = Arc<Mutex<Box<dyn Write + Send>>>;

/// A running program and its terminal.
pub struct Program {
    child: Box<dyn Child + Send + Sync>,
    _master: Box<dyn MasterPty + Send>,
    keys: Keys,
    written: Receiver<Chunk>,
    pub started: Instant,
}

impl Program {
    /// Starts a program. `answers` is what the terminal says when it is asked what it is; without it stays silent.
    pub fn start(command: CommandBuilder, size: PtySize, answers: Option<String>) -> Self {
        let pair = native_pty_system().openpty(size).unwrap();
        let reader = pair.master.try_clone_reader().unwrap();
        let keys: Keys = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let (chunks, written) = channel();
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let answering = answers.map(|answers| (Arc::clone(&keys), answers));
        thread::spawn(move || read(reader, &chunks, answering));
        Program { child, _master: pair.master, keys, written, started }
    }

    fn type_in(&self, key: &str) {
        type_in(&self.keys, key);
    }

    /// The first and the last byte before a silence, and how many bytes came.
    pub fn settle(&self, from: Instant) -> (Duration, Duration, usize) {
        let (mut first, mut last, mut bytes) = (None, from, 0);
        let mut wait = PATIENCE;
        while let Ok(chunk) = self.written.recv_timeout(wait) {
            first.get_or_insert(chunk.at);
            (last, bytes, wait) = (chunk.at, bytes + chunk.bytes.len(), SILENCE);
        }
        (first.unwrap_or(last) - from, last - from, bytes)
    }

    pub fn press(&self, key: &str) -> (Duration, usize) {
        let from = Instant::now();
        self.type_in(key);
        let (_, settled, bytes) = self.settle(from);
        (settled, bytes)
    }

    /// Presses a key and waits until there is nothing more to do; when it was pressed, and all that came.
    pub fn press_and_rest(&self, key: &str) -> (Instant, Vec<Chunk>) {
        let from = Instant::now();
        self.type_in(key);
        (from, self.rest())
    }

    /// All that comes until the program and its children sleep and are silent.
    pub fn rest(&self) -> Vec<Chunk> {
        let end = Instant::now() + PATIENCE;
        let (mut chunks, mut slept) = (Vec::new(), false);
        loop {
            assert!(Instant::now() < end, "the program is never at rest");
            match self.written.recv_timeout(SILENCE) {
                Ok(chunk) => {
                    chunks.push(chunk);
                    slept = false;
                }
                Err(RecvTimeoutError::Disconnected) => return chunks,
                Err(RecvTimeoutError::Timeout) => {
                    let asleep = process::family(self.pid()).into_iter().all(process::sleeps);
                    if asleep && slept {
                        return chunks;
                    }
                    slept = asleep;
                }
            }
        }
    }

    /// All that comes until the program has ended.
    pub fn output(&self) -> Vec<Chunk> {
        let end = Instant::now() + PATIENCE;
        let mut chunks = Vec::new();
        loop {
            match self.written.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(chunk) => chunks.push(chunk),
                Err(RecvTimeoutError::Disconnected) => return chunks,
                Err(RecvTimeoutError::Timeout) => panic!("the program does not end"),
            }
        }
    }

    fn pid(&self) -> Pid {
        Pid::from_raw(self.child.process_id().unwrap().try_into().unwrap()).unwrap()
    }

    /// Memory of the program and of its picture worker, in MiB.
    pub fn memory(&self, memory: Memory) -> f64 {
        let field = match memory {
            Memory::Now => "VmRSS:",
            Memory::Peak => "VmHWM:",
        };
        let kib = |pid: Pid| {
            let status = std::fs::read_to_string(format!("/proc/{}/status", pid.as_raw_pid()));
            let status = status.unwrap_or_default();
            let line = status.lines().find_map(|line| line.strip_prefix(field)).unwrap_or_default();
            line.trim().trim_end_matches("kB").trim().parse::<f64>().unwrap_or_default()
        };
        process::family(self.pid()).into_iter().map(kib).sum::<f64>() / 1024.0
    }

    /// Leaves the desk and waits for its end.
    pub fn close(mut self) {
        self.type_in("\x03\x03");
        self.output();
        self.child.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            let _gone = self.child.kill();
            let _reaped = self.child.wait();
        }
    }
}

fn type_in(keys: &Keys, text: &str) {
    let mut keys = keys.lock().unwrap();
    keys.write_all(text.as_bytes()).unwrap();
    keys.flush().unwrap();
}

/// Reads until the program's side is closed, and answers the desk's question once it was asked whole.
fn read(mut output: Box<dyn Read + Send>, chunks: &Sender<Chunk>, mut answering: Option<(Keys, String)>) {
    let mut bytes = vec![0; 64 * 1024];
    let mut tail = Vec::new();
    while let Ok(count) = output.read(&mut bytes) {
        let (at, bytes) = (Instant::now(), &bytes[..count]);
        if answering.is_some() {
            tail.extend_from_slice(bytes);
            let asked = tail.windows(FENCE.len()).any(|window| window == FENCE);
            tail.drain(..tail.len().saturating_sub(FENCE.len() - 1));
            if asked && let Some((keys, answers)) = answering.take() {
                type_in(&keys, &answers);
            }
        }
        if count == 0 || chunks.send(Chunk { at, bytes: bytes.to_vec() }).is_err() {
            return;
        }
    }
}

/// The smallest value that such a share of sorted ones does not exceed.
pub fn quantile<T: Copy>(sorted: &[T], share: f64) -> T {
    let at = ((sorted.len() as f64 * share).ceil() as usize).clamp(1, sorted.len()) - 1;
    sorted[at]
}

/// Prints a row: times, and the most bytes that one of them took.
pub fn told(what: &str, mut samples: Vec<(Duration, usize)>) {
    if samples.is_empty() {
        return;
    }
    samples.sort();
    let ms = |share: f64| quantile(&samples, share).0.as_secs_f64() * 1e3;
    let bytes = samples.iter().map(|(_, bytes)| *bytes).max().unwrap_or_default();
    println!(
        "{what:<38} n {:>4}   median {:>7.2} ms   p95 {:>7.2} ms   max {:>7.2} ms   {bytes:>7} bytes at most",
        samples.len(),
        ms(0.5),
        ms(0.95),
        ms(1.0)
    );
}

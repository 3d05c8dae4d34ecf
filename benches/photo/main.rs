//! A phone's photo on the desk, by every way that a terminal may draw it: the whole program in a pseudo-terminal, and
//! chafa beside it on the same file, in the same cells and in the same run.
//!
//! `cargo bench --bench photo [-- COLUMNSxROWS [SAMPLES]]`; without a size, 160x48 and 80x24. It makes its own workspace:
//! filings with a photo of 12 megapixels each, imported by the program. The bench is the terminal and answers the desk's
//! question. A photo stands at the last byte of the frame that drew it; a key is pressed only when desk and picture
//! worker sleep. Files come from the page cache, for both programs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

#[path = "../common/mod.rs"]
mod common;
mod pack;
#[allow(dead_code, unused_imports, reason = "the generator plants faults, and its tests run elsewhere")]
#[path = "../../tests/common/synthetic/mod.rs"]
mod synthetic;
mod way;

use std::io::ErrorKind;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::{Chunk, Memory, Program, told};
use pack::{FILINGS, Home};
use portable_pty::{CommandBuilder, PtySize};
use way::{CELL, Frame, WAYS, Way, frames};

const PROGRAM: &str = env!("CARGO_BIN_EXE_heyan");

/// Steps closer on each photo.
const CLOSER: usize = 4;

type Sample = (Duration, usize);

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let sizes = match arguments.next() {
        Some(size) => vec![size],
        None => vec!["160x48".to_owned(), "80x24".to_owned()],
    };
    let samples: usize = arguments.next().map_or(11, |count| count.parse().expect("a number of samples"));
    let home = Home::new();
    let bytes = std::fs::metadata(home.first_photo()).unwrap().len();
    println!("{FILINGS} photos of 4000x3000 pixels, the first of {bytes} bytes");
    let chafa = has_chafa();
    if !chafa {
        println!("chafa is not installed: nothing is compared with it");
    }
    for size in sizes {
        let (columns, rows) = size.split_once('x').expect("COLUMNSxROWS");
        let bench =
            Bench { home: &home, size: (columns.parse().unwrap(), rows.parse().unwrap()), samples, chafa };
        // By the first way, whose bytes say it.
        let mut zone = None;
        for way in &WAYS {
            println!("\n{size}, {}", way.name);
            bench.cold(way, &mut zone);
            bench.steps(way);
        }
        if let Some(zone) = zone.filter(|_| chafa) {
            println!("\n{size}, chafa's own choice of symbols");
            let runs = (0..samples).map(|_| bench.chafa(&["-f", "symbols"], zone)).collect();
            told("chafa", runs);
        }
    }
}

fn has_chafa() -> bool {
    let version = Command::new("chafa").arg("--version").stdin(Stdio::null()).output();
    match version {
        Ok(version) => {
            println!("{}", String::from_utf8_lossy(&version.stdout).lines().next().unwrap_or_default());
            true
        }
        Err(error) if error.kind() == ErrorKind::NotFound => false,
        Err(error) => panic!("chafa: {error}"),
    }
}

/// What is measured on a terminal of one size.
struct Bench<'a> {
    home: &'a Home,
    size: (u16, u16),
    samples: usize,
    chafa: bool,
}

impl Bench<'_> {
    fn start(
        &self,
        mut command: CommandBuilder,
        settings: &[(&'static str, &str)],
        answers: Option<String>,
    ) -> Program {
        command.env_clear();
        for (name, value) in self.home.variables() {
            command.env(name, value);
        }
        for (name, value) in settings {
            command.env(name, value);
        }
        command.cwd(self.home.folder());
        let (columns, rows) = self.size;
        let (pixel_width, pixel_height) = (columns * CELL.0, rows * CELL.1);
        Program::start(command, PtySize { rows, cols: columns, pixel_width, pixel_height }, answers)
    }

    fn desk(&self, way: &Way) -> Program {
        let mut command = CommandBuilder::new(PROGRAM);
        let workspace = self.home.path("workspace");
        command.args(["--workspace", workspace.to_str().unwrap(), "review"]);
        self.start(command, &[("HEYAN_IMAGES__MODE", way.mode)], Some(way.answers(self.size.1)))
    }

    /// From the start of the process to the photo, chafa taking turns.
    fn cold(&self, way: &Way, zone: &mut Option<(u16, u16)>) {
        let (mut first, mut photos, mut chafa) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..self.samples {
            let desk = self.desk(way);
            let drawn = frames(&desk.rest());
            let frame = drawn.first().expect("a first frame");
            first.push((frame.ended - desk.started, frame.bytes.len()));
            let photo = way.photo(drawn).expect("a photo on the screen");
            photos.push((photo.ended - desk.started, photo.bytes.len()));
            desk.close();
            *zone = zone.or_else(|| photo.zone());
            if let Some(zone) = zone.filter(|_| self.chafa) {
                chafa.push(self.chafa(way.chafa, zone));
            }
        }
        told("start to first frame", first);
        told("start to photo", photos);
        if let Some((columns, rows)) = zone {
            told(&format!("chafa, {columns}x{rows} cells"), chafa);
        }
    }

    /// To the last byte, on a terminal of the same size.
    fn chafa(&self, format: &[&str], (columns, rows): (u16, u16)) -> Sample {
        let mut command = CommandBuilder::new("chafa");
        command.args(["--animate", "off", "--colors", "full", "--size", &format!("{columns}x{rows}")]);
        command.args(format);
        command.arg(self.home.first_photo());
        let chafa = self.start(command, &[], None);
        let output = chafa.output();
        let last = output.last().expect("something to see").at;
        (last - chafa.started, output.iter().map(|chunk| chunk.bytes.len()).sum())
    }

    /// Closer and back on each photo, to the next filing and at last back to the first.
    fn steps(&self, way: &Way) {
        let desk = self.desk(way);
        desk.rest();
        let opened = [Memory::Now, Memory::Peak].map(|memory| desk.memory(memory));
        let step = |key| {
            let (from, chunks) = desk.press_and_rest(key);
            sample(way, from, &chunks)
        };
        let (mut closer, mut back, mut next, mut previous) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let filings = self.samples.min(FILINGS as usize - 1);
        for _ in 0..filings {
            closer.extend((0..CLOSER).map(|_| step("+")));
            back.extend((0..CLOSER).map(|_| step("-")));
            next.push(step("J"));
        }
        for _ in 0..filings {
            previous.push(step("K"));
        }
        told("zoom step: closer (+), a new view", closer);
        told("zoom step: back (-), a view before", back);
        told("next filing (J), photo standing", next);
        told("previous filing (K), photo standing", previous);
        let ended = [Memory::Now, Memory::Peak].map(|memory| desk.memory(memory));
        for (when, [now, peak]) in [("memory with the first photo", opened), ("memory at the end", ended)] {
            println!("{when:<38} {now:.0} MiB, at most {peak:.0}; picture worker included");
        }
        desk.close();
    }
}

/// From a key to the photo it led to, and all bytes that came of it.
fn sample(way: &Way, from: Instant, chunks: &[Chunk]) -> Sample {
    let photo: Frame = way.photo(frames(chunks)).expect("a photo drawn for the key");
    (photo.ended - from, chunks.iter().map(|chunk| chunk.bytes.len()).sum())
}

//! Draws the README's pictures: runs the real program in a terminal of its own, presses the keys of a reviewer, waits
//! until the screen stands still, and writes what stands there as SVG.
//!
//! `cargo build --release && cargo run --release --example picture -- docs`

mod graphics;
mod svg;
mod terminal;

use std::error::Error;
use std::num::NonZeroU16;
use std::path::PathBuf;

use clap::{Parser, ValueEnum};

use terminal::Terminal;

/// Draws the README's pictures.
#[derive(Debug, Parser)]
struct Arguments {
    /// The folder in which the pictures go.
    out: PathBuf,
    /// The program; the one built beside this example if not given.
    #[arg(long)]
    program: Option<PathBuf>,
    /// This picture alone.
    #[arg(long, value_parser = SCENES.map(|scene| scene.name))]
    only: Option<String>,
    /// Another terminal than the picture's own.
    #[arg(long)]
    mode: Option<Mode>,
    /// Other keys than the picture's own: for choosing them, with `--only`.
    #[arg(long)]
    keys: Option<String>,
}

/// What terminal the desk is shown by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Mode {
    /// It draws pictures in its own pixels.
    Kitty,
    /// It knows of no pictures, so that the desk draws them in half-blocks.
    HalfBlocks,
}

/// One picture.
struct Scene {
    name: &'static str,
    columns: NonZeroU16,
    rows: NonZeroU16,
    mode: Mode,
    /// What is pressed, one after the other.
    keys: &'static str,
    /// What must stand on the screen in the end.
    until: &'static str,
}

const fn cells(count: u16) -> NonZeroU16 {
    match NonZeroU16::new(count) {
        Some(count) => count,
        None => NonZeroU16::MIN,
    }
}

const SCENES: [Scene; 3] = [
    // The first filing with findings, its finding selected, the licence and what stands on it beside it.
    Scene {
        name: "desk",
        columns: cells(150),
        rows: cells(42),
        mode: Mode::Kitty,
        keys: "J J J J",
        until: "申报  广州市样例贸[易]有限公司",
    },
    // The site principal's portrait (e of the places) beside the photo, which shows somebody else.
    Scene {
        name: "compare",
        columns: cells(100),
        rows: cells(30),
        mode: Mode::Kitty,
        keys: "J J J J J J J J J t e s",
        until: "并排 网站负责人证件正面 / 核验照",
    },
    // The field after the finding of the principal is the number on the identity card.
    Scene {
        name: "text-mode",
        columns: cells(80),
        rows: cells(24),
        mode: Mode::HalfBlocks,
        keys: "J J J J ] ] Tab e",
        until: "440099197912150550 (93)",
    },
];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let beside = std::env::current_exe()?.with_file_name("../heyan");
    let program = arguments.program.unwrap_or(beside).canonicalize()?;
    let wanted = |scene: &&Scene| arguments.only.as_ref().is_none_or(|only| only == scene.name);
    for scene in SCENES.iter().filter(wanted) {
        let mode = arguments.mode.unwrap_or(scene.mode);
        let mut terminal = Terminal::open(&program, scene, mode)?;
        terminal.settle("D-1001")?;
        let (keys, until) = match &arguments.keys {
            Some(keys) => (keys.as_str(), ""),
            None => (scene.keys, scene.until),
        };
        for key in keys.split(' ') {
            terminal.press(key)?;
            terminal.settle("")?;
        }
        terminal.settle(until)?;
        let drawing = svg::draw(terminal.screen(), &terminal.pictures()?);
        std::fs::write(arguments.out.join(scene.name).with_extension("svg"), drawing)?;
    }
    Ok(())
}

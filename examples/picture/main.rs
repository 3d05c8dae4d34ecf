//! Draws the README's picture: runs the real program in a terminal of its own, presses the keys of a reviewer, waits
//! until the screen stands still, and writes what stands there as SVG.
//!
//! `cargo build --release && cargo run --release --example picture -- docs/desk.svg`

mod svg;

use std::error::Error;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use clap::Parser;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};

/// Draws the README's picture.
#[derive(Debug, Parser)]
struct Arguments {
    /// Where the picture goes.
    out: PathBuf,
    /// The program; the one built beside this example if not given.
    #[arg(long)]
    program: Option<PathBuf>,
    #[arg(long, default_value = "140")]
    columns: NonZeroU16,
    #[arg(long, default_value = "40")]
    rows: NonZeroU16,
    /// What is pressed: the first filing with findings.
    #[arg(long, default_value = "JJJJ")]
    keys: String,
    /// What must stand on the screen in the end.
    #[arg(long, default_value = "D-1005 专项核查")]
    until: String,
}

/// A screen stands when nothing was drawn for so long.
const STANDS: Duration = Duration::from_millis(1_000);
/// The longest wait for that.
const PATIENCE: Duration = Duration::from_secs(60);

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let beside = std::env::current_exe()?.with_file_name("../heyan");
    let program = arguments.program.unwrap_or(beside).canonicalize()?;
    let home = tempfile::tempdir()?;

    let size = PtySize {
        rows: arguments.rows.get(),
        cols: arguments.columns.get(),
        pixel_width: 0,
        pixel_height: 0,
    };
    let pair = native_pty_system().openpty(size)?;
    let mut command = CommandBuilder::new(program);
    command.args(["demo", "--lang", "zh", "--reviewer", "林晓"]);
    command.env_clear();
    command.env("HOME", home.path());
    command.env("TERM", "xterm-256color");
    let mut child = pair.slave.spawn_command(command)?;
    let mut keyboard = pair.master.take_writer()?;
    let output = listen(pair.master.try_clone_reader()?);

    let mut terminal = vt100::Parser::new(arguments.rows, arguments.columns, 0);
    settle(&output, &mut terminal, "D-1001")?;
    for key in arguments.keys.chars() {
        write!(keyboard, "{key}")?;
        keyboard.flush()?;
        settle(&output, &mut terminal, "")?;
    }
    settle(&output, &mut terminal, &arguments.until)?;
    std::fs::write(&arguments.out, svg::draw(terminal.screen()))?;
    child.kill()?;
    child.wait()?;
    Ok(())
}

/// The terminal's bytes as they come.
fn listen(mut reader: Box<dyn Read + Send>) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut buffer = vec![0; 1 << 16];
        while let Ok(count @ 1..) = reader.read(&mut buffer) {
            if sender.send(buffer[..count].to_vec()).is_err() {
                return;
            }
        }
    });
    receiver
}

/// Takes in what is drawn until the screen stands and shows `wanted`.
fn settle(
    output: &Receiver<Vec<u8>>,
    terminal: &mut vt100::Parser,
    wanted: &str,
) -> Result<(), Box<dyn Error>> {
    let until = Instant::now() + PATIENCE;
    loop {
        match output.recv_timeout(STANDS) {
            Ok(bytes) => terminal.process(&bytes),
            Err(_) if terminal.screen().contents().contains(wanted) => return Ok(()),
            Err(_) if Instant::now() > until => return Err(format!("`{wanted}` did not appear").into()),
            Err(_) => {}
        }
    }
}

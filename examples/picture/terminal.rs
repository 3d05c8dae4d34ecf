//! The program in a pseudo-terminal, and the terminal's side of it: a screen, answers to what the program asks, keys.

use std::error::Error;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};
use tempfile::TempDir;
use vt100::{Callbacks, Parser, Screen};

use crate::graphics::{Memory, Standing};
use crate::svg::{HEIGHT, WIDTH};
use crate::{Mode, Scene};

/// A screen stands when nothing was drawn for so long.
const STANDS: Duration = Duration::from_millis(1_000);
/// The longest wait for that.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Terminal {
    parser: Parser<Answers>,
    memory: Memory,
    keyboard: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    child: Box<dyn Child + Send + Sync>,
    /// The workspace lives there, and goes with it.
    _home: TempDir,
}

impl Terminal {
    /// Opens the desk on a new demo.
    pub fn open(program: &Path, scene: &Scene, mode: Mode) -> Result<Self, Box<dyn Error>> {
        let home = tempfile::tempdir()?;
        let (columns, rows) = (scene.columns, scene.rows);
        // Without pixels: cells are asked about, which is the way that works over SSH, too.
        let size = PtySize { rows: rows.get(), cols: columns.get(), pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size)?;
        let mut command = CommandBuilder::new(program);
        command.args(["demo", "--lang", "zh", "--reviewer", "林晓"]);
        command.env_clear();
        command.env("HOME", home.path());
        command.env("TERM", "xterm-256color");
        let child = pair.slave.spawn_command(command)?;
        Ok(Terminal {
            parser: Parser::new_with_callbacks(rows, columns, 0, Answers { mode, text: String::new() }),
            memory: Memory::default(),
            keyboard: pair.master.take_writer()?,
            output: listen(pair.master.try_clone_reader()?),
            child,
            _home: home,
        })
    }

    pub fn screen(&self) -> &Screen {
        self.parser.screen()
    }

    /// The pictures that stand on the screen.
    pub fn pictures(&self) -> Result<Vec<Standing>, Box<dyn Error>> {
        self.memory.standing(self.screen())
    }

    /// Presses a key: a character, or one of those that have a name.
    pub fn press(&mut self, key: &str) -> Result<(), Box<dyn Error>> {
        let bytes = match key {
            "Tab" => "\t",
            "Enter" => "\r",
            "Esc" => "\x1b",
            "Space" => " ",
            _ => key,
        };
        self.say(bytes)
    }

    fn say(&mut self, text: &str) -> Result<(), Box<dyn Error>> {
        self.keyboard.write_all(text.as_bytes())?;
        Ok(self.keyboard.flush()?)
    }

    /// Takes in what is drawn until the screen stands and shows `wanted`.
    pub fn settle(&mut self, wanted: &str) -> Result<(), Box<dyn Error>> {
        let until = Instant::now() + PATIENCE;
        loop {
            match self.output.recv_timeout(STANDS) {
                Ok(bytes) => self.takes(&bytes)?,
                Err(_) if self.screen().contents().contains(wanted) => return Ok(()),
                Err(_) if Instant::now() > until => return Err(format!("`{wanted}` did not appear").into()),
                Err(_) => {}
            }
        }
    }

    fn takes(&mut self, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
        // Before the text: what ends a question is answered last.
        let asked = self.memory.takes(bytes)?;
        self.parser.process(bytes);
        let answers = self.parser.callbacks_mut();
        let mut text = std::mem::take(&mut answers.text);
        if answers.mode == Mode::Kitty {
            text = asked.map(|number| format!("\x1b_Gi={number};OK\x1b\\")).unwrap_or_default() + &text;
        }
        self.say(&text)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It may have ended by itself; there is nobody to tell.
        let _ended = self.child.kill().and_then(|()| self.child.wait());
    }
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

/// What the terminal has to say to the program's questions.
struct Answers {
    mode: Mode,
    text: String,
}

impl Callbacks for Answers {
    fn unhandled_csi(
        &mut self,
        screen: &mut Screen,
        first: Option<u8>,
        _: Option<u8>,
        parameters: &[&[u16]],
        last: char,
    ) {
        let kitty = self.mode == Mode::Kitty;
        match (first, parameters, last) {
            (None, [[6]], 'n') => {
                let (row, column) = screen.cursor_position();
                self.text += &format!("\x1b[{};{}R", row + 1, column + 1);
            }
            (Some(b'>'), [] | [[0]], 'q') if kitty => self.text += "\x1bP>|kitty(0.36.4)\x1b\\",
            (None, [[16]], 't') if kitty => self.text += &format!("\x1b[6;{HEIGHT};{WIDTH}t"),
            (None, [] | [[0]], 'c') => self.text += "\x1b[?62;22c",
            _ => {}
        }
    }
}

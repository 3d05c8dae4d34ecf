//! A program in a pseudo-terminal: started, typed at, watched, and ended if it does not end by itself.

use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

use super::process;
use super::screen::Emulator;

/// How long anything may take before the test gives up: long enough for a machine busy with other tests.
const PATIENCE: Duration = Duration::from_secs(30);

/// How a terminal draws and answers.
#[derive(Debug, Clone, Copy, Default)]
pub struct Manners {
    /// Ambiguous characters take two cells.
    pub wide: bool,
    /// It answers only when the test lets it.
    pub silent: bool,
    pub pictures: Pictures,
}

/// What a terminal says of pictures; by default it knows nothing of them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pictures {
    /// It answers in kitty's graphics protocol.
    pub kitty: bool,
    /// It names sixel among its attributes.
    pub sixel: bool,
    pub name: Option<&'static str>,
    /// A cell's width and height in pixels.
    pub cell: Option<(u16, u16)>,
}

impl Pictures {
    pub const NONE: Pictures = Pictures { kitty: false, sixel: false, name: None, cell: None };
}

type Shared = Arc<(Mutex<Emulator>, Condvar)>;

/// A running program and its terminal. Dropping it ends the program.
pub struct Terminal {
    line: Option<Line>,
    shared: Shared,
    reader: Option<JoinHandle<()>>,
    pub pid: Pid,
    end: Receiver<ExitStatus>,
    ended: Option<ExitStatus>,
}

/// This side of the pseudo-terminal; dropping it is a closed connection.
struct Line {
    master: Box<dyn MasterPty + Send>,
    writer: Writer,
}

/// Shared with the thread that answers.
type Writer = Arc<Mutex<Box<dyn Write + Send>>>;

impl Terminal {
    pub fn start(command: CommandBuilder, size: (u16, u16), manners: Manners) -> Self {
        let pair = native_pty_system().openpty(cells(size)).unwrap();
        let mut child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let pid = Pid::from_raw(child.process_id().unwrap().try_into().unwrap()).unwrap();
        let (told, end) = channel();
        thread::spawn(move || told.send(child.wait().unwrap()));
        let shared: Shared = Arc::new((Mutex::new(Emulator::new(size, manners)), Condvar::new()));
        let output = pair.master.try_clone_reader().unwrap();
        let writer: Writer = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let reader = thread::spawn({
            let shared = Arc::clone(&shared);
            let answering = (!manners.silent).then(|| Arc::clone(&writer));
            move || read(output, &shared, answering.as_ref())
        });
        let line = Some(Line { master: pair.master, writer });
        Terminal { line, shared, reader: Some(reader), pid, end, ended: None }
    }

    /// Sends bytes in one write.
    pub fn send(&mut self, bytes: &str) {
        write(&self.line.as_ref().expect("the line is open").writer, bytes).unwrap();
    }

    /// The terminal says what it has kept to itself, with something typed before and after it in the same write.
    pub fn answers_between(&mut self, before: &str, after: &str) {
        self.until("the question", |screen| screen.is_asked().then_some(()));
        let answers = lock(&self.shared).answers();
        self.send(&format!("{before}{answers}{after}"));
    }

    /// The terminal says what it has kept to itself; the line is cut behind each of these parts, and the program reads
    /// and waits for more before the rest comes.
    #[track_caller]
    pub fn answers_cut_behind(&mut self, parts: &[&str]) {
        self.until("the question", |screen| screen.is_asked().then_some(()));
        let answers = lock(&self.shared).answers();
        let mut rest = answers.as_str();
        for part in parts {
            let end = rest.find(part).unwrap_or_else(|| panic!("no {part:?} in {rest:?}")) + part.len();
            self.send(&rest[..end]);
            self.settles();
            rest = &rest[end..];
        }
        self.send(rest);
    }

    pub fn resize(&mut self, size: (u16, u16)) {
        lock(&self.shared).resize(size);
        self.line.as_ref().expect("the line is open").master.resize(cells(size)).unwrap();
    }

    /// Looks at the screen as it is between two frames.
    pub fn look<T>(&self, at: impl FnOnce(&Emulator) -> T) -> T {
        at(&lock(&self.shared))
    }

    /// Waits until something can be seen, at most so long.
    pub fn within<T>(&self, time: Duration, mut seen: impl FnMut(&Emulator) -> Option<T>) -> Option<T> {
        let end = Instant::now() + time;
        let mut emulator = lock(&self.shared);
        loop {
            if emulator.settled()
                && let Some(found) = seen(&emulator)
            {
                return Some(found);
            }
            let left = end.checked_duration_since(Instant::now()).filter(|_| !emulator.closed)?;
            emulator = self.shared.1.wait_timeout(emulator, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Waits until something can be seen; the test fails when it never can.
    #[track_caller]
    pub fn until<T>(&self, what: &str, seen: impl FnMut(&Emulator) -> Option<T>) -> T {
        self.within(PATIENCE, seen).unwrap_or_else(|| panic!("never seen: {what}\n{}", self.picture()))
    }

    #[track_caller]
    pub fn shows(&self, text: &str) {
        self.until(text, |screen| screen.shows(text).then_some(()));
    }

    /// Lets the program go on for so long, for what must not happen meanwhile.
    pub fn lets_pass(&self, time: Duration) {
        self.within(time, |_| None::<()>);
    }

    /// Waits until nothing more comes of what was sent: no frame, and nothing left to do for the program and its
    /// picture worker.
    #[track_caller]
    pub fn settles(&self) {
        const QUIET: Duration = Duration::from_millis(30);
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            let asleep = || process::family(self.pid).into_iter().all(process::sleeps);
            let before = self.look(|screen| screen.written.len());
            let more = |screen: &Emulator| (screen.written.len() > before).then_some(());
            if asleep() && self.within(QUIET, more).is_none() && asleep() && self.look(more).is_none() {
                return;
            }
        }
        panic!("never at rest\n{}", self.picture());
    }

    /// Sends a key, and again when it had no effect: a case arms a moment after it was drawn, and a key pressed
    /// again too soon counts as held.
    #[track_caller]
    pub fn press_until<T>(
        &mut self,
        key: &str,
        what: &str,
        mut seen: impl FnMut(&Emulator) -> Option<T>,
    ) -> T {
        const TIMES: u32 = 40;
        const BETWEEN: Duration = Duration::from_millis(400);
        for _ in 0..TIMES {
            self.send(key);
            if let Some(found) = self.within(BETWEEN, &mut seen) {
                return found;
            }
        }
        panic!("{key:?} never led to: {what}\n{}", self.picture());
    }

    /// The screen as text, for the reader of a failed test.
    pub fn picture(&self) -> String {
        self.look(|screen| {
            let rows = screen.rows().join("\n");
            let notices = &screen.watch().notices;
            format!("{rows}\n(closed: {}, notices: {notices:?})", screen.closed)
        })
    }

    /// Waits for the program to end by itself.
    #[track_caller]
    pub fn ends(&mut self) -> ExitStatus {
        let status = self.end.recv_timeout(PATIENCE);
        let status = status.unwrap_or_else(|_| panic!("the program does not end\n{}", self.picture()));
        self.ended = Some(status.clone());
        if self.line.is_some() {
            // What it wrote last is read before anybody looks at it.
            self.until("the end of the output", |screen| screen.closed.then_some(()));
        }
        status
    }

    /// Closes the connection, as when the terminal's window or the SSH session goes away.
    pub fn hang_up(&mut self) {
        // The reader holds the line too, and is asleep in a read: the next output wakes it for the last time.
        lock(&self.shared).closed = true;
        while self.reader.as_ref().is_some_and(|reader| !reader.is_finished()) {
            self.send("?");
            thread::yield_now();
        }
        self.line = None;
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        kill_process(self.pid, Signal::KILL).unwrap();
        self.ends();
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if self.ended.is_none() && self.end.try_recv().is_err() {
            let _gone = kill_process(self.pid, Signal::KILL);
            let _reaped = self.end.recv_timeout(PATIENCE);
        }
        self.line = None;
        if let Some(reader) = self.reader.take() {
            let _ended = reader.join();
        }
    }
}

/// A test that failed while it looked at the screen leaves the screen as it was.
fn lock(shared: &Shared) -> MutexGuard<'_, Emulator> {
    shared.0.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Sends bytes in one write.
fn write(writer: &Writer, bytes: &str) -> std::io::Result<()> {
    let mut writer = writer.lock().unwrap_or_else(PoisonError::into_inner);
    writer.write_all(bytes.as_bytes())?;
    writer.flush()
}

fn cells((columns, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

/// Feeds the emulator until the program's side is closed.
fn read(mut output: Box<dyn Read + Send>, shared: &Shared, answering: Option<&Writer>) {
    let mut bytes = vec![0; 64 * 1024];
    loop {
        let count = output.read(&mut bytes).unwrap_or(0);
        let mut emulator = lock(shared);
        emulator.takes(&bytes[..count]);
        emulator.closed |= count == 0;
        if let Some(writer) = answering
            && emulator.has_answers()
        {
            // A program that went away meanwhile does not read the answer.
            let _gone = write(writer, &emulator.answers());
        }
        shared.1.notify_all();
        if emulator.closed {
            return;
        }
    }
}

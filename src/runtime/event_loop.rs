//! The loop: take in all that came, draw once, tell the machine that it was drawn.
//!
//! Generic over the terminal's backend; events come over a channel, so that a test can be the keyboard.

use std::io::Write;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use ratatui::Terminal;
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::{Buffer, Cell};
use ratatui::crossterm::queue;
use ratatui::crossterm::style::Print;
use ratatui::crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};

use super::clipboard;
use super::keyboard::Report;
use super::pictures::DeskPictures;
use super::probe::Probe;
use super::terminal::{self, MOUSE_OFF, MOUSE_ON, Written};
use crate::app::case_view::CaseView;
use crate::app::effect::{Clock, Effect, Msg, PictureStatus};
use crate::app::key::Press;
use crate::app::model::Model;
use crate::app::mouse::{Act, Spots};
use crate::app::pictures::Images;
use crate::app::update;
use crate::domain::viewport::Size;
use crate::ui;
use crate::ui::pictures::{NoPictures, Pictures};

/// How long the first frame waits for the first case.
const FIRST_ANSWER: Duration = Duration::from_millis(25);

/// What can happen.
#[derive(Debug)]
pub enum Event {
    /// Key presses that arrived in one read.
    Keys(Vec<Press>),
    Paste(String),
    /// The mouse, at a column and a row.
    Mouse(Act, u16, u16),
    /// Columns and rows, and a cell's size in pixels where the window tells it.
    Resize(u16, u16, Option<Size>),
    /// The terminal's answer to a question.
    Report(Report),
    /// An answer from the background.
    Msg(Box<Msg>),
    /// A picture was rendered or given up: draw again.
    Picture,
    /// The reviewer looks at this terminal again.
    Focused,
    /// The terminal is gone, or the system asks the program to end.
    Gone,
}

/// Belongs to a thread without which the desk cannot go on: its panic closes the desk in order.
pub struct Needed(pub Sender<Event>);

impl Drop for Needed {
    fn drop(&mut self) {
        if thread::panicking() {
            // When nobody is left to be told, the desk is closing already.
            let _closing = self.0.send(Event::Gone);
        }
    }
}

/// A terminal that can show a frame all at once, and be asked.
pub trait Synchronized: Backend {
    fn begin(&mut self) {}
    fn end(&mut self) {}
    /// Whether clicks and the wheel come to the desk instead of selecting text.
    fn capture_mouse(&mut self, _on: bool) {}
    fn ask(&mut self, _question: &str) {}
    /// Passes bytes on that draw pictures.
    fn pass(&mut self, _bytes: &[u8]) {}
    /// Puts a text on the clipboard of whoever sits at the terminal.
    fn copy(&mut self, _text: &str) {}
}

impl<W: Write> Synchronized for CrosstermBackend<W> {
    // A terminal that does not know the mode ignores it; a broken one fails in the draw that follows.
    fn begin(&mut self) {
        let _queued = queue!(self, BeginSynchronizedUpdate);
    }
    fn end(&mut self) {
        let _queued = queue!(self, EndSynchronizedUpdate);
        let _flushed = Write::flush(self);
    }
    fn capture_mouse(&mut self, on: bool) {
        let _queued = queue!(self, Print(if on { MOUSE_ON } else { MOUSE_OFF }));
    }
    fn ask(&mut self, question: &str) {
        let _buffered = self.write_all(question.as_bytes());
    }
    fn pass(&mut self, bytes: &[u8]) {
        let _buffered = self.write_all(bytes);
    }
    fn copy(&mut self, text: &str) {
        let _buffered = self.write_all(clipboard::sequence(text).as_bytes());
    }
}

impl Synchronized for ratatui::backend::TestBackend {}

/// Runs the desk until the reviewer leaves or the terminal is gone. `perform` carries effects out elsewhere; their
/// answers come as events.
pub fn run<B: Synchronized>(
    terminal: &mut Terminal<B>,
    model: &mut Model,
    pictures: Option<&mut DeskPictures>,
    probe: &mut Probe,
    written: &Written,
    events: &Receiver<Event>,
    perform: &mut dyn FnMut(Effect),
) -> Result<(), B::Error> {
    let ended = turn(terminal, model, pictures, probe, written, events, perform);
    // However it ended, the claim is given back; leaving by hand has done so.
    if !model.quit
        && let Some(view) = model.open_case()
    {
        perform(Effect::Release(view.reference()));
    }
    ended
}

fn turn<B: Synchronized>(
    terminal: &mut Terminal<B>,
    model: &mut Model,
    mut pictures: Option<&mut DeskPictures>,
    probe: &mut Probe,
    written: &Written,
    events: &Receiver<Event>,
    perform: &mut dyn FnMut(Effect),
) -> Result<(), B::Error> {
    let started = Instant::now();
    let clock = || Clock { ms: started.elapsed().as_millis() as u64, now: Timestamp::now() };
    for effect in update::start(model) {
        perform(effect);
    }
    probe.has(model.size.0, model.size.1);
    // The first answers take a few milliseconds: drawn together with them, the desk does not flicker open.
    let mut came = events.recv_timeout(FIRST_ANSWER);
    let mut mouse = false;
    let mut spots = Spots::default();
    loop {
        let was_wide = model.settings.wide_ambiguous;
        let mut taken = match came {
            Ok(event) => take_in(model, event, events, &spots, probe, &clock, perform),
            Err(RecvTimeoutError::Timeout) => take_in_msg(model, Msg::Tick(clock()), perform),
            Err(RecvTimeoutError::Disconnected) => ControlFlow::Break(()),
        };
        if let Some(display) = probe.tick(clock().ms)
            && taken.is_continue()
        {
            taken = take_in_msg(model, Msg::Display(display), perform);
        }
        if taken.is_break() {
            return Ok(());
        }
        if std::mem::take(&mut model.redraw) || (!was_wide && model.settings.wide_ambiguous) {
            // What stands there is torn. (`Terminal::clear` would ask for the cursor and wait for the answer.)
            terminal.resize(terminal.size()?.into())?;
            if let Some(pictures) = &mut pictures {
                pictures.forget();
            }
        }
        if let Some(text) = model.clipboard.take() {
            terminal.backend_mut().copy(&text);
        }
        if model.mouse != mouse {
            mouse = model.mouse;
            terminal.backend_mut().capture_mouse(mouse);
        }
        spots = draw(terminal, model, &mut pictures, probe, written, &clock, perform)?;
        let next = model.next_tick().min(probe.until().unwrap_or(u64::MAX));
        let wait = Duration::from_millis(next.saturating_sub(clock().ms).max(1));
        came = events.recv_timeout(wait);
    }
}

/// Takes in an event and all that came with it; breaks when the desk closes.
fn take_in(
    model: &mut Model,
    first: Event,
    events: &Receiver<Event>,
    spots: &Spots,
    probe: &mut Probe,
    clock: &impl Fn() -> Clock,
    perform: &mut dyn FnMut(Effect),
) -> ControlFlow<()> {
    for event in std::iter::once(first).chain(events.try_iter()) {
        let msg = match event {
            Event::Keys(presses) => Msg::Input(presses, clock()),
            Event::Paste(text) => Msg::Paste(text),
            Event::Mouse(act, column, row) => Msg::Mouse(act, spots.at(column, row), clock()),
            Event::Resize(width, height, cell) => {
                if let Some(display) = probe.resized(width, height, cell) {
                    take_in_msg(model, Msg::Display(display), perform)?;
                }
                Msg::Resize(width, height)
            }
            Event::Report(report) => match probe.hear(report) {
                Some(display) => Msg::Display(display),
                None => continue,
            },
            Event::Msg(msg) => *msg,
            Event::Picture => continue,
            Event::Focused => {
                // What was sent for another window of tmux to show is lost.
                model.redraw |= model.settings.images == Images::Kitty;
                continue;
            }
            Event::Gone => return ControlFlow::Break(()),
        };
        take_in_msg(model, msg, perform)?;
    }
    ControlFlow::Continue(())
}

fn take_in_msg(model: &mut Model, msg: Msg, perform: &mut dyn FnMut(Effect)) -> ControlFlow<()> {
    for effect in update::update(model, msg) {
        perform(effect);
    }
    if model.quit { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
}

/// Draws, and once more when what was drawn changed what is known (a document counts as seen by being drawn); answers
/// what stands where.
fn draw<B: Synchronized>(
    terminal: &mut Terminal<B>,
    model: &mut Model,
    pictures: &mut Option<&mut DeskPictures>,
    probe: &mut Probe,
    written: &Written,
    clock: &impl Fn() -> Clock,
    perform: &mut dyn FnMut(Effect),
) -> Result<Spots, B::Error> {
    let mut tell = |model: &mut Model, msg| update::update(model, msg).into_iter().for_each(&mut *perform);
    loop {
        let size = terminal.size()?;
        if (size.width, size.height) != model.size {
            if let Some(display) = probe.resized(size.width, size.height, None) {
                tell(model, Msg::Display(display));
            }
            tell(model, Msg::Resize(size.width, size.height));
        }
        // Also when another font left as many columns and rows: cells are of another size.
        if let Some(question) = probe.ask_again() {
            terminal.backend_mut().ask(question);
        }
        if let Some(pictures) = pictures {
            if !probe.is_open() {
                let settings = &model.settings;
                pictures.display(settings.images, settings.cell, settings.largest_sixel);
            }
            pictures.want(model.wanted_pictures());
            let known = pictures.pages_known();
            if !known.is_empty() {
                known.into_iter().for_each(|known| tell(model, known));
                // The page after it is wanted, now that it is known to be there.
                pictures.want(model.wanted_pictures());
            }
        }
        // Asked before drawing: a picture that arrives in between is drawn but not yet counted.
        let status = match pictures.as_ref().map_or(PictureStatus::None, |pictures| pictures.status()) {
            PictureStatus::None => PictureStatus::None,
            // How it is drawn depends on the terminal's answer.
            _ if probe.is_open() => PictureStatus::Loading,
            status => status,
        };
        let partner =
            match pictures.as_ref().map_or(PictureStatus::None, |pictures| pictures.partner_status()) {
                _ if probe.is_open() => PictureStatus::None,
                partner => partner,
            };
        let before = written.bytes();
        terminal.backend_mut().begin();
        let mut spots = Spots::default();
        let frame = terminal.draw(|frame| {
            let source: &dyn Pictures = match pictures {
                Some(pictures) if !probe.is_open() => &**pictures,
                _ => &NoPictures,
            };
            spots = ui::view(frame, model, source);
            if let Some(pictures) = pictures {
                pictures.settle(frame.buffer_mut());
            }
        })?;
        let last_row = probe.is_waiting().then(|| last_row(frame.buffer));
        if let Some(pictures) = pictures {
            let strokes = pictures.strokes(model.open_case().map(CaseView::reference).as_deref());
            if !strokes.is_empty() {
                let cells = frame.buffer.clone();
                terminal::on_leaving(pictures.farewell());
                strokes.write(&cells, terminal.backend_mut(), Synchronized::pass)?;
            }
        }
        terminal.backend_mut().end();
        if let Some(row) = last_row {
            ask(terminal, probe, &row, clock().ms)?;
        }
        let known = progress(model);
        if partner != PictureStatus::None {
            tell(model, Msg::PartnerDrawn(partner));
        }
        tell(model, Msg::Drawn(status, clock()));
        let bytes = written.bytes() - before;
        let first = !probe.is_open() && pictures.as_mut().is_some_and(|pictures| pictures.first_drawn());
        if first && bytes > 0 {
            let reduced = pictures.as_ref().is_some_and(|pictures| pictures.is_reduced());
            tell(model, Msg::Measured { bytes, reduced });
        } else if progress(model) == known {
            return Ok(spots);
        }
    }
}

/// The cells of the bottom row, with their places.
fn last_row(buffer: &Buffer) -> Vec<(u16, u16, Cell)> {
    let area = buffer.area;
    let y = area.bottom().saturating_sub(1);
    (area.left()..area.right()).filter_map(|x| Some((x, y, buffer.cell((x, y))?.clone()))).collect()
}

/// Asks what the terminal can, on the bottom row, and draws that row anew: all in one write.
fn ask<B: Synchronized>(
    terminal: &mut Terminal<B>,
    probe: &mut Probe,
    row: &[(u16, u16, Cell)],
    now: u64,
) -> Result<(), B::Error> {
    let Some((_, y, _)) = row.first() else { return Ok(()) };
    let backend = terminal.backend_mut();
    backend.begin();
    backend.ask(&probe.ask(Some(y + 1), now));
    backend.draw(row.iter().map(|(x, y, cell)| (*x, *y, cell)))?;
    backend.end();
    Ok(())
}

fn progress(model: &Model) -> impl PartialEq + use<> {
    model.open_case().map(CaseView::progress)
}

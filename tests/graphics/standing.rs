//! What stands on a terminal after any drawings: the pictures that were meant, and nothing of a filing that is gone.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::rc::Rc;
use std::sync::Arc;

use heyan::app::layout::Area;
use heyan::domain::viewport::Size;
use heyan::media::encode::tmux::Through;
use heyan::media::encode::{Encoded, Encoding, Outcome, Protocol};
use heyan::runtime::graphics::Screen;
use heyan::ui::placed::{self, Placed};
use proptest::prelude::*;
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Rect, Size as Cells};
use ratatui::style::Style;
use ratatui::{Terminal, TerminalOptions, Viewport};

use super::emulator::{Emulator, Shown};

const CELL: (u32, u32) = (4, 6);
/// Where pictures may stand: beside each other, and one below, above the last row.
const SLOTS: [Area; 3] = [Area::new(1, 1, 12, 6), Area::new(14, 1, 12, 6), Area::new(3, 8, 20, 3)];

/// The library's writer into memory, with a size of its own.
struct Line(CrosstermBackend<Bytes>, Rc<RefCell<(u16, u16)>>);

#[derive(Clone, Default)]
struct Bytes(Rc<RefCell<Vec<u8>>>);

impl io::Write for Bytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Backend for Line {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> io::Result<()> {
        self.0.draw(content)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.0.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.0.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.0.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.0.clear()
    }

    fn clear_region(&mut self, kind: ClearType) -> io::Result<()> {
        self.0.clear_region(kind)
    }

    fn size(&self) -> io::Result<Cells> {
        let (width, height) = *self.1.borrow();
        Ok(Cells { width, height })
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Cells::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// One drawing: which picture stands in which slot, what lies over them, and whose they are.
#[derive(Debug, Clone)]
struct Drawing {
    /// Pictures of the filing, by their index; none for an empty slot.
    slots: [Option<u8>; 3],
    panel: Option<Rect>,
    filing: u8,
    /// Something that changes the text beside and under the pictures.
    text: u8,
}

#[derive(Debug, Clone)]
enum Step {
    Draw(Drawing),
    Resize(u16, u16),
    Redraw,
}

/// A desk of one protocol and the terminal that it draws on.
struct Desk {
    terminal: Terminal<Line>,
    size: Rc<RefCell<(u16, u16)>>,
    out: Bytes,
    screen: Screen,
    emulator: Emulator,
    pictures: BTreeMap<u32, Arc<Encoded>>,
    protocol: Protocol,
}

fn through(protocol: Protocol, tmux: bool) -> Through {
    if tmux && protocol == Protocol::Kitty { Through::Tmux } else { Through::Direct }
}

impl Desk {
    fn new(protocol: Protocol, tmux: bool) -> Self {
        let (out, size) = (Bytes::default(), Rc::new(RefCell::new((30, 13))));
        let line = Line(CrosstermBackend::new(out.clone()), Rc::clone(&size));
        let options = TerminalOptions { viewport: Viewport::Fullscreen };
        let through = through(protocol, tmux);
        Desk {
            terminal: Terminal::with_options(line, options).unwrap(),
            size,
            out,
            screen: Screen::new(through),
            emulator: Emulator::new((30, 13), CELL, through == Through::Tmux),
            pictures: BTreeMap::new(),
            protocol,
        }
    }

    /// A picture of a filing: different sizes, different content.
    fn picture(&mut self, filing: u8, index: u8) -> (u32, Arc<Encoded>) {
        let number = 0x00_10_00 + u32::from(filing) * 256 + u32::from(index);
        let protocol = self.protocol;
        let picture = self.pictures.entry(number).or_insert_with(|| {
            let size = Size::new(9 + u32::from(index) * 4, 18 - u32::from(index));
            let rgb = (0..size.area() * 3).map(|at| (at as u8).wrapping_mul(filing + 3) ^ index).collect();
            let encoding = Encoding {
                protocol,
                cell: Size::new(CELL.0, CELL.1),
                largest_sixel: Size::new(4096, 4096),
                budget: None,
            };
            let Outcome::Terminal(picture) = encoding.encode(size, rgb).unwrap() else { panic!("cells") };
            Arc::new(picture)
        });
        (number, Arc::clone(picture))
    }

    /// Draws, and answers what must be seen.
    fn draw(&mut self, drawing: &Drawing) -> Vec<Shown> {
        let wanted: Vec<(Area, u32, Arc<Encoded>)> = SLOTS
            .into_iter()
            .zip(drawing.slots)
            .filter_map(|(slot, index)| {
                let (number, picture) = self.picture(drawing.filing, index?);
                Some((slot, number, picture))
            })
            .collect();
        let (width, height) = *self.size.borrow();
        let fits = |slot: &Area| slot.x + slot.width <= width && slot.y + slot.height < height;
        let (screen, pictures) = (&mut self.screen, &self.pictures);
        let frame = self
            .terminal
            .draw(|frame| {
                let buffer = frame.buffer_mut();
                for y in 0..buffer.area.height {
                    // Something wide ends where the first slot begins.
                    buffer.set_string(
                        u16::from((drawing.text + y as u8) % 3),
                        y,
                        "样例 a样例样例样例样例",
                        Style::new(),
                    );
                }
                for (slot, number, picture) in wanted.iter().filter(|(slot, ..)| fits(slot)) {
                    let (columns, rows) = (picture.columns, picture.rows);
                    for (x, y) in (slot.x..slot.x + slot.width)
                        .flat_map(|x| (slot.y..slot.y + slot.height).map(move |y| (x, y)))
                    {
                        buffer[(x, y)].reset();
                    }
                    placed::draw(buffer, *slot, Placed { number: *number, columns, rows });
                }
                if let Some(panel) = drawing.panel {
                    for position in panel.intersection(buffer.area).positions() {
                        buffer[position].reset();
                        buffer[position].set_symbol("p");
                    }
                }
                heyan::ui::paint::tie_halves(buffer);
                screen.settle(buffer, &|number| pictures.get(&number).cloned());
            })
            .unwrap();
        let buffer = frame.buffer.clone();
        let strokes = self.screen.strokes(Some(&drawing.filing.to_string()));
        let pass = |backend: &mut Line, bytes: &[u8]| io::Write::write_all(&mut backend.0, bytes).unwrap();
        strokes.write(&buffer, self.terminal.backend_mut(), pass).unwrap();
        self.emulator.takes(&self.out.0.take());
        let covered = |x: u16, y: u16| drawing.panel.is_some_and(|panel| panel.contains(Position { x, y }));
        let mut shown: Vec<Shown> = wanted
            .iter()
            .filter(|(slot, ..)| fits(slot))
            .map(|(slot, _, picture)| {
                let (columns, rows) = (picture.columns, picture.rows);
                let (left, top) = (slot.x + (slot.width - columns) / 2, slot.y + (slot.height - rows) / 2);
                let cells = (left..left + columns).flat_map(|x| (top..top + rows).map(move |y| (x, y)));
                Shown {
                    content: picture.payload.clone(),
                    origin: (i32::from(left), i32::from(top)),
                    cells: cells.filter(|(x, y)| !covered(*x, *y)).collect(),
                }
            })
            .filter(|shown| !shown.cells.is_empty())
            .collect();
        shown.sort();
        shown
    }

    fn take(&mut self, step: &Step) -> Option<Vec<Shown>> {
        match step {
            Step::Draw(drawing) => return Some(self.draw(drawing)),
            // Of a size that stays the same nobody is told.
            Step::Resize(width, height) if (*width, *height) == *self.size.borrow() => {}
            Step::Resize(width, height) => {
                *self.size.borrow_mut() = (*width, *height);
                self.emulator.resize((*width, *height));
            }
            Step::Redraw => {
                let (width, height) = *self.size.borrow();
                self.terminal.resize(Rect::new(0, 0, width, height)).unwrap();
                self.screen.forget();
            }
        }
        None
    }
}

fn drawing() -> impl Strategy<Value = Drawing> {
    let slot = || prop::option::weighted(0.7, 0_u8..4);
    let panel = (0_u16..25, 0_u16..10, 1_u16..20, 1_u16..10).prop_map(|(x, y, w, h)| Rect::new(x, y, w, h));
    ([slot(), slot(), slot()], prop::option::weighted(0.3, panel), 0_u8..2, 0_u8..3)
        .prop_map(|(slots, panel, filing, text)| Drawing { slots, panel, filing, text })
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => drawing().prop_map(Step::Draw),
        1 => (24_u16..34, 8_u16..16).prop_map(|(width, height)| Step::Resize(width, height)),
        1 => Just(Step::Redraw),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_terminal_shows_what_was_drawn_and_keeps_nothing_of_a_filing_that_is_gone(
        steps in prop::collection::vec(step(), 1..14),
        protocol in prop::sample::select(vec![Protocol::Kitty, Protocol::ITerm2, Protocol::Sixel]),
        tmux in any::<bool>(),
    ) {
        let mut desk = Desk::new(protocol, tmux);
        for step in &steps {
            let Some(expected) = desk.take(step) else { continue };
            prop_assert_eq!(desk.emulator.shows(), expected);
            let Step::Draw(drawing) = step else { continue };
            let filing = |number: &u32| number >> 8 & 0xf == u32::from(drawing.filing);
            prop_assert!(desk.emulator.memory.keys().all(filing));
        }
        desk.emulator.takes(&desk.screen.farewell());
        prop_assert_eq!(desk.emulator.shows(), []);
        prop_assert!(desk.emulator.memory.is_empty());
    }
}

fn one(slot: usize, index: u8, filing: u8) -> Drawing {
    let mut slots = [None; 3];
    slots[slot] = Some(index);
    Drawing { slots, panel: None, filing, text: 0 }
}

#[test]
fn kitty_is_sent_a_picture_once() {
    let mut desk = Desk::new(Protocol::Kitty, false);
    let covered = Drawing { panel: Some(Rect::new(0, 0, 30, 13)), ..one(0, 1, 0) };
    for drawing in [one(0, 0, 0), one(0, 1, 0), covered, one(1, 0, 0), one(0, 1, 0)] {
        desk.draw(&drawing);
    }
    assert_eq!(desk.emulator.transmitted, [0x1000, 0x1001]);
    // After a redraw the terminal is not believed to have anything.
    desk.take(&Step::Redraw);
    desk.draw(&one(0, 1, 0));
    assert_eq!(desk.emulator.transmitted, [0x1000, 0x1001, 0x1001]);
    desk.draw(&one(0, 2, 1));
    assert_eq!(desk.emulator.memory.keys().collect::<Vec<_>>(), [&0x1102]);
}

#[test]
fn a_picture_that_stands_is_not_drawn_again_and_one_that_was_covered_is() {
    for protocol in [Protocol::ITerm2, Protocol::Sixel] {
        let mut desk = Desk::new(protocol, false);
        let plain = one(0, 3, 0);
        let covered = Drawing { panel: Some(Rect::new(4, 2, 5, 3)), ..plain.clone() };
        let mut drawn = Vec::new();
        for drawing in [&plain, &plain, &covered, &covered, &plain] {
            desk.draw(drawing);
            drawn.push(desk.emulator.drawings());
        }
        assert_eq!(drawn, [1, 1, 1, 1, 2], "{protocol:?}");
    }
}

#[test]
fn kitty_keeps_only_so_many_pictures() {
    let mut desk = Desk::new(Protocol::Kitty, false);
    let encoded = desk.picture(0, 0).1;
    desk.pictures.extend((0..40).map(|number| (0x2000 + number, Arc::clone(&encoded))));
    let mut held = BTreeSet::new();
    for number in 0x2000..0x2028 {
        let placed = Placed { number, columns: encoded.columns, rows: encoded.rows };
        let (screen, pictures) = (&mut desk.screen, &desk.pictures);
        desk.terminal
            .draw(|frame| {
                placed::draw(frame.buffer_mut(), SLOTS[0], placed);
                screen.settle(frame.buffer_mut(), &|number| pictures.get(&number).cloned());
            })
            .unwrap();
        desk.out.0.take();
        desk.emulator.takes(&desk.screen.strokes(Some("one")).bytes);
        assert!(desk.emulator.memory.contains_key(&number));
        held.insert(desk.emulator.memory.len());
    }
    assert_eq!(held.last(), Some(&12));
    assert_eq!(desk.emulator.transmitted.len(), 40);
}

/// tmux hands nothing on for a window that nobody sees, and says nothing.
#[test]
fn what_was_removed_unseen_is_removed_again() {
    for tmux in [false, true] {
        let mut desk = Desk::new(Protocol::Kitty, tmux);
        let (number, placed) = (0x3000, desk.picture(0, 0).1);
        desk.pictures.insert(number, Arc::clone(&placed));
        let draws = |desk: &mut Desk, shown: bool, filing: &str| {
            let (screen, pictures) = (&mut desk.screen, &desk.pictures);
            let placed = Placed { number, columns: placed.columns, rows: placed.rows };
            desk.terminal
                .draw(|frame| {
                    if shown {
                        placed::draw(frame.buffer_mut(), SLOTS[0], placed);
                    }
                    screen.settle(frame.buffer_mut(), &|number| pictures.get(&number).cloned());
                })
                .unwrap();
            desk.out.0.take();
            desk.screen.strokes(Some(filing)).bytes
        };
        let sent = draws(&mut desk, true, "one");
        desk.emulator.takes(&sent);
        let _lost = draws(&mut desk, false, "two");
        assert!(desk.emulator.memory.contains_key(&number));
        desk.screen.forget();
        let again = draws(&mut desk, false, "two");
        desk.emulator.takes(&again);
        assert_eq!(desk.emulator.memory.contains_key(&number), !tmux);
        // What is shown once more is no longer to be removed.
        let sent = draws(&mut desk, true, "two");
        desk.emulator.takes(&sent);
        assert!(desk.emulator.memory.contains_key(&number));
        assert!(!desk.screen.farewell().is_empty());
    }
}

//! A terminal that draws pictures, as far as the desk uses one: text, kitty's protocol with placeholders, iTerm2's
//! files, sixels, and tmux before it. It is given everything at once and says what can be seen.

use std::collections::{BTreeMap, BTreeSet};

use heyan::ui::placed::Part;
use ratatui::buffer::Cell;
use ratatui::style::Color;
use unicode_width::UnicodeWidthChar;

/// A picture that can be seen, in part or whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shown {
    /// kitty's base64, or the whole sequence.
    pub content: Vec<u8>,
    pub origin: (i32, i32),
    pub cells: BTreeSet<(u16, u16)>,
}

/// A picture in the terminal's memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    pub content: Vec<u8>,
    /// Columns and rows of its virtual placement.
    pub zone: Option<(u16, u16)>,
}

#[derive(Clone, Default)]
struct Spot {
    text: String,
    colour: Option<[u8; 3]>,
    /// Index of the drawn picture that is seen here.
    picture: Option<usize>,
}

pub struct Emulator {
    columns: u16,
    rows: u16,
    /// Pixels of a cell.
    cell: (u32, u32),
    /// What is not wrapped for tmux does not arrive.
    tmux: bool,
    cursor: (u16, u16),
    saved: (u16, u16),
    colour: Option<[u8; 3]>,
    spots: Vec<Spot>,
    drawn: Vec<(Vec<u8>, (u16, u16))>,
    pub memory: BTreeMap<u32, Held>,
    /// The picture whose chunks are coming.
    coming: Option<(u32, Vec<u8>)>,
    /// Numbers in the order in which they were transmitted.
    pub transmitted: Vec<u32>,
    pub deleted: Vec<u32>,
}

impl Emulator {
    pub fn new((columns, rows): (u16, u16), cell: (u32, u32), tmux: bool) -> Self {
        let spots = vec![Spot::default(); usize::from(columns) * usize::from(rows)];
        Emulator {
            columns,
            rows,
            cell,
            tmux,
            cursor: (0, 0),
            saved: (0, 0),
            colour: None,
            spots,
            drawn: Vec::new(),
            memory: BTreeMap::new(),
            coming: None,
            transmitted: Vec::new(),
            deleted: Vec::new(),
        }
    }

    pub fn resize(&mut self, (columns, rows): (u16, u16)) {
        (self.columns, self.rows) = (columns, rows);
        self.spots = vec![Spot::default(); usize::from(columns) * usize::from(rows)];
    }

    /// How many iTerm2 files and sixels were drawn so far.
    pub fn drawings(&self) -> usize {
        self.drawn.len()
    }

    fn at(&self, x: u16, y: u16) -> usize {
        usize::from(y) * usize::from(self.columns) + usize::from(x)
    }

    /// Everything that can be seen of pictures.
    pub fn shows(&self) -> Vec<Shown> {
        type Cells = BTreeSet<(u16, u16)>;
        let mut shown: BTreeMap<(Vec<u8>, (i32, i32)), Cells> = BTreeMap::new();
        for y in 0..self.rows {
            for x in 0..self.columns {
                let spot = &self.spots[self.at(x, y)];
                if let Some(picture) = spot.picture {
                    let (content, origin) = &self.drawn[picture];
                    let key = (content.clone(), (i32::from(origin.0), i32::from(origin.1)));
                    shown.entry(key).or_default().insert((x, y));
                }
                let mut cell = Cell::EMPTY;
                cell.set_symbol(&spot.text);
                if let Some([red, green, blue]) = spot.colour {
                    cell.set_fg(Color::Rgb(red, green, blue));
                }
                let Some(part) = Part::of(&cell) else { continue };
                let Some(Held { content, zone: Some(zone) }) = self.memory.get(&part.number) else {
                    continue;
                };
                assert!(part.column < zone.0 && part.row < zone.1, "{part:?} outside {zone:?}");
                let origin = (i32::from(x) - i32::from(part.column), i32::from(y) - i32::from(part.row));
                shown.entry((content.clone(), origin)).or_default().insert((x, y));
            }
        }
        shown.into_iter().map(|((content, origin), cells)| Shown { content, origin, cells }).collect()
    }

    pub fn takes(&mut self, bytes: &[u8]) {
        self.read(bytes, self.tmux);
    }

    fn read(&mut self, bytes: &[u8], tmux: bool) {
        let mut rest = bytes;
        while let Some(first) = rest.first() {
            let used = match first {
                0x1b => self.escape(rest, tmux),
                0x00..0x20 => 1,
                _ => {
                    let length = rest.iter().position(|byte| *byte < 0x20).unwrap_or(rest.len());
                    self.print(std::str::from_utf8(&rest[..length]).expect("text is UTF-8"));
                    length
                }
            };
            rest = &rest[used..];
        }
    }

    fn print(&mut self, text: &str) {
        for sign in text.chars() {
            let (x, y) = self.cursor;
            match sign.width().unwrap_or(0) {
                0 => {
                    let at = self.at(x - 1, y);
                    self.spots[at].text.push(sign);
                }
                width => {
                    for column in x..(x + width as u16).min(self.columns) {
                        let at = self.at(column, y);
                        self.spots[at] = Spot { colour: self.colour, ..Spot::default() };
                    }
                    let at = self.at(x, y);
                    self.spots[at].text = sign.to_string();
                    self.cursor.0 += width as u16;
                }
            }
        }
    }

    /// Takes a sequence in and answers its length.
    fn escape(&mut self, bytes: &[u8], tmux: bool) -> usize {
        let end = |mut at: usize, ends: &dyn Fn(&[u8]) -> Option<usize>| loop {
            assert!(at < bytes.len(), "a sequence has no end");
            if let Some(length) = ends(&bytes[at..]) {
                return (at, at + length);
            }
            // A doubled ESC is data.
            at += if bytes[at..].starts_with(b"\x1b\x1b") { 2 } else { 1 };
        };
        let string = |rest: &[u8]| rest.starts_with(b"\x1b\\").then_some(2);
        match bytes[1] {
            b'[' => {
                let length = 2 + bytes[2..].iter().position(|byte| (0x40..0x7f).contains(byte)).unwrap() + 1;
                self.control(&bytes[2..length - 1], bytes[length - 1]);
                length
            }
            b']' => {
                let (data, length) = end(2, &|rest| if rest[0] == 7 { Some(1) } else { string(rest) });
                if bytes[2..data].starts_with(b"1337;File=") && !tmux {
                    let head = bytes[2..data].split(|byte| *byte == b':').next().unwrap();
                    let zone = (number(head, "width="), number(head, "height="));
                    self.picture(&bytes[..length], zone);
                }
                length
            }
            b'_' => {
                let (data, length) = end(2, &string);
                if !tmux && bytes[2] == b'G' {
                    self.kitty(&bytes[3..data]);
                }
                length
            }
            b'P' => {
                let (data, length) = end(2, &string);
                match bytes[2..data].strip_prefix(b"tmux;") {
                    Some(wrapped) => {
                        assert!(wrapped.len() < 1 << 16, "too much for tmux at once");
                        let mut inner = Vec::new();
                        let mut signs = wrapped.iter();
                        while let Some(sign) = signs.next() {
                            if *sign == 0x1b {
                                assert_eq!(signs.next(), Some(&0x1b), "an ESC that is not doubled");
                            }
                            inner.push(*sign);
                        }
                        self.read(&inner, false);
                    }
                    None => self.sixel(&bytes[..length]),
                }
                length
            }
            b'7' => {
                self.saved = self.cursor;
                2
            }
            b'8' => {
                self.cursor = self.saved;
                2
            }
            _ => 2,
        }
    }

    fn control(&mut self, parameters: &[u8], last: u8) {
        let text = String::from_utf8_lossy(parameters);
        let numbers: Vec<u32> = text.split(';').map(|number| number.parse().unwrap_or(0)).collect();
        let nth = |at: usize| u16::try_from(numbers.get(at).copied().unwrap_or(0).max(1)).unwrap() - 1;
        match last {
            b'H' => self.cursor = (nth(1), nth(0)),
            b'X' => {
                for x in self.cursor.0..=(self.cursor.0 + nth(0)).min(self.columns - 1) {
                    let at = self.at(x, self.cursor.1);
                    self.spots[at] = Spot::default();
                }
            }
            b'J' => {
                assert_eq!(text, "2", "another way to clear");
                self.spots.fill(Spot::default());
            }
            b'm' => match &numbers[..] {
                [38, 2, red, green, blue, ..] => self.colour = Some([*red, *green, *blue].map(|c| c as u8)),
                [0 | 39, ..] => self.colour = None,
                _ => {}
            },
            _ => {}
        }
    }

    fn picture(&mut self, content: &[u8], (columns, rows): (u16, u16)) {
        let (left, top) = self.cursor;
        assert!(top + rows < self.rows, "a picture on the last row scrolls");
        assert!(left + columns <= self.columns);
        self.drawn.push((content.to_vec(), self.cursor));
        for y in top..top + rows {
            for x in left..left + columns {
                let at = self.at(x, y);
                self.spots[at].picture = Some(self.drawn.len() - 1);
            }
        }
    }

    fn sixel(&mut self, content: &[u8]) {
        let (head, _) = content.split_at(content.iter().position(|byte| *byte == b'#').unwrap());
        let raster = String::from_utf8_lossy(head);
        let numbers: Vec<u32> =
            raster.rsplit('"').next().unwrap().split(';').map(|n| n.parse().unwrap()).collect();
        let cells = |pixels: u32, cell: u32| u16::try_from(pixels.div_ceil(cell)).unwrap();
        self.picture(content, (cells(numbers[2], self.cell.0), cells(numbers[3], self.cell.1)));
    }

    fn kitty(&mut self, data: &[u8]) {
        let (keys, payload) = match data.iter().position(|byte| *byte == b';') {
            Some(at) => (&data[..at], &data[at + 1..]),
            None => (data, &[][..]),
        };
        let keys: BTreeMap<&str, &str> =
            std::str::from_utf8(keys).unwrap().split(',').filter_map(|key| key.split_once('=')).collect();
        assert_eq!(keys.get("q"), Some(&"2"), "the terminal would answer");
        assert!(payload.len() <= 4096);
        let id = || keys["i"].parse::<u32>().unwrap();
        match keys.get("a") {
            Some(&"p") => {
                assert_eq!(keys["U"], "1");
                let zone = (keys["c"].parse().unwrap(), keys["r"].parse().unwrap());
                self.memory.get_mut(&id()).expect("a placement of nothing").zone = Some(zone);
            }
            Some(&"d") => {
                assert_eq!(keys["d"], "I");
                // Within tmux once more than needed: it may not have handed the first one on.
                assert!(self.memory.remove(&id()).is_some() || self.tmux, "nothing to delete");
                self.deleted.push(id());
            }
            Some(&"t") => self.coming = Some((id(), payload.to_vec())),
            Some(other) => panic!("a={other}"),
            None => self.coming.as_mut().expect("a first chunk").1.extend_from_slice(payload),
        }
        if keys.get("m") == Some(&"0") {
            let (number, content) = self.coming.take().unwrap();
            self.transmitted.push(number);
            self.memory.insert(number, Held { content, zone: None });
        } else if keys.get("m") == Some(&"1") {
            assert_eq!(payload.len() % 4, 0, "a chunk ends within base64's four");
        }
    }
}

fn number(head: &[u8], name: &str) -> u16 {
    let head = std::str::from_utf8(head).unwrap();
    let (_, rest) = head.split_once(name).unwrap();
    rest.split(';').next().unwrap().parse().unwrap()
}

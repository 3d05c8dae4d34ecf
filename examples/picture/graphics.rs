//! kitty's graphics protocol as far as the desk speaks it: PNG files come in pieces under a number, and stand where
//! cells hold placeholders for that number (`ui::placed`).

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use heyan::ui::placed::Part;
use image::ImageFormat;
use image::codecs::jpeg::JpegEncoder;
use ratatui::buffer;
use ratatui::style::Color;
use vt100::Screen;

const BEGIN: &[u8] = b"\x1b_G";
const END: &[u8] = b"\x1b\\";
/// A README's picture is looked at, not enlarged.
const QUALITY: u8 = 85;

/// Columns and rows in which a picture is seen; in the others something was drawn over it.
type Seen = BTreeSet<(u16, u16)>;

/// A picture on the screen.
pub struct Standing {
    /// `data:` with the file.
    pub address: String,
    /// Where its upper left cell is, or would be: column and row.
    pub origin: (i32, i32),
    pub columns: u16,
    pub rows: u16,
    pub seen: Seen,
}

/// The terminal's memory for pictures.
#[derive(Default)]
pub struct Memory {
    held: BTreeMap<u32, Held>,
    /// The picture whose pieces are coming.
    coming: u32,
    /// Bytes that may begin a command or have no end yet.
    rest: Vec<u8>,
}

#[derive(Default)]
struct Held {
    /// Base64.
    content: Vec<u8>,
    columns: u16,
    rows: u16,
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

impl Memory {
    /// Takes in whatever comes to the terminal; the number of a picture that was only asked about.
    pub fn takes(&mut self, bytes: &[u8]) -> Result<Option<u32>, Box<dyn Error>> {
        self.rest.extend_from_slice(bytes);
        let mut asked = None;
        while let Some(begin) = find(&self.rest, BEGIN) {
            let Some(length) = find(&self.rest[begin..], END) else { return Ok(asked) };
            let command = self.rest[begin + BEGIN.len()..begin + length].to_vec();
            self.rest.drain(..begin + length + END.len());
            asked = self.command(&command)?.or(asked);
        }
        // A beginning may be cut in its middle.
        self.rest.drain(..self.rest.len().saturating_sub(BEGIN.len() - 1));
        Ok(asked)
    }

    fn command(&mut self, command: &[u8]) -> Result<Option<u32>, Box<dyn Error>> {
        let (keys, payload) = command.split_at(find(command, b";").unwrap_or(command.len()));
        let keys: BTreeMap<&str, &str> =
            std::str::from_utf8(keys)?.split(',').filter_map(|key| key.split_once('=')).collect();
        let number = |key: &str| keys.get(key).map_or(Ok(0), |value| value.parse::<u32>());
        let payload = payload.get(1..).unwrap_or_default();
        match keys.get("a").copied() {
            Some("q") => return Ok(Some(number("i")?)),
            Some("t") => {
                self.coming = number("i")?;
                self.held.insert(self.coming, Held { content: payload.to_vec(), ..Held::default() });
            }
            Some("p") => {
                let held = self.held.get_mut(&number("i")?).ok_or("a placement of nothing")?;
                (held.columns, held.rows) = (number("c")?.try_into()?, number("r")?.try_into()?);
            }
            Some("d") => {
                self.held.remove(&number("i")?);
            }
            Some(other) => return Err(format!("kitty's a={other}").into()),
            None => {
                let held = self.held.get_mut(&self.coming).ok_or("a piece of nothing")?;
                held.content.extend_from_slice(payload);
            }
        }
        Ok(None)
    }

    /// The pictures whose placeholders stand on the screen.
    pub fn standing(&self, screen: &Screen) -> Result<Vec<Standing>, Box<dyn Error>> {
        let mut seen: BTreeMap<(u32, (i32, i32)), Seen> = BTreeMap::new();
        let (rows, columns) = screen.size();
        for row in 0..rows.get() {
            for column in 0..columns.get() {
                let Some(part) = screen.cell(row, column).and_then(part) else { continue };
                let left = i32::from(column) - i32::from(part.column);
                let top = i32::from(row) - i32::from(part.row);
                seen.entry((part.number, (left, top))).or_default().insert((column, row));
            }
        }
        let standing = |((number, origin), seen)| {
            let held = self.held.get(&number).ok_or("a placeholder of nothing")?;
            let address = address(&STANDARD.decode(&held.content)?)?;
            Ok(Standing { address, origin, columns: held.columns, rows: held.rows, seen })
        };
        seen.into_iter().map(standing).collect()
    }
}

/// Which part of which picture a cell shows.
fn part(cell: &vt100::Cell) -> Option<Part> {
    let vt100::Color::Rgb(red, green, blue) = cell.fgcolor() else { return None };
    let mut same = buffer::Cell::EMPTY;
    same.set_symbol(cell.contents()).set_fg(Color::Rgb(red, green, blue));
    Part::of(&same)
}

/// The picture as JPEG or as it came, whichever is smaller.
fn address(png: &[u8]) -> Result<String, Box<dyn Error>> {
    let mut jpeg = Vec::new();
    let pixels = image::load_from_memory_with_format(png, ImageFormat::Png)?;
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY).encode_image(&pixels)?;
    Ok(if jpeg.len() < png.len() {
        format!("data:image/jpeg;base64,{}", STANDARD.encode(jpeg))
    } else {
        format!("data:image/png;base64,{}", STANDARD.encode(png))
    })
}

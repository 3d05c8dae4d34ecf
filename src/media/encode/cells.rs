//! Half-blocks that cost fewer bytes: cells whose colours hardly differ from those of the cell before take them over, so
//! that nothing has to be said of them.

use crate::domain::viewport::Size;

/// How far a channel may be off, from nothing to all.
const TOLERANCES: [u8; 11] = [0, 3, 6, 10, 16, 24, 36, 56, 90, 150, 255];

/// The two pixels of a cell, the upper one first; the lower is missing below the last row.
type Cell = ([u8; 3], Option<[u8; 3]>);

/// RGB pixels (a cell is one wide and two high) whose cells take at most `budget` bytes as they are written, as far as
/// that can be had; and whether colours were given up.
pub(super) fn economical(rgb: Vec<u8>, size: Size, budget: Option<usize>) -> (Vec<u8>, bool) {
    let Some(budget) = budget else { return (rgb, false) };
    let (cells, width) = (cells(&rgb, size), size.width as usize);
    let mut best = None;
    for tolerance in TOLERANCES {
        let merged = merged(&cells, width, tolerance);
        let fits = bytes(&merged, width) <= budget;
        best = Some((tolerance, merged));
        if fits {
            break;
        }
    }
    match best {
        Some((tolerance, merged)) if tolerance > 0 => (pixels(&merged, size), true),
        _ => (rgb, false),
    }
}

fn cells(rgb: &[u8], size: Size) -> Vec<Cell> {
    let width = size.width as usize;
    let pixels = rgb.as_chunks::<3>().0;
    pixels
        .chunks(width * 2)
        .flat_map(|rows| {
            let (upper, lower) = rows.split_at(width.min(rows.len()));
            upper.iter().enumerate().map(|(x, upper)| (*upper, lower.get(x).copied()))
        })
        .collect()
}

fn pixels(cells: &[Cell], size: Size) -> Vec<u8> {
    let mut rgb = Vec::with_capacity(cells.len() * 6);
    for row in cells.chunks(size.width as usize) {
        rgb.extend(row.iter().flat_map(|(upper, _)| *upper));
        rgb.extend(row.iter().filter_map(|(_, lower)| *lower).flatten());
    }
    rgb
}

/// Each cell as it is, or as the one to the left was drawn when that is near enough.
fn merged(cells: &[Cell], width: usize, tolerance: u8) -> Vec<Cell> {
    let mut out = Vec::with_capacity(cells.len());
    for row in cells.chunks(width) {
        let mut drawn: Option<Cell> = None;
        for cell in row {
            let cell = drawn.filter(|before| near(before, cell, tolerance)).unwrap_or(*cell);
            drawn = Some(cell);
            out.push(cell);
        }
    }
    out
}

fn near(one: &Cell, other: &Cell, tolerance: u8) -> bool {
    let near = |one: [u8; 3], other: [u8; 3]| {
        one.into_iter().zip(other).all(|(one, other)| one.abs_diff(other) <= tolerance)
    };
    near(one.0, other.0) && one.1.zip(other.1).is_none_or(|(one, other)| near(one, other))
}

/// What crossterm's writer makes of cells: `CSI 38;2;r;g;b;48;2;r;g;bm` where a colour changed, and the block; for each
/// row the place of the cursor.
fn bytes(cells: &[Cell], width: usize) -> usize {
    const PLACE: usize = "\x1b[000;000H".len();
    const COLOURS: usize = "\x1b[38;2;;;;48;2;;;m".len();
    const BLOCK: usize = '▀'.len_utf8();
    let digits = |value: u8| 1 + usize::from(value > 9) + usize::from(value > 99);
    let colour = |rgb: [u8; 3]| rgb.into_iter().map(digits).sum::<usize>();
    let mut before = None;
    let said = |cell: &Cell| {
        let changed = before.replace(*cell) != Some(*cell);
        BLOCK + if changed { COLOURS + colour(cell.0) + cell.1.map_or(0, colour) } else { 0 }
    };
    cells.len() / width.max(1) * PLACE + cells.iter().map(said).sum::<usize>()
}

//! A terminal's screen as SVG: text as text, borders as lines, half-blocks as squares, braille as dots, pictures as
//! pictures.
//!
//! Every run of text says how long it is, so that it stands in its columns whatever font the reader has.

use std::collections::BTreeMap;
use std::fmt::Write;

use vt100::{Cell, Color, Screen};

use crate::graphics::Standing;

/// Width and height of a cell, in SVG units; the terminal says that it has so many pixels.
pub const WIDTH: u16 = 9;
pub const HEIGHT: u16 = 20;
/// What stands around the screen.
const EDGE: u16 = 8;
/// Size of the letters that take one cell, and of those that take two.
const NARROW: u16 = 15;
const WIDE: u16 = 2 * WIDTH;

const FONTS: &str = "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Sarasa Mono SC', \
                     'Noto Sans Mono CJK SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', monospace";
const TEXT: Rgb = (0xd8, 0xdc, 0xe2);
const GROUND: Rgb = (0x1b, 0x1e, 0x24);
/// The first sixteen colours of the terminal; the desk uses no other numbered ones.
const SIXTEEN: [Rgb; 16] = [
    (0x2e, 0x34, 0x40),
    (0xe0, 0x6c, 0x75),
    (0x98, 0xc3, 0x79),
    (0xe5, 0xc0, 0x7b),
    (0x61, 0xaf, 0xef),
    (0xc6, 0x78, 0xdd),
    (0x56, 0xb6, 0xc2),
    (0xd8, 0xdc, 0xe2),
    (0x8a, 0x92, 0xa0),
    (0xe0, 0x6c, 0x75),
    (0x98, 0xc3, 0x79),
    (0xe5, 0xc0, 0x7b),
    (0x61, 0xaf, 0xef),
    (0xc6, 0x78, 0xdd),
    (0x56, 0xb6, 0xc2),
    (0xff, 0xff, 0xff),
];

/// Begins a cell that shows a part of a picture.
const PLACEHOLDER: char = '\u{10eeee}';

type Rgb = (u8, u8, u8);

/// The whole screen.
pub fn draw(screen: &Screen, pictures: &[Standing]) -> String {
    let (rows, columns) = screen.size();
    let (rows, columns) = (rows.get(), columns.get());
    let mut svg = String::new();
    let (width, height) = (columns * WIDTH + 2 * EDGE, rows * HEIGHT + 2 * EDGE);
    let _ = writeln!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="-{EDGE} -{EDGE} {width} {height}" font-family="{FONTS}" font-size="{NARROW}">"#
    );
    let ground = hex(GROUND);
    let _ = writeln!(
        svg,
        r#"<rect x="-{EDGE}" y="-{EDGE}" width="{width}" height="{height}" rx="6" fill="{ground}"/>"#
    );
    for picture in pictures {
        image(&mut svg, picture);
    }
    let covers = |column: u16, row: u16| pictures.iter().any(|picture| covers(picture, column, row));
    svg.push_str("<g shape-rendering=\"crispEdges\">\n");
    for row in 0..rows {
        squares(&mut svg, screen, row, columns, &|column| covers(column, row));
    }
    let _ = write!(svg, "</g>\n<path stroke=\"{}\" fill=\"none\" d=\"", hex(SIXTEEN[8]));
    for row in 0..rows {
        for column in 0..columns {
            lines(&mut svg, cell_text(screen, row, column), row, column);
        }
    }
    svg.push_str("\"/>\n");
    dots(&mut svg, screen);
    for row in 0..rows {
        text(&mut svg, screen, row, columns);
    }
    svg.push_str("</svg>\n");
    svg
}

/// A picture, whole; what covers it is drawn over it.
fn image(svg: &mut String, picture: &Standing) {
    let (width, height) = (i32::from(WIDTH), i32::from(HEIGHT));
    let _ = writeln!(
        svg,
        r#"<image x="{}" y="{}" width="{}" height="{}" href="{}"/>"#,
        picture.origin.0 * width,
        picture.origin.1 * height,
        i32::from(picture.columns) * width,
        i32::from(picture.rows) * height,
        picture.address
    );
}

/// Whether a cell stands over a picture and does not show it.
fn covers(picture: &Standing, column: u16, row: u16) -> bool {
    let within =
        |place: u16, from: i32, length: u16| (from..from + i32::from(length)).contains(&i32::from(place));
    within(column, picture.origin.0, picture.columns)
        && within(row, picture.origin.1, picture.rows)
        && !picture.seen.contains(&(column, row))
}

fn cell_text(screen: &Screen, row: u16, column: u16) -> &str {
    screen.cell(row, column).map_or("", Cell::contents)
}

/// The cell that decides how a place looks: of a letter that takes two, the first.
fn look(screen: &Screen, row: u16, column: u16) -> Option<&Cell> {
    let cell = screen.cell(row, column)?;
    if cell.is_wide_continuation() { screen.cell(row, column.checked_sub(1)?) } else { Some(cell) }
}

fn hex((red, green, blue): Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn rgb(colour: Color, default: Rgb) -> Rgb {
    match colour {
        Color::Default => default,
        Color::Idx(number) => indexed(number),
        Color::Rgb(red, green, blue) => (red, green, blue),
    }
}

/// xterm's palette: 16 colours that each terminal has its own way, a cube of six steps a side, and 24 greys.
fn indexed(number: u8) -> Rgb {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    match number {
        0..16 => SIXTEEN[usize::from(number)],
        16..232 => {
            let step = |place: u8| STEPS[usize::from((number - 16) / place % 6)];
            (step(36), step(6), step(1))
        }
        232.. => (8 + 10 * (number - 232), 8 + 10 * (number - 232), 8 + 10 * (number - 232)),
    }
}

/// Colours of the letters and of the ground, as they stand.
fn colours(cell: &Cell) -> (Rgb, Rgb) {
    let (letters, ground) = (rgb(cell.fgcolor(), TEXT), rgb(cell.bgcolor(), GROUND));
    if cell.inverse() { (ground, letters) } else { (letters, ground) }
}

/// Half-blocks and coloured grounds: equal neighbours in a row become one rectangle. The terminal's own ground is there
/// already, except where a cell `covers` a picture.
fn squares(svg: &mut String, screen: &Screen, row: u16, columns: u16, covers: &dyn Fn(u16) -> bool) {
    for half in 0..2 {
        let colour = |column: u16| {
            let cell = look(screen, row, column)?;
            let (letters, ground) = colours(cell);
            let colour = match (cell.contents(), half) {
                ("▀", 0) | ("▄", 1) | ("█", _) => letters,
                _ => ground,
            };
            (colour != GROUND || covers(column)).then_some(colour)
        };
        let mut from = 0;
        while from < columns {
            let here = colour(from);
            let to = (from..columns).find(|column| colour(*column) != here).unwrap_or(columns);
            if let Some(colour) = here {
                let side = HEIGHT / 2;
                let (x, y, width) = (from * WIDTH, row * HEIGHT + half * side, (to - from) * WIDTH);
                let _ =
                    writeln!(svg, r#"<path fill="{}" d="M{x} {y}h{width}v{side}h-{width}"/>"#, hex(colour));
            }
            from = to;
        }
    }
}

/// A character of a border, as lines from the middle of its cell.
fn lines(svg: &mut String, text: &str, row: u16, column: u16) {
    let Some((left, right, up, down)) = arms(text) else { return };
    let (x, y) = (column * WIDTH, row * HEIGHT);
    let (middle, centre) = (x + WIDTH / 2, y + HEIGHT / 2);
    let (x_from, x_to) = (if left { x } else { middle }, if right { x + WIDTH } else { middle });
    let (y_from, y_to) = (if up { y } else { centre }, if down { y + HEIGHT } else { centre });
    if x_from < x_to {
        let _ = write!(svg, "M{x_from} {centre}H{x_to}");
    }
    if y_from < y_to {
        let _ = write!(svg, "M{middle} {y_from}V{y_to}");
    }
}

/// Where a border character reaches to: left, right, up, down.
fn arms(text: &str) -> Option<(bool, bool, bool, bool)> {
    Some(match text {
        "─" => (true, true, false, false),
        "│" => (false, false, true, true),
        "┬" => (true, true, false, true),
        "┴" => (true, true, true, false),
        "┼" => (true, true, true, true),
        "┌" => (false, true, false, true),
        "┐" => (true, false, false, true),
        "└" => (false, true, true, false),
        "┘" => (true, false, true, false),
        _ => return None,
    })
}

/// Braille, whose dots look different in every font. One path for each colour.
fn dots(svg: &mut String, screen: &Screen) {
    let (rows, columns) = screen.size();
    let mut paths: BTreeMap<Rgb, String> = BTreeMap::new();
    for (row, column) in (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |column| (row, column))) {
        let Some(cell) = screen.cell(row, column) else { continue };
        let Some(pattern) = braille(cell.contents()) else { continue };
        for (bit, (right, down)) in DOTS.into_iter().enumerate() {
            if pattern & (1 << bit) != 0 {
                let x = f32::from(column * WIDTH) + f32::from(WIDTH) * (0.25 + 0.5 * right);
                let y = f32::from(row * HEIGHT) + f32::from(HEIGHT) * (0.125 + 0.25 * down);
                let _ = write!(paths.entry(colours(cell).0).or_default(), "M{x} {y}h0");
            }
        }
    }
    for (colour, path) in paths {
        let colour = hex(colour);
        let _ = writeln!(
            svg,
            r#"<path stroke="{colour}" stroke-width="{DOT}" stroke-linecap="round" d="{path}"/>"#
        );
    }
}

/// How thick a dot is.
const DOT: &str = "3.6";

/// Where the dots of the pattern's bits stand: columns from the left and rows from above.
const DOTS: [(f32, f32); 8] =
    [(0., 0.), (0., 1.), (0., 2.), (1., 0.), (1., 1.), (1., 2.), (0., 3.), (1., 3.)];

/// The dots of a character, a bit each; none if it is another character.
fn braille(text: &str) -> Option<u32> {
    let pattern = u32::from(text.chars().next()?).checked_sub(0x2800)?;
    (pattern < 0x100).then_some(pattern)
}

/// The letters of a row, in runs of one look and one width.
fn text(svg: &mut String, screen: &Screen, row: u16, columns: u16) {
    let mut run = Run::default();
    for column in 0..columns {
        let Some(cell) = screen.cell(row, column).filter(|cell| !cell.is_wide_continuation()) else {
            continue;
        };
        let contents = cell.contents();
        let drawn = arms(contents).is_some()
            || braille(contents).is_some()
            || matches!(contents.chars().next(), Some('▀' | '▄' | '█' | PLACEHOLDER));
        if contents.trim().is_empty() || drawn {
            // One space inside a run keeps it together; more end it.
            if run.gap || drawn || run.look.2 {
                run.flush(svg, row);
            }
            run.gap = true;
            continue;
        }
        let look = (colours(cell).0, cell.bold(), cell.is_wide());
        if run.look != look {
            run.flush(svg, row);
        }
        if run.text.is_empty() {
            (run.from, run.look) = (column, look);
        } else if run.gap {
            run.text.push(' ');
        }
        run.gap = false;
        run.to = column + if look.2 { 2 } else { 1 };
        run.text.push_str(contents);
    }
    run.flush(svg, row);
}

/// Letters that stand side by side and look alike.
#[derive(Default)]
struct Run {
    text: String,
    from: u16,
    to: u16,
    /// Colour, bold, wide.
    look: (Rgb, bool, bool),
    /// A space came after the text.
    gap: bool,
}

impl Run {
    fn flush(&mut self, svg: &mut String, row: u16) {
        if !self.text.is_empty() {
            let (colour, bold, wide) = self.look;
            let (x, y) = (self.from * WIDTH, row * HEIGHT + HEIGHT - 5);
            let length = (self.to - self.from) * WIDTH;
            let weight = if bold { r#" font-weight="bold""# } else { "" };
            let size = if wide { format!(r#" font-size="{WIDE}""#) } else { String::new() };
            let text = self.text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            let _ = writeln!(
                svg,
                r#"<text x="{x}" y="{y}" textLength="{length}" lengthAdjust="spacingAndGlyphs" fill="{}"{weight}{size}>{text}</text>"#,
                hex(colour)
            );
        }
        *self = Run::default();
    }
}

//! A terminal's screen as SVG: text as text, borders as lines, half-blocks as squares.
//!
//! Every run of text says how long it is, so that it stands in its columns whatever font the reader has.

use std::fmt::Write;

use vt100::{Cell, Color, Screen};

/// Width and height of a cell, in SVG units.
const WIDTH: u16 = 8;
const HEIGHT: u16 = 18;
/// Size of the letters that take one cell, and of those that take two.
const NARROW: u16 = 13;
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

type Rgb = (u8, u8, u8);

/// The whole screen.
pub fn draw(screen: &Screen) -> String {
    let (rows, columns) = screen.size();
    let (rows, columns) = (rows.get(), columns.get());
    let mut svg = String::new();
    let (width, height) = (columns * WIDTH, rows * HEIGHT);
    let _ = writeln!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 -8 {} {}" font-family="{FONTS}" font-size="{NARROW}">"#,
        width + 16,
        height + 16
    );
    let ground = hex(GROUND);
    let _ = writeln!(
        svg,
        r#"<rect x="-8" y="-8" width="{}" height="{}" rx="6" fill="{ground}"/>"#,
        width + 16,
        height + 16
    );
    svg.push_str("<g shape-rendering=\"crispEdges\">\n");
    for row in 0..rows {
        squares(&mut svg, screen, row, columns);
    }
    let _ = write!(svg, "</g>\n<path stroke=\"{}\" fill=\"none\" d=\"", hex(SIXTEEN[8]));
    for row in 0..rows {
        for column in 0..columns {
            lines(&mut svg, cell_text(screen, row, column), row, column);
        }
    }
    svg.push_str("\"/>\n");
    for row in 0..rows {
        text(&mut svg, screen, row, columns);
    }
    svg.push_str("</svg>\n");
    svg
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
        Color::Idx(number) => SIXTEEN.get(usize::from(number)).copied().unwrap_or(default),
        Color::Rgb(red, green, blue) => (red, green, blue),
    }
}

/// Colours of the letters and of the ground, as they stand.
fn colours(cell: &Cell) -> (Rgb, Rgb) {
    let (letters, ground) = (rgb(cell.fgcolor(), TEXT), rgb(cell.bgcolor(), GROUND));
    if cell.inverse() { (ground, letters) } else { (letters, ground) }
}

/// Half-blocks and coloured grounds: equal neighbours in a row become one rectangle.
fn squares(svg: &mut String, screen: &Screen, row: u16, columns: u16) {
    for half in 0..2 {
        let colour = |column: u16| {
            let cell = look(screen, row, column)?;
            let (letters, ground) = colours(cell);
            Some(match (cell.contents(), half) {
                ("▀", 0) | ("▄", 1) | ("█", _) => letters,
                _ => ground,
            })
        };
        let mut from = 0;
        while from < columns {
            let here = colour(from);
            let to = (from..columns).find(|column| colour(*column) != here).unwrap_or(columns);
            if let Some(colour) = here.filter(|colour| *colour != GROUND) {
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

/// The letters of a row, in runs of one look and one width.
fn text(svg: &mut String, screen: &Screen, row: u16, columns: u16) {
    let mut run = Run::default();
    for column in 0..columns {
        let Some(cell) = screen.cell(row, column).filter(|cell| !cell.is_wide_continuation()) else {
            continue;
        };
        let contents = cell.contents();
        let drawn = arms(contents).is_some() || matches!(contents, "▀" | "▄" | "█");
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
            let (x, y) = (self.from * WIDTH, row * HEIGHT + HEIGHT - 4);
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

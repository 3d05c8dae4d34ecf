//! A sheet of SVG being written: the few marks that the papers are made of.

use std::fmt::{Display, Write};

pub const SANS: &str = "Noto Sans CJK SC";
pub const SERIF: &str = "Noto Serif CJK SC";
pub const INK: &str = "#1d1d22";
pub const RED: &str = "#c8202c";

/// How a line of text looks. Sizes are pixels of the sheet.
#[derive(Clone, Copy)]
pub struct Pen {
    pub font: &'static str,
    pub size: f32,
    pub fill: &'static str,
    pub bold: bool,
    pub middle: bool,
    pub spacing: f32,
}

impl Pen {
    pub const fn new(font: &'static str, size: f32, fill: &'static str) -> Self {
        Pen { font, size, fill, bold: false, middle: false, spacing: 0.0 }
    }
    pub const fn bold(self) -> Self {
        Pen { bold: true, ..self }
    }
    /// The x of the text is its middle.
    pub const fn middle(self) -> Self {
        Pen { middle: true, ..self }
    }
    pub const fn spaced(self, spacing: f32) -> Self {
        Pen { spacing, ..self }
    }
}

/// The body of an SVG picture of a fixed size.
pub struct Sheet {
    pub width: u32,
    pub height: u32,
    body: String,
}

impl Sheet {
    pub fn new(width: u32, height: u32) -> Self {
        Sheet { width, height, body: String::new() }
    }

    /// Appends SVG as it is.
    pub fn raw(&mut self, svg: impl Display) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.body, "{svg}");
    }

    pub fn rect(&mut self, x: f32, y: f32, w: f32, h: f32, style: &str) {
        self.raw(format_args!(r#"<rect x="{x}" y="{y}" width="{w}" height="{h}" {style}/>"#));
    }

    pub fn line(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, style: &str) {
        self.raw(format_args!(r#"<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" {style}/>"#));
    }

    /// One line of text on the baseline `y`.
    pub fn text(&mut self, x: f32, y: f32, pen: Pen, text: &str) {
        self.raw(format_args!(r#"<text x="{x}" y="{y}" {}>{}</text>"#, style(pen), escape(text)));
    }

    /// Text broken into lines of at most `width` pixels; answers the baseline after the last one.
    pub fn paragraph(&mut self, x: f32, y: f32, pen: Pen, width: f32, leading: f32, text: &str) -> f32 {
        let mut y = y;
        for line in lines(text, width / pen.size) {
            self.text(x, y, pen, &line);
            y += leading;
        }
        y
    }

    /// Writing by hand: each character leans and dances a little, always in the same way.
    pub fn handwriting(&mut self, x: f32, y: f32, size: f32, fill: &'static str, text: &str) {
        let pen = Pen::new(SERIF, size, fill).bold();
        for (at, c) in text.chars().enumerate() {
            let sway = [(-4.0, 0.0), (3.0, -5.0), (-7.0, 3.0), (5.0, -2.0)][(at + text.len()) % 4];
            let left = x + at as f32 * size * 0.92;
            self.raw(format_args!(
                r#"<text transform="translate({left} {}) rotate({}) skewX(-14)" {}>{}</text>"#,
                y + sway.1,
                sway.0,
                style(pen),
                escape(&c.to_string())
            ));
        }
    }

    /// A round red seal: a name around the ring, a lozenge in the middle (no emblem of anybody's), a line below.
    pub fn seal(&mut self, cx: f32, cy: f32, radius: f32, name: &str, below: &str) {
        self.raw(format_args!(r#"<g opacity="0.78" transform="rotate(-7 {cx} {cy})">"#));
        self.raw(format_args!(
            r#"<circle cx="{cx}" cy="{cy}" r="{radius}" fill="none" stroke="{RED}" stroke-width="{}"/>"#,
            radius * 0.05
        ));
        let count = name.chars().count() as f32;
        let size = (radius * 0.27).min(radius * 3.3 / count.max(1.0));
        let arc = (count - 1.0).max(1.0) * (size * 1.12 / (radius * 0.76)).to_degrees().min(250.0 / count);
        let pen = Pen::new(SERIF, size, RED).bold().middle();
        for (at, c) in name.chars().enumerate() {
            let turn = -arc / 2.0 + arc * at as f32 / (count - 1.0).max(1.0);
            self.raw(format_args!(
                r#"<g transform="rotate({turn} {cx} {cy})"><text x="{cx}" y="{}" {}>{}</text></g>"#,
                cy - radius * 0.70,
                style(pen),
                escape(&c.to_string())
            ));
        }
        let r = radius * 0.22;
        self.raw(format_args!(
            r#"<path d="M{cx} {} L{} {cy} L{cx} {} L{} {cy} Z" fill="{RED}"/>"#,
            cy - r,
            cx + r * 0.7,
            cy + r,
            cx - r * 0.7
        ));
        self.text(cx, cy + radius * 0.62, Pen::new(SERIF, radius * 0.2, RED).bold().middle(), below);
        self.raw("</g>");
    }

    /// The mark that nobody can overlook and that hides nothing.
    pub fn watermark(&mut self, fill: &'static str, opacity: f32) {
        let (w, h) = (self.width as f32, self.height as f32);
        let pen = Pen::new(SANS, (w.min(h) * 0.075).round(), fill).bold().middle();
        let rows = (h / (w * 0.35)).round().max(2.0);
        for row in 0..rows as u32 {
            for column in 0..2 {
                let x = w * (0.27 + 0.46 * column as f32) + if row % 2 == 1 { w * 0.07 } else { -w * 0.03 };
                let y = h * (row as f32 + 0.62) / rows;
                self.raw(format_args!(
                    r#"<g opacity="{opacity}" transform="rotate(-24 {x} {y})"><text x="{x}" y="{y}" {}>样例 SAMPLE</text></g>"#,
                    style(pen)
                ));
            }
        }
    }

    pub fn finish(self) -> String {
        let (w, h) = (self.width, self.height);
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}">{}</svg>"#,
            self.body
        )
    }
}

fn style(pen: Pen) -> String {
    format!(
        r#"font-family="{}" font-size="{}" fill="{}"{}{}{}"#,
        pen.font,
        pen.size,
        pen.fill,
        if pen.bold { r#" font-weight="bold""# } else { "" },
        if pen.middle { r#" text-anchor="middle""# } else { "" },
        if pen.spacing == 0.0 { String::new() } else { format!(r#" letter-spacing="{}""#, pen.spacing) },
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Breaks text into lines of at most `ems` (a Chinese character is one, an ASCII character a little over half); what
/// closes a clause hangs over, as it may not begin a line.
fn lines(text: &str, ems: f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0.0;
    for c in text.chars() {
        let width = if c.is_ascii() { 0.58 } else { 1.0 };
        let hangs = "，。；、）”".contains(c);
        if used + width > ems && !hangs {
            lines.push(String::new());
            used = 0.0;
        }
        used += width;
        if let Some(line) = lines.last_mut() {
            line.push(c);
        }
    }
    lines
}

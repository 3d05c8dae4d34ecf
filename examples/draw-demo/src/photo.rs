//! The photo before the provider's backdrop (幕布照), and a frame of the live check that replaces it.

use crate::face::{Face, bust};
use crate::svg::{Pen, SANS, Sheet};

const TIME: &str = "#ffb02e";

/// 800x600: blue cloth with the provider's name, a person to the waist, the time it was taken.
pub fn backdrop(face: &Face, taken: &str) -> Sheet {
    let mut sheet = Sheet::new(800, 600);
    sheet.raw(
        r##"<linearGradient id="cloth" x2="0" y2="1"><stop offset="0" stop-color="#2f6fc4"/><stop offset="1" stop-color="#1d4f9a"/></linearGradient>
        <radialGradient id="light" cx="0.45" cy="0.3" r="0.8"><stop offset="0" stop-color="#fff" stop-opacity="0.22"/><stop offset="1" stop-color="#001" stop-opacity="0.18"/></radialGradient>
        <rect width="800" height="600" fill="url(#cloth)"/>"##,
    );
    for fold in 0..7 {
        let x = 40 + fold * 120;
        sheet.raw(format_args!(
            r##"<path d="M{x} 0 Q{} 300 {x} 600 L{} 600 Q{} 300 {} 0 Z" fill="#0a2f66" opacity="0.10"/>"##,
            x + 16,
            x + 20,
            x + 40,
            x + 20
        ));
    }
    sheet.text(400.0, 84.0, Pen::new(SANS, 58.0, "#ffffff").bold().middle().spaced(18.0), "样例云");
    sheet.text(
        400.0,
        126.0,
        Pen::new(SANS, 24.0, "#e8f0ff").middle().spaced(3.0),
        "网站备案当面核验专用幕布（样例）",
    );
    for (x, y) in [(120.0, 230.0), (680.0, 230.0), (90.0, 400.0), (710.0, 400.0)] {
        sheet.text(x, y, Pen::new(SANS, 26.0, "#cfe0ff").middle(), "样例云");
    }
    sheet.rect(0.0, 0.0, 800.0, 600.0, r#"fill="url(#light)""#);
    bust(&mut sheet, face, 400.0, 306.0, 1.45);
    sheet.watermark("#ffffff", 0.20);
    sheet.text(470.0, 580.0, Pen::new(SANS, 28.0, TIME).bold(), taken);
    sheet
}

/// 720x960: a plain wall, a face near the camera.
pub fn video_frame(face: &Face, taken: &str) -> Sheet {
    let mut sheet = Sheet::new(720, 960);
    sheet.raw(
        r##"<radialGradient id="wall" cx="0.5" cy="0.35" r="0.9"><stop offset="0" stop-color="#f4f3ef"/><stop offset="1" stop-color="#c2c3c4"/></radialGradient>
        <rect width="720" height="960" fill="url(#wall)"/>"##,
    );
    bust(&mut sheet, face, 360.0, 440.0, 2.15);
    sheet.raw(r##"<ellipse cx="360" cy="440" rx="190" ry="240" fill="none" stroke="#3d8bff" stroke-width="5" stroke-dasharray="18 12"/>"##);
    sheet.watermark("#a03030", 0.16);
    sheet.rect(0.0, 0.0, 720.0, 84.0, r##"fill="#10151f" fill-opacity="0.78""##);
    sheet.text(
        360.0,
        54.0,
        Pen::new(SANS, 32.0, "#ffffff").bold().middle(),
        "样例云 · 电子化核验 · 样例画面",
    );
    sheet.text(372.0, 936.0, Pen::new(SANS, 28.0, "#b35c00").bold(), taken);
    sheet
}

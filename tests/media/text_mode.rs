//! Strokes on paper: what can be read in the dots of a plain terminal.

use heyan::domain::view::{Rendering, Tone, View};
use heyan::domain::viewport::{Frame, Rect, Size, Viewport};
use heyan::media::render::shown;
use image::{Rgb, RgbImage};

use super::drawing::*;

/// An 80x24 terminal in braille, two dots by four in a cell.
const DOTS: Size = Size::new(160, 88);

const NUMBER: &str = "44009919900307123X";

/// The number on the card, in pixels of a photo of 4000x3000: where it starts, the width of a digit, its height.
const START: (f64, f64) = (1300.0, 1900.0);
const PITCH: f64 = 100.0;
const HEIGHT: f64 = 125.0;

/// From pixels of the photo to digits along the number and heights across it.
fn on_the_number((x, y): (f64, f64), askew: f64) -> (f64, f64) {
    let (dx, dy) = (x - START.0, y - START.1);
    let (sin, cos) = askew.to_radians().sin_cos();
    ((dx * cos + dy * sin) / PITCH, (dy * cos - dx * sin) / HEIGHT)
}

fn ink_of(glyphs: &Glyphs, number: &str, (along, across): (f64, f64)) -> f64 {
    let glyph = number.chars().nth(along.max(0.0) as usize).and_then(|digit| Glyphs::NAMES.find(digit));
    // A third of the pitch is room between the digits.
    glyph
        .filter(|_| along >= 0.0)
        .map_or(0.0, |glyph| glyphs.ink(glyph, along.fract() * 1.25 - 0.125, across))
}

/// The number's zone, with room around it.
fn zone(askew: f64) -> Rect {
    let length = NUMBER.len() as f64 * PITCH;
    let rise = (length * askew.to_radians().sin()).abs();
    let top = if askew < 0.0 { START.1 - rise } else { START.1 };
    Rect { x: START.0 as u32, y: top as u32, size: Size::new(length as u32, (HEIGHT + rise) as u32) }
}

/// A card in 12 megapixels, drawn around the number only: guilloche, grain, and light that falls off or is cut by a
/// shadow.
fn card_photo(glyphs: &Glyphs, askew: f64, light: &dyn Fn(f64, f64) -> f64) -> RgbImage {
    let mut photo = RgbImage::from_pixel(4000, 3000, Rgb([200, 206, 210]));
    let zone = zone(askew);
    let mut noise = Noise::new();
    for y in zone.y - 500..zone.y + zone.size.height + 500 {
        for x in zone.x - 500..(zone.x + zone.size.width + 500).min(4000) {
            let (x_at, y_at) = (f64::from(x) + 0.5, f64::from(y) + 0.5);
            let ink = ink_of(glyphs, NUMBER, on_the_number((x_at, y_at), askew));
            let wave = f64::from(u8::from((y_at / 30.0 + (x_at / 90.0).sin()).fract() < 0.2)) * 22.0;
            let paper = [230.0 - wave, 238.0 - wave / 2.0, 242.0 - wave];
            let light = light(x_at, y_at);
            let grain = noise.next() * 16.0 - 8.0;
            let value = |paper: f64| ((paper * (1.0 - ink) + 35.0 * ink) * light + grain).clamp(0.0, 255.0);
            photo.put_pixel(x, y, Rgb(paper.map(|paper| value(paper) as u8)));
        }
    }
    photo
}

/// The likeness of dots and a glyph, which may stand a dot off: the correlation of black and ink.
fn likeness(seen: &RgbImage, dots: &[(u32, u32, f64)], (dx, dy): (i32, i32)) -> f64 {
    let at = |x: u32, y: u32| {
        let (x, y) = ((x as i32 + dx).max(0) as u32, (y as i32 + dy).max(0) as u32);
        let inside = x < seen.width() && y < seen.height();
        f64::from(u8::from(inside && seen.get_pixel(x, y).0[0] < 128))
    };
    let pairs: Vec<(f64, f64)> = dots.iter().map(|(x, y, ink)| (at(*x, *y), *ink)).collect();
    let count = pairs.len() as f64;
    let (black, ink) =
        pairs.iter().fold((0.0, 0.0), |sum, pair| (sum.0 + pair.0 / count, sum.1 + pair.1 / count));
    let (mut both, mut blacks, mut inks) = (0.0, 1e-9, 1e-9);
    for pair in pairs {
        let (one, other) = (pair.0 - black, pair.1 - ink);
        (both, blacks, inks) = (both + one * other, blacks + one * one, inks + other * other);
    }
    both / (blacks * inks).sqrt()
}

/// The number as the dots of a view have it: for each place the digit of the font that is most like it.
fn read(glyphs: &Glyphs, seen: &RgbImage, part: Rect, askew: f64) -> String {
    let scale = f64::from(part.size.width) / f64::from(seen.width());
    let mut inks = vec![Vec::new(); NUMBER.len() * Glyphs::NAMES.len()];
    for y in 0..seen.height() {
        for x in 0..seen.width() {
            // What of a dot each digit would cover, by nine samples.
            let samples: Vec<(f64, f64)> = (0..9)
                .map(|at| {
                    let within =
                        |dot: u32, third: u32| (f64::from(dot) + (f64::from(third) + 0.5) / 3.0) * scale;
                    (f64::from(part.x) + within(x, at % 3), f64::from(part.y) + within(y, at / 3))
                })
                .map(|place| on_the_number(place, askew))
                .collect();
            let (along, across) = samples[4];
            if along < 0.0 || along >= NUMBER.len() as f64 || !(-0.1..1.1).contains(&across) {
                continue;
            }
            for (glyph, name) in Glyphs::NAMES.chars().enumerate() {
                let row = name.to_string().repeat(NUMBER.len());
                let ink = samples.iter().map(|place| ink_of(glyphs, &row, *place)).sum::<f64>() / 9.0;
                inks[along as usize * Glyphs::NAMES.len() + glyph].push((x, y, ink));
            }
        }
    }
    let best = |dots: &Vec<(u32, u32, f64)>| {
        let off = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (dx, dy)));
        off.map(|off| likeness(seen, dots, off)).fold(f64::NEG_INFINITY, f64::max)
    };
    inks.chunks(Glyphs::NAMES.len())
        .map(|digits| {
            let likest = digits.iter().map(best).enumerate().max_by(|one, other| one.1.total_cmp(&other.1));
            Glyphs::NAMES.chars().nth(likest.unwrap().0).unwrap()
        })
        .collect()
}

#[test]
fn the_number_of_a_photographed_card_is_read_in_a_terminal_of_80_columns() {
    let glyphs = Glyphs::read();
    let falling = |x: f64, _: f64| 1.0 - 0.6 * (x - 1000.0) / 2400.0;
    let shadow = |x: f64, y: f64| if (x - 2300.0) * 0.6 + y - 1900.0 < 0.0 { 1.0 } else { 0.5 };
    for (name, askew, light) in [
        ("falling light", 0.7, &falling as &dyn Fn(f64, f64) -> f64),
        ("falling light, askew", -3.0, &falling),
        ("a shadow", 0.0, &shadow),
        ("a shadow, askew", 2.5, &shadow),
    ] {
        let photo = picture(&card_photo(&glyphs, askew, light));
        let frame = Frame::new(photo.upright(), DOTS);
        let viewport = Viewport::default().around(zone(askew), frame);
        let view = View { viewport, rendering: Rendering::Ink, ..View::default() };
        let seen = shown(&photo, &view, DOTS);
        if let Some(folder) = std::env::var_os("HEYAN_TEST_DOTS") {
            seen.save(std::path::Path::new(&folder).join(format!("{name}.png"))).unwrap();
        }
        let part = viewport.source_rect(frame);
        assert_eq!(read(&glyphs, &seen, part, askew), NUMBER, "{name}");

        // One threshold for the whole view does not do.
        let mut plain = shown(&photo, &View { rendering: Rendering::Colour, ..view }, DOTS);
        plain.iter_mut().for_each(|value| *value = if *value < 128 { 0 } else { 255 });
        assert_ne!(read(&glyphs, &plain, part, askew), NUMBER, "{name}");
    }
}

fn ink(picture: &RgbImage, tone: Tone) -> RgbImage {
    let view = View { rendering: Rendering::Ink, tone, ..View::default() };
    shown(&super::drawing::picture(picture), &view, Size::new(picture.width(), picture.height()))
}

#[test]
fn paper_without_strokes_is_white() {
    let mut noise = Noise::new();
    let mut grain = |most: f64| noise.next() * most;
    let penumbra = |at: u32| (230 - (at.max(150) - 150).min(10) * 11) as u8;
    for (name, page) in [
        ("plain", RgbImage::from_pixel(300, 200, Rgb([231, 228, 220]))),
        ("black", RgbImage::new(300, 200)),
        ("grain", RgbImage::from_fn(300, 200, |_, _| Rgb([215 + grain(22.0) as u8; 3]))),
        ("grain in the dark", RgbImage::from_fn(300, 200, |_, _| Rgb([10 + grain(6.0) as u8; 3]))),
        ("a slope", RgbImage::from_fn(300, 200, |x, y| Rgb([(250 - x / 2 - y / 4) as u8; 3]))),
        ("a shadow", RgbImage::from_fn(300, 200, |x, y| Rgb([penumbra(x + y / 3); 3]))),
        (
            "a pattern",
            RgbImage::from_fn(300, 200, |x, y| Rgb([if (x / 7 + y / 5) % 2 == 0 { 236 } else { 212 }; 3])),
        ),
    ] {
        let seen = ink(&page, Tone::default());
        // Where the edge of a shadow meets that of the picture, it leaves a wedge, which looks like a stroke.
        let middle = |x: u32, y: u32| (25..275).contains(&x) && (25..175).contains(&y);
        let black =
            seen.enumerate_pixels().filter(|(x, y, pixel)| middle(*x, *y) && pixel.0 == [0; 3]).count();
        assert_eq!(black, 0, "{name}");
    }
}

#[test]
fn a_pen_a_seal_and_writing_left_out_are_strokes() {
    let in_shadow = |x: u32| x > 200;
    let lit = |x: u32, colour: [u8; 3]| Rgb(colour.map(|value| if in_shadow(x) { value / 2 } else { value }));
    let pen = |x: u32, y: u32| (20..380).contains(&x) && (40 + x / 8..43 + x / 8).contains(&y);
    let seal = |x: u32, y: u32| (45.0..50.0).contains(&(f64::from(x) - 80.0).hypot(f64::from(y) - 200.0));
    let band = |x: u32, y: u32| (160..390).contains(&x) && (160..290).contains(&y);
    let left_out = |x: u32, y: u32| {
        (180..370).contains(&x) && (190..260).contains(&y) && (x % 16 < 4 || (y - 190) % 30 < 4)
    };
    let page = RgbImage::from_fn(400, 300, |x, y| {
        lit(
            x,
            match (pen(x, y), seal(x, y), band(x, y), left_out(x, y)) {
                (true, ..) => [150, 180, 240],
                (_, true, ..) => [215, 60, 60],
                (.., true) => [250, 250, 250],
                (_, _, true, _) => [30, 60, 140],
                _ => [250, 249, 244],
            },
        )
    });
    let seen = ink(&page, Tone::default());
    if let Some(folder) = std::env::var_os("HEYAN_TEST_DOTS") {
        seen.save(std::path::Path::new(&folder).join("strokes.png")).unwrap();
    }
    let share = |of: &dyn Fn(u32, u32) -> bool| {
        let (mut black, mut all) = (0, 0);
        for (x, y, pixel) in seen.enumerate_pixels().filter(|(x, y, _)| of(*x, *y)) {
            // The shadow's edge may take a column.
            if x.abs_diff(200) > 3 && y > 0 {
                (black, all) = (black + i32::from(pixel.0 == [0; 3]), all + 1);
            }
        }
        f64::from(black) / f64::from(all)
    };
    let paper =
        |x: u32, y: u32| !(pen(x, y) || seal(x, y) || (150..400).contains(&x) && (150..300).contains(&y));
    let within = |x: u32, y: u32| (180..370).contains(&x) && (190..260).contains(&y) && !left_out(x, y);
    assert!(share(&pen) > 0.97, "pen {}", share(&pen));
    assert!(share(&seal) > 0.97, "seal {}", share(&seal));
    assert!(share(&left_out) > 0.9, "left out {}", share(&left_out));
    assert!(share(&within) < 0.05, "between what is left out {}", share(&within));
    assert!(share(&paper) < 0.01, "paper {}", share(&paper));

    let negative = ink(&page, Tone::default().invert());
    assert!(seen.iter().zip(negative.iter()).all(|(one, other)| *one == 255 - other));
}

#[test]
fn brightness_makes_strokes_thinner_and_contrast_finds_fainter_ones() {
    let page = RgbImage::from_fn(300, 200, |x, y| {
        let soft = [255, 225, 190, 150, 100, 40, 100, 150, 190, 225, 255];
        Rgb(match y {
            0..100 => [soft[(x % 30).min(10) as usize]; 3],
            _ if x % 30 < 4 => [228; 3],
            _ => [255; 3],
        })
    });
    let black = |tone: Tone, rows: std::ops::Range<u32>| {
        let seen = ink(&page, tone);
        seen.enumerate_pixels().filter(|(_, y, pixel)| rows.contains(y) && pixel.0 == [0; 3]).count()
    };
    let plain = Tone::default();
    let strong = [plain.brighter(-6), plain, plain.brighter(6)].map(|tone| black(tone, 0..80));
    assert!(strong[0] > strong[1] && strong[1] > strong[2] && strong[2] > 0, "{strong:?}");
    assert_eq!(black(plain, 150..200), 0);
    assert!(black(plain.sharper(6), 150..200) > 1500);
}

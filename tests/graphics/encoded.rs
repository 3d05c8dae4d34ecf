//! What comes out of the encoders, decoded again.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use heyan::domain::viewport::Size;
use heyan::media::encode::tmux::Through;
use heyan::media::encode::{EncodeError, Encoded, Encoding, Outcome, Protocol, kitty};
use proptest::prelude::*;
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::emulator::Emulator;

const CELL: Size = Size::new(10, 20);
const PROTOCOLS: [Protocol; 3] = [Protocol::Kitty, Protocol::ITerm2, Protocol::Sixel];

fn encoding(protocol: Protocol, budget: Option<usize>) -> Encoding {
    Encoding { protocol, cell: CELL, largest_sixel: Size::new(4096, 4096), budget }
}

fn encoded(protocol: Protocol, budget: Option<usize>, size: Size, rgb: &[u8]) -> Encoded {
    match encoding(protocol, budget).encode(size, rgb.to_vec()).unwrap() {
        Outcome::Terminal(encoded) => encoded,
        Outcome::Cells(..) => panic!("cells"),
    }
}

/// A wash of colours with the grain of a sensor.
fn photo(size: Size) -> Vec<u8> {
    let mut noise = 1_u32;
    let mut rgb = Vec::new();
    for y in 0..size.height {
        for x in 0..size.width {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let grain = noise >> 27;
            let wash =
                [x * 220 / size.width, y * 220 / size.height, (x + y) * 220 / (size.width + size.height)];
            rgb.extend(wash.map(|value| (value + grain) as u8));
        }
    }
    rgb
}

/// Strokes and paper.
fn text(size: Size) -> Vec<u8> {
    let ink = |x: u32, y: u32| (y / 8).is_multiple_of(3) && ((x * 13) ^ (y * 7)) % 17 < 6;
    let at = |x, y| if ink(x, y) { [0_u8; 3] } else { [255; 3] };
    (0..size.height).flat_map(|y| (0..size.width).flat_map(move |x| at(x, y))).collect()
}

/// The mean difference of a channel, the first picture brought to the size of the second.
fn difference(shown: &image::RgbImage, size: Size, rgb: &[u8]) -> f64 {
    let shown = image::imageops::thumbnail(shown, size.width, size.height);
    let sum: u64 = shown.as_raw().iter().zip(rgb).map(|(one, other)| u64::from(one.abs_diff(*other))).sum();
    sum as f64 / rgb.len() as f64
}

/// The pixels that a terminal shows.
fn decoded(picture: &Encoded) -> image::RgbImage {
    let base64 = |data: &[u8]| STANDARD.decode(data).unwrap();
    match picture.protocol {
        Protocol::Kitty => {
            let mut terminal = Emulator::new((80, 40), (10, 20), false);
            terminal.takes(&kitty::transmit(9, picture, Through::Direct));
            let held = &terminal.memory[&9];
            assert_eq!(held.zone, Some((picture.columns, picture.rows)));
            image::load_from_memory(&base64(&held.content)).unwrap().to_rgb8()
        }
        Protocol::ITerm2 => {
            let text = picture.payload.strip_prefix(b"\x1b]1337;File=").unwrap();
            let text = text.strip_suffix(b"\x07").unwrap();
            let at = text.iter().position(|byte| *byte == b':').unwrap();
            let file = base64(&text[at + 1..]);
            let head = String::from_utf8_lossy(&text[..at]).into_owned();
            let (columns, rows, size) = (picture.columns, picture.rows, file.len());
            assert_eq!(
                head,
                format!(
                    "inline=1;size={size};width={columns};height={rows};preserveAspectRatio=1;doNotMoveCursor=1"
                )
            );
            image::load_from_memory(&file).unwrap().to_rgb8()
        }
        Protocol::Sixel => sixels(&picture.payload),
        Protocol::HalfBlocks => panic!("no sequence"),
    }
}

/// A small reader of sixels; every pixel must have been given a colour, and none outside.
fn sixels(sequence: &[u8]) -> image::RgbImage {
    let text = std::str::from_utf8(sequence).unwrap();
    assert!(sequence.is_ascii());
    let text = text.strip_prefix("\x1bP0;1;0q\"1;1;").unwrap().strip_suffix("\x1b\\").unwrap();
    let (raster, data) = text.split_at(text.find('#').unwrap());
    let (width, height) = raster.split_once(';').unwrap();
    let (width, height): (u32, u32) = (width.parse().unwrap(), height.parse().unwrap());
    let mut picture = image::RgbaImage::new(width, height);
    let mut palette = vec![[0; 3]; 256];
    let (mut x, mut band, mut colour) = (0, 0, 0);
    let mut signs = data.chars().peekable();
    let digits = |signs: &mut std::iter::Peekable<std::str::Chars<'_>>| {
        let mut number = 0;
        while let Some(digit) = signs.peek().and_then(|sign| sign.to_digit(10)) {
            number = number * 10 + digit;
            signs.next();
        }
        number
    };
    while let Some(sign) = signs.next() {
        let (count, sign) = match sign {
            '!' => (digits(&mut signs), signs.next().unwrap()),
            sign => (1, sign),
        };
        match sign {
            '#' => {
                colour = digits(&mut signs) as usize;
                if signs.next_if_eq(&';').is_some() {
                    assert_eq!(digits(&mut signs), 2);
                    for channel in &mut palette[colour] {
                        assert_eq!(signs.next(), Some(';'));
                        *channel = (digits(&mut signs) * 255 / 100) as u8;
                    }
                }
            }
            '$' => x = 0,
            '-' => (x, band) = (0, band + 1),
            '?'..='~' => {
                for x in x..x + count {
                    for bit in (0..6).filter(|bit| (sign as u32 - '?' as u32) >> bit & 1 == 1) {
                        let [red, green, blue] = palette[colour];
                        picture.put_pixel(x, band * 6 + bit, image::Rgba([red, green, blue, 255]));
                    }
                }
                x += count;
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(picture.pixels().all(|pixel| pixel.0[3] == 255), "a hole");
    image::DynamicImage::ImageRgba8(picture).to_rgb8()
}

#[test]
fn without_a_limit_a_picture_is_shown_as_it_is() {
    let size = Size::new(123, 77);
    let photo = photo(size);
    // kitty without any loss, iTerm2 as a good JPEG, sixels in 256 colours.
    for (protocol, most) in [(Protocol::Kitty, 0.0), (Protocol::ITerm2, 5.0), (Protocol::Sixel, 8.0)] {
        let picture = encoded(protocol, None, size, &photo);
        assert_eq!((picture.columns, picture.rows, picture.reduced), (13, 4, false));
        let shown = decoded(&picture);
        assert_eq!(shown.dimensions(), (size.width, size.height));
        let difference = difference(&shown, size, &photo);
        assert!(difference <= most, "{protocol:?}: {difference}");
    }
}

/// xterm drops a sixel of more than 1000 pixels a side, and shows nothing.
#[test]
fn a_picture_larger_than_a_sixel_may_be_is_several_that_make_it_whole() {
    let size = Size::new(253, 97);
    let photo = photo(size);
    let whole = decoded(&encoded(Protocol::Sixel, None, size, &photo));
    for (largest, parts) in [((4096, 4096), 1), ((109, 59), 9), ((253, 39), 10), ((1, 1), 130)] {
        let largest_sixel = Size::new(largest.0, largest.1);
        let encoding = Encoding { largest_sixel, ..encoding(Protocol::Sixel, None) };
        let Outcome::Terminal(picture) = encoding.encode(size, photo.clone()).unwrap() else { panic!() };
        assert_eq!(1 + picture.tiles.len(), parts, "{largest:?}");
        let mut shown = image::RgbImage::new(size.width, size.height);
        let first = [(0, 0, &picture.payload)].into_iter();
        let rest = picture.tiles.iter().map(|tile| (tile.column, tile.row, &tile.payload));
        for (column, row, payload) in first.chain(rest) {
            let part = sixels(payload);
            // Never smaller than a cell.
            assert!(part.width() <= largest.0.max(CELL.width) && part.height() <= largest.1.max(CELL.height));
            let (left, top) =
                (i64::from(column) * i64::from(CELL.width), i64::from(row) * i64::from(CELL.height));
            image::imageops::replace(&mut shown, &part, left, top);
        }
        assert!(shown == whole, "{largest:?}");
    }
}

#[test]
fn strokes_and_paper_are_kept_without_loss() {
    let size = Size::new(200, 120);
    let text = text(size);
    for protocol in PROTOCOLS {
        let picture = encoded(protocol, Some(60_000), size, &text);
        assert!(!picture.reduced, "{protocol:?}");
        assert!(difference(&decoded(&picture), size, &text) < 0.5, "{protocol:?}");
    }
}

#[test]
fn a_grainy_photo_fits_the_budget_and_says_what_that_cost() {
    let size = Size::new(680, 600);
    let photo = photo(size);
    for protocol in PROTOCOLS {
        for (budget, most) in [(200 << 10, 12.0), (40 << 10, 16.0), (12 << 10, 30.0)] {
            let picture = encoded(protocol, Some(budget), size, &photo);
            let written = match protocol {
                // The placeholders come on top, and tmux has each sequence in one of its own.
                Protocol::Kitty => kitty::transmit(1 << 23, &picture, Through::Tmux).len() + 68 * 30 * 9,
                _ => picture.payload.len(),
            };
            let least = if protocol == Protocol::Kitty { 20 << 10 } else { 0 };
            assert!(written <= budget.max(least), "{protocol:?}: {written} of {budget}");
            assert!(picture.reduced, "{protocol:?}");
            let difference = difference(&decoded(&picture), size, &photo);
            assert!(difference <= most, "{protocol:?} at {budget}: {difference}");
        }
    }
}

#[test]
fn what_is_no_picture_is_refused() {
    for (size, bytes) in [(Size::new(2, 2), 11), (Size::new(0, 5), 0), (Size::new(1, 1), 4)] {
        for protocol in PROTOCOLS.into_iter().chain([Protocol::HalfBlocks]) {
            let refused = encoding(protocol, None).encode(size, vec![0; bytes]);
            assert!(matches!(refused, Err(EncodeError::NotThatManyPixels { .. })), "{protocol:?}");
        }
    }
}

#[test]
fn tmux_passes_a_picture_on_chunk_by_chunk() {
    let size = Size::new(90, 90);
    let picture = encoded(Protocol::Kitty, None, size, &photo(size));
    assert!(picture.payload.len() > 2 * 4096);
    let mut terminal = Emulator::new((80, 24), (10, 20), true);
    terminal.takes(&kitty::transmit(5, &picture, Through::Direct));
    assert!(terminal.memory.is_empty());
    terminal.takes(&kitty::transmit(5, &picture, Through::Tmux));
    assert_eq!(terminal.memory[&5].content, picture.payload);
    terminal.takes(&kitty::delete(5, Through::Tmux));
    assert!(terminal.memory.is_empty());
}

fn cells(budget: Option<usize>, size: Size, rgb: &[u8]) -> (Vec<u8>, bool) {
    match encoding(Protocol::HalfBlocks, budget).encode(size, rgb.to_vec()).unwrap() {
        Outcome::Cells(rgb, reduced) => (rgb, reduced),
        Outcome::Terminal(_) => panic!("a sequence"),
    }
}

/// What the library writes for half-blocks.
fn written(size: Size, rgb: &[u8]) -> usize {
    use heyan::app::layout::Area;
    use heyan::app::pictures::Images;
    use heyan::domain::view::Rendering;
    use heyan::ui::pictures::{Drawn, Pixels};
    let (columns, rows) = (size.width as u16, size.height.div_ceil(2) as u16);
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
    let pixels = Drawn::Pixels(Pixels { size, rgb });
    heyan::ui::pictures::draw(
        &mut buffer,
        Area::new(0, 0, columns, rows),
        pixels,
        Images::HalfBlocks,
        Rendering::Colour,
    );
    let mut out = Vec::new();
    let cells = buffer.content.iter().enumerate();
    let placed = cells.map(|(at, cell)| (at as u16 % columns, at as u16 / columns, cell));
    CrosstermBackend::new(&mut out).draw(placed).unwrap();
    out.len()
}

#[test]
fn half_blocks_fit_their_budget_as_they_are_really_written() {
    let size = Size::new(90, 88);
    let photo = photo(size);
    assert!(written(size, &photo) > 130_000);
    for budget in [100_000, 50_000, 25_000, 16_000] {
        let (rgb, reduced) = cells(Some(budget), size, &photo);
        assert!(reduced);
        let bytes = written(size, &rgb);
        assert!(bytes <= budget + 64, "{bytes} of {budget}");
        let off = rgb.iter().zip(&photo).map(|(one, other)| one.abs_diff(*other)).max().unwrap();
        assert!(off <= 56 || budget < 20_000, "{off}");
    }
    assert_eq!(cells(Some(1 << 20), size, &photo), (photo.clone(), false));
    assert_eq!(cells(None, size, &photo), (photo, false));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Any size, any budget: something valid comes out that covers the same cells.
    #[test]
    fn every_picture_can_be_decoded(
        width in 1_u32..50, height in 1_u32..50, budget in prop::option::of(0_usize..20_000), seed in any::<u8>(),
    ) {
        let size = Size::new(width, height);
        let rgb: Vec<u8> = photo(size).into_iter().map(|value| value ^ seed).collect();
        for protocol in PROTOCOLS {
            let picture = encoded(protocol, budget, size, &rgb);
            prop_assert_eq!((picture.columns, picture.rows), (width.div_ceil(10) as u16, height.div_ceil(20) as u16));
            let (shown_width, shown_height) = decoded(&picture).dimensions();
            prop_assert!(shown_width <= width && shown_height <= height);
        }
        let (cells, _) = cells(budget, size, &rgb);
        prop_assert_eq!(cells.len(), rgb.len());
    }
}

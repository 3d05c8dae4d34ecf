//! The corners of documents in photos, and documents pulled straight.

use std::f64::consts::TAU;
use std::sync::LazyLock;

use heyan::domain::view::{PictureKey, Point, Quad, Rendering, Surface, View};
use heyan::domain::viewport::{Frame, Rect, Size, Viewport};
use heyan::media::client::{PageKey, PictureEvent};
use heyan::media::corners::corners;
use heyan::media::render::shown;
use image::{ImageFormat, Rgb, RgbImage, imageops};
use proptest::prelude::*;

use super::drawing::*;
use super::support::{Desk, PATIENCE, encoded};

const PHOTO: (u32, u32) = (1200, 900);

fn wood(x: f64, y: f64) -> [f64; 3] {
    let grain = (y / 12.0 + (x / 130.0).sin() * 3.0).sin();
    [120.0 + 20.0 * grain, 85.0 + 15.0 * grain, 55.0 + 10.0 * grain]
}

fn light_table(_: f64, _: f64) -> [f64; 3] {
    [203.0, 198.0, 190.0]
}

fn dark_table(_: f64, _: f64) -> [f64; 3] {
    [45.0, 48.0, 52.0]
}

/// Pens, papers and boxes on a table; drawn once, as each place asks all of them.
static THINGS: LazyLock<RgbImage> = LazyLock::new(|| {
    let mut noise = Noise::new();
    let mut table = RgbImage::from_pixel(PHOTO.0, PHOTO.1, Rgb([150, 140, 130]));
    for _ in 0..40 {
        let (cx, cy) = (noise.next() * 1200.0, noise.next() * 900.0);
        let ((sin, cos), length, width) =
            ((noise.next() * TAU).sin_cos(), noise.next() * 300.0, noise.next() * 40.0);
        let own = [noise.next(), noise.next(), noise.next()].map(|value| (value * 220.0) as u8);
        for (x, y, pixel) in table.enumerate_pixels_mut() {
            let (dx, dy) = (f64::from(x) - cx, f64::from(y) - cy);
            if (dx * cos + dy * sin).abs() < length && (dy * cos - dx * sin).abs() < width {
                *pixel = Rgb(own);
            }
        }
    }
    table
});

fn clutter(x: f64, y: f64) -> [f64; 3] {
    THINGS.get_pixel(x as u32, y as u32).0.map(f64::from)
}

fn person(x: f64, y: f64) -> [f64; 3] {
    let head = ((x - 600.0) / 110.0).hypot((y - 300.0) / 145.0) < 1.0;
    let hair = ((x - 600.0) / 125.0).hypot((y - 250.0) / 140.0) < 1.0;
    let body = ((x - 600.0) / 320.0).hypot((y - 900.0) / 420.0) < 1.0;
    match (head, hair, body) {
        (true, _, _) => [210.0, 170.0, 145.0],
        (_, true, _) => [40.0, 34.0, 30.0],
        (_, _, true) => [60.0, 80.0, 120.0],
        _ => [225.0 - x / 20.0, 226.0 - x / 20.0, 222.0 - x / 20.0],
    }
}

#[test]
fn the_corners_of_a_document_are_found_wherever_it_lies() {
    let card_of = &card as &Sheet;
    let form_of = &form as &Sheet;
    let wide = [(160.0, 130.0), (1050.0, 170.0), (1020.0, 720.0), (180.0, 690.0)];
    let tall = [(330.0, 60.0), (860.0, 90.0), (900.0, 850.0), (280.0, 820.0)];
    let turned = [(240.0, 60.0), (900.0, 240.0), (690.0, 850.0), (110.0, 640.0)];
    let dusk = shadow(1200.0, 900.0);
    let (wood, light, dark, clutter) = (&wood as _, &light_table as _, &dark_table as _, &clutter as _);
    for (name, sheet, corners_of, background, lit) in [
        ("a card on wood", card_of, wide, wood, &even as &dyn Fn(f64, f64) -> f64),
        ("a card in a shadow", card_of, wide, wood, &dusk),
        ("a card among things", card_of, wide, clutter, &even),
        ("a card on a light table", card_of, wide, light, &dusk),
        ("a form on a light table", form_of, tall, light, &even),
        ("a form on a light table in a shadow", form_of, tall, light, &dusk),
        ("a form on a dark table", form_of, tall, dark, &even),
        ("a form that lies askew", form_of, turned, dark, &dusk),
        ("a form askew among things", form_of, turned, clutter, &even),
    ]
        as [(_, _, _, &dyn Fn(f64, f64) -> [f64; 3], _); 9]
    {
        let found = corners(&picture(&photo(PHOTO, corners_of, sheet, background, lit)));
        let Some(Quad(found)) = found else { panic!("{name}: nothing") };
        for (found, (x, y)) in found.into_iter().zip(corners_of) {
            let off = (f64::from(found.x) - x).hypot(f64::from(found.y) - y);
            assert!(off < 5.0, "{name}: {found:?} is {off:.1} pixels from {x}, {y}");
        }
    }
}

#[test]
fn the_confined_worker_finds_them_too_and_pulls_the_document_straight() {
    let lying = [(160.0, 130.0), (1050.0, 170.0), (1020.0, 720.0), (180.0, 690.0)];
    let desk = Desk::open();
    let key = desk.keep(&encoded(photo(PHOTO, lying, &chart, &dark_table, &even), ImageFormat::Png));
    let page = PageKey { sha256: key.sha256.clone(), page: 0 };
    desk.client.find_corners(page.clone());
    let event = desk.events.recv_timeout(PATIENCE).unwrap();
    let PictureEvent::Corners { page: found_on, quad: Some(quad) } = event else { panic!("{event:?}") };
    assert_eq!(found_on, page);
    let flat = PictureKey { view: View { surface: Surface::Flat(quad), ..key.view }, ..key };
    let seen = desk.see(&flat).unwrap();
    assert_eq!(seen.shown, Viewport::default().shown_size(Frame::new(quad.flat_size(), flat.target)));
    let ink = PictureKey { view: View { rendering: Rendering::Ink, ..flat.view }, ..flat };
    assert!(desk.see(&ink).unwrap().rgb.iter().all(|value| [0, 255].contains(value)));
    assert_eq!(desk.client.counters().decodes, 1);
}

#[test]
fn what_is_no_whole_document_has_no_corners() {
    let filling = [(0.0, 0.0), (1200.0, 0.0), (1200.0, 900.0), (0.0, 900.0)];
    let beside = [(700.0, 300.0), (1500.0, 340.0), (1480.0, 800.0), (690.0, 760.0)];
    let cut = [(330.0, 60.0), (860.0, 90.0), (1250.0, 850.0), (280.0, 820.0)];
    let small = [(500.0, 400.0), (800.0, 410.0), (790.0, 600.0), (490.0, 590.0)];
    let nothing = |_: f64, _: f64| None;
    let tiles = |x: f64, y: f64| {
        if (x / 200.0).fract() < 0.03 || (y / 200.0).fract() < 0.03 { [120.0; 3] } else { [200.0; 3] }
    };
    for (name, corners_of, sheet, background) in [
        ("a scan", filling, &form as &Sheet, &dark_table as &dyn Fn(f64, f64) -> [f64; 3]),
        ("a page with one side outside", beside, &form, &wood),
        ("a page with a corner outside", cut, &form, &wood),
        ("a card far away", small, &card, &wood),
        ("a person", filling, &nothing, &person),
        ("a table", filling, &nothing, &wood),
        ("things", filling, &nothing, &clutter),
        ("tiles", filling, &nothing, &tiles),
    ] {
        let found = corners(&picture(&photo(PHOTO, corners_of, sheet, background, &even)));
        assert_eq!(found, None, "{name}");
    }
    let mut noise = Noise::new();
    for (width, height) in [(1, 1), (4, 4), (5, 5), (7, 3), (3, 400), (60_000, 1), (300, 300)] {
        let grain = RgbImage::from_fn(width, height, |_, _| Rgb([(noise.next() * 255.0) as u8; 3]));
        assert_eq!(corners(&picture(&grain)), None, "{width}x{height}");
    }
}

fn quad(corners: Corners) -> Quad {
    Quad(corners.map(|(x, y)| Point { x: x as u32, y: y as u32 }))
}

fn chart(u: f64, v: f64) -> Option<[f64; 3]> {
    let wave = |at: f64| 128.0 + 100.0 * (at * TAU).sin();
    Some([wave(u * 2.0), wave(v * 3.0), 60.0 + 150.0 * u * v])
}

/// The mean difference of all values.
fn apart(one: &RgbImage, other: &RgbImage) -> f64 {
    assert_eq!(one.dimensions(), other.dimensions());
    let sum: u64 = one.iter().zip(other.iter()).map(|(one, other)| u64::from(one.abs_diff(*other))).sum();
    sum as f64 / one.len() as f64
}

#[test]
fn a_photographed_page_is_the_page_again() {
    let lying = [(150.0, 80.0), (1000.0, 170.0), (1100.0, 850.0), (60.0, 700.0)];
    let photo = picture(&photo(PHOTO, lying, &chart, &wood, &even));
    let surface = Surface::Flat(quad(lying));
    let flat = surface.size(photo.upright());
    for target in [(60, 60), (400, 300), (3000, 2000)] {
        let target = Size::new(target.0, target.1);
        let view = View { surface, ..View::default() };
        let seen = shown(&photo, &view, target);
        let straight = RgbImage::from_fn(seen.width(), seen.height(), |x, y| {
            let at = |at: u32, length: u32| (f64::from(at) + 0.5) / f64::from(length);
            Rgb(chart(at(x, seen.width()), at(y, seen.height())).unwrap().map(|value| value as u8))
        });
        assert!(apart(&seen, &straight) < 3.0, "{target:?}: {}", apart(&seen, &straight));
        // Turned, it is the same on its side.
        let turned = View { viewport: Viewport::default().rotate_right(), ..view };
        let upright = imageops::rotate90(&shown(&photo, &view, target));
        assert_eq!(shown(&photo, &turned, target.turned()), upright);
    }
    // A part of it is that part.
    let frame = Frame::new(flat, Size::new(200, 200));
    let viewport = Viewport::default().around(Rect { x: 500, y: 100, size: Size::new(200, 200) }, frame);
    let seen = shown(&photo, &View { surface, viewport, ..View::default() }, Size::new(200, 200));
    let part = viewport.source_rect(frame);
    let straight = RgbImage::from_fn(seen.width(), seen.height(), |x, y| {
        let at = |at: u32, shown: u32, start: u32, length: u32, whole: u32| {
            (f64::from(start) + (f64::from(at) + 0.5) * f64::from(length) / f64::from(shown))
                / f64::from(whole)
        };
        let u = at(x, seen.width(), part.x, part.size.width, flat.width);
        let v = at(y, seen.height(), part.y, part.size.height, flat.height);
        Rgb(chart(u, v).unwrap().map(|value| value as u8))
    });
    assert!(apart(&seen, &straight) < 3.0, "{}", apart(&seen, &straight));
}

#[test]
fn a_hostile_quadrangle_is_black_where_there_is_nothing() {
    let white = picture(&RgbImage::from_pixel(90, 60, Rgb([255; 3])));
    let far = u32::MAX;
    let black = |pixel: &Rgb<u8>| pixel.0 == [0; 3];
    for (name, points) in [
        ("crossed", [(0, 0), (80, 50), (80, 0), (0, 50)]),
        ("one point", [(5, 5); 4]),
        ("a line", [(0, 0), (30, 20), (60, 40), (90, 60)]),
        ("a dent", [(0, 0), (80, 0), (20, 20), (0, 50)]),
        ("outside", [(900, 900), (990, 900), (990, 990), (900, 990)]),
        ("far away", [(far - 9, far - 9), (far, far - 9), (far, far), (far - 9, far)]),
    ] {
        let points = points.map(|(x, y)| Point { x, y });
        let view = View { surface: Surface::Flat(Quad(points)), ..View::default() };
        for rendering in [Rendering::Colour, Rendering::Ink] {
            let seen = shown(&white, &View { rendering, ..view }, Size::new(40, 40));
            assert!(rendering == Rendering::Ink || seen.pixels().all(black), "{name}");
        }
    }
    // Half of it lies beside the picture.
    let half = [(0, 0), (180, 0), (180, 60), (0, 60)].map(|(x, y)| Point { x, y });
    let view = View { surface: Surface::Flat(Quad(half)), ..View::default() };
    let seen = shown(&white, &view, Size::new(90, 30));
    assert_eq!((seen.get_pixel(20, 15).0, seen.get_pixel(70, 15).0), ([255; 3], [0; 3]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_view_has_the_size_that_its_viewport_promises(
        (width, height) in (1u32..60, 1u32..60),
        target in (1u32..50, 1u32..50),
        near in prop::array::uniform8(0u32..80),
        far in prop::option::of(prop::array::uniform8(0u32..)),
        (is_flat, is_ink) in (any::<bool>(), any::<bool>()),
        (zooms, turns) in (0usize..12, 0usize..4),
        (right, down) in (-1.0..1.0, -1.0..1.0),
    ) {
        let picture = picture(&RgbImage::from_fn(width, height, |x, y| Rgb([x as u8 * 4, y as u8 * 4, 9])));
        let at = far.unwrap_or(near);
        let point = |index: usize| Point { x: at[index], y: at[index + 1] };
        let surface = if is_flat { Surface::Flat(Quad([point(0), point(2), point(4), point(6)])) } else { Surface::Original };
        let target = Size::new(target.0, target.1);
        let frame = Frame::new(surface.size(picture.upright()), target);
        let viewport = (0..turns).fold(Viewport::default(), |viewport, _| viewport.rotate_right());
        let viewport = (0..zooms).fold(viewport, |viewport, _| viewport.zoom_in(frame)).pan(right, down, frame);
        let rendering = if is_ink { Rendering::Ink } else { Rendering::Colour };
        let seen = shown(&picture, &View { surface, viewport, rendering, ..View::default() }, target);
        let promised = viewport.shown_size(frame);
        prop_assert_eq!(seen.dimensions(), (promised.width, promised.height));
        prop_assert!(!is_ink || seen.iter().all(|value| [0, 255].contains(value)));
    }
}

//! What a phone's picture costs: decoding 12 megapixels, the first view of it, a closer one, and the whole way from
//! a cold start to the pixels of the photo pane. Budgets: `docs/performance.md`.

#![allow(clippy::unwrap_used)]

use std::io::Cursor;
use std::path::Path;
use std::sync::mpsc::channel;
use std::sync::{Arc, LazyLock};

use divan::{Bencher, black_box};
use heyan::domain::revision::sha256_hex;
use heyan::domain::view::{PictureKey, Point, Quad, Rendering, Surface, View};
use heyan::domain::viewport::{Frame, Size, Viewport};
use heyan::media::Limits;
use heyan::media::client::{Job, PictureClient, PictureEvent};
use heyan::media::corners::corners;
use heyan::media::decode::Picture;
use heyan::media::render::shown;
use image::codecs::gif::GifEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageFormat, Rgb, RgbImage};

/// The photo pane of a terminal of 160 columns, in half-blocks.
const PANE: Size = Size::new(68, 52);

fn main() {
    divan::main();
}

/// 4000 x 3000 with the fine grain of a sensor, some 4 MB as JPEG.
static PHOTO: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut noise = 1_u32;
    let picture = RgbImage::from_fn(4000, 3000, |x, y| {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = (noise >> 28) as u8;
        Rgb([(x / 20) as u8 + grain, (y / 16) as u8 + grain, ((x + y) / 40) as u8 + grain])
    });
    let mut file = Cursor::new(Vec::new());
    JpegEncoder::new_with_quality(&mut file, 88).encode_image(&picture).unwrap();
    file.into_inner()
});

/// The same photo in the other formats; PNG and WebP without loss.
const FORMATS: [ImageFormat; 6] = [
    ImageFormat::Jpeg,
    ImageFormat::Png,
    ImageFormat::WebP,
    ImageFormat::Gif,
    ImageFormat::Bmp,
    ImageFormat::Tiff,
];

#[divan::bench(args = FORMATS, sample_count = 5, sample_size = 1)]
fn decode_12_megapixels_of(bencher: Bencher, format: ImageFormat) {
    let photo = image::load_from_memory(&PHOTO).unwrap();
    let mut file = Cursor::new(Vec::new());
    match format {
        // The encoder looks for the best colours of all pixels by default, which takes minutes.
        ImageFormat::Gif => GifEncoder::new_with_speed(&mut file, 30)
            .encode(photo.to_rgba8().as_raw(), 4000, 3000, ExtendedColorType::Rgba8)
            .unwrap(),
        _ => photo.write_to(&mut file, format).unwrap(),
    }
    bencher.bench(|| Picture::decode(file.get_ref(), 0, &Limits::default()).unwrap());
}

fn picture() -> Picture {
    Picture::decode(&PHOTO, 0, &Limits::default()).unwrap()
}

#[divan::bench]
fn decode_12_megapixels(bencher: Bencher) {
    LazyLock::force(&PHOTO);
    bencher.bench(picture);
}

#[divan::bench]
fn render_fit(bencher: Bencher) {
    let picture = picture();
    bencher.bench(|| picture.render(black_box(&View::default()), PANE));
}

#[divan::bench]
fn render_zoomed(bencher: Bencher) {
    let picture = picture();
    let frame = Frame::new(picture.upright(), PANE);
    let view = (0..4).fold(Viewport::default(), |view, _| view.zoom_in(frame));
    let view = View { viewport: view, ..View::default() };
    bencher.bench(|| picture.render(black_box(&view), PANE));
}

/// An 80x24 terminal in braille, and the whole of a large one in a protocol that takes pixels.
const SURFACES: [(u32, u32); 2] = [(160, 88), (1600, 900)];

fn closer(picture: &Picture, surface: Surface, target: Size) -> View {
    let frame = Frame::new(surface.size(picture.upright()), target);
    let viewport = (0..3).fold(Viewport::default(), |viewport, _| viewport.zoom_in(frame));
    View { surface, viewport, ..View::default() }
}

#[divan::bench(args = SURFACES)]
fn render_ink(bencher: Bencher, (width, height): (u32, u32)) {
    let (picture, target) = (picture(), Size::new(width, height));
    let view = View { rendering: Rendering::Ink, ..closer(&picture, Surface::Original, target) };
    bencher.bench(|| shown(&picture, black_box(&view), target));
}

#[divan::bench(args = SURFACES)]
fn render_flat(bencher: Bencher, (width, height): (u32, u32)) {
    let (picture, target) = (picture(), Size::new(width, height));
    let lying = [(400, 300), (3500, 500), (3400, 2600), (500, 2400)].map(|(x, y)| Point { x, y });
    let view = closer(&picture, Surface::Flat(Quad(lying)), target);
    bencher.bench(|| shown(&picture, black_box(&view), target));
}

/// A card on a table, 12 megapixels.
#[divan::bench]
fn find_corners(bencher: Bencher) {
    let table = image::load_from_memory(&PHOTO).unwrap().into_rgb8();
    let (width, height) = table.dimensions();
    let card = RgbImage::from_fn(width, height, |x, y| {
        let on = (400 + y / 20..3500 - y / 15).contains(&x) && (300 + x / 18..2400 + x / 25).contains(&y);
        let ink = x % 90 < 12 && y % 160 < 70;
        if on { Rgb([if ink { 40 } else { 235 }; 3]) } else { *table.get_pixel(x, y) }
    });
    let mut file = Cursor::new(Vec::new());
    card.write_to(&mut file, ImageFormat::Bmp).unwrap();
    let picture = Picture::decode(file.get_ref(), 0, &Limits::default()).unwrap();
    assert!(corners(&picture).is_some());
    bencher.bench(|| corners(black_box(&picture)));
}

/// Worker process, hash, pipe, decoding and scaling; to be compared with `chafa` on the same file, which is written
/// where HEYAN_BENCH_PHOTO says.
#[divan::bench]
fn cold_start_to_pixels(bencher: Bencher) {
    if let Some(path) = std::env::var_os("HEYAN_BENCH_PHOTO") {
        std::fs::write(path, &*PHOTO).unwrap();
    }
    let sha256 = sha256_hex(&PHOTO);
    let job = Job { key: PictureKey { sha256, view: View::default(), target: PANE }, generation: 1 };
    bencher.bench_local(|| {
        let (events, shown) = channel();
        let sink = Box::new(move |event| events.send(event).unwrap());
        let program = Path::new(env!("CARGO_BIN_EXE_heyan"));
        let source = Arc::new(|_: &str| Ok(PHOTO.clone()));
        let client = PictureClient::start(program, Limits::default(), source, sink).unwrap();
        client.show(vec![job.clone()]);
        match shown.recv().unwrap() {
            PictureEvent::View { outcome, .. } => outcome.unwrap(),
            other => unreachable!("nobody asked: {other:?}"),
        }
    });
}

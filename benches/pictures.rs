//! What a phone's picture costs: decoding 12 megapixels, the first view of it, a closer one, and the whole way from
//! a cold start to the pixels of the photo pane. Budgets: `docs/performance.md`.

#![allow(clippy::unwrap_used)]

use std::io::Cursor;
use std::path::Path;
use std::sync::mpsc::channel;
use std::sync::{Arc, LazyLock};

use divan::{Bencher, black_box};
use heyan::domain::revision::sha256_hex;
use heyan::domain::viewport::{Frame, Size, Viewport};
use heyan::media::Limits;
use heyan::media::client::{Job, PictureClient, ViewKey};
use heyan::media::decode::Picture;
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
    bencher.bench(|| Picture::decode(file.get_ref(), &Limits::default()).unwrap());
}

fn picture() -> Picture {
    Picture::decode(&PHOTO, &Limits::default()).unwrap()
}

#[divan::bench]
fn decode_12_megapixels(bencher: Bencher) {
    LazyLock::force(&PHOTO);
    bencher.bench(picture);
}

#[divan::bench]
fn render_fit(bencher: Bencher) {
    let picture = picture();
    bencher.bench(|| picture.render(black_box(Viewport::default()), PANE));
}

#[divan::bench]
fn render_zoomed(bencher: Bencher) {
    let picture = picture();
    let frame = Frame::new(picture.upright(), PANE);
    let view = (0..4).fold(Viewport::default(), |view, _| view.zoom_in(frame));
    bencher.bench(|| picture.render(black_box(view), PANE));
}

/// Worker process, hash, pipe, decoding and scaling; to be compared with `chafa` on the same file, which is written
/// where HEYAN_BENCH_PHOTO says.
#[divan::bench]
fn cold_start_to_pixels(bencher: Bencher) {
    if let Some(path) = std::env::var_os("HEYAN_BENCH_PHOTO") {
        std::fs::write(path, &*PHOTO).unwrap();
    }
    let sha256 = sha256_hex(&PHOTO);
    let job = Job {
        key: ViewKey { sha256, viewport: Viewport::default(), target: PANE },
        generation: 1,
        ahead: false,
    };
    bencher.bench_local(|| {
        let (events, shown) = channel();
        let sink = Box::new(move |event| events.send(event).unwrap());
        let program = Path::new(env!("CARGO_BIN_EXE_heyan"));
        let source = Arc::new(|_: &str| Ok(PHOTO.clone()));
        let client = PictureClient::start(program, Limits::default(), source, sink).unwrap();
        client.request(job.clone());
        shown.recv().unwrap().outcome.unwrap()
    });
}

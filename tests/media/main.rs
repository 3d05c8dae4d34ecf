//! The picture worker as a real process: what it shows, what it refuses, and what hostile files cannot do to it.

#![allow(clippy::unwrap_used)]

use std::collections::HashMap;
use std::io::{self, Cursor};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use heyan::domain::message::Lang;
use heyan::domain::revision::sha256_hex;
use heyan::domain::viewport::{Frame, Size, Viewport};
use heyan::media::client::{Job, Outcome, PictureClient, PictureEvent, Source, ViewKey, prove};
use heyan::media::fault::{Format, PictureFault};
use heyan::media::{Limits, WORKER_ARGUMENT};
use image::{DynamicImage, GrayImage, ImageFormat, Rgb, RgbImage};
use rustix::process::{Pid, Signal, kill_process, test_kill_process};

const HEYAN: &str = env!("CARGO_BIN_EXE_heyan");
const PATIENCE: Duration = Duration::from_secs(60);
const PANE: Size = Size::new(68, 52);

const RED: [u8; 3] = [220, 30, 30];
const GREEN: [u8; 3] = [30, 200, 30];
const BLUE: [u8; 3] = [30, 30, 220];
const WHITE: [u8; 3] = [250, 250, 250];

/// A client, its attachments, and the events it sent.
struct Desk {
    client: PictureClient,
    files: Arc<Mutex<HashMap<String, Vec<u8>>>>,
    events: Receiver<PictureEvent>,
}

impl Desk {
    fn open() -> Desk {
        Desk::with(Path::new(HEYAN), Limits::default())
    }

    fn with(program: &Path, limits: Limits) -> Desk {
        let files = Arc::new(Mutex::new(HashMap::new()));
        let shelf: Arc<Mutex<HashMap<String, Vec<u8>>>> = Arc::clone(&files);
        let source: Source = Arc::new(move |sha256| {
            shelf.lock().unwrap().get(sha256).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
        });
        let (client, events) = start(program, limits, source);
        Desk { client, files, events }
    }

    fn keep(&self, bytes: &[u8]) -> ViewKey {
        let sha256 = sha256_hex(bytes);
        self.files.lock().unwrap().insert(sha256.clone(), bytes.to_vec());
        ViewKey { sha256, viewport: Viewport::default(), target: PANE }
    }

    fn see(&self, key: &ViewKey) -> Outcome {
        self.client.request(Job { key: key.clone(), generation: 0, ahead: false });
        self.outcome_of(key)
    }

    fn outcome_of(&self, key: &ViewKey) -> Outcome {
        let event = self.events.recv_timeout(PATIENCE).unwrap();
        assert_eq!(&event.job.key, key);
        event.outcome
    }

    fn signal(&self, signal: Signal) {
        let worker = self.client.counters().worker.unwrap();
        kill_process(pid(worker), signal).unwrap();
    }
}

fn start(program: &Path, limits: Limits, source: Source) -> (PictureClient, Receiver<PictureEvent>) {
    let (sender, events): (Sender<PictureEvent>, _) = channel();
    // The test may have ended and dropped the receiver while the client still works.
    let sink = Box::new(move |event| drop(sender.send(event)));
    (PictureClient::start(program, limits, source, sink).unwrap(), events)
}

fn pid(worker: u32) -> Pid {
    Pid::from_raw(i32::try_from(worker).unwrap()).unwrap()
}

/// Four plain quarters: red and green above blue and white.
fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb(match (x < width / 2, y < height / 2) {
            (true, true) => RED,
            (false, true) => GREEN,
            (true, false) => BLUE,
            (false, false) => WHITE,
        })
    })
}

fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.into().write_to(&mut file, format).unwrap();
    file.into_inner()
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    encoded(quarters(width, height), ImageFormat::Jpeg)
}

fn png(width: u32, height: u32) -> Vec<u8> {
    encoded(quarters(width, height), ImageFormat::Png)
}

/// A JPEG with an EXIF segment that holds nothing but the orientation (CIPA DC-008, tag 0x0112), as phones write it.
fn with_orientation(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut file = jpeg[..2].to_vec();
    file.extend_from_slice(b"\xff\xe1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
    file.extend_from_slice(&[orientation, 0, 0, 0, 0, 0, 0]);
    file.extend_from_slice(&jpeg[2..]);
    file
}

/// The colour of each quarter of what is shown: upper left, upper right, lower left, lower right.
fn seen(outcome: Outcome) -> [[u8; 3]; 4] {
    let view = outcome.unwrap();
    let picture = RgbImage::from_raw(view.shown.width, view.shown.height, view.rgb.clone()).unwrap();
    let (near, far) = (|length: u32| length / 4, |length: u32| length * 3 / 4);
    let (width, height) = (view.shown.width, view.shown.height);
    [
        (near(width), near(height)),
        (far(width), near(height)),
        (near(width), far(height)),
        (far(width), far(height)),
    ]
    .map(|(x, y)| {
        let pixel = picture.get_pixel(x, y).0;
        let far_off = |colour: &[u8; 3]| {
            colour.iter().zip(pixel).map(|(one, other)| u32::from(one.abs_diff(other))).sum::<u32>()
        };
        [RED, GREEN, BLUE, WHITE].into_iter().min_by_key(far_off).unwrap()
    })
}

#[test]
fn jpeg_and_png_are_shown_whole_and_in_their_colours() {
    let desk = Desk::open();
    for file in [jpeg(640, 480), png(640, 480), jpeg(9, 7), png(1, 1)] {
        let outcome = desk.see(&desk.keep(&file));
        let view = outcome.clone().unwrap();
        let frame = Frame::new(view.picture, PANE);
        assert_eq!(view.shown, Viewport::default().shown_size(frame));
        if view.picture.width > 1 {
            assert_eq!(seen(outcome), [RED, GREEN, BLUE, WHITE]);
        }
    }
    let counters = desk.client.counters();
    assert_eq!((counters.decodes, counters.renders, counters.restarts), (4, 4, 0));
}

#[test]
fn every_exif_orientation_stands_upright() {
    let desk = Desk::open();
    let stored = jpeg(320, 160);
    let (landscape, portrait) = (Size::new(320, 160), Size::new(160, 320));
    for (orientation, size, corners) in [
        (1, landscape, [RED, GREEN, BLUE, WHITE]),
        (2, landscape, [GREEN, RED, WHITE, BLUE]),
        (3, landscape, [WHITE, BLUE, GREEN, RED]),
        (4, landscape, [BLUE, WHITE, RED, GREEN]),
        (5, portrait, [RED, BLUE, GREEN, WHITE]),
        (6, portrait, [BLUE, RED, WHITE, GREEN]),
        (7, portrait, [WHITE, GREEN, BLUE, RED]),
        (8, portrait, [GREEN, WHITE, RED, BLUE]),
        (9, landscape, [RED, GREEN, BLUE, WHITE]),
    ] {
        let outcome = desk.see(&desk.keep(&with_orientation(&stored, orientation)));
        assert_eq!(outcome.as_ref().unwrap().picture, size, "orientation {orientation}");
        assert_eq!(seen(outcome), corners, "orientation {orientation}");
    }
}

#[test]
fn a_closer_and_turned_view_needs_no_second_decoding() {
    let desk = Desk::open();
    let whole = desk.keep(&with_orientation(&jpeg(800, 600), 6));
    desk.see(&whole).unwrap();
    let frame = Frame::new(Size::new(600, 800), PANE);
    // Towards the upper left quarter of the upright picture, until nothing else is seen.
    let close = (0..4).fold(whole.viewport, |view, _| view.zoom_in(frame));
    let close = (0..9).fold(close, |view, _| view.pan(-0.5, -0.5, frame));
    assert_eq!(seen(desk.see(&ViewKey { viewport: close, ..whole.clone() })), [BLUE; 4]);
    let turned = ViewKey { viewport: whole.viewport.rotate_left(), ..whole };
    assert_eq!(seen(desk.see(&turned)), [RED, GREEN, BLUE, WHITE]);
    let counters = desk.client.counters();
    assert_eq!((counters.decodes, counters.renders), (1, 3));
}

#[test]
fn a_picture_asked_for_ahead_is_there_when_its_filing_opens() {
    let desk = Desk::open();
    let key = desk.keep(&jpeg(640, 480));
    assert_eq!(desk.client.cached(&key), None);
    desk.client.request(Job { key: key.clone(), generation: 7, ahead: true });
    let event = desk.events.recv_timeout(PATIENCE).unwrap();
    assert!(event.job.ahead && event.job.generation == 7 && event.outcome.is_ok());
    let before = desk.client.counters();
    assert_eq!(desk.client.cached(&key), Some(event.outcome));
    assert!(desk.see(&key).is_ok());
    assert_eq!(desk.client.counters(), before);
}

#[test]
fn the_latest_wish_wins() {
    let file = jpeg(64, 48);
    let sha256 = sha256_hex(&file);
    let (reading, begun) = channel();
    let (release, gate) = channel();
    let gate = Mutex::new(gate);
    let source: Source = Arc::new(move |_| {
        reading.send(()).unwrap();
        gate.lock().unwrap().recv_timeout(PATIENCE).unwrap();
        Ok(file.clone())
    });
    let (client, events) = start(Path::new(HEYAN), Limits::default(), source);
    let wish = |generation: u64, width: u32, ahead: bool| {
        let target = Size::new(width, 48);
        let key = ViewKey { sha256: sha256.clone(), viewport: Viewport::default(), target };
        client.request(Job { key, generation, ahead });
    };
    wish(1, 10, false);
    begun.recv_timeout(PATIENCE).unwrap();
    // The first is under way: of the others only the last for now, and what was wanted for later after it.
    wish(2, 20, true);
    wish(3, 30, false);
    wish(4, 40, false);
    release.send(()).unwrap();
    let order: Vec<u64> = (0..3).map(|_| events.recv_timeout(PATIENCE).unwrap().job.generation).collect();
    assert_eq!(order, [1, 4, 2]);
}

#[test]
fn the_sandbox_refuses_files_sockets_and_memory() {
    let limits = Limits::default();
    let proof = prove(Path::new(HEYAN), &limits).unwrap();
    assert!(proof.holds(), "{proof:?}");
    assert_eq!(proof.memory_bytes, Some(limits.memory_bytes));
    assert!(proof.confinement.no_new_privileges && proof.confinement.unreadable, "{proof:?}");
}

#[test]
fn the_worker_ends_with_its_pipe_and_with_its_client() {
    let mut alone =
        Command::new(HEYAN).arg(WORKER_ARGUMENT).stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
    assert!(alone.wait().unwrap().success());

    let desk = Desk::open();
    desk.see(&desk.keep(&jpeg(8, 8))).unwrap();
    let worker = pid(desk.client.counters().worker.unwrap());
    test_kill_process(worker).unwrap();
    drop(desk);
    assert!(test_kill_process(worker).is_err());
}

#[test]
fn a_killed_worker_is_replaced_and_the_wish_still_fulfilled() {
    let desk = Desk::open();
    desk.see(&desk.keep(&jpeg(64, 48))).unwrap();
    // Stopped, it cannot answer before it is killed.
    desk.signal(Signal::STOP);
    let key = desk.keep(&png(64, 48));
    desk.client.request(Job { key: key.clone(), generation: 0, ahead: false });
    desk.signal(Signal::KILL);
    assert_eq!(seen(desk.outcome_of(&key)), [RED, GREEN, BLUE, WHITE]);
    assert_eq!(desk.client.counters().restarts, 1);
}

#[test]
fn a_silent_worker_is_ended_and_the_picture_may_be_tried_once_more() {
    let limits = Limits { answer_within: Duration::from_secs(3), ..Limits::default() };
    let desk = Desk::with(Path::new(HEYAN), limits);
    let key = desk.keep(&jpeg(64, 48));
    let other = desk.keep(&png(64, 48));
    desk.see(&other).unwrap();
    desk.signal(Signal::STOP);
    assert_eq!(desk.see(&key), Err(PictureFault::TimedOut { seconds: 3 }));
    assert!(desk.see(&key).is_ok());
    assert_eq!(desk.client.counters().restarts, 1);
}

#[test]
fn a_picture_that_ends_every_worker_is_not_tried_a_third_time() {
    // A shell finds no script of that name and ends at once.
    let desk = Desk::with(Path::new("/bin/sh"), Limits::default());
    let key = desk.keep(&jpeg(64, 48));
    assert_eq!(desk.see(&key), Err(PictureFault::WorkerDied));
    let before = desk.client.counters().restarts;
    assert_eq!(desk.client.cached(&key), Some(Err(PictureFault::WorkerDied)));
    assert_eq!(desk.see(&key), Err(PictureFault::WorkerDied));
    assert_eq!(desk.client.counters().restarts, before);
}

#[test]
fn without_a_worker_there_is_a_sentence() {
    let desk = Desk::with(Path::new("/nonexistent/heyan"), Limits::default());
    let outcome = desk.see(&desk.keep(&jpeg(8, 8)));
    assert!(matches!(outcome, Err(PictureFault::NoWorker { .. })), "{outcome:?}");
}

#[test]
fn attachments_that_are_gone_changed_or_too_large_never_reach_the_worker() {
    let limits = Limits { file_bytes: 100_000, ..Limits::default() };
    let desk = Desk::with(Path::new(HEYAN), limits);
    let key = |sha256: &str| ViewKey { sha256: sha256.into(), viewport: Viewport::default(), target: PANE };
    assert_eq!(desk.see(&key(&"0".repeat(64))), Err(PictureFault::Missing));

    let changed = desk.keep(&jpeg(64, 48));
    desk.files.lock().unwrap().get_mut(&changed.sha256).unwrap()[100] ^= 1;
    assert_eq!(desk.see(&changed), Err(PictureFault::Damaged));
    // Put right again, it is shown.
    assert!(desk.see(&desk.keep(&jpeg(64, 48))).is_ok());

    let large = desk.see(&desk.keep(&[0xff; 100_001]));
    assert_eq!(large, Err(PictureFault::FileTooLarge { bytes: 100_001, limit: 100_000 }));
    assert_eq!(desk.client.counters().decodes, 1);
}

/// The chunk of a PNG, with its check sum (PNG specification, annex D).
fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut body = name.to_vec();
    body.extend_from_slice(data);
    let crc = !body.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 * (crc & 1)))
    });
    let mut chunk = u32::try_from(data.len()).unwrap().to_be_bytes().to_vec();
    chunk.extend_from_slice(&body);
    chunk.extend_from_slice(&crc.to_be_bytes());
    chunk
}

/// A PNG by hand: width, height, bits, colour type, then chunks before the pixels, then the pixels' chunk.
fn png_of(size: (u32, u32), (bits, colour): (u8, u8), before: &[u8], pixels: &[u8]) -> Vec<u8> {
    let mut header = size.0.to_be_bytes().to_vec();
    header.extend_from_slice(&size.1.to_be_bytes());
    header.extend_from_slice(&[bits, colour, 0, 0, 0]);
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    file.extend_from_slice(&chunk(b"IHDR", &header));
    file.extend_from_slice(before);
    file.extend_from_slice(&chunk(b"IDAT", pixels));
    file.extend_from_slice(&chunk(b"IEND", b""));
    file
}

/// A zlib stream of a few kilobytes that inflates to 49 MB of zeros: the pixels of a black picture.
fn zeros() -> Vec<u8> {
    let black = encoded(GrayImage::new(7000, 7000), ImageFormat::Png);
    let mut stream = Vec::new();
    let mut rest = &black[8..];
    while let Some((length, tail)) = rest.split_first_chunk::<4>() {
        let (body, tail) = tail.split_at(u32::from_be_bytes(*length) as usize + 4);
        if body.starts_with(b"IDAT") {
            stream.extend_from_slice(&body[4..]);
        }
        rest = &tail[4..];
    }
    stream
}

/// A JPEG whose frame header claims another size.
fn claiming(jpeg: &[u8], width: u16, height: u16) -> Vec<u8> {
    let mut file = jpeg.to_vec();
    let frame = file.windows(2).position(|marker| marker == [0xff, 0xc0]).unwrap();
    file[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    file[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    file
}

fn noise(seed: u32, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(2_654_435_761).max(1);
    std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[1]
    })
    .take(length)
    .collect()
}

#[test]
fn hostile_files_get_a_sentence_each_and_harm_nothing() {
    let desk = Desk::open();
    let limit = Limits::default().pixels;
    let zeros = zeros();
    let text_bomb: Vec<u8> = chunk(b"zTXt", &[b"Comment\0\0", &zeros[..]].concat()).repeat(20);
    let profile_bomb = chunk(b"iCCP", &[b"profile\0\0", &zeros[..]].concat());
    let broken = |format| Some(PictureFault::Broken { format });
    let too_large = |width, height| Some(PictureFault::TooManyPixels { width, height, limit });
    // None: a picture or a sentence, whichever the decoder makes of it.
    let anything = None;
    for (name, file, fault) in [
        ("nothing", Vec::new(), Some(PictureFault::NotAPicture)),
        ("text named .jpg", "样例：这不是图片".into(), Some(PictureFault::NotAPicture)),
        ("random bytes", noise(1, 50_000), Some(PictureFault::NotAPicture)),
        ("a PDF", b"%PDF-1.7\n".to_vec(), Some(PictureFault::Unsupported { format: Format::Pdf })),
        (
            "a phone's HEIC",
            b"\0\0\0\x18ftypheic\0\0\0\0".to_vec(),
            Some(PictureFault::Unsupported { format: Format::Heif }),
        ),
        ("a JPEG's first bytes", b"\xff\xd8\xff\xe0".to_vec(), broken(Format::Jpeg)),
        (
            "noise after a JPEG's first bytes",
            [b"\xff\xd8\xff\xe0", &noise(2, 50_000)[..]].concat(),
            anything.clone(),
        ),
        (
            "noise after a PNG's first bytes",
            [&png(1, 1)[..8], &noise(3, 50_000)].concat(),
            broken(Format::Png),
        ),
        ("a JPEG cut in half", half(&jpeg(640, 480)), anything.clone()),
        ("a PNG cut in half", half(&png(640, 480)), broken(Format::Png)),
        (
            "a JPEG that claims 4 gigapixels",
            claiming(&jpeg(16, 16), 65_535, 65_535),
            too_large(65_535, 65_535),
        ),
        ("a JPEG that claims 54 megapixels", claiming(&jpeg(16, 16), 9_000, 6_000), anything.clone()),
        ("a JPEG without height", claiming(&jpeg(16, 16), 16, 0), anything.clone()),
        (
            "a PNG that claims 3 gigapixels",
            png_of((60_000, 60_000), (8, 2), b"", &zeros),
            too_large(60_000, 60_000),
        ),
        ("a PNG a pixel wide", png_of((1, 70_000), (8, 0), b"", &zeros), too_large(1, 70_000)),
        ("a PNG without height", png_of((9, 0), (8, 2), b"", &zeros), broken(Format::Png)),
        (
            "a PNG of 16 bits and alpha",
            png_of((7_700, 7_700), (16, 6), b"", &zeros),
            Some(PictureFault::OutOfMemory),
        ),
        ("pixels that inflate to 49 MB for one", png_of((1, 1), (8, 0), b"", &zeros), anything.clone()),
        ("text that inflates to 980 MB", png_of((1, 1), (8, 0), &text_bomb, &zeros), anything.clone()),
        ("a profile that inflates to 49 MB", png_of((1, 1), (8, 0), &profile_bomb, &zeros), anything),
    ] {
        match (desk.see(&desk.keep(&file)), fault) {
            (Err(found), Some(expected)) => assert_eq!(found, expected, "{name}"),
            (Ok(_), Some(expected)) => panic!("{name}: shown, instead of {expected}"),
            (Ok(_), None) => {}
            (Err(found), None) => assert!(!found.message().text(Lang::Zh).is_empty(), "{name}"),
        }
        assert_eq!(desk.client.counters().restarts, 0, "{name}");
    }
    assert!(desk.see(&desk.keep(&jpeg(64, 48))).is_ok());
}

fn half(file: &[u8]) -> Vec<u8> {
    file[..file.len() / 2].to_vec()
}

#[test]
fn a_large_picture_in_a_small_file_is_a_picture() {
    let desk = Desk::open();
    let view = desk.see(&desk.keep(&png_of((7000, 7000), (8, 0), b"", &zeros()))).unwrap();
    assert_eq!((view.picture, view.shown), (Size::new(7000, 7000), Size::new(52, 52)));
    assert!(view.rgb.iter().all(|value| *value == 0));
}

#[test]
fn corrupted_pictures_never_end_the_worker() {
    let desk = Desk::open();
    for (whole, seeds) in [(jpeg(96, 64), 0..150_u32), (png(96, 64), 150..200)] {
        for seed in seeds {
            let mut file = whole.clone();
            for pair in noise(seed + 1, 24).chunks_exact(3) {
                let place = (usize::from(pair[0]) << 8 | usize::from(pair[1])) % (file.len() - 8) + 8;
                file[place] = pair[2];
            }
            let _either = desk.see(&desk.keep(&file));
        }
    }
    assert_eq!(desk.client.counters().restarts, 0);
    assert!(desk.see(&desk.keep(&jpeg(64, 48))).is_ok());
}

//! A client with its worker process, and pictures to show it.

use std::collections::HashMap;
use std::io::{self, Cursor};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use heyan::domain::revision::sha256_hex;
use heyan::domain::view::{PictureKey, View};
use heyan::domain::viewport::Size;
use heyan::media::Limits;
use heyan::media::client::{Job, Outcome, PictureClient, PictureEvent, Source};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use rustix::process::{Pid, Signal, kill_process};

pub const HEYAN: &str = env!("CARGO_BIN_EXE_heyan");
pub const PATIENCE: Duration = Duration::from_secs(60);
pub const PANE: Size = Size::new(68, 52);

pub const RED: [u8; 3] = [220, 30, 30];
pub const GREEN: [u8; 3] = [30, 200, 30];
pub const BLUE: [u8; 3] = [30, 30, 220];
pub const WHITE: [u8; 3] = [250, 250, 250];

/// A client, its attachments, and the events it sent.
pub struct Desk {
    pub client: PictureClient,
    pub files: Arc<Mutex<HashMap<String, Vec<u8>>>>,
    pub events: Receiver<PictureEvent>,
}

impl Desk {
    pub fn open() -> Desk {
        Desk::with(Path::new(HEYAN), Limits::default())
    }

    pub fn with(program: &Path, limits: Limits) -> Desk {
        let files = Arc::new(Mutex::new(HashMap::new()));
        let shelf: Arc<Mutex<HashMap<String, Vec<u8>>>> = Arc::clone(&files);
        let source: Source = Arc::new(move |sha256| {
            shelf.lock().unwrap().get(sha256).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
        });
        let (client, events) = start(program, limits, source);
        Desk { client, files, events }
    }

    pub fn keep(&self, bytes: &[u8]) -> PictureKey {
        let sha256 = sha256_hex(bytes);
        self.files.lock().unwrap().insert(sha256.clone(), bytes.to_vec());
        PictureKey { sha256, view: View::default(), target: PANE }
    }

    pub fn see(&self, key: &PictureKey) -> Outcome {
        let known = self.client.cached(key);
        self.client.show(vec![Job { key: key.clone(), generation: 0 }]);
        known.filter(Result::is_ok).unwrap_or_else(|| self.outcome_of(key))
    }

    pub fn outcome_of(&self, key: &PictureKey) -> Outcome {
        let (job, outcome) = self.next_view();
        assert_eq!(&job.key, key);
        outcome
    }

    /// The next view that is told of, whatever worker it came from.
    pub fn next_view(&self) -> (Job, Outcome) {
        loop {
            match self.events.recv_timeout(PATIENCE).unwrap() {
                PictureEvent::Restarted => {}
                event => return viewed(event),
            }
        }
    }

    pub fn signal(&self, signal: Signal) {
        let worker = self.client.counters().worker.unwrap();
        kill_process(pid(worker), signal).unwrap();
    }
}

/// An event that tells of a view.
pub fn viewed(event: PictureEvent) -> (Job, Outcome) {
    match event {
        PictureEvent::View { job, outcome } => (job, outcome),
        other => panic!("{other:?}"),
    }
}

pub fn start(program: &Path, limits: Limits, source: Source) -> (PictureClient, Receiver<PictureEvent>) {
    let (sender, events): (Sender<PictureEvent>, _) = channel();
    // The test may have ended and dropped the receiver while the client still works.
    let sink = Box::new(move |event| drop(sender.send(event)));
    (PictureClient::start(program, limits, source, sink).unwrap(), events)
}

pub fn pid(worker: u32) -> Pid {
    Pid::from_raw(i32::try_from(worker).unwrap()).unwrap()
}

/// Four plain quarters: red and green above blue and white.
pub fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb(match (x < width / 2, y < height / 2) {
            (true, true) => RED,
            (false, true) => GREEN,
            (true, false) => BLUE,
            (false, false) => WHITE,
        })
    })
}

pub fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.into().write_to(&mut file, format).unwrap();
    file.into_inner()
}

pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    encoded(quarters(width, height), ImageFormat::Jpeg)
}

pub fn png(width: u32, height: u32) -> Vec<u8> {
    encoded(quarters(width, height), ImageFormat::Png)
}

/// A JPEG with an EXIF segment that holds nothing but the orientation (CIPA DC-008, tag 0x0112), as phones write it.
pub fn with_orientation(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut file = jpeg[..2].to_vec();
    file.extend_from_slice(b"\xff\xe1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
    file.extend_from_slice(&[orientation, 0, 0, 0, 0, 0, 0]);
    file.extend_from_slice(&jpeg[2..]);
    file
}

/// The colour of each quarter of what is shown: upper left, upper right, lower left, lower right.
pub fn seen(outcome: Outcome) -> [[u8; 3]; 4] {
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

/// A file of `fixtures/`.
pub fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/media/fixtures").join(name)).unwrap()
}

//! A pack of filings with a phone's photo each, and the workspace that the program itself makes of it.

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use heyan::domain::filing::{Attachment, AttachmentKind, EvidenceScheme, Filing, OrderType};
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

use crate::PROGRAM;
use crate::synthetic::Synthetic;
use crate::synthetic::random::Random;

pub const FILINGS: u64 = 12;
const SEED: u64 = 7;
/// The stream of chance that photos are drawn from.
const PHOTO: u64 = 5;
const WIDTH: u32 = 4000;
const HEIGHT: u32 = 3000;

/// A home with the pack and its workspace; gone when dropped.
pub struct Home {
    folder: TempDir,
}

impl Home {
    pub fn new() -> Self {
        let home = Home { folder: tempfile::tempdir().unwrap() };
        let pack = home.path("pack");
        fs::create_dir(&pack).unwrap();
        let due_from: Timestamp = "2026-01-05T00:00:00Z".parse().unwrap();
        let synthetic = Synthetic { seed: SEED, due_from };
        let filings: Vec<String> = (0..FILINGS)
            .map(|index| serde_json::to_string(&filing(&synthetic, index)).unwrap() + "\n")
            .collect();
        fs::write(pack.join("filings.jsonl"), filings.concat()).unwrap();
        thread::scope(|scope| {
            for start in 0..2 {
                let pack = &pack;
                scope.spawn(move || {
                    for index in (start..FILINGS).step_by(2) {
                        fs::write(pack.join(name(index)), photo(index)).unwrap();
                    }
                });
            }
        });
        let mut import = Command::new(PROGRAM);
        import.arg("--workspace").arg(home.path("workspace")).arg("import").arg(&pack);
        import.env_clear().envs(home.variables()).current_dir(home.folder.path());
        let output = import.stdin(Stdio::null()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        home
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The photo of the filing that the desk opens with: it is due first.
    pub fn first_photo(&self) -> PathBuf {
        self.path("pack").join(name(0))
    }

    pub fn variables(&self) -> Vec<(&'static str, String)> {
        let path = |name| self.path(name).to_str().unwrap().to_owned();
        vec![
            ("HOME", path("")),
            ("XDG_DATA_HOME", path("data")),
            ("XDG_CONFIG_HOME", path("config")),
            ("PATH", std::env::var("PATH").unwrap_or_default()),
            ("TERM", "xterm-256color".into()),
            ("COLORTERM", "truecolor".into()),
            ("LOGNAME", "bench".into()),
        ]
    }
}

fn name(index: u64) -> String {
    format!("photo-{index}.jpg")
}

fn filing(synthetic: &Synthetic, index: u64) -> Filing {
    let mut filing = synthetic.clean(index, false);
    filing.order_type = OrderType::First;
    filing.evidence_scheme = EvidenceScheme::FormAndBackdrop;
    filing.due_at = Some(synthetic.due_from + SignedDuration::from_hours(index.try_into().unwrap()));
    filing.attachments = vec![Attachment {
        kind: AttachmentKind::BackdropPhoto,
        file: name(index),
        sha256: None,
        transcript: None,
    }];
    filing
}

/// A card with print on a table: detail of every size, as in a real photo, and the grain of a sensor. No two are alike.
fn photo(index: u64) -> Vec<u8> {
    let mut random = Random::new(SEED, PHOTO, index);
    let octaves = [(800, 70), (200, 36), (50, 18), (12, 9)];
    let mut relief: Vec<Relief> =
        octaves.into_iter().map(|(cell, height)| Relief::new(&mut random, cell, height)).collect();
    let (left, top) = (400 + random.below(400) as u32, 300 + random.below(300) as u32);
    let tint: [i32; 3] = std::array::from_fn(|_| 60 + random.below(50) as i32);
    let mut grain = random.next() | 1;
    let mut pixels = RgbImage::new(WIDTH, HEIGHT);
    for (y, row) in pixels.enumerate_rows_mut() {
        relief.iter_mut().for_each(|relief| relief.go_to(y));
        for (x, _, pixel) in row {
            let (column, line) = (x.wrapping_sub(left), y.wrapping_sub(top));
            let on_card = column < 2600 && line < 1700;
            let print = on_card && line % 130 < 60 && (column ^ (line / 130) << 5) % 44 < 15 && column < 1700;
            let uneven: i32 = relief.iter().map(|relief| relief.at(x)).sum();
            // xorshift64; two dice together show a middle number more often than the ends.
            grain ^= grain << 13;
            grain ^= grain >> 7;
            grain ^= grain << 17;
            let dice = |at: u32, sides: u64| {
                ((grain >> at) % sides + (grain >> (at + 8)) % sides) as i32 - (sides as i32 - 1)
            };
            let light = dice(40, 12);
            *pixel = Rgb(std::array::from_fn(|channel| {
                let paint = match (print, on_card) {
                    (true, _) => 40 + uneven / 8,
                    (false, true) => 200 + uneven / 4,
                    (false, false) => tint[channel] + uneven,
                };
                (paint + light + dice(channel as u32 * 8, 5)).clamp(0, 255) as u8
            }));
        }
    }
    let mut file = Cursor::new(Vec::new());
    JpegEncoder::new_with_quality(&mut file, 88).encode_image(&pixels).unwrap();
    file.into_inner()
}

/// Hills of one size: random heights at the corners of square cells, and straight lines between them.
struct Relief {
    cell: u32,
    columns: usize,
    corners: Vec<i32>,
    /// Heights along the present row of pixels, in 256ths.
    row: Vec<i32>,
}

impl Relief {
    fn new(random: &mut Random, cell: u32, height: u64) -> Self {
        let columns = (WIDTH / cell + 2) as usize;
        let count = columns * (HEIGHT / cell + 2) as usize;
        let corners = (0..count).map(|_| random.below(height * 2 + 1) as i32 - height as i32).collect();
        Relief { cell, columns, corners, row: vec![0; columns] }
    }

    fn go_to(&mut self, y: u32) {
        let part = (y % self.cell * 256 / self.cell) as i32;
        let above = (y / self.cell) as usize * self.columns;
        for (column, height) in self.row.iter_mut().enumerate() {
            let (upper, lower) = (self.corners[above + column], self.corners[above + self.columns + column]);
            *height = upper * (256 - part) + lower * part;
        }
    }

    fn at(&self, x: u32) -> i32 {
        let (column, part) = ((x / self.cell) as usize, (x % self.cell * 256 / self.cell) as i32);
        (self.row[column] * (256 - part) + self.row[column + 1] * part) >> 16
    }
}

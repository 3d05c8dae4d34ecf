//! The picture worker as a real process: what it shows, what it refuses, and what hostile files cannot do to it.

#![allow(clippy::unwrap_used, clippy::panic)]

mod documents;
mod drawing;
mod formats;
mod hostile;
mod inspected;
mod kept;
mod odd;
mod pages;
#[cfg(feature = "pdf")]
mod pdf;
mod support;
mod text_mode;

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use heyan::domain::revision::sha256_hex;
use heyan::domain::view::{PictureKey, View};
use heyan::domain::viewport::{Frame, Size, Viewport};
use heyan::media::client::{Job, Source, prove};
use heyan::media::fault::PictureFault;
use heyan::media::{Limits, WORKER_ARGUMENT};
use rustix::process::{Signal, test_kill_process};

use support::*;

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

fn seen_through(key: &PictureKey, viewport: Viewport) -> PictureKey {
    PictureKey { view: View { viewport, ..key.view }, ..key.clone() }
}

#[test]
fn a_closer_and_turned_view_needs_no_second_decoding() {
    let desk = Desk::open();
    let whole = desk.keep(&with_orientation(&jpeg(800, 600), 6));
    desk.see(&whole).unwrap();
    let frame = Frame::new(Size::new(600, 800), PANE);
    // Towards the upper left quarter of the upright picture, until nothing else is seen.
    let close = (0..4).fold(whole.view.viewport, |view, _| view.zoom_in(frame));
    let close = (0..9).fold(close, |view, _| view.pan(-0.5, -0.5, frame));
    assert_eq!(seen(desk.see(&seen_through(&whole, close))), [BLUE; 4]);
    let turned = seen_through(&whole, whole.view.viewport.rotate_left());
    assert_eq!(seen(desk.see(&turned)), [RED, GREEN, BLUE, WHITE]);
    let counters = desk.client.counters();
    assert_eq!((counters.decodes, counters.renders), (1, 3));
}

#[test]
fn a_picture_asked_for_ahead_is_there_when_its_filing_opens() {
    let desk = Desk::open();
    let key = desk.keep(&jpeg(640, 480));
    assert_eq!(desk.client.cached(&key), None);
    desk.client.prepare(vec![Job { key: key.clone(), generation: 7 }]);
    let (job, outcome) = viewed(desk.events.recv_timeout(PATIENCE).unwrap());
    assert!(job.generation == 7 && outcome.is_ok());
    let before = desk.client.counters();
    assert_eq!(desk.client.cached(&key), Some(outcome));
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
        let key = PictureKey { sha256: sha256.clone(), view: View::default(), target };
        let job = Job { key, generation };
        if ahead { client.prepare(vec![job]) } else { client.show(vec![job]) }
    };
    wish(1, 10, false);
    begun.recv_timeout(PATIENCE).unwrap();
    // The first is under way: of the others only the last for now, and what was wanted for later after it.
    wish(2, 20, true);
    wish(3, 30, false);
    wish(4, 40, false);
    release.send(()).unwrap();
    let order: Vec<u64> =
        (0..3).map(|_| viewed(events.recv_timeout(PATIENCE).unwrap()).0.generation).collect();
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
    desk.client.show(vec![Job { key: key.clone(), generation: 0 }]);
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
    let key = |sha256: &str| PictureKey { sha256: sha256.into(), view: View::default(), target: PANE };
    let missing = key(&"0".repeat(64));
    assert_eq!(desk.see(&missing), Err(PictureFault::Missing));
    assert_eq!(
        desk.client.cached(&missing),
        Some(Err(PictureFault::Missing)),
        "a sentence, not an endless wait"
    );

    let changed = desk.keep(&jpeg(64, 48));
    desk.files.lock().unwrap().get_mut(&changed.sha256).unwrap()[100] ^= 1;
    assert_eq!(desk.see(&changed), Err(PictureFault::Damaged));
    // Put right again, it is shown.
    assert!(desk.see(&desk.keep(&jpeg(64, 48))).is_ok());
    assert!(matches!(desk.client.cached(&changed), Some(Ok(_))));

    let large = desk.see(&desk.keep(&[0xff; 100_001]));
    assert_eq!(large, Err(PictureFault::FileTooLarge { bytes: 100_001, limit: 100_000 }));
    assert_eq!(desk.client.counters().decodes, 1);
}

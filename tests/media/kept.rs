//! What the worker keeps, gives up and is replaced for: the picture on the screen comes first.

use std::path::Path;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use heyan::domain::revision::sha256_hex;
use heyan::domain::view::{PictureKey, Submission, Surface, View};
use heyan::domain::viewport::{Frame, Size, Viewport};
use heyan::media::Limits;
use heyan::media::client::{Job, PictureEvent, Source};
use heyan::media::fault::PictureFault;
use image::{ImageFormat, Rgb, RgbImage};
use rustix::process::{Signal, kill_process};

use super::support::*;

/// A plain picture of 12 megapixels.
fn photo(value: u8) -> Vec<u8> {
    encoded(RgbImage::from_pixel(4000, 3000, Rgb([value; 3])), ImageFormat::Bmp)
}

fn job(key: &PictureKey) -> Job {
    Job { key: key.clone(), generation: 0 }
}

fn zoomed(key: &PictureKey) -> PictureKey {
    let viewport = Viewport::default().zoom_in(Frame::new(Size::new(4000, 3000), key.target));
    PictureKey { view: View { viewport, ..key.view }, ..key.clone() }
}

#[test]
fn a_view_is_known_under_the_key_that_was_asked_for() {
    let desk = Desk::open();
    let key = PictureKey { target: Size::new(5000, 40), ..desk.keep(&jpeg(64, 48)) };
    desk.see(&key).unwrap();
    assert!(matches!(desk.client.cached(&key), Some(Ok(_))), "else it would be waited for without end");
}

#[test]
fn what_is_prepared_does_not_drive_out_what_is_on_the_screen() {
    let desk = Desk::open();
    let [first, second, third, fourth] = [10, 20, 30, 40].map(|value| desk.keep(&photo(value)));
    desk.see(&first).unwrap();
    let prepare = |keys: [&PictureKey; 2]| {
        desk.client.prepare(keys.map(job).to_vec());
        keys.iter().for_each(|key| assert_eq!(&&desk.next_view().0.key, key));
    };
    prepare([&second, &third]);
    let before = desk.client.counters().decodes;
    desk.see(&zoomed(&first)).unwrap();
    assert_eq!(desk.client.counters().decodes, before);

    // The filing opens whose picture was prepared last: it is there, and so are its pixels while others are prepared.
    desk.see(&third).unwrap();
    prepare([&second_page_of_nothing(&fourth), &fourth]);
    let before = desk.client.counters().decodes;
    desk.see(&zoomed(&third)).unwrap();
    assert_eq!(desk.client.counters().decodes, before);
}

/// A page that there is not: prepared in vain.
fn second_page_of_nothing(key: &PictureKey) -> PictureKey {
    PictureKey { view: View { page: 1, ..key.view }, ..key.clone() }
}

/// The least that the settings take.
#[test]
fn a_photo_is_shown_and_submitted_with_the_least_memory() {
    let desk = Desk::with(Path::new(HEYAN), Limits::default().within(256 << 20));
    let noise = |seed: u32| {
        let noisy = |x: u32, y: u32| (x.wrapping_mul(31) ^ y.wrapping_mul(17) ^ seed) as u8;
        encoded(RgbImage::from_fn(4000, 3000, |x, y| Rgb([noisy(x, y); 3])), ImageFormat::Jpeg)
    };
    let surface = Surface::Submitted(Submission { kib: 200, longest_side: 1500 });
    for file in [noise(1), photo(9), noise(2)] {
        let key = desk.keep(&file);
        desk.see(&key).unwrap();
        desk.see(&PictureKey { view: View { surface, ..key.view }, ..key.clone() }).unwrap();
    }
    assert_eq!(desk.client.counters().restarts, 0);
}

/// A worker that does not answer, as with a document that takes long: a stopped one.
#[test]
fn what_takes_long_ahead_is_given_up_for_what_is_on_the_screen() {
    let files = [jpeg(64, 48), png(64, 48), jpeg(32, 24)];
    let keys = [0, 1, 2].map(|at: usize| PictureKey {
        sha256: sha256_hex(&files[at]),
        view: View::default(),
        target: PANE,
    });
    let (reading, read) = channel();
    let reading = Mutex::new(reading);
    let shelf = keys.clone();
    let source: Source = Arc::new(move |sha256| {
        reading.lock().unwrap().send(()).unwrap();
        let at = shelf.iter().position(|key| key.sha256 == sha256);
        Ok(files[at.unwrap()].clone())
    });
    let limits = Limits { answer_within: PATIENCE, ..Limits::default() };
    let (client, events) = start(Path::new(HEYAN), limits, source);
    let next = || match events.recv_timeout(PATIENCE).unwrap() {
        PictureEvent::View { job, outcome } => (job.key, outcome.is_ok()),
        other => panic!("nothing died: {other:?}"),
    };
    let [here, ahead, closer] = keys;
    client.show(vec![job(&here)]);
    read.recv_timeout(PATIENCE).unwrap();
    assert_eq!(next(), (here.clone(), true));

    kill_process(pid(client.counters().worker.unwrap()), Signal::STOP).unwrap();
    client.prepare(vec![job(&ahead)]);
    read.recv_timeout(PATIENCE).unwrap();
    let asked = Instant::now();
    client.show(vec![job(&closer)]);
    assert_eq!(next(), (closer.clone(), true));
    assert!(asked.elapsed() < PATIENCE / 2);
    assert_eq!((client.counters().restarts, client.cached(&ahead)), (1, None));

    // It is not tried ahead again, which would be in the way again, but on the screen it is.
    client.prepare(vec![job(&ahead)]);
    client.show(vec![job(&PictureKey { target: Size::new(20, 20), ..here.clone() })]);
    assert!(next().1);
    client.show(vec![job(&ahead)]);
    assert_eq!(next(), (ahead, true));
    assert_eq!(client.counters().restarts, 1);
}

#[test]
fn what_was_rendered_stays_when_another_view_of_the_page_fails() {
    let limits = Limits { answer_within: Duration::from_secs(2), ..Limits::default() };
    let desk = Desk::with(Path::new(HEYAN), limits);
    let whole = desk.keep(&jpeg(64, 48));
    desk.see(&whole).unwrap();
    desk.signal(Signal::STOP);
    let surface = Surface::Submitted(Submission { kib: 200, longest_side: 30 });
    let submitted = PictureKey { view: View { surface, ..whole.view }, ..whole.clone() };
    let fault = PictureFault::TimedOut { seconds: 2 };
    assert_eq!(desk.see(&submitted), Err(fault.clone()));
    assert_eq!(desk.client.cached(&submitted), Some(Err(fault)));
    assert!(matches!(desk.client.cached(&whole), Some(Ok(_))));
    assert_eq!(desk.client.cached(&PictureKey { target: Size::new(9, 9), ..whole }), None, "may be tried");
    assert!(desk.see(&submitted).is_ok());
}

#[test]
fn a_dead_worker_is_told_of_once() {
    let desk = Desk::open();
    desk.see(&desk.keep(&jpeg(64, 48))).unwrap();
    desk.signal(Signal::KILL);
    let key = desk.keep(&png(64, 48));
    desk.client.show(vec![job(&key)]);
    let told = || desk.events.recv_timeout(PATIENCE).unwrap();
    assert_eq!(told(), PictureEvent::Restarted);
    assert_eq!(viewed(told()).0.key, key);
    desk.client.show(vec![job(&PictureKey { target: Size::new(9, 9), ..key.clone() })]);
    assert!(viewed(told()).1.is_ok());
}

/// What was wanted soon for the filing before is not decoded before what is wanted soon for this one.
#[test]
fn what_is_prepared_replaces_what_was_to_be_prepared() {
    let file = jpeg(64, 48);
    let sha256 = sha256_hex(&file);
    let (reading, read) = channel();
    let (release, gate) = channel::<()>();
    let locked = Mutex::new((reading, gate));
    let source: Source = Arc::new(move |_| {
        let (reading, gate) = &*locked.lock().unwrap();
        reading.send(()).unwrap();
        gate.recv_timeout(PATIENCE).unwrap();
        Ok(file.clone())
    });
    let (client, events) = start(Path::new(HEYAN), Limits::default(), source);
    let wish = |side| {
        job(&PictureKey { sha256: sha256.clone(), view: View::default(), target: Size::new(side, side) })
    };
    client.show(vec![wish(10)]);
    read.recv_timeout(PATIENCE).unwrap();
    client.prepare(vec![wish(20), wish(30)]);
    client.prepare(vec![wish(40)]);
    release.send(()).unwrap();
    let sides = [0, 1].map(|_| viewed(events.recv_timeout(PATIENCE).unwrap()).0.key.target.width);
    assert_eq!(sides, [10, 40]);
    assert_eq!(client.counters().renders, 2);
}

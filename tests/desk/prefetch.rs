//! The next filing opens with its first picture already there: counted in the real picture worker.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use heyan::domain::view::PictureKey;
use heyan::media::Limits;
use heyan::media::client::{PictureClient, PictureEvent};
use heyan::media::encode::tmux::Through;
use heyan::runtime::pictures::DeskPictures;
use heyan::store::AttachmentVault;
use heyan::ui::pictures::{Picture, Pictures};

use crate::harness::{Harness, demo_workspace};

#[test]
fn nothing_is_decoded_when_the_next_filing_opens() {
    let folder = demo_workspace();
    let vault = AttachmentVault::of(&folder.path().join("workspace"));
    let (told, rendered) = channel();
    let client = PictureClient::start(
        Path::new(env!("CARGO_BIN_EXE_heyan")),
        Limits::default(),
        Arc::new(move |sha256: &str| {
            vault.read(sha256).map_err(|error| std::io::Error::other(error.to_string()))
        }),
        Box::new(move |event| {
            if let PictureEvent::View { job, .. } = event {
                drop(told.send(job.key));
            }
        }),
    )
    .unwrap();
    let mut pictures = DeskPictures::new(client, None, Through::Direct);
    let mut desk = Harness::open(folder.path(), (120, 40));
    desk.look();

    // All that is wanted now and soon is rendered while the reviewer looks at the first filing.
    let wanted = desk.model.wanted_pictures();
    let mut outstanding: Vec<PictureKey> = wanted.on_screen().chain(&wanted.soon).cloned().collect();
    outstanding.dedup();
    assert!(outstanding.len() >= 2, "the present picture and the next filing's first");
    pictures.want(wanted);
    while !outstanding.is_empty() {
        let key = rendered.recv_timeout(Duration::from_secs(30)).expect("the worker answers");
        outstanding.retain(|waiting| *waiting != key);
    }
    let before = pictures.counters();

    let first = desk.here();
    desk.keys("a");
    assert_ne!(desk.here(), first, "the next filing stands on the desk");
    let shown = desk.model.wanted_pictures().main.expect("a picture belongs on the desk");
    let mut ready = false;
    pictures.with(&shown, &mut |picture| ready = matches!(picture, Picture::Ready(_)));
    assert!(ready, "its first picture is there at once");
    let after = pictures.counters();
    assert_eq!((after.decodes, after.renders), (before.decodes, before.renders));
}

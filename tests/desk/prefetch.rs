//! The next filing opens with its first picture already there: counted in the real picture worker.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use heyan::app::layout::Area;
use heyan::app::pictures::{Display, Images, WantedPictures};
use heyan::domain::view::{PictureKey, Rendering, View};
use heyan::domain::viewport::Size;
use heyan::media::Limits;
use heyan::media::client::{PictureClient, PictureEvent};
use heyan::media::encode::tmux::Through;
use heyan::runtime::pictures::DeskPictures;
use heyan::store::AttachmentVault;
use heyan::ui::pictures::{Picture, Pictures, draw};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::harness::{Harness, demo_workspace};

/// Pictures by a real worker, and the views that it rendered.
fn pictures_of(folder: &Path) -> (DeskPictures, Receiver<PictureKey>) {
    let vault = AttachmentVault::of(&folder.join("workspace"));
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
    (DeskPictures::new(client, None, Through::Direct), rendered)
}

/// One file beside itself, turned (a photo and the same photo in another filing): each has its place on the screen.
#[test]
fn two_views_of_one_page_both_stand() {
    let folder = demo_workspace();
    let (mut pictures, rendered) = pictures_of(folder.path());
    pictures.display(Images::Kitty, Size::new(9, 18), Display::LARGEST_SIXEL);
    let desk = Harness::open(folder.path(), (120, 40));
    let main = PictureKey { target: Size::new(180, 180), ..desk.model.wanted_pictures().main.unwrap() };
    let turned = View { viewport: main.view.viewport.rotate_right(), ..main.view };
    let partner = PictureKey { view: turned, ..main.clone() };
    let both = [main.clone(), partner.clone()];
    pictures.want(WantedPictures { main: Some(main), partner: Some(partner), ..WantedPictures::default() });
    let mut outstanding = both.to_vec();
    while !outstanding.is_empty() {
        let key = rendered.recv_timeout(Duration::from_secs(30)).expect("the worker answers");
        outstanding.retain(|waiting| *waiting != key);
    }
    let mut buffer = Buffer::empty(Rect::new(0, 0, 60, 20));
    for (key, x) in both.iter().zip([0, 30]) {
        pictures.with(key, &mut |picture| {
            let Picture::Ready(drawn) = picture else { panic!("{picture:?}") };
            draw(&mut buffer, Area::new(x, 0, 20, 10), drawn, Images::Kitty, Rendering::Colour);
        });
    }
    pictures.settle(&mut buffer);
    let strokes = String::from_utf8(pictures.strokes(Some("D-1001")).bytes).unwrap();
    assert_eq!(strokes.matches("a=t,").count(), 2, "both are sent");
}

#[test]
fn nothing_is_decoded_when_the_next_filing_opens() {
    let folder = demo_workspace();
    let (mut pictures, rendered) = pictures_of(folder.path());
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

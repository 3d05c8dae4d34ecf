//! From a picture file to words: the picture worker makes the page, Tesseract reads it. Tesseract is a program of the
//! system; where it is not installed there is nothing to test.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::Path;

use heyan::domain::evidence::{FaultKind, TextReading};
use heyan::evidence::text::{Page, Tesseract};
use heyan::media::Limits;
use heyan::media::inspector::Inspector;

#[tokio::test]
async fn a_card_and_a_form_of_the_demo_are_read() {
    let Some(tesseract) = std::env::var_os("PATH").and_then(|path| Tesseract::find(&path)) else { return };
    let inspector = Inspector::new(Path::new(env!("CARGO_BIN_EXE_heyan")), Limits::default());
    for (picture, words, place) in [
        ("D-1001-epr_id_front.jpg", ["440099198704120132", "1987"], (270..360, 500..560)),
        ("D-1001-verification_form.jpg", ["nanshan-keji.example", "13900001002"], (270..300, 340..390)),
    ] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/pictures").join(picture);
        let grey = inspector.page(&std::fs::read(file).unwrap()).unwrap();
        let size = |size: heyan::domain::viewport::Size| (size.width, size.height);
        let page = Page { picture: size(grey.picture), shown: size(grey.shown), grey: grey.grey };
        let read = match tesseract.read(&page).await {
            TextReading::Read(read) => read,
            TextReading::NoAnswer(fault) if fault.kind == FaultKind::NotInstalled => return,
            TextReading::NoAnswer(fault) => panic!("{fault:?}"),
        };
        for expected in words {
            assert!(read.words.iter().any(|word| word.text == expected), "{expected}: {read:?}");
        }
        let region = read.words.iter().find(|word| word.text == words[0]).unwrap().region;
        assert!(place.0.contains(&region.x) && place.1.contains(&region.y), "{picture}: {region:?}");
    }
}

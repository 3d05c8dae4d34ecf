//! The pages of one file, and what becomes of a page on its way to the regulator.

use std::io::Cursor;

use heyan::domain::view::{PictureKey, Submission, Surface, View};
use heyan::domain::viewport::Size;
use heyan::media::Limits;
use heyan::media::decode::Picture;
use heyan::media::fault::PictureFault;
use tiff::encoder::TiffEncoder;
use tiff::encoder::colortype::RGB8;

use super::support::*;

/// A TIFF whose pages are plain, each in its colour.
fn pages_of(colours: &[[u8; 3]]) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut file).unwrap();
    for colour in colours {
        encoder.write_image::<RGB8>(16, 12, &colour.repeat(16 * 12)).unwrap();
    }
    file.into_inner()
}

#[test]
fn each_page_of_a_tiff_is_shown_and_none_beyond() {
    let colours = [RED, GREEN, BLUE];
    let file = pages_of(&colours);
    let decode = |file: &[u8], page| Picture::decode(file, page, &Limits::default());
    for (page, colour) in (0..).zip(colours) {
        let picture = decode(&file, page).unwrap();
        assert_eq!((picture.pages(), picture.notes()), (3, &[][..]));
        assert!(picture.whole(picture.upright()).pixels().all(|pixel| pixel.0 == colour), "page {page}");
    }
    assert_eq!(decode(&file, 3).err(), Some(PictureFault::NoSuchPage { page: 3, pages: 3 }));
    assert_eq!(decode(&jpeg(8, 8), 1).err(), Some(PictureFault::NoSuchPage { page: 1, pages: 1 }));
    assert_eq!(decode(&fixture("pages.tif"), 2).unwrap().pages(), 3);

    // A first page that is broken is no reason not to show the second.
    let mut file = file;
    let directory = u32::from_le_bytes(file[4..8].try_into().unwrap()) as usize;
    let width = (0..40).map(|nth| directory + 2 + nth * 12).find(|at| file[*at..*at + 2] == [0, 1]).unwrap();
    file[width + 8..width + 12].fill(0);
    assert!(matches!(decode(&file, 0), Err(PictureFault::Broken { .. })));
    let second = decode(&file, 1).unwrap();
    assert_eq!(second.whole(second.upright()).get_pixel(0, 0).0, GREEN);
}

#[test]
fn a_page_that_is_not_there_costs_no_other_and_each_is_decoded_once() {
    let desk = Desk::open();
    let whole = desk.keep(&pages_of(&[RED, GREEN, BLUE]));
    let page = |page| PictureKey { view: View { page, ..View::default() }, ..whole.clone() };
    assert_eq!(desk.see(&page(3)), Err(PictureFault::NoSuchPage { page: 3, pages: 3 }));
    for (at, colour) in (0..).zip([RED, GREEN, BLUE]) {
        let view = desk.see(&page(at)).unwrap();
        assert_eq!((view.pages, &view.rgb[..3]), (3, &colour[..]), "page {at}");
    }
    assert_eq!(desk.client.counters().decodes, 3);
}

#[test]
fn the_worker_shows_a_picture_as_it_will_be_submitted() {
    let desk = Desk::open();
    let original = desk.keep(&with_orientation(&jpeg(1200, 800), 6));
    let submission = Submission { kib: 20, longest_side: 300 };
    let submitted = |longest_side| {
        let surface = Surface::Submitted(Submission { longest_side, ..submission });
        PictureKey { view: View { surface, ..View::default() }, ..original.clone() }
    };
    let view = desk.see(&submitted(300)).unwrap();
    assert_eq!(view.picture, Size::new(800, 1200), "places are those of the original");
    let file = view.submitted.unwrap();
    assert_eq!(file.size, Size::new(200, 300));
    assert!(file.kib <= 20 && file.original_kib >= file.kib, "{file:?}");
    assert_eq!(seen(desk.see(&submitted(300))), [BLUE, RED, WHITE, GREEN]);
    assert_eq!(desk.see(&submitted(9000)).unwrap().submitted.unwrap().size, Size::new(800, 1200));
    assert_eq!(desk.see(&original).unwrap().submitted, None);
    assert_eq!(desk.client.counters().decodes, 1, "the original is decoded once for all of them");
}

//! Documents of several pages, and pictures as the regulator will receive them.

use heyan::app::case_view::CaseView;
use heyan::app::effect::{Msg, PictureStatus};
use heyan::app::model::Case;
use heyan::domain::filing::AttachmentKind;
use heyan::domain::submission::SubmittedFile;
use heyan::domain::view::{Point, Quad, Surface, View};
use heyan::domain::viewport::Size;

use crate::harness::{Harness, demo_workspace};

fn case(desk: &Harness) -> &CaseView {
    let Case::Open(view) = &desk.model.case else { panic!("no case") };
    view
}

/// The attachment in the viewport turns out to have so many pages, of which one was decoded.
fn has_pages(desk: &mut Harness, page: u32, pages: u32, submitted: Option<SubmittedFile>) {
    let (_, _, facts) = case(desk).current_attachment().unwrap();
    let sha256 = facts.sha256.clone();
    desk.tell(Msg::PageKnown { sha256, page, pages, submitted });
    desk.settle();
}

#[test]
fn a_document_counts_as_shown_when_every_page_was() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (160, 48));
    // Not before the first page is there is it known how many there are.
    desk.picture = PictureStatus::Loading;
    desk.keys("l");
    let at = case(&desk).attachment.unwrap();
    has_pages(&mut desk, 0, 3, None);
    desk.picture = PictureStatus::Ready(Size::new(1000, 630));
    desk.settle();
    assert!(desk.screen().contains("第1页/共3页"), "{}", desk.screen());
    assert!(!case(&desk).seen(at), "one page of three");
    let soon = desk.model.wanted_pictures();
    let main = soon.main.unwrap();
    assert!(soon.soon.iter().any(|key| key.sha256 == main.sha256 && key.view.page == 1), "the next page");

    desk.keys("l");
    assert!(desk.screen().contains("第2页/共3页"), "{}", desk.screen());
    assert!(!case(&desk).seen(at), "two of three");
    desk.keys("l");
    assert!(desk.screen().contains("第3页/共3页"), "{}", desk.screen());
    assert!(case(&desk).seen(at));

    desk.keys("l");
    assert_ne!(case(&desk).attachment, Some(at), "after the last page comes the next document");
    desk.keys("h");
    assert_eq!((case(&desk).attachment, case(&desk).page_place()), (Some(at), Some((2, 3))));
    desk.keys("h h");
    assert_eq!((case(&desk).attachment, case(&desk).page_place()), (Some(at), Some((0, 3))));
}

#[test]
fn space_goes_through_the_pages_and_a_page_in_part_makes_a_document_in_part() {
    let folder = demo_workspace();
    for size in [(80, 24), (160, 48)] {
        let mut desk = Harness::open(folder.path(), size);
        desk.picture = PictureStatus::Loading;
        desk.keys("Space");
        let at = case(&desk).attachment.unwrap();
        has_pages(&mut desk, 0, 2, None);
        desk.picture = PictureStatus::Ready(Size::new(1000, 630));
        desk.settle();
        assert!(!case(&desk).seen(at));
        desk.picture = PictureStatus::Partly;
        desk.keys("Space");
        assert_eq!((case(&desk).attachment, case(&desk).page_place()), (Some(at), Some((1, 2))), "{size:?}");
        assert!(case(&desk).seen(at) && case(&desk).unshowable().contains(&at), "{size:?}");
        desk.keys("Space");
        assert_ne!(case(&desk).attachment, Some(at), "{size:?}");
        desk.keys("Esc Ctrl+C Ctrl+C");
    }
}

/// A page that was only read is stepped to again.
#[test]
fn space_comes_to_a_page_that_was_only_read() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (160, 48));
    desk.picture = PictureStatus::Loading;
    while case(&desk).current_attachment().unwrap().1.kind != AttachmentKind::VerificationForm {
        desk.keys("l");
    }
    let at = case(&desk).attachment.unwrap();
    has_pages(&mut desk, 0, 2, None);
    desk.keys("T");
    desk.picture = PictureStatus::Ready(Size::new(700, 1000));
    desk.keys("l T");
    assert_eq!(case(&desk).page_place(), Some((1, 2)));
    assert!(case(&desk).only_read(at), "the first page");
    desk.keys("Space");
    assert_eq!((case(&desk).attachment, case(&desk).page_place()), (Some(at), Some((0, 2))));
    assert!(case(&desk).seen(at));
}

/// From a document pulled straight the same place of the whole picture comes, and then the document again.
#[test]
fn as_submitted_and_back_is_where_it_was() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (160, 48));
    let quad = Quad([(200, 100), (800, 100), (800, 500), (200, 500)].map(|(x, y)| Point { x, y }));
    let Case::Open(view) = &mut desk.model.case else { panic!("no case") };
    view.change_view(|view| View { surface: Surface::Flat(quad), ..view });
    desk.keys("+ + Alt+Right v");
    let straight = case(&desk).view();
    desk.keys("b");
    let submitted = case(&desk).view();
    assert!(matches!(submitted.surface, Surface::Submitted(_)));
    assert!(!submitted.viewport.is_fit(), "not the whole picture");
    desk.keys("b");
    assert_eq!(case(&desk).view(), straight);
    desk.keys("0 + b Alt+Left b");
    let moved = case(&desk).view();
    assert!(moved.surface == Surface::Original && !moved.viewport.is_fit(), "{moved:?}");
}

#[test]
fn the_title_tells_what_the_regulator_will_receive() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (160, 48));
    desk.keys("b");
    let file = SubmittedFile { size: Size::new(1500, 1125), kib: 182, quality: 78, original_kib: 3120 };
    has_pages(&mut desk, 0, 1, Some(file));
    assert!(desk.screen().contains("上报件 1500x1125 182KB 质量 78，原件 3120KB"), "{}", desk.screen());
    desk.keys("b");
    assert!(!desk.screen().contains("上报件 1500x1125"), "{}", desk.screen());
}

//! Pages of PDF documents, drawn by a confined worker. The documents are written here by hand.

use std::path::Path;
use std::time::Duration;

use heyan::domain::file_format::FileFormat;
use heyan::domain::viewport::Size;
use heyan::media::Limits;
use heyan::media::decode::Picture;
use heyan::media::fault::{Feature, PictureFault};
use heyan::media::note::Note;

use super::support::*;

/// A document from its objects, the first being the catalogue, with a table of where they stand.
pub fn document(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        file.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        file.extend_from_slice(object);
        file.extend_from_slice(b"\nendobj\n");
    }
    let table = file.len();
    file.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for place in places {
        file.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
    }
    let size = objects.len() + 1;
    file.extend_from_slice(
        format!("trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n").as_bytes(),
    );
    file
}

pub fn stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<< {dictionary} /Length {} >>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

/// Pages of one size; each has a content stream, and all share the resources. Objects of the caller begin at number
/// 3 + twice the pages.
pub fn pages(media_box: &str, contents: &[&str], resources: &str, more: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let kids: String = (0..contents.len()).map(|nth| format!("{} 0 R ", 3 + 2 * nth)).collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Count {} /Kids [{kids}] >>", contents.len()).into_bytes(),
    ];
    for (nth, content) in contents.iter().enumerate() {
        let number = 4 + 2 * nth;
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [{media_box}] /Resources << {resources} >> /Contents {number} 0 R >>"
            )
            .into_bytes(),
        );
        objects.push(stream("", content.as_bytes()));
    }
    objects.extend_from_slice(more);
    objects
}

/// Four quarters of 100 points, as [`quarters`] has them; the vertical axis of PDF points up.
fn four_quarters() -> String {
    let colour = |[red, green, blue]: [u8; 3]| {
        [red, green, blue].map(|value| format!("{:.4}", f32::from(value) / 255.0)).join(" ")
    };
    [(RED, "0 75"), (GREEN, "100 75"), (BLUE, "0 0"), (WHITE, "100 0")]
        .map(|(of, place)| format!("{} rg {place} 100 75 re f\n", colour(of)))
        .concat()
}

fn two_pages() -> Vec<u8> {
    document(&pages("0 0 200 150", &[&four_quarters(), "0 0 1 rg 0 0 200 150 re f"], "", &[]), "")
}

/// As scanners write them: a page that is one JPEG.
fn scanned() -> Vec<u8> {
    let picture = stream(
        "/Type /XObject /Subtype /Image /Width 400 /Height 300 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode",
        &jpeg(400, 300),
    );
    document(
        &pages("0 0 200 150", &["200 0 0 150 0 0 cm /Scan Do"], "/XObject << /Scan 5 0 R >>", &[picture]),
        "",
    )
}

fn decoded(file: &[u8], page: u32) -> Result<Picture, PictureFault> {
    Picture::decode(file, page, &Limits::default())
}

fn corners(picture: &Picture) -> [[u8; 3]; 4] {
    let pixels = picture.whole(picture.upright());
    let (width, height) = pixels.dimensions();
    [(1, 1), (3, 1), (1, 3), (3, 3)].map(|(x, y)| pixels.get_pixel(width * x / 4, height * y / 4).0)
}

fn near(found: [[u8; 3]; 4], expected: [[u8; 3]; 4]) -> bool {
    found.as_flattened().iter().zip(expected.as_flattened()).all(|(one, other)| one.abs_diff(*other) <= 8)
}

#[test]
fn marks_and_scans_are_drawn_page_by_page() {
    for (name, file, page, pages, expected) in [
        ("marks", two_pages(), 0, 2, [RED, GREEN, BLUE, WHITE]),
        ("second page", two_pages(), 1, 2, [[0, 0, 255]; 4]),
        ("scan", scanned(), 0, 1, [RED, GREEN, BLUE, WHITE]),
    ] {
        let picture = decoded(&file, page).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        assert_eq!(picture.upright(), Size::new(2200, 1650), "{name}");
        assert_eq!((picture.pages(), picture.notes()), (pages, &[][..]), "{name}");
        assert!(near(corners(&picture), expected), "{name}: {:?}", corners(&picture));
    }
    assert_eq!(decoded(&two_pages(), 2).err(), Some(PictureFault::NoSuchPage { page: 2, pages: 2 }));
}

#[test]
fn a_turned_page_stands_upright() {
    let turned = String::from_utf8(two_pages())
        .unwrap()
        .replace("/Type /Page /Parent", "/Rotate 90 /Type /Page /Parent");
    let picture = decoded(turned.as_bytes(), 0).unwrap();
    assert_eq!(picture.upright(), Size::new(1650, 2200));
    assert!(near(corners(&picture), [BLUE, RED, WHITE, GREEN]), "{:?}", corners(&picture));
}

#[test]
fn what_could_not_be_drawn_is_told() {
    let text = |font: &str| {
        let content = "BT /F 20 Tf 10 10 Td <4E2D6587> Tj ET";
        document(&pages("0 0 200 150", &[content], "/Font << /F 5 0 R >>", &[font.as_bytes().to_vec()]), "")
    };
    let chinese = "<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /UniGB-UCS2-H /DescendantFonts [<< \
                   /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) \
                   /Ordering (GB1) /Supplement 2 >> >>] >>";
    let broken_picture = stream(
        "/Type /XObject /Subtype /Image /Width 400 /Height 300 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode",
        b"no JPEG",
    );
    let broken_picture = document(
        &pages(
            "0 0 200 150",
            &["200 0 0 150 0 0 cm /Scan Do"],
            "/XObject << /Scan 5 0 R >>",
            &[broken_picture],
        ),
        "",
    );
    let mut garbled = pages("0 0 200 150", &[""], "", &[]);
    garbled[3] = stream("/Filter /FlateDecode", b"not deflated");
    for (name, file, notes) in [
        ("Latin", text("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"), &[][..]),
        ("Chinese letters that are not in the file", text(chinese), &[Note::PartsMissing]),
        ("a broken picture", broken_picture, &[Note::PartsMissing]),
        ("no content to be read", document(&garbled, ""), &[Note::PartsMissing]),
    ] {
        let picture = decoded(&file, 0).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        assert_eq!(picture.notes(), notes, "{name}");
    }
}

#[test]
fn a_document_cut_anywhere_says_so_or_is_refused() {
    let whole = two_pages();
    let last = whole.len() - "%%EOF\n".len();
    for end in (9..last).step_by(23) {
        if let Ok(picture) = decoded(&whole[..end], 0) {
            assert!(picture.notes().contains(&Note::CutShort), "cut at {end} of {}", whole.len());
        }
    }
}

#[test]
fn locked_broken_and_hostile_documents_get_a_sentence_or_a_picture() {
    let unsupported =
        |feature| Some(PictureFault::Unsupported { format: FileFormat::Pdf, feature: Some(feature) });
    let broken = Some(PictureFault::Broken { format: FileFormat::Pdf });
    let locked = format!(
        "/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <{0}> /U <{0}> >>",
        "5a".repeat(32)
    );
    let huge_picture = stream(
        "/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceGray /BitsPerComponent 8",
        b"",
    );
    let deep = "[".repeat(200_000);
    let states = "q ".repeat(300_000);
    let many: Vec<&str> = vec![""; 3000];
    let mut looped = pages("0 0 9 9", &[""], "", &[]);
    looped[1] = b"<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R 3 0 R] >>".to_vec();
    let desk = Desk::open();
    for (name, file, fault) in [
        ("locked", document(&pages("0 0 9 9", &[""], "", &[]), &locked), unsupported(Feature::Encryption)),
        ("nothing but a first line", b"%PDF-1.7\n".to_vec(), broken.clone()),
        ("no pages", document(&pages("0 0 9 9", &[], "", &[]), ""), broken),
        (
            "a page of a million kilometres",
            document(&pages("0 0 1000000000000 1000", &[""], "", &[]), ""),
            None,
        ),
        ("a page of no number", document(&pages("0 0 1e39 nan", &[""], "", &[]), ""), None),
        ("a page of nothing", document(&pages("0 0 0 0", &[""], "", &[]), ""), None),
        ("a page inside out", document(&pages("200 150 0 0", &[""], "", &[]), ""), None),
        ("a form within itself", forms(1, 5), None),
        (
            "a picture of 3600 megapixels",
            document(&pages("0 0 9 9", &["/P Do"], "/XObject << /P 5 0 R >>", &[huge_picture]), ""),
            Some(PictureFault::TooManyPixels {
                width: 60_000,
                height: 60_000,
                limit: Limits::default().pixels,
            }),
        ),
        ("brackets", document(&pages("0 0 9 9", &[&deep], "", &[]), ""), None),
        (
            "brackets as an object",
            document(&pages("0 0 9 9", &[""], "/XObject 5 0 R", &[deep.clone().into()]), ""),
            None,
        ),
        ("states", document(&pages("0 0 9 9", &[&states], "", &[]), ""), None),
        ("3000 pages", document(&pages("0 0 9 9", &many, "", &[]), ""), None),
        ("pages in a circle", document(&looped, ""), None),
    ] {
        let outcome = desk.see(&desk.keep(&file));
        match (&outcome, fault) {
            (Err(found), Some(expected)) => assert_eq!(*found, expected, "{name}"),
            (Ok(_), Some(expected)) => panic!("{name}: shown, instead of {expected}"),
            (Ok(_) | Err(_), None) => {}
        }
    }
    assert_eq!(desk.client.counters().restarts, 0);
    assert!(desk.see(&desk.keep(&two_pages())).is_ok());
}

/// Forms that each draw the next one twice; the last draws the object with a number, which may be one of them.
fn forms(count: usize, last: usize) -> Vec<u8> {
    let form = |next: usize| {
        let resources = format!(
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F {next} 0 R >> >>"
        );
        stream(&resources, b"/F Do /F Do")
    };
    let forms: Vec<_> = (1..=count).map(|nth| form(if nth == count { last } else { 5 + nth })).collect();
    document(&pages("0 0 9 9", &["/F Do"], "/XObject << /F 5 0 R >>", &forms), "")
}

#[test]
fn a_document_that_never_ends_is_given_up_and_the_next_is_shown() {
    let desk =
        Desk::with(Path::new(HEYAN), Limits { answer_within: Duration::from_secs(4), ..Limits::default() });
    assert_eq!(desk.see(&desk.keep(&forms(60, 5))), Err(PictureFault::TimedOut { seconds: 4 }));
    assert!(desk.see(&desk.keep(&jpeg(64, 48))).is_ok());
}

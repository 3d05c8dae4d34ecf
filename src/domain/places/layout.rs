//! Where things stand on documents whose layout is prescribed, in thousandths of the document.
//!
//! The resident identity card is 85.6 x 54 mm with a portrait of 26 x 32 mm (GA 448-2013, GA 461-2004). Of the business
//! licence there are two layouts: upright (工商企字〔2014〕30号, as changed for the unified code in 2015: the code stands
//! right of the middle under the title, 90 mm below the inner border of the 210 x 297 mm copy) and lying (since March
//! 2019: 297 x 210 mm). Forms have none: each province prints its own.

use super::{DocumentKind, DocumentPlace};
use crate::domain::viewport::Size;

/// Left, top, width and height in thousandths of the document.
pub(super) type Part = [u16; 4];

/// Width to height of a card (ISO/IEC 7810 ID-1) and of a sheet of the A series lying.
const CARD: f64 = 85.6 / 54.0;
const LYING_SHEET: f64 = std::f64::consts::SQRT_2;

/// By how much a scan's sides may differ from the document's. A camera's 4:3 and 3:2 are farther from both.
const TOLERANCE: f64 = 0.045;

/// Whether the whole picture can be the document itself, by the ratio of its sides.
pub(super) fn fills(kind: DocumentKind, picture: Size) -> bool {
    let ratio = f64::from(picture.width.max(1)) / f64::from(picture.height.max(1));
    let near = |wanted: f64| (ratio / wanted - 1.0).abs() <= TOLERANCE;
    match kind {
        DocumentKind::IdFront
        | DocumentKind::IdBack
        | DocumentKind::PermitFront
        | DocumentKind::PermitBack => near(CARD),
        DocumentKind::Licence | DocumentKind::Certificate | DocumentKind::DomainCertificate => {
            near(LYING_SHEET) || near(1.0 / LYING_SHEET)
        }
        DocumentKind::Form | DocumentKind::Letter => near(1.0 / LYING_SHEET),
        DocumentKind::Photo | DocumentKind::VideoFrame => false,
    }
}

/// Whether documents of the kind are sheets whose corners can be found in a photo.
pub(super) const fn has_edges(kind: DocumentKind) -> bool {
    !matches!(kind, DocumentKind::Photo | DocumentKind::VideoFrame)
}

/// Whether a kind prescribes where a place stands.
pub(super) fn prescribes(kind: DocumentKind, place: DocumentPlace) -> bool {
    [Size::new(2, 1), Size::new(1, 2)].into_iter().any(|size| prescribed(kind, place, size).is_some())
}

/// Where a place stands on a document of this size, where its kind prescribes that.
pub(super) fn prescribed(kind: DocumentKind, place: DocumentPlace, document: Size) -> Option<Part> {
    let table = match kind {
        DocumentKind::IdFront => ID_FRONT,
        DocumentKind::IdBack => ID_BACK,
        DocumentKind::Licence if document.width > document.height => LICENCE_LYING,
        DocumentKind::Licence => LICENCE_UPRIGHT,
        _ => return None,
    };
    table.iter().find(|(of, _)| *of == place).map(|(_, part)| *part)
}

const ID_FRONT: &[(DocumentPlace, Part)] = &[
    (DocumentPlace::PersonName, [60, 85, 380, 135]),
    (DocumentPlace::Number, [60, 790, 900, 150]),
    (DocumentPlace::Portrait, [625, 110, 330, 620]),
    (DocumentPlace::Address, [60, 440, 560, 310]),
];

const ID_BACK: &[(DocumentPlace, Part)] = &[(DocumentPlace::Validity, [190, 780, 680, 160])];

const LICENCE_LYING: &[(DocumentPlace, Part)] = &[
    (DocumentPlace::Code, [50, 140, 320, 110]),
    (DocumentPlace::Name, [70, 345, 470, 75]),
    (DocumentPlace::Representative, [70, 515, 450, 75]),
    (DocumentPlace::Term, [510, 510, 440, 95]),
    (DocumentPlace::Address, [510, 595, 440, 150]),
    (DocumentPlace::Seal, [690, 720, 270, 240]),
];

const LICENCE_UPRIGHT: &[(DocumentPlace, Part)] = &[
    (DocumentPlace::Code, [440, 315, 500, 70]),
    (DocumentPlace::Name, [90, 365, 840, 75]),
    (DocumentPlace::Address, [90, 430, 840, 80]),
    (DocumentPlace::Representative, [90, 465, 840, 80]),
    (DocumentPlace::Term, [90, 550, 840, 95]),
    (DocumentPlace::Seal, [480, 780, 450, 180]),
];

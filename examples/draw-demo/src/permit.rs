//! Cards of persons from elsewhere that are not laid out like the resident identity card: the permit of Hong Kong and
//! Macao residents (港澳居民来往内地通行证) and the foreigners' permanent residence card of 2017 (外国人永久居留身份证).

use heyan::domain::filing::IdentityTranscript;

use crate::face::bust;
use crate::identity::{card, close, term};
use crate::looks::Person;
use crate::svg::{INK, Pen, SANS, Sheet};

const LABEL: Pen = Pen::new(SANS, 25.0, "#4a5f2f");
const VALUE: Pen = Pen::new(SANS, 36.0, INK);

pub fn front(transcript: &IdentityTranscript, person: &Person, title: &str) -> Sheet {
    let mut sheet = card("#e6ecd6", "#f3eee0");
    sheet.text(500.0, 104.0, Pen::new(SANS, 40.0, "#3d5a22").bold().middle().spaced(3.0), title);
    sheet.raw(r##"<clipPath id="portrait"><rect x="84" y="150" width="270" height="350"/></clipPath><g clip-path="url(#portrait)">"##);
    sheet.rect(84.0, 150.0, 270.0, 350.0, r##"fill="#f7f8fa""##);
    bust(&mut sheet, &person.face, 219.0, 294.0, 1.15);
    sheet.raw("</g>");
    for (at, (label, value)) in
        [("姓名 / Name", &transcript.name), ("证件号码 / Card No.", &transcript.number)]
            .into_iter()
            .enumerate()
    {
        let y = 210.0 + 130.0 * at as f32;
        sheet.text(410.0, y, LABEL, label);
        sheet.text(410.0, y + 52.0, VALUE, value.as_deref().unwrap_or_default());
    }
    sheet.text(410.0, 470.0, LABEL, "样例证件 · 非真实 / SPECIMEN");
    close(&mut sheet);
    sheet
}

pub fn back(transcript: &IdentityTranscript, person: &Person, title: &str) -> Sheet {
    let mut sheet = card("#f0ead8", "#e4ead8");
    sheet.text(500.0, 160.0, Pen::new(SANS, 40.0, "#3d5a22").bold().middle().spaced(3.0), title);
    sheet.text(160.0, 320.0, LABEL, "签发机关 / Authority");
    sheet.text(160.0, 370.0, VALUE, &person.issuer);
    sheet.text(160.0, 450.0, LABEL, "有效期限 / Period of validity");
    sheet.text(160.0, 502.0, VALUE, &term(transcript));
    close(&mut sheet);
    sheet
}

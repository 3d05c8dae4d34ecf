//! The resident identity card and the residence permits that share its layout (港澳居民居住证, 台湾居民居住证), without
//! anything official in them.

use heyan::domain::filing::IdentityTranscript;

use crate::face::bust;
use crate::looks::Person;
use crate::svg::{INK, Pen, SANS, SERIF, Sheet};

const LABEL: Pen = Pen::new(SANS, 26.0, "#2f6f8f");
const VALUE: Pen = Pen::new(SANS, 32.0, INK);

/// 人像面: what stands on it is the transcript's; sex and birth are read off the number.
pub fn front(transcript: &IdentityTranscript, person: &Person, citizen: bool) -> Sheet {
    let mut sheet = card("#d9e9ee", "#eef4ea");
    let number = transcript.number.as_deref().unwrap_or_default();
    let digits = |from: usize, to: usize| number.get(from..to).unwrap_or_default();
    let male = digits(16, 17).parse::<u8>().is_ok_and(|digit| digit % 2 == 1);
    let field = |sheet: &mut Sheet, x: f32, y: f32, label: &str, value: &str| {
        sheet.text(x, y, LABEL, label);
        sheet.text(x + 34.0 + 26.0 * label.chars().count() as f32, y, VALUE, value);
    };
    sheet.text(76.0, 116.0, LABEL, "姓名");
    sheet.text(
        162.0,
        116.0,
        Pen::new(SANS, 40.0, INK).spaced(4.0),
        transcript.name.as_deref().unwrap_or_default(),
    );
    field(&mut sheet, 76.0, 188.0, "性别", if male { "男" } else { "女" });
    if citizen {
        field(&mut sheet, 286.0, 188.0, "民族", "汉");
    }
    sheet.text(76.0, 258.0, LABEL, "出生");
    for (x, value, unit) in
        [(162.0, digits(6, 10), "年"), (302.0, digits(10, 12), "月"), (402.0, digits(12, 14), "日")]
    {
        sheet.text(x, 258.0, VALUE, value.trim_start_matches('0'));
        sheet.text(x + if x < 200.0 { 90.0 } else { 52.0 }, 258.0, LABEL, unit);
    }
    sheet.text(76.0, 332.0, LABEL, "住址");
    sheet.paragraph(162.0, 332.0, VALUE, 390.0, 46.0, &person.address);
    sheet.text(76.0, 550.0, LABEL, "公民身份号码");
    sheet.text(272.0, 552.0, Pen::new(SANS, 42.0, INK).bold().spaced(5.0), number);
    sheet.raw(r##"<clipPath id="portrait"><rect x="660" y="88" width="270" height="350"/></clipPath><g clip-path="url(#portrait)">"##);
    sheet.rect(660.0, 88.0, 270.0, 350.0, r##"fill="#f7f8fa""##);
    bust(&mut sheet, &person.face, 795.0, 232.0, 1.15);
    sheet.raw("</g>");
    close(&mut sheet);
    sheet
}

/// 国徽面, with the document's name: a plain ring stands where the real card has the emblem.
pub fn back(transcript: &IdentityTranscript, person: &Person, title: &str) -> Sheet {
    let mut sheet = card("#f3e3d6", "#e3ecef");
    sheet.raw(
        r##"<g fill="none" stroke="#b9473f" stroke-width="6"><circle cx="170" cy="172" r="82"/><circle cx="170" cy="172" r="66" stroke-width="2" stroke-dasharray="4 7"/></g>"##,
    );
    sheet.text(170.0, 190.0, Pen::new(SERIF, 50.0, "#b9473f").bold().middle(), "样例");
    sheet.text(590.0, 150.0, Pen::new(SERIF, 42.0, INK).bold().middle().spaced(4.0), "样例证件 · 非真实");
    let (size, spacing) = if title.chars().count() > 5 { (56.0, 4.0) } else { (72.0, 14.0) };
    sheet.text(590.0, 246.0, Pen::new(SERIF, size, INK).bold().middle().spaced(spacing), title);
    sheet.text(200.0, 450.0, Pen::new(SANS, 30.0, INK).bold(), "签发机关");
    sheet.text(360.0, 450.0, VALUE, &person.issuer);
    sheet.text(200.0, 530.0, Pen::new(SANS, 30.0, INK).bold(), "有效期限");
    sheet.text(360.0, 531.0, Pen::new(SANS, 36.0, INK).spaced(1.0), &term(transcript));
    close(&mut sheet);
    sheet
}

/// From which day until which the document is valid.
pub fn term(transcript: &IdentityTranscript) -> String {
    let from = transcript.valid_from.map(|day| day.strftime("%Y.%m.%d").to_string()).unwrap_or_default();
    let until = transcript.valid_until.map(|last| last.to_string().replace('-', ".")).unwrap_or_default();
    format!("{from}-{until}")
}

/// The card on a desk, slightly turned, with a security pattern of waves.
pub fn card(left: &str, right: &str) -> Sheet {
    let mut sheet = Sheet::new(1000, 630);
    sheet.raw(format_args!(
        r##"<linearGradient id="desk" x2="1" y2="1"><stop offset="0" stop-color="#b8b0a4"/><stop offset="1" stop-color="#968d80"/></linearGradient>
        <linearGradient id="card" x2="1" y2="0.4"><stop offset="0" stop-color="{left}"/><stop offset="1" stop-color="{right}"/></linearGradient>
        <clipPath id="edge"><rect x="28" y="26" width="944" height="578" rx="34"/></clipPath>
        <rect width="1000" height="630" fill="url(#desk)"/><g transform="rotate(-0.5 500 315)">
        <rect x="34" y="34" width="944" height="578" rx="34" fill="#000" opacity="0.25"/>
        <rect x="28" y="26" width="944" height="578" rx="34" fill="url(#card)"/><g clip-path="url(#edge)" fill="none" stroke="#5b9aa8" stroke-opacity="0.20" stroke-width="1.4">"##
    ));
    for wave in 0..20 {
        let y = 20 + wave * 32;
        sheet.raw(format_args!(
            r#"<path d="M0 {y} C 200 {} 320 {} 500 {y} S 820 {} 1000 {y}"/>"#,
            y - 70,
            y + 70,
            y + 60
        ));
    }
    sheet.raw("</g>");
    sheet.watermark("#9a3b3b", 0.15);
    sheet
}

pub fn close(sheet: &mut Sheet) {
    sheet.raw("</g>");
}

//! The business licence, of today's form or, where the number has 15 digits, of the form before 2015.

use heyan::domain::filing::CertificateTranscript;

use crate::looks::Licence;
use crate::svg::{INK, Pen, SANS, SERIF, Sheet};

pub fn draw(transcript: &CertificateTranscript, looks: &Licence) -> Sheet {
    let mut sheet = Sheet::new(1300, 920);
    let number = transcript.number.as_deref().unwrap_or_default();
    let old = number.len() == 15;
    let sole = looks.kind == "个体工商户";
    frame(&mut sheet, old);
    sheet.watermark("#9a3b3b", 0.14);
    sheet.text(670.0, 226.0, Pen::new(SERIF, 88.0, INK).bold().middle().spaced(22.0), "营业执照");
    sheet.text(660.0, 276.0, Pen::new(SERIF, 28.0, INK).middle(), "（样例副本，不具效力）");
    let title = if old { "注册号" } else { "统一社会信用代码" };
    sheet.text(106.0, 168.0, Pen::new(SANS, 24.0, INK), title);
    sheet.text(106.0, 208.0, Pen::new(SANS, 27.0, INK).bold(), number);

    let field = |sheet: &mut Sheet, x: f32, y: f32, width: f32, label: &str, value: &str| {
        sheet.text(x, y, Pen::new(SERIF, 27.0, INK).bold(), label);
        let left = 28.0 + 27.0 * label.chars().count().max(4) as f32;
        sheet.paragraph(x + left, y, Pen::new(SERIF, 29.0, INK), width - left, 40.0, value);
    };
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let until = match transcript.valid_until {
        Some(last) if last.to_string() == "长期" => "长期".to_owned(),
        Some(last) => format!("{} 至 {}", chinese(&looks.established), chinese(&last.to_string())),
        None => String::new(),
    };
    let representative = if sole { "经营者" } else { "法定代表人" };
    let place = if sole { "经营场所" } else { "住所" };
    field(&mut sheet, 106.0, 356.0, 1080.0, "名称", &text(&transcript.name));
    field(&mut sheet, 106.0, 428.0, 560.0, "类型", &looks.kind);
    field(&mut sheet, 106.0, 518.0, 560.0, representative, &text(&transcript.legal_representative));
    field(&mut sheet, 106.0, 594.0, 560.0, "经营范围", &looks.business);
    field(&mut sheet, 690.0, 428.0, 510.0, "成立日期", &chinese(&looks.established));
    field(&mut sheet, 690.0, 518.0, 510.0, "营业期限", &until);
    field(&mut sheet, 690.0, 620.0, 510.0, place, &text(&transcript.address));

    sheet.text(690.0, 776.0, Pen::new(SERIF, 27.0, INK).bold(), "登记机关");
    sheet.text(690.0, 826.0, Pen::new(SERIF, 27.0, INK), &chinese(&looks.issued));
    let office = if old { "样例工商行政管理局" } else { "样例市场监督管理局" };
    sheet.seal(1070.0, 776.0, 84.0, office, "样例专用");
    sheet.raw("</g>");
    sheet
}

/// Paper with a double border; a plain ring stands where a real licence has the emblem.
fn frame(sheet: &mut Sheet, old: bool) {
    let (paper, border) = if old { ("#f6f1e0", "#8a7a3a") } else { ("#fbf7ea", "#b08a45") };
    sheet.raw(format_args!(
        r##"<linearGradient id="paper" x2="0.6" y2="1"><stop offset="0" stop-color="{paper}"/><stop offset="1" stop-color="#f0e7cf"/></linearGradient>
        <rect width="1300" height="920" fill="#d9d6cf"/><g transform="rotate(0.35 650 460)">
        <rect x="22" y="20" width="1256" height="880" fill="url(#paper)"/>
        <rect x="50" y="48" width="1200" height="824" fill="none" stroke="{border}" stroke-width="9"/>
        <rect x="66" y="64" width="1168" height="792" fill="none" stroke="{border}" stroke-width="2"/>
        <g fill="none" stroke="{border}" stroke-opacity="0.16" stroke-width="1.3">"##
    ));
    for ring in 1..22 {
        sheet.raw(format_args!(r#"<ellipse cx="650" cy="520" rx="{}" ry="{}"/>"#, ring * 27, ring * 15));
    }
    sheet.raw(format_args!(
        r##"</g><g fill="none" stroke="#b9473f" stroke-width="4"><circle cx="650" cy="104" r="34"/><circle cx="650" cy="104" r="27" stroke-width="1.5"/></g>"##
    ));
    sheet.text(650.0, 114.0, Pen::new(SERIF, 24.0, "#b9473f").bold().middle(), "样例");
}

/// `2023-04-12` as 2023年04月12日.
fn chinese(day: &str) -> String {
    match day.split('-').collect::<Vec<_>>()[..] {
        [year, month, day] => format!("{year}年{month}月{day}日"),
        _ => day.to_owned(),
    }
}

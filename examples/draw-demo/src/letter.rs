//! Letters that somebody signs: the province's undertakings (承诺书, 责任告知书) and an authorisation (授权书).

use heyan::domain::filing::{AttachmentKind as Kind, Filing, Site};

use crate::svg::{INK, Pen, SANS, SERIF, Sheet};

const TEXT: Pen = Pen::new(SERIF, 30.0, INK);

/// The letter of this kind; of several of a kind the first is the undertaking of the sponsor, the next one the notice
/// that the site principal signs.
pub fn draw(filing: &Filing, site: &Site, kind: Kind, nth: usize) -> Result<Sheet, String> {
    let sponsor = &filing.entity.name;
    let principal = &filing.entity.principal.name;
    let domains = site.domains.join("、");
    let legal = filing.entity.legal_representative.as_ref().map_or(principal, |legal| &legal.name);
    let (title, words, signs) = match (kind, nth) {
        (Kind::Undertaking, 1) => (
            "互联网信息服务备案承诺书",
            format!(
                "{sponsor}承诺：办理“{}”（{domains}）备案所提交的信息和材料真实、准确、有效；信息变化时及时办理变更；\
                 依法开展互联网信息服务，不从事与备案不符的活动。",
                site.name
            ),
            legal,
        ),
        (Kind::Undertaking, _) => (
            "责任告知书",
            format!(
                "本人是“{}”（{domains}）的网站负责人，已知悉应对网站内容承担的责任，并保证联系方式畅通，\
                 配合核查。",
                site.name
            ),
            &site.principal.name,
        ),
        (Kind::Authorisation, _) => (
            "法定代表人授权书",
            format!(
                "本人{legal}是{sponsor}的法定代表人，现授权{principal}担任本单位备案的主体负责人，\
                 办理备案并承担相应责任。",
            ),
            legal,
        ),
        (kind, _) => return Err(format!("no letter for `{kind}`")),
    };
    let mut sheet = Sheet::new(900, 1270);
    sheet.raw(r##"<rect width="900" height="1270" fill="#d3d1cc"/><g transform="rotate(0.25 450 635)"><rect x="10" y="10" width="880" height="1250" fill="#fbfaf6"/>"##);
    sheet.watermark("#9a3b3b", 0.12);
    sheet.text(450.0, 150.0, Pen::new(SERIF, 46.0, INK).bold().middle().spaced(4.0), title);
    sheet.text(450.0, 198.0, Pen::new(SANS, 22.0, INK).middle(), "样例表样");
    sheet.text(90.0, 290.0, TEXT, &format!("致：{}", "样例省通信管理局（样例）"));
    sheet.paragraph(90.0, 370.0, TEXT, 720.0, 60.0, &format!("　　{words}"));
    sheet.text(90.0, 900.0, Pen::new(SANS, 27.0, INK), "签字：");
    sheet.handwriting(190.0, 902.0, 52.0, "#17171a", signs);
    sheet.line(180.0, 916.0, 420.0, 916.0, r##"stroke="#333" stroke-width="2""##);
    if !filing.is_individual() {
        sheet.text(470.0, 900.0, Pen::new(SANS, 27.0, INK), "单位盖章：");
        sheet.seal(730.0, 930.0, 104.0, sponsor, "样例专用");
    }
    let day = filing.submitted_at.map(|moment| moment.strftime("%Y 年 %-m 月 %-d 日").to_string());
    sheet.text(90.0, 1060.0, Pen::new(SANS, 27.0, INK), &format!("日期：{}", day.unwrap_or_default()));
    sheet.raw("</g>");
    Ok(sheet)
}

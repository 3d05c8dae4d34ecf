//! 核验单: three blocks, the sponsor's data, the verifier's ticks, the signatures and the seal.
//!
//! What the checks compare comes from the transcript (what stands on the paper); the rest from the filing.

use heyan::domain::filing::{Filing, Site, VerificationForm};

use crate::svg::{INK, Pen, SANS, SERIF, Sheet};

const LEFT: f32 = 70.0;
const RIGHT: f32 = 1030.0;
const LABEL: Pen = Pen::new(SANS, 25.0, INK);
const VALUE: Pen = Pen::new(SERIF, 28.0, "#14306e");
const RULE: &str = r##"stroke="#333" stroke-width="2""##;

pub fn draw(filing: &Filing, site: &Site, form: &VerificationForm) -> Sheet {
    let mut sheet = Sheet::new(1100, 1550);
    sheet.raw(
        r##"<linearGradient id="paper" x2="1" y2="1"><stop offset="0" stop-color="#fdfdfa"/><stop offset="1" stop-color="#f1f0ea"/></linearGradient>
        <rect width="1100" height="1550" fill="#cfccc6"/><g transform="rotate(-0.3 550 775)"><rect x="12" y="12" width="1076" height="1526" fill="url(#paper)"/>"##,
    );
    sheet.watermark("#9a3b3b", 0.13);
    sheet.text(550.0, 104.0, Pen::new(SERIF, 44.0, INK).bold().middle(), "网站备案信息真实性核验单");
    let kind = if filing.is_individual() { "个人用户" } else { "单位用户" };
    sheet.text(550.0, 148.0, Pen::new(SANS, 24.0, INK).middle(), &format!("样例云 · {kind} · 样例表样"));
    sponsor(&mut sheet, site, form);
    ticks(&mut sheet, filing, site, form);
    promise(&mut sheet, filing, form);
    sheet.raw("</g>");
    sheet
}

fn sponsor(sheet: &mut Sheet, site: &Site, form: &VerificationForm) {
    heading(sheet, 180.0, "一、网站主办者基本信息");
    let domains = form.domains.clone().unwrap_or_default().join("、");
    for (at, (label, value)) in [
        ("主办者名称", form.entity_name.as_deref().unwrap_or_default()),
        ("网站名称", form.site_name.as_deref().unwrap_or_default()),
        ("域名", domains.as_str()),
        ("网站负责人", site.principal.name.as_str()),
    ]
    .into_iter()
    .enumerate()
    {
        let y = 230.0 + 58.0 * at as f32;
        sheet.rect(LEFT, y, RIGHT - LEFT, 58.0, r##"fill="none" stroke="#333" stroke-width="2""##);
        sheet.line(LEFT + 190.0, y, LEFT + 190.0, y + 58.0, RULE);
        sheet.text(LEFT + 18.0, y + 39.0, LABEL, label);
        sheet.text(LEFT + 212.0, y + 40.0, VALUE, value);
    }
}

fn ticks(sheet: &mut Sheet, filing: &Filing, site: &Site, form: &VerificationForm) {
    heading(sheet, 492.0, "二、网站备案信息核验内容（由核验人勾选）");
    sheet.rect(LEFT, 542.0, RIGHT - LEFT, 570.0, r##"fill="none" stroke="#333" stroke-width="2""##);
    let organisation = form.organisation_ticked == Some(true);
    let person = form.person_ticked == Some(true);
    let permit = form.pre_approval_ticked == Some(true);
    let principal = &site.principal;
    let access = filing.access.first();
    let address = access.and_then(|access| access.ip_ranges.first()).map(|range| range.first.to_string());
    let provider = access.map_or("", |access| access.provider.as_str());

    part(sheet, 542.0, "1 主体信息核验内容");
    boxes(
        sheet,
        620.0,
        &[
            (organisation, "单位证件资质：", 0.0),
            (organisation, "营业执照", 230.0),
            (false, "事业单位法人证书", 390.0),
            (false, "社会团体登记证书", 650.0),
        ],
    );
    boxes(
        sheet,
        664.0,
        &[
            (person, "个人证件资质：", 0.0),
            (person, "居民身份证", 230.0),
            (false, "护照", 420.0),
            (false, "其他", 540.0),
        ],
    );
    part(sheet, 690.0, "2 联系方式核验内容");
    boxes(sheet, 768.0, &[(true, "手机", 0.0), (principal.landline.is_some(), "座机", 440.0)]);
    let mobile = form.mobile.as_ref().unwrap_or(&principal.mobile);
    sheet.text(LEFT + 134.0, 768.0, VALUE, mobile);
    sheet.text(LEFT + 574.0, 768.0, VALUE, principal.landline.as_deref().unwrap_or("无"));
    boxes(sheet, 812.0, &[(true, "邮箱", 0.0), (true, "通信地址", 640.0)]);
    sheet.text(LEFT + 134.0, 812.0, VALUE, &principal.email);
    part(sheet, 838.0, "3 网站信息核验内容");
    boxes(
        sheet,
        916.0,
        &[(true, "网站名称规范", 0.0), (true, "域名真实有效", 260.0), (true, "服务内容相符", 520.0)],
    );
    sheet.text(LEFT + 24.0, 960.0, LABEL, "前置/专项审批：");
    boxes(sheet, 960.0, &[(permit, "涉及", 230.0), (!permit, "不涉及", 390.0)]);
    part(sheet, 986.0, "4 接入信息核验内容");
    boxes(sheet, 1064.0, &[(true, "接入服务提供者", 0.0), (true, "云接入", 400.0), (true, "IP 地址", 580.0)]);
    sheet.text(LEFT + 262.0, 1064.0, VALUE, provider);
    sheet.text(LEFT + 740.0, 1064.0, VALUE, &address.unwrap_or_default());
}

fn promise(sheet: &mut Sheet, filing: &Filing, form: &VerificationForm) {
    heading(sheet, 1132.0, "三、网站备案信息核验承诺");
    sheet.rect(LEFT, 1182.0, RIGHT - LEFT, 310.0, r##"fill="none" stroke="#333" stroke-width="2""##);
    let words = "核验人已当面核对以上信息。网站主办者保证所填信息真实、准确，信息变化时及时变更备案，并承担相应责任。";
    sheet.paragraph(LEFT + 20.0, 1224.0, Pen::new(SERIF, 24.0, INK), 900.0, 36.0, words);
    sheet.text(LEFT + 20.0, 1340.0, LABEL, "核验人签字：");
    sheet.text(LEFT + 20.0, 1418.0, LABEL, "网站负责人签字：");
    sheet.line(LEFT + 180.0, 1352.0, LEFT + 400.0, 1352.0, RULE);
    sheet.line(LEFT + 230.0, 1430.0, LEFT + 450.0, 1430.0, RULE);
    if form.verifier_signed == Some(true) {
        sheet.handwriting(LEFT + 200.0, 1342.0, 44.0, "#17171a", "方样例");
    }
    sheet.handwriting(LEFT + 250.0, 1420.0, 48.0, "#17171a", form.signer.as_deref().unwrap_or_default());
    if !filing.is_individual() {
        sheet.text(LEFT + 520.0, 1340.0, LABEL, "单位盖章：");
    }
    if let Some(day) = form.date {
        sheet.text(LEFT + 20.0, 1474.0, LABEL, "日期：");
        sheet.handwriting(LEFT + 110.0, 1474.0, 30.0, "#17171a", &day.strftime("%Y.%m.%d").to_string());
    }
    if let Some(name) = form.seal.as_deref().filter(|name| !name.is_empty()) {
        sheet.seal(LEFT + 770.0, 1358.0, 118.0, name, "样例专用");
    }
}

fn heading(sheet: &mut Sheet, y: f32, text: &str) {
    sheet.rect(LEFT, y, RIGHT - LEFT, 50.0, r##"fill="#e4e2da" stroke="#333" stroke-width="2""##);
    sheet.text(LEFT + 18.0, y + 35.0, Pen::new(SANS, 27.0, INK).bold(), text);
}

fn part(sheet: &mut Sheet, y: f32, text: &str) {
    sheet.line(LEFT, y, RIGHT, y, RULE);
    sheet.text(LEFT + 18.0, y + 36.0, Pen::new(SANS, 25.0, INK).bold(), text);
}

/// A row of boxes with their words; ticked ones carry a hand-drawn √.
fn boxes(sheet: &mut Sheet, baseline: f32, row: &[(bool, &str, f32)]) {
    for (ticked, words, offset) in row {
        let (x, y) = (LEFT + 24.0 + offset, baseline - 23.0);
        sheet.rect(x, y, 25.0, 25.0, r##"fill="#fff" fill-opacity="0.5" stroke="#222" stroke-width="2.4""##);
        if *ticked {
            sheet.raw(format_args!(
                r##"<path d="M{} {} L{} {} L{} {}" fill="none" stroke="#14306e" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/>"##,
                x + 4.0, y + 12.0, x + 11.0, y + 21.0, x + 31.0, y - 8.0
            ));
        }
        sheet.text(x + 36.0, baseline, LABEL, words);
    }
}

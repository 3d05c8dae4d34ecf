//! The domain's certificate (域名证书), as registrars print it.

use heyan::domain::filing::DomainCertificateTranscript;

use crate::svg::{INK, Pen, SANS, SERIF, Sheet};

/// Flat colours only: it may also be a PNG, which pays for every shade.
pub fn draw(transcript: &DomainCertificateTranscript) -> Sheet {
    let mut sheet = Sheet::new(1200, 850);
    sheet.rect(0.0, 0.0, 1200.0, 850.0, r##"fill="#f3f6fa""##);
    sheet.rect(36.0, 36.0, 1128.0, 778.0, r##"fill="#ffffff" stroke="#2f5f9f" stroke-width="8""##);
    sheet.rect(54.0, 54.0, 1092.0, 742.0, r##"fill="none" stroke="#2f5f9f" stroke-width="2""##);
    sheet.watermark("#9a3b3b", 0.12);
    sheet.text(600.0, 170.0, Pen::new(SERIF, 64.0, "#1f4f8f").bold().middle().spaced(12.0), "域名注册证书");
    sheet.text(600.0, 214.0, Pen::new(SANS, 24.0, INK).middle(), "（样例，不具效力）");
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let rows = [
        ("域名", text(&transcript.domain)),
        ("域名所有者", text(&transcript.holder)),
        ("所有者证件号码", text(&transcript.holder_certificate_number)),
        ("注册商", text(&transcript.registrar)),
        ("注册日期", day(transcript.registered_on)),
        ("到期日期", day(transcript.expires_on)),
    ];
    for (at, (label, value)) in rows.into_iter().enumerate() {
        let y = 310.0 + 66.0 * at as f32;
        sheet.text(160.0, y, Pen::new(SANS, 30.0, "#3c5a80"), label);
        sheet.text(430.0, y, Pen::new(SANS, 34.0, INK).bold(), &value);
        sheet.line(160.0, y + 18.0, 1040.0, y + 18.0, r##"stroke="#c8d4e4" stroke-width="2""##);
    }
    sheet.seal(960.0, 690.0, 84.0, "样例域名注册有限公司", "样例专用");
    sheet
}

//! In which character set a page is, whatever it says.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

use crate::domain::evidence::Charset;

/// How far a page's own `meta` is looked for (browsers: 1024 bytes; templates put more before it).
const META_BYTES: usize = 8192;

/// A body as text, with what was declared and what was used.
pub(super) fn decode(body: &[u8], content_type: Option<&str>) -> (String, Charset) {
    let header = content_type.and_then(|value| label_in(value.as_bytes()));
    let page = declared_by_page(body.get(..META_BYTES).unwrap_or(body));
    let encoding = choose(body, header.as_deref(), page.as_deref());
    let (text, encoding, _) = encoding.decode(body);
    (text.into_owned(), Charset { header, page, used: encoding.name().to_owned() })
}

/// A mark at the beginning; valid UTF-8 with more than ASCII, which no other text is by chance; then what is declared,
/// where the bytes bear it out; then what they look like.
fn choose(body: &[u8], header: Option<&str>, page: Option<&str>) -> &'static Encoding {
    if let Some((marked, _)) = Encoding::for_bom(body) {
        return marked;
    }
    if let Some(wide) = zero_bytes(body) {
        return wide;
    }
    if std::str::from_utf8(body).is_ok() && !body.is_ascii() {
        return UTF_8;
    }
    let of = |label: Option<&str>| label.and_then(|label| Encoding::for_label(label.as_bytes()));
    let (header, page) = (of(header), of(page));
    if body.is_ascii() {
        return header.or(page).filter(|encoding| encoding.is_ascii_compatible()).unwrap_or(UTF_8);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(body, true);
    let looks = detector.guess(None, Utf8Detection::Deny);
    let mut borne_out =
        [header, page].into_iter().flatten().filter(|encoding| bears_out(body, encoding, looks));
    match (borne_out.next(), borne_out.next()) {
        (Some(first), Some(second)) if family(first) != family(second) => {
            if family(second) == family(looks) {
                second
            } else {
                first
            }
        }
        (Some(one), _) => one,
        (None, _) => looks,
    }
}

/// Whether bytes can be in a declared set. Sets of one byte take everything, so they are believed only where the bytes
/// look like them, too.
fn bears_out(body: &[u8], declared: &'static Encoding, looks: &'static Encoding) -> bool {
    let is_strict = [GBK, GB18030, BIG5, UTF_8, EUC_JP, EUC_KR, SHIFT_JIS].contains(&declared);
    declared == looks
        || is_strict && declared.decode_without_bom_handling_and_without_replacement(body).is_some()
}

/// Sets of which one is a part of the other are one.
fn family(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == GBK { GB18030 } else { encoding }
}

/// UTF-16 without a mark: markup has a zero in every second byte.
fn zero_bytes(body: &[u8]) -> Option<&'static Encoding> {
    let head = body.get(..256).unwrap_or(body);
    let zeros = |at: usize| head.iter().skip(at).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = head.len() / 4;
    match (even > most, odd > most) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

/// The label in a page's own `meta`, as written.
fn declared_by_page(head: &[u8]) -> Option<String> {
    let lower = head.to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = find(&lower[from..], b"<meta") {
        let begin = from + at + b"<meta".len();
        let end = begin + lower[begin..].iter().position(|byte| *byte == b'>').unwrap_or(lower.len() - begin);
        if let Some(label) = label_in(&head[begin..end]) {
            return Some(label);
        }
        from = end;
    }
    None
}

/// What follows `charset=`.
fn label_in(text: &[u8]) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let at = find(&lower, b"charset")? + b"charset".len();
    let rest = text[at..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let is_label = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_:.".contains(byte);
    let label: String =
        rest.iter().take_while(|byte| is_label(byte)).take(40).map(|b| char::from(*b)).collect();
    (!label.is_empty()).then_some(label)
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "深圳市样例科技有限公司欢迎您访问我们的网站，粤ICP备05000001号";
    const TRADITIONAL: &str = "歡迎訪問樣例科技公司網站，這裡提供產品與服務的說明，請與我們聯絡";

    fn page(encoding: &'static Encoding, meta: &str, text: &str) -> Vec<u8> {
        let html = format!("<html><head>{meta}</head><body><p>{text}</p></body></html>");
        if encoding == UTF_16LE {
            return html.encode_utf16().flat_map(u16::to_le_bytes).collect();
        }
        if encoding == UTF_16BE {
            return html.encode_utf16().flat_map(u16::to_be_bytes).collect();
        }
        encoding.encode(&html).0.into_owned()
    }

    #[test]
    fn pages_are_read_as_they_are() {
        let gbk = "<meta http-equiv=Content-Type content='text/html; charset=gb2312'>";
        let utf8 = "<META CHARSET=\"UTF-8\">";
        for (encoding, header, meta, text, used) in [
            (UTF_8, Some("text/html; charset=utf-8"), utf8, TEXT, "UTF-8"),
            (UTF_8, Some("text/html"), "", TEXT, "UTF-8"),
            (UTF_8, Some("text/html;charset=GBK"), "", TEXT, "UTF-8"),
            (UTF_8, Some("text/html; charset=ISO-8859-1"), gbk, TEXT, "UTF-8"),
            (GBK, Some("text/html"), gbk, TEXT, "GBK"),
            (GBK, Some("text/html; charset=utf-8"), gbk, TEXT, "GBK"),
            (GBK, Some("text/html; charset=utf-8"), utf8, TEXT, "GBK"),
            (GBK, Some("text/html; charset=iso-8859-1"), "", TEXT, "GBK"),
            (GBK, None, "", TEXT, "GBK"),
            (GBK, Some("text/html; charset=\"gb18030\""), gbk, TEXT, "gb18030"),
            (GBK, Some("text/html; charset=no-such"), gbk, TEXT, "GBK"),
            (BIG5, Some("text/html; charset=big5"), "", TRADITIONAL, "Big5"),
            (BIG5, Some("text/html"), "<meta charset=big5>", TRADITIONAL, "Big5"),
            (BIG5, None, "", TRADITIONAL, "Big5"),
            (UTF_16LE, Some("text/html; charset=utf-16"), "", TEXT, "UTF-16LE"),
            (UTF_16BE, None, "", TEXT, "UTF-16BE"),
        ] {
            let body = page(encoding, meta, text);
            let (read, charset) = decode(&body, header);
            assert_eq!(charset.used, used, "{header:?} {meta}");
            assert!(read.contains(text), "{header:?} {meta}: {read}");
        }
    }

    #[test]
    fn marks_go_before_everything_and_labels_are_kept_as_written() {
        let mut body = vec![0xef, 0xbb, 0xbf];
        body.extend(page(UTF_8, "<meta charset=GBK>", TEXT));
        let (read, charset) = decode(&body, Some("text/html; charset=Big5"));
        assert!(read.starts_with("<html>"));
        let expected =
            Charset { header: Some("Big5".into()), page: Some("GBK".into()), used: "UTF-8".into() };
        assert_eq!(charset, expected);
        assert_eq!(decode(b"", None).1, Charset { header: None, page: None, used: "UTF-8".into() });
        assert_eq!(decode(b"plain", Some("text/html; charset=gbk")).1.used, "GBK");
    }

    proptest::proptest! {
        #[test]
        fn every_gb18030_page_is_read_without_loss(text in "[一-龥]{20,60}", lying in 0..4_usize) {
            let header = [None, Some("text/html"), Some("text/html; charset=utf-8"), Some("text/html; charset=latin1")];
            let body = page(GB18030, "<meta charset=gb18030>", &text);
            let (read, _) = decode(&body, header[lying]);
            proptest::prop_assert!(read.contains(&text));
        }
    }
}

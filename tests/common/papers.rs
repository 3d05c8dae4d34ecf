//! Where words and faces stand on the demo's papers, as `examples/draw-demo` draws them, so that sample evidence points
//! at what is really there.

use heyan::domain::evidence::{Region, Word};
use heyan::domain::filing::{Attachment, AttachmentKind, Filing, Person, Transcript, ValidUntil};

/// Something written: left end and baseline in pixels of the drawing, size of the letters, and the words.
type Written = (u32, u32, u32, String);

/// Characters in a line of a licence's address.
const ADDRESS_LINE: usize = 12;

/// Personal documents that are not laid out like the identity card: 港澳居民来往内地通行证, 外国人永久居留身份证.
const PERMITS: [u16; 2] = [14, 30];

/// A drawing's size, and what is written on it: values first, then labels.
fn paper(filing: &Filing, attachment: &Attachment) -> Option<((u32, u32), Vec<Written>)> {
    let mut all: Vec<Written> = Vec::new();
    let mut write = |x, y, size, text: &str| {
        if !text.is_empty() {
            all.push((x, y, size, text.to_owned()));
        }
    };
    let size = match &attachment.transcript {
        Some(Transcript::Certificate(certificate)) => {
            let number = certificate.number.as_deref().unwrap_or_default();
            write(242, 356, 29, certificate.name.as_deref().unwrap_or_default());
            write(106, 208, 27, number);
            let address: Vec<char> = certificate.address.iter().flat_map(|address| address.chars()).collect();
            for (line, part) in (0..).zip(address.chunks(ADDRESS_LINE)) {
                write(826, 620 + 40 * line, 29, &part.iter().collect::<String>());
            }
            write(269, 518, 29, certificate.legal_representative.as_deref().unwrap_or_default());
            write(106, 518, 27, "法定代表人");
            write(690, 518, 27, "营业期限");
            if certificate.valid_until == Some(ValidUntil::LongTerm) {
                write(826, 518, 29, "长期");
            }
            write(690, 776, 27, "登记机关");
            (1300, 920)
        }
        Some(Transcript::Identity(identity)) => {
            let permit = PERMITS.contains(&person(filing, attachment.kind)?.document_type);
            let name = identity.name.as_deref().unwrap_or_default();
            let number = identity.number.as_deref().unwrap_or_default();
            let until = identity.valid_until.map(|until| until.to_string().replace('-', "."));
            let from = identity.valid_from.map(|day| day.strftime("%Y.%m.%d").to_string());
            let term = from.zip(until).map(|(from, until)| format!("{from}-{until}")).unwrap_or_default();
            if permit {
                write(410, 262, 36, name);
                write(410, 392, 36, number);
                write(160, 502, 36, &term);
            } else {
                write(162, 116, 44, name);
                write(272, 552, 50, number);
                write(360, 531, 37, &term);
                if is_back(attachment.kind) {
                    write(200, 530, 30, "有效期限");
                } else {
                    write(76, 550, 26, "公民身份号码");
                }
            }
            (1000, 630)
        }
        Some(Transcript::VerificationForm(form)) => {
            write(286, 104, 44, "网站备案信息真实性核验单");
            write(282, 270, 28, form.entity_name.as_deref().unwrap_or_default());
            write(282, 328, 28, form.site_name.as_deref().unwrap_or_default());
            let mut x = 282;
            for domain in form.domains.iter().flatten() {
                write(x, 386, 28, domain);
                x += wide(28, domain) + 28;
            }
            for (x, y, label) in [
                (88, 269, "主办者名称"),
                (88, 327, "网站名称"),
                (88, 385, "域名"),
                (88, 443, "网站负责人"),
                (88, 578, "1主体信息核验内容"),
                (88, 726, "2联系方式核验内容"),
                (130, 768, "手机"),
                (130, 812, "邮箱"),
                (88, 874, "3网站信息核验内容"),
                (88, 1022, "4接入信息核验内容"),
                (90, 1340, "核验人签字："),
                (90, 1418, "网站负责人签字："),
                (90, 1474, "日期："),
            ] {
                write(x, y, 25, label);
            }
            if !filing.is_individual() {
                write(590, 1340, 25, "单位盖章：");
            }
            let mobile = filing.site.as_ref().map(|site| &site.principal.mobile);
            write(204, 768, 28, form.mobile.as_ref().or(mobile).map_or("", String::as_str));
            (1100, 1550)
        }
        Some(Transcript::DomainCertificate(certificate)) => {
            write(430, 310, 34, certificate.domain.as_deref().unwrap_or_default());
            write(430, 376, 34, certificate.holder.as_deref().unwrap_or_default());
            (1200, 850)
        }
        None => return None,
    };
    Some((size, all))
}

fn person(filing: &Filing, kind: AttachmentKind) -> Option<&Person> {
    match kind {
        AttachmentKind::SitePrincipalIdFront | AttachmentKind::SitePrincipalIdBack => {
            filing.site.as_ref().map(|site| &site.principal)
        }
        _ => Some(&filing.entity.principal),
    }
}

fn is_back(kind: AttachmentKind) -> bool {
    matches!(kind, AttachmentKind::EntityPrincipalIdBack | AttachmentKind::SitePrincipalIdBack)
}

/// How wide letters of a size are; others than Han are a little wider than half of it.
fn wide(size: u32, text: &str) -> u32 {
    text.chars().map(|c| if c.is_ascii() { size * 56 / 100 } else { size }).sum()
}

/// What is read on an attachment of which this is the size; none where no transcript says what stands on it.
pub fn words(filing: &Filing, attachment: &Attachment, picture: (u32, u32)) -> Option<Vec<Word>> {
    let (drawn, written) = paper(filing, attachment)?;
    let picture = upright(picture, drawn);
    let word = |(line, (x, y, size, text)): (u32, Written)| Word {
        confidence: 93,
        region: scaled(
            Region { x, y: y - size * 88 / 100, width: wide(size, &text), height: size * 112 / 100 },
            drawn,
            picture,
        ),
        text,
        line,
    };
    Some((0..).zip(written).map(word).collect())
}

/// The face on a card or a photo; none where there is nobody.
pub fn face(filing: &Filing, kind: AttachmentKind, picture: (u32, u32)) -> Option<Region> {
    use AttachmentKind as K;
    let head =
        |x: u32, y: u32, size: u32| Region { x: x - size / 2, y: y - size / 2, width: size, height: size };
    let (drawn, face) = match kind {
        K::EntityPrincipalIdFront | K::SitePrincipalIdFront => {
            let permit = person(filing, kind).is_some_and(|person| PERMITS.contains(&person.document_type));
            ((1000, 630), if permit { head(219, 294, 140) } else { head(795, 238, 140) })
        }
        K::BackdropPhoto => ((800, 600), head(400, 312, 180)),
        K::VideoFrame => ((720, 960), head(360, 448, 266)),
        _ => return None,
    };
    Some(scaled(face, drawn, upright(picture, drawn)))
}

/// A picture that lies as its drawing does; its header says the size before it is turned.
pub fn upright(picture: (u32, u32), drawn: (u32, u32)) -> (u32, u32) {
    if (picture.0 > picture.1) == (drawn.0 > drawn.1) { picture } else { (picture.1, picture.0) }
}

/// Which way up a kind is drawn.
pub fn drawn(kind: AttachmentKind) -> (u32, u32) {
    match kind {
        AttachmentKind::VerificationForm
        | AttachmentKind::VideoFrame
        | AttachmentKind::Authorisation
        | AttachmentKind::Undertaking => (2, 3),
        _ => (3, 2),
    }
}

fn scaled(region: Region, drawn: (u32, u32), picture: (u32, u32)) -> Region {
    let x = |at: u32| (at * picture.0 / drawn.0).min(picture.0);
    let y = |at: u32| (at * picture.1 / drawn.1).min(picture.1);
    let (left, top) = (x(region.x), y(region.y));
    let (right, bottom) = (x(region.x + region.width), y(region.y + region.height));
    Region { x: left, y: top, width: right - left, height: bottom - top }
}

//! Named places on documents (位置): the name and number on an identity card, the seal on a licence, the signature on a
//! form; where each stands on a picture, and which filed value it should hold.
//!
//! - [`of_fact`] says which places verify a declared fact, [`filed`] what a place should hold.
//! - [`Document::locate`] says where a place lies: by the words that were read, else by the faces that were found, else
//!   where the reviewer said once for this kind ([`OwnPlaces`]), else by the layout that the kind prescribes, on the
//!   document pulled straight. A share of the raw photo is never an answer.
//!
//! How a place is brought into the viewport is the desk's; finding corners, reading and inspecting are not done here.

mod by_words;
mod facts;
mod flat;
mod geometry;
mod labels;
mod layout;
mod locate;
mod nearest;
mod own;
pub mod page;
mod runs;
mod words;

use super::filing::{AttachmentKind, Filing, Person, named};
use super::view::Rendering;

pub use facts::{filed, of_fact};
pub use flat::Projection;
pub use locate::{Document, Located, NotAPlace, Source};
pub use own::{OwnPlace, OwnPlaces, Unreadable, Whole};
pub use words::PageWords;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

named! {
    /// What a document is as a sheet of paper: documents of one kind have their places alike.
    DocumentKind {
        /// 居民身份证 and the residence permits that share its layout, 人像面
        IdFront => "id_front",
        /// the same, 国徽面
        IdBack => "id_back",
        /// any other personal document, front
        PermitFront => "permit_front",
        /// any other personal document, back
        PermitBack => "permit_back",
        /// 营业执照
        Licence => "licence",
        /// any other certificate of an organisation
        Certificate => "certificate",
        /// 核验单
        Form => "form",
        /// 幕布照
        Photo => "photo",
        /// 视频核验截图
        VideoFrame => "video_frame",
        /// 域名证书
        DomainCertificate => "domain_certificate",
        /// 授权书, 承诺书
        Letter => "letter",
    }
}

named! {
    /// A named place on a document; its label is `domain.place_<text>`.
    DocumentPlace {
        /// 姓名
        PersonName => "person_name",
        /// 公民身份号码, 证件号码
        Number => "number",
        /// 头像 on a document
        Portrait => "portrait",
        /// 有效期限 of a personal document
        Validity => "validity",
        /// 名称 of an organisation
        Name => "name",
        /// 统一社会信用代码
        Code => "code",
        /// 法定代表人
        Representative => "representative",
        /// 营业期限
        Term => "term",
        /// 印章
        Seal => "seal",
        /// 住所, 住址
        Address => "address",
        /// 域名
        Domain => "domain",
        /// 网站名称
        SiteName => "site_name",
        /// 勾选
        Ticks => "ticks",
        /// 签字
        Signature => "signature",
        /// 日期
        Date => "date",
        /// 主办者名称 on a form
        Sponsor => "sponsor",
        /// 手机
        Mobile => "mobile",
        /// 邮箱
        Email => "email",
        /// 人脸 on a photo
        Face => "face",
        /// 幕布字
        Backdrop => "backdrop",
        /// 拍摄时间 as written into the picture
        Time => "time",
    }
}

/// Personal documents laid out as the resident identity card (GA 448), by the code list `certificate_types`: the card
/// itself and the residence permits for residents of Hong Kong, Macao and Taiwan.
const LIKE_THE_IDENTITY_CARD: [u16; 3] = [2, 41, 42];

/// 营业执照 in the code list `certificate_types`.
const BUSINESS_LICENCE: u16 = 1;

impl DocumentKind {
    /// The sheet behind an attachment; none for material without named places.
    pub fn of(filing: &Filing, kind: AttachmentKind) -> Option<DocumentKind> {
        use AttachmentKind as K;
        let like_a_card = |person: &Person| LIKE_THE_IDENTITY_CARD.contains(&person.document_type);
        Some(match kind {
            K::EntityCertificate if filing.is_individual() => return None,
            K::EntityCertificate if filing.entity.certificate_type == BUSINESS_LICENCE => {
                DocumentKind::Licence
            }
            K::EntityCertificate => DocumentKind::Certificate,
            K::EntityPrincipalIdFront | K::SitePrincipalIdFront => {
                if like_a_card(principal(filing, kind)?) {
                    DocumentKind::IdFront
                } else {
                    DocumentKind::PermitFront
                }
            }
            K::EntityPrincipalIdBack | K::SitePrincipalIdBack => {
                if like_a_card(principal(filing, kind)?) {
                    DocumentKind::IdBack
                } else {
                    DocumentKind::PermitBack
                }
            }
            K::VerificationForm => DocumentKind::Form,
            K::BackdropPhoto => DocumentKind::Photo,
            K::VideoFrame => DocumentKind::VideoFrame,
            K::DomainCertificate => DocumentKind::DomainCertificate,
            K::Authorisation | K::Undertaking => DocumentKind::Letter,
            K::Permit | K::ResidenceProof | K::Other => return None,
        })
    }

    /// Its places, in the order of their keys.
    pub const fn places(self) -> &'static [DocumentPlace] {
        use DocumentPlace as P;
        match self {
            DocumentKind::IdFront => &[P::PersonName, P::Number, P::Portrait, P::Address],
            DocumentKind::PermitFront => &[P::PersonName, P::Number, P::Portrait],
            DocumentKind::IdBack | DocumentKind::PermitBack => &[P::Validity],
            DocumentKind::Licence | DocumentKind::Certificate => {
                &[P::Name, P::Code, P::Representative, P::Term, P::Seal, P::Address]
            }
            DocumentKind::Form => &[
                P::Domain,
                P::SiteName,
                P::Ticks,
                P::Signature,
                P::Seal,
                P::Date,
                P::Sponsor,
                P::Mobile,
                P::Email,
            ],
            DocumentKind::Photo => &[P::Face, P::Backdrop, P::Time],
            DocumentKind::VideoFrame => &[P::Face, P::Time],
            DocumentKind::DomainCertificate => &[P::Domain, P::Name],
            DocumentKind::Letter => &[P::Signature, P::Seal, P::Date],
        }
    }
}

impl DocumentPlace {
    /// Message id of the label.
    pub fn label(self) -> String {
        format!("domain.place_{}", self.text())
    }

    /// What it is best looked at in where a terminal has few pixels: faces in colour, all else as strokes.
    pub const fn rendering(self) -> Rendering {
        match self {
            DocumentPlace::Portrait | DocumentPlace::Face => Rendering::Colour,
            _ => Rendering::Ink,
        }
    }
}

/// The places of an attachment, in the order of their keys. Where somebody handed in one file with both sides of a
/// document, there is no back, and the validity is looked for on the front.
pub fn of_attachment(filing: &Filing, kind: AttachmentKind) -> Vec<DocumentPlace> {
    let mut places = DocumentKind::of(filing, kind).map_or_else(Vec::new, |kind| kind.places().to_vec());
    let back = match kind {
        AttachmentKind::EntityPrincipalIdFront => AttachmentKind::EntityPrincipalIdBack,
        AttachmentKind::SitePrincipalIdFront => AttachmentKind::SitePrincipalIdBack,
        _ => return places,
    };
    if !places.is_empty() && filing.attachments_of(back).next().is_none() {
        places.push(DocumentPlace::Validity);
    }
    places
}

/// Whose personal document it is.
fn principal(filing: &Filing, kind: AttachmentKind) -> Option<&Person> {
    use AttachmentKind as K;
    match kind {
        K::EntityPrincipalIdFront | K::EntityPrincipalIdBack => Some(&filing.entity.principal),
        K::SitePrincipalIdFront | K::SitePrincipalIdBack => filing.site.as_ref().map(|site| &site.principal),
        _ => None,
    }
}

#[cfg(test)]
mod tests;

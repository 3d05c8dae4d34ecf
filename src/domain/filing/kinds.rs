//! The closed lists of a filing: kinds with a stable text form, and the macro that makes them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! named {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident => $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $text)] $variant),+ }
        impl $name {
            /// Every variant, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// The stable text form, as in packs, exports and the command line.
            pub const fn text(self) -> &'static str { match self { $($name::$variant => $text),+ } }
            /// Reads the stable text form.
            pub fn from_text(text: &str) -> Option<Self> { Self::ALL.iter().copied().find(|v| v.text() == text) }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.pad(self.text()) }
        }
    };
}
pub(crate) use named;

named! {
    /// 备案类型: what kind of application the order is (domain reference 1.7).
    OrderType {
        /// 首次备案
        First => "first",
        /// 新增网站
        NewSite => "new_site",
        /// 新增接入
        Access => "access",
        /// 变更备案
        Change => "change",
        /// 注销
        Cancel => "cancel",
        /// 专项核查 of an already successful filing
        SpecialVerification => "special_verification",
    }
}

impl OrderType {
    /// Whether the order carries an application's materials again (a cancellation does not).
    pub const fn needs_materials(self) -> bool {
        !matches!(self, OrderType::Cancel)
    }
}

named! {
    /// 核验方式: which generation of evidence applies to the filing.
    EvidenceScheme {
        /// 核验单 and 幕布照 taken on site
        FormAndBackdrop => "form_and_backdrop",
        /// 核验单 uploaded, backdrop sent by mail
        MailedBackdrop => "mailed_backdrop",
        /// 电子化核验: live check, no form and no backdrop
        Electronic => "electronic",
    }
}

named! {
    /// What an attachment (材料) is.
    AttachmentKind {
        /// 主体证件, e.g. 营业执照
        EntityCertificate => "entity_certificate",
        /// 主体负责人证件 (人像面)
        EntityPrincipalIdFront => "epr_id_front",
        /// 主体负责人证件 (国徽面)
        EntityPrincipalIdBack => "epr_id_back",
        /// 网站负责人证件 (人像面)
        SitePrincipalIdFront => "spr_id_front",
        /// 网站负责人证件 (国徽面)
        SitePrincipalIdBack => "spr_id_back",
        /// 核验单
        VerificationForm => "verification_form",
        /// 核验照, backdrop photo (幕布照)
        BackdropPhoto => "backdrop_photo",
        /// 核验照, frame of the live check
        VideoFrame => "video_frame",
        /// 法定代表人授权书
        Authorisation => "authorisation",
        /// 承诺书 / 责任告知书
        Undertaking => "undertaking",
        /// 前置/专项审批文件
        Permit => "permit",
        /// 域名证书
        DomainCertificate => "domain_certificate",
        /// 居住证明
        ResidenceProof => "residence_proof",
        /// any other material
        Other => "other",
    }
}

impl AttachmentKind {
    /// 核验照: a photo of the site principal, of either scheme.
    pub const fn is_photo(self) -> bool {
        matches!(self, AttachmentKind::BackdropPhoto | AttachmentKind::VideoFrame)
    }
}

named! {
    /// 服务类型
    ServiceType {
        /// 网站
        Website => "website",
        /// App
        App => "app",
        /// 小程序
        MiniProgram => "mini_program",
        /// 快应用
        QuickApp => "quick_app",
    }
}

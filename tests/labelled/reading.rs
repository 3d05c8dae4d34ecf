//! What is read in pictures, against what is filed: it doubts and never fails.

use heyan::domain::filing::AttachmentKind as Kind;

use crate::case::Exactly::Warn;
use crate::case::{Case, silent, wrong};
use crate::scene::Base::Company;

pub const CASES: &[Case] = &[
    wrong(
        2,
        Company,
        "another number is read on the licence",
        |s| s.words(Kind::EntityCertificate, |w| w[1].text = "91440304MAYL104093".into()),
        &[("document_text", Warn, "MAT-MISMATCH-FORM@entity_certificate")],
    ),
    wrong(
        7,
        Company,
        "another number is read on the card",
        |s| s.words(Kind::SitePrincipalIdFront, |w| w[1].text = "440305199206060027".into()),
        &[("document_text", Warn, "MAT-MISMATCH-FORM@spr_id_front")],
    ),
    silent(2, Company, "O for 0 in what is read", |s| {
        s.words(Kind::EntityCertificate, |w| w[1].text = "91440300MAOOOOOO77".into())
    }),
    silent(1, Company, "a name torn into two words", |s| {
        s.words(Kind::EntityCertificate, |w| {
            let mut half = w[0].clone();
            w[0].text = "深圳市样例".into();
            half.text = "科技有限公司".into();
            w.insert(1, half);
        })
    }),
    silent(2, Company, "labels around the number", |s| {
        s.words(Kind::EntityCertificate, |w| w[1].text = "统一社会信用代码：91440300MA00000077".into())
    }),
];

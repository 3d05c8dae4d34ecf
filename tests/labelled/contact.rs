//! Rows 6 and 8: telephone numbers and mail addresses, the verification form, the photo.

use heyan::domain::case::{Relation, RelationKind, RelationRole};
use heyan::domain::evidence::CallOutcome::{
    Colleague, Invalid, NoAnswer, NotOwner, Person as Answered, Unaware,
};
use heyan::domain::evidence::{Gatherer, PictureTone, Region};
use heyan::domain::filing::AttachmentKind as Kind;

use crate::case::Exactly::{Fail, NotRun, Warn};
use crate::case::{Case, silent, wrong};
use crate::scene::Base::{Company, Elsewhere, First, Person};

const HOUR: i64 = 60;
const EPR: &str = "13900000001";
const SPR: &str = "13900000002";

pub const CASES: &[Case] = &[
    // 6: contacts
    wrong(
        6,
        Company,
        "one telephone for two persons",
        |s| s.site_principal().mobile = EPR.into(),
        &[("shared_contacts", Fail, "CON-MOBILE-SHARED@spr.mobile")],
    ),
    wrong(
        6,
        Company,
        "one mailbox for two persons",
        |s| s.site_principal().email = "wang@yangli.example".into(),
        &[("shared_contacts", Fail, "CON-EMAIL-SHARED@spr.email")],
    ),
    wrong(
        6,
        Company,
        "one mailbox in other letters",
        |s| s.site_principal().email = " WANG@yangli.example".into(),
        &[("shared_contacts", Fail, "CON-EMAIL-SHARED@spr.email")],
    ),
    wrong(
        6,
        Company,
        "nobody answers, twice",
        |s| s.calls(EPR, &[(30 * HOUR, NoAnswer), (3 * HOUR, NoAnswer)]),
        &[("phone_answered", Fail, "CON-NO-ANSWER@epr.mobile")],
    ),
    wrong(
        6,
        Company,
        "nobody answers the site principal's number, twice",
        |s| s.calls(SPR, &[(30 * HOUR, NoAnswer), (3 * HOUR, NoAnswer)]),
        &[("phone_answered", Fail, "CON-NO-ANSWER@spr.mobile")],
    ),
    wrong(
        6,
        Company,
        "nobody answers, once",
        |s| s.calls(EPR, &[(3 * HOUR, NoAnswer)]),
        &[("phone_answered", Warn, "CON-NO-ANSWER@epr.mobile")],
    ),
    wrong(
        6,
        Company,
        "nobody answers, twice within minutes",
        |s| s.calls(EPR, &[(190, NoAnswer), (180, NoAnswer)]),
        &[("phone_answered", Warn, "CON-NO-ANSWER@epr.mobile")],
    ),
    wrong(
        6,
        Company,
        "the number is out of use",
        |s| s.calls(SPR, &[(HOUR, Invalid)]),
        &[("phone_answered", Fail, "CON-INVALID@spr.mobile")],
    ),
    wrong(
        6,
        Person,
        "the number is out of use, a person's",
        |s| s.calls("13900000003", &[(HOUR, Invalid)]),
        &[("phone_answered", Fail, "CON-INVALID@epr.mobile")],
    ),
    wrong(
        0,
        Company,
        "somebody else's telephone",
        |s| s.calls(EPR, &[(HOUR, NotOwner)]),
        &[("phone_answered", Fail, "CON-NOT-OWNER@epr.mobile")],
    ),
    wrong(
        6,
        Company,
        "the person knows of no filing",
        |s| s.calls(SPR, &[(HOUR, Unaware)]),
        &[("phone_answered", Fail, "CON-UNAWARE@spr.mobile")],
    ),
    wrong(
        6,
        Company,
        "nobody has called yet",
        |s| s.calls(EPR, &[]),
        &[("phone_answered", Warn, "@epr.mobile")],
    ),
    wrong(
        6,
        Company,
        "the number is another entity's, too",
        |s| {
            s.relations.push(Relation {
                kind: RelationKind::Mobile,
                role: Some(RelationRole::SitePrincipal),
                filing: "X-1".into(),
                entity: "91440304MAYL104093".into(),
                same_person: false,
            })
        },
        &[("other_entities", Warn, "CON-OTHER-ENTITY@spr.mobile")],
    ),
    wrong(
        6,
        Company,
        "a number of ten digits",
        |s| {
            s.site_principal().mobile = "1390000000".into();
            s.calls("1390000000", &[(HOUR, Answered)]);
        },
        &[("contact_format", Fail, "CON-FORMAT@spr.mobile")],
    ),
    silent(6, Company, "answered the second time", |s| {
        s.calls(EPR, &[(30 * HOUR, NoAnswer), (HOUR, Answered)])
    }),
    silent(6, Elsewhere, "answered the third time", |s| {
        s.calls(SPR, &[(50 * HOUR, NoAnswer), (30 * HOUR, NoAnswer), (HOUR, Answered)])
    }),
    wrong(
        6,
        Company,
        "a colleague answers and the person can be reached",
        |s| s.calls(SPR, &[(HOUR, Colleague)]),
        &[("phone_answered", Warn, "@spr.mobile")],
    ),
    silent(6, Person, "one person with one telephone", |_| ()),
    silent(6, First, "no call is asked for at a first filing", |s| s.forget_all(Gatherer::Call)),
    silent(6, Company, "the same number in a sibling's filing", |s| {
        s.relations.push(Relation {
            kind: RelationKind::Mobile,
            role: Some(RelationRole::SitePrincipal),
            filing: "F-9".into(),
            entity: "91440300MA00000077".into(),
            same_person: false,
        })
    }),
    silent(6, Company, "the same person for another entity", |s| {
        s.relations.push(Relation {
            kind: RelationKind::Mobile,
            role: Some(RelationRole::EntityPrincipal),
            filing: "X-2".into(),
            entity: "91440304MAYL104093".into(),
            same_person: true,
        })
    }),
    silent(6, Company, "mailboxes that differ in one letter", |s| {
        s.site_principal().email = "wange@yangli.example".into()
    }),
    // 8: form and photo
    wrong(
        8,
        Company,
        "another domain on the form",
        |s| s.form().domains = Some(vec!["yangli-keji.example".into()]),
        &[("verification_form", Fail, "VFS-DOMAIN@verification_form")],
    ),
    wrong(
        8,
        Company,
        "another site name on the form",
        |s| s.form().site_name = Some("样例科技商城".into()),
        &[("verification_form", Fail, "VFS-SITENAME@verification_form")],
    ),
    wrong(
        8,
        Company,
        "the organisation's box is not ticked",
        |s| s.form().organisation_ticked = Some(false),
        &[("verification_form", Fail, "VFS-QUALIF-TICK@verification_form")],
    ),
    wrong(
        8,
        Company,
        "the other principal signed",
        |s| s.form().signer = Some("王样例".into()),
        &[("verification_form", Fail, "VFS-SIGN-MISMATCH@verification_form")],
    ),
    wrong(
        8,
        Company,
        "another unit's seal",
        |s| s.form().seal = Some("深圳市样例贸易有限公司".into()),
        &[("verification_form", Fail, "VFS-SEAL@verification_form")],
    ),
    wrong(
        8,
        Company,
        "no form",
        |s| s.remove(Kind::VerificationForm),
        &[
            ("verification_form", NotRun, "@verification_form"),
            ("required_materials", Fail, "MAT-MISSING@verification_form"),
        ],
    ),
    wrong(
        8,
        Company,
        "another face, says the comparison",
        |s| s.face(310),
        &[("photo_person", Warn, "PHO-NOT-PRINCIPAL@backdrop_photo")],
    ),
    wrong(
        8,
        Elsewhere,
        "just below the threshold",
        |s| s.face(799),
        &[("photo_person", Warn, "PHO-NOT-PRINCIPAL@backdrop_photo")],
    ),
    wrong(
        8,
        Company,
        "no comparison was made",
        |s| s.forget_all(Gatherer::Face),
        &[("photo_person", Warn, "@backdrop_photo")],
    ),
    wrong(
        8,
        Company,
        "no face in the photo",
        |s| s.pixels(Kind::BackdropPhoto, |p| p.faces.clear()),
        &[("photo_faces", Warn, "PHO-NONCOMPLIANT@backdrop_photo")],
    ),
    wrong(
        8,
        Company,
        "two faces in the photo",
        |s| s.pixels(Kind::BackdropPhoto, |p| p.faces.push(Region { x: 10, y: 10, width: 150, height: 160 })),
        &[("photo_faces", Warn, "PHO-NONCOMPLIANT@backdrop_photo")],
    ),
    wrong(
        8,
        Company,
        "a blurred photo",
        |s| s.pixels(Kind::BackdropPhoto, |p| p.sharpness = 3),
        &[("photo_quality", Warn, "PHO-UNCLEAR@backdrop_photo")],
    ),
    wrong(
        8,
        Company,
        "a blurred licence",
        |s| s.pixels(Kind::EntityCertificate, |p| p.sharpness = 3),
        &[("photo_quality", Warn, "MAT-UNCLEAR@entity_certificate")],
    ),
    wrong(
        8,
        Company,
        "a grey licence",
        |s| s.pixels(Kind::EntityCertificate, |p| p.tone = PictureTone::Grey),
        &[("photo_quality", Warn, "MAT-COPY@entity_certificate")],
    ),
    wrong(
        8,
        Company,
        "glare on a card",
        |s| {
            s.pixels(Kind::SitePrincipalIdFront, |p| {
                p.glare = Some(Region { x: 300, y: 200, width: 220, height: 160 })
            })
        },
        &[("photo_quality", Warn, "MAT-GLARE@spr_id_front")],
    ),
    wrong(
        8,
        Company,
        "a photo of 640x480",
        |s| {
            let photo = s.facts.iter_mut().find(|fact| fact.kind == Kind::BackdropPhoto).unwrap();
            photo.pixels = Some((640, 480));
            s.pixels(Kind::BackdropPhoto, |p| (p.width, p.height) = (640, 480));
        },
        &[("verification_photo", Fail, "PHO-SIZE@backdrop_photo")],
    ),
    wrong(
        8,
        Company,
        "the very same photo for another entity",
        |s| {
            s.relations.push(Relation {
                kind: RelationKind::Picture,
                role: None,
                filing: "X-3".into(),
                entity: "91440304MAYL104093".into(),
                same_person: false,
            })
        },
        &[("other_entities", Warn, "PHO-REUSED@backdrop_photo")],
    ),
    silent(8, Company, "at the threshold", |s| s.face(800)),
    silent(8, Company, "well above the threshold", |s| s.face(990)),
    silent(8, Company, "a large domain name on the form", |s| {
        s.form().domains = Some(vec!["YANGLI.example".into()])
    }),
    silent(8, Person, "a person's form without a seal", |s| s.form().seal = None),
    silent(8, Company, "an electronically stamped time in the photo's file", |s| {
        s.pixels(Kind::BackdropPhoto, |p| p.taken_at = Some("2026-05-30 10:20:30".into()))
    }),
    silent(8, Company, "a bright photo before a white wall", |s| {
        s.pixels(Kind::BackdropPhoto, |p| (p.brightness, p.bright_permille) = (190, 200))
    }),
    silent(8, Company, "a form scanned in grey has a red seal's colours", |s| {
        s.pixels(Kind::VerificationForm, |p| p.tone = PictureTone::Colour)
    }),
    silent(8, Company, "the same photo in a sibling's filing", |s| {
        s.relations.push(Relation {
            kind: RelationKind::Picture,
            role: None,
            filing: "F-9".into(),
            entity: "91440300MA00000077".into(),
            same_person: true,
        })
    }),
];

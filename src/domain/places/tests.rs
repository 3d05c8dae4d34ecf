use proptest::prelude::*;

use super::*;
use crate::domain::evidence::{Region, Word};
use crate::domain::message::{Lang, known, text};
use crate::domain::object::Object;
use crate::domain::view::{Point, Quad, Surface};
use crate::domain::viewport::Size;

use DocumentPlace as P;

mod beside;

/// Words as a reader gives them: `x,y text`, each on a line of its own unless it begins with `+`; 20 pixels a Han
/// character, 12 another one, 24 high.
fn words(spelled: &[&str]) -> Vec<Word> {
    let mut line = 0;
    let word = |spelled: &&str| {
        let (place, text) = spelled.split_once(' ').unwrap();
        let (x, y) = place.trim_start_matches('+').split_once(',').unwrap();
        if !place.starts_with('+') {
            line += 1;
        }
        let width = text.chars().map(|c| if c.is_ascii() { 12 } else { 20 }).sum();
        let region = Region { x: x.parse().unwrap(), y: y.parse().unwrap(), width, height: 24 };
        Word { text: text.to_owned(), confidence: 90, region, line }
    };
    spelled.iter().map(word).collect()
}

fn document(kind: DocumentKind, words: &PageWords) -> Document<'_> {
    Document { kind, size: Some(Size::new(1300, 900)), words, faces: &[], quad: None }
}

fn located(kind: DocumentKind, spelled: &[&str], place: P, filed: &[&str]) -> Option<Located> {
    let words = PageWords::of(&words(spelled));
    let filed: Vec<String> = filed.iter().map(|value| (*value).to_owned()).collect();
    document(kind, &words).locate(place, &filed, &OwnPlaces::default())
}

const CARD: &[&str] = &[
    "76,90 姓名",
    "+160,88 陈样例",
    "76,160 性别",
    "+160,160 男",
    "76,520 公民身份号码",
    "+272,520 440099198704120132",
];

/// A licence: two columns, the code under its label, an address on two lines.
const LICENCE: &[&str] = &[
    "106,150 统一社会信用代码",
    "106,190 91440099MAYL10011Q",
    "106,340 名称",
    "+230,340 深圳市样例科技有限公司",
    "106,420 法定代表人",
    "+230,420 陈样例",
    "+690,420 营业期限",
    "+830,420 2016年05月18日至2043年04月12日",
    "106,480 经营范围",
    "+230,480 软件开发",
    "+690,480 住所",
    "+830,480 深圳市南山区样例",
    "830,512 路8号样例大厦1201室",
    "690,640 登记机关",
];

const FORM: &[&str] = &[
    "80,200 主办者名称",
    "+280,200 深圳市样例科技有限公司",
    "80,260 网站名称",
    "+280,260 样例科技官方网站",
    "80,320 域名",
    "+280,320 nanshan-keji.example",
    "80,380 网站负责人",
    "+280,380 林样例",
    "80,440 1主体信息核验内容",
    "80,480 手机",
    "+160,480 13900001002",
    "80,520 4接入信息核验内容",
    "80,600 核验人签字：",
    "80,660 网站负责人签字：",
    "+620,600 单位盖章：",
];

#[test]
fn a_place_is_where_its_words_are() {
    use DocumentKind as K;
    // Kind, words, place, filed, what is read there, left and top of it.
    type Row<'a> = (K, &'a [&'a str], P, &'a [&'a str], &'a str, (u32, u32));
    let rows: &[Row<'_>] = &[
        (K::IdFront, CARD, P::PersonName, &["陈样例"], "陈样例", (160, 88)),
        (K::IdFront, CARD, P::Number, &["440099198704120132"], "440099198704120132", (272, 520)),
        // Another value is filed: the label tells where to look, and the reading what stands there.
        (K::IdFront, CARD, P::PersonName, &["王不同"], "陈样例", (160, 88)),
        (K::IdFront, CARD, P::Number, &["110101199003078515"], "440099198704120132", (272, 520)),
        // Misread digits, of which one is more and one less.
        (
            K::IdFront,
            &["76,520 公民身份号码", "+272,520 44009919B7041Z0132"],
            P::Number,
            &["440099198704120132"],
            "44009919B7041Z0132",
            (272, 520),
        ),
        (
            K::IdFront,
            &["272,520 4400991987704120132"],
            P::Number,
            &["440099198704120132"],
            "4400991987704120132",
            (272, 520),
        ),
        // Split into words, some of them alone.
        (
            K::IdFront,
            &["272,520 440099", "+350,520 1987", "+404,520 0412", "+460,520 0132"],
            P::Number,
            &["440099198704120132"],
            "440099198704120132",
            (272, 520),
        ),
        // Label and value in one word: only the value's share of it.
        (K::IdFront, &["76,90 姓名陈样例"], P::PersonName, &["陈样例"], "陈样例", (116, 90)),
        (K::IdFront, &["76,90 姓名陈样侧"], P::PersonName, &["陈样例"], "陈样侧", (116, 90)),
        (K::Licence, LICENCE, P::Code, &["91440099MAYL10011Q"], "91440099MAYL10011Q", (106, 190)),
        (K::Licence, LICENCE, P::Code, &["91110000000000000X"], "91440099MAYL10011Q", (106, 190)),
        (K::Licence, LICENCE, P::Name, &["深圳市样例科技有限公司"], "深圳市样例科技有限公司", (230, 340)),
        // Two columns: neither the other column's label nor its value.
        (K::Licence, LICENCE, P::Representative, &[], "陈样例", (230, 420)),
        (K::Licence, LICENCE, P::Term, &["2043年04月12日"], "2016年05月18日至2043年04月12日", (830, 420)),
        (
            K::Licence,
            LICENCE,
            P::Address,
            &["深圳市南山区样例路8号样例大厦1201室"],
            "深圳市南山区样例路8号样例大厦1201室",
            (830, 480),
        ),
        // Nothing like what was filed: label and both lines.
        (
            K::Licence,
            LICENCE,
            P::Address,
            &["北京市海淀区别的街"],
            "深圳市南山区样例路8号样例大厦1201室",
            (830, 480),
        ),
        (K::Form, FORM, P::SiteName, &["样例科技官方网站"], "样例科技官方网站", (280, 260)),
        (
            K::Form,
            FORM,
            P::Domain,
            &["other.example", "nanshan-keji.example"],
            "nanshan-keji.example",
            (280, 320),
        ),
        (K::Form, FORM, P::Mobile, &["13900001002"], "13900001002", (160, 480)),
        (
            K::IdBack,
            &["200,500 有效期限", "+360,500 2023.04.12-2043.04.12"],
            P::Validity,
            &["2043.04.12"],
            "2023.04.12-2043.04.12",
            (360, 500),
        ),
        (
            K::IdBack,
            &["200,500 有效期限", "+360,500 2003.04.12-长期"],
            P::Validity,
            &["长期"],
            "2003.04.12-长期",
            (360, 500),
        ),
        (K::Photo, &["470,580 2025-12-08", "+620,580 10:24"], P::Time, &[], "2025-12-0810:24", (470, 580)),
    ];
    for (kind, words, place, filed, reading, corner) in rows {
        let found = located(*kind, words, *place, filed).unwrap_or_else(|| panic!("{kind} {place}"));
        assert_eq!(found.reading.as_deref(), Some(*reading), "{kind} {place} {filed:?}");
        assert_eq!((found.region.x, found.region.y), *corner, "{kind} {place} {filed:?}");
        assert_eq!((found.source, found.surface), (Source::Words, Surface::Original));
    }
}

#[test]
fn of_several_hits_the_one_beside_its_label_is_meant() {
    let words = ["400,40 陈样例", "76,300 姓名", "+160,300 陈样例", "300,500 陈样例"];
    let found = located(DocumentKind::IdFront, &words, P::PersonName, &["陈样例"]).unwrap();
    assert_eq!(found.region, Region { x: 160, y: 300, width: 60, height: 24 });
}

#[test]
fn what_is_written_or_stamped_is_beside_its_label_unread() {
    let region = |place| located(DocumentKind::Form, FORM, place, &["林样例"]).unwrap().region;
    let signature = region(P::Signature);
    assert!(
        signature.x >= 80 + 160 && signature.y < 660 && signature.y + signature.height > 684,
        "{signature:?}"
    );
    let seal = region(P::Seal);
    assert!(seal.x <= 620 && seal.x + seal.width > 850 && seal.y < 600, "{seal:?}");
    let ticks = region(P::Ticks);
    assert!(ticks.y == 440 && ticks.y + ticks.height > 544 && ticks.y + ticks.height < 660, "{ticks:?}");
    // The label alone was read: a piece of paper beside it.
    let blank = located(DocumentKind::IdBack, &["200,500 有效期限"], P::Validity, &["2043.04.12"]).unwrap();
    assert_eq!(blank.reading, None);
    assert!(blank.region.x >= 280 && blank.region.y < 500, "{blank:?}");
    // An empty cell is not filled with the next label.
    let empty = ["80,260 网站名称", "80,296 域名", "+280,296 a.example"];
    assert_eq!(located(DocumentKind::Form, &empty, P::SiteName, &["样例站"]).unwrap().reading, None);
}

#[test]
fn faces_then_the_reviewer_then_the_layout_and_else_nothing() {
    let faces = [Region { x: 700, y: 170, width: 120, height: 150 }];
    let own = OwnPlaces::default();
    let unread = PageWords::default();
    let with = |kind, size: (u32, u32), faces, quad| Document {
        kind,
        size: Some(Size::new(size.0, size.1)),
        words: &unread,
        faces,
        quad,
    };
    let by = |document: &Document<'_>, place, own: &OwnPlaces| {
        document.locate(place, &[], own).map(|found| (found.source, found.surface))
    };
    let scan = with(DocumentKind::IdFront, (1000, 630), &faces, None);
    assert_eq!(by(&scan, P::Portrait, &own), Some((Source::Faces, Surface::Original)));
    assert_eq!(by(&scan, P::Number, &own), Some((Source::Layout, Surface::Original)));
    // A photo of 4:3 is no scan of a card: nothing is known until its corners are.
    let photo = with(DocumentKind::IdFront, (4000, 3000), &[], None);
    assert_eq!(by(&photo, P::Number, &own), None);
    assert!(photo.lacks_corners() && !scan.lacks_corners());
    assert!(photo.may_be_found_later(P::Number, &own) && !photo.may_be_found_later(P::Validity, &own));
    let quad = Quad([(500, 400), (3300, 600), (3200, 2400), (450, 2200)].map(|(x, y)| Point { x, y }));
    let straight = with(DocumentKind::IdFront, (4000, 3000), &[], Some(quad));
    assert_eq!(by(&straight, P::Number, &own), Some((Source::Layout, Surface::Flat(quad))));
    assert_eq!(by(&straight, P::Portrait, &own), Some((Source::Layout, Surface::Flat(quad))));
    // A form has no layout of the whole country: the reviewer says it once.
    let form = with(DocumentKind::Form, (2100, 2970), &[], None);
    assert_eq!(by(&form, P::Seal, &own), None);
    let mut own = own;
    let seal = Region { x: 1050, y: 2376, width: 630, height: 297 };
    own.set(DocumentKind::Form, P::Seal, form.own_place(Surface::Original, seal).unwrap());
    let larger = with(DocumentKind::Form, (4200, 5940), &[], None);
    let found = larger.locate(P::Seal, &[], &own).unwrap();
    assert_eq!(found.source, Source::Reviewer);
    assert_eq!(found.region, Region { x: 2100, y: 4752, width: 1260, height: 594 });
    // On a photo whose sides say nothing the document is not known; the page is never taken for it.
    assert_eq!(by(&with(DocumentKind::Form, (4000, 3000), &[], None), P::Seal, &own), None);
    let backdrop = with(DocumentKind::Photo, (4000, 3000), &[], None);
    let cloth =
        backdrop.own_place(Surface::Original, Region { x: 0, y: 0, width: 4000, height: 600 }).unwrap();
    own.set(DocumentKind::Photo, P::Backdrop, cloth);
    // Of a photographed form whose corners are not known no part is one, neither now nor by what was kept before.
    let form = with(DocumentKind::Form, (4000, 3000), &[], None);
    assert_eq!(form.own_place(Surface::Original, seal), Err(NotAPlace::NoCorners));
    own.set(DocumentKind::Form, P::Date, cloth);
    assert_eq!(by(&form, P::Date, &own), None);
    assert!(form.may_be_found_later(P::Seal, &own) && !form.may_be_found_later(P::Ticks, &own));
    assert_eq!(by(&backdrop, P::Backdrop, &own), Some((Source::Reviewer, Surface::Original)));
}

#[test]
fn a_view_of_a_photographed_document_becomes_a_part_of_the_document() {
    let quad = Quad([(1000, 500), (3000, 500), (3000, 2500), (1000, 2500)].map(|(x, y)| Point { x, y }));
    let photo = Document {
        kind: DocumentKind::Form,
        size: Some(Size::new(4000, 3000)),
        words: &PageWords::default(),
        faces: &[],
        quad: Some(quad),
    };
    let mut own = OwnPlaces::default();
    let seen = Region { x: 2000, y: 1500, width: 1000, height: 500 };
    own.set(DocumentKind::Form, P::Seal, photo.own_place(Surface::Original, seen).unwrap());
    let found = photo.locate(P::Seal, &[], &own).unwrap();
    assert_eq!(found.surface, Surface::Flat(quad));
    assert_eq!(found.region, Region { x: 1000, y: 1000, width: 1000, height: 500 });
}

#[test]
fn every_place_has_its_words_and_its_fact_leads_back_to_it() {
    for place in DocumentPlace::ALL {
        assert!(known(&place.label()), "{place}");
        for lang in Lang::ALL {
            assert!(!text(lang, &place.label()).is_empty());
        }
    }
    for kind in DocumentKind::ALL {
        assert!((1..=9).contains(&kind.places().len()), "{kind}: digits reach them all");
    }
    let filing: Filing = serde_json::from_str(include_str!("../../checks/fixture/enterprise.json")).unwrap();
    for (object, label, expected) in [
        ("name", "domain.fact_name", "entity_certificate name"),
        ("number", "domain.fact_number", "entity_certificate code"),
        ("number", "domain.fact_validity", "entity_certificate term"),
        ("address", "domain.fact_address", "entity_certificate address"),
        ("epr", "domain.fact_legal_representative", "entity_certificate representative"),
        ("epr.name", "domain.fact_epr_name", "epr_id_front person_name"),
        ("epr.id", "domain.fact_epr_id", "epr_id_front number"),
        ("epr.id", "domain.fact_validity", "epr_id_back validity"),
        ("spr.id", "domain.fact_spr_id", "spr_id_front number"),
        ("spr.name", "domain.fact_spr_name", "spr_id_front person_name"),
        ("site.name", "domain.fact_site_name", "verification_form site_name"),
        ("spr.mobile", "domain.fact_spr_mobile", "verification_form mobile"),
        ("spr.email", "domain.fact_spr_email", "verification_form email"),
        ("backdrop_photo", "domain.short_backdrop_photo", "backdrop_photo face"),
    ] {
        let object: Object = object.parse().unwrap();
        let (kind, place) = of_fact(&filing, &object, label)[0];
        assert_eq!(format!("{kind} {place}"), expected);
        assert!(of_attachment(&filing, kind).contains(&place), "{expected}");
        assert_eq!(filed(&filing, kind, place).is_empty(), place == P::Face, "{expected}");
    }
    let domain = Object::Domain(filing.site.as_ref().unwrap().domains[0].clone());
    let (kind, place) = of_fact(&filing, &domain, "domain.fact_domain")[0];
    assert_eq!(filed(&filing, kind, place), filing.site.as_ref().unwrap().domains);
}

#[test]
fn where_both_sides_are_in_one_file_the_front_has_the_validity() {
    use crate::domain::filing::AttachmentKind as K;
    let mut filing: Filing =
        serde_json::from_str(include_str!("../../checks/fixture/enterprise.json")).unwrap();
    assert!(!of_attachment(&filing, K::EntityPrincipalIdFront).contains(&P::Validity));
    filing.attachments.retain(|attachment| attachment.kind != K::EntityPrincipalIdBack);
    assert!(of_attachment(&filing, K::EntityPrincipalIdFront).contains(&P::Validity));
    let object: Object = "epr.id".parse().unwrap();
    assert_eq!(of_fact(&filing, &object, "domain.fact_validity"), [(K::EntityPrincipalIdFront, P::Validity)]);
}

fn any_word() -> impl Strategy<Value = Word> {
    let text = "(姓名|公民身份号码|域名|签字|盖章|[陈样例0-9a]{1,6}|\\PC{0,4})";
    (text, 0u8..=255, 0u32.., 0u32.., 0u32.., 0u32.., 0u32..4).prop_map(
        |(text, confidence, x, y, width, height, line)| {
            // Mostly where a picture is, sometimes anywhere.
            let near = |at: u32| if at.is_multiple_of(5) { at } else { at % 1500 };
            let region = Region { x: near(x), y: near(y), width: near(width), height: near(height) };
            Word { text, confidence, region, line }
        },
    )
}

proptest! {
    #[test]
    fn a_located_region_lies_inside_its_surface(
        mut words in prop::collection::vec(any_word(), 0..12),
        size in (1u32..2000, 1u32..2000),
        corners in prop::option::of(prop::array::uniform8(0u32..2000)),
        face in prop::array::uniform4(0u32..),
        filed in "[陈样例0-9a]{0,6}",
    ) {
        words.sort_by_key(|word| word.line);
        let quad = corners.map(|c| Quad([0, 2, 4, 6].map(|at| Point { x: c[at], y: c[at + 1] })));
        let size = Size::new(size.0, size.1);
        let faces = [Region { x: face[0], y: face[1], width: face[2], height: face[3] }];
        let mut own = OwnPlaces::default();
        for kind in DocumentKind::ALL {
            let page = PageWords::of(&words);
            let document = Document { kind: *kind, size: Some(size), words: &page, faces: &faces, quad };
            for place in kind.places() {
                if let Ok(mine) = document.own_place(Surface::Original, faces[0]) {
                    own.set(*kind, *place, mine);
                }
                for own in [&OwnPlaces::default(), &own] {
                    let Some(found) = document.locate(*place, std::slice::from_ref(&filed), own) else { continue };
                    let all = found.surface.size(size);
                    let Region { x, y, width, height } = found.region;
                    prop_assert!(width >= 1 && height >= 1, "{found:?}");
                    prop_assert!(x + width <= all.width && y + height <= all.height, "{found:?} of {all:?}");
                    prop_assert!(found.confidence <= 100);
                }
            }
        }
    }
}

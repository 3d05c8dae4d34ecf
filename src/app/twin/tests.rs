use jiff::tz::TimeZone;

use super::*;
use crate::app::evidence_text::PageText;
use crate::domain::evidence::{Evidence, Means, PictureTone, PixelFacts, PixelInspection, Region, Word};
use crate::domain::file_format::FileFormat;
use crate::domain::filing::{AttachmentKind, Filing};
use crate::domain::finding::{Section, Status};
use crate::domain::object::Place as Field;
use crate::domain::workspace::{Cursor, FilingState, Ticket};

/// Every attachment a JPEG whose hash is its place.
fn case(evidence: Vec<KeptEvidence>) -> CaseFile {
    let mut filing: Filing =
        serde_json::from_str(include_str!("../../checks/fixture/enterprise.json")).unwrap();
    for (at, attachment) in filing.attachments.iter_mut().enumerate() {
        attachment.sha256 = Some(sha256(at));
    }
    let facts = |(at, attachment): (usize, &Attachment)| AttachmentFacts {
        kind: attachment.kind,
        sha256: sha256(at),
        bytes: 2048,
        format: FileFormat::Jpeg,
        pixels: Some((1600, 1131)),
    };
    let attachments = filing.attachments.iter().enumerate().map(facts).collect();
    let cursor = Cursor::new(1);
    CaseFile {
        cursor,
        attachments,
        relations: Vec::new(),
        revision: String::new(),
        state: FilingState::Open,
        current: None,
        previous: None,
        claimed_by: None,
        elsewhere: Vec::new(),
        evidence,
        ticket: Ticket { cursor, filing: String::new(), revision: String::new(), mark: 0 },
        filing,
    }
}

fn sha256(at: usize) -> String {
    format!("{at:064x}")
}

fn kept(at: usize, observation: Observation) -> KeptEvidence {
    let evidence = Evidence {
        version: 1,
        subject: Subject::Attachment(sha256(at)),
        means: Means::Machine,
        source: "tesseract".into(),
        observed_at: "2026-11-23T00:00:00Z".parse().unwrap(),
        allowed_networks: Vec::new(),
        observation,
    };
    KeptEvidence { id: evidence.sealed().0, evidence }
}

fn recognised(at: usize, lines: &[&str]) -> KeptEvidence {
    let region = Region { x: 0, y: 0, width: 10, height: 10 };
    let words = lines.iter().zip(0..).map(|(text, line)| Word {
        text: (*text).to_owned(),
        confidence: 90,
        region,
        line,
    });
    kept(at, Observation::Text(TextReading::Read(ReadText { words: words.collect() })))
}

fn told(place: Place, case: &CaseFile, findings: &[Finding], at: usize) -> Vec<String> {
    let zone = TimeZone::UTC;
    let reader = Reader {
        lang: Lang::Zh,
        zone: &zone,
        now: "2026-11-23T05:00:00Z".parse().unwrap(),
        filing: &case.filing,
        ours: &[],
        place,
        text: PageText::Loading,
    };
    lines(&reader, case, findings, at).iter().map(Line::text).collect()
}

#[test]
fn a_licence_in_words_says_what_it_is_what_it_proves_and_what_was_recognised() {
    let case = case(vec![recognised(
        0,
        &["营业执照", "名称 深圳市样列科技有限公司", "91440300MA00000077", "法定代表人 王样例"],
    )]);
    let lines = told(Place::Desk, &case, &[], 0);
    assert_eq!(
        lines[..9],
        [
            "主体证件, 第1件共7件, JPEG 1600 x 1131, 2 KiB",
            "须看图: 印章。读文字不算看过。",
            "应由它证明的填报值",
            "名称  深圳市样[例]科技有限公司",
            "  识别  深圳市样[列]科技有限公司",
            "证件类型  营业执照（个人或企业）",
            "证件号码  91440300MA00000077",
            "  识别  一致",
            &lines[8],
        ],
        "{lines:#?}"
    );
    let at = |line: &str| lines.iter().position(|said| said == line);
    assert!(at("读出字段(来源提供)") < at("图片文字 主体证件"), "{lines:#?}");
    assert!(at("名称 深圳市样列科技有限公司 ") > at("营业执照 "), "{lines:#?}");
    assert!(lines.iter().all(|line| !line.contains(['─', '│', '█', '·'])), "{lines:#?}");
}

#[test]
fn each_kind_states_its_own_facts() {
    let mut case = case(Vec::new());
    let mut certificate = case.filing.attachments[0].clone();
    certificate.kind = AttachmentKind::DomainCertificate;
    case.filing.attachments.push(certificate);
    let labels = |kind: AttachmentKind| -> Vec<&str> {
        declared::declared(&case.filing)
            .iter()
            .filter(|fact| proof::proves(&case.filing, kind, fact))
            .map(|fact| message::text(Lang::Zh, &fact.label))
            .collect()
    };
    use AttachmentKind as K;
    for (kind, expected) in [
        (K::EntityPrincipalIdFront, "姓名 证件号码 证件类型"),
        (K::EntityPrincipalIdBack, "有效期"),
        (K::SitePrincipalIdFront, "姓名 证件号码 证件类型"),
        (K::VerificationForm, "名称 姓名 网站手机 网站邮箱 网站名称 域名"),
        (K::DomainCertificate, "名称 域名"),
        (K::BackdropPhoto, ""),
        (K::VideoFrame, ""),
        (K::Other, ""),
    ] {
        assert_eq!(labels(kind).join(" "), expected, "{kind}");
    }
}

#[test]
fn what_is_said_of_it_stands_there_the_worst_first_and_nothing_else() {
    let photo = Object::attachment(AttachmentKind::BackdropPhoto);
    let finding = |status, object: &Object, id: &str| Finding {
        check: "photo_faces".into(),
        version: 1,
        status,
        section: Section::Material,
        object: object.clone(),
        message: Message::new(id),
        observed: None,
        expected: None,
        evidence: Vec::new(),
        proposes: Vec::new(),
    };
    let findings = [
        finding(Status::Pass, &photo, "domain.eyes_face"),
        finding(Status::Warn, &photo, "domain.eyes_seal"),
        finding(Status::Fail, &Field::Name.into(), "domain.eyes_ticks"),
    ];
    let pixels = PixelFacts {
        width: 1600,
        height: 1131,
        taken_at: Some("2026-11-20 10:00:00".into()),
        software: None,
        sharpness: 240,
        brightness: 128,
        dark_permille: 0,
        bright_permille: 0,
        glare: None,
        tone: PictureTone::Colour,
        look: "0".repeat(16),
        cells: String::new(),
        faces: Vec::new(),
    };
    let case = case(vec![kept(6, Observation::Pixels(PixelInspection::Seen(pixels)))]);
    let lines = told(Place::Desk, &case, &findings, 6);
    assert_eq!(lines[1..5], ["须看图: 人像。读文字不算看过。", "核验结果", "存疑  印章", "通过  人像"]);
    for measured in ["像素  1600 x 1131", "清晰度  240", "人脸数  0"] {
        assert!(lines.iter().any(|line| line == measured), "{measured}: {lines:#?}");
    }
    assert!(lines.iter().any(|line| line.contains("2026-11-20 10:00:00")), "{lines:#?}");
    assert!(!lines.concat().contains("没有识别文字"), "nobody reads a photo of persons: {lines:#?}");
}

#[test]
fn elsewhere_no_value_of_a_person_stands_in_clear_and_no_recognised_word() {
    let id = ["姓名 王样例", "公民身份号码 440305198505050018"];
    let case = case(vec![recognised(1, &id)]);
    let desk = told(Place::Desk, &case, &[], 1).join("\n");
    assert!(desk.contains("44030519850505001[9]") && desk.contains("44030519850505001[8]"), "{desk}");
    let elsewhere = told(Place::Elsewhere, &case, &[], 1).join("\n");
    for private in ["王样例", "4403051985", "公民身份"] {
        assert!(!elsewhere.contains(private), "{private}: {elsewhere}");
    }
    assert!(elsewhere.contains("相近, 有出入"), "{elsewhere}");
}

#[test]
fn a_telephone_number_on_the_form_stays_masked_on_the_desk_too() {
    let case = case(vec![recognised(5, &["手机 13900000002", "李样例"])]);
    let desk = told(Place::Desk, &case, &[], 5);
    let at = desk.iter().position(|line| line == "网站手机  139****0002");
    assert_eq!(at.map(|at| desk[at + 1].as_str()), Some("  识别  一致"), "{desk:#?}");
    assert!(desk.iter().any(|line| line.trim() == "手机 139****0002"), "{desk:#?}");
    assert!(!desk.concat().contains("13900000002"), "{desk:#?}");
}

#[test]
fn what_is_not_there_has_no_words() {
    assert!(told(Place::Desk, &case(Vec::new()), &[], 99).is_empty());
}

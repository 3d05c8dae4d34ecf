//! What is known of the demo's first filing in these stories, and what is said of it.

use heyan::domain::evidence::{
    Answer, Charset, DnsAnswers, Evidence, FooterNumber, Gathered, Gatherer, Holder, HostAnswers,
    KeptEvidence, Mark, Means, Observation, Page, ReadText, Region, Registration, RegistrationAnswer,
    RegistrationResult, RegistryAnswer, RegistryRecord, RegistryResult, RegistryStatus, Stated, Subject,
    TextReading, Visit, VisitEnd, WebsiteVisits, Word,
};
use heyan::domain::finding::{EvidenceRef, Finding, Section, Status};
use heyan::domain::message::{Lang, Message};
use heyan::domain::object::{Object, Place, ReasonUse};
use heyan::domain::revision::sha256_hex;
use heyan::domain::workspace::CaseFile;
use heyan::store::{ReadStore, SqliteStore, Store};
use jiff::Timestamp;
use tempfile::TempDir;

use crate::harness::{Harness, actor, demo_workspace, morning};

pub const DOMAIN: &str = "nanshan-keji.example";

pub fn hours_ago(hours: i64) -> Timestamp {
    morning() - jiff::SignedDuration::from_hours(hours)
}

fn piece(subject: Subject, at: Timestamp, observation: Observation) -> Gathered {
    Gathered::from(Evidence {
        version: 1,
        subject,
        means: Means::Machine,
        source: "192.0.2.53".into(),
        observed_at: at,
        allowed_networks: Vec::new(),
        observation,
    })
}

/// The domain resolves to `203.0.113.<last>`; not at all without one.
pub fn resolution(at: Timestamp, last: Option<u8>) -> Gathered {
    let host = |host: &str| HostAnswers {
        host: host.into(),
        aliases: Vec::new(),
        ipv4: last
            .map_or(Answer::Timeout, |last| Answer::Found(vec![std::net::Ipv4Addr::new(203, 0, 113, last)])),
        ipv6: if last.is_some() { Answer::NoData } else { Answer::Timeout },
    };
    let hosts = vec![host(DOMAIN), host(&format!("www.{DOMAIN}"))];
    let name_servers = Answer::Found(vec!["ns1.dns.example".into()]);
    piece(Subject::Domain(DOMAIN.into()), at, Observation::Dns(DnsAnswers { hosts, name_servers }))
}

const WHOIS: &str = "Domain Name: nanshan-keji.example\nROID: 20200101s10001s00000001-cn\nRegistrant: 深圳市样例贸易有限公司\nSponsoring Registrar: 样例注册商有限公司\nName Server: ns1.dns.example\nRegistration Time: 2020-01-01 10:00:00\nExpiration Time: 2026-10-02 10:00:00\nDNSSEC: unsigned";

/// The answer about the domain, always the same.
pub fn registration_of(at: Timestamp) -> Gathered {
    let stated = |value: &str, line| Stated { value: value.to_owned(), line: Some(line) };
    let day = |day: &str, line| Some(Stated { value: day.parse().unwrap(), line: Some(line) });
    let registration = Registration {
        holder: Holder::Named(stated("深圳市样例贸易有限公司", 3)),
        registrar: Some(stated("样例注册商有限公司", 4)),
        registered_on: day("2020-01-01", 6),
        expires_on: day("2026-10-02", 7),
        statuses: vec![],
        name_servers: vec!["ns1.dns.example".into()],
    };
    let answer =
        RegistrationAnswer { result: RegistrationResult::Registered(registration), answer: WHOIS.into() };
    piece(Subject::Domain(DOMAIN.into()), at, Observation::Registration(answer))
}

/// A page of many lines, with the word far down and something hostile beside it.
pub fn page_text() -> String {
    let mut lines: Vec<String> = (1..=120).map(|line| format!("第{line}段 样例公司介绍")).collect();
    lines[79] = "本站提供网络游戏充值\u{202e}, 客服 13800005678".into();
    lines.join("\n")
}

fn website() -> Gathered {
    let text = page_text();
    let sha256 = sha256_hex(text.as_bytes());
    let url = format!("http://{DOMAIN}/");
    let page = Page {
        url: url.clone(),
        status: 200,
        charset: Charset { header: Some("utf-8".into()), page: None, used: "gb18030".into() },
        title: "样例商城".into(),
        body_sha256: sha256.clone(),
        body_bytes: 9_000,
        text_sha256: Some(sha256),
        text_characters: 1_000,
        footer: vec![FooterNumber {
            number: "粤ICP备2023012345号".into(),
            police: false,
            link: Some("https://beian.example/".into()),
            line: 120,
        }],
        forms: vec![],
        screenshot_sha256: None,
    };
    let visit = Visit { url, hops: vec![], end: VisitEnd::Page(0), certificate: None };
    let visits = WebsiteVisits { visits: vec![visit], pages: vec![page] };
    let mut gathered = piece(Subject::Domain(DOMAIN.into()), hours_ago(3), Observation::Website(visits));
    gathered.files.push(text.into_bytes());
    gathered
}

pub fn registry(case: &CaseFile) -> Gathered {
    let entity = &case.filing.entity;
    let record = RegistryRecord {
        name: entity.name.replace("科技", "数码科技"),
        number: entity.certificate_number.clone(),
        status: RegistryStatus::Active,
        status_text: "存续（在营、开业、在册）".into(),
        address: entity.certificate_address.clone(),
        legal_representative: entity.principal.name.clone(),
        valid_until: None,
        former_names: vec![],
        former_numbers: vec![],
        as_of: Some("2026-11-20".parse().unwrap()),
    };
    let mut gathered = piece(
        Subject::number(&entity.certificate_number).unwrap(),
        hours_ago(40),
        Observation::Registry(RegistryAnswer { result: RegistryResult::Found(record) }),
    );
    gathered.evidence.means = Means::Import;
    gathered
}

fn text(case: &CaseFile) -> Gathered {
    let word = |text: &str, x, line| Word {
        text: text.into(),
        confidence: 61,
        region: Region { x, y: 400 + 40 * line, width: 120, height: 30 },
        line,
    };
    let words = vec![word("营业执照", 300, 0), word("名称", 100, 1), word("深圳市南山样例", 260, 1)];
    piece(
        Subject::Attachment(case.attachments[0].sha256.clone()),
        hours_ago(2),
        Observation::Text(TextReading::Read(ReadText { words })),
    )
}

/// The demo, with evidence about its first filing.
pub fn workspace() -> TempDir {
    let folder = demo_workspace();
    let mut store = SqliteStore::open(&folder.path().join("workspace")).unwrap();
    let case = store.case("D-1001", morning()).unwrap();
    let batch = [
        resolution(hours_ago(50), Some(5)),
        resolution(hours_ago(30), Some(9)),
        registration_of(hours_ago(30)),
        website(),
        registry(&case),
        text(&case),
    ];
    keep(&mut store, &batch);
    folder
}

/// Files go into the vault as gathering puts them there.
pub fn keep(store: &mut SqliteStore, batch: &[Gathered]) {
    store.keep_evidence(batch, morning(), &actor("gather")).unwrap();
}

fn latest(case: &CaseFile, gatherer: Gatherer) -> Option<&KeptEvidence> {
    case.evidence.iter().find(|kept| kept.evidence.gatherer() == gatherer)
}

/// What is said of the evidence: a fail, a doubt or a pass for each kind that there is.
pub fn said(case: &CaseFile) -> Vec<Finding> {
    let domain = Object::Domain(DOMAIN.into());
    let word =
        Mark::Word { text_sha256: sha256_hex(page_text().as_bytes()), line: 80, word: "网络游戏".into() };
    let region = Mark::Region(Region { x: 250, y: 430, width: 160, height: 50 });
    let licence = Object::attachment(heyan::domain::filing::AttachmentKind::EntityCertificate);
    let rows = [
        (
            Gatherer::Registry,
            Place::Name.into(),
            Section::Entity,
            Some(Mark::Field("name".into())),
            "ENT-NAME-MISMATCH",
        ),
        (Gatherer::Dns, domain.clone(), Section::Access, Some(Mark::Host(DOMAIN.into())), "ACC-IP-NOT-OURS"),
        (Gatherer::Registration, domain.clone(), Section::Site, Some(Mark::Line(7)), "DOM-EXPIRED"),
        (Gatherer::Website, Place::SiteContent.into(), Section::Site, Some(word), ""),
        (Gatherer::Text, licence, Section::Material, Some(region), ""),
        (Gatherer::Call, Place::EntityPrincipalMobile.into(), Section::Contact, None, ""),
    ];
    let finding =
        |(gatherer, object, section, mark, code): (Gatherer, Object, Section, Option<Mark>, &str)| {
            let kept = latest(case, gatherer)?;
            let address = match &kept.evidence.observation {
                Observation::Dns(answers) => {
                    answers.hosts[0].addresses().next().map(|address| address.to_string())
                }
                _ => None,
            };
            let status = match (gatherer, address.as_deref()) {
                (Gatherer::Dns, Some("203.0.113.7")) => Status::Pass,
                (Gatherer::Dns, None) => Status::NotRun,
                _ if code.is_empty() => Status::Warn,
                _ => Status::Fail,
            };
            let proposes = (status == Status::Fail).then(|| ReasonUse::new(code, object.clone()));
            Some(Finding {
                check: format!("sample_{gatherer}"),
                version: 1,
                status,
                section,
                message: Message::new(format!("desk.ev_kind_{gatherer}")),
                observed: address,
                expected: None,
                evidence: vec![EvidenceRef::Evidence { id: kept.id.clone(), mark }],
                proposes: proposes.into_iter().collect(),
                object,
            })
        };
    rows.into_iter().filter_map(finding).collect()
}

pub fn open(folder: &TempDir, size: (u16, u16)) -> Harness {
    Harness::open_beside(folder.path(), size, Lang::Zh, false, said)
}

/// Selects what is said by evidence of a kind.
pub fn select(desk: &mut Harness, gatherer: Gatherer) {
    desk.keys("]");
    for _ in 0..60 {
        let view = desk.model.open_case().unwrap();
        let here = view.selected_finding().map(|finding| finding.check.clone());
        if here == Some(format!("sample_{gatherer}")) {
            return;
        }
        desk.keys("]");
    }
    panic!("no finding by {gatherer}: {}", desk.screen());
}

//! Evidence as it is where nothing is wrong: for the labelled set and the demo, which then change one thing.
//!
//! Everything is made up from the filing itself: its own number is the registry's, its name the holder's, its address
//! the one that its domain resolves to.

#![allow(clippy::unwrap_used, dead_code)]

mod papers;

use std::net::IpAddr;

use heyan::domain::case::AttachmentFacts;
use heyan::domain::domain_name;
use heyan::domain::evidence::{
    Answer, Call, CallOutcome, CertificateFacts, Charset, DnsAnswers, Evidence, FaceComparison, FooterNumber,
    Gathered, Holder, Hop, HostAnswers, Means, Observation, Page, PageReading, PictureTone, PixelFacts,
    PixelInspection, ReadText, Region, Registration, RegistrationAnswer, RegistrationResult, RegistryAnswer,
    RegistryRecord, RegistryResult, RegistryStatus, Stated, Subject, TextReading, Visit, VisitEnd,
    WebsiteVisits, Word, has_text,
};
use heyan::domain::filing::{AttachmentKind, Filing, OrderType, ValidUntil};
use heyan::domain::revision::sha256_hex;
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};

/// Guangdong shows the entity's number at the foot of a page; other provinces the site's.
const GUANGDONG: &str = "440000";

/// Whether the site is to be open: what is filed for the first time must not be, yet.
pub fn is_open(filing: &Filing) -> bool {
    !matches!(filing.order_type, OrderType::First | OrderType::NewSite)
}

/// All evidence about a filing, gathered shortly before `at`.
pub fn clean(filing: &Filing, facts: &[AttachmentFacts], at: Timestamp) -> Vec<Gathered> {
    let mut all = Vec::new();
    if !filing.order_type.needs_materials() {
        return all;
    }
    let mut add = |subject: Option<Subject>, minutes: i64, observation: Observation| {
        all.extend(subject.map(|subject| piece(subject, at, minutes, observation)));
    };
    if !filing.is_individual() {
        let number = Subject::number(&filing.entity.certificate_number);
        add(number, 60 * 24 * 3, Observation::Registry(found(record(filing))));
    }
    for domain in filing.site.iter().flat_map(|site| &site.domains) {
        add(Subject::domain(domain), 40, Observation::Dns(dns(filing, domain)));
        add(Subject::domain(domain), 60 * 24, Observation::Registration(registration(filing, domain)));
    }
    if filing.order_type == OrderType::SpecialVerification {
        for phone in phones(filing) {
            add(Subject::phone(&phone), 90, Observation::Call(Call { outcome: CallOutcome::Person }));
        }
    }
    for (attachment, fact) in
        filing.attachments.iter().zip(facts).filter(|(_, fact)| fact.format.is_picture())
    {
        let subject = || Some(Subject::Attachment(fact.sha256.clone()));
        add(subject(), 30, Observation::Pixels(PixelInspection::Seen(pixels(filing, fact))));
        if has_text(fact.kind) {
            let words = papers::words(filing, attachment, size(fact))
                .unwrap_or_else(|| laid_out(std::slice::from_ref(&filing.entity.name)));
            add(subject(), 30, Observation::Text(TextReading::Read(ReadText { words })));
        }
        if is_of_a_person(fact.kind) {
            let score = FaceComparison { score_permille: 912, threshold_permille: 800 };
            add(subject(), 200, Observation::Face(score));
        }
    }
    let sites = filing.site.iter().flat_map(|site| &site.domains);
    all.extend(sites.map(|domain| website(filing, domain, &page_lines(filing), at)));
    all
}

/// One piece, seen as many minutes before `at`.
pub fn piece(subject: Subject, at: Timestamp, minutes: i64, observation: Observation) -> Gathered {
    Evidence {
        version: observation.gatherer().version(),
        subject,
        means: Means::Sample,
        source: source(&observation).into(),
        observed_at: at.checked_sub(SignedDuration::from_mins(minutes)).unwrap(),
        allowed_networks: Vec::new(),
        observation,
    }
    .into()
}

const fn source(observation: &Observation) -> &'static str {
    match observation {
        Observation::Dns(_) => "192.0.2.53",
        Observation::Registration(_) => "whois.sample.example:43",
        Observation::Website(_) => "http(s)",
        Observation::Registry(_) => "样例登记信息.csv:2",
        Observation::Text(_) => "tesseract 5.3.0",
        Observation::Pixels(_) => "heyan",
        Observation::Face(_) => "样例比对平台",
        Observation::Call(_) => "样例审核员",
        Observation::Resource(_) => "样例云资源",
    }
}

pub const fn is_of_a_person(kind: AttachmentKind) -> bool {
    matches!(kind, AttachmentKind::BackdropPhoto | AttachmentKind::VideoFrame)
}

pub fn phones(filing: &Filing) -> Vec<String> {
    let mut phones: Vec<String> = filing
        .principals()
        .flat_map(|(_, person)| [Some(&person.mobile), person.landline.as_ref()])
        .flatten()
        .cloned()
        .collect();
    phones.sort();
    phones.dedup();
    phones
}

pub fn found(record: RegistryRecord) -> RegistryAnswer {
    RegistryAnswer { result: RegistryResult::Found(record) }
}

/// The registry's record, as the certificate has it.
pub fn record(filing: &Filing) -> RegistryRecord {
    let entity = &filing.entity;
    let certificate = filing.certificate_transcript();
    let representative = certificate
        .and_then(|certificate| certificate.legal_representative.clone())
        .or_else(|| entity.legal_representative.as_ref().map(|person| person.name.clone()))
        .unwrap_or_else(|| entity.principal.name.clone());
    RegistryRecord {
        name: entity.name.clone(),
        number: entity.certificate_number.clone(),
        status: RegistryStatus::Active,
        status_text: "存续".into(),
        address: entity.certificate_address.clone(),
        legal_representative: representative,
        valid_until: Some(ValidUntil::LongTerm),
        former_names: Vec::new(),
        former_numbers: Vec::new(),
        as_of: None,
    }
}

/// The address that the filing says its site is at.
pub fn address(filing: &Filing) -> Option<IpAddr> {
    filing.access.iter().flat_map(|access| &access.ip_ranges).map(|range| range.first).next()
}

pub fn dns(filing: &Filing, domain: &str) -> DnsAnswers {
    let address = address(filing).filter(|_| is_open(filing));
    resolving(domain, address)
}

/// A domain and its `www`, both at an address or nowhere.
pub fn resolving(domain: &str, address: Option<IpAddr>) -> DnsAnswers {
    let name = domain_name::ascii(domain).unwrap();
    let host = |host: String| HostAnswers {
        host,
        aliases: Vec::new(),
        ipv4: match address {
            Some(IpAddr::V4(address)) => Answer::Found(vec![address]),
            _ => Answer::NoData,
        },
        ipv6: match address {
            Some(IpAddr::V6(address)) => Answer::Found(vec![address]),
            _ => Answer::NoData,
        },
    };
    DnsAnswers {
        name_servers: Answer::Found(vec!["ns1.dns.example".into(), "ns2.dns.example".into()]),
        hosts: vec![host(name.clone()), host(format!("www.{name}"))],
    }
}

/// Registered long ago, for long, by the entity.
pub fn registration(filing: &Filing, domain: &str) -> RegistrationAnswer {
    registered(domain, &filing.entity.name, date(2046, 3, 2))
}

pub fn registered(domain: &str, holder: &str, expires_on: Date) -> RegistrationAnswer {
    let answer = format!(
        "Domain Name: {domain}\nDomain Status: ok\nRegistrant: {holder}\n\
         Sponsoring Registrar: 样例域名注册商有限公司\nName Server: ns1.dns.example\n\
         Registration Time: 2016-03-02 10:00:00\nExpiration Time: {expires_on} 10:00:00\nDNSSEC: unsigned\n"
    );
    fn stated<T>(value: T, line: u32) -> Stated<T> {
        Stated { value, line: Some(line) }
    }
    RegistrationAnswer {
        result: RegistrationResult::Registered(Registration {
            holder: Holder::Named(stated(holder.to_owned(), 3)),
            registrar: Some(stated("样例域名注册商有限公司".to_owned(), 4)),
            registered_on: Some(stated(date(2016, 3, 2), 6)),
            expires_on: Some(stated(expires_on, 7)),
            statuses: vec![stated("ok".to_owned(), 2)],
            name_servers: vec!["ns1.dns.example".into()],
        }),
        answer,
    }
}

/// The number that belongs at the foot of the filing's pages.
pub fn footer_number(filing: &Filing) -> Option<String> {
    let entity = filing.entity.filing_number.clone();
    let site = filing.site.as_ref().and_then(|site| site.filing_number.clone());
    if filing.province == GUANGDONG { entity.or(site) } else { site.or(entity) }
}

/// What the home page shows, a block a line; the title first.
pub fn page_lines(filing: &Filing) -> Vec<String> {
    let site = filing.site.as_ref();
    let name = site.map_or("", |site| site.name.as_str());
    let entity = &filing.entity.name;
    let mut lines = vec![name.to_owned(), "首页 关于我们 联系我们".to_owned(), format!("欢迎来到{name}")];
    if filing.is_individual() {
        lines.push("这里记录我读过的书、走过的路和种过的花。".to_owned());
    } else {
        lines.push(format!("{entity}成立于二〇一六年，欢迎了解我们的工作。"));
        lines.push("我们把做过的事写在这里，供同行参考。".to_owned());
    }
    lines.push(format!("© {entity}"));
    lines.extend(footer_number(filing));
    lines
}

/// Visits to a site that shows these lines, or to none where it is not to be open yet.
pub fn website(filing: &Filing, domain: &str, lines: &[String], at: Timestamp) -> Gathered {
    let name = domain_name::ascii(domain).unwrap();
    let subject = Subject::Domain(name.clone());
    if !is_open(filing) {
        return piece(subject, at, 35, Observation::Website(closed(&name)));
    }
    let text = lines.join("\n");
    let mut gathered = piece(subject, at, 35, Observation::Website(open(filing, &name, lines)));
    gathered.readings = vec![PageReading::of(&sha256_hex(text.as_bytes()), &text)];
    gathered.files = vec![text.into_bytes()];
    gathered
}

fn ways(name: &str) -> [String; 4] {
    ["http://", "https://", "http://www.", "https://www."].map(|start| format!("{start}{name}/"))
}

/// No way leads anywhere: the name does not resolve.
pub fn closed(name: &str) -> WebsiteVisits {
    let visit = |url| Visit { url, hops: Vec::new(), end: VisitEnd::NotResolved, certificate: None };
    WebsiteVisits { visits: ways(name).map(visit).into(), pages: Vec::new() }
}

/// Every way leads to one page with these lines.
pub fn open(filing: &Filing, name: &str, lines: &[String]) -> WebsiteVisits {
    let address = address(filing);
    let home = format!("https://www.{name}/");
    let text = lines.join("\n");
    let certificate = CertificateFacts {
        names: vec![name.to_owned(), format!("www.{name}")],
        issuer: "样例证书机构".into(),
        not_before: "2025-06-01T00:00:00Z".parse().unwrap(),
        not_after: "2046-06-01T00:00:00Z".parse().unwrap(),
        fault: None,
    };
    let visits = ways(name).map(|url| {
        let hop = |url: &str, status, location: Option<&str>| Hop {
            url: url.to_owned(),
            address,
            status,
            location: location.map(str::to_owned),
        };
        let mut hops = Vec::new();
        if url != home {
            hops.push(hop(&url, 301, Some(&home)));
        }
        hops.push(hop(&home, 200, None));
        Visit { url, hops, end: VisitEnd::Page(0), certificate: Some(certificate.clone()) }
    });
    let number = |(at, line): (usize, &String)| {
        line.contains("ICP").then(|| FooterNumber {
            number: line.clone(),
            police: false,
            link: Some("https://beian.miit.gov.cn/".into()),
            line: u32::try_from(at + 1).unwrap(),
        })
    };
    let page = Page {
        url: home.clone(),
        status: 200,
        charset: Charset { header: Some("utf-8".into()), page: Some("utf-8".into()), used: "UTF-8".into() },
        title: lines.first().cloned().unwrap_or_default(),
        body_sha256: sha256_hex(format!("<html>{text}").as_bytes()),
        body_bytes: text.len() as u64 + 600,
        text_sha256: Some(sha256_hex(text.as_bytes())),
        text_characters: u32::try_from(text.chars().filter(|c| !c.is_whitespace()).count()).unwrap(),
        footer: lines.iter().enumerate().filter_map(number).collect(),
        forms: Vec::new(),
        screenshot_sha256: None,
    };
    WebsiteVisits { visits: visits.into(), pages: vec![page] }
}

/// A sharp, well-lit colour picture, with one face where a person is to be seen.
pub fn pixels(filing: &Filing, fact: &AttachmentFacts) -> PixelFacts {
    let (width, height) = papers::upright(size(fact), papers::drawn(fact.kind));
    PixelFacts {
        width,
        height,
        taken_at: None,
        software: None,
        sharpness: 900,
        brightness: 150,
        dark_permille: 20,
        bright_permille: 80,
        glare: None,
        tone: PictureTone::Colour,
        look: fact.sha256[..16].to_owned(),
        // Any picture with light and shade, another one for each file.
        cells: (0..144_u32)
            .map(|cell| format!("{:02x}", (cell * 37 + u32::from(fact.sha256.as_bytes()[0])) % 200))
            .collect(),
        faces: papers::face(filing, fact.kind, size(fact)).into_iter().collect(),
    }
}

/// A picture's size as its header says it.
fn size(fact: &AttachmentFacts) -> (u32, u32) {
    fact.pixels.unwrap_or((1_156, 867))
}

/// Words one below the other.
pub fn laid_out(words: &[String]) -> Vec<Word> {
    (0..)
        .zip(words)
        .map(|(line, text)| Word {
            text: text.clone(),
            confidence: 93,
            region: Region {
                x: 80,
                y: 60 + 40 * line,
                width: 22 * u32::try_from(text.chars().count()).unwrap(),
                height: 24,
            },
            line,
        })
        .collect()
}

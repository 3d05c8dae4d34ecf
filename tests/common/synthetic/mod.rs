//! Synthetic filings, any number of them: each a pure function of a seed and its index, so that a million
//! cost no memory and the same seed gives the same filings.
//!
//! Nobody exists: names carry 样例, domains end in `.example`, addresses are of RFC 5737, and the numbers have right
//! check digits in regions (`xx0099`) that were never assigned. Shared by the generator, the tests and the benches.

mod fault;
mod numbers;
pub mod random;

use std::net::{IpAddr, Ipv4Addr};

use heyan::domain::filing::{
    Access, Attachment, AttachmentKind as Kind, CertificateTranscript, CodeSet, Entity, EvidenceScheme,
    Filing, INDIVIDUAL, IdentityTranscript, IpRange, LegalRepresentative, OrderType, Person, ServiceType,
    Site, Transcript, ValidUntil, VerificationForm,
};
use heyan::domain::materials;
use jiff::civil::date;
use jiff::{Timestamp, ToSpan};

use numbers::{resident_id, unified_code};
use random::Random;

/// Which filings: the seed, and the moment from which they fall due.
#[derive(Debug, Clone, Copy)]
pub struct Synthetic {
    pub seed: u64,
    pub due_from: Timestamp,
}

/// The streams of chance, apart so that an entity is the same in all its filings.
const ENTITY: u64 = 1;
const FILING: u64 = 2;
const FAULT: u64 = 3;

/// The entities of 13 consecutive filings: ten, of which two have several (2 and 3).
const ENTITIES: [u64; 13] = [8, 0, 1, 9, 2, 3, 8, 4, 9, 5, 6, 9, 7];

/// Order types as often as a reviewer meets them.
const ORDERS: [OrderType; 12] = {
    use OrderType::*;
    [
        SpecialVerification,
        SpecialVerification,
        SpecialVerification,
        SpecialVerification,
        First,
        First,
        First,
        NewSite,
        NewSite,
        Access,
        Change,
        Cancel,
    ]
};

struct Place {
    province: &'static str,
    city: &'static str,
    county: &'static str,
    area_code: &'static str,
    letter: char,
    /// Number in the list `server_locations`.
    location: u16,
}

const PLACES: [Place; 6] = [
    Place {
        province: "440000",
        city: "深圳市",
        county: "440305",
        area_code: "0755",
        letter: '粤',
        location: 5,
    },
    Place {
        province: "440000",
        city: "广州市",
        county: "440106",
        area_code: "020",
        letter: '粤',
        location: 5,
    },
    Place {
        province: "330000",
        city: "杭州市",
        county: "330106",
        area_code: "0571",
        letter: '浙',
        location: 34,
    },
    Place {
        province: "310000",
        city: "上海市",
        county: "310115",
        area_code: "021",
        letter: '沪',
        location: 26,
    },
    Place {
        province: "110000",
        city: "北京市",
        county: "110105",
        area_code: "010",
        letter: '京',
        location: 2,
    },
    Place {
        province: "510000",
        city: "成都市",
        county: "510104",
        area_code: "028",
        letter: '蜀',
        location: 24,
    },
];
const SURNAMES: [&str; 16] =
    ["陈", "林", "黄", "周", "吴", "徐", "孙", "马", "朱", "胡", "郭", "何", "高", "罗", "郑", "梁"];
const GIVEN: [&str; 12] = ["一", "明", "华", "文", "静", "军", "敏", "伟", "芳", "磊", "洋", "娟"];
const WORDS: [&str; 10] = ["云帆", "远山", "青禾", "晨光", "海桐", "知行", "百川", "南风", "松石", "星野"];
const TRADES: [(&str, &str); 8] = [
    ("科技", "keji"),
    ("贸易", "maoyi"),
    ("文化传播", "wenhua"),
    ("电子", "dianzi"),
    ("家具", "jiaju"),
    ("物流", "wuliu"),
    ("软件", "ruanjian"),
    ("咨询", "zixun"),
];

impl Synthetic {
    /// The filing with this index, about one in four with a fault; without materials it names no attachments.
    pub fn filing(&self, index: u64, with_materials: bool) -> Filing {
        let mut filing = self.clean(index, with_materials);
        let mut chance = Random::new(self.seed, FAULT, index);
        if chance.one_in(4) {
            fault::plant_one(&mut filing, &mut chance);
        }
        filing
    }

    /// The same filing with nothing wrong.
    pub fn clean(&self, index: u64, with_materials: bool) -> Filing {
        let entity = index / 13 * 10 + ENTITIES[(index % 13) as usize];
        let mut chance = Random::new(self.seed, ENTITY, entity);
        let place = chance.pick(&PLACES);
        let individual = chance.one_in(7);
        let (trade, pinyin) = *chance.pick(&TRADES);
        let principal = person(&mut chance, entity * 2, place);
        let other = (!individual && chance.one_in(2)).then(|| person(&mut chance, entity * 2 + 1, place));
        let name = if individual {
            principal.name.clone()
        } else {
            format!("{}样例{}{}{trade}有限公司", place.city, chance.pick(&WORDS), chinese(entity))
        };
        let address =
            format!("{}样例区样例路{}号{}室", place.city, entity % 900 + 1, 100 + chance.below(1900));
        let number = match individual {
            true => principal.document_number.clone(),
            false => unified_code("91", &region(place), &format!("Y{entity:07}")),
        };
        let filed = format!("{}ICP备{}{:06}号", place.letter, 2020 + entity % 6, entity % 1_000_000);

        let mut chance = Random::new(self.seed, FILING, index);
        let order_type = *chance.pick(&ORDERS);
        let first = order_type == OrderType::First;
        let evidence_scheme = match chance.below(10) {
            0..7 => EvidenceScheme::FormAndBackdrop,
            7 => EvidenceScheme::MailedBackdrop,
            _ => EvidenceScheme::Electronic,
        };
        let domain = format!("{pinyin}-{index}.example");
        let due = self.due_from.as_second() + chance.below(6 * 7 * 24 * 60) as i64 * 60;
        let mut filing = Filing {
            source: "generated".to_owned(),
            key: format!("G-{index:07}"),
            order_type,
            province: place.province.to_owned(),
            evidence_scheme,
            submitted_at: Timestamp::from_second(due - 20 * 24 * 3600).ok(),
            due_at: Timestamp::from_second(due).ok(),
            site: Some(Site {
                service_type: ServiceType::Website,
                name: match individual {
                    true => format!("样例{}随笔", chance.pick(&WORDS)),
                    false => format!("样例{trade}{}网", chance.pick(&WORDS)),
                },
                domains: vec![domain.clone()],
                home_urls: vec![format!("https://www.{domain}/")],
                service_contents: CodeSet::Numbers(vec![if individual { 6 } else { 8 }]),
                languages: CodeSet::Numbers(vec![1]),
                pre_approvals: Vec::new(),
                remark: format!("样例{trade}的介绍和联系方式"),
                filing_number: (!first && order_type != OrderType::NewSite).then(|| format!("{filed}-1")),
                principal: other.unwrap_or_else(|| principal.clone()),
            }),
            entity: Entity {
                name: name.clone(),
                entity_type: if individual { INDIVIDUAL } else { 4 },
                certificate_type: if individual { 2 } else { 1 },
                certificate_number: number,
                certificate_address: address.clone(),
                certificate_valid_until: match individual {
                    true => principal.valid_until,
                    false => Some(ValidUntil::LongTerm),
                },
                mail_address: address,
                region: Some(place.county.to_owned()),
                superior: name,
                remark: String::new(),
                filing_number: (!first).then_some(filed),
                legal_representative: (!individual)
                    .then(|| LegalRepresentative { name: principal.name.clone(), document_number: None }),
                principal,
            },
            access: vec![Access {
                provider: "样例云".to_owned(),
                modes: CodeSet::Numbers(vec![5]),
                server_locations: CodeSet::Numbers(vec![place.location]),
                ip_ranges: vec![ip_range(index)],
                domains: vec![domain],
            }],
            attachments: Vec::new(),
            attachments_elsewhere: false,
        };
        if with_materials {
            let electronic = filing.evidence_scheme == EvidenceScheme::Electronic;
            // 承诺书, which Guangdong asks for with electronic verification (assets/provinces.toml).
            let undertaking = electronic && filing.province == "440000" && order_type.needs_materials();
            filing.attachments = materials::required(&filing)
                .into_iter()
                .chain(undertaking.then_some(Kind::Undertaking))
                .map(|kind| attachment(&filing, index, kind))
                .collect();
        }
        filing
    }
}

/// A region of the place's province that was never assigned to any county.
fn region(place: &Place) -> String {
    format!("{}0099", &place.province[..2])
}

/// The person of this number (unique): 26 to 45 years old when the card was issued for twenty years.
fn person(chance: &mut Random, number: u64, place: &Place) -> Person {
    let issued = date(2023, 4, 1);
    let birth = date(1978, 1, 2).saturating_add(((number % 7000) as i64).days());
    let sequence = 1 + number / 7000 % 999;
    Person {
        name: format!("{}样例{}", chance.pick(&SURNAMES), chance.pick(&GIVEN)),
        document_type: 2,
        document_number: resident_id(&region(place), birth, sequence as u16),
        valid_from: Some(issued),
        valid_until: Some(ValidUntil::Day(date(2043, 4, 1))),
        mobile: format!("139{:08}", number % 100_000_000),
        landline: Some(format!("{}-2{:07}", place.area_code, number % 10_000_000)),
        emergency: Some(format!("137{:08}", number % 100_000_000)),
        email: format!("p{number}@mail.example"),
        remark: String::new(),
    }
}

fn attachment(filing: &Filing, index: u64, kind: Kind) -> Attachment {
    let site = filing.site.as_ref().map(|site| &site.principal);
    let front = |person: &Person| IdentityTranscript {
        name: Some(person.name.clone()),
        number: Some(person.document_number.clone()),
        ..Default::default()
    };
    let back = |person: &Person| IdentityTranscript {
        valid_from: person.valid_from,
        valid_until: person.valid_until,
        ..Default::default()
    };
    let transcript = match kind {
        Kind::EntityCertificate => Some(Transcript::Certificate(CertificateTranscript {
            name: Some(filing.entity.name.clone()),
            number: Some(filing.entity.certificate_number.clone()),
            address: Some(filing.entity.certificate_address.clone()),
            legal_representative: Some(filing.entity.principal.name.clone()),
            valid_until: filing.entity.certificate_valid_until,
        })),
        Kind::EntityPrincipalIdFront => Some(Transcript::Identity(front(&filing.entity.principal))),
        Kind::EntityPrincipalIdBack => Some(Transcript::Identity(back(&filing.entity.principal))),
        Kind::SitePrincipalIdFront => site.map(|person| Transcript::Identity(front(person))),
        Kind::SitePrincipalIdBack => site.map(|person| Transcript::Identity(back(person))),
        Kind::VerificationForm => {
            filing.site.as_ref().map(|site| Transcript::VerificationForm(Box::new(form(filing, site))))
        }
        _ => None,
    };
    let file = format!("pictures/{:04}/{}-{kind}.jpg", index / 1000, filing.key);
    Attachment { kind, file, sha256: None, transcript }
}

fn form(filing: &Filing, site: &Site) -> VerificationForm {
    let organisation = !filing.is_individual();
    VerificationForm {
        entity_name: Some(filing.entity.name.clone()),
        site_name: Some(site.name.clone()),
        domains: Some(site.domains.clone()),
        organisation_ticked: Some(organisation),
        person_ticked: Some(true),
        pre_approval_ticked: Some(false),
        signer: Some(site.principal.name.clone()),
        seal: Some(if organisation { filing.entity.name.clone() } else { String::new() }),
        verifier_signed: Some(true),
        date: Some(date(2025, 12, 1)),
        ..VerificationForm::default()
    }
}

/// One address of the documentation networks 192.0.2.0/24, 198.51.100.0/24 and 203.0.113.0/24.
fn ip_range(index: u64) -> IpRange {
    let host = (index / 3 % 254 + 1) as u8;
    let address = IpAddr::V4(match index % 3 {
        0 => Ipv4Addr::new(192, 0, 2, host),
        1 => Ipv4Addr::new(198, 51, 100, host),
        _ => Ipv4Addr::new(203, 0, 113, host),
    });
    IpRange { first: address, last: address }
}

/// A number digit by digit, as company names have it.
fn chinese(number: u64) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    number.to_string().bytes().map(|digit| DIGITS[usize::from(digit - b'0')]).collect()
}

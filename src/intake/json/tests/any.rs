//! Any filing that the types allow.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use jiff::Timestamp;
use jiff::civil::Date;
use proptest::prelude::*;

use crate::domain::filing::*;

fn text() -> impl Strategy<Value = String> {
    proptest::string::string_regex("\\PC{0,12}").unwrap()
}

fn day() -> impl Strategy<Value = Date> {
    (1900_i16..2100, 1_i8..13, 1_i8..29).prop_map(|(year, month, day)| Date::new(year, month, day).unwrap())
}

fn until() -> impl Strategy<Value = ValidUntil> {
    prop_oneof![Just(ValidUntil::LongTerm), day().prop_map(ValidUntil::Day)]
}

fn codes() -> impl Strategy<Value = CodeSet> {
    prop_oneof![
        proptest::collection::vec(any::<u16>(), 0..4).prop_map(CodeSet::Numbers),
        (1..u64::MAX).prop_map(|mask| CodeSet::Mask { mask }),
    ]
}

fn person() -> impl Strategy<Value = Person> {
    let maybe = || proptest::option::of(text());
    let dates = (proptest::option::of(day()), proptest::option::of(until()));
    ([text(), text(), text(), text(), text()], any::<u16>(), dates, maybe(), maybe()).prop_map(
        |([name, document_number, mobile, email, remark], document_type, dates, landline, emergency)| {
            Person {
                name,
                document_type,
                document_number,
                valid_from: dates.0,
                valid_until: dates.1,
                mobile,
                landline,
                emergency,
                email,
                remark,
            }
        },
    )
}

fn transcript() -> impl Strategy<Value = Transcript> {
    let maybe = || proptest::option::of(text());
    prop_oneof![
        (maybe(), maybe(), maybe(), maybe(), proptest::option::of(until())).prop_map(
            |(name, number, address, legal_representative, valid_until)| {
                Transcript::Certificate(CertificateTranscript {
                    name,
                    number,
                    address,
                    legal_representative,
                    valid_until,
                })
            }
        ),
        (maybe(), maybe(), proptest::option::of(day()), proptest::option::of(until())).prop_map(
            |(name, number, valid_from, valid_until)| {
                Transcript::Identity(IdentityTranscript { name, number, valid_from, valid_until })
            }
        ),
        (maybe(), proptest::option::of(proptest::collection::vec(text(), 0..3)), any::<Option<bool>>())
            .prop_map(|(signer, domains, person_ticked)| {
                Transcript::VerificationForm(Box::new(VerificationForm {
                    signer,
                    domains,
                    person_ticked,
                    ..VerificationForm::default()
                }))
            }),
        (maybe(), maybe(), maybe(), proptest::option::of(day())).prop_map(
            |(domain, holder, holder_certificate_number, expires_on)| {
                Transcript::DomainCertificate(DomainCertificateTranscript {
                    domain,
                    holder,
                    holder_certificate_number,
                    expires_on,
                    ..DomainCertificateTranscript::default()
                })
            }
        ),
    ]
}

fn attachment() -> impl Strategy<Value = Attachment> {
    (
        proptest::sample::select(AttachmentKind::ALL),
        text(),
        proptest::option::of(text()),
        proptest::option::of(transcript()),
    )
        .prop_map(|(kind, file, sha256, transcript)| Attachment { kind, file, sha256, transcript })
}

fn site() -> impl Strategy<Value = Site> {
    (
        proptest::sample::select(ServiceType::ALL),
        text(),
        proptest::collection::vec(text(), 0..3),
        (codes(), codes()),
        proptest::collection::vec((any::<u16>(), text()), 0..2),
        proptest::option::of(text()),
        person(),
    )
        .prop_map(
            |(service_type, name, domains, (service_contents, languages), approvals, number, principal)| {
                Site {
                    service_type,
                    name,
                    home_urls: domains.clone(),
                    domains,
                    service_contents,
                    languages,
                    pre_approvals: approvals
                        .into_iter()
                        .map(|(category, number)| PreApproval { category, number })
                        .collect(),
                    remark: String::new(),
                    filing_number: number,
                    principal,
                }
            },
        )
}

fn access() -> impl Strategy<Value = Access> {
    (text(), codes(), codes(), any::<(u32, u128)>()).prop_map(
        |(provider, modes, server_locations, (first, last))| Access {
            provider,
            modes,
            server_locations,
            ip_ranges: vec![IpRange {
                first: IpAddr::V4(Ipv4Addr::from_bits(first)),
                last: IpAddr::V6(Ipv6Addr::from_bits(last)),
            }],
            domains: Vec::new(),
        },
    )
}

pub fn filing() -> impl Strategy<Value = Filing> {
    (
        ([text(), text(), text(), text(), text(), text()], [any::<u16>(), any::<u16>()]),
        (proptest::sample::select(OrderType::ALL), proptest::sample::select(EvidenceScheme::ALL)),
        proptest::option::of(-10_000_000_000_i64..10_000_000_000),
        (
            person(),
            proptest::option::of(until()),
            proptest::option::of((text(), proptest::option::of(text()))),
        ),
        proptest::option::of(site()),
        proptest::collection::vec(access(), 0..2),
        proptest::collection::vec(attachment(), 0..3),
    )
        .prop_map(|(texts, kinds, due, entity, site, access, attachments)| {
            let ([source, key, province, name, number, address], [entity_type, certificate_type]) = texts;
            let (principal, certificate_valid_until, representative) = entity;
            Filing {
                source,
                key,
                order_type: kinds.0,
                province,
                evidence_scheme: kinds.1,
                submitted_at: None,
                due_at: due.map(|second| Timestamp::from_second(second).unwrap()),
                entity: Entity {
                    name,
                    entity_type,
                    certificate_type,
                    certificate_number: number,
                    certificate_address: address.clone(),
                    certificate_valid_until,
                    mail_address: address,
                    region: None,
                    superior: String::new(),
                    remark: String::new(),
                    filing_number: None,
                    principal,
                    legal_representative: representative
                        .map(|(name, document_number)| LegalRepresentative { name, document_number }),
                },
                site,
                access,
                attachments,
                attachments_elsewhere: false,
            }
        })
}

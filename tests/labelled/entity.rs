//! Rows 1 to 5 and 7: the entity, its certificate, its principals' documents.

use heyan::domain::evidence::{RegistryResult, RegistryStatus};
use heyan::domain::filing::{AttachmentKind as Kind, ValidUntil};
use jiff::civil::date;

use crate::case::Exactly::{Fail, NotRun, Warn};
use crate::case::{Case, silent, wrong};
use crate::scene::Base::{Access, Company, Elsewhere, First, Person};

pub const CASES: &[Case] = &[
    // 1: name and status
    wrong(
        1,
        Company,
        "unknown to the registry",
        |s| s.registry(RegistryResult::NotFound),
        &[("registry_status", Warn, "ENT-LOOKUP-NONE@number")],
    ),
    wrong(
        1,
        Elsewhere,
        "unknown to the registry, elsewhere",
        |s| s.registry(RegistryResult::NotFound),
        &[("registry_status", Warn, "ENT-LOOKUP-NONE@number")],
    ),
    wrong(
        1,
        Company,
        "deregistered",
        |s| {
            s.record(|r| {
                r.status = RegistryStatus::Deregistered;
                r.status_text = "注销".into();
            })
        },
        &[("registry_status", Fail, "ENT-DEREGISTERED@number")],
    ),
    wrong(
        1,
        Company,
        "revoked, not deregistered",
        |s| {
            s.record(|r| {
                r.status = RegistryStatus::Revoked;
                r.status_text = "吊销，未注销".into();
            })
        },
        &[("registry_status", Fail, "ENT-REVOKED@number")],
    ),
    wrong(
        1,
        Access,
        "listed as abnormal",
        |s| {
            s.record(|r| {
                r.status = RegistryStatus::Abnormal;
                r.status_text = "列入经营异常名录".into();
            })
        },
        &[("registry_status", Fail, "ENT-ABNORMAL@entity")],
    ),
    wrong(
        1,
        Company,
        "in liquidation",
        |s| {
            s.record(|r| {
                r.status = RegistryStatus::Liquidating;
                r.status_text = "清算".into();
            })
        },
        &[("registry_status", Fail, "ENT-SUSPENDED@entity")],
    ),
    wrong(
        1,
        Company,
        "out of business",
        |s| {
            s.record(|r| {
                r.status = RegistryStatus::Suspended;
                r.status_text = "歇业".into();
            })
        },
        &[("registry_status", Fail, "ENT-SUSPENDED@entity")],
    ),
    wrong(
        1,
        Company,
        "another name in the registry",
        |s| s.record(|r| r.name = "深圳市样例智能科技有限公司".into()),
        &[("registry_name", Fail, "ENT-NAME-MISMATCH@name")],
    ),
    wrong(
        1,
        First,
        "another name in the registry, first filing",
        |s| s.record(|r| r.name = "深圳市样列科技有限公司".into()),
        &[("registry_name", Fail, "ENT-NAME-MISMATCH@name")],
    ),
    wrong(
        1,
        Company,
        "renamed: the filed name is a former one",
        |s| {
            s.record(|r| {
                r.former_names = vec![r.name.clone()];
                r.name = "深圳市新样例科技有限公司".into();
            })
        },
        &[("registry_name", Fail, "ENT-NAME-MISMATCH@name")],
    ),
    wrong(
        1,
        Company,
        "another name on the certificate",
        |s| s.certificate().name = Some("深圳市样例贸易有限公司".into()),
        &[("certificate_fields", Fail, "ENT-NAME-MISMATCH@name")],
    ),
    silent(1, Company, "brackets of another width", |s| {
        s.filing.entity.name = "深圳市样例（科技）有限公司".into();
        s.filing.entity.superior = "深圳市样例（科技）有限公司".into();
        s.certificate().name = Some("深圳市样例(科技)有限公司".into());
        s.form().entity_name = Some("深圳市样例（科技）有限公司".into());
        s.form().seal = Some("深圳市样例（科技）有限公司".into());
        s.record(|r| r.name = "深圳市样例(科技)有限公司".into());
        s.registered(|r| r.holder = named("深圳市样例(科技)有限公司"));
        s.shows(&["样例科技官网", "深圳市样例（科技）有限公司", "粤ICP备2023990001号"]);
        s.words(Kind::EntityCertificate, |w| w[0].text = "深圳市样例（科技）有限公司".into());
        s.words(Kind::VerificationForm, |w| w[1].text = "深圳市样例（科技）有限公司".into());
    }),
    silent(1, Company, "blanks in the registry's name", |s| {
        s.record(|r| r.name = " 深圳市样例科技有限公司　".into())
    }),
    silent(1, Company, "a former name that is another one", |s| {
        s.record(|r| r.former_names = vec!["深圳市旧样例科技有限公司".into()])
    }),
    silent(1, Company, "status in other words", |s| s.record(|r| r.status_text = "在营（开业）企业".into())),
    silent(1, Elsewhere, "status 在业", |s| s.record(|r| r.status_text = "在业".into())),
    silent(1, Person, "a person is in no registry", |s| {
        s.forget_all(heyan::domain::evidence::Gatherer::Registry)
    }),
    // 2: number
    wrong(
        2,
        Company,
        "the registry has another number",
        |s| s.record(|r| r.number = "91440304MAYL104093".into()),
        &[("registry_number", Fail, "ENT-CERTNO-MISMATCH@number")],
    ),
    wrong(
        2,
        Company,
        "one digit of the number is wrong",
        |s| s.entity().certificate_number = "91440300MA00000078".into(),
        &[
            ("certificate_number", Fail, "ENT-CERTNO-INVALID@number"),
            ("registry_status", NotRun, "@number"),
            ("document_text", Warn, "MAT-MISMATCH-FORM@entity_certificate"),
            ("certificate_fields", Fail, "ENT-CERTNO-MISMATCH@number"),
        ],
    ),
    wrong(
        2,
        Company,
        "another number on the certificate",
        |s| s.certificate().number = Some("91440304MAYL104093".into()),
        &[("certificate_fields", Fail, "ENT-CERTNO-MISMATCH@number")],
    ),
    wrong(
        2,
        Company,
        "replaced by a unified code, says the registry",
        |s| {
            old_number(s);
            s.record(|r| {
                r.former_numbers = vec!["440301000000011".into()];
                r.number = "91440300MA00000077".into();
            });
        },
        &[
            ("certificate_number", Fail, "ENT-CERTNO-NOT-USCC@number"),
            ("registry_number", Fail, "ENT-CERTNO-NOT-USCC@number"),
        ],
    ),
    wrong(
        2,
        Access,
        "an old registration number",
        old_number,
        &[("certificate_number", Fail, "ENT-CERTNO-NOT-USCC@number")],
    ),
    silent(2, Company, "small letters in the registry's number", |s| {
        s.record(|r| r.number = "91440300ma00000077".into())
    }),
    silent(2, Company, "blanks between the digits", |s| {
        s.record(|r| r.number = "9144 0300 MA00 0000 77".into())
    }),
    silent(2, Company, "former numbers beside the right one", |s| {
        s.record(|r| r.former_numbers = vec!["440301000000011".into(), "MA0000007".into()])
    }),
    silent(2, Elsewhere, "wide digits in the registry's number", |s| {
        s.record(|r| r.number = "９１５１０１０７MA0000007C".into())
    }),
    // 3: address
    wrong(
        3,
        Company,
        "another address in the registry",
        |s| s.record(|r| r.address = "深圳市样例区新样例路9号".into()),
        &[("registry_address", Fail, "ENT-ADDR-MISMATCH@address")],
    ),
    wrong(
        3,
        First,
        "another room",
        |s| s.record(|r| r.address = "深圳市样例区样例路1号样例大厦802".into()),
        &[("registry_address", Fail, "ENT-ADDR-MISMATCH@address")],
    ),
    wrong(
        3,
        Elsewhere,
        "another house number",
        |s| s.record(|r| r.address = "成都市武侯区样例路11号样例大厦801".into()),
        &[("registry_address", Fail, "ENT-ADDR-MISMATCH@address")],
    ),
    wrong(
        3,
        Company,
        "another address on the certificate",
        |s| s.certificate().address = Some("深圳市样例区样例路2号".into()),
        &[("certificate_fields", Fail, "ENT-ADDR-MISMATCH@address")],
    ),
    silent(3, Company, "the province before the city", |s| {
        s.record(|r| r.address = format!("广东省{}", r.address))
    }),
    silent(3, Elsewhere, "the province before the city, elsewhere", |s| {
        s.record(|r| r.address = format!("四川省{}", r.address))
    }),
    silent(3, Company, "wide digits in the address", |s| {
        s.record(|r| r.address = r.address.replace('1', "１"))
    }),
    silent(3, Company, "blanks in the address", |s| {
        s.record(|r| r.address = r.address.replace("样例路", " 样例路 "))
    }),
    // 4: legal representative
    wrong(
        4,
        Company,
        "another legal representative in the registry",
        |s| s.record(|r| r.legal_representative = "钱样例".into()),
        &[
            ("registry_representative", Fail, "EPR-NOT-LEGAL-REP@epr.name"),
            ("registry_representative", Warn, "@epr.name"),
        ],
    ),
    wrong(
        4,
        Access,
        "another legal representative, access",
        |s| s.record(|r| r.legal_representative = "孙样例".into()),
        &[
            ("registry_representative", Fail, "EPR-NOT-LEGAL-REP@epr.name"),
            ("registry_representative", Warn, "@epr.name"),
        ],
    ),
    wrong(
        4,
        Company,
        "another legal representative on the certificate",
        |s| s.certificate().legal_representative = Some("钱样例".into()),
        &[("legal_representative", Fail, "EPR-NOT-LEGAL-REP@epr.name")],
    ),
    silent(4, Company, "a blank in the representative's name", |s| {
        s.record(|r| r.legal_representative = "王 样例".into())
    }),
    wrong(
        4,
        Company,
        "no representative in the record",
        |s| s.record(|r| r.legal_representative.clear()),
        &[("registry_representative", NotRun, "@epr.name")],
    ),
    silent(4, Person, "a person has no legal representative", |_| ()),
    // 5 and 7: documents of the principals
    wrong(
        5,
        Company,
        "the entity principal's card has expired",
        |s| {
            expire(s, Kind::EntityPrincipalIdBack);
            s.entity().principal.valid_from = Some(date(2006, 3, 1));
            s.entity().principal.valid_until = Some(ValidUntil::Day(date(2026, 3, 1)));
        },
        &[("principal_id", Fail, "EPR-ID-EXPIRED@epr.id")],
    ),
    wrong(
        5,
        Company,
        "the entity principal's number is wrong",
        |s| {
            s.entity().principal.document_number = "440305198505050018".into();
            s.identity(Kind::EntityPrincipalIdFront).number = Some("440305198505050018".into());
            s.words(Kind::EntityPrincipalIdFront, |w| w[1].text = "440305198505050018".into());
        },
        &[("principal_id", Fail, "EPR-ID-INVALID@epr.id")],
    ),
    wrong(
        5,
        Company,
        "another name on the card",
        |s| s.identity(Kind::EntityPrincipalIdFront).name = Some("汪样例".into()),
        &[("principal_id", Fail, "EPR-NAME-MISMATCH@epr.name")],
    ),
    wrong(
        7,
        Company,
        "the site principal's card has expired",
        |s| {
            expire(s, Kind::SitePrincipalIdBack);
            s.site_principal().valid_from = Some(date(2006, 3, 1));
            s.site_principal().valid_until = Some(ValidUntil::Day(date(2026, 3, 1)));
        },
        &[("principal_id", Fail, "SPR-ID-EXPIRED@spr.id")],
    ),
    wrong(
        7,
        Company,
        "the site principal's number is wrong",
        |s| {
            s.site_principal().document_number = "440305199006060023".into();
            s.identity(Kind::SitePrincipalIdFront).number = Some("440305199006060023".into());
            s.words(Kind::SitePrincipalIdFront, |w| w[1].text = "440305199006060023".into());
        },
        &[("principal_id", Fail, "SPR-ID-INVALID@spr.id")],
    ),
    silent(5, Company, "valid for long, issued at over 45", |s| {
        s.entity().principal.document_number = "440305197505050014".into();
        s.identity(Kind::EntityPrincipalIdFront).number = Some("440305197505050014".into());
        s.words(Kind::EntityPrincipalIdFront, |w| w[1].text = "440305197505050014".into());
        s.words(Kind::EntityPrincipalIdBack, |w| w[0].text = "2025.03.01-长期".into());
        s.entity().principal.valid_until = Some(ValidUntil::LongTerm);
        s.identity(Kind::EntityPrincipalIdBack).valid_until = Some(ValidUntil::LongTerm);
    }),
    silent(7, Company, "small x at the end of a number", |s| {
        s.site_principal().document_number = "44030519900606009x".into();
        s.identity(Kind::SitePrincipalIdFront).number = Some("44030519900606009X".into());
        s.words(Kind::SitePrincipalIdFront, |w| w[1].text = "44030519900606009X".into());
    }),
];

fn named(holder: &str) -> heyan::domain::evidence::Holder {
    heyan::domain::evidence::Holder::Named(heyan::domain::evidence::Stated {
        value: holder.to_owned(),
        line: Some(3),
    })
}

fn expire(scene: &mut crate::scene::Scene, back: Kind) {
    let card = scene.identity(back);
    (card.valid_from, card.valid_until) = (Some(date(2006, 3, 1)), Some(ValidUntil::Day(date(2026, 3, 1))));
    scene.words(back, |words| words[0].text = "2006.03.01-2026.03.01".into());
}

/// The number of before 2015, on paper and in the filing.
fn old_number(scene: &mut crate::scene::Scene) {
    const OLD: &str = "440301000000011";
    scene.entity().certificate_number = OLD.into();
    scene.certificate().number = Some(OLD.into());
    scene.words(Kind::EntityCertificate, |words| words[1].text = OLD.into());
    let record = scene
        .pieces
        .iter()
        .find_map(|gathered| match &gathered.evidence.observation {
            heyan::domain::evidence::Observation::Registry(answer) => Some(answer.result.clone()),
            _ => None,
        })
        .unwrap();
    scene.registry(record);
    scene.record(|record| record.number = OLD.into());
}

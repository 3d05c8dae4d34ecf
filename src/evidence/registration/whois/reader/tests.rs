use jiff::civil::{Date, date};

use super::*;

/// As whois.cnnic.cn answers today.
const CNNIC: &str = "\
Domain Name: a.example
ROID: 20100102s10001s00000000-cn
Domain Status: clientTransferProhibited
Domain Status: clientDeleteProhibited
Registrant: 样例科技有限公司
Registrant Contact Email: ***
Sponsoring Registrar: 样例注册商有限公司
Name Server: ns1.a.example
Name Server: NS2.a.example.
Registration Time: 2010-01-02 03:04:05
Expiration Time: 2027-01-02 03:04:05
DNSSEC: unsigned";

/// As it answered years ago.
const CNNIC_OLD: &str = "\
Domain Name: a.example
ROID: 20030310s10001s00000000-cn
Domain Status: ok
Registrant ID: s1000001
Registrant Organization: 样例科技有限公司
Registrant Name: 王样例
Administrative Email: ***
Sponsoring Registrar: 样例注册商有限公司
Name Server:ns1.a.example
Registration Date: 2003-03-17 12:20
Expiration Date: 2027-03-17 12:48";

const CHINESE_NAME: &str = "\
Domain Name: 样例.中国
Puny Name: xn--fsqx12h.xn--fiqs8s
Domain Name: 樣例.中國
Puny Name: xn--fsq552o.xn--fiqz9s
Domain Status: ok
Registrant: 样例科技有限公司
Sponsoring Registrar: 样例注册商有限公司
Registration Time: 2010-01-02 03:04:05
Expiration Time: 2027-01-02 03:04:05";

const THIN: &str = "   Domain Name: A.EXAMPLE
   Registry Domain ID: 100_DOMAIN_COM-VRSN
   Registrar WHOIS Server: whois.registrar.example
   Registrar URL: http://www.registrar.example
   Updated Date: 2026-01-02T03:04:05Z
   Creation Date: 2010-01-02T03:04:05Z
   Registry Expiry Date: 2027-01-02T03:04:05Z
   Registrar: Example Registrar Co., Ltd.
   Domain Status: ok https://icann.org/epp#ok
   Name Server: NS1.REGISTRAR.EXAMPLE
>>> Last update of whois database: 2026-11-24T00:00:00Z <<<
Queries that are too frequent are not found helpful.";

fn registration(answer: &str, domain: &str) -> Registration {
    match read(answer, domain).result {
        Result::Registered(registration) => registration,
        other => panic!("{other:?}"),
    }
}

fn said<T: Clone>(stated: Option<&Stated<T>>) -> Option<(T, u32)> {
    stated.and_then(|stated| Some((stated.value.clone(), stated.line?)))
}

fn named(registration: &Registration) -> Option<(String, u32)> {
    match &registration.holder {
        Holder::Named(name) => said(Some(name)),
        _ => None,
    }
}

#[test]
fn an_answer_of_today_is_read_with_its_lines() {
    let found = registration(CNNIC, "a.example");
    assert_eq!(named(&found), Some(("样例科技有限公司".to_owned(), 5)));
    assert_eq!(said(found.registrar.as_ref()), Some(("样例注册商有限公司".to_owned(), 7)));
    assert_eq!(said(found.registered_on.as_ref()), Some((date(2010, 1, 2), 10)));
    assert_eq!(said(found.expires_on.as_ref()), Some((date(2027, 1, 2), 11)));
    let statuses: Vec<&str> = found.statuses.iter().map(|status| status.value.as_str()).collect();
    assert_eq!(statuses, ["clientTransferProhibited", "clientDeleteProhibited"]);
    assert_eq!(found.name_servers, ["ns1.a.example", "ns2.a.example"]);
}

#[test]
fn an_old_answer_names_the_unit_and_not_its_contact() {
    let found = registration(CNNIC_OLD, "a.example");
    assert_eq!(named(&found), Some(("样例科技有限公司".to_owned(), 5)));
    assert_eq!(said(found.expires_on.as_ref()), Some((date(2027, 3, 17), 11)));
    assert_eq!(found.name_servers, ["ns1.a.example"]);
    let person = registration(&CNNIC_OLD.replace("样例科技有限公司", ""), "a.example");
    assert_eq!(named(&person), Some(("王样例".to_owned(), 6)));
    let veiled = registration(&CNNIC_OLD.replace("样例科技有限公司", "REDACTED FOR PRIVACY"), "a.example");
    assert!(matches!(veiled.holder, Holder::Redacted(_)), "a contact does not stand in for a veiled unit");
}

#[test]
fn either_spelling_of_a_chinese_name_is_the_domain() {
    let domain = domain_name::ascii("样例.中国").unwrap();
    assert_eq!(said(registration(CHINESE_NAME, &domain).expires_on.as_ref()), Some((date(2027, 1, 2), 9)));
    let without_puny: String = CHINESE_NAME
        .lines()
        .filter(|line| !line.starts_with("Puny"))
        .map(|line| format!("{line}\n"))
        .collect();
    assert!(matches!(read(&without_puny, &domain).result, Result::Registered(_)));
}

#[test]
fn a_thin_registry_tells_who_knows_more() {
    let reading = read(THIN, "a.example");
    assert_eq!(reading.referral.as_deref(), Some("whois.registrar.example"));
    let found = registration(THIN, "a.example");
    assert_eq!(found.holder, Holder::NotGiven);
    assert_eq!(said(found.expires_on.as_ref()), Some((date(2027, 1, 2), 7)));
    assert_eq!(found.statuses, [Stated { value: "ok".to_owned(), line: Some(9) }]);
}

#[test]
fn chinese_labels_and_values_below_their_labels_are_read() {
    let chinese = "域名：a.example\n注册商：样例注册商\n注册人：样例科技有限公司\n注册时间：2010年1月2日\n到期时间：2027年1月2日\n域名状态：正常";
    let found = registration(chinese, "a.example");
    assert_eq!(named(&found), Some(("样例科技有限公司".to_owned(), 3)));
    assert_eq!(said(found.expires_on.as_ref()), Some((date(2027, 1, 2), 5)));
    let below = "    Domain name:\n        a.example\n\n    Registrar:\n        Example Ltd\n\n    Expiry date:  02-Jan-2027\n";
    assert_eq!(
        said(registration(below, "a.example").registrar.as_ref()),
        Some(("Example Ltd".to_owned(), 5))
    );
}

#[test]
fn the_registry_s_books_go_before_the_registrar_s() {
    let both = "Domain Name: a.example\nRegistrar Registration Expiration Date: 2028-01-02\nRegistry Expiry Date: 2027-01-02\n";
    assert_eq!(said(registration(both, "a.example").expires_on.as_ref()), Some((date(2027, 1, 2), 3)));
    let none = registration("Domain Name: a.example\nRegistrar: a\nExpiry Date: soon\n", "a.example");
    assert_eq!(none.expires_on, None::<Stated<Date>>);
}

#[test]
fn without_a_registration_only_known_sentences_are_verdicts() {
    for (answer, expected) in [
        ("No matching record.", Result::NotRegistered { line: Some(1) }),
        ("Domain: a.example\nStatus: AVAILABLE", Result::NotRegistered { line: Some(2) }),
        ("The domain you requested is prohibited.", Result::Reserved { line: Some(1) }),
        ("\nSorry, The domain you requested is in the reserved list.", Result::Reserved { line: Some(2) }),
    ] {
        assert_eq!(read(answer, "a.example").result, expected, "{answer}");
    }
    for (answer, kind, detail) in [
        ("", FaultKind::Protocol, "empty"),
        ("\n \n", FaultKind::Protocol, "empty"),
        ("Hello", FaultKind::Protocol, "Hello"),
        ("Domain Name: a.example", FaultKind::Protocol, "a.example"),
        (CNNIC, FaultKind::Protocol, "a.example"),
        ("Queried interval is too short.", FaultKind::Limited, "interval"),
    ] {
        let domain = if answer == CNNIC { "b.example" } else { "a.example" };
        match read(answer, domain).result {
            Result::NoAnswer(fault) => {
                assert_eq!(fault.kind, kind, "{answer}");
                assert!(fault.detail.contains(detail), "{fault:?}");
            }
            other => panic!("{answer}: {other:?}"),
        }
    }
}

#[test]
fn a_referral_is_a_host_name_or_nothing() {
    for (written, expected) in [
        ("whois.a.example", Some("whois.a.example")),
        ("WHOIS.A.example.", Some("whois.a.example")),
        ("whois://whois.a.example:43/", Some("whois.a.example")),
        ("http://www.a.example/whois", Some("www.a.example")),
        ("127.0.0.1", None),
        ("http://[::1]/", None),
        ("localhost", None),
        ("", None),
    ] {
        assert_eq!(server(written).as_deref(), expected, "{written}");
    }
}

proptest::proptest! {
    #[test]
    fn every_line_that_is_named_is_there(answer in "((Domain Name|Status|Registrar|样例|No match|  )[: ]{0,2}[a-z .样]{0,12}\n){0,12}") {
        let last = answer.lines().count();
        let lines = match read(&answer, "a.example").result {
            Result::NotRegistered { line } | Result::Reserved { line } => vec![line],
            Result::Registered(found) => found.statuses.iter().map(|status| status.line).collect(),
            Result::NoAnswer(_) => Vec::new(),
        };
        for line in lines.into_iter().flatten() {
            proptest::prop_assert!(line >= 1 && usize::try_from(line).unwrap() <= last);
        }
    }
}

use jiff::civil::date;
use serde_json::json;

use super::*;

const DOMAIN: &str = "a.example";

fn whole() -> Value {
    json!({
        "objectClassName": "domain",
        "ldhName": "A.EXAMPLE",
        "status": ["client transfer prohibited", "active"],
        "events": [
            {"eventAction": "registration", "eventDate": "2010-01-02T03:04:05Z"},
            {"eventAction": "expiration", "eventDate": "2027-01-02T03:04:05Z"},
            {"eventAction": "last update of RDAP database", "eventDate": "2026-11-24T00:00:00Z"}
        ],
        "entities": [
            {"roles": ["registrar"], "vcardArray": ["vcard", [
                ["version", {}, "text", "4.0"], ["fn", {}, "text", "Example Registrar Co., Ltd."]]],
             "entities": [{"roles": ["abuse"], "vcardArray": ["vcard", [["email", {}, "text", "abuse@registrar.example"]]]}]},
            {"roles": ["registrant"], "vcardArray": ["vcard", [
                ["fn", {}, "text", "王样例"], ["org", {}, "text", "样例科技有限公司"],
                ["tel", {"type": "voice"}, "uri", "tel:+86.1000000000"]]]},
            {"roles": ["technical"], "vcardArray": ["vcard", [["fn", {}, "text", "李样例"]]]}
        ],
        "nameservers": [{"ldhName": "NS1.A.EXAMPLE"}],
        "notices": [{"title": "Terms", "description": ["write to\nsomeone@a.example", "or not"]}]
    })
}

fn answer(json: &Value) -> RegistrationAnswer {
    read(200, json.to_string().as_bytes(), DOMAIN)
}

fn registration(json: &Value) -> (Registration, String) {
    match answer(json) {
        RegistrationAnswer { result: Result::Registered(found), answer } => (found, answer),
        other => panic!("{other:?}"),
    }
}

fn line(text: &str, line: Option<u32>) -> &str {
    text.lines().nth(usize::try_from(line.unwrap()).unwrap() - 1).unwrap()
}

#[test]
fn an_answer_becomes_lines_and_every_value_has_its_own() {
    let (found, text) = registration(&whole());
    let expires = found.expires_on.unwrap();
    assert_eq!(expires.value, date(2027, 1, 2));
    assert_eq!(line(&text, expires.line), "event expiration: 2027-01-02T03:04:05Z");
    let registered = found.registered_on.unwrap();
    assert_eq!(
        (registered.value, line(&text, registered.line)),
        (date(2010, 1, 2), "event registration: 2010-01-02T03:04:05Z")
    );
    let registrar = found.registrar.unwrap();
    assert_eq!(registrar.value, "Example Registrar Co., Ltd.");
    assert_eq!(line(&text, registrar.line), "entity registrar: Example Registrar Co., Ltd.");
    let Holder::Named(holder) = found.holder else { panic!() };
    assert_eq!(
        (holder.value.as_str(), line(&text, holder.line)),
        ("样例科技有限公司", "entity registrant org: 样例科技有限公司")
    );
    let statuses: Vec<&str> = found.statuses.iter().map(|status| status.value.as_str()).collect();
    assert_eq!(statuses, ["clientTransferProhibited", "ok"]);
    assert_eq!(line(&text, found.statuses[1].line), "status: active");
    assert_eq!(found.name_servers, ["ns1.a.example"]);
    assert!(text.contains("notice: Terms write to *** or not"), "{text}");
    for personal in ["王样例", "李样例", "@", "1000000000"] {
        assert!(!text.contains(personal), "{personal} is kept: {text}");
    }
}

#[test]
fn a_holder_who_is_kept_back_is_nobody_s_name() {
    let holder = |change: &dyn Fn(&mut Value)| {
        let mut json = whole();
        change(&mut json);
        let (found, text) = registration(&json);
        if let Holder::Redacted(said) = &found.holder {
            assert!(line(&text, said.line).contains(&said.value));
        }
        found.holder
    };
    let card = |json: &mut Value, properties: Value| json["entities"][1]["vcardArray"][1] = properties;
    let redacted = json!([["fn", {}, "text", ""], ["org", {}, "text", "REDACTED FOR PRIVACY"]]);
    assert!(matches!(holder(&|json| card(json, redacted.clone())), Holder::Redacted(_)));
    let blank = json!([["fn", {}, "text", ""]]);
    assert_eq!(holder(&|json| card(json, blank.clone())), Holder::NotGiven);
    assert!(matches!(
        holder(&|json| {
            card(json, blank.clone());
            json["redacted"] = json!([{"name": {"description": "Registrant Name"}, "method": "removal"}]);
        }),
        Holder::Redacted(_)
    ));
    assert!(matches!(
        holder(&|json| {
            card(json, blank.clone());
            json["entities"][1]["remarks"] = json!([{"title": "REDACTED FOR PRIVACY"}]);
        }),
        Holder::Redacted(_)
    ));
    assert_eq!(
        holder(&|json| {
            json["entities"].as_array_mut().unwrap().remove(1);
        }),
        Holder::NotGiven
    );
}

#[test]
fn words_of_rdap_become_codes_of_epp() {
    for (status, code) in [
        ("active", "ok"),
        ("associated", "linked"),
        ("add period", "addPeriod"),
        ("client hold", "clientHold"),
        ("Server Update Prohibited", "serverUpdateProhibited"),
        ("inactive", "inactive"),
        ("redemption period", "redemptionPeriod"),
        ("", ""),
    ] {
        assert_eq!(epp(status), code);
    }
}

#[test]
fn only_an_answer_of_the_protocol_says_that_nobody_has_it() {
    let of = |status: u16, body: &str| read(status, body.as_bytes(), DOMAIN).result;
    let nobody = Result::NotRegistered { line: Some(1) };
    assert_eq!(of(404, ""), nobody);
    assert_eq!(of(404, r#"{"errorCode":404,"title":"Not Found","description":["no"]}"#), nobody);
    assert_eq!(
        of(404, r#"{"errorCode":404,"description":["a.example is reserved"]}"#),
        Result::Reserved { line: Some(1) }
    );
    for (status, body, kind) in [
        (404, "<html>404</html>", FaultKind::Protocol),
        (404, r#"{"title":"Too many requests"}"#, FaultKind::Limited),
        (429, "", FaultKind::Limited),
        (403, "", FaultKind::Limited),
        (500, "{}", FaultKind::Protocol),
        (200, "", FaultKind::Protocol),
        (200, "{}", FaultKind::Protocol),
        (200, "[1]", FaultKind::Protocol),
        (200, r#"{"ldhName":"b.example"}"#, FaultKind::Protocol),
        (302, "", FaultKind::Protocol),
    ] {
        assert!(matches!(of(status, body), Result::NoAnswer(fault) if fault.kind == kind), "{status} {body}");
    }
}

#[test]
fn odd_shapes_break_nothing() {
    for member in ["status", "events", "entities", "nameservers", "redacted", "notices"] {
        for odd in [json!(null), json!(1), json!("text"), json!([1, null, [], {}]), json!({"a": 1})] {
            let mut json = whole();
            json[member] = odd;
            assert!(matches!(answer(&json).result, Result::Registered(_)), "{member}");
        }
    }
    let held = json!({"ldhName": DOMAIN, "status": ["reserved"]});
    assert_eq!(answer(&held).result, Result::Reserved { line: Some(2) });
}

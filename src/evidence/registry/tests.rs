//! Answers of all kinds over a way out that is scripted; `tests/registry_connector.rs` goes over the guard.

use std::collections::BTreeMap;

use jiff::civil::date;
use serde_json::{Value, json};

use super::*;
use crate::domain::evidence::{RegistryRecord, RegistryStatus};
use crate::domain::filing::ValidUntil;
use crate::domain::registry_query::JsonPath;
use crate::domain::registry_words::Told;

const SECRET: &str = "s3cret-样例";

struct Script(Result<Reply, Fault>);

impl Fetch for Script {
    fn fetch<'a>(&'a self, _: Url, _: &'a [Header]) -> Fetching<'a> {
        let reply = self.0.clone();
        Box::pin(async move { reply })
    }

    fn allowed_networks(&self) -> Vec<String> {
        vec!["127.0.0.0/8".into()]
    }
}

fn path(text: &str) -> JsonPath {
    JsonPath::try_from(text.to_owned()).unwrap()
}

fn settings() -> Settings {
    let template = |text: &str| UrlTemplate::try_from(text.to_owned()).unwrap();
    Settings {
        networks: Vec::new(),
        number_url: template("https://registry.example/q?key=inline&code={number}"),
        name_url: template("https://registry.example/n/{name}"),
        headers: vec![Header::new("Authorization", SECRET)],
        reading: Reading {
            name: path("data[0].entName"),
            number: path("data[0].uscc"),
            status: path("data[0].state"),
            address: path("data[0].dom"),
            legal_representative: path("data[0].person"),
            valid_until: path("data[0].opTo"),
            former_names: path("data[0].usedNames"),
            former_numbers: path("data[0].regNo"),
            as_of: path("time"),
            found: path("data"),
            code: path("code"),
            answer_codes: vec!["200".into()],
            not_found_codes: vec!["204".into()],
            not_found_http: vec![404],
            status_words: BTreeMap::from([("K".to_owned(), Told::Status(RegistryStatus::Revoked))]),
        },
        timeout: Duration::from_secs(5),
        body_bytes: 4_096,
    }
}

fn body() -> Value {
    json!({
        "code": 200,
        "time": "2026-11-01 10:30:00",
        "data": [{
            "entName": " 深圳市样例科技有限公司 ", "uscc": "91440300MA00000077", "state": "存续",
            "dom": "样例路1号", "person": "王样例", "opTo": "2015-01-01至2035-02-28",
            "usedNames": ["样例旧名", ""], "regNo": "440301103448669;-"
        }]
    })
}

fn number() -> Subject {
    Subject::number("91440300MA00000077").unwrap()
}

#[tokio::main(flavor = "current_thread")]
async fn ask(reply: Result<Reply, Fault>, subject: &Subject) -> Evidence {
    let connector = Connector::new(settings(), Script(reply));
    connector.ask(subject, "2026-11-23T02:00:00Z".parse().unwrap()).await.evidence
}

fn result_of(status: u16, body: &str, subject: &Subject) -> RegistryResult {
    let reply = Reply { status, body: body.as_bytes().to_vec() };
    match ask(Ok(reply), subject).observation {
        Observation::Registry(answer) => answer.result,
        other => panic!("{other:?}"),
    }
}

/// What comes of an answer in which something was changed.
fn changed(change: impl FnOnce(&mut Value)) -> RegistryResult {
    let mut body = body();
    change(&mut body);
    result_of(200, &body.to_string(), &number())
}

fn fault(result: RegistryResult) -> Fault {
    match result {
        RegistryResult::NoAnswer(fault) => fault,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_answer_becomes_a_record() {
    assert_eq!(
        changed(|_| {}),
        RegistryResult::Found(RegistryRecord {
            name: "深圳市样例科技有限公司".into(),
            number: "91440300MA00000077".into(),
            status: RegistryStatus::Active,
            status_text: "存续".into(),
            address: "样例路1号".into(),
            legal_representative: "王样例".into(),
            valid_until: Some(ValidUntil::Day(date(2035, 2, 28))),
            former_names: vec!["样例旧名".into()],
            former_numbers: vec!["440301103448669".into()],
            as_of: Some(date(2026, 11, 1)),
        })
    );
    let evidence = ask(Ok(Reply { status: 404, body: Vec::new() }), &number());
    assert_eq!((evidence.source.as_str(), evidence.means), ("registry.example", Means::Machine));
    assert_eq!(evidence.allowed_networks, ["127.0.0.0/8"]);
}

#[test]
fn words_of_a_service_are_mapped_and_unknown_ones_kept() {
    for (word, status) in [
        ("K", RegistryStatus::Revoked),
        ("注销", RegistryStatus::Deregistered),
        ("样例", RegistryStatus::Other),
    ] {
        let RegistryResult::Found(record) = changed(|body| body["data"][0]["state"] = json!(word)) else {
            panic!("{word}")
        };
        assert_eq!((record.status, record.status_text.as_str()), (status, word));
    }
}

#[test]
fn nothing_found_is_said_in_many_ways() {
    type Change = fn(&mut Value);
    let ways: &[(&str, Change)] = &[
        ("code", |body| body["code"] = json!("204")),
        ("no list", |body| body["data"] = Value::Null),
        ("an empty list", |body| body["data"] = json!([])),
        ("a word", |body| body["data"][0]["state"] = json!("查询无结果")),
    ];
    for (what, change) in ways {
        assert_eq!(changed(change), RegistryResult::NotFound, "{what}");
    }
    assert_eq!(result_of(404, "", &number()), RegistryResult::NotFound);
}

#[test]
fn what_is_no_answer_is_never_a_verdict() {
    type Change = fn(&mut Value);
    let ways: &[(&str, Change, FaultKind)] = &[
        ("another code", |body| body["code"] = json!(500), FaultKind::Failed),
        ("no code", |body| body["code"] = Value::Null, FaultKind::Failed),
        ("no name", |body| body["data"][0]["entName"] = Value::Null, FaultKind::Protocol),
        ("no status", |body| body["data"][0]["state"] = json!(" "), FaultKind::Protocol),
        ("a list for a name", |body| body["data"][0]["entName"] = json!(["a"]), FaultKind::Protocol),
        (
            "a rounded number",
            |body| body["data"][0]["uscc"] = json!(914403001922038216_u64),
            FaultKind::Protocol,
        ),
        ("no day", |body| body["data"][0]["opTo"] = json!("某日"), FaultKind::Protocol),
        ("no day of the look", |body| body["time"] = json!("去年"), FaultKind::Protocol),
        (
            "somebody else",
            |body| {
                body["data"][0]["uscc"] = json!("91110000802100433B");
                body["data"][0]["regNo"] = Value::Null;
            },
            FaultKind::Protocol,
        ),
    ];
    for (what, change, kind) in ways {
        assert_eq!(fault(changed(change)).kind, *kind, "{what}");
    }
    for (status, text, kind) in [
        (200, "<html>", FaultKind::Protocol),
        (200, "", FaultKind::Protocol),
        (500, "{}", FaultKind::Failed),
        (403, "{}", FaultKind::Failed),
        (429, "{}", FaultKind::Limited),
        (200, &" ".repeat(5_000), FaultKind::TooLarge),
    ] {
        assert_eq!(fault(result_of(status, text, &number())).kind, kind, "{status} {text}");
    }
}

#[test]
fn a_name_is_answered_by_its_own_record_only() {
    let text = body().to_string();
    for (name, found) in [("深圳市样例科技有限公司", true), ("样例旧名", true), ("深圳市样例", false)]
    {
        let result = result_of(200, &text, &Subject::name(name).unwrap());
        assert_eq!(matches!(result, RegistryResult::Found(_)), found, "{name}");
    }
    let phone = Subject::phone("13900000001").unwrap();
    assert_eq!(fault(result_of(200, &text, &phone)).kind, FaultKind::NoSource);
}

#[test]
fn an_old_number_is_answered_by_the_code_that_replaced_it() {
    let mut body = body();
    body["data"][0]["regNo"] = Value::Null;
    let result = result_of(200, &body.to_string(), &Subject::number("440301103448669").unwrap());
    assert!(matches!(result, RegistryResult::Found(_)));
}

#[test]
fn a_key_is_written_nowhere() {
    let said = format!("https://registry.example/q?key=inline&code=91440300MA00000077 refused {SECRET}");
    let evidence = ask(Err(Fault::new(FaultKind::Refused, said)), &number());
    let (_, text) = evidence.sealed();
    for hidden in [SECRET, "inline"] {
        assert!(!text.contains(hidden), "{text}");
    }
    assert!(text.contains("registry.example refused ***"), "{text}");
    let settings = format!("{:?}", settings().headers);
    assert!(!settings.contains(SECRET), "{settings}");
}

mod any;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::domain::message::{self, Lang};

fn sample() -> Value {
    json!({
        "source": "样例控制台", "key": "BA-1", "order_type": "first", "province": "440000",
        "evidence_scheme": "form_and_backdrop",
        "entity": {
            "name": "样例公司", "entity_type": 4, "certificate_type": 1,
            "certificate_number": "91440300MA5XYLH07A", "certificate_address": "样例路1号",
            "principal": {
                "name": "王样例", "document_type": 2, "document_number": "440305198503020019",
                "mobile": "13800000001", "email": "wang@sample.example"
            }
        },
        "site": {
            "service_type": "website", "name": "样例", "domains": ["sample.example"],
            "service_contents": [8],
            "principal": {
                "name": "李样例", "document_type": 2, "document_number": "440305199107150027",
                "mobile": "13800000003", "email": "li@sample.example"
            }
        },
        "access": [{ "provider": "样例云", "ip_ranges": [{ "first": "192.0.2.1", "last": "192.0.2.2" }] }],
        "attachments": [
            { "kind": "entity_certificate", "file": "a.jpg", "transcript": { "of": "certificate", "name": "样例公司" } },
            { "kind": "epr_id_front", "file": "b.jpg", "transcript": { "of": "identity", "name": "王样例" } },
            { "kind": "verification_form", "file": "c.jpg", "transcript": { "of": "verification_form", "signer": "" } }
        ]
    })
}

/// The sample with the value at a JSON pointer replaced, or removed for null at `-`.
fn with(pointer: &str, value: Value) -> String {
    let mut filing = sample();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match filing.pointer_mut(parent).unwrap() {
        Value::Object(fields) => {
            fields.insert(name.to_owned(), value);
        }
        Value::Array(items) => items[name.parse::<usize>().unwrap()] = value,
        _ => unreachable!(),
    }
    filing.to_string()
}

fn without(pointer: &str) -> String {
    let mut filing = sample();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    filing.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name).unwrap();
    filing.to_string()
}

#[test]
fn the_sample_is_good() {
    filing(&sample().to_string()).unwrap();
    filing(&with("/site/service_contents", json!({ "mask": 129 }))).unwrap();
    filing(&with("/entity/certificate_valid_until", json!("长期"))).unwrap();
    filing(&with("/attachments/0/transcript", Value::Null)).unwrap();
}

#[test]
fn bad_fields_are_named() {
    let text = |expected: &str| Message::new("intake.literal").with("text", expected);
    let person = "name, document_type, document_number, valid_from, valid_until, mobile, landline, emergency, email, remark";
    for (json, field, id, found, expected) in [
        (without("/key"), "key", "field_missing", "found_nothing", "expect_value"),
        (
            without("/entity/principal/mobile"),
            "entity.principal.mobile",
            "field_missing",
            "found_nothing",
            "expect_value",
        ),
        (
            with("/entity/principal/moblie", json!("1")),
            "entity.principal.moblie",
            "field_unknown",
            "=moblie",
            person,
        ),
        (
            with("/entity/principal/mobile", json!(13800000001_u64)),
            "entity.principal.mobile",
            "wrong_type",
            "found_number",
            "expect_text",
        ),
        (
            with("/entity/principal/email", Value::Null),
            "entity.principal.email",
            "wrong_type",
            "found_null",
            "expect_text",
        ),
        (
            with("/entity/entity_type", json!("4")),
            "entity.entity_type",
            "wrong_type",
            "found_text",
            "expect_code",
        ),
        (
            with("/entity/entity_type", json!(4.5)),
            "entity.entity_type",
            "wrong_type",
            "found_number",
            "expect_code",
        ),
        (
            with("/entity/entity_type", json!(70000)),
            "entity.entity_type",
            "wrong_value",
            "found_number",
            "expect_code",
        ),
        (
            with("/entity/entity_type", json!(-1)),
            "entity.entity_type",
            "wrong_value",
            "found_number",
            "expect_code",
        ),
        (
            with("/order_type", json!("frist")),
            "order_type",
            "unknown_name",
            "=frist",
            "first, new_site, access, change, cancel, special_verification",
        ),
        (with("/order_type", json!(1)), "order_type", "wrong_type", "found_number", "expect_name"),
        (with("/due_at", json!("tomorrow")), "due_at", "wrong_value", "found_other", "expect_time"),
        (
            with("/entity/principal/valid_from", json!("2026-13-01")),
            "entity.principal.valid_from",
            "wrong_value",
            "found_other",
            "expect_day",
        ),
        (
            with("/entity/principal/valid_until", json!("forever")),
            "entity.principal.valid_until",
            "wrong_value",
            "found_other",
            "expect_valid_until",
        ),
        (
            with("/entity/principal/valid_until", json!(20400101)),
            "entity.principal.valid_until",
            "wrong_type",
            "found_number",
            "expect_valid_until",
        ),
        (
            with("/access/0/ip_ranges/0/first", json!("192.0.2.256")),
            "access[0].ip_ranges[0].first",
            "wrong_value",
            "found_other",
            "expect_address",
        ),
        (
            with("/site/service_contents", json!("8")),
            "site.service_contents",
            "wrong_value",
            "found_other",
            "expect_codes",
        ),
        (
            with("/site/service_contents", json!([8, "x"])),
            "site.service_contents",
            "wrong_value",
            "found_other",
            "expect_codes",
        ),
        (
            with("/site/service_contents", json!({ "mask": 1, "extra": 2 })),
            "site.service_contents",
            "wrong_value",
            "found_other",
            "expect_codes",
        ),
        (with("/site/domains/0", json!(7)), "site.domains[0]", "wrong_type", "found_number", "expect_text"),
        (
            with("/site/domains", json!("a.example")),
            "site.domains",
            "wrong_type",
            "found_text",
            "expect_list",
        ),
        (
            with("/site/principal", json!(["王样例", 2, "1", "1", "1"])),
            "site.principal",
            "wrong_type",
            "found_list",
            "expect_object",
        ),
        (with("/entity", json!([])), "entity", "wrong_type", "found_list", "expect_object"),
        (with("/attachments/1/kind", json!("selfie")), "attachments[1].kind", "unknown_name", "=selfie", "*"),
        (
            with("/attachments/0/transcript/of", json!("menu")),
            "attachments[0].transcript.of",
            "unknown_name",
            "=menu",
            "certificate, identity, verification_form, domain_certificate",
        ),
        (
            without("/attachments/0/transcript/of"),
            "attachments[0].transcript.of",
            "field_missing",
            "found_nothing",
            "expect_value",
        ),
        (
            with("/attachments/0/transcript", json!(["certificate"])),
            "attachments[0].transcript",
            "wrong_type",
            "found_list",
            "expect_object",
        ),
        (
            with("/attachments/0/transcript/nmae", json!("x")),
            "attachments[0].transcript.nmae",
            "field_unknown",
            "=nmae",
            "name, number, address, legal_representative, valid_until",
        ),
        (
            with("/attachments/1/transcript/valid_from", json!("x")),
            "attachments[1].transcript.valid_from",
            "wrong_value",
            "found_other",
            "expect_day",
        ),
        (
            with("/attachments/2/transcript/person_ticked", json!("yes")),
            "attachments[2].transcript.person_ticked",
            "wrong_type",
            "found_text",
            "expect_boolean",
        ),
        (json!([sample()]).to_string(), "", "not_one_object", "found_list", "expect_filing"),
        (json!("x").to_string(), "", "not_one_object", "found_text", "expect_filing"),
        (
            sample().to_string().replacen("\"key\"", "\"key\":\"K\",\"key\"", 1),
            "key",
            "field_twice",
            "found_twice",
            "expect_once",
        ),
        (format!("{} 1", sample()), "", "json_syntax", "=trailing characters", "expect_filing"),
        ("{\"key\": }".to_owned(), "", "json_syntax", "=expected value", "expect_filing"),
        ("{\"key\": \"a".to_owned(), "", "json_cut", "=EOF while parsing a string", "expect_filing"),
        ("[".repeat(1000), "", "json_syntax", "=recursion limit exceeded", "expect_filing"),
    ] {
        let Malformed { fault, .. } = *filing(&json).unwrap_err();
        let case = format!("{json:.120} -> {fault:?}");
        assert_eq!(fault.field, field, "{case}");
        assert_eq!(fault.message.id, format!("intake.{id}"), "{case}");
        match found.strip_prefix('=') {
            Some(found) => assert_eq!(fault.found, text(found), "{case}"),
            None => assert_eq!(fault.found.id, format!("intake.{found}"), "{case}"),
        }
        match expected {
            "*" => assert_eq!(fault.expected.id, "intake.literal"),
            id if id.starts_with("expect_") => {
                assert_eq!(fault.expected.id, format!("intake.{id}"), "{case}");
            }
            list => assert_eq!(fault.expected, text(list), "{case}"),
        }
        for message in [&fault.message, &fault.found, &fault.expected] {
            assert!(message::known(&message.id), "{case}");
            assert!(Lang::ALL.iter().all(|lang| !message.text(*lang).contains('{')), "{case}");
        }
    }
}

#[test]
fn lines_columns_and_keys_are_told_where_they_are_known() {
    let pretty = serde_json::to_string_pretty(&sample()).unwrap();
    let line = pretty.lines().position(|line| line.contains("\"entity_type\"")).unwrap() as u64 + 1;
    let bad = filing(&pretty.replace("\"entity_type\": 4", "\"entity_type\": \"four\"")).unwrap_err();
    assert_eq!(bad.at.map(|(line, _)| line), Some(line));
    assert_eq!(bad.key.as_deref(), Some("BA-1"));
    let bad = filing("{\n  \"key\" 1}").unwrap_err();
    assert_eq!((bad.at, bad.key), (Some((2, 9)), None));
    let bad = filing("{\"key\": \"a\\u001b[2J\"}").unwrap_err();
    assert_eq!(bad.key.as_deref(), Some("a<U+001B>[2J"));
}

#[test]
fn personal_values_are_never_quoted() {
    let secret = "440305198503020019";
    for json in [
        with("/entity/entity_type", json!(secret)),
        with("/entity/principal/document_type", json!(secret.parse::<u64>().unwrap())),
        with("/entity/principal/valid_until", json!(secret)),
        with("/entity/principal", json!(secret)),
        with("/site/service_contents", json!(secret)),
        with("/access/0/ip_ranges/0/first", json!(secret)),
        with("/attachments/1/transcript/valid_until", json!(secret)),
        with("/attachments/1/transcript", json!(secret)),
        json!(secret).to_string(),
    ] {
        let bad = filing(&json).unwrap_err();
        assert!(!format!("{bad:?}").contains(secret), "{bad:?}");
    }
}

proptest! {
    #[test]
    fn a_filing_reads_back_as_it_was_written(original in any::filing()) {
        let json = serde_json::to_string(&original).unwrap();
        prop_assert_eq!(filing(&json).unwrap(), original);
    }

    #[test]
    fn no_text_makes_the_reader_fail_badly(text in "\\PC*|[\\[\\]{}\":,0-9a-z ]*") {
        let _ = filing(&text);
    }
}

use super::*;
use crate::domain::evidence::{
    Evidence, Holder, Means, Registration, RegistrationAnswer, RegistrationResult, Stated, Subject,
};

fn filing() -> Filing {
    serde_json::from_str(include_str!("../../checks/fixture/enterprise.json")).unwrap()
}

fn registered(holder: &str) -> KeptEvidence {
    let stated = |value: &str| Stated { value: value.to_owned(), line: Some(2) };
    let registration = Registration {
        holder: Holder::Named(stated(holder)),
        registrar: None,
        registered_on: None,
        expires_on: None,
        statuses: Vec::new(),
        name_servers: Vec::new(),
    };
    let evidence = Evidence {
        version: 1,
        subject: Subject::Domain("yangli.example".into()),
        means: Means::Machine,
        source: "whois.dns.example".into(),
        observed_at: "2026-11-23T00:00:00Z".parse().unwrap(),
        allowed_networks: vec!["127.0.0.0/8".into()],
        observation: Observation::Registration(RegistrationAnswer {
            result: RegistrationResult::Registered(registration),
            answer: format!("Domain Name: yangli.example\nRegistrant: {holder}"),
        }),
    };
    KeptEvidence { id: evidence.sealed().0, evidence }
}

fn told(place: Place, kept: &KeptEvidence, mark: Option<&Mark>) -> (String, Sheet) {
    let (zone, filing) = (TimeZone::UTC, filing());
    let reader = Reader {
        lang: Lang::Zh,
        zone: &zone,
        now: "2026-11-23T05:00:00Z".parse().unwrap(),
        filing: &filing,
        ours: &[],
        place,
        text: PageText::Loading,
    };
    let sheet = sheet(&reader, kept, mark);
    let all: Vec<String> = sheet.head.iter().chain(&sheet.body).map(Line::text).collect();
    (all.join("\n"), sheet)
}

#[test]
fn a_person_who_holds_a_domain_is_masked_elsewhere_also_in_the_answer_itself() {
    let kept = registered("王样例");
    let (elsewhere, _) = told(Place::Elsewhere, &kept, None);
    assert!(!elsewhere.contains("王样例") && elsewhere.matches("王**").count() == 2, "{elsewhere}");
    assert!(told(Place::Desk, &kept, None).0.contains("王样例"));
    let company = registered("深圳市样例科技有限公司");
    assert!(told(Place::Elsewhere, &company, None).0.contains("深圳市样例科技有限公司"));
}

#[test]
fn a_field_marks_its_row_and_the_line_that_says_it() {
    let mark = Mark::Field("holder".into());
    let (_, sheet) = told(Place::Desk, &registered("样例公司甲乙"), Some(&mark));
    let marked: Vec<String> = sheet.body.iter().filter(|line| line.marked).map(Line::text).collect();
    assert_eq!(marked, ["持有者  样例公司甲乙", "2  Registrant: 样例公司甲乙"]);
    let first = decisive(sheet).map(|line| line.text());
    assert_eq!(first.as_deref(), Some("持有者  样例公司甲乙"));
}

#[test]
fn the_head_tells_when_by_which_means_from_whom_and_what_was_allowed() {
    let (_, sheet) = told(Place::Desk, &registered("样例公司甲乙"), None);
    let head: Vec<String> = sheet.head.iter().map(Line::text).collect();
    assert_eq!(
        head,
        [
            "域名注册信息 yangli.example",
            "2026-11-23 00:00 (5小时前) 机器采集 来源 whois.dns.example",
            "采集时放行了内部网段: 127.0.0.0/8",
        ]
    );
}

#[test]
fn what_a_site_writes_is_masked_wherever_it_stands() {
    let visits = r#"{
        "visits": [{"url": "https://yangli.example/?tel=13800001234",
            "hops": [{"url": "https://yangli.example/?tel=13800001234", "status": 302,
                "location": "https://yangli.example/u/13800001234"}], "end": {"page": 0}}],
        "pages": [{"url": "https://yangli.example/u/13800001234", "status": 200, "charset": {"used": "UTF-8"},
            "title": "样例 13800001234", "body_sha256": "", "body_bytes": 1, "text_characters": 1,
            "footer": [{"number": "粤ICP备2023012345号", "link": "https://yangli.example/13800001234", "line": 1}],
            "forms": [{"kind": "login", "sign": "登录 13800001234"}]}]
    }"#;
    let mut kept = registered("样例公司甲乙");
    kept.evidence.observation = Observation::Website(serde_json::from_str(visits).unwrap());
    let (all, _) = told(Place::Desk, &kept, None);
    assert!(!all.contains("13800001234"), "{all}");
    assert!(all.contains("粤ICP备2023012345号") && all.contains("https://yangli.example/u/138"), "{all}");
}

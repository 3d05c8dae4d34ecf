use super::*;

#[test]
fn no_answer_is_no_verdict() {
    run_table(
        &DomainResolution,
        || {
            let mut sample = listed();
            sample.evidence[0].evidence.observed_at -= jiff::SignedDuration::from_hours(40);
            sample
        },
        &[
            ("in time", |s| resolved(s, 1, [unanswered(APEX, true), unanswered(WWW, true)]), DOUBT),
            ("SERVFAIL", |s| resolved(s, 1, [unanswered(APEX, false), no_such(WWW)]), DOUBT),
            (
                "for one of the two",
                |s| resolved(s, 1, [host(APEX, &["192.0.2.11"]), unanswered(WWW, true)]),
                DOUBT,
            ),
            (
                "for one of the two, and the other is not ours",
                |s| resolved(s, 1, [host(APEX, &["203.0.113.9"]), unanswered(WWW, true)]),
                &["warn ACC-IP-NOT-OURS@yangli.example", "warn yangli.example"],
            ),
            (
                "for IPv6, and the other is not filed",
                |s| {
                    let mut apex = host(APEX, &["192.0.2.20"]);
                    apex.ipv6 = Answer::ServerFailure;
                    resolved(s, 1, [apex, no_such(WWW)]);
                },
                &["warn ACC-IP-MISMATCH@yangli.example", "warn yangli.example"],
            ),
            (
                "required",
                |s| {
                    s.requires(Gatherer::Dns);
                    resolved(s, 1, [unanswered(APEX, true), no_such(WWW)]);
                },
                &["not_run yangli.example"],
            ),
            (
                "missing and required",
                |s| {
                    s.requires(Gatherer::Dns);
                    s.evidence.clear();
                },
                &["not_run yangli.example"],
            ),
            ("missing", |s| s.evidence.clear(), &[]),
        ],
    );
    let mut sample = listed();
    sample.evidence.clear();
    resolved(&mut sample, 1, [unanswered(APEX, false), no_such(WWW)]);
    let finding = sample.findings(&DomainResolution).remove(0);
    assert_eq!(finding.message.args["answer"], "@checks.dns_server_failure");
}

#[test]
fn the_order_of_the_server_changes_nothing() {
    let observed = |addresses: &[&str]| {
        let mut sample = listed();
        leads(&mut sample, addresses, &[]);
        sample.findings(&DomainResolution).remove(0).observed
    };
    let sorted = observed(&["203.0.113.9", "203.0.113.10"]);
    assert_eq!(sorted.as_deref(), Some("yangli.example 203.0.113.9, yangli.example 203.0.113.10"));
    assert_eq!(observed(&["203.0.113.10", "203.0.113.9", "203.0.113.10"]), sorted);
}

#[test]
fn a_finding_shows_host_address_and_list() {
    let mut sample = listed();
    leads(&mut sample, &["203.0.113.9"], &[]);
    let finding = sample.findings(&DomainResolution).remove(0);
    assert_eq!(finding.observed.as_deref(), Some("yangli.example 203.0.113.9"));
    assert_eq!(finding.expected.as_deref(), Some("192.0.2.10-192.0.2.19"));
    assert_eq!(finding.message.args["version"], "样例 1");
    let mark = |rests: &EvidenceRef| match rests {
        EvidenceRef::Evidence { mark: Some(Mark::Host(host)), .. } => host == APEX,
        _ => false,
    };
    assert!(finding.evidence.iter().any(mark));
}

//! The labelled set: clean filings, each with one named change, and what must be said of it.
//!
//! What is expected comes from the published list and the field's rules, written down beside each change; never from
//! the checks. `cargo test --test labelled` compares; `HEYAN_BLESS=1 cargo test --test labelled` writes
//! `docs/precision.md` anew, in which every deviation has its line.

// A change is one expression a line, as in a table.
#![allow(clippy::unwrap_used, clippy::panic, clippy::semicolon_if_nothing_returned)]

mod case;
#[path = "../common/clean_evidence.rs"]
mod clean_evidence;
mod contact;
mod entity;
mod evidence;
mod filed;
mod foot;
mod network;
#[path = "../common/page.rs"]
mod page;
mod reading;
mod report;
mod scene;
mod site;

use std::collections::BTreeSet;

use case::Case;
use heyan::checks::ALL;
use heyan::domain::finding::Status;
use heyan::domain::reasons::Catalogue;
use scene::{Base, Scene};

fn cases() -> impl Iterator<Item = &'static Case> {
    [entity::CASES, reading::CASES, contact::CASES, site::CASES, foot::CASES, network::CASES, filed::CASES]
        .into_iter()
        .flatten()
}

#[test]
fn every_base_is_clean() {
    for base in Base::ALL {
        let said: Vec<String> = Scene::of(base)
            .findings()
            .iter()
            .filter(|finding| finding.status != Status::Pass)
            .map(|finding| {
                format!("{} {} {} {}", finding.check, finding.status, finding.object, finding.message.id)
            })
            .collect();
        assert_eq!(said, [""; 0], "{base:?}");
    }
}

#[test]
fn the_set_is_large_and_near_misses_are_many() {
    let names: BTreeSet<&str> = cases().map(|case| case.name).collect();
    assert_eq!(names.len(), cases().count(), "names tell cases apart");
    let silent = cases().filter(|case| case.expect.is_empty()).count();
    assert!(names.len() >= 160, "{}", names.len());
    assert!(silent * 10 >= names.len() * 4, "{silent} of {}", names.len());
    for row in 0..=12 {
        assert!(cases().any(|case| case.row == row && !case.expect.is_empty()), "row {row}");
    }
}

#[test]
fn expectations_name_checks_and_reasons_that_exist() {
    let ids: BTreeSet<&str> = ALL.iter().map(|check| check.id()).collect();
    for case in cases() {
        for (check, _, reason) in case.expect {
            assert!(ids.contains(check), "{}: {check}", case.name);
            let code = reason.split('@').next().unwrap();
            assert!(code.is_empty() || Catalogue::shipped().get(code).is_some(), "{}: {reason}", case.name);
        }
    }
}

/// Checks that rest on a province's or an operator's list, of which the shipped ones say nothing in these scenes.
const WITHOUT_A_HIT: [&str; 3] = ["filed_domains", "province_rules", "domain_registrar"];

#[test]
fn every_check_has_a_case_in_which_it_must_speak() {
    let spoken: BTreeSet<&str> = cases().flat_map(|case| case.expect).map(|(check, _, _)| *check).collect();
    let silent: Vec<&str> =
        ALL.iter().map(|check| check.id()).filter(|check| !spoken.contains(check)).collect();
    assert_eq!(silent, WITHOUT_A_HIT);
}

#[test]
fn nothing_deviates() {
    let page = report::markdown(cases());
    let deviations = page.split("## Deviations").nth(1).unwrap().trim();
    assert_eq!(deviations, "None.");
}

#[test]
fn the_page_on_precision_says_what_the_checks_do() {
    page::assert_committed("docs/precision.md", &report::markdown(cases()));
}

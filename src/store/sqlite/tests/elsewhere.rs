//! Which photos of other filings are there to compare with.

use super::super::elsewhere;
use super::*;

/// A filing with a photo that others have, too, of the entity with this number.
fn with(key: &str, photo: &str, entity: &str) -> ImportItem {
    let mut item = with_photo(item(key), photo);
    item.filing.entity.certificate_number = entity.into();
    item
}

#[test]
fn strangers_stand_before_siblings_and_the_earlier_filing_before_the_later() {
    let mut desk = Desk::new();
    let filings =
        [("S1", "N"), ("S2", "N"), ("Z", "Z"), ("A", "N"), ("S3", "N"), ("C", "C"), ("B", "B"), ("D", "D")];
    for (key, entity) in filings {
        desk.import(&[with(key, "photo", entity)]);
    }
    assert_eq!(desk.elsewhere("A", &[]), ["Z", "C", "B"]);
    assert_eq!(desk.elsewhere("C", &[]), ["S1", "S2", "Z"], "each of them is a stranger");
    assert_eq!(desk.elsewhere("A", &["D"]), ["Z", "C", "B", "D"], "a finding names it");
    assert_eq!(desk.elsewhere("A", &["S3", "nobody"]), ["Z", "C", "B", "S3"]);
    assert_eq!(desk.elsewhere("A", &["A"]), ["Z", "C", "B"], "nothing is compared with itself");
    desk.import(&["C", "B", "D"].map(|key| with(key, "another photo", key)));
    assert_eq!(desk.elsewhere("A", &[]), ["Z", "S1", "S2"]);
    desk.assert_sound();
}

#[test]
fn no_number_of_siblings_hides_a_stranger() {
    let mut desk = Desk::new();
    let siblings = ["A", "S1", "S2", "S3", "S4", "S5", "S6"];
    desk.import(&siblings.map(|key| with(key, "photo", "N")));
    desk.import(&[with("after", "photo", "Z"), with("before", "photo", "A")]);
    assert_eq!(desk.elsewhere("A", &[]), ["after", "before", "S1"]);
}

#[test]
fn each_question_is_a_way_along_an_index() {
    let desk = Desk::new();
    let side = |side| elsewhere::on_a_side(side);
    let asked = [elsewhere::with_the_photo(), side("<"), side("="), side(">"), elsewhere::NAMED.to_owned()];
    for sql in asked {
        let mut plan = desk.store.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let mut rows = plan.raw_query();
        let mut steps: Vec<String> = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            steps.push(row.get(3).unwrap());
        }
        assert!(steps.iter().all(|step| step.starts_with("SEARCH")) && !steps.is_empty(), "{sql}: {steps:?}");
    }
}

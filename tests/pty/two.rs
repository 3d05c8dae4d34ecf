//! Two reviewers on one workspace.

use super::home::Home;

#[test]
fn two_reviewers_never_have_the_same_filing_before_them() {
    let home = Home::with_demo();
    let mut first = home.desk_with((80, 24), &[("HEYAN_REVIEWER__NAME", "样例甲")]);
    let mut second = home.desk_with((80, 24), &[("HEYAN_REVIEWER__NAME", "样例乙")]);
    let mut decided = Vec::new();
    for _ in 0..3 {
        let (one, other) = (first.opened(), second.opened());
        assert_ne!(one, other);
        let by = [home.claimed_by(&one), home.claimed_by(&other)];
        assert_eq!(by, [Some("样例甲".to_owned()), Some("样例乙".to_owned())]);
        decided.extend([first.hold(), second.hold()]);
        assert_eq!(decided[decided.len() - 2..], [one.clone(), other.clone()]);
        for (desk, before) in [(&first, &one), (&second, &other)] {
            desk.until("another filing", |screen| (screen.filing()? != *before).then_some(()));
        }
    }
    first.leave();
    second.leave();
    decided.sort();
    let mut kept = home.decided();
    kept.sort();
    assert_eq!(kept, decided);
    home.verify();
}

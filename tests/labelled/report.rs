//! Precision and recall of each check over the labelled set, as a page.

use std::collections::BTreeMap;
use std::fmt::Write;

use heyan::checks::ALL;
use heyan::domain::finding::{Finding, Status};

use crate::case::{Case, Exactly};
use crate::scene::Scene;

/// What came of one check over all cases, in findings.
#[derive(Default)]
struct Count {
    /// Said, and rightly.
    hits: u32,
    /// Said, and wrongly.
    alarms: u32,
    /// Not said, or not surely enough.
    misses: u32,
    /// Cases in which it rightly had nothing to say.
    silent: u32,
}

/// Whatever is no pass, as cases name it.
fn said(finding: &Finding) -> Option<(String, String, Exactly)> {
    let sure = match finding.status {
        Status::Warn => Exactly::Warn,
        Status::Fail => Exactly::Fail,
        Status::NotRun | Status::Error => Exactly::NotRun,
        Status::Pass => return None,
    };
    let reason = match finding.proposes.first() {
        Some(reason) => reason.to_string(),
        None => format!("@{}", finding.object),
    };
    Some((finding.check.clone(), reason, sure))
}

pub fn markdown(cases: impl Iterator<Item = &'static Case>) -> String {
    let mut counts: BTreeMap<&str, Count> = ALL.iter().map(|check| (check.id(), Count::default())).collect();
    let mut deviations = String::new();
    let (mut total, mut silent) = (0, 0);
    for case in cases {
        total += 1;
        silent += u32::from(case.expect.is_empty());
        let mut scene = Scene::of(case.base);
        (case.change)(&mut scene);
        let mut found: Vec<_> = scene.findings().iter().filter_map(said).collect();
        for (check, exactly, reason) in case.expect {
            let at = found.iter().position(|(by, of, sure)| by == check && of == reason && sure == exactly);
            let count = counts.entry(check).or_default();
            match at {
                Some(at) => {
                    found.remove(at);
                    count.hits += 1;
                }
                None => {
                    count.misses += 1;
                    let _ = writeln!(
                        deviations,
                        "- {}: `{check}` does not say {reason} ({exactly:?})",
                        case.name
                    );
                }
            }
        }
        for (check, reason, sure) in &found {
            // The same thing said about another place of the filing is said once more, not wrongly.
            let known = case
                .expect
                .iter()
                .any(|(by, how, of)| (by, of, how) == (&check.as_str(), &reason.as_str(), sure));
            if !known {
                let id = ALL.iter().map(|check| check.id()).find(|id| id == check).unwrap();
                counts.entry(id).or_default().alarms += 1;
                let _ = writeln!(deviations, "- {}: `{check}` says {reason} ({sure:?})", case.name);
            }
        }
        for check in ALL {
            let expected = case.expect.iter().any(|(by, _, _)| *by == check.id());
            let spoke = found.iter().any(|(by, _, _)| by == check.id());
            if !expected && !spoke {
                counts.entry(check.id()).or_default().silent += 1;
            }
        }
    }
    let mut page = format!(
        "# Precision and recall (准确率与召回率)\n\n\
         Made from the labelled set in `tests/labelled`; `HEYAN_BLESS=1 cargo test --test labelled` writes it anew.\n\n\
         {total} cases over all rows of the published list, each a clean filing with one named change; {silent} of them are \
         near-misses in which nobody may speak. What is expected is written beside each change and does not come from the \
         checks. A hit is a doubt or a fail, as expected and no other, of the expected check for the expected reason \
         and object. Whatever else is said and is no pass, also that something could not be judged, is a false alarm. Precision is hits / (hits + false alarms), recall hits / (hits + misses). The set is made \
         up: it shows that rules do what they say, not how often the world breaks them.\n\n\
         | check | hits | false alarms | misses | rightly silent | precision | recall |\n\
         |---|---|---|---|---|---|---|\n"
    );
    let share = |part: u32, other: u32| match part + other {
        0 => "-".to_owned(),
        all => format!("{:.2}", f64::from(part) / f64::from(all)),
    };
    for check in ALL {
        let Count { hits, alarms, misses, silent } = &counts[check.id()];
        let (precision, recall) = (share(*hits, *alarms), share(*hits, *misses));
        let _ = writeln!(
            page,
            "| `{}` | {hits} | {alarms} | {misses} | {silent} | {precision} | {recall} |",
            check.id()
        );
    }
    page.push_str("\n## Deviations\n\n");
    page.push_str(if deviations.is_empty() { "None.\n" } else { &deviations });
    page
}

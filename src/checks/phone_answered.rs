//! Whether the filed person answers the filed telephone (电话核实), in special verification. A machine cannot know: a
//! person calls and writes down who answered, and what is said here is what was written.
//!
//! Nobody answering is plain only after two attempts at least an hour apart (domain reference 3).

use jiff::{SignedDuration, Timestamp};

use super::Check;
use super::registry::day_in_china;
use super::statement::Statement;
use crate::domain::case::Case;
use crate::domain::evidence::{CallOutcome, Gatherer, KeptEvidence, Mark, Observation, Subject};
use crate::domain::filing::{OrderType, Role};
use crate::domain::finding::{EvidenceRef, Finding, Section};
use crate::domain::message::Message;
use crate::domain::object::{PersonPlaces, Place};

/// Between two attempts.
const APART: SignedDuration = SignedDuration::from_hours(1);

/// A call from further back says nothing of who answers today, in days.
const COUNTS_DAYS: i32 = 90;

pub struct PhoneAnswered;

impl Check for PhoneAnswered {
    fn id(&self) -> &'static str {
        "phone_answered"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &["CON-NO-ANSWER", "CON-INVALID", "CON-NOT-OWNER", "CON-UNAWARE"]
    }

    fn gatherers(&self) -> &'static [Gatherer] {
        &[Gatherer::Call]
    }

    /// Each number once, where it stands first.
    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        if case.filing.order_type != OrderType::SpecialVerification {
            return;
        }
        let mut seen: Vec<Subject> = Vec::new();
        for (role, person) in case.filing.principals() {
            let places = PersonPlaces::of(role);
            let landline = person.landline.as_deref().unwrap_or_default();
            for (line, place, number) in [
                (Line::Mobile, places.mobile, person.mobile.as_str()),
                (Line::Landline, places.landline, landline),
            ] {
                if let Some(subject) = Subject::phone(number)
                    && !seen.contains(&subject)
                {
                    out.extend(self.judge(case, &subject, role, line, place));
                    seen.push(subject);
                }
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    /// Reaches one person.
    Mobile,
    /// Rings in an office.
    Landline,
}

impl PhoneAnswered {
    fn judge(
        &self,
        case: &Case<'_>,
        subject: &Subject,
        role: Role,
        line: Line,
        place: Place,
    ) -> Option<Finding> {
        let about = Statement::about(self, Section::Contact, place);
        let calls: Vec<(&KeptEvidence, CallOutcome)> = case
            .known
            .observed(Gatherer::Call, subject)
            .filter_map(|kept| match kept.evidence.observation {
                Observation::Call(call) if counts(case, kept.evidence.observed_at) => {
                    Some((kept, call.outcome))
                }
                _ => None,
            })
            .collect();
        let Some((last, outcome)) = calls.first() else {
            let question = match role {
                Role::EntityPrincipal => "checks.phone_ask_entity_principal",
                Role::SitePrincipal => "checks.phone_ask_site_principal",
            };
            return case.known.requires(Gatherer::Call).then(|| about.warn(question));
        };
        let about = about.resting_on(EvidenceRef::marked(last, Mark::Field("outcome".to_owned())));
        Some(match outcome {
            CallOutcome::Person => about.pass("checks.phone_person"),
            CallOutcome::Colleague if line == Line::Landline => about.pass("checks.phone_office"),
            CallOutcome::Colleague => about.warn("checks.phone_colleague"),
            CallOutcome::NotOwner => about.fail("CON-NOT-OWNER", "checks.phone_not_owner"),
            CallOutcome::Invalid => about.fail("CON-INVALID", "checks.phone_invalid"),
            CallOutcome::Unaware => about.fail("CON-UNAWARE", "checks.phone_unaware"),
            CallOutcome::NoAnswer => unanswered(about, &calls),
        })
    }
}

/// Attempts since somebody last answered, the newest first.
fn unanswered(about: Statement<'_>, calls: &[(&KeptEvidence, CallOutcome)]) -> Finding {
    let attempts: Vec<&KeptEvidence> = calls
        .iter()
        .take_while(|(_, outcome)| *outcome == CallOutcome::NoAnswer)
        .map(|(kept, _)| *kept)
        .collect();
    let message = |id: &str| Message::new(id).with("count", attempts.len());
    let Some((last, first)) = attempts.first().zip(attempts.last()) else {
        return about.warn(message("checks.phone_again"));
    };
    if last.evidence.observed_at.duration_since(first.evidence.observed_at) < APART {
        return about.warn_of("CON-NO-ANSWER", message("checks.phone_again"));
    }
    let about = about.resting_on(EvidenceRef::kept(first));
    about.fail("CON-NO-ANSWER", message("checks.phone_no_answer"))
}

fn counts(case: &Case<'_>, called_at: Timestamp) -> bool {
    (case.day - day_in_china(called_at)).get_days() <= COUNTS_DAYS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{Sample, run_table};
    use crate::domain::evidence::Call;

    /// A call so many hours before noon.
    fn call(sample: &mut Sample, number: &str, hours: i64, outcome: CallOutcome) {
        let subject = Subject::phone(number).unwrap();
        sample.knows(subject, hours, Observation::Call(Call { outcome }));
    }

    fn mobile(sample: &mut Sample, hours: i64, outcome: CallOutcome) {
        call(sample, "13900000001", hours, outcome);
    }

    #[test]
    fn what_was_written_down_is_said() {
        use CallOutcome::{Colleague, Invalid, NoAnswer, NotOwner, Person, Unaware};
        run_table(
            &PhoneAnswered,
            Sample::enterprise,
            &[
                ("the person", |s| mobile(s, 2, Person), &[]),
                ("a colleague", |s| mobile(s, 2, Colleague), &["warn epr.mobile"]),
                ("a colleague in the office", |s| call(s, "0755-22220001", 2, Colleague), &[]),
                ("somebody else", |s| mobile(s, 2, NotOwner), &["fail CON-NOT-OWNER@epr.mobile"]),
                ("out of service", |s| mobile(s, 2, Invalid), &["fail CON-INVALID@epr.mobile"]),
                ("knows nothing", |s| mobile(s, 2, Unaware), &["fail CON-UNAWARE@epr.mobile"]),
                ("once nobody", |s| mobile(s, 2, NoAnswer), &["warn CON-NO-ANSWER@epr.mobile"]),
                (
                    "twice at once",
                    |s| {
                        mobile(s, 2, NoAnswer);
                        mobile(s, 2, NoAnswer);
                    },
                    &["warn CON-NO-ANSWER@epr.mobile"],
                ),
                (
                    "twice an hour apart",
                    |s| {
                        mobile(s, 3, NoAnswer);
                        mobile(s, 2, NoAnswer);
                    },
                    &["fail CON-NO-ANSWER@epr.mobile"],
                ),
                (
                    "answered in between",
                    |s| {
                        mobile(s, 5, NoAnswer);
                        mobile(s, 3, Colleague);
                        mobile(s, 2, NoAnswer);
                    },
                    &["warn CON-NO-ANSWER@epr.mobile"],
                ),
                (
                    "answered at last",
                    |s| {
                        mobile(s, 5, NoAnswer);
                        mobile(s, 3, NoAnswer);
                        mobile(s, 2, Person);
                    },
                    &[],
                ),
                ("last spring", |s| mobile(s, 24 * 200, NotOwner), &[]),
                (
                    "no special verification",
                    |s| {
                        mobile(s, 2, NotOwner);
                        s.filing.order_type = OrderType::First;
                    },
                    &[],
                ),
            ],
        );
    }

    #[test]
    fn who_was_not_called_is_asked_for_each_number_once() {
        run_table(
            &PhoneAnswered,
            Sample::enterprise,
            &[
                (
                    "nobody yet",
                    |s| s.requires(Gatherer::Call),
                    &["warn epr.mobile", "warn epr.landline", "warn spr.mobile", "warn spr.landline"],
                ),
                (
                    "one number for both, and no landline",
                    |s| {
                        s.requires(Gatherer::Call);
                        s.filing.entity.principal.landline = None;
                        s.site().principal.landline = Some(String::new());
                        s.site().principal.mobile = "+86 139 0000 0001".into();
                    },
                    &["warn epr.mobile"],
                ),
                (
                    "too long ago",
                    |s| {
                        s.requires(Gatherer::Call);
                        s.filing.entity.principal.landline = None;
                        s.filing.site = None;
                        mobile(s, 24 * 91, CallOutcome::Person);
                    },
                    &["warn epr.mobile"],
                ),
            ],
        );
    }
}

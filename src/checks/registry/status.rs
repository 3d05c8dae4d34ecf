//! Whether the registry knows the entity, and in which state (登记状态).
//!
//! 查询无结果 is a doubt: new companies, government and military bodies are not in the public register. What cannot be
//! undone (注销, 吊销) is plain; a state that is lifted from one day to the next is plain only in a record of these days.

use super::super::Check;
use super::super::statement::Statement;
use super::{GATHERERS, Known, Registered, known};
use crate::domain::case::Case;
use crate::domain::evidence::{Gatherer, RegistryStatus as Status};
use crate::domain::finding::{EvidenceRef, Finding, Section};
use crate::domain::message::Message;
use crate::domain::object::Place;
use crate::domain::safe::safe;

pub struct RegistryStatus;

impl Check for RegistryStatus {
    fn id(&self) -> &'static str {
        "registry_status"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &["ENT-LOOKUP-NONE", "ENT-DEREGISTERED", "ENT-REVOKED", "ENT-ABNORMAL", "ENT-SUSPENDED"]
    }

    fn gatherers(&self) -> &'static [Gatherer] {
        GATHERERS
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let Some(known) = known(case) else { return };
        let number = self.about(Place::Number);
        match known {
            Known::Record(registered) => {
                out.push(self.judge(&registered));
                out.extend(registered.old_days.map(|days| self.old(&registered, days)));
            }
            Known::NotFound(kept) => out.push(
                number
                    .observed(&case.filing.entity.certificate_number)
                    .resting_on(EvidenceRef::kept(kept))
                    .warn_of("ENT-LOOKUP-NONE", "checks.registry_none"),
            ),
            Known::Nothing(_) if !case.known.requires(Gatherer::Registry) => {}
            Known::Nothing(None) => out.push(number.not_run("checks.registry_not_asked")),
            Known::Nothing(Some((kept, fault))) => {
                let why = Message::new("checks.registry_no_answer")
                    .with("fault", format_args!("@checks.registry_fault_{}", fault.kind));
                out.push(number.resting_on(EvidenceRef::kept(kept)).not_run(why));
            }
        }
    }
}

impl RegistryStatus {
    fn about(&self, place: Place) -> Statement<'_> {
        Statement::about(self, Section::Entity, place)
    }

    fn judge(&self, registered: &Registered<'_>) -> Finding {
        let status = registered.record.status;
        let place = match status {
            Status::Abnormal | Status::Suspended | Status::Liquidating => Place::Entity,
            _ => Place::Number,
        };
        let about = self.about(place).resting_on(registered.field("status"));
        let word = |id: &str| Message::new(id).with("word", safe(&registered.record.status_text));
        let lasting = |code: &str| about.fail(code, word("checks.registry_gone"));
        let passing = |code: &str, id: &str| registered.differs(&about, code, word(id));
        match status {
            Status::Active => about.pass(word("checks.registry_active")),
            Status::Deregistered => lasting("ENT-DEREGISTERED"),
            Status::Revoked => lasting("ENT-REVOKED"),
            Status::Abnormal => passing("ENT-ABNORMAL", "checks.registry_abnormal"),
            Status::Suspended | Status::Liquidating => passing("ENT-SUSPENDED", "checks.registry_suspended"),
            Status::Annulled => about.warn_of("ENT-DEREGISTERED", word("checks.registry_annulled")),
            Status::MovedOut => about.warn(word("checks.registry_moved")),
            Status::Other => about.warn(word("checks.registry_word")),
        }
    }

    fn old(&self, registered: &Registered<'_>, days: i64) -> Finding {
        let field = if registered.record.as_of.is_some() { "as_of" } else { "status" };
        let about = self.about(Place::Entity).resting_on(registered.field(field));
        about.warn(Message::new("checks.registry_old").with("days", days))
    }
}

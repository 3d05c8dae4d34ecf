//! Whether the provider's own resource behind a filed address still runs (接入资源), as the provider's systems say: the
//! seed names 备案服务器已过期 as the cause of its last row. It comes with an import; nobody else can know.

use super::Check;
use super::registry::day_in_china;
use super::statement::Statement;
use crate::domain::case::Case;
use crate::domain::evidence::{Gatherer, KeptEvidence, Mark, Observation, Resource, ResourceState, Subject};
use crate::domain::finding::{EvidenceRef, Finding, Section};
use crate::domain::message::Message;
use crate::domain::object::Place;

const EXPIRED: &str = "ACC-RESOURCE-EXPIRED";

/// An older word says nothing of today, in days: what had ended may have been renewed.
const COUNTS_DAYS: i32 = 7;

pub struct AccessResource;

impl Check for AccessResource {
    fn id(&self) -> &'static str {
        "access_resource"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &[EXPIRED]
    }

    fn gatherers(&self) -> &'static [Gatherer] {
        &[Gatherer::Resource]
    }

    /// Each address is told of by itself where its resource does not run; else one word for all.
    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        if !case.filing.order_type.needs_materials() {
            return;
        }
        let mut addresses: Vec<_> =
            case.filing.access.iter().flat_map(|access| &access.ip_ranges).map(|range| range.first).collect();
        addresses.sort();
        addresses.dedup();
        let before = out.len();
        let mut running = None;
        let mut unknown = false;
        for address in addresses {
            let subject = Subject::Address(address);
            match case.known.latest(Gatherer::Resource, &subject) {
                None => unknown = true,
                Some(kept) => {
                    if let Observation::Resource(resource) = &kept.evidence.observation {
                        match self.judge(case, kept, resource, address) {
                            Some(finding) => out.push(finding),
                            None => running = running.or(Some(kept)),
                        }
                    }
                }
            }
        }
        let about = Statement::about(self, Section::Access, Place::Access);
        if unknown && case.known.requires(Gatherer::Resource) {
            out.push(about.not_run("checks.resource_unknown"));
        } else if let Some(kept) = running.filter(|_| out.len() == before && !unknown) {
            out.push(about.resting_on(EvidenceRef::kept(kept)).pass("checks.resource_running"));
        }
    }
}

impl AccessResource {
    /// None where it runs.
    fn judge(
        &self,
        case: &Case<'_>,
        kept: &KeptEvidence,
        resource: &Resource,
        address: std::net::IpAddr,
    ) -> Option<Finding> {
        let ended = resource.expires_on.filter(|day| *day < case.day);
        let field = if ended.is_some() { "expires_on" } else { "state" };
        let about = Statement::about(self, Section::Access, Place::Access)
            .resting_on(EvidenceRef::marked(kept, Mark::Field(field.to_owned())));
        let message = |id: &str| Message::new(id).with("address", address);
        let old = (case.day - day_in_china(kept.evidence.observed_at)).get_days() > COUNTS_DAYS;
        let finding = match (resource.state, ended) {
            (ResourceState::Running, None) => return None,
            (ResourceState::Expired | ResourceState::Released, _) if old => {
                about.warn_of(EXPIRED, message("checks.resource_long_ago"))
            }
            // The word is older than the day that it names: it may have been renewed.
            (ResourceState::Running, Some(_)) => about.warn_of(EXPIRED, message("checks.resource_ended")),
            (ResourceState::Expired, _) => about.fail(EXPIRED, message("checks.resource_expired")),
            (ResourceState::Released, _) => about.fail(EXPIRED, message("checks.resource_released")),
        };
        Some(match ended {
            Some(day) => finding.seen(day, case.day),
            None => finding,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{Sample, run_table};

    /// One filed address.
    fn enterprise() -> Sample {
        let mut sample = Sample::enterprise();
        let access =
            r#"{ "provider": "样例云", "ip_ranges": [{ "first": "192.0.2.11", "last": "192.0.2.20" }] }"#;
        sample.filing.access = vec![serde_json::from_str(access).unwrap()];
        sample
    }

    fn resource(sample: &mut Sample, state: ResourceState, expires_on: Option<&str>) {
        let first = "192.0.2.11".parse().unwrap();
        let expires_on = expires_on.map(|day| day.parse().unwrap());
        let observation = Observation::Resource(Resource { state, expires_on });
        sample.knows(Subject::Address(first), 5, observation);
    }

    #[test]
    fn a_resource_that_no_longer_runs_is_named() {
        run_table(
            &AccessResource,
            enterprise,
            &[
                ("running", |s| resource(s, ResourceState::Running, Some("2027-01-01")), &[]),
                ("running to this day", |s| resource(s, ResourceState::Running, Some("2026-11-23")), &[]),
                (
                    "running, it was said",
                    |s| resource(s, ResourceState::Running, Some("2026-11-22")),
                    &["warn ACC-RESOURCE-EXPIRED@access"],
                ),
                (
                    "expired",
                    |s| resource(s, ResourceState::Expired, None),
                    &["fail ACC-RESOURCE-EXPIRED@access"],
                ),
                (
                    "released",
                    |s| resource(s, ResourceState::Released, Some("2026-01-01")),
                    &["fail ACC-RESOURCE-EXPIRED@access"],
                ),
                (
                    "expired, it was said long ago",
                    |s| {
                        resource(s, ResourceState::Expired, None);
                        s.evidence[0].evidence.observed_at -= jiff::SignedDuration::from_hours(24 * 8);
                    },
                    &["warn ACC-RESOURCE-EXPIRED@access"],
                ),
                (
                    "renewed since",
                    |s| {
                        resource(s, ResourceState::Expired, None);
                        resource(s, ResourceState::Running, None);
                    },
                    &[],
                ),
                ("nobody says", |_| {}, &[]),
                ("somebody must", |s| s.requires(Gatherer::Resource), &["not_run access"]),
            ],
        );
    }

    #[test]
    fn all_running_is_one_word() {
        let mut sample = enterprise();
        resource(&mut sample, ResourceState::Running, None);
        assert_eq!(sample.said(&AccessResource), ["pass resource_running"]);
    }
}

//! The rules that were made for websites (网站), and what a check says of the services that they do not speak of.

use super::Check;
use super::statement::Statement;
use crate::domain::case::Case;
use crate::domain::filing::{ServiceType, Site};
use crate::domain::finding::{Finding, Section};
use crate::domain::message::Message;
use crate::domain::object::Place;

/// The website that the rules apply to. An app, mini-program or quick app gets one "not run" with the reason; an order
/// without a site, or one that only cancels, gets nothing.
pub(super) fn website<'a>(
    check: &dyn Check,
    place: Place,
    case: &Case<'a>,
    out: &mut Vec<Finding>,
) -> Option<&'a Site> {
    let site = case.filing.site.as_ref().filter(|_| case.filing.order_type.needs_materials())?;
    let service = match site.service_type {
        ServiceType::Website => return Some(site),
        ServiceType::App => "@checks.service_app",
        ServiceType::MiniProgram => "@checks.service_mini_program",
        ServiceType::QuickApp => "@checks.service_quick_app",
    };
    let message = Message::new("checks.website_only")
        .with("rule", format_args!("@checks.rule_{}", check.id()))
        .with("service", service);
    out.push(Statement::about(check, Section::Site, place).not_run(message));
    None
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Sample;
    use super::super::{ALL, judge};
    use super::*;
    use crate::domain::filing::OrderType;
    use crate::domain::finding::{Status, Tally};

    /// Checks whose rules are about websites alone.
    const WEBSITE_RULES: [&str; 4] = ["site_name", "site_service", "filed_domains", "home_url"];

    #[test]
    fn other_services_are_told_once_by_each_check_and_are_never_clean() {
        for service in [ServiceType::App, ServiceType::MiniProgram, ServiceType::QuickApp] {
            let mut sample = Sample::enterprise();
            sample.site().service_type = service;
            sample.site().name = "不合网站规则的 App ★".into();
            sample.form().site_name = Some("不合网站规则的 App ★".into());
            let findings = judge(&sample.case());
            let not_run: Vec<&str> = findings
                .iter()
                .filter(|finding| finding.message.id == "checks.website_only")
                .map(|finding| finding.check.as_str())
                .collect();
            assert_eq!(not_run, WEBSITE_RULES, "{service}");
            for check in ALL {
                // Holds each sentence to have its words.
                sample.findings(*check);
            }
            let others = findings.iter().filter(|finding| !WEBSITE_RULES.contains(&finding.check.as_str()));
            assert!(others.clone().all(|finding| finding.status == Status::Pass), "{service}");
            assert!(!Tally::of(&findings).clean(), "{service}");
        }
    }

    #[test]
    fn a_cancellation_and_an_order_without_a_site_are_not_judged() {
        let mut cancelled = Sample::enterprise();
        cancelled.filing.order_type = OrderType::Cancel;
        let mut bare = Sample::enterprise();
        bare.filing.site = None;
        for sample in [cancelled, bare] {
            for check in ALL.iter().filter(|check| WEBSITE_RULES.contains(&check.id())) {
                assert_eq!(sample.said(*check), [""; 0], "{}", check.id());
            }
        }
    }
}

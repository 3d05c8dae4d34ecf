//! Whether the ministry has approved a domain's registrar (域名注册商) and its top-level domain (顶级域), which alone can be
//! filed (工信部令第43号第五条; domain reference 4.3). A list that is not complete gives doubts, never failures.

use super::Check;
use super::filed_names::FiledName;
use super::registration::Asked;
use super::statement::Statement;
use crate::domain::approved::{Approval, ApprovedKind, ApprovedList};
use crate::domain::case::Case;
use crate::domain::domain_name;
use crate::domain::evidence::Gatherer;
use crate::domain::finding::Finding;
use crate::domain::message::Message;

const REGISTRAR: Rule = Rule {
    code: "DOM-REGISTRAR-UNAPPROVED",
    listed: "checks.registrar_listed",
    not_listed: "checks.registrar_not_listed",
    unknown: "checks.registrar_unknown",
};

const TOP_LEVEL: Rule = Rule {
    code: "DOM-TLD-UNAPPROVED",
    listed: "checks.tld_listed",
    not_listed: "checks.tld_not_listed",
    unknown: "checks.tld_unknown",
};

pub struct DomainRegistrar;

impl Check for DomainRegistrar {
    fn id(&self) -> &'static str {
        "domain_registrar"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &[REGISTRAR.code, TOP_LEVEL.code]
    }

    fn gatherers(&self) -> &'static [Gatherer] {
        &[Gatherer::Registration]
    }

    /// That nothing was looked up, or nothing answered, is told by `domain_registration`, once.
    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let top_levels = ApprovedList::shipped(ApprovedKind::TopLevelDomains);
        let registrars = ApprovedList::shipped(ApprovedKind::Registrars);
        for domain in &FiledName::all(case) {
            let top = domain.name.rsplit('.').next().unwrap_or_default();
            let shown = domain_name::unicode(top);
            let asked = Asked::of(case, domain);
            let approval = top_levels.tld(top);
            // A usual suffix is worth a word only beside what was looked up.
            if asked.is_some() || approval != Approval::Listed {
                out.push(TOP_LEVEL.judge(&domain.about(self), &shown, approval, top_levels));
            }
            let Some(asked) = asked else { continue };
            let Some(registration) = asked.registered() else { continue };
            match &registration.registrar {
                Some(registrar) => {
                    let about = domain.about(self).resting_on(asked.line(registrar.line));
                    let approval = registrars.registrar(&registrar.value);
                    out.push(REGISTRAR.judge(&about, &registrar.value, approval, registrars));
                }
                None if case.known.requires(Gatherer::Registration) => {
                    let about = domain.about(self).resting_on(asked.line(None));
                    out.push(about.not_run("checks.registrar_absent"));
                }
                None => {}
            }
        }
    }
}

/// What is said of a name by a list.
struct Rule {
    code: &'static str,
    listed: &'static str,
    not_listed: &'static str,
    unknown: &'static str,
}

impl Rule {
    fn judge(&self, about: &Statement<'_>, name: &str, approval: Approval, list: &ApprovedList) -> Finding {
        let message = |id| Message::new(id).with("name", name).with("version", list.version());
        match approval {
            Approval::Listed => about.pass(message(self.listed)),
            Approval::NotListed => about.fail(self.code, message(self.not_listed)),
            Approval::Unknown => about.warn_of(self.code, message(self.unknown)),
        }
    }
}

#[cfg(test)]
mod tests;

//! What a natural person's site has no business to show (domain reference 4.6): an enterprise, buying and paying;
//! comments, guest books, registration.
//!
//! A doubt at most. A login alone is how the owner writes his diary, a search helps to read it.

use super::Check;
use super::page::{Shown, Signs, visited};
use super::statement::Statement;
use crate::domain::case::Case;
use crate::domain::evidence::{FormKind, Gatherer};
use crate::domain::finding::{Finding, Section};
use crate::domain::lexicon::{Lexicon, List};
use crate::domain::object::Place;

pub struct IndividualContent;

impl Check for IndividualContent {
    fn id(&self) -> &'static str {
        "individual_content"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &["CNT-PERSONAL-ENTERPRISE", "CNT-PERSONAL-INTERACTIVE"]
    }

    fn gatherers(&self) -> &'static [Gatherer] {
        &[Gatherer::Website]
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        if !case.filing.is_individual() {
            return;
        }
        let about = Statement::about(self, Section::Site, Place::SiteContent);
        let Some(visited) = visited(&about, case, out) else { return };
        for shown in &visited.pages {
            let (enterprise, interactive) = signs(shown, &case.filing.province);
            if enterprise.is_empty() && interactive.is_empty() {
                out.push(about.pass("checks.individual_content_fine"));
            }
            for (signs, code, message) in [
                (enterprise, "CNT-PERSONAL-ENTERPRISE", "checks.individual_content_enterprise"),
                (interactive, "CNT-PERSONAL-INTERACTIVE", "checks.individual_content_interactive"),
            ] {
                if !signs.is_empty() {
                    out.push(signs.under(about.warn_of(code, signs.message(message))));
                }
            }
        }
    }
}

/// Signs of an enterprise, and of interaction.
fn signs<'a>(shown: &'a Shown<'a>, province: &str) -> (Signs<'a>, Signs<'a>) {
    let lexicon = Lexicon::shipped(List::IndividualContent);
    let (mut enterprise, mut interactive) = (Signs::none(shown, lexicon), Signs::none(shown, lexicon));
    for signs in Signs::of(shown, List::IndividualContent, province) {
        match signs.topic() {
            Some("interactive") => interactive = signs,
            _ => enterprise = signs,
        }
    }
    let owners = shown.reading().map_or(&[][..], |reading| &reading.organisations);
    for owner in owners.iter().filter(|organisation| organisation.owner) {
        enterprise.add(owner.line, &owner.name, &owner.name);
    }
    shown.forms(&[FormKind::Payment, FormKind::Cart]).for_each(|form| enterprise.add_form(form));
    shown.forms(&[FormKind::Comment, FormKind::Register]).for_each(|form| interactive.add_form(form));
    (enterprise, interactive)
}

#[cfg(test)]
mod tests;

//! What a natural person's site may not be called: like a business or a trade, a place, or the person. All of it is
//! for a human to judge.

use super::Name;
use crate::checks::statement::Statement;
use crate::domain::codes;
use crate::domain::finding::Finding;
use crate::domain::lexicon::{self, List};
use crate::domain::message::{Lang, Message};

/// The most characters of a person's site name.
const MOST: usize = 10;

pub fn doubts(name: &Name<'_>, about: &Statement<'_>) -> Vec<Finding> {
    let words = name.words(List::IndividualNames).into_iter().map(|words| {
        let message = words.message("checks.site_name_individual_word");
        about.warn_of("SITE-NAME-PERSONAL", message).resting_on(words.evidence())
    });
    words.chain(own_name(name, about)).chain(place(name, about)).chain(long(name, about)).collect()
}

fn own_name(name: &Name<'_>, about: &Statement<'_>) -> Option<Finding> {
    let person = lexicon::plain(&name.filing.entity.name);
    (!person.is_empty() && name.plain.contains(&*person))
        .then(|| about.warn_of("SITE-NAME-PERSONAL", "checks.site_name_own_name"))
}

/// Provinces only: most names of smaller places are ordinary words somewhere else.
fn place(name: &Name<'_>, about: &Statement<'_>) -> Option<Finding> {
    let province =
        codes::provinces().iter().find(|province| name.plain.contains(province.label(Lang::Zh)))?;
    let message = Message::new("checks.site_name_place").with("place", province.label(Lang::Zh));
    Some(about.warn_of("SITE-NAME-PERSONAL", message))
}

fn long(name: &Name<'_>, about: &Statement<'_>) -> Option<Finding> {
    let count = name.plain.chars().count();
    let message = || Message::new("checks.site_name_long").with("count", count).with("most", MOST);
    (count > MOST).then(|| about.warn_of("SITE-NAME-INVALID", message()))
}

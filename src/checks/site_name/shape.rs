//! Of what characters a name is made: at most one fault, the one that explains the others.

use super::Name;
use crate::checks::statement::Statement;
use crate::domain::finding::Finding;
use crate::domain::message::Message;

/// The fewest Chinese characters of a name.
const FEWEST: usize = 3;

/// Punctuation that names of firms and of people do have; the last one parts Tibetan syllables.
const JOINERS: [char; 7] = ['·', '-', '&', '(', ')', '—', '་'];

pub fn fault(name: &Name<'_>, about: &Statement<'_>) -> Option<Finding> {
    domain(name, about).or_else(|| characters(name, about)).or_else(|| length(name, about))
}

/// The name is or contains a filed domain, or is what stands before its first dot. A Chinese domain may be the brand
/// itself, so its first label says nothing.
fn domain(name: &Name<'_>, about: &Statement<'_>) -> Option<Finding> {
    let lower = name.plain.to_lowercase();
    let domain = name.site.domains.iter().map(|domain| domain.trim().to_lowercase()).find(|domain| {
        let registered = domain.strip_prefix("www.").unwrap_or(domain);
        let label = registered.split('.').next().unwrap_or_default();
        !label.is_empty() && (lower.contains(registered) || label.is_ascii() && lower == label)
    })?;
    let message = Message::new("checks.site_name_domain").with("domain", domain);
    Some(about.fail("SITE-NAME-IS-DOMAIN", message))
}

fn characters(name: &Name<'_>, about: &Statement<'_>) -> Option<Finding> {
    if name.plain.chars().all(|c| c.is_ascii_alphanumeric() || JOINERS.contains(&c)) {
        return Some(about.fail("SITE-NAME-CHARSET", "checks.site_name_latin"));
    }
    let special = |c: &char| !c.is_alphanumeric();
    if let Some(found) = name.plain.chars().find(|c| special(c) && !JOINERS.contains(c)) {
        let message = Message::new("checks.site_name_special").with("found", found);
        return Some(about.fail("SITE-NAME-CHARSET", message));
    }
    let found = name.plain.chars().find(special)?;
    let message = Message::new("checks.site_name_joiner").with("found", found);
    Some(about.warn_of("SITE-NAME-CHARSET", message))
}

/// Sites of the country's other scripts are filed, too, and no source says how their names are counted.
fn length(name: &Name<'_>, about: &Statement<'_>) -> Option<Finding> {
    let count = name.plain.chars().filter(|c| is_han(*c)).count();
    if count >= FEWEST {
        return None;
    }
    if count == 0 {
        return Some(about.warn_of("SITE-NAME-SHORT", "checks.site_name_other_script"));
    }
    let message = Message::new("checks.site_name_short").with("count", count);
    Some(about.fail("SITE-NAME-SHORT", message))
}

/// Unified ideographs with their extensions A to I, the iteration mark and the character zero.
fn is_han(c: char) -> bool {
    matches!(c, '々' | '〇' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

//! What a person saw, as dated evidence.

use jiff::Timestamp;
use jiff::civil::Date;

use super::question::{Question, REGISTRY};
use crate::domain::evidence::{
    Call, CallOutcome, Charset, Evidence, Fault, FaultKind, FooterNumber, Gathered, Gatherer, Holder, Means,
    Observation, Page, PageReading, Registration, RegistrationAnswer, RegistrationResult, RegistryAnswer,
    RegistryRecord, RegistryResult, Stated, Visit, VisitEnd, WebsiteVisits,
};
use crate::domain::message::Message;
use crate::domain::page::shown_numbers;
use crate::domain::revision::sha256_hex;

/// Evidence of means person; `status` and `values` in the order of the question's.
pub(super) fn gathered(
    question: &Question,
    source: &str,
    status: usize,
    values: &[&str],
    now: Timestamp,
) -> Result<Gathered, Message> {
    let value = |at: usize| values.get(at).copied().unwrap_or_default().to_owned();
    let mut files = Vec::new();
    let mut readings = Vec::new();
    let observation = match question.gatherer {
        Gatherer::Registry => Observation::Registry(registry(status, &value)),
        Gatherer::Registration => Observation::Registration(registration(status, &value)?),
        Gatherer::Call => {
            let outcome = CallOutcome::ALL.get(status).copied().unwrap_or(CallOutcome::NoAnswer);
            Observation::Call(Call { outcome })
        }
        _ => {
            let (visits, text) = website(&question.query().unwrap_or_default(), status, &value);
            if !text.is_empty() {
                readings.push(PageReading::of(&sha256_hex(text.as_bytes()), &text));
                files.push(text.into_bytes());
            }
            Observation::Website(visits)
        }
    };
    let evidence = Evidence {
        version: question.gatherer.version(),
        subject: question.subject.clone(),
        means: Means::Person,
        source: source.to_owned(),
        observed_at: now,
        allowed_networks: Vec::new(),
        observation,
    };
    Ok(Gathered { evidence, files, readings })
}

fn registry(status: usize, value: &dyn Fn(usize) -> String) -> RegistryAnswer {
    let result = match REGISTRY.get(status) {
        Some(status) => RegistryResult::Found(RegistryRecord {
            name: value(0),
            number: value(1),
            status: *status,
            status_text: String::new(),
            address: value(2),
            legal_representative: value(3),
            valid_until: None,
            former_names: Vec::new(),
            former_numbers: Vec::new(),
            as_of: None,
        }),
        None => RegistryResult::NotFound,
    };
    RegistryAnswer { result }
}

fn registration(status: usize, value: &dyn Fn(usize) -> String) -> Result<RegistrationAnswer, Message> {
    let stated = |text: String| Stated { value: text, line: None };
    let result = match status {
        0 => {
            let expires = value(2);
            let expires_on = match expires.as_str() {
                "" => None,
                day => {
                    let day = day.parse::<Date>();
                    let day = day.map_err(|_| Message::new("desk.lookup_bad_day").with("day", &expires))?;
                    Some(Stated { value: day, line: None })
                }
            };
            RegistrationResult::Registered(Registration {
                holder: Some(value(0))
                    .filter(|holder| !holder.is_empty())
                    .map_or(Holder::NotGiven, |holder| Holder::Named(stated(holder))),
                registrar: Some(value(1)).filter(|registrar| !registrar.is_empty()).map(stated),
                registered_on: None,
                expires_on,
                statuses: Vec::new(),
                name_servers: Vec::new(),
            })
        }
        1 => RegistrationResult::NotRegistered { line: None },
        _ => RegistrationResult::Reserved { line: None },
    };
    Ok(RegistrationAnswer { result, answer: String::new() })
}

/// What was seen of a site, and the text that was written down of it.
fn website(domain: &str, status: usize, value: &dyn Fn(usize) -> String) -> (WebsiteVisits, String) {
    let url = format!("http://{domain}/");
    let visit = |end| Visit { url: url.clone(), hops: Vec::new(), end, certificate: None };
    let end = match status {
        0 => VisitEnd::Page(0),
        1 => VisitEnd::NoAnswer(Fault::new(FaultKind::Unreachable, "")),
        _ => VisitEnd::NotResolved,
    };
    if status != 0 {
        return (WebsiteVisits { visits: vec![visit(end)], pages: Vec::new() }, String::new());
    }
    let (title, footer, content) = (value(0), value(1), value(2));
    let lines = [&title, &content, &footer].map(String::as_str);
    let text = lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    let sha256 = sha256_hex(text.as_bytes());
    let line = u32::try_from(text.lines().count()).unwrap_or(u32::MAX);
    let page = Page {
        url: url.clone(),
        status: 200,
        charset: Charset { header: None, page: None, used: "utf-8".into() },
        title,
        body_sha256: sha256.clone(),
        body_bytes: text.len() as u64,
        text_characters: u32::try_from(text.chars().filter(|c| !c.is_whitespace()).count())
            .unwrap_or(u32::MAX),
        text_sha256: Some(sha256).filter(|_| !text.is_empty()),
        footer: footer_numbers(&footer, line),
        forms: Vec::new(),
        screenshot_sha256: None,
    };
    (WebsiteVisits { visits: vec![visit(end)], pages: vec![page] }, text)
}

/// The numbers in what was typed; all of it where it looks like none, so that it is judged as it was seen.
fn footer_numbers(typed: &str, line: u32) -> Vec<FooterNumber> {
    let number = |number: &str, police| FooterNumber { number: number.to_owned(), police, link: None, line };
    let shown = shown_numbers(typed);
    if shown.is_empty() && !typed.is_empty() {
        return vec![number(typed, false)];
    }
    shown.into_iter().filter_map(|shown| Some(number(typed.get(shown.place)?, shown.police))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_police_number_is_known_as_one() {
        for (typed, expected) in [
            ("", vec![]),
            (
                "粤ICP备05000001号-1 粤公网安备44030502000001号",
                vec![("粤ICP备05000001号-1", false), ("粤公网安备44030502000001号", true)],
            ),
            ("样例", vec![("样例", false)]),
        ] {
            let numbers = footer_numbers(typed, 1);
            let read: Vec<_> = numbers.iter().map(|it| (it.number.as_str(), it.police)).collect();
            assert_eq!(read, expected, "{typed}");
        }
    }
}

//! What visits to a site found: the ways, what of the page is judged, its text with the word that decides.

use super::{Emphasis, Page, PageText, Span};
use crate::domain::evidence::{
    self, CertificateFacts, Evidence, FormKind, Mark, Observation, Visit, VisitEnd, WebsiteVisits,
};
use crate::domain::message::Message;
use crate::domain::safe::safe;
use crate::domain::{free_text, lexicon};

/// How much of a text is shown around the place that decides: lines, and characters of a line.
const LINES: usize = 150;
const CHARACTERS: usize = 600;

/// Which page's text belongs on the screen, by SHA-256: the one that the mark is in, else the page that opened.
pub fn text_to_read<'e>(evidence: &'e Evidence, mark: Option<&'e Mark>) -> Option<&'e str> {
    let Observation::Website(visits) = &evidence.observation else { return None };
    match mark {
        Some(Mark::Word { text_sha256, .. }) => Some(text_sha256),
        _ => visits.open_page().or_else(|| visits.pages.first())?.text_sha256.as_deref(),
    }
}

pub(super) fn write(page: &mut Page<'_>, visits: &WebsiteVisits) {
    for (at, visit) in visits.visits.iter().enumerate() {
        let marked = matches!(page.mark, Some(Mark::Visit(number)) if usize::from(*number) == at);
        self::visit(page, visits, visit, marked);
    }
    for (at, found) in visits.pages.iter().enumerate() {
        facts(page, at, found);
    }
    let shown = match page.mark {
        Some(Mark::Word { text_sha256, .. }) => Some(text_sha256.as_str()),
        _ => visits.open_page().or_else(|| visits.pages.first()).and_then(|page| page.text_sha256.as_deref()),
    };
    if shown.is_some() {
        text(page);
    }
}

fn visit(page: &mut Page<'_>, visits: &WebsiteVisits, visit: &Visit, marked: bool) {
    let emphasis = if marked { Emphasis::Decisive } else { Emphasis::Heading };
    page.push("", vec![Span::new(outside(&visit.url), emphasis)], marked);
    for hop in &visit.hops {
        let address = hop.address.map(|address| format!(" ({address})")).unwrap_or_default();
        let location = hop.location.as_ref().map(|to| format!(" > {to}")).unwrap_or_default();
        let text = format!("{} {}{address}{location}", hop.status, hop.url);
        page.push("", vec![Span::new(outside(&text), Emphasis::Quiet)], false);
    }
    let (said, emphasis) = match &visit.end {
        VisitEnd::Page(number) => {
            let status = visits.pages.get(usize::from(*number)).map_or(0, |page| page.status);
            let emphasis = if (200..300).contains(&status) { Emphasis::Good } else { Emphasis::Doubt };
            (Message::new("desk.ev_visit_page").with("page", number + 1).with("status", status), emphasis)
        }
        VisitEnd::NotResolved => (Message::new("desk.ev_visit_not_resolved"), Emphasis::Doubt),
        VisitEnd::Untrusted(why) => {
            (Message::new("desk.ev_visit_untrusted").with("why", why), Emphasis::Doubt)
        }
        VisitEnd::RedirectLoop => (Message::new("desk.ev_visit_loop"), Emphasis::Doubt),
        VisitEnd::TooManyRedirects => (Message::new("desk.ev_visit_too_many"), Emphasis::Doubt),
        VisitEnd::NoAnswer(fault) => {
            let why = format!("@desk.ev_fault_{}", fault.kind);
            let said = Message::new("desk.ev_visit_no_answer").with("why", why).with("detail", &fault.detail);
            (said, Emphasis::Doubt)
        }
    };
    page.sentence(&said, emphasis, marked);
    if let Some(certificate) = &visit.certificate {
        self::certificate(page, certificate);
    }
}

fn certificate(page: &mut Page<'_>, facts: &CertificateFacts) {
    let said = Message::new("desk.ev_certificate")
        .with("names", facts.names.join(" "))
        .with("issuer", &facts.issuer)
        .with("until", page.time(facts.not_after));
    page.sentence(&said, Emphasis::Quiet, false);
    if let Some(fault) = &facts.fault {
        page.push("", vec![Span::new(safe(fault).into_string(), Emphasis::Doubt)], false);
    }
}

fn facts(page: &mut Page<'_>, at: usize, found: &evidence::Page) {
    let head = Message::new("desk.ev_page").with("page", at + 1).with("url", free_text::masked(&found.url));
    let head = page.say(&head);
    page.heading(head);
    page.field("desk.ev_page_title", "title", &free_text::masked(&found.title));
    let charset = [&found.charset.header, &found.charset.page].into_iter().flatten();
    let lies = charset.clone().any(|said| !said.eq_ignore_ascii_case(&found.charset.used));
    if lies {
        let said = charset.map(String::as_str).collect::<Vec<_>>().join(" / ");
        let text = Message::new("desk.ev_charset").with("used", &found.charset.used).with("said", said);
        page.sentence(&text, Emphasis::Quiet, false);
    }
    for number in &found.footer {
        let kind = if number.police { "desk.ev_footer_police" } else { "desk.ev_footer" };
        let link = number.link.as_deref().unwrap_or_else(|| page.words("desk.ev_footer_no_link"));
        let value = format!("{} > {}", number.number, free_text::masked(link));
        page.field(kind, "footer", &value);
    }
    if found.footer.is_empty() {
        let none = page.words("desk.ev_footer_none");
        page.field("desk.ev_footer", "footer", none);
    }
    for form in &found.forms {
        let kind = page.words(form_id(form.kind));
        page.field("desk.ev_form", "forms", &format!("{kind} {}", free_text::masked(&form.sign)));
    }
}

/// What a site wrote, without control characters and with what may be a person's masked.
fn outside(text: &str) -> String {
    safe(&free_text::masked(text)).into_string()
}

const fn form_id(kind: FormKind) -> &'static str {
    match kind {
        FormKind::Login => "desk.ev_form_login",
        FormKind::Register => "desk.ev_form_register",
        FormKind::Payment => "desk.ev_form_payment",
        FormKind::Cart => "desk.ev_form_cart",
        FormKind::Comment => "desk.ev_form_comment",
        FormKind::Search => "desk.ev_form_search",
        FormKind::Other => "desk.ev_form_other",
    }
}

/// The page's text: all of a short one, else what stands around the place that decides.
fn text(page: &mut Page<'_>) {
    page.heading(page.words("desk.ev_page_text"));
    let text = match page.reader.text {
        PageText::Known(text) => text,
        PageText::Loading => {
            return page.sentence(&Message::new("desk.loading"), Emphasis::Quiet, false);
        }
        PageText::Missing(why) => return page.sentence(why, Emphasis::Doubt, false),
    };
    let (decides, word) = match page.mark {
        Some(Mark::Word { line, word, .. }) => (Some(*line as usize), word.as_str()),
        Some(Mark::Line(line)) => (Some(*line as usize), ""),
        _ => (None, ""),
    };
    let all: Vec<&str> = text.lines().collect();
    let first = decides.unwrap_or(1).saturating_sub(1 + LINES / 2);
    if first > 0 {
        let said = Message::new("desk.ev_lines_before").with("count", first);
        page.sentence(&said, Emphasis::Quiet, false);
    }
    for (at, line) in all.iter().enumerate().skip(first).take(LINES) {
        let marked = decides == Some(at + 1);
        let cut: String = around(line, if marked { word } else { "" });
        let shown = outside(&cut);
        let spans = if marked { with_word(&shown, word) } else { vec![Span::new(shown, Emphasis::Plain)] };
        page.push((at + 1).to_string(), spans, marked);
    }
    let after = all.len().saturating_sub(first + LINES);
    if after > 0 {
        page.sentence(&Message::new("desk.ev_lines_after").with("count", after), Emphasis::Quiet, false);
    }
}

/// A long line, cut to what stands around a word.
fn around(line: &str, word: &str) -> String {
    let count = line.chars().count();
    if count <= CHARACTERS {
        return line.to_owned();
    }
    let place = line.find(word).map_or(0, |at| line[..at].chars().count());
    let first = place.saturating_sub(CHARACTERS / 2).min(count - CHARACTERS);
    line.chars().skip(first).take(CHARACTERS).collect()
}

/// The line with the word in brackets, the whole of it where the word is written in other characters.
fn with_word(line: &str, word: &str) -> Vec<Span> {
    let bracketed = |text: &str| Span::new(format!("[{text}]"), Emphasis::Decisive);
    let written = [line.find(word), line.to_lowercase().find(&word.to_lowercase())];
    let at = written.into_iter().flatten().find(|at| {
        let there = line.get(*at..*at + word.len());
        there.is_some_and(|there| lexicon::plain(there) == lexicon::plain(word))
    });
    match at.filter(|_| !word.is_empty()) {
        Some(at) => {
            let (before, rest) = line.split_at(at);
            let (there, after) = rest.split_at(word.len());
            vec![Span::new(before, Emphasis::Plain), bracketed(there), Span::new(after, Emphasis::Plain)]
        }
        None => vec![Span::new(line, Emphasis::Decisive)],
    }
}

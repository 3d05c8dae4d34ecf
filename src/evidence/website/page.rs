//! One answer of a site into what is kept of it.

use url::Url;

use super::charset;
use super::controls::Controls;
use super::reading::{self, Line, Reading, TextLimits};
use crate::domain::evidence::{Charset, FooterNumber, Form, FormKind, Page};
use crate::domain::lexicon::plain;
use crate::domain::page::{Signs, refresh, shown_numbers};
use crate::domain::revision::sha256_hex;

/// Numbers and forms of one page that are kept.
const MOST: usize = 50;

/// A page with fewer visible characters says nothing but where it sends on.
const FEW_CHARACTERS: u32 = 200;

const LONGEST_TITLE: usize = 300;

/// A page and what came with it.
pub(super) struct PageRead {
    pub page: Page,
    /// The visible text, which the page names by SHA-256.
    pub text: Option<Vec<u8>>,
    /// Where the page itself sends people on, as written.
    pub sends_on: Option<String>,
}

/// An answer, as far as it is needed.
pub(super) struct Answer {
    pub url: Url,
    pub status: u16,
    pub content_type: Option<String>,
    /// The `Refresh` header, which browsers obey like the element.
    pub refresh: Option<String>,
    pub body: Vec<u8>,
}

pub(super) fn read(answer: &Answer, limits: TextLimits) -> PageRead {
    let Answer { url, status, content_type, body, .. } = answer;
    let (reading, charset) = match format(content_type.as_deref(), body) {
        Format::Html => {
            let (html, charset) = charset::decode(body, content_type.as_deref());
            (reading::read(&html, limits), charset)
        }
        Format::Text => {
            let (text, charset) = charset::decode(body, content_type.as_deref());
            (plain_text(&text, limits), charset)
        }
        Format::Other => {
            (Reading::default(), Charset { header: None, page: None, used: "binary".to_owned() })
        }
    };
    let text = reading.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n");
    let characters = text.chars().filter(|c| !c.is_whitespace()).count();
    let text_characters = u32::try_from(characters).unwrap_or(u32::MAX);
    let base = reading.base.as_deref().and_then(|base| url.join(base).ok()).unwrap_or_else(|| url.clone());
    let by_header = answer.refresh.as_deref().and_then(refresh).map(str::to_owned);
    let by_script = reading.script.clone().filter(|_| text_characters < FEW_CHARACTERS);
    let page = Page {
        url: url.to_string(),
        status: *status,
        charset,
        title: folded(&reading.title).chars().take(LONGEST_TITLE).collect(),
        body_sha256: sha256_hex(body),
        body_bytes: u64::try_from(body.len()).unwrap_or(u64::MAX),
        text_sha256: (!text.is_empty()).then(|| sha256_hex(text.as_bytes())),
        text_characters,
        footer: footer(&reading.lines, &base),
        forms: forms(&reading, url, &base),
        screenshot_sha256: None,
    };
    let sends_on = by_header.or_else(|| reading.refresh.clone()).or(by_script);
    PageRead { page, text: (!text.is_empty()).then(|| text.into_bytes()), sends_on }
}

enum Format {
    Html,
    Text,
    Other,
}

/// By what is declared; an answer that declares nothing is a page, unless it begins like no text.
fn format(content_type: Option<&str>, body: &[u8]) -> Format {
    let essence = content_type.and_then(|value| value.split(';').next()).unwrap_or_default().trim();
    match essence.to_ascii_lowercase().as_str() {
        "text/html" | "application/xhtml+xml" => Format::Html,
        "" if crate::domain::file_format::FileFormat::of(body).is_picture() => Format::Other,
        "" => Format::Html,
        "application/json" => Format::Text,
        other if other.starts_with("text/") => Format::Text,
        _ => Format::Other,
    }
}

fn plain_text(text: &str, limits: TextLimits) -> Reading {
    let mut bytes = 0;
    let lines = text.lines().map(folded).filter(|line| !line.is_empty()).take(limits.lines);
    let lines = lines.take_while(|line| {
        bytes += line.len() + 1;
        bytes <= limits.bytes
    });
    let lines = lines.map(|text| Line { text, links: Vec::new() }).collect();
    Reading { lines, ..Reading::default() }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn footer(lines: &[Line], base: &Url) -> Vec<FooterNumber> {
    let numbers = (1..).zip(lines).flat_map(|(number, line)| {
        shown_numbers(&line.text).into_iter().map(move |shown| {
            // The icon before a number is often a link of its own, so any part of the number will do.
            let covers = |place: &std::ops::Range<usize>| {
                place.start < shown.place.end && shown.place.start < place.end
            };
            let link = line
                .links
                .iter()
                .find(|(place, _)| covers(place))
                .map(|(_, address)| absolute(base, address));
            FooterNumber {
                number: line.text[shown.place].to_owned(),
                police: shown.police,
                link,
                line: number,
            }
        })
    });
    numbers.take(MOST).collect()
}

fn absolute(base: &Url, written: &str) -> String {
    base.join(written.trim()).map_or_else(|_| written.to_owned(), String::from)
}

/// Forms first, then what stands for one; each kind with each sign once.
fn forms(reading: &Reading, page: &Url, base: &Url) -> Vec<Form> {
    let signs = Signs::shipped();
    let Controls { forms, others, .. } = &reading.controls;
    let last_line = u32::try_from(reading.lines.len()).unwrap_or(u32::MAX);
    let at = |line: u32| (1..=last_line).contains(&line).then_some(line);
    let host_of = |written: &str| base.join(written).ok().and_then(|url| url.host_str().map(str::to_owned));
    let mut found: Vec<Form> = Vec::new();
    let mut add = |kind: FormKind, sign: String, line: Option<u32>| {
        let is_known = found.iter().any(|form| form.kind == kind && form.sign == sign);
        if !is_known && found.len() < MOST {
            found.push(Form { kind, sign, line });
        }
    };
    for form in forms {
        let mut parts = form.parts.clone();
        parts.host =
            form.action.as_deref().and_then(host_of).filter(|host| page.host_str() != Some(host.as_str()));
        for control in &mut parts.controls {
            control.label = plain(&control.label).into_owned();
        }
        if let Some((kind, sign)) = signs.form(&parts) {
            add(kind, sign, at(form.line));
        }
    }
    for control in others {
        let label = plain(&control.label);
        if let Some(kind) = signs.control(&label) {
            add(kind, label.clone().into_owned(), at(control.line));
        }
        if let Some((kind, host)) =
            control.address.as_deref().and_then(host_of).and_then(|host| signs.host(&host))
        {
            add(kind, host, at(control.line));
        }
    }
    for (kind, host) in reading.loads.iter().filter_map(|load| signs.host(&host_of(load)?)) {
        add(kind, host, None);
    }
    for (number, line) in (1..).zip(&reading.lines) {
        if let Some((kind, phrase)) = signs.phrase(&plain(&line.text)) {
            add(kind, phrase, Some(number));
        }
    }
    found
}

#[cfg(test)]
mod tests;

//! Pages for the tests of checks on content.

use crate::checks::fixture::Sample;
use crate::domain::evidence::{
    Charset, FooterNumber, Form, FormKind, Observation, Page, PageReading, Subject, Visit, VisitEnd,
    WebsiteVisits,
};
use crate::domain::revision::sha256_hex;

/// A page of the address with a title and a text; read as the gatherer would read it.
pub fn page(title: &str, text: &str) -> Page {
    Page {
        url: "https://yangli.example/".into(),
        status: 200,
        charset: Charset { header: None, page: None, used: "UTF-8".into() },
        title: title.into(),
        body_sha256: sha256_hex(format!("{title}\n{text}").as_bytes()),
        body_bytes: text.len() as u64,
        text_sha256: (!text.is_empty()).then(|| sha256_hex(text.as_bytes())),
        text_characters: u32::try_from(text.chars().filter(|c| !c.is_whitespace()).count()).unwrap(),
        footer: Vec::new(),
        forms: Vec::new(),
        screenshot_sha256: None,
    }
}

pub fn form(kind: FormKind, sign: &str) -> Form {
    Form { kind, sign: sign.into(), line: Some(1) }
}

pub fn number(number: &str, link: &str) -> FooterNumber {
    let link = (!link.is_empty()).then(|| link.to_owned());
    FooterNumber { number: number.into(), police: false, link, line: 1 }
}

impl Sample {
    /// The sample's first domain was visited just now and showed a page.
    pub fn shows(&mut self, page: Page, text: &str) {
        if let Some(sha256) = &page.text_sha256 {
            self.readings.push(PageReading::of(sha256, text));
        }
        self.was_visited(vec![page]);
    }

    /// The sample's first domain shows a text under a title.
    pub fn shows_text(&mut self, title: &str, text: &str) {
        self.shows(page(title, text), text);
    }

    /// A visit that came to these pages; none: it came to nothing.
    pub fn was_visited(&mut self, mut pages: Vec<Page>) {
        let domain = self.site().domains[0].clone();
        let subject = Subject::domain(&domain).unwrap();
        for page in &mut pages {
            page.url = page.url.replace("yangli.example", &domain);
        }
        let end = if pages.is_empty() { VisitEnd::NotResolved } else { VisitEnd::Page(0) };
        let visit = Visit { url: "https://yangli.example/".into(), hops: Vec::new(), end, certificate: None };
        self.knows(subject, 0, Observation::Website(WebsiteVisits { visits: vec![visit], pages }));
    }
}

//! Where the corners of documents lie in their photos, as far as the picture worker was asked.

use std::collections::HashMap;

use crate::domain::view::Quad;

/// A page of an attachment: its SHA-256, and the page from 0.
pub type Page = (String, u32);

/// The corners that are known, and those that are waited for.
#[derive(Debug, Default)]
pub struct Corners {
    known: HashMap<Page, Option<Quad>>,
    asked: Vec<Page>,
}

impl Corners {
    /// Asks for the corners on a page, once.
    pub fn ask(&mut self, sha256: &str, page: u32) {
        let page = (sha256.to_owned(), page);
        if !self.known.contains_key(&page) && !self.asked.contains(&page) {
            self.asked.push(page);
        }
    }

    /// The pages whose corners are still to be found.
    pub fn outstanding(&self) -> &[Page] {
        &self.asked
    }

    /// An answer: no corners where no document convinces.
    pub fn came(&mut self, sha256: String, page: u32, quad: Option<Quad>) {
        let page = (sha256, page);
        self.asked.retain(|asked| *asked != page);
        self.known.insert(page, quad);
    }

    /// The corners on a page; none while nobody was asked or the answer is on its way.
    pub fn of(&self, sha256: &str, page: u32) -> Option<Option<Quad>> {
        self.known.get(&(sha256.to_owned(), page)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_asked_about_once() {
        let mut corners = Corners::default();
        corners.ask("a", 0);
        corners.ask("a", 0);
        corners.ask("a", 1);
        assert_eq!(corners.outstanding().len(), 2);
        assert_eq!(corners.of("a", 0), None);
        corners.came("a".into(), 0, None);
        corners.ask("a", 0);
        assert_eq!((corners.of("a", 0), corners.outstanding().len()), (Some(None), 1));
    }
}

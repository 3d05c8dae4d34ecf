//! How pictures were looked at, and what was seen of them: kept while the desk is open, so that whoever comes back to a
//! filing finds its pictures as she left them, and need not look again at what she saw.

use std::collections::{HashMap, VecDeque};

use super::case_view::Pages;
use crate::domain::case::AttachmentFacts;
use crate::domain::filing::AttachmentKind;
use crate::domain::view::View;

/// Pictures that are remembered; a day's work has some 2,000.
const MOST: usize = 4_000;

/// Filings of which it is remembered what was seen.
const MOST_SEEN: usize = 400;

/// One file may be two materials, each looked at in its own way.
type Of = (AttachmentKind, String);

/// Views by kind and SHA-256 of the attachment. The default view is not worth a place.
#[derive(Debug, Default)]
pub struct Looks {
    views: HashMap<Of, View>,
    order: VecDeque<Of>,
    /// What was seen of the attachments of a filing (by reference) in a revision, the one left last at the end.
    seen: VecDeque<(String, String, Vec<Pages>)>,
}

impl Looks {
    /// Remembers how a picture was left.
    pub fn keep(&mut self, picture: &AttachmentFacts, view: View) {
        let of = (picture.kind, picture.sha256.clone());
        if view == View::default() {
            if self.views.remove(&of).is_some() {
                self.order.retain(|kept| *kept != of);
            }
            return;
        }
        if self.views.insert(of.clone(), view).is_none() {
            self.order.push_back(of);
        }
        if self.order.len() > MOST
            && let Some(oldest) = self.order.pop_front()
        {
            self.views.remove(&oldest);
        }
    }

    /// Remembers what was seen of a filing's attachments.
    pub(super) fn keep_seen(&mut self, reference: String, revision: &str, pages: Vec<Pages>) {
        self.seen.retain(|(known, ..)| *known != reference);
        self.seen.push_back((reference, revision.to_owned(), pages));
        if self.seen.len() > MOST_SEEN {
            self.seen.pop_front();
        }
    }

    /// What was seen of the attachments of this revision of a filing.
    pub(super) fn seen(&self, reference: &str, revision: &str) -> Option<Vec<Pages>> {
        let (.., pages) =
            self.seen.iter().find(|(of, in_revision, _)| of == reference && in_revision == revision)?;
        Some(pages.clone())
    }

    /// How a picture was left, or the whole of it.
    pub fn of(&self, picture: &AttachmentFacts) -> View {
        self.views.get(&(picture.kind, picture.sha256.clone())).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::FileFormat;

    fn picture(kind: AttachmentKind, name: &str) -> AttachmentFacts {
        AttachmentFacts { kind, sha256: name.into(), bytes: 1, format: FileFormat::Jpeg, pixels: None }
    }

    fn photo(name: &str) -> AttachmentFacts {
        picture(AttachmentKind::BackdropPhoto, name)
    }

    #[test]
    fn one_file_as_two_materials_is_two_pictures() {
        let mut looks = Looks::default();
        let (one, other) = (photo("same"), picture(AttachmentKind::Other, "same"));
        let second = View { page: 1, ..View::default() };
        looks.keep(&one, second);
        looks.keep(&other, View::default());
        assert_eq!((looks.of(&one), looks.of(&other)), (second, View::default()));
    }

    #[test]
    fn the_oldest_is_forgotten_and_the_default_takes_no_place() {
        let mut looks = Looks::default();
        let second = View { page: 1, ..View::default() };
        for name in 0..=MOST {
            looks.keep(&photo(&name.to_string()), second);
        }
        looks.keep(&photo("plain"), View::default());
        let of = |name: &str| looks.of(&photo(name));
        assert_eq!((of("0"), of("1"), of("plain")), (View::default(), second, View::default()));
        looks.keep(&photo("1"), View::default());
        assert_eq!(looks.views.len(), MOST - 1);
        assert_eq!(looks.order.len(), MOST - 1);
    }
}

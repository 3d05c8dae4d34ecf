//! How pictures were looked at: kept while the desk is open, so that whoever comes back to a filing finds its pictures
//! as she left them.

use std::collections::{HashMap, VecDeque};

use crate::domain::view::View;

/// Pictures that are remembered; a day's work has some 2,000.
const MOST: usize = 4_000;

/// Views by the SHA-256 of the attachment. The default view is not worth a place.
#[derive(Debug, Default)]
pub struct Looks {
    views: HashMap<String, View>,
    order: VecDeque<String>,
}

impl Looks {
    /// Remembers how a picture was left.
    pub fn keep(&mut self, sha256: &str, view: View) {
        if view == View::default() {
            if self.views.remove(sha256).is_some() {
                self.order.retain(|kept| kept != sha256);
            }
            return;
        }
        if self.views.insert(sha256.to_owned(), view).is_none() {
            self.order.push_back(sha256.to_owned());
        }
        if self.order.len() > MOST
            && let Some(oldest) = self.order.pop_front()
        {
            self.views.remove(&oldest);
        }
    }

    /// How a picture was left, or the whole of it.
    pub fn of(&self, sha256: &str) -> View {
        self.views.get(sha256).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_is_forgotten_and_the_default_takes_no_place() {
        let mut looks = Looks::default();
        let second = View { page: 1, ..View::default() };
        for picture in 0..=MOST {
            looks.keep(&picture.to_string(), second);
        }
        looks.keep("plain", View::default());
        assert_eq!(
            (looks.of("0"), looks.of("1"), looks.of("plain")),
            (View::default(), second, View::default())
        );
        looks.keep("1", View::default());
        assert_eq!(looks.views.len(), MOST - 1);
        assert_eq!(looks.order.len(), MOST - 1);
    }
}

//! A row's values as the tree that the typed reader takes, and from which column each came.

use super::super::json::Node;

/// A filing under construction.
#[derive(Default)]
pub(super) struct Tree {
    root: Vec<(String, Node)>,
    /// For each list, by its path: the places that the columns speak of, in order. Empty places close up.
    places: Vec<(String, Vec<usize>)>,
    /// Path in the tree and column of every value.
    origins: Vec<(String, usize)>,
}

impl Tree {
    /// Puts a value at a path that is a field's, for the first time. Of the places of a list the lower comes first.
    pub fn insert(&mut self, path: &str, value: Node, column: Option<usize>) {
        let (mut here, mut at) = (&mut self.root, String::new());
        let mut steps = path.split('.').peekable();
        while let Some(step) = steps.next() {
            let (name, place) = match step.split_once('[') {
                Some((name, place)) => (name, place.trim_end_matches(']').parse().ok()),
                None => (step, None),
            };
            if !at.is_empty() {
                at.push('.');
            }
            at.push_str(name);
            if steps.peek().is_none() {
                here.push((name.to_owned(), value));
                break;
            }
            let index = place.map(|place| close_up(&mut self.places, &at, place));
            let child = child(here, name, index.is_some());
            here = match (child, index) {
                (Node::List(items), Some(index)) => {
                    at.push_str(&format!("[{index}]"));
                    while items.len() <= index {
                        items.push(Node::Object(Vec::new()));
                    }
                    match &mut items[index] {
                        Node::Object(fields) => fields,
                        _ => return,
                    }
                }
                (Node::Object(fields), None) => fields,
                _ => return,
            };
        }
        self.origins.extend(column.map(|column| (at, column)));
    }

    /// Whether some value stands in the object at a path that columns speak of.
    pub fn has(&self, object: &str, paths: &[(usize, &str)]) -> bool {
        self.origins.iter().any(|(_, column)| {
            paths.iter().any(|(at, path)| {
                at == column && path.strip_prefix(object).is_some_and(|rest| rest.starts_with('.'))
            })
        })
    }

    /// The column from which the value at a path of the tree came, or the object or list that it is in.
    pub fn column(&self, path: &str) -> Option<usize> {
        self.origins
            .iter()
            .filter(|(origin, _)| {
                path.strip_prefix(origin.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
            })
            .max_by_key(|(origin, _)| origin.len())
            .map(|(_, column)| *column)
    }

    /// Takes the tree out; what is left knows where the values came from.
    pub fn take(&mut self) -> Node {
        Node::Object(std::mem::take(&mut self.root))
    }
}

fn close_up(lists: &mut Vec<(String, Vec<usize>)>, list: &str, place: usize) -> usize {
    let at = match lists.iter().position(|(path, _)| path == list) {
        Some(at) => at,
        None => {
            lists.push((list.to_owned(), Vec::new()));
            lists.len() - 1
        }
    };
    let places = &mut lists[at].1;
    places.iter().position(|known| *known == place).unwrap_or_else(|| {
        places.push(place);
        places.len() - 1
    })
}

fn child<'n>(fields: &'n mut Vec<(String, Node)>, name: &str, list: bool) -> &'n mut Node {
    let at = match fields.iter().position(|(field, _)| field == name) {
        Some(at) => at,
        None => {
            let empty = if list { Node::List(Vec::new()) } else { Node::Object(Vec::new()) };
            fields.push((name.to_owned(), empty));
            fields.len() - 1
        }
    };
    &mut fields[at].1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_close_up_and_values_know_their_columns() {
        let mut tree = Tree::default();
        for (column, path) in
            ["entity.principal.name", "access[1].provider", "access[1].ip_ranges", "access[3].provider"]
                .iter()
                .enumerate()
        {
            tree.insert(path, Node::Bool(true), Some(column));
        }
        tree.insert("source", Node::Null, None);
        for (path, column) in [
            ("entity.principal.name", Some(0)),
            ("access[0].provider", Some(1)),
            ("access[0].ip_ranges[2].first", Some(2)),
            ("access[1].provider", Some(3)),
            ("access[2].provider", None),
            ("source", None),
            ("entity.principal", None),
        ] {
            assert_eq!(tree.column(path), column, "{path}");
        }
        assert!(tree.has("access[3]", &[(3, "access[3].provider")]));
        assert!(!tree.has("access[2]", &[(3, "access[3].provider")]));
        let Some(Node::List(items)) = tree.take().get("access").cloned() else { panic!("no list") };
        assert_eq!(items.len(), 2);
    }
}

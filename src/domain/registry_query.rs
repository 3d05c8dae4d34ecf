//! How an operator says where to ask a registry and where the answer has what: an address with a place for the question,
//! and paths into JSON. Read by the settings, used by the connector.

use std::fmt;

use serde::Deserialize;
use serde_json::Value;
use url::Url;

/// An address with `{number}` or `{name}` where the question stands; empty: not to be asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct UrlTemplate(String);

/// Both stand for what is asked, whichever that is.
const PLACES: [&str; 2] = ["{number}", "{name}"];

impl UrlTemplate {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The address of a question; none for an empty template.
    pub fn of(&self, question: &str) -> Option<Url> {
        let encoded = encoded(question);
        let text = PLACES.iter().fold(self.0.clone(), |text, place| text.replace(place, &encoded));
        Url::parse(&text).ok()
    }
}

impl TryFrom<String> for UrlTemplate {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let template = UrlTemplate(text.trim().to_owned());
        let text = &template.0;
        if text.is_empty() {
            return Ok(template);
        }
        let expected = || {
            "expected an http or https address in which {number} or {name} stands after the host once or more, and \
             no other brace"
                .to_owned()
        };
        let bare = PLACES.iter().fold(text.clone(), |text, place| text.replace(place, ""));
        let (Some(first), Some(second)) = (template.of("1"), template.of("2")) else {
            return Err(expected());
        };
        let good = bare.len() < text.len()
            && !bare.contains(['{', '}'])
            && matches!(first.scheme(), "http" | "https")
            && first.origin() == second.origin();
        if good { Ok(template) } else { Err(expected()) }
    }
}

/// Percent-encoded but for what RFC 3986 2.3 reserves nowhere: right in a path and in a query.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len() * 3), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}

/// A place in JSON, `data.items[0].entName`; empty: nowhere.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct JsonPath {
    text: String,
    steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Field(String),
    Item(usize),
}

impl JsonPath {
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// What stands there; none where nothing or `null` does.
    pub fn find<'v>(&self, value: &'v Value) -> Option<&'v Value> {
        if self.is_empty() {
            return None;
        }
        let found = self.steps.iter().try_fold(value, |value, step| match step {
            Step::Field(name) => value.get(name),
            Step::Item(at) => value.get(at),
        });
        found.filter(|value| !value.is_null())
    }
}

impl fmt::Display for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "JsonPath({})", self.text)
    }
}

impl TryFrom<String> for JsonPath {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let text = text.trim().to_owned();
        if text.is_empty() {
            return Ok(JsonPath::default());
        }
        let steps: Option<Vec<Vec<Step>>> = text.split('.').map(steps).collect();
        match steps {
            Some(steps) => Ok(JsonPath { text, steps: steps.into_iter().flatten().collect() }),
            None => Err("expected a path such as data.items[0].name".to_owned()),
        }
    }
}

/// `items[0][1]`, or `[0]`
fn steps(part: &str) -> Option<Vec<Step>> {
    let (name, mut rest) = part.split_at(part.find('[').unwrap_or(part.len()));
    let mut steps = Vec::new();
    if name.contains(']') || part.is_empty() {
        return None;
    }
    if !name.is_empty() {
        steps.push(Step::Field(name.to_owned()));
    }
    while !rest.is_empty() {
        let (place, after) = rest.strip_prefix('[')?.split_once(']')?;
        steps.push(Step::Item(place.parse().ok()?));
        rest = after;
    }
    Some(steps)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_question_becomes_part_of_an_address_and_nothing_else() {
        let template =
            UrlTemplate::try_from("https://registry.example/q/{name}?c={number}&d=1".to_owned()).unwrap();
        for (question, expected) in [
            ("91440300MA00000077", "https://registry.example/q/91440300MA00000077?c=91440300MA00000077&d=1"),
            (
                "a/../b?x=1&y#z",
                "https://registry.example/q/a%2F..%2Fb%3Fx%3D1%26y%23z?c=a%2F..%2Fb%3Fx%3D1%26y%23z&d=1",
            ),
            ("样 例", "https://registry.example/q/%E6%A0%B7%20%E4%BE%8B?c=%E6%A0%B7%20%E4%BE%8B&d=1"),
        ] {
            assert_eq!(template.of(question).unwrap().as_str(), expected);
        }
        assert!(UrlTemplate::try_from(String::new()).unwrap().is_empty());
    }

    #[test]
    fn an_address_without_a_place_for_the_question_is_refused() {
        for text in [
            "https://registry.example/q",
            "ftp://registry.example/{number}",
            "https://{name}.example/",
            "https://registry.example:{number}/",
            "https://registry.example/{number}/{token}",
            "registry.example/{number}",
            "{number}",
        ] {
            assert!(UrlTemplate::try_from(text.to_owned()).is_err(), "{text}");
        }
    }

    #[test]
    fn paths_lead_to_values() {
        let value = json!({ "data": { "items": [{ "名称": "样例", "none": null }], "n": 1 } });
        for (path, expected) in [
            ("data.items[0].名称", Some(json!("样例"))),
            ("data.n", Some(json!(1))),
            ("data.items[1].名称", None),
            ("data.items[0].none", None),
            ("data.items.名称", None),
            ("", None),
        ] {
            let path = JsonPath::try_from(path.to_owned()).unwrap();
            assert_eq!(path.find(&value).cloned(), expected, "{path}");
        }
        let list = json!([[1, 2]]);
        assert_eq!(JsonPath::try_from("[0][1]".to_owned()).unwrap().find(&list), Some(&json!(2)));
        for bad in [".", "a..b", "a[", "a[x]", "a[0]b", "a]", "a.[", "a[-1]"] {
            assert!(JsonPath::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}

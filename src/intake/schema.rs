//! The JSON Schema of the pack format, generated from the types and committed as `docs/filing.schema.json`.

use crate::domain::filing::Filing;

/// The schema of one filing (JSON Schema 2020-12), indented, ending in a line feed.
pub fn schema() -> String {
    let mut text = format!("{:#}", schemars::schema_for!(Filing).as_value());
    text.push('\n');
    text
}

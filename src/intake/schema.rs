//! The JSON Schema of the pack format, generated from the types and committed as `docs/filing.schema.json` and
//! `docs/evidence.schema.json`.

use crate::domain::evidence::Evidence;
use crate::domain::filing::Filing;

/// The schema of one filing (JSON Schema 2020-12), indented, ending in a line feed.
pub fn schema() -> String {
    indented(&schemars::schema_for!(Filing))
}

/// The schema of one piece of evidence, likewise.
pub fn evidence_schema() -> String {
    indented(&schemars::schema_for!(Evidence))
}

fn indented(schema: &schemars::Schema) -> String {
    let mut text = format!("{:#}", schema.as_value());
    text.push('\n');
    text
}

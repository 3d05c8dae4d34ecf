//! The committed schema is the one that the types generate. `HEYAN_BLESS=1 cargo test --test schema` rewrites it.

#[path = "common/page.rs"]
mod page;

use heyan::intake::{evidence_schema, schema};

#[test]
fn the_committed_schemas_are_current() {
    page::assert_committed("docs/filing.schema.json", &schema());
    page::assert_committed("docs/evidence.schema.json", &evidence_schema());
}

#[test]
fn every_object_is_closed_and_tags_are_part_of_it() {
    fn walk(value: &serde_json::Value, open: &mut Vec<String>) {
        if let Some(object) = value.as_object() {
            if let Some(properties) = object.get("properties")
                && object.get("additionalProperties") != Some(&false.into())
            {
                open.push(properties.to_string());
            }
            object.values().for_each(|value| walk(value, open));
        }
        if let Some(items) = value.as_array() {
            items.iter().for_each(|value| walk(value, open));
        }
    }
    let schema: serde_json::Value = serde_json::from_str(&schema()).unwrap();
    let mut open = Vec::new();
    walk(&schema, &mut open);
    assert!(open.is_empty(), "{open:#?}");
    for transcript in schema["$defs"]["Transcript"]["oneOf"].as_array().unwrap() {
        assert!(transcript["properties"]["of"]["const"].is_string(), "{transcript:#}");
        assert!(transcript["properties"].as_object().unwrap().len() > 1, "{transcript:#}");
    }
}

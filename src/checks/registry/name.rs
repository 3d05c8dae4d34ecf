//! The sponsor's name against the registry: brackets and spaces apart, no letter may differ.

use super::super::statement::Statement;
use super::super::{Check, text};
use super::{GATHERERS, record, unsaid};
use crate::domain::case::Case;
use crate::domain::evidence::Gatherer;
use crate::domain::finding::{Finding, Section};
use crate::domain::object::Place;

const MISMATCH: &str = "ENT-NAME-MISMATCH";

/// What registers write where an individual business has no name of its own (个体工商户可以不使用名称).
const NAMELESS: &[&str] = &["无字号", "无字号名称", "无名称", "无"];

pub struct RegistryName;

impl Check for RegistryName {
    fn id(&self) -> &'static str {
        "registry_name"
    }

    fn proposes(&self) -> &'static [&'static str] {
        &[MISMATCH]
    }

    fn gatherers(&self) -> &'static [Gatherer] {
        GATHERERS
    }

    fn run(&self, case: &Case<'_>, out: &mut Vec<Finding>) {
        let Some(registered) = record(case) else { return };
        let (filed, name) = (&case.filing.entity.name, &registered.record.name);
        let about =
            |field| Statement::about(self, Section::Entity, Place::Name).resting_on(registered.field(field));
        if let Some(finding) = unsaid(case, &about("name"), name, "checks.registry_name_unsaid") {
            out.extend(finding);
            return;
        }
        let nameless = !name.chars().any(char::is_alphanumeric) || NAMELESS.contains(&name.trim());
        let former = registered.record.former_names.iter().any(|former| text::same(filed, former));
        out.push(if text::same(filed, name) {
            about("name").pass("checks.registry_name_same")
        } else if nameless {
            about("name").warn("checks.registry_nameless")
        } else if former {
            let about = about("former_names");
            registered.differs(&about, MISMATCH, "checks.registry_name_former").seen(filed, name)
        } else {
            registered.differs(&about("name"), MISMATCH, "checks.registry_name_differs").seen(filed, name)
        });
    }
}

//! The sponsor's name against the registry: brackets and spaces apart, no letter may differ.

use super::super::statement::Statement;
use super::super::{Check, text};
use super::{GATHERERS, record};
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
        let about = Statement::about(self, Section::Entity, Place::Name);
        let nameless = !name.chars().any(char::is_alphanumeric) || NAMELESS.contains(&name.trim());
        let former = registered.record.former_names.iter().any(|former| text::same(filed, former));
        out.push(if text::same(filed, name) {
            about.resting_on(registered.field("name")).pass("checks.registry_name_same")
        } else if nameless {
            about.resting_on(registered.field("name")).warn("checks.registry_nameless")
        } else if former {
            let about = about.resting_on(registered.field("former_names"));
            registered.differs(&about, MISMATCH, "checks.registry_name_former").seen(filed, name)
        } else {
            let about = about.resting_on(registered.field("name"));
            registered.differs(&about, MISMATCH, "checks.registry_name_differs").seen(filed, name)
        });
    }
}

//! Who would be asked for evidence, and which programs there are for it.

use super::Line;
use crate::config::Config;
use crate::domain::message::Message;
use crate::evidence::screenshot;
use crate::evidence::text::Tesseract;

pub fn examine(config: &Config) -> Vec<Line> {
    let search_path = std::env::var_os("PATH").unwrap_or_default();
    let resolvers = &config.sources.resolvers;
    let resolvers = if resolvers.is_empty() {
        Message::new("cli.doctor_system_resolvers")
    } else {
        Message::new("cli.doctor_resolvers").with("resolvers", resolvers.join(", "))
    };
    let registry = if config.registry.url.is_empty() {
        Message::new("cli.doctor_no_registry")
    } else {
        Message::new("cli.doctor_registry")
    };
    let tesseract = match Tesseract::find(&search_path) {
        Some(_) => Line::pass("sources", Message::new("cli.doctor_tesseract")),
        None => Line::warn("sources", Message::new("cli.gather_no_tesseract"), "cli.doctor_tesseract_advice"),
    };
    let browser = screenshot::installed(&search_path);
    let chromium = if browser.is_some() { "cli.doctor_chromium" } else { "cli.doctor_no_chromium" };
    vec![
        Line::pass("sources", resolvers),
        Line::pass("sources", registry),
        tesseract,
        Line::pass("sources", Message::new(chromium)),
    ]
}

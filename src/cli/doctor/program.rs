//! The program, its settings, who reviews, and the rules that come with it.

use std::path::Path;

use rustix::process::getuid;

use super::Line;
use crate::cli::{habits, session};
use crate::config::{Config, Layers, Origin};
use crate::domain::message::{Lang, Message};
use crate::domain::provinces::ProvinceRules;
use crate::domain::safe::safe;

pub fn version() -> Vec<Line> {
    let build = if cfg!(debug_assertions) { "@cli.doctor_debug" } else { "@cli.doctor_release" };
    let found = Message::new("cli.doctor_version")
        .with("version", env!("CARGO_PKG_VERSION"))
        .with("build", build)
        .with("system", format!("{} {}", std::env::consts::OS, std::env::consts::ARCH));
    vec![Line::pass("version", found)]
}

/// The settings file, and every setting that does not come from the program itself.
pub fn settings(named: Option<&Path>, layers: &Layers) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Ok(path) = session::settings_file(named) {
        let id = if path.exists() { "cli.doctor_file" } else { "cli.doctor_no_file" };
        lines.push(Line::pass("settings", Message::new(id).with("path", safe(&path.to_string_lossy()))));
    }
    let given: Vec<String> = layers
        .given()
        .map(|(name, at)| match at {
            Origin::File { line, .. } => format!("{name} (:{line})"),
            Origin::Variable(variable) => format!("{name} ({})", safe(variable)),
            Origin::CompiledIn => name.to_owned(),
        })
        .collect();
    if !given.is_empty() {
        let found =
            Message::new("cli.doctor_given").with("count", given.len()).with("names", given.join(", "));
        lines.push(Line::pass("settings", found));
    }
    lines
}

/// Whether the desk would take the keys of the settings.
pub fn keys(config: &Config, lang: Lang) -> Vec<Line> {
    match habits::keymap(&config.keys, lang) {
        Ok(_) => Vec::new(),
        Err(error) => Line::of("settings", error).into_iter().collect(),
    }
}

pub fn reviewer(flag: Option<&str>, config: &Config) -> Vec<Line> {
    let mut lines = Vec::new();
    match session::actor(flag, config) {
        Ok(actor) => {
            let found = Message::new("cli.doctor_reviewer")
                .with("name", safe(&actor.reviewer))
                .with("uid", actor.uid);
            // The limit on processes does not bind the superuser, so the picture process is confined less.
            lines.push(if getuid().is_root() {
                Line::warn("reviewer", found, "cli.doctor_root_advice")
            } else {
                Line::pass("reviewer", found)
            });
        }
        Err(error) => lines.extend(Line::of("reviewer", error)),
    }
    lines
}

/// The reason catalogue with the operator's own, and the rules of the provinces.
pub fn rules(config: &Config) -> Vec<Line> {
    let mut lines = match session::catalogue(config) {
        Ok(catalogue) => {
            let retired = catalogue.iter().filter(|reason| reason.retired).count();
            let found = Message::new("cli.doctor_reasons")
                .with("count", catalogue.iter().count())
                .with("retired", retired);
            vec![Line::pass("reasons", found)]
        }
        Err(error) => Line::of("reasons", error).into_iter().collect(),
    };
    let (count, youngest) = ProvinceRules::shipped().extent();
    let found = Message::new("cli.doctor_provinces")
        .with("count", count)
        .with("day", youngest.map_or_else(|| "-".to_owned(), |day| day.to_string()));
    lines.push(Line::pass("provinces", found));
    lines
}

//! Nothing lies about unused: texts of the catalogue, dependencies.

use std::collections::BTreeMap;

use heyan::app::command::{Context, TABLE};
use heyan::checks::ALL as CHECKS;
use heyan::domain::decision::{DecisionState, Grade, HoldKind, Verdict};
use heyan::domain::filing::{AttachmentKind, EvidenceScheme, FormTemplate, OrderType, ServiceType};
use heyan::domain::finding::{Section, Status};
use heyan::domain::message::{Lang, entries};

use super::source::Source;

/// Families of ids whose last part is a value of the program: the family and every value that there is. The parts of
/// an id that the source makes in another way (`desk.fact_{}`) are taken on trust.
fn families() -> Vec<(&'static str, Vec<&'static str>)> {
    macro_rules! texts {
        ($kind:ident) => {
            $kind::ALL.iter().map(|value| value.text()).collect()
        };
    }
    vec![
        ("checks.about_", CHECKS.iter().map(|check| check.id()).collect()),
        ("cli.decision_", texts!(DecisionState)),
        ("cli.verdict_", texts!(Verdict)),
        ("desk.cmd_", TABLE.iter().map(|row| row.name).collect()),
        ("desk.context_", Context::ALL.iter().map(|context| context.name()).collect()),
        ("desk.saved_", texts!(DecisionState)),
        ("domain.attachment_", texts!(AttachmentKind)),
        ("domain.decision_", texts!(DecisionState)),
        ("domain.grade_", texts!(Grade)),
        ("domain.hold_", texts!(HoldKind)),
        ("domain.order_type_", texts!(OrderType)),
        ("domain.scheme_", texts!(EvidenceScheme)),
        ("domain.section_", texts!(Section)),
        ("domain.service_", texts!(ServiceType)),
        ("domain.short_", texts!(AttachmentKind)),
        ("domain.status_", texts!(Status)),
        ("domain.template_", texts!(FormTemplate)),
        ("domain.verdict_", texts!(Verdict)),
    ]
}

/// An id as the source writes it: whole, or with a gap that is filled as the program runs.
struct Mention {
    place: String,
    before_gap: String,
    /// What follows the gap; none in an id written whole.
    after_gap: Option<String>,
}

impl Mention {
    fn read(place: String, literal: &str, rooms: &[&str]) -> Option<Mention> {
        let text = literal.trim_start_matches('@');
        let (room, name) = text.split_once('.')?;
        let is_id = !name.is_empty()
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_{}-".contains(c));
        if !is_id || !rooms.contains(&room) {
            return None;
        }
        Some(match (text.split_once('{'), text.rsplit_once('}')) {
            (Some((before, _)), Some((_, after))) => {
                Mention { place, before_gap: before.into(), after_gap: Some(after.into()) }
            }
            _ => Mention { place, before_gap: text.into(), after_gap: None },
        })
    }

    fn means(&self, id: &str, families: &[(&str, Vec<&str>)]) -> bool {
        let Some(after) = &self.after_gap else { return id == self.before_gap };
        let value = id.strip_prefix(&self.before_gap).and_then(|rest| rest.strip_suffix(after.as_str()));
        let family = families.iter().find(|(family, _)| *family == self.before_gap);
        value.is_some_and(|value| family.is_none_or(|(_, values)| values.contains(&value)))
    }
}

/// Ids that are named and not there, and texts that are there and not named. The pages that `tests/docs_*.rs` write are
/// readers too; other tests are not.
fn text_complaints(sources: &[Source], ids: &[&str]) -> Vec<String> {
    let mut rooms: Vec<&str> = ids.iter().filter_map(|id| id.split_once('.')).map(|(room, _)| room).collect();
    rooms.dedup();
    let families = families();
    let mentions: Vec<Mention> = sources
        .iter()
        .flat_map(|source| source.literals.iter().map(move |literal| (source, literal)))
        .filter(|(source, literal)| !source.is_test(literal.line) || source.path.starts_with("tests/docs_"))
        .filter_map(|(source, literal)| {
            Mention::read(format!("{}:{}", source.path, literal.line), &literal.text, &rooms)
        })
        .collect();
    let unknown = mentions
        .iter()
        .filter(|mention| !ids.iter().any(|id| mention.means(id, &families)))
        .filter(|mention| !is_setting(&mention.before_gap))
        .map(|it| format!("{}: `{}`: add the text to both assets/i18n/*/", it.place, it.before_gap));
    let dead = ids
        .iter()
        .filter(|id| !mentions.iter().any(|mention| mention.means(id, &families)))
        .map(|id| format!("assets/i18n: nothing says `{id}`: strike it from both languages"));
    unknown.chain(dead).collect()
}

/// Settings are named like texts: `intake.zip_entries`.
fn is_setting(name: &str) -> bool {
    let settings: toml::Table = toml::from_str(include_str!("../../config.toml")).unwrap();
    let section = name.split_once('.').and_then(|(section, key)| Some((settings.get(section)?, key)));
    section.is_some_and(|(section, key)| section.get(key).is_some())
}

#[test]
fn every_text_is_there_and_every_text_is_used() {
    let ids: Vec<&str> = entries(Lang::Zh).map(|(id, _)| id).collect();
    let complaints = text_complaints(&Source::beneath(&["src", "tests"]), &ids);
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn a_missing_and_a_dead_text_are_seen() {
    let ids = ["cli.a", "cli.b_1", "cli.b_2", "domain.grade_none", "domain.grade_revise"];
    let said = |text: &str| text_complaints(&[Source::read("src/cli/x.rs", text)], &ids);
    let rest = "\"cli.b_{}\" \"domain.grade_{grade}\"";
    let dead = "assets/i18n: nothing says `domain.grade_none`: strike it from both languages";
    assert_eq!(said(&format!("\"cli.a\" {rest}")), [dead], "a family has its own values only");
    assert_eq!(said(&format!("// \"cli.a\"\n{rest}"))[0].split('`').nth(1), Some("cli.a"));
    assert_eq!(said(&format!("\"cli.a\" \"@cli.none\" {rest}"))[0].split('`').nth(1), Some("cli.none"));
    assert_eq!(
        said(&format!("\"cli.a\" {rest} \"cli.toml\" \"other.none\""))[0].split('`').nth(1),
        Some("cli.toml")
    );
}

/// Dependencies whose tests are still being written: the whole program in a pseudo-terminal.
const AWAITED: &[&str] = &["portable-pty", "vt100"];

/// The names of a table of `Cargo.toml`.
fn named_in_manifest(table: &str) -> Vec<String> {
    let manifest: toml::Table = toml::from_str(include_str!("../../Cargo.toml")).unwrap();
    let table: BTreeMap<String, toml::Value> = manifest[table].clone().try_into().unwrap();
    table.into_keys().collect()
}

fn unused<'a>(dependencies: &'a [String], sources: &[Source], in_tests: bool) -> Vec<&'a str> {
    let used = |name: &str| {
        let name = name.replace('-', "_");
        sources.iter().any(|source| {
            let counts = |line| in_tests || !source.is_test(line);
            source.paths().iter().any(|path| path.segments[0] == name && counts(path.line))
        })
    };
    dependencies.iter().map(String::as_str).filter(|name| !used(name) && !AWAITED.contains(name)).collect()
}

#[test]
fn every_dependency_is_used_where_the_manifest_says() {
    let none: [&str; 0] = [];
    let advice = "take it out of Cargo.toml, or move it to [dev-dependencies] if only tests use it";
    assert_eq!(
        unused(&named_in_manifest("dependencies"), &Source::beneath(&["src"]), false),
        none,
        "{advice}"
    );
    let all = Source::beneath(&["src", "tests", "benches", "examples"]);
    assert_eq!(unused(&named_in_manifest("dev-dependencies"), &all, true), none, "{advice}");
}

#[test]
fn an_idle_dependency_is_seen() {
    let names = ["some-crate".to_owned()];
    let idle = |text: &str| unused(&names, &[Source::read("src/cli/x.rs", text)], false).len();
    assert_eq!(idle("use some_crate::Thing;"), 0);
    assert_eq!(idle("// some_crate::Thing"), 1);
    assert_eq!(idle("#[cfg(test)] mod tests { use some_crate::Thing; }"), 1);
}

/// `ARCHITECTURE.md` says of each dependency what it is for.
#[test]
fn every_dependency_has_its_reason() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md");
    let Ok(page) = std::fs::read_to_string(path) else { return };
    for table in ["dependencies", "dev-dependencies"] {
        for name in named_in_manifest(table) {
            assert!(page.contains(&format!("`{name}`")), "ARCHITECTURE.md does not say what `{name}` is for");
        }
    }
}

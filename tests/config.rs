//! Settings: one file per case under `tests/fixtures/config/`; an invalid one says in its first line what is wrong.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::{Path, PathBuf};

use heyan::config::{Ambiguous, Config, ConfigError, ImageMode, Layers};
use heyan::domain::message::Lang;
use heyan::domain::policy::Attention;

fn fixtures(kind: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/config").join(kind);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn read(path: &Path, text: &str) -> Result<Config, ConfigError> {
    Ok(Layers::compiled_in()?.file(path, text)?.finish())
}

fn environment(variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Ok(Layers::compiled_in()?.environment(variables)?.finish())
}

#[test]
fn the_compiled_in_defaults_are_whole() {
    let config = Layers::compiled_in().unwrap().finish();
    assert_eq!(config.policy.zone, "Asia/Shanghai");
    assert_eq!(config.policy.cool_off_seconds, 90);
    assert_eq!(config.policy.attention, Attention::Desk);
    assert_eq!((config.ui.lang, config.ui.ambiguous), (Lang::Zh, Ambiguous::Auto));
    assert_eq!(config.images.mode, ImageMode::Auto);
}

/// Every default keeps the rules that a person's value must keep.
#[test]
fn the_defaults_pass_as_a_persons_file() {
    let defaults = read(Path::new("defaults"), heyan::config::DEFAULTS).unwrap();
    assert_eq!(defaults, Layers::compiled_in().unwrap().finish());
}

#[test]
fn valid_files_are_read() {
    for path in fixtures("valid") {
        let text = fs::read_to_string(&path).unwrap();
        assert!(read(&path, &text).is_ok(), "{}: {:?}", path.display(), read(&path, &text));
    }
}

/// The first line of each file is `# LINE:COLUMN what the message must contain`.
#[test]
fn invalid_files_are_refused_with_line_and_column() {
    for path in fixtures("invalid") {
        let text = fs::read_to_string(&path).unwrap();
        let (place, words) =
            text.lines().next().unwrap().strip_prefix("# ").unwrap().split_once(' ').unwrap();
        let error = read(Path::new("mine.toml"), &text).expect_err(&path.display().to_string());
        for lang in Lang::ALL {
            let said = format!("{}\n{}", error.message().text(lang), error.hint().text(lang));
            assert!(said.contains(&format!("mine.toml:{place}")), "{}: {said}", path.display());
            assert!(said.contains(words), "{}: {said}", path.display());
        }
    }
}

#[test]
fn the_environment_goes_before_the_file() {
    let config = Layers::compiled_in()
        .unwrap()
        .file(Path::new("mine.toml"), "[ui]\nlang = \"en\"\narming_ms = 400\n")
        .unwrap()
        .environment([("HEYAN_UI__ARMING_MS".to_owned(), "0".to_owned())])
        .unwrap()
        .finish();
    assert_eq!((config.ui.lang, config.ui.arming_ms), (Lang::En, 0));
}

#[test]
fn what_was_given_is_known_with_its_place() {
    let layers = Layers::compiled_in()
        .unwrap()
        .file(Path::new("mine.toml"), "[ui]\nlang = \"en\"\narming_ms = 400\n")
        .unwrap()
        .environment([("HEYAN_UI__ARMING_MS".to_owned(), "0".to_owned())])
        .unwrap();
    let given: Vec<String> = layers.given().map(|(name, at)| format!("{name} {at}")).collect();
    assert_eq!(given, ["ui.arming_ms HEYAN_UI__ARMING_MS", "ui.lang mine.toml:2:8"]);
}

#[test]
fn variables_of_every_type_are_read() {
    let config = environment(&[
        ("HEYAN_UI__LANG", "en"),
        ("HEYAN_IMAGES__MODE", "half-blocks"),
        ("HEYAN_POLICY__SECOND_REVIEW", "false"),
        ("HEYAN_POLICY__PROVIDER_PREFIXES", "[\"192.0.2.0/24\"]"),
        ("HEYAN_WORKSPACE", "/not/a/setting"),
        ("PATH", "/bin"),
    ])
    .unwrap();
    assert_eq!(config.ui.lang, Lang::En);
    assert!(!config.policy.second_review);
    assert_eq!(config.images.mode, ImageMode::HalfBlocks);
    assert_eq!(config.policy.provider_prefixes, ["192.0.2.0/24"]);
}

#[test]
fn a_wrong_variable_is_named() {
    for (name, value, words) in [
        ("HEYAN_UI__LANGUAGE", "en", "lang"),
        ("HEYAN_SCREEN__LANG", "en", "images"),
        ("HEYAN_UI__LANG", "fr", "`zh`"),
        ("HEYAN_IMAGES__MODE", "ansi", "`braille`"),
        ("HEYAN_UI__ARMING_MS", "soon", "250"),
        ("HEYAN_UI__ARMING_MS", "9999", "5000"),
        ("HEYAN_POLICY__ZONE", "Asia/Nowhere", "IANA"),
    ] {
        let error = environment(&[(name, value)]).expect_err(name);
        for lang in Lang::ALL {
            let said = format!("{}\n{}", error.message().text(lang), error.hint().text(lang));
            assert!(said.contains(name) && said.contains(words), "{name}={value}: {said}");
        }
    }
}

#[test]
fn keys_know_where_they_were_written() {
    let config = Layers::compiled_in()
        .unwrap()
        .file(Path::new("mine.toml"), "[keys]\npass = [\"p\",\n  \"F2\"]\nfit = []\nhold = [\"h\"]\n")
        .unwrap()
        .environment([("HEYAN_KEYS__HOLD".to_owned(), "[\"g\", \"F6\"]".to_owned())])
        .unwrap()
        .finish();
    let at = |command, key| config.keys.origin(command, key).to_string();
    assert_eq!(config.keys.bindings["pass"], ["p", "F2"]);
    assert_eq!(config.keys.bindings["hold"], ["g", "F6"]);
    assert_eq!((at("pass", Some(0)), at("pass", Some(1))), ("mine.toml:2:9".into(), "mine.toml:3:3".into()));
    assert_eq!((at("pass", None), at("fit", None)), ("mine.toml:2:9".into(), "mine.toml:4:7".into()));
    assert_eq!(at("hold", Some(1)), "HEYAN_KEYS__HOLD");
}

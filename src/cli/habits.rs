//! A person's habits for the desk: the keys and the colours that settings and environment ask for.

use super::error::{CliError, Exit};
use super::output::Colour;
use super::session;
use crate::app::keymap::{Fault, Keymap};
use crate::app::theme::ThemeName;
use crate::config::{Keys, Theme};
use crate::domain::message::{Lang, Message};
use crate::domain::places::OwnPlaces;
use crate::domain::safe::safe;
use crate::runtime::own_places::PlacesFile;

/// The keys in force, or every fault of the settings in one error.
pub fn keymap(keys: &Keys, lang: Lang) -> Result<Keymap, CliError> {
    Keymap::new(&keys.bindings).map_err(|faults| {
        let said: Vec<String> = faults.iter().map(|fault| told(fault, keys, lang)).collect();
        let hint = faults.first().map_or_else(|| Message::new("desk.keys_hint_other"), Fault::hint);
        CliError::new(Exit::Usage, Message::new("cli.keys_refused").with("faults", said.join("; ")), hint)
    })
}

/// A fault with its place.
pub fn told(fault: &Fault, keys: &Keys, lang: Lang) -> String {
    format!("{}: {}", keys.origin(&fault.command, fault.at), fault.message().text(lang))
}

/// The places of documents that the person set herself, and the file in which they are kept.
pub fn own_places() -> Result<(OwnPlaces, PlacesFile), CliError> {
    let file = PlacesFile::new(session::state_file("places.toml")?);
    let places = file.read().map_err(|fault| {
        CliError::new(
            Exit::Usage,
            Message::new("cli.bad_places_file").with("fault", safe(&fault.to_string())),
            Message::new("cli.bad_places_file_hint").with("path", safe(&file.path().to_string_lossy())),
        )
    })?;
    Ok((places, file))
}

/// The theme to start with.
pub fn theme(setting: Theme) -> ThemeName {
    match setting {
        Theme::Dark => ThemeName::Dark,
        Theme::Light => ThemeName::Light,
        Theme::None => ThemeName::Colourless,
        Theme::Auto => {
            let told = std::env::var("COLORFGBG").ok();
            told.as_deref().and_then(ThemeName::of_background).unwrap_or(ThemeName::Dark)
        }
    }
}

/// Whether the person wants no colours, whatever the theme. The flag goes before the variable (no-color.org: present
/// and not empty).
pub fn colourless(flag: Colour) -> bool {
    match flag {
        Colour::Always => false,
        Colour::Never => true,
        Colour::Auto => std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()),
    }
}

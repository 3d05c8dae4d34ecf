//! Colours by meaning, from `assets/themes`. Every one of them also has a mark or a word: colour alone never says
//! anything.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

use crate::app::model::Tone;
use crate::app::theme::ThemeName;
use crate::domain::finding::Status;

/// What a piece of text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Text,
    /// Labels, borders, what is there but not now.
    Quiet,
    Heading,
    /// Keys in the footer and in help.
    Key,
    Pass,
    Warn,
    Fail,
    Unknown,
    /// The row the keys act on.
    Selected,
}

impl Role {
    pub const ALL: [Role; 9] = [
        Role::Text,
        Role::Quiet,
        Role::Heading,
        Role::Key,
        Role::Pass,
        Role::Warn,
        Role::Fail,
        Role::Unknown,
        Role::Selected,
    ];
}

/// How a role looks, as a theme's file says it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Look {
    /// The colour of the text, of the xterm palette of 256; none: the terminal's own.
    colour: Option<u8>,
    bold: bool,
    underlined: bool,
    reversed: bool,
}

impl Look {
    fn style(self) -> Style {
        let modifiers = [
            (self.bold, Modifier::BOLD),
            (self.underlined, Modifier::UNDERLINED),
            (self.reversed, Modifier::REVERSED),
        ];
        let style = self.colour.map_or(Style::new(), |colour| Style::new().fg(Color::Indexed(colour)));
        modifiers.into_iter().filter(|(on, _)| *on).fold(style, |style, (_, how)| style.add_modifier(how))
    }
}

/// How every role looks. The background is the terminal's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// By role, in the order of [`Role::ALL`].
    styles: [Style; Role::ALL.len()],
}

impl Theme {
    /// A theme that the program brings along.
    pub fn of(name: ThemeName) -> &'static Theme {
        static DARK: OnceLock<Theme> = OnceLock::new();
        static LIGHT: OnceLock<Theme> = OnceLock::new();
        static COLOURLESS: OnceLock<Theme> = OnceLock::new();
        let place = match name {
            ThemeName::Dark => &DARK,
            ThemeName::Light => &LIGHT,
            ThemeName::Colourless => &COLOURLESS,
        };
        place.get_or_init(|| Theme::read(file(name)))
    }

    /// The files are compiled in and a test reads each of them; a broken one yields no colours rather than a panic.
    fn read(text: &str) -> Self {
        let looks: BTreeMap<Role, Look> = toml::from_str(text).unwrap_or_default();
        let style = |role: Role| looks.get(&role).copied().unwrap_or_default().style();
        Theme { styles: Role::ALL.map(style) }
    }

    pub const fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }

    pub fn status(status: Status) -> Role {
        match status {
            Status::Pass => Role::Pass,
            Status::Warn => Role::Warn,
            Status::Fail => Role::Fail,
            Status::NotRun | Status::Error => Role::Unknown,
        }
    }

    pub fn tone(tone: Tone) -> Role {
        match tone {
            Tone::Info => Role::Text,
            Tone::Done => Role::Pass,
            Tone::Warning => Role::Warn,
        }
    }
}

const fn file(name: ThemeName) -> &'static str {
    match name {
        ThemeName::Dark => include_str!("../../assets/themes/dark.toml"),
        ThemeName::Light => include_str!("../../assets/themes/light.toml"),
        ThemeName::Colourless => include_str!("../../assets/themes/none.toml"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(name: ThemeName) -> BTreeMap<Role, Look> {
        toml::from_str(file(name)).unwrap()
    }

    /// A colour of the xterm palette: a cube of 6 x 6 x 6, then 24 greys.
    fn rgb(colour: u8) -> [u8; 3] {
        const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
        match colour {
            0..=15 => panic!("colour {colour} looks different on every terminal"),
            16..=231 => [36, 6, 1].map(|step| STEPS[usize::from((colour - 16) / step % 6)]),
            232..=255 => [8 + 10 * (colour - 232); 3],
        }
    }

    /// Relative luminance and contrast after WCAG 2.2.
    fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
        let luminance = |rgb: [u8; 3]| {
            let part = rgb
                .map(|c| f64::from(c) / 255.0)
                .map(|c| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
            0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2]
        };
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn every_theme_has_every_role() {
        for name in ThemeName::ALL {
            assert_eq!(looks(name).into_keys().collect::<Vec<_>>(), Role::ALL, "{name:?}");
        }
    }

    #[test]
    fn every_colour_can_be_read_on_the_backgrounds_it_is_made_for() {
        // Black, Visual Studio Code, Solarized, One Dark, Ubuntu; white, Solarized, One Light, a light grey.
        const DARK: [[u8; 3]; 5] = [[0, 0, 0], [30, 30, 30], [0, 43, 54], [40, 44, 52], [48, 10, 36]];
        const LIGHT: [[u8; 3]; 4] = [[255, 255, 255], [253, 246, 227], [250, 250, 250], [238, 238, 238]];
        for (name, backgrounds) in [(ThemeName::Dark, &DARK[..]), (ThemeName::Light, &LIGHT[..])] {
            for (role, look) in looks(name) {
                for background in backgrounds {
                    let Some(colour) = look.colour else { continue };
                    let contrast = contrast(rgb(colour), *background);
                    assert!(contrast >= 4.5, "{name:?} {role:?} on {background:?}: {contrast:.1}");
                }
            }
        }
    }

    #[test]
    fn without_colours_there_are_none_and_the_selected_row_still_shows() {
        let looks = looks(ThemeName::Colourless);
        assert!(looks.values().all(|look| look.colour.is_none()));
        assert!(looks[&Role::Selected].reversed);
    }

    #[test]
    fn a_theme_is_read_role_by_role() {
        let dark = Theme::of(ThemeName::Dark);
        assert_eq!(dark.style(Role::Fail), looks(ThemeName::Dark)[&Role::Fail].style());
        assert_ne!(dark.style(Role::Warn), Theme::of(ThemeName::Light).style(Role::Warn));
    }
}

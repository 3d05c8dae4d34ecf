//! Which colours the desk is drawn in; the colours themselves are `ui`'s.

/// A theme, named after the background that it is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ThemeName {
    Dark,
    Light,
    /// Marks and words only (`NO_COLOR`, no-color.org).
    Colourless,
}

impl ThemeName {
    pub const ALL: [ThemeName; 3] = [ThemeName::Dark, ThemeName::Light, ThemeName::Colourless];

    /// Its name in the settings and in `desk.theme_<name>`.
    pub const fn text(self) -> &'static str {
        match self {
            ThemeName::Dark => "dark",
            ThemeName::Light => "light",
            ThemeName::Colourless => "none",
        }
    }

    /// The one after it, for the switch at run time.
    pub const fn next(self) -> Self {
        match self {
            ThemeName::Dark => ThemeName::Light,
            ThemeName::Light => ThemeName::Colourless,
            ThemeName::Colourless => ThemeName::Dark,
        }
    }

    /// What the variable `COLORFGBG` of rxvt, Konsole and others says of the background: foreground, perhaps something
    /// between, and background as numbers of the sixteen colours. None when it does not say.
    pub fn of_background(colorfgbg: &str) -> Option<Self> {
        match colorfgbg.rsplit(';').next()?.parse::<u8>().ok()? {
            0..=6 | 8 => Some(ThemeName::Dark),
            7 | 9..=15 => Some(ThemeName::Light),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_background_is_the_last_number() {
        for (variable, theme) in [
            ("15;0", Some(ThemeName::Dark)),
            ("0;15", Some(ThemeName::Light)),
            ("12;default;8", Some(ThemeName::Dark)),
            ("0;default;7", Some(ThemeName::Light)),
            ("0;default", None),
            ("15;99", None),
            ("", None),
        ] {
            assert_eq!(ThemeName::of_background(variable), theme, "{variable}");
        }
    }

    #[test]
    fn switching_comes_around_to_every_theme() {
        let mut seen = vec![ThemeName::Dark];
        while seen.last().map(|theme| theme.next()) != Some(ThemeName::Dark) {
            seen.extend(seen.last().map(|theme| theme.next()));
        }
        assert_eq!(seen, ThemeName::ALL);
    }
}

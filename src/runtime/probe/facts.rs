//! What a terminal can, and which way of drawing pictures follows from it.

use crate::app::pictures::{Display, Images};
use crate::config::ImageMode;
use crate::domain::viewport::Size;

/// What is known of the terminal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TerminalFacts {
    /// It draws ambiguous characters two cells wide.
    pub wide: bool,
    /// It answers in kitty's graphics protocol.
    pub kitty: bool,
    /// It says that it draws sixels.
    pub sixel: bool,
    /// Its name and version as it spells them: text from outside.
    pub name: Option<String>,
    /// A cell's size in pixels.
    pub cell: Option<Size>,
    /// The largest sixel in pixels.
    pub largest_sixel: Option<Size>,
    /// Its background is light.
    pub light: Option<bool>,
}

/// Terminals known to have the placeholders of kitty's protocol, with which a picture moves and goes with the text, and
/// the first version that does. Those without draw each placeholder as a box, so that others are not trusted with them:
/// Konsole, WezTerm and Warp answer in kitty's protocol, too.
const PLACEHOLDERS: [(&str, [u32; 2]); 2] = [("kitty", [0, 28]), ("ghostty", [0, 0])];
/// Terminals known for iTerm2's inline images.
const INLINE_IMAGES: [&str; 2] = ["iTerm2", "WezTerm"];

impl TerminalFacts {
    fn is_one_of(&self, names: &[&str]) -> bool {
        self.name.as_deref().is_some_and(|own| names.iter().any(|name| own.starts_with(name)))
    }

    /// Whether it has the placeholders of kitty's protocol. tmux gives its own name and not the terminal's; who lets
    /// pictures through it is believed.
    fn has_placeholders(&self, tmux: bool) -> bool {
        let Some(own) = self.name.as_deref() else { return tmux };
        PLACEHOLDERS
            .iter()
            .any(|(name, since)| own.strip_prefix(name).is_some_and(|version| version_of(version) >= *since))
    }

    /// How the desk draws on it.
    pub fn display(&self, mode: ImageMode, tmux: bool) -> Display {
        Display {
            wide_ambiguous: self.wide,
            images: choose(mode, self, tmux),
            cell: self.cell.unwrap_or(Display::CELL),
            largest_sixel: self.largest_sixel.unwrap_or(Display::LARGEST_SIXEL),
            light: self.light,
        }
    }
}

/// The first two numbers of a version, such as `(0.26.5)` or ` 1.1.3`; 0 for what is missing.
fn version_of(text: &str) -> [u32; 2] {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok());
    [numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)]
}

/// The way of drawing pictures. One that the settings name is taken as it is, except that no half-block stands where it
/// would be two cells wide.
pub fn choose(mode: ImageMode, facts: &TerminalFacts, tmux: bool) -> Images {
    match mode {
        ImageMode::Auto => protocol(facts, tmux).unwrap_or_else(|| blocks(facts)),
        ImageMode::Kitty => Images::Kitty,
        ImageMode::Iterm2 => Images::ITerm2,
        ImageMode::Sixel => Images::Sixel,
        ImageMode::HalfBlocks => blocks(facts),
        ImageMode::Braille => Images::Braille,
        ImageMode::Off => Images::Off,
    }
}

/// The best that has the terminal's own pixels. tmux knows of no pictures but sixels, and hands those of kitty on, which
/// stand on placeholders; one of iTerm2 would stay when its window goes.
fn protocol(facts: &TerminalFacts, tmux: bool) -> Option<Images> {
    let inline = facts.is_one_of(&INLINE_IMAGES);
    if facts.kitty && facts.has_placeholders(tmux) {
        Some(Images::Kitty)
    } else if inline && !tmux {
        Some(Images::ITerm2)
    } else {
        // A sixel's pixels are the terminal's: without the size of a cell nobody knows which cells it covers.
        (facts.sixel && facts.cell.is_some()).then_some(Images::Sixel)
    }
}

const fn blocks(facts: &TerminalFacts) -> Images {
    if facts.wide { Images::Braille } else { Images::HalfBlocks }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CELL: Option<Size> = Some(Size::new(9, 18));

    fn facts(kitty: bool, sixel: bool, name: &str, cell: Option<Size>) -> TerminalFacts {
        let name = (!name.is_empty()).then(|| name.to_owned());
        TerminalFacts { kitty, sixel, name, cell, ..TerminalFacts::default() }
    }

    #[test]
    fn what_is_best_is_taken() {
        for (facts, bare, in_tmux) in [
            (facts(true, false, "kitty(0.36.4)", CELL), Images::Kitty, Images::Kitty),
            (facts(true, false, "ghostty 1.1.3", None), Images::Kitty, Images::Kitty),
            (facts(true, false, "kitty(0.28.0)", CELL), Images::Kitty, Images::Kitty),
            (facts(true, false, "kitty(0.26.5)", CELL), Images::HalfBlocks, Images::HalfBlocks),
            (facts(true, true, "", CELL), Images::Sixel, Images::Kitty),
            (facts(true, false, "contour 0.4.3", CELL), Images::HalfBlocks, Images::HalfBlocks),
            (facts(true, true, "WezTerm 20240203-110809-5046fc22", CELL), Images::ITerm2, Images::Sixel),
            (facts(false, true, "iTerm2 3.5.10", CELL), Images::ITerm2, Images::Sixel),
            (facts(true, false, "iTerm2 3.6.1", None), Images::ITerm2, Images::HalfBlocks),
            (facts(true, true, "Konsole 24.12.0", CELL), Images::Sixel, Images::Sixel),
            (facts(true, false, "Konsole 22.04.0", CELL), Images::HalfBlocks, Images::HalfBlocks),
            (facts(false, true, "foot(1.20.2)", CELL), Images::Sixel, Images::Sixel),
            (facts(false, true, "XTerm(390)", None), Images::HalfBlocks, Images::HalfBlocks),
            (facts(false, false, "", CELL), Images::HalfBlocks, Images::HalfBlocks),
            (TerminalFacts::default(), Images::HalfBlocks, Images::HalfBlocks),
        ] {
            assert_eq!(choose(ImageMode::Auto, &facts, false), bare, "{facts:?}");
            assert_eq!(choose(ImageMode::Auto, &facts, true), in_tmux, "{facts:?} in tmux");
        }
    }

    /// Real pixels do not care how wide a character is.
    #[test]
    fn no_half_block_is_drawn_where_it_is_wide() {
        let wide = TerminalFacts { wide: true, ..TerminalFacts::default() };
        assert_eq!(choose(ImageMode::Auto, &wide, false), Images::Braille);
        assert_eq!(choose(ImageMode::HalfBlocks, &wide, false), Images::Braille);
        let wide = TerminalFacts { wide: true, sixel: true, cell: CELL, ..TerminalFacts::default() };
        assert_eq!(choose(ImageMode::Auto, &wide, false), Images::Sixel);
        assert_eq!(choose(ImageMode::HalfBlocks, &wide, false), Images::Braille);
    }

    #[test]
    fn what_the_settings_name_is_taken() {
        let silent = TerminalFacts::default();
        let able = facts(true, true, "kitty(0.36.4)", CELL);
        for (mode, images) in [
            (ImageMode::Kitty, Images::Kitty),
            (ImageMode::Iterm2, Images::ITerm2),
            (ImageMode::Sixel, Images::Sixel),
            (ImageMode::HalfBlocks, Images::HalfBlocks),
            (ImageMode::Braille, Images::Braille),
            (ImageMode::Off, Images::Off),
        ] {
            for (facts, tmux) in [(&silent, false), (&silent, true), (&able, false), (&able, true)] {
                assert_eq!(choose(mode, facts, tmux), images, "{facts:?}");
            }
        }
        assert_eq!(silent.display(ImageMode::Kitty, false).cell, Display::CELL);
        assert_eq!(able.display(ImageMode::Kitty, false).cell, Size::new(9, 18));
    }
}

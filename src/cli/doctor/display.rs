//! How the desk would draw pictures on this terminal, and why.

use super::Line;
use crate::app::pictures::Images;
use crate::config::ImageMode;
use crate::domain::message::Message;
use crate::domain::safe::safe;
use crate::runtime::probe::{Multiplexer, TerminalFacts, choose};

const MATTER: &str = "display";

pub fn not_asked() -> Line {
    Line::pass(MATTER, Message::new("cli.doctor_not_asked"))
}

/// What follows from what the terminal said. `answered`: it said what it is, and so all that it ever will.
pub fn judged(mode: ImageMode, multiplexer: Multiplexer, facts: &TerminalFacts, answered: bool) -> Line {
    let in_tmux = multiplexer == Multiplexer::Tmux;
    let images = choose(mode, facts, in_tmux);
    let Some(way) = way(images) else {
        return Line::pass(MATTER, Message::new("cli.doctor_pictures_off"));
    };
    let name = facts.name.as_deref().map_or_else(|| "-".to_owned(), |name| safe(name).into_string());
    let cell = facts.cell.map_or_else(|| "-".to_owned(), |cell| format!("{}x{}", cell.width, cell.height));
    let found = Message::new("cli.doctor_display")
        .with("way", way)
        .with("why", why(mode, images, facts, answered))
        .with("name", name)
        .with("cell", cell);
    if in_tmux && mode == ImageMode::Auto && !facts.kitty && !images.is_real() {
        Line::warn(MATTER, found, "cli.doctor_passthrough_advice")
    } else if multiplexer == Multiplexer::Screen && mode == ImageMode::Auto && !images.is_real() {
        Line::warn(MATTER, found, "cli.doctor_screen_advice")
    } else {
        Line::pass(MATTER, found)
    }
}

const fn way(images: Images) -> Option<&'static str> {
    Some(match images {
        Images::Kitty => "@cli.doctor_way_kitty",
        Images::ITerm2 => "@cli.doctor_way_iterm2",
        Images::Sixel => "@cli.doctor_way_sixel",
        Images::HalfBlocks => "@cli.doctor_way_half_blocks",
        Images::Braille => "@cli.doctor_way_braille",
        Images::Off => return None,
    })
}

const fn why(mode: ImageMode, images: Images, facts: &TerminalFacts, answered: bool) -> &'static str {
    match (mode, images) {
        (ImageMode::Auto, Images::Kitty) => "@cli.doctor_why_kitty",
        (ImageMode::Auto, Images::ITerm2) => "@cli.doctor_why_iterm2",
        (ImageMode::Auto, Images::Sixel) => "@cli.doctor_why_sixel",
        (ImageMode::Auto, _) if facts.sixel => "@cli.doctor_why_no_cell",
        (ImageMode::Auto, _) if facts.kitty => "@cli.doctor_why_no_placeholders",
        (ImageMode::Auto, _) if !answered => "@cli.doctor_why_silent",
        (ImageMode::Auto, _) => "@cli.doctor_why_none",
        (ImageMode::HalfBlocks, Images::Braille) => "@cli.doctor_why_wide",
        _ => "@cli.doctor_why_settings",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::finding::Status;
    use crate::domain::message::Lang;
    use crate::domain::viewport::Size;

    #[test]
    fn what_is_drawn_with_is_told_with_its_reason() {
        let facts = |kitty, sixel, name: &str, cell: u32| TerminalFacts {
            wide: false,
            kitty,
            sixel,
            name: (!name.is_empty()).then(|| name.to_owned()),
            cell: (cell > 0).then(|| Size::new(cell, 2 * cell)),
            ..TerminalFacts::default()
        };
        let wide = TerminalFacts { wide: true, ..TerminalFacts::default() };
        let (auto, none, tmux) = (ImageMode::Auto, Multiplexer::None, Multiplexer::Tmux);
        for (mode, multiplexer, facts, answered, status, text) in [
            (
                auto,
                none,
                facts(true, false, "kitty(0.36.4)", 9),
                true,
                Status::Pass,
                "kitty 协议（终端答复可用）；终端 kitty(0.36.4)，单元格 9x18",
            ),
            (
                auto,
                none,
                facts(true, true, "WezTerm\u{202e} 1", 0),
                true,
                Status::Pass,
                "iTerm2 协议（按终端名称）；终端 WezTerm<U+202E> 1，单元格 -",
            ),
            (
                auto,
                none,
                facts(false, true, "", 9),
                true,
                Status::Pass,
                "sixel（终端声明支持）；终端 -，单元格 9x18",
            ),
            (
                auto,
                none,
                facts(false, true, "", 0),
                true,
                Status::Pass,
                "半块字符（终端支持 sixel，但没有说单元格多大）；终端 -，单元格 -",
            ),
            (
                auto,
                none,
                facts(true, false, "Konsole 24.12", 9),
                true,
                Status::Pass,
                "半块字符（终端的 kitty 协议没有占位字符）；终端 Konsole 24.12，单元格 9x18",
            ),
            (
                auto,
                none,
                facts(false, false, "", 0),
                false,
                Status::Pass,
                "半块字符（终端没有回答）；终端 -，单元格 -",
            ),
            (auto, none, wide.clone(), true, Status::Pass, "盲文点（终端没有图片协议）；终端 -，单元格 -"),
            (
                ImageMode::HalfBlocks,
                none,
                wide,
                true,
                Status::Pass,
                "盲文点（歧义字符占两格，不能用半块）；终端 -，单元格 -",
            ),
            (
                ImageMode::Sixel,
                tmux,
                facts(false, false, "", 0),
                true,
                Status::Pass,
                "sixel（设置 images.mode 指定）；终端 -，单元格 -",
            ),
            (
                auto,
                tmux,
                facts(true, false, "", 9),
                true,
                Status::Pass,
                "kitty 协议（终端答复可用）；终端 -，单元格 9x18",
            ),
            (
                auto,
                tmux,
                facts(false, false, "", 9),
                true,
                Status::Warn,
                "半块字符（终端没有图片协议）；终端 -，单元格 9x18",
            ),
            (
                auto,
                tmux,
                facts(false, true, "", 9),
                true,
                Status::Pass,
                "sixel（终端声明支持）；终端 -，单元格 9x18",
            ),
            (
                auto,
                Multiplexer::Screen,
                facts(false, false, "", 0),
                true,
                Status::Warn,
                "半块字符（终端没有图片协议）；终端 -，单元格 -",
            ),
            (ImageMode::Off, tmux, facts(false, false, "", 0), true, Status::Pass, "设置中已关闭"),
        ] {
            let line = judged(mode, multiplexer, &facts, answered);
            assert_eq!((line.status, line.found.text(Lang::Zh).as_str()), (status, text));
            assert_eq!(line.advice.is_some(), status == Status::Warn);
        }
    }
}

//! What the environment tells of the way to the terminal. Terminals are asked and not guessed; this is about what
//! stands between, which answers in their place or keeps questions back.

/// What passes on to the terminal only what it understands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Multiplexer {
    #[default]
    None,
    Tmux,
    /// GNU screen, or one of the two by its terminal's name alone.
    Screen,
}

/// The way to the terminal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    pub multiplexer: Multiplexer,
    /// Behind tmux the terminal's own name cannot be asked; two of them leave their traces.
    pub name: Option<&'static str>,
}

impl Surroundings {
    /// `variable` looks a variable of the environment up; an empty one counts as none.
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Self {
        let term = variable("TERM").unwrap_or_default();
        let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        // From one machine to another only TERM travels. tmux calls itself either.
        let multiplexer = if is_set("TMUX") || term.starts_with("tmux") {
            Multiplexer::Tmux
        } else if is_set("STY") || term.starts_with("screen") {
            Multiplexer::Screen
        } else {
            Multiplexer::None
        };
        let traces = [("WEZTERM_EXECUTABLE", "WezTerm"), ("KONSOLE_VERSION", "Konsole")];
        let trace = traces.into_iter().find(|(name, _)| is_set(name));
        let name = trace.filter(|_| multiplexer == Multiplexer::Tmux).map(|(_, name)| name);
        Surroundings { multiplexer, name }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_the_terminal_is_read_from_the_environment() {
        for (variables, multiplexer, name) in [
            (&[("TERM", "xterm-256color")][..], Multiplexer::None, None),
            (&[("TERM", "xterm-kitty"), ("TMUX", "")], Multiplexer::None, None),
            (&[("TERM", "screen-256color"), ("TMUX", "/tmp/tmux-1000/default,1,0")], Multiplexer::Tmux, None),
            (&[("TERM", "tmux-256color")], Multiplexer::Tmux, None),
            (&[("TERM", "screen"), ("STY", "1.pts-0.host")], Multiplexer::Screen, None),
            (&[("TERM", "screen-256color")], Multiplexer::Screen, None),
            (&[("TERM", "tmux"), ("KONSOLE_VERSION", "230805")], Multiplexer::Tmux, Some("Konsole")),
            (
                &[("TMUX", "x"), ("WEZTERM_EXECUTABLE", "/usr/bin/wezterm-gui")],
                Multiplexer::Tmux,
                Some("WezTerm"),
            ),
            // Asked, it says so itself.
            (&[("KONSOLE_VERSION", "230805")], Multiplexer::None, None),
            (&[], Multiplexer::None, None),
        ] {
            let variable = |wanted: &str| {
                variables.iter().find(|(name, _)| *name == wanted).map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(Surroundings::of(variable), Surroundings { multiplexer, name }, "{variables:?}");
        }
    }
}

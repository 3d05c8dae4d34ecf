//! Borders, in a set for every terminal: none of the ASCII set can be drawn two cells wide.

/// The characters of the chrome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyphs {
    pub horizontal: char,
    pub vertical: char,
    pub cross: char,
    pub down: char,
    pub up: char,
    pub corners: [char; 4],
}

impl Glyphs {
    /// Box drawing (East-Asian ambiguous).
    pub const LINES: Glyphs = Glyphs {
        horizontal: '─',
        vertical: '│',
        cross: '┼',
        down: '┬',
        up: '┴',
        corners: ['┌', '┐', '└', '┘'],
    };

    pub const ASCII: Glyphs = Glyphs {
        horizontal: '-',
        vertical: '|',
        cross: '+',
        down: '+',
        up: '+',
        corners: ['+', '+', '+', '+'],
    };
}

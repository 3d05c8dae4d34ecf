//! The clipboard of whoever sits at the terminal, also over SSH: OSC 52 (xterm control sequences, "Manipulate Selection
//! Data"). tmux passes it on where `set-clipboard` is on. Nothing is ever read from the clipboard.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The sequence that puts a text on the clipboard.
pub fn sequence(text: &str) -> String {
    format!("\x1b]52;c;{}\x07", STANDARD.encode(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_written_in_base64() {
        assert_eq!(sequence(""), "\x1b]52;c;\x07");
        assert_eq!(sequence("样例"), "\x1b]52;c;5qC35L6L\x07");
    }
}

//! Past tmux to the terminal behind it: `ESC P tmux; … ESC \`, with each ESC doubled (tmux FAQ, "passthrough escape
//! sequence"). tmux lets it pass where `allow-passthrough` is on.

/// Whether tmux stands between the desk and the terminal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Through {
    #[default]
    Direct,
    Tmux,
}

impl Through {
    /// One sequence, wrapped where it must be. tmux takes some 1 MB at a time; callers keep far below.
    pub fn write(self, sequence: &[u8], out: &mut Vec<u8>) {
        match self {
            Through::Direct => out.extend_from_slice(sequence),
            Through::Tmux => {
                out.extend_from_slice(b"\x1bPtmux;");
                for byte in sequence {
                    if *byte == 0x1b {
                        out.push(0x1b);
                    }
                    out.push(*byte);
                }
                out.extend_from_slice(b"\x1b\\");
            }
        }
    }
}

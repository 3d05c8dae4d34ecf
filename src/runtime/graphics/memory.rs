//! The pictures in the terminal's own memory (kitty's protocol).

use crate::media::encode::tmux::Through;
use crate::media::encode::{Encoded, kitty};

/// Pictures that may be there beside those on the screen.
const MOST: usize = 12;
/// What they may have taken on their way.
const MOST_BYTES: usize = 4 << 20;

/// Those that are there, the one shown last at the end.
#[derive(Debug, Default)]
pub struct Memory {
    held: Vec<Held>,
}

#[derive(Debug)]
struct Held {
    number: u32,
    bytes: usize,
}

impl Memory {
    /// What brings a picture there; nothing when it is there.
    pub fn show(&mut self, number: u32, picture: &Encoded, through: Through) -> Vec<u8> {
        if let Some(at) = self.held.iter().position(|held| held.number == number) {
            let held = self.held.remove(at);
            self.held.push(held);
            return Vec::new();
        }
        self.held.push(Held { number, bytes: picture.payload.len() });
        kitty::transmit(number, picture, through)
    }

    /// Keeps those only that `wanted` names.
    pub fn keep(&mut self, wanted: impl Fn(u32) -> bool, through: Through) -> Vec<u8> {
        let gone: Vec<Held> = self.held.extract_if(.., |held| !wanted(held.number)).collect();
        gone.iter().flat_map(|held| kitty::delete(held.number, through)).collect()
    }

    /// Removes what was not shown for longest until the rest is within the limits; what is shown stays.
    pub fn shrink(&mut self, shown: impl Fn(u32) -> bool, through: Through) -> Vec<u8> {
        let mut bytes = Vec::new();
        while self.held.len() > MOST || self.held.iter().map(|held| held.bytes).sum::<usize>() > MOST_BYTES {
            let Some(at) = self.held.iter().position(|held| !shown(held.number)) else { break };
            bytes.extend(kitty::delete(self.held.remove(at).number, through));
        }
        bytes
    }

    /// Removes all.
    pub fn clear(&mut self, through: Through) -> Vec<u8> {
        self.keep(|_| false, through)
    }

    /// What removes all.
    pub fn farewell(&self, through: Through) -> Vec<u8> {
        self.held.iter().flat_map(|held| kitty::delete(held.number, through)).collect()
    }
}

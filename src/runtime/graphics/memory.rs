//! The pictures in the terminal's own memory (kitty's protocol).
//!
//! tmux hands nothing on for a window that nobody sees, also no removal, and tells nobody. So the numbers last removed are
//! remembered, and removed once more when the window is seen again.

use std::collections::VecDeque;

use crate::media::encode::tmux::Through;
use crate::media::encode::{Encoded, kitty};

/// Pictures that may be there beside those on the screen.
const MOST: usize = 12;
/// What they may have taken on their way.
const MOST_BYTES: usize = 4 << 20;

/// Removed pictures that are remembered within tmux.
const MOST_GONE: usize = 64;

/// Those that are there, the one shown last at the end.
#[derive(Debug, Default)]
pub struct Memory {
    held: Vec<Held>,
    /// Numbers that were removed, and may not be.
    gone: VecDeque<u32>,
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
        self.gone.retain(|gone| *gone != number);
        self.held.push(Held { number, bytes: picture.payload.len() });
        kitty::transmit(number, picture, through)
    }

    /// Keeps those only that `wanted` names.
    pub fn keep(&mut self, wanted: impl Fn(u32) -> bool, through: Through) -> Vec<u8> {
        let gone: Vec<Held> = self.held.extract_if(.., |held| !wanted(held.number)).collect();
        gone.iter().flat_map(|held| self.delete(held.number, through)).collect()
    }

    fn delete(&mut self, number: u32, through: Through) -> Vec<u8> {
        if through == Through::Tmux {
            self.gone.push_back(number);
            if self.gone.len() > MOST_GONE {
                self.gone.pop_front();
            }
        }
        kitty::delete(number, through)
    }

    /// Removes what was not shown for longest until the rest is within the limits; what is shown stays.
    pub fn shrink(&mut self, shown: impl Fn(u32) -> bool, through: Through) -> Vec<u8> {
        let mut bytes = Vec::new();
        while self.held.len() > MOST || self.held.iter().map(|held| held.bytes).sum::<usize>() > MOST_BYTES {
            let Some(at) = self.held.iter().position(|held| !shown(held.number)) else { break };
            let held = self.held.remove(at);
            bytes.extend(self.delete(held.number, through));
        }
        bytes
    }

    /// Removes all, also what was removed before.
    pub fn clear(&mut self, through: Through) -> Vec<u8> {
        let before: Vec<u32> = self.gone.drain(..).collect();
        let again = before.into_iter().flat_map(|number| kitty::delete(number, through));
        let again: Vec<u8> = again.collect();
        [again, self.keep(|_| false, through)].concat()
    }

    /// What removes all.
    pub fn farewell(&self, through: Through) -> Vec<u8> {
        let numbers = self.gone.iter().copied().chain(self.held.iter().map(|held| held.number));
        numbers.flat_map(|number| kitty::delete(number, through)).collect()
    }
}

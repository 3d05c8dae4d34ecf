//! What keeps a stray key from deciding: arming, held keys, bursts.
//!
//! A decision arms a moment after the case is fully drawn, so that a key meant for the last case cannot hit the next
//! one. A held key repeats faster than a person presses twice, and a paste or a burst comes in one read: neither
//! ever changes state.

use super::key::{Key, Press};

/// Two presses of the same key closer than this are one held key. Key repeat is usually 25 to 50 ms, and a slow
/// line still delivers it within 120; nobody decides twice on purpose in that time. In milliseconds.
const HELD_MS: u64 = 120;

/// Time is in milliseconds since the desk opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guard {
    arming_ms: u64,
    /// When the present case, or the panel over it, was first fully drawn.
    drawn_at: Option<u64>,
    last: Option<(Key, u64)>,
    held: bool,
    burst: bool,
}

/// Why a key may not change anything now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blocked {
    /// The case is not fully drawn, or was a moment ago.
    NotArmed,
    Held,
    Burst,
}

impl Guard {
    pub const fn new(arming_ms: u64) -> Self {
        Guard { arming_ms, drawn_at: None, last: None, held: false, burst: false }
    }

    /// Another case is on its way: nothing is armed until it is drawn.
    pub fn disarm(&mut self) {
        self.drawn_at = None;
    }

    /// The case, or its "cannot show", is completely on the screen.
    pub fn drawn(&mut self, now: u64) {
        self.drawn_at.get_or_insert(now);
    }

    /// A batch of presses that arrived in one read begins.
    pub fn batch(&mut self, presses: &[Press]) {
        self.burst = presses.iter().filter(|press| press.key.typed().is_some()).count() >= 2;
    }

    /// A press arrives; must be called for each, in order.
    pub fn press(&mut self, press: Press, now: u64) {
        self.held = press.repeat
            || self.last.is_some_and(|(key, at)| key == press.key && now.saturating_sub(at) < HELD_MS);
        self.last = Some((press.key, now));
    }

    /// The mouse was used, which is neither held down nor a burst. A key that is held meanwhile stays held.
    pub fn pointed(&mut self) {
        self.held = false;
        self.burst = false;
    }

    /// Whether the present press is one of a key that is held down.
    pub const fn is_held(&self) -> bool {
        self.held
    }

    /// Whether the present press may change state.
    pub fn check(&self, now: u64) -> Result<(), Blocked> {
        if self.burst {
            return Err(Blocked::Burst);
        }
        if self.held {
            return Err(Blocked::Held);
        }
        match self.drawn_at {
            Some(at) if now >= at + self.arming_ms => Ok(()),
            _ => Err(Blocked::NotArmed),
        }
    }

    /// When decisions will arm, if that is only a matter of time.
    pub fn arms_at(&self) -> Option<u64> {
        self.drawn_at.map(|at| at + self.arming_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard_drawn_at_zero() -> Guard {
        let mut guard = Guard::new(250);
        guard.drawn(0);
        guard
    }

    fn press(guard: &mut Guard, c: char, now: u64) -> Result<(), Blocked> {
        let presses = [Key::char(c).into()];
        guard.batch(&presses);
        guard.press(presses[0], now);
        guard.check(now)
    }

    #[test]
    fn a_decision_arms_after_the_case_is_drawn() {
        let mut guard = Guard::new(250);
        assert_eq!(press(&mut guard, 'a', 1_000), Err(Blocked::NotArmed));
        guard.drawn(2_000);
        guard.drawn(2_200);
        assert_eq!(press(&mut guard, 'a', 2_249), Err(Blocked::NotArmed));
        assert_eq!(press(&mut guard, 'a', 2_500), Ok(()));
    }

    #[test]
    fn thirty_presses_in_three_hundred_milliseconds_count_once_at_most() {
        let mut guard = guard_drawn_at_zero();
        let allowed = (0..30).filter(|n| press(&mut guard, 'a', 1_000 + n * 10).is_ok()).count();
        assert_eq!(allowed, 1);
    }

    #[test]
    fn a_burst_in_one_read_never_counts_even_of_different_keys() {
        let mut guard = guard_drawn_at_zero();
        let presses = [Key::char('a').into(), Key::char('f').into()];
        guard.batch(&presses);
        for press in presses {
            guard.press(press, 5_000);
            assert_eq!(guard.check(5_000), Err(Blocked::Burst));
        }
    }

    #[test]
    fn the_mouse_does_not_let_a_held_key_go() {
        let mut guard = guard_drawn_at_zero();
        assert_eq!(press(&mut guard, 'a', 1_000), Ok(()));
        assert_eq!(press(&mut guard, 'a', 1_050), Err(Blocked::Held));
        guard.pointed();
        assert_eq!(guard.check(1_060), Ok(()), "the click itself");
        assert_eq!(press(&mut guard, 'a', 1_100), Err(Blocked::Held));
    }

    #[test]
    fn a_repeat_reported_by_the_terminal_is_held_however_slow() {
        let mut guard = guard_drawn_at_zero();
        guard.batch(&[]);
        guard.press(Press { key: Key::char('a'), repeat: true }, 9_000);
        assert_eq!(guard.check(9_000), Err(Blocked::Held));
    }
}

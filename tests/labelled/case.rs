//! A case: a clean filing, one named change, and what must be said of it.

use crate::scene::{Base, Scene};

/// What a check must say, no less and no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exactly {
    /// A doubt, for a person to settle.
    Warn,
    /// Certain.
    Fail,
    /// That it could not judge.
    NotRun,
}

/// What one check must say: that it doubts or fails the object for this reason. A reason without a code is a question
/// about the object only.
pub type Expected = (&'static str, Exactly, &'static str);

pub struct Case {
    pub name: &'static str,
    /// Row of the published list; 0 is its introduction.
    pub row: u8,
    pub base: Base,
    pub change: fn(&mut Scene),
    /// Nothing: whoever speaks is wrong.
    pub expect: &'static [Expected],
}

/// A case with something wrong.
pub const fn wrong(
    row: u8,
    base: Base,
    name: &'static str,
    change: fn(&mut Scene),
    expect: &'static [Expected],
) -> Case {
    Case { name, row, base, change, expect }
}

/// A near-miss: it looks like one, and all must stay silent.
pub const fn silent(row: u8, base: Base, name: &'static str, change: fn(&mut Scene)) -> Case {
    Case { name, row, base, change, expect: &[] }
}

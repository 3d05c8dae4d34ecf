//! What a filing is, what a machine found in it and what a human decided: types, numbers, words.
//!
//! Pure: no file, no clock, no network, no terminal. Every other room speaks in these types.

pub mod case;
pub mod codes;
pub mod daybook;
pub mod decision;
pub mod exact_cell;
pub mod fields;
pub mod filing;
pub mod finding;
pub mod mask;
pub mod materials;
pub mod message;
pub mod numbers;
pub mod object;
pub mod policy;
pub mod provinces;
pub mod reasons;
pub mod relations;
pub mod revision;
pub mod safe;
pub mod spreadsheet;
pub mod vault;
pub mod viewport;
pub mod workspace;

//! What a filing is, what a machine found in it and what a human decided: types, numbers, words.
//!
//! Pure: no file, no clock, no network, no terminal. Every other room speaks in these types.

pub mod approved;
pub mod case;
pub mod cdn;
pub mod codes;
pub mod compare;
pub mod daybook;
pub mod decision;
pub mod declared;
pub mod difference;
pub mod domain_name;
pub mod evidence;
pub mod exact_cell;
pub mod fields;
pub mod file_format;
pub mod filing;
pub mod finding;
pub mod form;
pub mod free_text;
pub mod lexicon;
pub mod look;
pub mod mask;
pub mod materials;
pub mod message;
pub mod numbers;
pub mod object;
pub mod page;
pub mod policy;
pub mod postal_address;
pub mod prefixes;
pub mod provinces;
pub mod reasons;
pub mod registry_query;
pub mod registry_words;
pub mod relations;
pub mod replay;
pub mod revision;
pub mod safe;
pub mod search;
pub mod spreadsheet;
pub mod vault;
pub mod view;
pub mod viewport;
pub mod workspace;
pub mod written_day;

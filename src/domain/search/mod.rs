//! Search (查找) over the queue: what is searched of a filing, what a typed text means, and which filings a filter takes.
//!
//! Pure. The rule is [`Query::find`]: it alone says whether a filing matches. The grams only lead a store's index to
//! candidates, each of which is asked again, so that an index can be slow or coarse but never wrong.

mod filter;
mod grams;
mod initials;
mod query;
mod text;

pub use filter::{Filter, FilterState, FindingFilter, Lane};
pub use grams::{Wanted, class_gram, grams};
pub use initials::position as initials_position;
pub use query::Query;
pub use text::{Field, Found, SearchText};

#[cfg(test)]
mod tests;

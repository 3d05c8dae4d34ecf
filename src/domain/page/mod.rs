//! What the words of a web page tell: filing numbers it shows, what its forms are for, where it sends people on.
//!
//! Pure functions of text; how HTML becomes text, and fetching it, are `evidence`'s.

mod jump;
mod numbers;
mod signs;

pub use jump::{refresh, scripted};
pub use numbers::{ShownNumber, shown_numbers};
pub use signs::{Control, FormParts, Signs};

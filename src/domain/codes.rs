//! The regulator's code lists.

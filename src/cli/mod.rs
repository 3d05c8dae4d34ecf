//! cli
pub mod demo_pack;

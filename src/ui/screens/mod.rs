//! The views, one file a zone or screen.

pub mod case;
pub mod compare;
pub mod desk;
pub mod evidence;
pub mod evidence_frame;
pub mod evidence_places;
pub mod evidence_text;
pub mod footer;
pub mod form;
pub mod rail;
pub mod remarks;
pub mod strip;
pub mod too_small;
pub mod twin;
pub mod viewer;

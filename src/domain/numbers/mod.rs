//! Number standards, one file each.

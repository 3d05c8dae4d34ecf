//! Reading filing packs and tables through the public door: folders, archives, plain files, CSV, XLSX.

mod evidence;
mod hostile;
mod packs;
// Marked as tests so that its helpers may unwrap, as the lints allow there.
#[cfg(test)]
mod support;
#[cfg(test)]
#[path = "../common/synthetic/mod.rs"]
mod synthetic;
#[cfg(test)]
mod tables;

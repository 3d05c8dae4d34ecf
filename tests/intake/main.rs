//! Reading filing packs through the public door: folders, archives, plain files.

mod hostile;
mod packs;
// Marked as tests so that its helpers may unwrap, as the lints allow there.
#[cfg(test)]
mod support;

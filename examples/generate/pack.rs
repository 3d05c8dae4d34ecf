//! Writing a pack of synthetic filings: one at a time, so that memory does not grow with their number.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::picture;
use crate::synthetic::Synthetic;
use crate::synthetic::random::Random;

/// How much to write.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub filings: u64,
    /// Distinct pictures, dealt out filing by filing in full sets; the filings after that name no attachments.
    pub photos: u64,
    /// Size of each picture, in millions of pixels.
    pub megapixels: f64,
}

/// What was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    pub filings: u64,
    pub photos: u64,
}

#[derive(Debug, thiserror::Error)]
pub enum PackFault {
    #[error("cannot write {path}: {source}", path = path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("cannot encode {path}: {source}", path = path.display())]
    Picture { path: PathBuf, source: image::ImageError },
}

/// The stream of chance that pictures are drawn from.
const PICTURE: u64 = 4;

/// Writes `filings.jsonl` and `pictures/` into a folder.
pub fn write(folder: &Path, synthetic: &Synthetic, size: Size) -> Result<Written, PackFault> {
    let fault = |path: &Path| {
        let path = path.to_owned();
        move |source| PackFault::Write { path, source }
    };
    fs::create_dir_all(folder).map_err(fault(folder))?;
    let list = folder.join("filings.jsonl");
    let mut lines = BufWriter::new(File::create(&list).map_err(fault(&list))?);
    let mut written = Written::default();
    let mut dealing = true;
    for index in 0..size.filings {
        let set = || synthetic.clean(index, true).attachments.len() as u64;
        dealing = dealing && written.photos + set() <= size.photos;
        let filing = synthetic.filing(index, dealing);
        for attachment in &filing.attachments {
            let path = folder.join(&attachment.file);
            let mut random = Random::new(synthetic.seed, PICTURE, written.photos);
            let bytes = picture::draw(&mut random, size.megapixels)
                .map_err(|source| PackFault::Picture { path: path.clone(), source })?;
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent).map_err(fault(parent))?;
            }
            fs::write(&path, bytes).map_err(fault(&path))?;
            written.photos += 1;
        }
        serde_json::to_writer(&mut lines, &filing).map_err(io::Error::from).map_err(fault(&list))?;
        lines.write_all(b"\n").map_err(fault(&list))?;
        written.filings += 1;
    }
    lines.flush().map_err(fault(&list))?;
    Ok(written)
}

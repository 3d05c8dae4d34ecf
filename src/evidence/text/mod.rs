//! Text in pictures (图片文字), read by Tesseract where it is installed.
//!
//! Tesseract is a large program in C++, so it runs as a process of its own under limits, without a shell, an environment
//! or a file: it is fed grey pixels that the picture worker decoded, never the file that somebody handed in, and answers
//! a table of words. What the words mean is the checks'.

mod process;
mod table;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use self::process::{Ended, run};
use crate::domain::evidence::{Fault, FaultKind, ReadText, TextReading};

/// Simplified Chinese, and English for addresses of the web and numbers.
const LANGUAGES: &str = "chi_sim+eng";

/// Text wherever it stands, in no order (`tesseract --help-psm`, 12): on the demo's forms, licences and cards it finds
/// what whole-page layout analysis (3) and single blocks (6) lose.
const SPARSE: &str = "12";

/// How Tesseract complains when the data of a language is missing; it goes on with the others.
const LANGUAGE_MISSING: &str = "Failed loading language '";

/// Longest complaint that is kept, in characters.
const LONGEST_DETAIL: usize = 200;

/// A picture to read: grey, upright, of a size at which text can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Width and height of the original, in whose pixels words are told.
    pub picture: (u32, u32),
    /// Width and height of what is to be read.
    pub shown: (u32, u32),
    /// One luminance a pixel, row by row.
    pub grey: Vec<u8>,
}

/// What reading one page may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub answer_within: Duration,
    pub cpu_seconds: u64,
    /// Address space, in bytes.
    pub memory_bytes: u64,
    /// Longest answer, in bytes.
    pub answer_bytes: u64,
}

impl Default for Limits {
    /// A page of 3,000 x 2,100 takes 3 seconds and 0.3 GiB on a quiet core, some ten times as long on a busy one.
    fn default() -> Self {
        Limits {
            answer_within: Duration::from_secs(90),
            cpu_seconds: 60,
            memory_bytes: 2 << 30,
            answer_bytes: 4 << 20,
        }
    }
}

/// An installed Tesseract.
#[derive(Debug, Clone)]
pub struct Tesseract {
    program: PathBuf,
    limits: Limits,
}

impl Tesseract {
    /// The program of this name in a search path, as `PATH` holds it.
    pub fn find(search: &OsStr) -> Option<Tesseract> {
        let program = std::env::split_paths(search).map(|folder| folder.join("tesseract"));
        let program = program.filter(|program| program.is_absolute()).find(|program| program.is_file())?;
        Some(Tesseract::new(&program, Limits::default()))
    }

    /// `program` is an absolute path; it is started in the root folder.
    pub fn new(program: &Path, limits: Limits) -> Tesseract {
        Tesseract { program: program.to_owned(), limits }
    }

    /// Why there is no text where no Tesseract was found.
    pub fn absent() -> TextReading {
        TextReading::NoAnswer(Fault::new(FaultKind::NotInstalled, "tesseract"))
    }

    /// Reads a page. Never fails: why there is no text is evidence, too.
    pub async fn read(&self, page: &Page) -> TextReading {
        match self.words(page).await {
            Ok(read) => TextReading::Read(read),
            Err(fault) => TextReading::NoAnswer(fault),
        }
    }

    async fn words(&self, page: &Page) -> Result<ReadText, Fault> {
        let arguments = ["stdin", "stdout", "-l", LANGUAGES, "--psm", SPARSE, "tsv"];
        let Ended { success, answer, complaints } =
            run(&self.program, &arguments, &portable_grey_map(page), &self.limits).await?;
        let complaints = String::from_utf8_lossy(&complaints);
        if let Some((_, missing)) = complaints.split_once(LANGUAGE_MISSING) {
            let language = missing.split('\'').next().unwrap_or_default();
            return Err(Fault::new(FaultKind::NotInstalled, clipped(language)));
        }
        if !success {
            return Err(Fault::new(FaultKind::Failed, clipped(complaints.trim())));
        }
        let answer = String::from_utf8(answer).map_err(|_| Fault::new(FaultKind::Protocol, "not UTF-8"))?;
        let words = table::words(&answer, page.shown, page.picture).map_err(|line| {
            Fault::new(FaultKind::Protocol, format_args!("line {line} is no row of words"))
        })?;
        Ok(ReadText { words })
    }
}

fn clipped(text: &str) -> String {
    text.chars().take(LONGEST_DETAIL).collect()
}

/// The page as PGM, the plainest format that Tesseract reads (netpbm, `P5`).
fn portable_grey_map(page: &Page) -> Vec<u8> {
    let mut file = format!("P5\n{} {}\n255\n", page.shown.0, page.shown.1).into_bytes();
    file.extend_from_slice(&page.grey);
    file
}

#[cfg(test)]
mod tests;

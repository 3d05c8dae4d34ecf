//! Makes synthetic filings of any number, the same for the same seed; needs no font.
//!
//! `cargo run --release --example generate -- --filings 10000 --photos 500 --seed 1 --workspace DIR`

mod pack;
mod picture;
#[path = "../../tests/common/synthetic/mod.rs"]
mod synthetic;

use std::error::Error;
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{ArgGroup, Parser};
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Makes synthetic filings.
#[derive(Debug, Parser)]
#[command(name = "generate", group(ArgGroup::new("where").required(true)))]
struct Arguments {
    /// How many filings.
    #[arg(long)]
    filings: u64,
    /// How many distinct pictures at most, dealt out in full sets filing by filing.
    #[arg(long, default_value_t = 0)]
    photos: u64,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Size of each picture in millions of pixels, at most 12.
    #[arg(long, default_value_t = 1.0, value_parser = megapixels)]
    megapixels: f64,
    /// The day from which filings fall due, spread over six weeks.
    #[arg(long, default_value = "2026-01-05")]
    due_from: Date,
    /// Import into this workspace.
    #[arg(long, group = "where")]
    workspace: Option<PathBuf>,
    /// Write a pack (filings.jsonl and pictures) into this folder.
    #[arg(long, group = "where")]
    pack: Option<PathBuf>,
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments = Arguments::parse();
    let due_from = arguments.due_from.to_zoned_datetime(TimeZone::UTC)?.timestamp();
    let synthetic = synthetic::Synthetic { seed: arguments.seed, due_from };
    let size =
        pack::Size { filings: arguments.filings, photos: arguments.photos, megapixels: arguments.megapixels };
    match (arguments.pack, arguments.workspace) {
        (Some(folder), _) => {
            tell(pack::write(&folder, &synthetic, size)?)?;
            Ok(ExitCode::SUCCESS)
        }
        (None, Some(workspace)) => {
            // Beside the workspace: on the same disk, and the workspace's folder stays its own.
            let beside =
                workspace.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
            std::fs::create_dir_all(beside)?;
            let folder = tempfile::Builder::new().prefix(".heyan-generate-").tempdir_in(beside)?;
            tell(pack::write(folder.path(), &synthetic, size)?)?;
            Ok(import_pack(folder.path(), &workspace))
        }
        (None, None) => Err("give --pack or --workspace".into()),
    }
}

fn tell(written: pack::Written) -> std::io::Result<()> {
    writeln!(std::io::stdout(), "{} filings, {} pictures", written.filings, written.photos)
}

/// Imports a pack into a workspace, just as `heyan --workspace DIR import PACK` does, and answers its exit code.
fn import_pack(pack: &Path, workspace: &Path) -> ExitCode {
    let words = ["heyan", "--workspace"].map(OsString::from).into_iter();
    heyan::cli::run(words.chain([workspace.into(), "import".into(), pack.into()]))
}

fn megapixels(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(value) if value > 0.0 && value <= 12.0 => Ok(value),
        _ => Err("a number above 0, at most 12".to_owned()),
    }
}

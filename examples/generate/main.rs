//! Makes synthetic filings of any number, the same for the same seed; needs no font.
//!
//! `cargo run --release --example generate -- --filings 10000 --photos 500 --seed 1 --pack DIR`

mod pack;
mod picture;
#[path = "../../tests/common/synthetic/mod.rs"]
mod synthetic;

use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};

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

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let due_from = arguments.due_from.to_zoned_datetime(TimeZone::UTC)?.timestamp();
    let synthetic = synthetic::Synthetic { seed: arguments.seed, due_from };
    let size =
        pack::Size { filings: arguments.filings, photos: arguments.photos, megapixels: arguments.megapixels };
    let written = match (arguments.pack, arguments.workspace) {
        (Some(folder), _) => pack::write(&folder, &synthetic, size)?,
        (None, Some(workspace)) => {
            std::fs::create_dir_all(&workspace)?;
            let folder = tempfile::tempdir_in(&workspace)?;
            let written = pack::write(folder.path(), &synthetic, size)?;
            import_pack(folder.path(), &workspace)?;
            written
        }
        (None, None) => return Err("give --pack or --workspace".into()),
    };
    writeln!(std::io::stdout(), "{} filings, {} pictures", written.filings, written.photos)?;
    Ok(())
}

/// Imports a pack into a workspace, as `heyan import` does.
fn import_pack(pack: &Path, workspace: &Path) -> Result<(), Box<dyn Error>> {
    Err(format!("cannot import {} into {} yet: use --pack", pack.display(), workspace.display()).into())
}

fn megapixels(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(value) if value > 0.0 && value <= 12.0 => Ok(value),
        _ => Err("a number above 0, at most 12".to_owned()),
    }
}

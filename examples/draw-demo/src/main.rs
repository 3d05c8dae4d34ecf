//! Draws the papers of heyan's demo filings.
//!
//! Run by hand when `assets/demo/filings.jsonl` or a drawing changes, and commit what comes out:
//! `cargo run --release --manifest-path examples/draw-demo/Cargo.toml`. Needs the Noto CJK fonts.
//! The transcripts say what stands on a paper, so that a planted fault is in the record and in the picture;
//! `looks.toml` adds what no transcript holds. The same input and fonts give the same bytes.

mod face;
mod form;
mod identity;
mod licence;
mod looks;
mod photo;
mod raster;
mod svg;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;
use std::{fs, io};

use heyan::domain::filing::{Attachment, AttachmentKind as Kind, Filing, Transcript};
use image::RgbImage;
use looks::Looks;
use svg::Sheet;

fn main() -> ExitCode {
    match run() {
        Ok(count) => {
            println!("{count} pictures drawn");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("draw-demo: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<usize, String> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pack = here.join("../../assets/demo");
    let looks: Looks =
        toml::from_str(&read(&here.join("looks.toml"))?).map_err(|error| format!("looks.toml: {error}"))?;
    let fonts = raster::fonts()?;
    let pictures = pack.join("pictures");
    fs::create_dir_all(&pictures).map_err(|error| named(&pictures, &error))?;
    let mut drawn = BTreeSet::new();
    for line in read(&pack.join("filings.jsonl"))?.lines() {
        let filing: Filing = serde_json::from_str(line).map_err(|error| format!("filings.jsonl: {error}"))?;
        for attachment in &filing.attachments {
            if !drawn.insert(attachment.file.clone()) {
                continue;
            }
            let problem = |what: String| format!("{} {}: {what}", filing.key, attachment.file);
            let (sheet, width) = sheet(&filing, attachment, &looks).map_err(problem)?;
            let upright: RgbImage = raster::pixels(sheet, width, &fonts).map_err(problem)?;
            let turned = looks.orientation.get(&attachment.file).copied();
            let bytes = raster::jpeg(&upright, turned).map_err(problem)?;
            let path = pack.join(&attachment.file);
            fs::write(&path, bytes).map_err(|error| named(&path, &error))?;
        }
    }
    match looks.orientation.keys().find(|file| !drawn.contains(*file)) {
        Some(stray) => Err(format!("looks.toml turns `{stray}`, which no filing names")),
        None => Ok(drawn.len()),
    }
}

/// The paper behind an attachment, and its width when it is not the usual one.
fn sheet(filing: &Filing, attachment: &Attachment, looks: &Looks) -> Result<(Sheet, Option<u32>), String> {
    let person =
        |name: &str| looks.person.get(name).ok_or_else(|| format!("looks.toml has no person `{name}`"));
    let site = filing.site.as_ref().ok_or("a filing without a site has nothing to show");
    let sheet = match (attachment.kind, &attachment.transcript) {
        (Kind::EntityPrincipalIdFront | Kind::SitePrincipalIdFront, Some(Transcript::Identity(card))) => {
            identity::front(card, person(card.name.as_deref().unwrap_or_default())?)
        }
        (Kind::EntityPrincipalIdBack, Some(Transcript::Identity(card))) => {
            identity::back(card, person(&filing.entity.principal.name)?)
        }
        (Kind::SitePrincipalIdBack, Some(Transcript::Identity(card))) => {
            identity::back(card, person(&site?.principal.name)?)
        }
        (Kind::EntityCertificate, Some(Transcript::Certificate(certificate))) => {
            let number = certificate.number.as_deref().unwrap_or_default();
            let licence =
                looks.licence.get(number).ok_or_else(|| format!("looks.toml has no licence {number}"))?;
            licence::draw(certificate, licence)
        }
        (Kind::VerificationForm, Some(Transcript::VerificationForm(form))) => form::draw(filing, site?, form),
        (Kind::BackdropPhoto | Kind::VideoFrame, _) => {
            let photo = looks.photo.get(&filing.key).ok_or("looks.toml has no photo of this filing")?;
            let shown = photo.shows.as_deref().unwrap_or(&site?.principal.name);
            let face = &person(shown)?.face;
            let sheet = match attachment.kind {
                Kind::VideoFrame => photo::video_frame(face, &photo.taken),
                _ => photo::backdrop(face, &photo.taken),
            };
            return Ok((sheet, photo.width));
        }
        (kind, _) => return Err(format!("no paper for `{kind}` without its transcript")),
    };
    Ok((sheet, None))
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| named(path, &error))
}

fn named(path: &Path, error: &io::Error) -> String {
    format!("{}: {error}", path.display())
}

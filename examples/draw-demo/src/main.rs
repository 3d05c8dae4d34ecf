//! Draws the papers of heyan's demo filings.
//!
//! Run by hand when a list of `assets/demo` or a drawing changes, and commit what comes out:
//! `cargo run --release --manifest-path examples/draw-demo/Cargo.toml`. Needs the Noto CJK fonts.
//! The transcripts say what stands on a paper, so that a planted fault is in the record and in the picture;
//! `looks.toml` adds what no transcript holds. The same input and fonts give the same bytes.

mod domain;
mod face;
mod form;
mod identity;
mod letter;
mod licence;
mod looks;
mod permit;
mod photo;
mod raster;
mod svg;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::{fs, io};

use heyan::domain::codes::{self, List};
use heyan::domain::filing::{
    Attachment, AttachmentKind as Kind, Filing, IdentityTranscript, Person, Transcript,
};
use heyan::domain::message::Lang;
use looks::Looks;
use resvg::usvg::fontdb::Database;
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
    for filing in filings(&pack)? {
        for attachment in &filing.attachments {
            if !drawn.insert(attachment.file.clone()) {
                continue;
            }
            let problem = |what: String| format!("{} {}: {what}", filing.key, attachment.file);
            let bytes = picture(&filing, attachment, &looks, &fonts).map_err(problem)?;
            let path = pack.join(&attachment.file);
            fs::write(&path, bytes).map_err(|error| named(&path, &error))?;
        }
    }
    match looks.orientation.keys().chain(&looks.damaged).find(|file| !drawn.contains(*file)) {
        Some(stray) => Err(format!("looks.toml speaks of `{stray}`, which no filing names")),
        None => Ok(drawn.len()),
    }
}

/// The filings as they are handed in, and as some of them were the day before.
fn filings(pack: &Path) -> Result<Vec<Filing>, String> {
    let mut filings = Vec::new();
    for list in ["filings.jsonl", "earlier.jsonl"] {
        for line in read(&pack.join(list))?.lines() {
            filings.push(serde_json::from_str(line).map_err(|error| format!("{list}: {error}"))?);
        }
    }
    Ok(filings)
}

/// The picture's file.
fn picture(
    filing: &Filing,
    attachment: &Attachment,
    looks: &Looks,
    fonts: &Arc<Database>,
) -> Result<Vec<u8>, String> {
    let (sheet, width) = sheet(filing, attachment, looks)?;
    let (width, quality) = if filing.key < looks.scan.from {
        (width, raster::QUALITY)
    } else {
        let usual = looks.scan.width.get(attachment.kind.text()).copied();
        // Without loss each pixel costs several times as much.
        let lossless = [".png", ".webp", ".tif"].iter().any(|end| attachment.file.ends_with(end));
        let usual = usual.map(|width| if lossless { width * 3 / 4 } else { width });
        (width.or(usual), looks.scan.quality)
    };
    let upright = raster::pixels(sheet, width, fonts)?;
    let turned = looks.orientation.get(&attachment.file).copied();
    let mut bytes = raster::encode(&upright, &attachment.file, quality, turned)?;
    if looks.damaged.contains(&attachment.file) {
        bytes.truncate(bytes.len() / 2);
    }
    Ok(bytes)
}

/// The paper behind an attachment, and its width when it is not the usual one.
fn sheet(filing: &Filing, attachment: &Attachment, looks: &Looks) -> Result<(Sheet, Option<u32>), String> {
    let person =
        |name: &str| looks.person.get(name).ok_or_else(|| format!("looks.toml has no person `{name}`"));
    let site = filing.site.as_ref().ok_or("a filing without a site has nothing to show");
    let sheet = match (attachment.kind, &attachment.transcript) {
        (Kind::EntityPrincipalIdFront, Some(Transcript::Identity(card))) => {
            id_front(card, &filing.entity.principal, person(&filing.entity.principal.name)?)?
        }
        (Kind::SitePrincipalIdFront, Some(Transcript::Identity(card))) => {
            id_front(card, &site?.principal, person(&site?.principal.name)?)?
        }
        (Kind::EntityPrincipalIdBack, Some(Transcript::Identity(card))) => {
            id_back(card, &filing.entity.principal, person(&filing.entity.principal.name)?)?
        }
        (Kind::SitePrincipalIdBack, Some(Transcript::Identity(card))) => {
            id_back(card, &site?.principal, person(&site?.principal.name)?)?
        }
        (Kind::EntityCertificate, Some(Transcript::Certificate(certificate))) => {
            let number = certificate.number.as_deref().unwrap_or_default();
            let licence =
                looks.licence.get(number).ok_or_else(|| format!("looks.toml has no licence {number}"))?;
            licence::draw(certificate, licence)
        }
        (Kind::VerificationForm, Some(Transcript::VerificationForm(form))) => form::draw(filing, site?, form),
        (Kind::DomainCertificate, Some(Transcript::DomainCertificate(certificate))) => {
            domain::draw(certificate)
        }
        (kind @ (Kind::Undertaking | Kind::Authorisation), _) => {
            let letters = filing.attachments_of(kind).take_while(|letter| letter.file != attachment.file);
            letter::draw(filing, site?, kind, letters.count() + 1)?
        }
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

/// Personal documents by their number in the code list.
const RESIDENT_ID: u16 = 2;
const HONG_KONG_MACAO_TRAVEL_PERMIT: u16 = 14;
const FOREIGN_RESIDENT_ID: u16 = 30;
const TAIWAN_RESIDENCE_PERMIT: u16 = 42;

fn id_front(card: &IdentityTranscript, filed: &Person, looks: &looks::Person) -> Result<Sheet, String> {
    Ok(match filed.document_type {
        RESIDENT_ID => identity::front(card, looks, true),
        TAIWAN_RESIDENCE_PERMIT => identity::front(card, looks, false),
        HONG_KONG_MACAO_TRAVEL_PERMIT | FOREIGN_RESIDENT_ID => {
            permit::front(card, looks, title(filed.document_type)?)
        }
        other => return Err(format!("no drawing of documents of type {other}")),
    })
}

fn id_back(card: &IdentityTranscript, filed: &Person, looks: &looks::Person) -> Result<Sheet, String> {
    let title = title(filed.document_type)?;
    Ok(match filed.document_type {
        RESIDENT_ID | TAIWAN_RESIDENCE_PERMIT => identity::back(card, looks, title),
        _ => permit::back(card, looks, title),
    })
}

fn title(document_type: u16) -> Result<&'static str, String> {
    codes::label(List::CertificateTypes, document_type, Lang::Zh)
        .ok_or_else(|| format!("no document of type {document_type}"))
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| named(path, &error))
}

fn named(path: &Path, error: &io::Error) -> String {
    format!("{}: {error}", path.display())
}

//! Packs made for a test, and what came out of them.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use heyan::domain::evidence::Evidence;
use heyan::domain::message::{Lang, known};
use heyan::domain::revision::sha256_hex;
use heyan::domain::vault::{Vault, VaultFault};
use heyan::intake::{Entry, IntakeError, Limits, Rejection, Summary, read};
use tempfile::TempDir;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Keeps what was put, by address.
#[derive(Default)]
pub struct Shelf(pub BTreeMap<String, Vec<u8>>);

impl Vault for Shelf {
    fn get(&self, sha256: &str) -> Option<Vec<u8>> {
        self.0.get(sha256).cloned()
    }

    fn put(&mut self, sha256: &str, bytes: &[u8]) -> Result<(), VaultFault> {
        assert_eq!(sha256, sha256_hex(bytes));
        self.0.insert(sha256.to_owned(), bytes.to_vec());
        Ok(())
    }
}

/// Everything that came out of a pack.
pub struct Outcome {
    pub result: Result<Summary, IntakeError>,
    pub entries: Vec<Entry>,
    pub shelf: Shelf,
}

impl Outcome {
    pub fn keys(&self) -> Vec<&str> {
        self.entries
            .iter()
            .filter_map(|entry| match entry {
                Entry::Accepted { filing, .. } => Some(filing.key.as_str()),
                Entry::Evidence { .. } | Entry::Rejected(_) => None,
            })
            .collect()
    }

    pub fn evidence(&self) -> Vec<&Evidence> {
        self.entries
            .iter()
            .filter_map(|entry| match entry {
                Entry::Evidence { evidence, .. } => Some(evidence.as_ref()),
                Entry::Accepted { .. } | Entry::Rejected(_) => None,
            })
            .collect()
    }

    pub fn rejections(&self) -> Vec<&Rejection> {
        self.entries
            .iter()
            .filter_map(|entry| match entry {
                Entry::Accepted { .. } | Entry::Evidence { .. } => None,
                Entry::Rejected(rejections) => Some(rejections),
            })
            .flatten()
            .collect()
    }

    /// `line filing field id` of each rejection, without the room's prefix.
    pub fn told(&self) -> Vec<String> {
        self.rejections()
            .into_iter()
            .map(|rejection| {
                for lang in Lang::ALL {
                    let text = rejection.text(lang);
                    assert!(!text.contains('{'), "{text}");
                }
                for message in [&rejection.message, &rejection.found, &rejection.expected] {
                    assert!(known(&message.id), "{}", message.id);
                }
                let line = rejection.line.map_or("-".to_owned(), |line| line.to_string());
                let filing = rejection.filing.as_deref().unwrap_or("-");
                let field = if rejection.field.is_empty() { "-" } else { &rejection.field };
                format!("{line} {filing} {field} {}", rejection.message.id.trim_start_matches("intake."))
            })
            .collect()
    }
}

pub fn take(path: &Path) -> Outcome {
    take_with(path, &Limits::default())
}

pub fn take_with(path: &Path, limits: &Limits) -> Outcome {
    let (mut shelf, mut entries) = (Shelf::default(), Vec::new());
    let result = read(path, limits, &mut shelf, &mut |entry| entries.push(entry));
    if let Ok(summary) = &result {
        let accepted = entries.iter().filter(|entry| !matches!(entry, Entry::Rejected(_))).count() as u64;
        assert_eq!(*summary, Summary { accepted, rejected: entries.len() as u64 - accepted });
    }
    Outcome { result, entries, shelf }
}

pub fn with_province(key: &str, province: &str, attachments: &str) -> String {
    format!(
        r#"{{"source":"样例","key":"{key}","order_type":"first","province":"{province}","evidence_scheme":"electronic","entity":{{"name":"样例公司","entity_type":4,"certificate_type":1,"certificate_number":"91440300MA5XYLH07A","certificate_address":"样例路1号","principal":{{"name":"王样例","document_type":2,"document_number":"440305198503020019","mobile":"13800000001","email":"wang@sample.example"}}}},"attachments":[{attachments}]}}"#
    )
}

/// A filing on one line, with attachments of these files.
pub fn filing(key: &str, files: &[&str]) -> String {
    let attachments: Vec<String> = files
        .iter()
        .map(|file| format!(r#"{{"kind":"other","file":{}}}"#, serde_json::to_string(file).unwrap()))
        .collect();
    with_province(key, "440000", &attachments.join(","))
}

pub fn jpeg() -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image::RgbImage::new(40, 30).write_to(&mut out, image::ImageFormat::Jpeg).unwrap();
    out.into_inner()
}

pub fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// A zip archive; names are written as they are.
pub fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in files {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub fn saved(bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pack.zip");
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

/// Replaces every occurrence of a name of the same length, in local headers and in the directory.
pub fn renamed(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let (from, to) = (from.as_bytes(), to.as_bytes());
    let mut out = bytes.to_vec();
    let places: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(from)).collect();
    assert_eq!(places.len(), 2);
    for at in places {
        out[at..at + to.len()].copy_from_slice(to);
    }
    out
}

/// Changes the central directory's record of a name.
pub fn edited(bytes: &[u8], name: &str, edit: impl Fn(&mut [u8])) -> Vec<u8> {
    let mut out = bytes.to_vec();
    let at = (0..bytes.len())
        .find(|at| {
            let record = &bytes[*at..];
            record.starts_with(b"PK\x01\x02")
                && record.get(46..).is_some_and(|r| r.starts_with(name.as_bytes()))
        })
        .unwrap();
    edit(&mut out[at..]);
    out
}

pub fn make_fifo(path: &Path) {
    let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
    rustix::fs::mknodat(rustix::fs::CWD, path, rustix::fs::FileType::Fifo, mode, 0).unwrap();
}

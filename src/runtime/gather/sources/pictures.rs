//! Pictures as sources: files of the workspace, decoded by the confined worker.

use std::sync::Arc;

use jiff::Timestamp;
use tokio::task::spawn_blocking;

use crate::domain::evidence::{
    Evidence, Fault, FaultKind, Gathered, Gatherer, Means, Observation, PixelInspection, Subject, TextReading,
};
use crate::domain::revision::sha256_hex;
use crate::domain::viewport::Size;
use crate::evidence::text::{Page, Tesseract};
use crate::evidence::{Answering, Source};
use crate::media::inspector::{GreyPage, Inspector};
use crate::store::AttachmentVault;

/// Files, and who decodes them.
#[derive(Clone)]
pub struct Pictures {
    pub inspector: Arc<Inspector>,
    pub vault: AttachmentVault,
}

impl Pictures {
    /// The bytes of a file of the workspace, as they were imported.
    fn bytes(&self, subject: &Subject) -> Result<Vec<u8>, Fault> {
        let Subject::Attachment(sha256) = subject else {
            return Err(Fault::new(FaultKind::NoSource, subject));
        };
        let bytes = self.vault.read(sha256).map_err(|error| Fault::new(FaultKind::Failed, error))?;
        if sha256_hex(&bytes) == *sha256 {
            Ok(bytes)
        } else {
            Err(Fault::new(FaultKind::Failed, "the file is not the one that was imported"))
        }
    }

    /// Asks where waiting for disk and worker hurts nobody.
    async fn ask<T: Send + 'static>(
        &self,
        subject: &Subject,
        question: impl FnOnce(&Inspector, &[u8]) -> T + Send + 'static,
    ) -> Result<T, Fault> {
        let (pictures, subject) = (self.clone(), subject.clone());
        let asked = spawn_blocking(move || {
            pictures.bytes(&subject).map(|bytes| question(&pictures.inspector, &bytes))
        });
        asked.await.unwrap_or_else(|error| Err(Fault::new(FaultKind::Failed, error)))
    }
}

fn evidence(subject: &Subject, source: &str, now: Timestamp, observation: Observation) -> Gathered {
    Gathered::from(Evidence {
        version: observation.gatherer().version(),
        subject: subject.clone(),
        means: Means::Machine,
        source: source.to_owned(),
        observed_at: now,
        allowed_networks: Vec::new(),
        observation,
    })
}

/// As evidence names who decoded.
const WORKER: &str = concat!("heyan/", env!("CARGO_PKG_VERSION"));

/// What the pixels tell.
pub struct Pixels(pub Pictures);

impl Source for Pixels {
    fn gatherer(&self) -> Gatherer {
        Gatherer::Pixels
    }

    fn host(&self, _: &Subject) -> String {
        WORKER.to_owned()
    }

    fn may_fail(&self) -> bool {
        false
    }

    fn ask<'a>(&'a self, subject: &'a Subject, now: Timestamp) -> Answering<'a> {
        Box::pin(async move {
            let inspected = self.0.ask(subject, Inspector::pixels).await;
            let inspection = inspected.unwrap_or_else(PixelInspection::NoAnswer);
            evidence(subject, WORKER, now, Observation::Pixels(inspection))
        })
    }
}

/// What is written in a picture. The program is never given the file: it reads pixels that the worker decoded.
pub struct Text {
    pub pictures: Pictures,
    pub tesseract: Option<Tesseract>,
}

impl Text {
    async fn read(&self, subject: &Subject) -> TextReading {
        let Some(tesseract) = &self.tesseract else { return Tesseract::absent() };
        let page = self.pictures.ask(subject, Inspector::page).await.and_then(|page| page);
        match page {
            Ok(page) => {
                let GreyPage { picture, shown, grey } = page;
                let size = |size: Size| (size.width, size.height);
                tesseract.read(&Page { picture: size(picture), shown: size(shown), grey }).await
            }
            Err(fault) => TextReading::NoAnswer(fault),
        }
    }
}

impl Source for Text {
    fn gatherer(&self) -> Gatherer {
        Gatherer::Text
    }

    fn host(&self, _: &Subject) -> String {
        READER.to_owned()
    }

    fn may_fail(&self) -> bool {
        false
    }

    fn ask<'a>(&'a self, subject: &'a Subject, now: Timestamp) -> Answering<'a> {
        Box::pin(async move {
            let reading = self.read(subject).await;
            evidence(subject, READER, now, Observation::Text(reading))
        })
    }
}

/// As evidence names who read.
const READER: &str = "tesseract";

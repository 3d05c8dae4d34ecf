//! The one who writes: what came, in batches, each of them one transaction.

use std::time::Duration;

use jiff::Timestamp;
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::{Take, Tell, Told};
use crate::domain::evidence::{Gathered, KeptEvidence};
use crate::domain::workspace::Actor;
use crate::store::{SqliteStore, Store, StoreError};

/// When what came is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Batch {
    pub pieces: usize,
    /// Bytes of page texts and screenshots.
    pub bytes: usize,
    /// After the first piece.
    pub within: Duration,
}

impl Default for Batch {
    /// What is lost when the machine dies, and what a commit costs, are both small.
    fn default() -> Self {
        Batch { pieces: 200, bytes: 16 << 20, within: Duration::from_secs(1) }
    }
}

pub(super) struct Writer {
    pub store: SqliteStore,
    pub actor: Actor,
    pub batch: Batch,
    pub arriving: mpsc::Receiver<Gathered>,
    pub tell: Tell,
}

impl Writer {
    /// Writes until all who gather are gone. An error ends it, and with it everybody who would hand something in.
    pub fn run(mut self, runtime: &Handle) -> Result<(), StoreError> {
        let mut batch: Vec<Gathered> = Vec::new();
        while let Some(first) = self.arriving.blocking_recv() {
            let end = Instant::now() + self.batch.within;
            let mut bytes = size(&first);
            batch.push(first);
            while batch.len() < self.batch.pieces && bytes < self.batch.bytes {
                let next = runtime.block_on(async {
                    tokio::time::timeout_at(end, self.arriving.recv()).await.ok().flatten()
                });
                let Some(next) = next else { break };
                bytes += size(&next);
                batch.push(next);
            }
            self.store.keep_evidence(&batch, Timestamp::now(), &self.actor)?;
            let kept = batch.drain(..).map(|gathered| KeptEvidence {
                id: gathered.evidence.sealed().0,
                evidence: gathered.evidence,
            });
            (self.tell)(Told::Kept(kept.collect()));
        }
        Ok(())
    }

    /// Writes nothing, where somebody else does.
    pub fn hand_on(mut self, take: &Take) {
        while let Some(gathered) = self.arriving.blocking_recv() {
            if !take(gathered) {
                return;
            }
        }
    }
}

fn size(gathered: &Gathered) -> usize {
    gathered.files.iter().map(Vec::len).sum()
}

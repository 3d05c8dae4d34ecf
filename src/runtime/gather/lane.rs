//! One kind of source at work: takes questions from its feed, asks within its pace, and hands on what came.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::sync::{mpsc, watch};
use tokio::task::{Id, JoinSet};

use super::hosts::{Hosts, Question, Verdict};
use super::{Asked, Stop, Tell, Told};
use crate::domain::evidence::{Gathered, Observation, PageReading, Want};
use crate::domain::revision::sha256_hex;
use crate::evidence::Source;

/// Questions that wait for their hosts, at most: memory does not grow with the queue.
const WINDOW: usize = 1_024;

pub(super) struct Lane {
    pub asked: Asked,
    pub wants: mpsc::Receiver<Want>,
    pub writer: mpsc::Sender<Gathered>,
    pub stop: watch::Receiver<Stop>,
    /// How long what is on its way may still take after the first stop.
    pub grace: Duration,
    pub tell: Tell,
}

impl Lane {
    pub async fn run(mut self) {
        let source = Arc::clone(&self.asked.source);
        let mut hosts = Hosts::new(self.asked.pace);
        let mut running: JoinSet<Gathered> = JoinSet::new();
        let mut on_their_way: HashMap<Id, (String, Question)> = HashMap::new();
        let (mut more, mut ends_at) = (true, None);
        loop {
            let stop = *self.stop.borrow_and_update();
            if stop == Stop::Now {
                return;
            }
            if stop == Stop::Gently && ends_at.is_none() {
                self.wants.close();
                ends_at = Some(Instant::now() + self.grace);
            }
            while ends_at.is_none()
                && let Some((host, question)) = hosts.next(Instant::now())
            {
                let task = running.spawn(ask(Arc::clone(&source), question.want.clone()));
                on_their_way.insert(task.id(), (host, question));
            }
            let waits = more || hosts.waiting() > 0;
            if running.is_empty() && (!waits || ends_at.is_some()) {
                return;
            }
            let wake = [hosts.wake_at().filter(|_| ends_at.is_none()), ends_at].into_iter().flatten().min();
            tokio::select! {
                _ = self.stop.changed() => {}
                Some(done) = running.join_next_with_id(), if !running.is_empty() => {
                    let (id, gathered) = match done {
                        Ok((id, gathered)) => (id, Some(gathered)),
                        Err(error) => (error.id(), None),
                    };
                    let Some((host, question)) = on_their_way.remove(&id) else { continue };
                    if !self.came(&mut hosts, &host, &question, gathered).await {
                        return;
                    }
                }
                want = self.wants.recv(), if more && ends_at.is_none() && hosts.waiting() < WINDOW => {
                    match want {
                        Some(want) => {
                            let host = source.host(&want.subject);
                            if !hosts.add(host, want) {
                                (self.tell)(Told::Unasked { gatherer: source.gatherer(), count: 1 });
                            }
                        }
                        None => more = false,
                    }
                }
                () = until(wake), if wake.is_some() => {
                    if ends_at.is_some_and(|end| end <= Instant::now()) {
                        return;
                    }
                }
            }
        }
    }

    /// Hands on what came; false where nobody takes it any more.
    async fn came(
        &self,
        hosts: &mut Hosts,
        host: &str,
        question: &Question,
        gathered: Option<Gathered>,
    ) -> bool {
        let gatherer = self.asked.source.gatherer();
        let Some(gathered) = gathered else {
            // The gatherer broke down: nothing was learnt, and its host has nothing to do with it.
            let kind = crate::domain::evidence::FaultKind::Failed;
            let outcome = crate::domain::evidence::Outcome::NoAnswer(kind);
            hosts.done(host, question, outcome, Instant::now(), 0.0);
            (self.tell)(Told::Unasked { gatherer, count: 1 });
            return true;
        };
        let outcome = gathered.evidence.observation.outcome();
        match hosts.done(host, question, outcome, Instant::now(), jitter()) {
            Verdict::Repeat => return true,
            Verdict::Keep => {}
            Verdict::Leave(left) => {
                (self.tell)(Told::Unasked { gatherer, count: left.unasked });
                (self.tell)(Told::LeftHost { gatherer, host: left.host });
            }
        }
        self.writer.send(gathered).await.is_ok()
    }
}

async fn until(moment: Option<Instant>) {
    if let Some(moment) = moment {
        tokio::time::sleep_until(moment.into()).await;
    }
}

/// Asks, and reads the pages that came with the word lists while their text is at hand.
async fn ask(source: Arc<dyn Source>, want: Want) -> Gathered {
    let gathered = source.ask(&want.subject, Timestamp::now()).await;
    if !matches!(gathered.evidence.observation, Observation::Website(_)) || gathered.files.is_empty() {
        return gathered;
    }
    let unread = gathered.clone();
    tokio::task::spawn_blocking(move || read_pages(gathered)).await.unwrap_or(unread)
}

fn read_pages(mut gathered: Gathered) -> Gathered {
    let Observation::Website(visits) = &gathered.evidence.observation else { return gathered };
    let texts: Vec<&str> = visits.pages.iter().filter_map(|page| page.text_sha256.as_deref()).collect();
    for file in &gathered.files {
        let sha256 = sha256_hex(file);
        if texts.contains(&sha256.as_str()) {
            let reading = PageReading::of(&sha256, &String::from_utf8_lossy(file));
            gathered.readings.push(reading);
        }
    }
    gathered
}

/// Between 0 and 1. Without a source of chance all pauses are their shortest, and still pauses.
fn jitter() -> f64 {
    let mut byte = [0];
    match getrandom::fill(&mut byte) {
        Ok(()) => f64::from(byte[0]) / 255.0,
        Err(_) => 0.0,
    }
}

//! The desk's threads: one writes, one reads, one searches, and the writer judges in its idle moments.
//!
//! Reads (pages, counts, the next case) never stand before a decision, and of several cases asked for only the last
//! is opened. Of several searches only the last is of interest, and a new one ends the one before.

use std::collections::VecDeque;
use std::io;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread;

use jiff::Timestamp;

use super::asking::{self, Asker};
use super::effects::Desk;
use super::event_loop::{Event, Needed};
use crate::app::effect::{Effect, Msg};
use crate::store::{Interrupter, SqliteReader, SqliteStore};

/// Where effects are handed in.
pub struct Jobs {
    writer: Sender<Effect>,
    reader: Sender<Effect>,
    searcher: Sender<Effect>,
    searching: Interrupter,
    threads: Vec<thread::JoinHandle<()>>,
    /// Whoever asks the sources; none where nobody can.
    asker: Option<Box<dyn Asker>>,
    events: Sender<Event>,
}

impl Jobs {
    pub fn start(
        desk: Desk,
        store: SqliteStore,
        reads: SqliteReader,
        searches: SqliteReader,
        asker: Option<Box<dyn Asker>>,
        events: Sender<Event>,
    ) -> io::Result<Self> {
        let answers_of_sources = events.clone();
        let (writer, to_write) = channel();
        let (reader, to_read) = channel();
        let (searcher, to_search) = channel();
        let searching = searches.interrupter();
        let (reading, answers) = (desk.clone(), events.clone());
        let (looking, found) = (desk.clone(), events.clone());
        let needed = || Needed(answers_of_sources.clone());
        let [read_needed, search_needed, write_needed] = [needed(), needed(), needed()];
        let threads = vec![
            thread::Builder::new().name("reads".into()).spawn(move || {
                let _needed = read_needed;
                for effect in to_read {
                    if let Some(msg) = reading.read(&reads, &effect, Timestamp::now())
                        && answers.send(Event::Msg(Box::new(msg))).is_err()
                    {
                        return;
                    }
                }
            })?,
            thread::Builder::new().name("searches".into()).spawn(move || {
                let _needed = search_needed;
                search(&looking, &searches, &to_search, &found);
            })?,
            thread::Builder::new().name("writes".into()).spawn(move || {
                let _needed = write_needed;
                write(&desk, store, &to_write, &events);
            })?,
        ];
        Ok(Jobs { writer, reader, searcher, searching, threads, asker, events: answers_of_sources })
    }

    /// Hands an effect to the thread it belongs to. A thread that is gone has told why in its last message.
    pub fn perform(&self, effect: Effect) {
        let queue = match effect {
            Effect::Gather { run, wants } => {
                asking::gather(self.asker.as_deref(), run, wants, &self.events);
                return;
            }
            Effect::LoadPage { .. }
            | Effect::LoadCounts
            | Effect::Peek(_)
            | Effect::LoadMine
            | Effect::ReadText(_) => &self.reader,
            // First the end of the old question, then the new one: the other way round could end the new one.
            Effect::Search { .. } => {
                self.searching.interrupt();
                &self.searcher
            }
            _ => &self.writer,
        };
        let _gone = queue.send(effect);
    }

    /// Waits until all that was handed in is done. Tells whether every thread came to its end.
    pub fn finish(self) -> bool {
        self.searching.interrupt();
        drop((self.writer, self.reader, self.searcher));
        // All are waited for, also behind one that panicked.
        let ended: Vec<bool> = self.threads.into_iter().map(|thread| thread.join().is_ok()).collect();
        ended.into_iter().all(|well| well)
    }
}

/// Answers the last question that has come. What an ended one answers, the machine does not want any more.
fn search(desk: &Desk, searches: &SqliteReader, questions: &Receiver<Effect>, events: &Sender<Event>) {
    while let Ok(first) = questions.recv() {
        let last = questions.try_iter().last().unwrap_or(first);
        if let Some(msg) = desk.read(searches, &last, Timestamp::now())
            && events.send(Event::Msg(Box::new(msg))).is_err()
        {
            return;
        }
    }
}

fn write(desk: &Desk, mut store: SqliteStore, effects: &Receiver<Effect>, events: &Sender<Event>) {
    let mut waiting = VecDeque::new();
    let mut idle = Idle::Judge;
    loop {
        // All that has come is looked at before the next step, so that only the last case asked for is opened.
        loop {
            match effects.try_recv() {
                Ok(effect) => waiting.push_back(effect),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) if waiting.is_empty() => return,
                Err(TryRecvError::Disconnected) => break,
            }
        }
        keep_last_open(&mut waiting);
        let Some(effect) = waiting.pop_front() else {
            if idle == Idle::Judge {
                idle = judge_some(desk, &mut store, events);
                continue;
            }
            match effects.recv() {
                Ok(effect) => waiting.push_back(effect),
                Err(_) => return,
            }
            continue;
        };
        // A decision or an import elsewhere may have marked filings for another look.
        idle = Idle::Judge;
        if let Some(msg) = desk.write(&mut store, effect, Timestamp::now())
            && events.send(Event::Msg(Box::new(msg))).is_err()
        {
            return;
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Idle {
    Judge,
    Wait,
}

/// Judges a few filings that wait for it; short enough that no decision is kept waiting.
fn judge_some(desk: &Desk, store: &mut SqliteStore, events: &Sender<Event>) -> Idle {
    const A_FEW: u32 = 20;
    let now = Timestamp::now();
    match desk.judge_some(store, A_FEW, now) {
        Ok(turn) if turn.more => Idle::Judge,
        Ok(_) => Idle::Wait,
        Err(error) => {
            let _gone = events.send(Event::Msg(Box::new(Msg::Trouble(error.message()))));
            Idle::Wait
        }
    }
}

/// Of several cases asked for only the last is wanted; what the first lets go of is still let go.
fn keep_last_open(waiting: &mut VecDeque<Effect>) {
    let last = waiting.iter().rposition(|effect| matches!(effect, Effect::Open { .. }));
    let mut at = 0;
    waiting.retain(|effect| {
        let keep = !matches!(effect, Effect::Open { .. }) || Some(at) == last;
        at += 1;
        keep
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::effect::Target;

    #[test]
    fn of_several_cases_only_the_last_is_opened() {
        let open = |generation| Effect::Open {
            generation,
            target: Target::Next(None),
            filter: Default::default(),
            release: Some("demo/D-1001".into()),
        };
        let renew = Effect::Renew("demo/D-1001".into());
        let mut waiting = VecDeque::from([open(1), renew.clone(), open(2), open(3)]);
        keep_last_open(&mut waiting);
        assert_eq!(waiting, [renew, open(3)]);
    }
}

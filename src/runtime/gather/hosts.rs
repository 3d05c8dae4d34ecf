//! Who is asked now, who later, and who not any more: questions in the order of their coming, a few at once to each host,
//! a pause after one that gave no answer, and an end after too many of them in a row. Knows no clock and sends nothing.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use crate::domain::evidence::{FaultKind, Outcome, Want};

/// How fast one kind of source may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Questions on their way to all hosts together.
    pub at_once: usize,
    pub per_host: usize,
    /// After the first failure of a host; each further one in a row doubles it.
    pub pause: Duration,
    pub longest_pause: Duration,
    /// Failures in a row after which a host is left for this run.
    pub give_up_after: u32,
    /// Whether a host's silence counts as its failure.
    pub hosts_fail: bool,
}

impl Default for Pace {
    fn default() -> Self {
        Pace {
            at_once: 64,
            per_host: 2,
            pause: Duration::from_secs(1),
            longest_pause: Duration::from_secs(60),
            give_up_after: 5,
            hosts_fail: true,
        }
    }
}

/// How often one that is told "too many questions" asks the same again in one run.
const REPEATS: u8 = 2;

/// Idle hosts whose failures are remembered.
const REMEMBERED: usize = 4_096;

/// A question and how often it was put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub want: Want,
    pub repeats: u8,
}

/// A host that is not asked any more in this run, with the questions that waited for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftHost {
    pub host: String,
    pub unasked: u64,
}

/// What is done with an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Keep,
    /// The question is put again after the pause.
    Repeat,
    /// It is kept, and the host is left.
    Leave(LeftHost),
}

#[derive(Debug, Default)]
struct Host {
    running: usize,
    waiting: VecDeque<Question>,
    /// In a row.
    failures: u32,
    resume_at: Option<Instant>,
    left: bool,
}

impl Host {
    fn may_start(&self, pace: &Pace, now: Instant) -> bool {
        // While it fails, one question at a time finds out whether it is back.
        let at_once = if self.failures > 0 { 1 } else { pace.per_host };
        self.running < at_once && self.resume_at.is_none_or(|at| at <= now)
    }
}

/// The hosts of one kind of source.
#[derive(Debug)]
pub struct Hosts {
    pace: Pace,
    hosts: HashMap<String, Host>,
    /// Those with waiting questions, each once; taken in turn.
    turns: VecDeque<String>,
    waiting: usize,
    running: usize,
}

impl Hosts {
    pub fn new(pace: Pace) -> Self {
        Hosts { pace, hosts: HashMap::new(), turns: VecDeque::new(), waiting: 0, running: 0 }
    }

    pub const fn waiting(&self) -> usize {
        self.waiting
    }

    /// Takes a question in; false where its host was left.
    pub fn add(&mut self, name: String, want: Want) -> bool {
        let host = self.hosts.entry(name.clone()).or_default();
        if host.left {
            return false;
        }
        if host.waiting.is_empty() {
            self.turns.push_back(name);
        }
        host.waiting.push_back(Question { want, repeats: 0 });
        self.waiting += 1;
        true
    }

    /// The next question that may be put now.
    pub fn next(&mut self, now: Instant) -> Option<(String, Question)> {
        if self.running >= self.pace.at_once {
            return None;
        }
        for _ in 0..self.turns.len() {
            let name = self.turns.pop_front()?;
            let Some(host) = self.hosts.get_mut(&name) else { continue };
            let question = if host.may_start(&self.pace, now) { host.waiting.pop_front() } else { None };
            if !host.waiting.is_empty() {
                self.turns.push_back(name.clone());
            }
            if let Some(question) = question {
                host.running += 1;
                self.running += 1;
                self.waiting -= 1;
                return Some((name, question));
            }
        }
        None
    }

    /// When a host that pauses may be asked again, if one with questions does.
    pub fn wake_at(&self) -> Option<Instant> {
        let paused = self.turns.iter().filter_map(|name| self.hosts.get(name));
        paused.filter(|host| host.running == 0).filter_map(|host| host.resume_at).min()
    }

    /// An answer came. `jitter` is between 0 and 1: those who were refused together must not come back together.
    pub fn done(
        &mut self,
        name: &str,
        question: &Question,
        outcome: Outcome,
        now: Instant,
        jitter: f64,
    ) -> Verdict {
        self.running -= 1;
        let Some(host) = self.hosts.get_mut(name) else { return Verdict::Keep };
        host.running -= 1;
        let Outcome::NoAnswer(kind) = outcome else {
            (host.failures, host.resume_at) = (0, None);
            self.forget_some();
            return Verdict::Keep;
        };
        if !self.pace.hosts_fail || !is_of_the_host(kind) {
            return Verdict::Keep;
        }
        host.failures += 1;
        let doubled = self.pace.pause.saturating_mul(1 << (host.failures - 1).min(16));
        host.resume_at = Some(now + doubled.min(self.pace.longest_pause).mul_f64(0.5 + jitter / 2.0));
        if host.failures >= self.pace.give_up_after {
            if host.left {
                return Verdict::Keep;
            }
            host.left = true;
            let unasked = host.waiting.len();
            host.waiting.clear();
            self.waiting -= unasked;
            self.turns.retain(|turn| turn != name);
            return Verdict::Leave(LeftHost { host: name.to_owned(), unasked: unasked as u64 });
        }
        if kind == FaultKind::Limited && question.repeats < REPEATS && !host.left {
            if host.waiting.is_empty() {
                self.turns.push_back(name.to_owned());
            }
            host.waiting.push_front(Question { want: question.want.clone(), repeats: question.repeats + 1 });
            self.waiting += 1;
            return Verdict::Repeat;
        }
        Verdict::Keep
    }

    /// Each website is a host of its own: without this, memory would grow with the queue.
    fn forget_some(&mut self) {
        if self.hosts.len() > REMEMBERED {
            self.hosts.retain(|_, host| host.running > 0 || !host.waiting.is_empty() || host.left);
        }
    }
}

/// Whether a host itself failed, and not only what it was asked about.
const fn is_of_the_host(kind: FaultKind) -> bool {
    matches!(kind, FaultKind::Timeout | FaultKind::Refused | FaultKind::Unreachable | FaultKind::Limited)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::evidence::{Gatherer, Subject};

    const FAILED: Outcome = Outcome::NoAnswer(FaultKind::Timeout);

    fn want(name: &str) -> Want {
        Want {
            gatherer: Gatherer::Registration,
            subject: Subject::Domain(format!("{name}.example")),
            newest: None,
        }
    }

    #[test]
    fn a_resolver_is_never_left_because_of_dead_domains() {
        let pace = Pace { hosts_fail: false, give_up_after: 2, ..Pace::default() };
        let (mut hosts, now) = (Hosts::new(pace), Instant::now());
        for name in ["a1", "a2", "a3", "a4"] {
            hosts.add("a".into(), want(name));
        }
        for _ in 0..4 {
            let (host, question) = hosts.next(now).unwrap();
            assert_eq!(hosts.done(&host, &question, FAILED, now, 1.0), Verdict::Keep);
        }
    }

    fn hosts(per_host: usize, give_up_after: u32) -> (Hosts, Instant) {
        let second = Duration::from_secs(1);
        let longest_pause = Duration::from_secs(60);
        let pace =
            Pace { at_once: 8, per_host, pause: second, longest_pause, give_up_after, hosts_fail: true };
        (Hosts::new(pace), Instant::now())
    }

    fn asked(hosts: &mut Hosts, now: Instant) -> Vec<String> {
        std::iter::from_fn(|| hosts.next(now))
            .map(|(_, question)| question.want.subject.to_string())
            .collect()
    }

    #[test]
    fn each_host_is_asked_a_few_questions_at_once_and_hosts_take_turns() {
        let (mut hosts, now) = hosts(2, 5);
        for name in ["a1", "a2", "a3"] {
            assert!(hosts.add("a".into(), want(name)));
        }
        assert!(hosts.add("b".into(), want("b1")));
        let order = ["domain:a1.example", "domain:b1.example", "domain:a2.example"];
        assert_eq!(asked(&mut hosts, now), order);
        assert_eq!((hosts.waiting(), hosts.wake_at()), (1, None));
        let question = Question { want: want("a1"), repeats: 0 };
        assert_eq!(hosts.done("a", &question, Outcome::Nothing, now, 0.0), Verdict::Keep);
        assert_eq!(asked(&mut hosts, now), ["domain:a3.example"]);
    }

    #[test]
    fn a_host_that_fails_pauses_longer_each_time_and_is_left_at_last() {
        let (mut hosts, mut now) = hosts(2, 3);
        for name in ["a1", "a2", "a3", "a4"] {
            hosts.add("a".into(), want(name));
        }
        for (number, pause) in [(1, 1), (2, 2)] {
            let (host, question) = hosts.next(now).unwrap();
            assert_eq!(hosts.done(&host, &question, FAILED, now, 1.0), Verdict::Keep, "{number}");
            let wake = now + Duration::from_secs(pause);
            assert_eq!((hosts.next(now), hosts.wake_at()), (None, Some(wake)));
            now = wake;
        }
        let (host, question) = hosts.next(now).unwrap();
        assert_eq!(hosts.next(now), None, "while it fails, one at a time");
        let left = LeftHost { host: "a".into(), unasked: 1 };
        assert_eq!(hosts.done(&host, &question, FAILED, now, 1.0), Verdict::Leave(left));
        assert!(!hosts.add("a".into(), want("a5")));
        assert_eq!((hosts.waiting(), hosts.wake_at(), hosts.next(now)), (0, None, None));
    }

    #[test]
    fn an_answer_ends_the_row_of_failures() {
        let (mut hosts, now) = hosts(1, 2);
        for name in ["a1", "a2", "a3"] {
            hosts.add("a".into(), want(name));
        }
        let mut later = now;
        for outcome in [FAILED, Outcome::Answer, FAILED] {
            later += Duration::from_secs(1);
            let (host, question) = hosts.next(later).unwrap();
            assert_eq!(hosts.done(&host, &question, outcome, later, 0.0), Verdict::Keep);
        }
    }

    #[test]
    fn who_is_told_that_it_asks_too_much_asks_again_and_a_bad_answer_is_not_the_hosts_failure() {
        let (mut hosts, now) = hosts(1, 9);
        hosts.add("a".into(), want("a1"));
        let limited = Outcome::NoAnswer(FaultKind::Limited);
        let mut later = now;
        for expected in [Verdict::Repeat, Verdict::Repeat, Verdict::Keep] {
            let (host, question) = hosts.next(later).unwrap();
            assert_eq!(hosts.done(&host, &question, limited, later, 0.0), expected);
            later += Duration::from_secs(9);
        }
        hosts.add("b".into(), want("b1"));
        let (host, question) = hosts.next(later).unwrap();
        let garbled = Outcome::NoAnswer(FaultKind::Protocol);
        assert_eq!(hosts.done(&host, &question, garbled, later, 0.0), Verdict::Keep);
        hosts.add("b".into(), want("b2"));
        assert!(hosts.next(later).is_some(), "no pause");
    }
}

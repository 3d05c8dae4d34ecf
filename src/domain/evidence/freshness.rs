//! Whether evidence must be fetched again: by its age, by what it says, and by which version of the gatherer it has.

use std::net::IpAddr;

use jiff::{SignedDuration, Timestamp};

use super::{
    Answer, FaultKind, Observation, PixelInspection, RegistrationResult, RegistryResult, TextReading, Visit,
    VisitEnd, Want, WebsiteVisits,
};
use crate::domain::policy::GatherPolicy;

/// What came of asking, as far as asking again goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Answer,
    /// Who knows says that there is nothing: no address, no page.
    Nothing,
    NoAnswer(FaultKind),
}

/// For how long who gave no answer is left alone, in minutes.
const RETRY_MINUTES: i64 = 15;

impl Observation {
    pub fn outcome(&self) -> Outcome {
        match self {
            Observation::Dns(answers) => {
                let own = answers.hosts.first();
                own.map_or(Outcome::NoAnswer(FaultKind::Protocol), |own| {
                    let v4 = of_answer(&own.ipv4);
                    match (v4, of_answer(&own.ipv6)) {
                        (Outcome::Answer, _) | (_, Outcome::Answer) => Outcome::Answer,
                        (Outcome::NoAnswer(kind), _) | (_, Outcome::NoAnswer(kind)) => {
                            Outcome::NoAnswer(kind)
                        }
                        _ => Outcome::Nothing,
                    }
                })
            }
            Observation::Registration(answer) => match &answer.result {
                RegistrationResult::NoAnswer(fault) => Outcome::NoAnswer(fault.kind),
                _ => Outcome::Answer,
            },
            // Whether a site is down or we are cut off is not for one visit to tell.
            Observation::Website(visits) => of_visits(visits),
            Observation::Registry(answer) => match &answer.result {
                RegistryResult::NoAnswer(fault) => Outcome::NoAnswer(fault.kind),
                _ => Outcome::Answer,
            },
            Observation::Text(TextReading::NoAnswer(fault))
            | Observation::Pixels(PixelInspection::NoAnswer(fault)) => Outcome::NoAnswer(fault.kind),
            _ => Outcome::Answer,
        }
    }
}

/// Nothing, where no way opens. What stood on our side before one of them says nothing of the site.
fn of_visits(visits: &WebsiteVisits) -> Outcome {
    if visits.open_page().is_some() {
        return Outcome::Answer;
    }
    let ours = |visit: &Visit| match &visit.end {
        VisitEnd::NoAnswer(fault) => match fault.kind {
            FaultKind::Timeout | FaultKind::Refused | FaultKind::Unreachable | FaultKind::Protocol => None,
            FaultKind::Limited
            | FaultKind::TooLarge
            | FaultKind::Guarded
            | FaultKind::NotInstalled
            | FaultKind::NoSource
            | FaultKind::Failed => Some(fault.kind),
        },
        _ => None,
    };
    visits.visits.iter().find_map(ours).map_or(Outcome::Nothing, Outcome::NoAnswer)
}

fn of_answer<T: Into<IpAddr>>(answer: &Answer<T>) -> Outcome {
    match answer {
        Answer::Found(_) => Outcome::Answer,
        Answer::NoData | Answer::NoSuchName => Outcome::Nothing,
        Answer::Timeout => Outcome::NoAnswer(FaultKind::Timeout),
        Answer::ServerFailure => Outcome::NoAnswer(FaultKind::Failed),
        Answer::Other(_) => Outcome::NoAnswer(FaultKind::Protocol),
    }
}

impl Want {
    /// Whether it is to be fetched now. `last` is what came of asking last, where anybody was asked.
    ///
    /// "Nothing" is looked at again as soon as that makes two observations apart from each other; what never changes is
    /// fetched once; no answer at all is tried again after a short while.
    pub fn is_due(&self, last: Option<Outcome>, rules: &GatherPolicy, now: Timestamp) -> bool {
        let (Some((at, version)), Some(last)) = (self.newest, last) else { return true };
        if version < self.gatherer.version() {
            return true;
        }
        let fresh = rules.fresh_hours(self.gatherer);
        let for_as_long = match last {
            Outcome::NoAnswer(_) => Some(SignedDuration::from_mins(RETRY_MINUTES)),
            Outcome::Nothing => fresh.map(|hours| hours_of(hours.min(rules.apart_hours))),
            Outcome::Answer => fresh.map(hours_of),
        };
        for_as_long.is_some_and(|span| now.duration_since(at) >= span)
    }
}

fn hours_of(hours: u32) -> SignedDuration {
    SignedDuration::from_hours(hours.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::evidence::{Charset, DnsAnswers, Fault, Gatherer, HostAnswers, Page, Subject};

    #[test]
    fn age_outcome_and_version_say_what_is_due() {
        let rules = GatherPolicy::NOTHING;
        let now: Timestamp = "2026-03-02T00:00:00Z".parse().unwrap();
        let cases = [
            // 12 hours for an answer, 4 for nothing, a quarter of an hour for no answer
            (Gatherer::Dns, Outcome::Answer, 60 * 12 - 1, false),
            (Gatherer::Dns, Outcome::Answer, 60 * 12, true),
            (Gatherer::Dns, Outcome::Nothing, 60 * 4 - 1, false),
            (Gatherer::Dns, Outcome::Nothing, 60 * 4, true),
            (Gatherer::Dns, Outcome::NoAnswer(FaultKind::Timeout), 14, false),
            (Gatherer::Dns, Outcome::NoAnswer(FaultKind::Timeout), 15, true),
            (Gatherer::Registry, Outcome::Answer, 60 * 24 * 29, false),
            (Gatherer::Pixels, Outcome::Answer, 60 * 24 * 3_000, false),
            (Gatherer::Text, Outcome::NoAnswer(FaultKind::NotInstalled), 15, true),
        ];
        for (gatherer, last, minutes, due) in cases {
            let at = now - SignedDuration::from_mins(minutes);
            let subject = Subject::Domain("yangli.example".into());
            let version = gatherer.version();
            let mut want = Want { gatherer, subject, newest: Some((at, version)) };
            assert_eq!(want.is_due(Some(last), &rules, now), due, "{gatherer} {last:?} after {minutes}");
            want.newest = Some((at, version - 1));
            assert!(want.is_due(Some(last), &rules, now), "an older version");
            want.newest = None;
            assert!(want.is_due(None, &rules, now), "never asked");
        }
    }

    #[test]
    fn outcomes_of_visits() {
        let of = |ends: Vec<VisitEnd>, statuses: &[u16]| {
            let visit = |end| Visit {
                url: "https://yangli.example/".into(),
                hops: Vec::new(),
                end,
                certificate: None,
            };
            let page = |status: &u16| Page {
                url: "https://yangli.example/".into(),
                status: *status,
                charset: Charset { header: None, page: None, used: "UTF-8".into() },
                title: String::new(),
                body_sha256: "b".repeat(64),
                body_bytes: 9,
                text_sha256: None,
                text_characters: 0,
                footer: Vec::new(),
                forms: Vec::new(),
                screenshot_sha256: None,
            };
            let visits = ends.into_iter().map(visit).collect();
            let pages = statuses.iter().map(page).collect();
            Observation::Website(WebsiteVisits { visits, pages }).outcome()
        };
        let fault = |kind| VisitEnd::NoAnswer(Fault::new(kind, ""));
        assert_eq!(of(vec![VisitEnd::Page(0)], &[200]), Outcome::Answer);
        assert_eq!(of(vec![fault(FaultKind::Guarded), VisitEnd::Page(0)], &[200]), Outcome::Answer);
        for status in [404, 502] {
            assert_eq!(of(vec![VisitEnd::Page(0)], &[status]), Outcome::Nothing, "{status}");
        }
        assert_eq!(of(vec![fault(FaultKind::Timeout), VisitEnd::NotResolved], &[]), Outcome::Nothing);
        for kind in [FaultKind::Guarded, FaultKind::Limited] {
            assert_eq!(of(vec![fault(FaultKind::Timeout), fault(kind)], &[]), Outcome::NoAnswer(kind));
        }
    }

    #[test]
    fn outcomes() {
        let dns = |ipv4, ipv6| {
            let host = HostAnswers { host: "yangli.example".into(), aliases: Vec::new(), ipv4, ipv6 };
            Observation::Dns(DnsAnswers { hosts: vec![host], name_servers: Answer::NoData }).outcome()
        };
        let found = || Answer::Found(vec!["203.0.113.9".parse().unwrap()]);
        assert_eq!(dns(found(), Answer::Timeout), Outcome::Answer);
        assert_eq!(dns(Answer::NoSuchName, Answer::NoSuchName), Outcome::Nothing);
        assert_eq!(dns(Answer::NoData, Answer::ServerFailure), Outcome::NoAnswer(FaultKind::Failed));
        assert_eq!(dns(Answer::Timeout, Answer::NoData), Outcome::NoAnswer(FaultKind::Timeout));
        let nowhere = Observation::Website(WebsiteVisits { visits: Vec::new(), pages: Vec::new() });
        assert_eq!(nowhere.outcome(), Outcome::Nothing);
        let unread = TextReading::NoAnswer(Fault::new(FaultKind::NotInstalled, "tesseract"));
        assert_eq!(Observation::Text(unread).outcome(), Outcome::NoAnswer(FaultKind::NotInstalled));
    }
}

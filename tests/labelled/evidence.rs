//! The evidence of a scene, and ways to change it.

use heyan::domain::domain_name;
use heyan::domain::evidence::{
    Call, CallOutcome, DnsAnswers, Evidence, FaceComparison, Gathered, Gatherer, HostAnswers, Observation,
    Page, PageReading, PixelFacts, PixelInspection, Registration, RegistrationAnswer, RegistrationResult,
    RegistryAnswer, RegistryRecord, RegistryResult, Subject, TextReading, VisitEnd, WebsiteVisits, Word,
};
use heyan::domain::filing::AttachmentKind;
use heyan::domain::revision::sha256_hex;

use crate::clean_evidence::{self as clean, footer_number, page_lines, piece};
use crate::scene::{Scene, now};

impl Scene {
    pub fn domain(&self) -> String {
        domain_name::ascii(&self.filing.site.as_ref().unwrap().domains[0]).unwrap()
    }

    fn of_domain(&self) -> Subject {
        Subject::Domain(self.domain())
    }

    pub fn hash(&self, kind: AttachmentKind) -> String {
        self.facts.iter().find(|fact| fact.kind == kind).unwrap().sha256.clone()
    }

    pub fn forget(&mut self, which: impl Fn(&Evidence) -> bool) {
        self.pieces.retain(|gathered| !which(&gathered.evidence));
    }

    pub fn forget_all(&mut self, gatherer: Gatherer) {
        self.forget(|piece| piece.gatherer() == gatherer);
    }

    pub fn add(&mut self, subject: Subject, minutes: i64, observation: Observation) {
        self.pieces.push(piece(subject, now(), minutes, observation));
    }

    fn change(&mut self, gatherer: Gatherer, change: impl Fn(&mut Observation)) {
        let mut any = false;
        for gathered in self.pieces.iter_mut().filter(|one| one.evidence.gatherer() == gatherer) {
            change(&mut gathered.evidence.observation);
            any = true;
        }
        assert!(any, "no evidence of {gatherer}");
    }

    pub fn registry(&mut self, result: RegistryResult) {
        self.forget_all(Gatherer::Registry);
        let number = Subject::number(&self.filing.entity.certificate_number).unwrap();
        self.add(number, 60, Observation::Registry(RegistryAnswer { result }));
    }

    pub fn record(&mut self, change: impl Fn(&mut RegistryRecord)) {
        self.change(Gatherer::Registry, |observation| {
            if let Observation::Registry(RegistryAnswer { result: RegistryResult::Found(record) }) =
                observation
            {
                change(record);
            }
        });
    }

    pub fn registration(&mut self, result: RegistrationResult, answer: &str) {
        self.forget_all(Gatherer::Registration);
        let answer = RegistrationAnswer { result, answer: answer.to_owned() };
        self.add(self.of_domain(), 90, Observation::Registration(answer));
    }

    pub fn registered(&mut self, change: impl Fn(&mut Registration)) {
        self.change(Gatherer::Registration, |observation| {
            if let Observation::Registration(RegistrationAnswer {
                result: RegistrationResult::Registered(registration),
                ..
            }) = observation
            {
                change(registration);
            }
        });
    }

    pub fn dns(&mut self, change: impl Fn(&mut DnsAnswers)) {
        self.change(Gatherer::Dns, |observation| {
            if let Observation::Dns(answers) = observation {
                change(answers);
            }
        });
    }

    pub fn hosts(&mut self, change: impl Fn(&mut HostAnswers)) {
        self.dns(|answers| answers.hosts.iter_mut().for_each(&change));
    }

    /// The same answers once more, as many minutes before.
    pub fn again(&mut self, gatherer: Gatherer, minutes: i64) {
        let earlier: Vec<Gathered> = self
            .pieces
            .iter()
            .filter(|gathered| gathered.evidence.gatherer() == gatherer)
            .map(|gathered| {
                let mut earlier = gathered.clone();
                earlier.evidence.observed_at -= jiff::SignedDuration::from_mins(minutes);
                earlier
            })
            .collect();
        assert!(!earlier.is_empty(), "no evidence of {gatherer}");
        self.pieces.extend(earlier);
    }

    /// Every visit ends like this, and there is no page.
    pub fn visits_end(&mut self, end: &VisitEnd) {
        self.change(Gatherer::Website, |observation| {
            if let Observation::Website(visits) = observation {
                visits.pages.clear();
                for visit in &mut visits.visits {
                    visit.hops.clear();
                    visit.end = end.clone();
                }
            }
        });
    }

    /// The site shows these lines, the title first.
    pub fn shows(&mut self, lines: &[&str]) {
        self.forget_all(Gatherer::Website);
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        self.pieces.push(clean::website(&self.filing, &self.domain(), &lines, now()));
    }

    /// The clean page with these lines before its foot.
    pub fn also_shows(&mut self, more: &[&str]) {
        let mut lines = page_lines(&self.filing);
        let foot = usize::from(footer_number(&self.filing).is_some());
        for line in more {
            lines.insert(lines.len() - foot, (*line).to_owned());
        }
        self.shows(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    }

    /// The page of a site that must not be open, and is.
    pub fn opens(&mut self, lines: &[&str]) {
        self.forget_all(Gatherer::Website);
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        let text = lines.join("\n");
        let visits = clean::open(&self.filing, &self.domain(), &lines);
        let mut gathered = piece(self.of_domain(), now(), 35, Observation::Website(visits));
        gathered.readings = vec![PageReading::of(&sha256_hex(text.as_bytes()), &text)];
        self.pieces.push(gathered);
    }

    pub fn page(&mut self, change: impl Fn(&mut Page)) {
        self.change(Gatherer::Website, |observation| {
            if let Observation::Website(visits) = observation {
                visits.pages.iter_mut().for_each(&change);
            }
        });
    }

    pub fn visits(&mut self, change: impl Fn(&mut WebsiteVisits)) {
        self.change(Gatherer::Website, |observation| {
            if let Observation::Website(visits) = observation {
                change(visits);
            }
        });
    }

    pub fn face(&mut self, score_permille: u16) {
        let score = FaceComparison { score_permille, threshold_permille: 800 };
        self.change(Gatherer::Face, |observation| *observation = Observation::Face(score));
    }

    /// How calls to a number went, as many minutes before each.
    pub fn calls(&mut self, number: &str, calls: &[(i64, CallOutcome)]) {
        let phone = Subject::phone(number).unwrap();
        self.forget(|piece| piece.subject == phone);
        for (minutes, outcome) in calls {
            self.add(phone.clone(), *minutes, Observation::Call(Call { outcome: *outcome }));
        }
    }

    pub fn pixels(&mut self, kind: AttachmentKind, change: impl Fn(&mut PixelFacts)) {
        let subject = Subject::Attachment(self.hash(kind));
        let of = self
            .pieces
            .iter_mut()
            .find(|one| one.evidence.subject == subject && one.evidence.gatherer() == Gatherer::Pixels);
        if let Observation::Pixels(PixelInspection::Seen(facts)) = &mut of.unwrap().evidence.observation {
            change(facts);
        }
    }

    pub fn words(&mut self, kind: AttachmentKind, change: impl Fn(&mut Vec<Word>)) {
        let subject = Subject::Attachment(self.hash(kind));
        let of = self
            .pieces
            .iter_mut()
            .find(|one| one.evidence.subject == subject && one.evidence.gatherer() == Gatherer::Text);
        if let Observation::Text(TextReading::Read(read)) = &mut of.unwrap().evidence.observation {
            change(&mut read.words);
        }
    }
}

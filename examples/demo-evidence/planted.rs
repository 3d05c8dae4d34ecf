//! What is wrong in the demo's evidence, by filing; and what only looks wrong.

use heyan::cli::demo_pack::MADE;
use heyan::domain::case::AttachmentFacts;
use heyan::domain::domain_name;
use heyan::domain::evidence::{
    Answer, Call, CallOutcome, FaceComparison, Gathered, Gatherer, Holder, Observation, RegistrationAnswer,
    RegistrationResult, RegistryAnswer, RegistryRecord, RegistryResult, RegistryStatus, Resource,
    ResourceState, Stated, Subject, VisitEnd,
};
use heyan::domain::filing::{AttachmentKind, Filing};
use jiff::civil::date;

use crate::clean_evidence::{
    address, closed, found, is_of_a_person, open, page_lines, piece, record, registered, resolving, website,
};

/// Minutes of a day, and of the time between two observations that confirm each other.
const DAY: i64 = 24 * 60;
const APART: i64 = 6 * 60;

/// The evidence of one filing, which is changed.
struct Plot<'a> {
    filing: &'a Filing,
    facts: &'a [AttachmentFacts],
    pieces: &'a mut Vec<Gathered>,
}

pub fn plant(filing: &Filing, facts: &[AttachmentFacts], pieces: &mut Vec<Gathered>) {
    let mut plot = Plot { filing, facts, pieces };
    match filing.key.as_str() {
        // Renamed, and another legal representative since: the registry says what the certificate says.
        "D-1005" | "D-1006" => plot.record(|record, filing| {
            let certificate = filing.certificate_transcript().unwrap();
            record.former_names = vec![record.name.clone()];
            record.name = certificate.name.clone().unwrap();
            record.legal_representative = certificate.legal_representative.clone().unwrap();
        }),
        // A number from before 2015, and another address.
        "D-1007" => plot.record(|record, filing| {
            let certificate = filing.certificate_transcript().unwrap();
            record.former_numbers = vec![record.number.clone()];
            record.number = "91310115MAYL20076J".into();
            record.address = certificate.address.clone().unwrap();
        }),
        // Another person stands before the backdrop.
        "D-1010" => plot.face(310),
        "D-1015" => {
            plot.registration(|domain, filing| registered(domain, &filing.entity.name, date(2024, 5, 6)));
        }
        // Its address is nobody's whom the provider serves.
        "D-1024" => plot.record(|record, filing| {
            record.number = filing.certificate_transcript().unwrap().number.clone().unwrap();
        }),
        "D-1031" => {
            plot.registration(|domain, _| registered(domain, "北京样例电脑维修服务部", date(2046, 3, 2)));
        }
        "D-1037" => {
            plot.registry(RegistryResult::NotFound);
            plot.calls(&[(3 * DAY, CallOutcome::NoAnswer), (DAY, CallOutcome::NoAnswer)]);
        }
        "D-1038" => {
            plot.record(|record, _| {
                (record.status, record.status_text) = (RegistryStatus::Deregistered, "注销".into());
            });
            plot.unreachable();
        }
        "D-1039" => {
            plot.record(|record, _| {
                (record.status, record.status_text) = (RegistryStatus::Revoked, "吊销，未注销".into());
            });
            plot.registration(|domain, _| RegistrationAnswer {
                result: RegistrationResult::NotRegistered { line: Some(1) },
                answer: format!("No matching record.\n% {domain}\n"),
            });
            plot.nowhere();
        }
        "D-1040" => plot.record(|record, _| {
            record.former_numbers = vec![record.number.clone()];
            record.number = "91440304MAYL20404B".into();
        }),
        "D-1041" => {
            plot.registration(|domain, _| registered(domain, "宁波样例门锁有限公司", date(2046, 3, 2)));
            plot.pointing_to("203.0.113.241");
        }
        "D-1042" => {
            plot.pointing_to("198.51.100.142");
            plot.calls(&[(DAY, CallOutcome::Invalid)]);
        }
        "D-1043" => plot.page(|lines, _| {
            lines.truncate(3);
            lines.push("会员充值：开通年费会员，解锁全部付费课程".into());
            lines.push("商家入驻：第三方商家开店，平台收取佣金".into());
            lines.push("广告招商：首页广告位对外出租，按月付费".into());
        }),
        "D-1044" => plot.page(|lines, filing| {
            let foot = lines.pop();
            lines.truncate(2);
            lines.push("成都样例园艺有限公司官方网站".into());
            lines.push("本公司主营花卉苗木批发，产品中心，欢迎来电订购，诚招加盟代理".into());
            lines.push(format!("负责人 {}", filing.entity.name));
            lines.extend(foot);
        }),
        "D-1045" => plot.page(|lines, _| {
            let foot = lines.pop();
            lines.clear();
            lines.push("烟台样例渔具有限公司".into());
            lines.push("烟台样例渔具有限公司成立于二〇一二年，专营钓竿和鱼线".into());
            lines.push("© 烟台样例渔具有限公司".into());
            lines.extend(foot);
        }),
        "D-1046" => plot.page(|lines, _| {
            let foot = lines.pop();
            lines.truncate(3);
            lines.push("时政新闻 国内新闻 国际新闻 今日头条".into());
            lines.push("本站记者报道：新闻评论".into());
            lines.extend(foot);
        }),
        "D-1047" => {
            // Registered anew in the city, under another unified code.
            plot.record(|record, _| {
                record.former_numbers = vec![record.number.clone()];
                record.number = "91350200MAYL214748".into();
            });
            plot.calls(&[(DAY, CallOutcome::NotOwner)]);
            plot.resource_expired();
        }
        "D-1048" => plot.only_looks_wrong(),
        _ => {}
    }
}

impl Plot<'_> {
    fn domain(&self) -> String {
        let site = self.filing.site.as_ref().unwrap();
        domain_name::ascii(&site.domains[0]).unwrap()
    }

    fn drop(&mut self, gatherer: Gatherer) {
        self.pieces.retain(|piece| piece.evidence.gatherer() != gatherer);
    }

    fn add(&mut self, subject: Subject, minutes: i64, observation: Observation) {
        self.pieces.push(piece(subject, MADE, minutes, observation));
    }

    fn registry(&mut self, result: RegistryResult) {
        self.drop(Gatherer::Registry);
        let number = Subject::number(&self.filing.entity.certificate_number).unwrap();
        self.add(number, 3 * DAY, Observation::Registry(RegistryAnswer { result }));
    }

    fn record(&mut self, change: impl Fn(&mut RegistryRecord, &Filing)) {
        let mut record = record(self.filing);
        change(&mut record, self.filing);
        self.registry(found(record).result);
    }

    fn registration(&mut self, answer: impl Fn(&str, &Filing) -> RegistrationAnswer) {
        self.drop(Gatherer::Registration);
        let domain = self.domain();
        let answer = answer(&domain, self.filing);
        self.add(Subject::Domain(domain), DAY, Observation::Registration(answer));
    }

    /// The site points elsewhere, and is open there.
    fn pointing_to(&mut self, elsewhere: &str) {
        self.drop(Gatherer::Dns);
        let domain = self.domain();
        let answers = resolving(&domain, Some(elsewhere.parse().unwrap()));
        self.add(Subject::Domain(domain), 40, Observation::Dns(answers));
    }

    /// No server knows the name, today and some hours before.
    fn nowhere(&mut self) {
        self.drop(Gatherer::Dns);
        self.drop(Gatherer::Website);
        let domain = self.domain();
        for minutes in [40, 40 + APART] {
            let mut answers = resolving(&domain, None);
            for host in &mut answers.hosts {
                (host.ipv4, host.ipv6) = (Answer::NoSuchName, Answer::NoSuchName);
            }
            answers.name_servers = Answer::NoSuchName;
            self.add(Subject::Domain(domain.clone()), minutes, Observation::Dns(answers));
            self.add(Subject::Domain(domain.clone()), minutes - 5, Observation::Website(closed(&domain)));
        }
    }

    /// The address is there and nobody answers, today and some hours before.
    fn unreachable(&mut self) {
        use heyan::domain::evidence::{Fault, FaultKind};
        self.drop(Gatherer::Website);
        let domain = self.domain();
        for minutes in [35, 35 + APART] {
            let mut visits = closed(&domain);
            for visit in &mut visits.visits {
                visit.end = VisitEnd::NoAnswer(Fault::new(FaultKind::Timeout, "10 s"));
            }
            self.add(Subject::Domain(domain.clone()), minutes, Observation::Website(visits));
        }
    }

    fn page(&mut self, change: impl Fn(&mut Vec<String>, &Filing)) {
        self.drop(Gatherer::Website);
        let mut lines = page_lines(self.filing);
        change(&mut lines, self.filing);
        self.pieces.push(website(self.filing, &self.domain(), &lines, MADE));
    }

    /// How calls to the principal's mobile went, before so many minutes each.
    fn calls(&mut self, calls: &[(i64, CallOutcome)]) {
        let phone = Subject::phone(&self.filing.entity.principal.mobile).unwrap();
        self.pieces.retain(|piece| piece.evidence.subject != phone);
        for (minutes, outcome) in calls {
            self.add(phone.clone(), *minutes, Observation::Call(Call { outcome: *outcome }));
        }
    }

    fn face(&mut self, score_permille: u16) {
        self.drop(Gatherer::Face);
        let photos: Vec<_> = self.facts.iter().filter(|fact| is_of_a_person(fact.kind)).cloned().collect();
        for AttachmentFacts { sha256, kind, .. } in photos {
            debug_assert!(kind != AttachmentKind::VerificationForm);
            let score = FaceComparison { score_permille, threshold_permille: 800 };
            self.add(Subject::Attachment(sha256), 200, Observation::Face(score));
        }
    }

    fn resource_expired(&mut self) {
        let resource = Resource { state: ResourceState::Expired, expires_on: Some(date(2025, 11, 30)) };
        let address = address(self.filing).unwrap();
        self.add(Subject::Address(address), 2 * DAY, Observation::Resource(resource));
    }

    /// Other brackets and blanks in the registry, a redacted holder, a call that was answered the second time, words in
    /// a negation, a foot with blanks, an old observation that has passed.
    fn only_looks_wrong(&mut self) {
        self.record(|record, _| {
            record.name = format!(" {} ", record.name);
            record.address = record.address.replace("东莞市", "广东省东莞市");
            record.status_text = "在营（开业）企业".into();
        });
        self.registration(|domain, filing| {
            let mut answer = registered(domain, "REDACTED FOR PRIVACY", date(2046, 3, 2));
            if let RegistrationResult::Registered(registration) = &mut answer.result {
                let redacted = Stated { value: "REDACTED FOR PRIVACY".to_owned(), line: Some(3) };
                registration.holder = Holder::Redacted(redacted);
            }
            debug_assert!(!answer.answer.contains(&filing.entity.name));
            answer
        });
        self.calls(&[(2 * DAY, CallOutcome::NoAnswer), (DAY, CallOutcome::Person)]);
        self.page(|lines, _| {
            let foot = lines.pop().unwrap();
            lines.push("本站不提供充值、支付和会员服务，不发布新闻。".into());
            lines.push(foot.replace("备", " 备 "));
        });
        let domain = self.domain();
        let mut earlier = open(self.filing, &domain, &page_lines(self.filing));
        for visit in &mut earlier.visits {
            visit.hops.clear();
            visit.end = VisitEnd::NotResolved;
        }
        earlier.pages.clear();
        self.add(Subject::Domain(domain), 2 * DAY, Observation::Website(earlier));
    }
}

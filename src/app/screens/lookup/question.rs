//! What can be looked up for a filing, and which answers there are.

use crate::app::case_view::CaseView;
use crate::app::evidence_text::{call_id, status_id};
use crate::domain::declared::Privacy;
use crate::domain::domain_name;
use crate::domain::evidence::{CallOutcome, Gatherer, RegistryStatus, Subject};
use crate::domain::object::{Object, PersonPlaces, Place};

/// One thing to look up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub gatherer: Gatherer,
    pub subject: Subject,
    /// The value in the filing that it speaks of.
    pub object: Object,
}

impl Question {
    /// What is typed into the other system: a name, a number, a domain. None for what is personal data.
    pub fn query(&self) -> Option<String> {
        match &self.subject {
            Subject::Domain(domain) => Some(domain_name::unicode(domain)),
            Subject::Number(text) | Subject::Name(text) => Some(text.clone()),
            Subject::Address(address) => Some(address.to_string()),
            Subject::Phone(_) | Subject::Attachment(_) => None,
        }
    }

    /// Who may be asked; recorded as the source of what was seen.
    pub const fn sources(&self) -> &'static [&'static str] {
        match self.gatherer {
            Gatherer::Registry => &[
                "国家企业信用信息公示系统 gsxt.gov.cn",
                "全国组织机构统一社会信用代码 cods.org.cn",
                "机关赋码和事业单位登记 gjsy.gov.cn",
                "中国社会组织政务服务平台 chinanpo.mca.gov.cn",
            ],
            Gatherer::Registration => &["CNNIC whois.cnnic.cn", "ICANN lookup.icann.org", "注册商网站"],
            Gatherer::Call => &["电话"],
            _ => &["浏览器"],
        }
    }

    /// The answers there are, in the order of their digits, as message ids.
    pub fn statuses(&self) -> Vec<&'static str> {
        match self.gatherer {
            Gatherer::Registry => {
                let statuses = REGISTRY.iter().map(|status| status_id(*status));
                statuses.chain(["desk.ev_not_found"]).collect()
            }
            Gatherer::Registration => {
                vec!["desk.lookup_registered", "desk.ev_not_registered", "desk.ev_reserved"]
            }
            Gatherer::Call => CallOutcome::ALL.iter().map(|outcome| call_id(*outcome)).collect(),
            _ => vec!["desk.lookup_opens", "desk.lookup_closed", "desk.ev_visit_not_resolved"],
        }
    }

    /// The values that are taken down, as labels.
    pub const fn values(&self) -> &'static [&'static str] {
        match self.gatherer {
            Gatherer::Registry => &[
                "domain.fact_name",
                "domain.fact_number",
                "domain.fact_address",
                "domain.fact_legal_representative",
            ],
            Gatherer::Registration => &["desk.ev_holder", "desk.ev_registrar", "desk.ev_expires_on"],
            Gatherer::Call => &[],
            _ => &["desk.ev_page_title", "desk.ev_footer", "desk.lookup_content"],
        }
    }
}

/// Statuses that a person tells apart, by digit: eight, and the ninth answer is "nothing found".
pub(super) const REGISTRY: [RegistryStatus; 8] = [
    RegistryStatus::Active,
    RegistryStatus::Deregistered,
    RegistryStatus::Revoked,
    RegistryStatus::Abnormal,
    RegistryStatus::Suspended,
    RegistryStatus::Liquidating,
    RegistryStatus::MovedOut,
    RegistryStatus::Annulled,
];

/// Everything that can be looked up for a case, and which of it the selected row is about.
pub(super) fn of_case(case: &CaseView) -> (Vec<Question>, usize) {
    let filing = &case.file.filing;
    let mut questions = Vec::new();
    let mut add = |gatherer, subject: Option<Subject>, object: Object| {
        if let Some(subject) = subject {
            let question = Question { gatherer, subject, object };
            if !questions.contains(&question) {
                questions.push(question);
            }
        }
    };
    if !filing.is_individual() {
        add(Gatherer::Registry, Subject::number(&filing.entity.certificate_number), Place::Number.into());
    }
    for domain in filing.site.iter().flat_map(|site| &site.domains) {
        let object = Object::Domain(domain.to_lowercase());
        let filed = Subject::domain(domain);
        if let Some(Subject::Domain(name)) = &filed {
            let registrable = domain_name::registrable(name).and_then(Subject::domain);
            add(Gatherer::Registration, registrable, object.clone());
        }
        add(Gatherer::Website, filed, object);
    }
    for (role, person) in filing.principals() {
        let places = PersonPlaces::of(role);
        for (number, place) in [
            (Some(&person.mobile), places.mobile),
            (person.landline.as_ref(), places.landline),
            (person.emergency.as_ref(), places.emergency),
        ] {
            add(Gatherer::Call, number.and_then(|number| Subject::phone(number)), place.into());
        }
    }
    let asked = asked(case, &questions);
    (questions, asked)
}

/// The question that the selected row is about, else the first.
fn asked(case: &CaseView, questions: &[Question]) -> usize {
    let named = case.selected_subject().and_then(|(gatherer, subject)| {
        questions.iter().position(|question| question.gatherer == gatherer && question.subject == *subject)
    });
    let object = case.selected_object();
    let of_object = || questions.iter().position(|question| Some(&question.object) == object);
    let of_kind = || {
        let gatherer = match object? {
            Object::Place(
                Place::Site | Place::SiteName | Place::SiteUrl | Place::SiteContent | Place::SiteFooter,
            ) => Gatherer::Website,
            object if Privacy::of(object, false) == Privacy::Phone => Gatherer::Call,
            Object::Domain(_) => Gatherer::Registration,
            _ => Gatherer::Registry,
        };
        questions.iter().position(|question| question.gatherer == gatherer)
    };
    named.or_else(of_object).or_else(of_kind).unwrap_or(0)
}

//! Province rules (省管局规则): dated and sourced data, never compiled into a check.
//!
//! Here is what a rule may ask and which rules count on a day; [`read`] reads the file. Whether a filing keeps a rule
//! is judged by the checks.

mod read;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jiff::civil::Date;
use serde::Deserialize;

use super::filing::{AttachmentKind, EvidenceScheme, Filing};

/// The rules of all provinces (`assets/provinces.toml`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProvinceRules {
    by_province: BTreeMap<String, Vec<Rule>>,
}

/// One rule of one province.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Stable id, `rule/province`, as findings name it.
    pub id: String,
    /// The first day for which the source is taken to speak.
    pub from: Date,
    /// The last such day, if there is one.
    pub until: Option<Date>,
    pub asks: Asks,
    /// Where the rule was read.
    pub source: String,
}

/// What a rule asks; `assets/provinces.toml` tells the meaning of each.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Asks {
    Principal(PrincipalRule),
    LeastAge {
        /// In full years.
        years: i16,
        #[serde(default)]
        of: Sponsors,
    },
    SamePerson {
        when: SamePersonWhen,
    },
    PostalCity,
    Landline,
    LandlineNotMobile,
    MainlandPrincipal,
    Material(MaterialRule),
    Residence(ResidenceRule),
    Look(Look),
    Footer(FooterRule),
}

/// Which number a home page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FooterRule {
    /// 主体备案号
    Entity,
    /// 网站备案号
    Site,
}

/// What only the eye can judge, on a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Look {
    /// The domain's registrar is noted on the form.
    RegistrarNote,
    /// A thumbprint beside the signature.
    Thumbprint,
    /// The slogan at the backdrop's bottom is visible.
    Slogan,
}

impl Look {
    /// Where it is to be seen.
    pub const fn at(self) -> AttachmentKind {
        match self {
            Look::RegistrarNote | Look::Thumbprint => AttachmentKind::VerificationForm,
            Look::Slogan => AttachmentKind::BackdropPhoto,
        }
    }
}

/// Who may be an organisation's 主体负责人.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrincipalRule {
    /// The legal representative only.
    Required,
    /// Somebody else too, with an authorisation (授权书).
    WithAuthorisation,
    /// Somebody else too.
    Free,
}

/// When both principals must be one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SamePersonWhen {
    Always,
    /// Where the entity principal is not the legal representative.
    NotLegalRepresentative,
}

/// A material that a province asks for beyond what every order carries.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaterialRule {
    pub kind: AttachmentKind,
    /// The reason when it is absent.
    pub reason: String,
    #[serde(default = "one")]
    pub copies: usize,
    #[serde(default)]
    pub of: Sponsors,
    /// Empty: every scheme.
    #[serde(default)]
    pub schemes: Vec<EvidenceScheme>,
}

const fn one() -> usize {
    1
}

/// How a province takes an individual whose identity card is of another province.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResidenceRule {
    /// With a proof of residence (居住证明).
    Proof,
    Refused,
    Free,
}

/// Whose filings a rule is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sponsors {
    #[default]
    All,
    Organisations,
    Individuals,
}

impl Sponsors {
    pub fn include(self, filing: &Filing) -> bool {
        match self {
            Sponsors::All => true,
            Sponsors::Organisations => !filing.is_individual(),
            Sponsors::Individuals => filing.is_individual(),
        }
    }
}

impl Rule {
    fn in_force(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

impl Asks {
    /// Whether two rules answer the same question, so that only one of them can count.
    fn same_question(&self, other: &Asks) -> bool {
        match (self, other) {
            (Asks::LeastAge { of, .. }, Asks::LeastAge { of: other, .. }) => of == other,
            (Asks::Material(asked), Asks::Material(other)) => asked.kind == other.kind,
            (Asks::Look(look), Asks::Look(other)) => look == other,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}

impl ProvinceRules {
    /// How many rules there are, and the first day of the youngest.
    pub fn extent(&self) -> (usize, Option<Date>) {
        let rules = || self.by_province.values().flatten();
        (rules().count(), rules().map(|rule| rule.from).max())
    }

    /// The rules that come with the program. A test reads the file; were it broken, there would be no rules.
    pub fn shipped() -> &'static ProvinceRules {
        static SHIPPED: OnceLock<ProvinceRules> = OnceLock::new();
        SHIPPED.get_or_init(|| read::read(include_str!("../../../assets/provinces.toml")).unwrap_or_default())
    }

    /// The rules that count for a province (six digits) on a day: to each question the youngest in force.
    pub fn in_force(&self, province: &str, day: Date) -> impl Iterator<Item = &Rule> {
        let rules = self.by_province.get(province).map_or(&[][..], Vec::as_slice);
        let current = move |rule: &&Rule| rule.in_force(day);
        rules.iter().filter(current).filter(move |rule| {
            !rules
                .iter()
                .filter(current)
                .any(|other| other.from > rule.from && other.asks.same_question(&rule.asks))
        })
    }

    /// Who may be 主体负责人 of an organisation in a province on a day.
    pub fn principal(&self, province: &str, day: Date) -> Option<(&Rule, PrincipalRule)> {
        self.in_force(province, day).find_map(|rule| match rule.asks {
            Asks::Principal(principal) => Some((rule, principal)),
            _ => None,
        })
    }
}

#[cfg(test)]
impl ProvinceRules {
    /// Rules of a test's own.
    pub fn of(text: &str) -> Self {
        read::read(text).unwrap()
    }
}

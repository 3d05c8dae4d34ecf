//! What a check says of a case (核验结果): a status, a sentence, what it saw, and the reasons it proposes.

use serde::{Deserialize, Serialize};

use super::evidence::{KeptEvidence, Mark};
use super::filing::named;
use super::message::Message;
use super::object::{Object, ReasonUse};
use schemars::JsonSchema;

named! {
    /// The outcome of one check on one object.
    Status {
        /// 通过
        Pass => "pass",
        /// 存疑: a human must look; never a verdict
        Warn => "warn",
        /// 不通过
        Fail => "fail",
        /// 未核验: the check had nothing to judge; the message says what is missing
        NotRun => "not_run",
        /// 出错: the check itself failed
        Error => "error",
    }
}

impl Status {
    /// The mark beside a fact; never colour alone.
    pub const fn mark(self) -> char {
        match self {
            Status::Pass => 'v',
            Status::Warn => '!',
            Status::Fail => 'x',
            Status::NotRun => '?',
            Status::Error => 'E',
        }
    }

    /// The worst first: fail, error, warn, not_run, pass.
    pub const fn severity(self) -> u8 {
        match self {
            Status::Fail => 4,
            Status::Error => 3,
            Status::Warn => 2,
            Status::NotRun => 1,
            Status::Pass => 0,
        }
    }
}

named! {
    /// The part of the case view in which a finding stands.
    Section {
        /// 主体
        Entity => "entity",
        /// 主体负责人
        EntityPrincipal => "entity_principal",
        /// 网站负责人
        SitePrincipal => "site_principal",
        /// 联系方式
        Contact => "contact",
        /// 网站
        Site => "site",
        /// 接入
        Access => "access",
        /// 材料
        Material => "material",
        /// 订单: what the order says of itself
        Order => "order",
    }
}

/// What a finding rests on: enough to bring the right evidence into the viewport.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceRef {
    /// A field of the filing itself.
    Field(Object),
    /// An attachment (picture or transcript).
    Attachment(Object),
    /// Another filing, by key; shown masked.
    Filing(String),
    /// A piece of evidence by its name, and the place in it that decides.
    Evidence {
        id: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mark: Option<Mark>,
    },
    /// A rule of the province pack, by id, or a word list as `id/group@version`.
    Rule(String),
}

impl EvidenceRef {
    /// A piece of evidence as a whole.
    pub fn kept(kept: &KeptEvidence) -> Self {
        EvidenceRef::Evidence { id: kept.id.clone(), mark: None }
    }

    /// The place in a piece of evidence that decides.
    pub fn marked(kept: &KeptEvidence, mark: Mark) -> Self {
        EvidenceRef::Evidence { id: kept.id.clone(), mark: Some(mark) }
    }
}

/// One statement of one check about one object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The check's id, e.g. `certificate_number`.
    pub check: String,
    /// The check's version: raised when its rule changes.
    pub version: u16,
    pub status: Status,
    pub section: Section,
    /// What the statement is about.
    pub object: Object,
    pub message: Message,
    /// The value found, exactly; made safe and masked where it is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed: Option<String>,
    /// The value it was compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceRef>,
    /// Reasons a human may confirm; never a decision.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proposes: Vec<ReasonUse>,
}

/// How many findings of each status: what the queue shows of a case.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub pass: u16,
    pub warn: u16,
    pub fail: u16,
    pub not_run: u16,
    pub error: u16,
}

impl Tally {
    /// Counts findings by status.
    pub fn of(findings: &[Finding]) -> Self {
        Tally::of_each(findings)
    }

    /// Counts some of a case's findings by status.
    pub fn of_each<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut tally = Tally::default();
        for finding in findings {
            let count = match finding.status {
                Status::Pass => &mut tally.pass,
                Status::Warn => &mut tally.warn,
                Status::Fail => &mut tally.fail,
                Status::NotRun => &mut tally.not_run,
                Status::Error => &mut tally.error,
            };
            *count = count.saturating_add(1);
        }
        tally
    }

    /// Nothing but passes: may be offered as clean. Doubt is never a pass.
    pub const fn clean(&self) -> bool {
        self.pass > 0 && self.warn == 0 && self.fail == 0 && self.not_run == 0 && self.error == 0
    }
}

/// The proposals of all findings, without doubles, in the findings' order.
pub fn proposals(findings: &[Finding]) -> Vec<ReasonUse> {
    let mut seen = std::collections::HashSet::new();
    findings
        .iter()
        .filter(|finding| finding.status == Status::Fail)
        .flat_map(|finding| &finding.proposes)
        .filter(|reason| seen.insert((*reason).clone()))
        .cloned()
        .collect()
}

//! Which filings of the queue: conditions that all must hold.

use super::query::Query;
use crate::domain::decision::HoldKind;
use crate::domain::filing::{OrderType, named};
use crate::domain::finding::Status;
use crate::domain::workspace::FilingState;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

named! {
    /// The kind of work a filing is (队列分道); each filing is in exactly one lane.
    Lane {
        /// 初审: handed in for the first time
        Initial => "initial",
        /// 复查: handed in again after a fail
        Returned => "returned",
        /// 核查: special verification
        Special => "special",
        /// 到点: on hold, and the time to take it up again has come
        Due => "due",
    }
}

impl Lane {
    /// The lane of an order, as long as no hold falls due: after a fail it is returned, whatever its type.
    pub const fn of(order_type: OrderType, failed_before: bool) -> Lane {
        match order_type {
            _ if failed_before => Lane::Returned,
            OrderType::SpecialVerification => Lane::Special,
            _ => Lane::Initial,
        }
    }
}

/// Which states.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FilterState {
    /// What can be worked on now: open filings, held ones whose time has come, and first decisions that wait for
    /// another reviewer (claiming passes over one's own).
    #[default]
    Work,
    State(FilingState),
    All,
}

impl FilterState {
    pub const ALL: &'static [FilterState] = &[
        FilterState::Work,
        FilterState::State(FilingState::Open),
        FilterState::State(FilingState::Hold),
        FilterState::State(FilingState::Escalated),
        FilterState::State(FilingState::SecondReview),
        FilterState::State(FilingState::Decided),
        FilterState::All,
    ];

    /// The stable text form, as on the command line.
    pub const fn text(self) -> &'static str {
        match self {
            FilterState::Work => "work",
            FilterState::State(state) => state.text(),
            FilterState::All => "all",
        }
    }
}

/// What a check must have said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingFilter {
    /// The check's id.
    pub check: String,
    /// Never `pass`; none: anything but a pass.
    pub status: Option<Status>,
}

impl FindingFilter {
    /// What a check can be filtered by: everything but a pass.
    pub const STATUSES: [Status; 4] = [Status::Fail, Status::Warn, Status::NotRun, Status::Error];
}

/// Conditions on filings, all of which must hold; the default is the work queue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub state: FilterState,
    pub text: Option<Query>,
    pub lane: Option<Lane>,
    pub order_type: Option<OrderType>,
    /// Six digits of GB/T 2260.
    pub province: Option<String>,
    pub finding: Option<FindingFilter>,
    /// A reason's code, proposed by a check or used in the decision that stands.
    pub reason: Option<String>,
    /// Only filings that wait for this, whether their time has come or not.
    pub hold: Option<HoldKind>,
}

impl Filter {
    /// What can be worked on now, nothing else asked for.
    pub const WORK: Filter = Filter {
        state: FilterState::Work,
        text: None,
        lane: None,
        order_type: None,
        province: None,
        finding: None,
        reason: None,
        hold: None,
    };

    /// The same conditions on what can be worked on: what is decided can be read, and is never the next to decide.
    #[must_use]
    pub fn to_work(&self) -> Filter {
        let state = match self.state {
            FilterState::All | FilterState::State(FilingState::Decided) => FilterState::Work,
            state => state,
        };
        Filter { state, ..self.clone() }
    }

    /// Whether nothing but the state is asked for.
    pub fn is_plain(&self) -> bool {
        *self == Filter::from(self.state)
    }
}

impl From<FilterState> for Filter {
    fn from(state: FilterState) -> Self {
        Filter { state, ..Filter::default() }
    }
}

impl From<FilingState> for Filter {
    fn from(state: FilingState) -> Self {
        FilterState::State(state).into()
    }
}

//! Which filings `heyan queue` lists: its options, read into a filter. What does not exist is answered with what does.

use clap::Args;

use super::arguments::named;
use super::error::{CliError, Exit};
use crate::checks;
use crate::domain::codes;
use crate::domain::decision::HoldKind;
use crate::domain::filing::OrderType;
use crate::domain::finding::Status;
use crate::domain::message::{Lang, Message};
use crate::domain::reasons::Catalogue;
use crate::domain::search::{Filter, FilterState, FindingFilter, Lane, Query};

#[derive(Debug, Args)]
pub struct Options {
    #[arg(long, value_name = "STATE", default_value = "work", value_parser = named(FilterState::ALL, FilterState::text))]
    state: FilterState,
    #[arg(long, value_name = "LANE", value_parser = named(Lane::ALL, Lane::text))]
    lane: Option<Lane>,
    #[arg(long = "type", value_name = "TYPE", value_parser = named(OrderType::ALL, OrderType::text))]
    order_type: Option<OrderType>,
    #[arg(long, value_name = "PROVINCE")]
    province: Option<String>,
    #[arg(long, value_name = "CHECK[:STATUS]")]
    finding: Option<String>,
    #[arg(long, value_name = "CODE")]
    reason: Option<String>,
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    #[arg(long, value_name = "KIND", value_parser = named(HoldKind::ALL, HoldKind::text))]
    hold: Option<HoldKind>,
}

impl Options {
    pub fn filter(&self, catalogue: &Catalogue) -> Result<Filter, CliError> {
        let text = self.search.as_deref().map(|typed| {
            let nothing = || {
                let hint = Message::new("cli.search_nothing_hint");
                CliError::new(Exit::Usage, Message::new("cli.search_nothing"), hint)
            };
            Query::new(typed).ok_or_else(nothing)
        });
        Ok(Filter {
            state: self.state,
            text: text.transpose()?,
            lane: self.lane,
            order_type: self.order_type,
            province: self.province.as_deref().map(province).transpose()?,
            finding: self.finding.as_deref().map(finding).transpose()?,
            reason: self.reason.as_deref().map(|code| reason(code, catalogue)).transpose()?,
            hold: self.hold,
        })
    }
}

/// By code, by name in either language, or by the letter of its filing numbers.
fn province(typed: &str) -> Result<String, CliError> {
    let named = |province: &&codes::Province| {
        province.code == typed
            || province.letter.to_string() == typed
            || Lang::ALL.iter().any(|lang| province.label(*lang).eq_ignore_ascii_case(typed))
    };
    match codes::provinces().iter().find(named) {
        Some(province) => Ok(province.code.clone()),
        None => {
            let one = |province: &codes::Province| format!("{} {}", province.code, province.label(Lang::Zh));
            Err(unknown("--province", typed, codes::provinces().iter().map(one)))
        }
    }
}

fn finding(typed: &str) -> Result<FindingFilter, CliError> {
    let (check, status) = match typed.split_once(':') {
        Some((check, status)) => (check, Some(status)),
        None => (typed, None),
    };
    if checks::ALL.iter().all(|known| known.id() != check) {
        return Err(unknown("--finding", check, checks::ALL.iter().map(|known| known.id().to_owned())));
    }
    let status = status.map(|word| {
        let status = Status::from_text(word).filter(|status| FindingFilter::STATUSES.contains(status));
        let known = || FindingFilter::STATUSES.iter().map(|status| format!("{check}:{status}"));
        status.ok_or_else(|| unknown("--finding", typed, known()))
    });
    Ok(FindingFilter { check: check.to_owned(), status: status.transpose()? })
}

fn reason(typed: &str, catalogue: &Catalogue) -> Result<String, CliError> {
    match catalogue.iter().find(|reason| reason.code.eq_ignore_ascii_case(typed)) {
        Some(reason) => Ok(reason.code.clone()),
        None => Err(unknown("--reason", typed, catalogue.iter().map(|reason| reason.code.clone()))),
    }
}

fn unknown(option: &str, value: &str, known: impl Iterator<Item = String>) -> CliError {
    let message = Message::new("cli.unknown_value").with("option", option).with("value", value);
    let known = known.collect::<Vec<_>>().join(", ");
    CliError::new(Exit::Usage, message, Message::new("cli.unknown_value_hint").with("known", known))
}

//! The conditions of a filter as a person chooses them: their values in order, and their words.

use crate::domain::codes;
use crate::domain::decision::HoldKind;
use crate::domain::filing::OrderType;
use crate::domain::finding::Status;
use crate::domain::message::{self, Lang, Message};
use crate::domain::reasons::Catalogue;
use crate::domain::search::{Filter, FilterState, FindingFilter, Lane, Query};

/// A condition beside the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    State,
    Lane,
    OrderType,
    Province,
    /// Which check said something.
    Check,
    /// What it said.
    Status,
    Reason,
    /// What a filing on hold waits for.
    Hold,
}

impl Choice {
    pub const ALL: &'static [Choice] = &[
        Choice::State,
        Choice::Lane,
        Choice::OrderType,
        Choice::Province,
        Choice::Check,
        Choice::Status,
        Choice::Reason,
        Choice::Hold,
    ];

    /// Its name: `desk.condition_<name>`.
    pub const fn name(self) -> &'static str {
        match self {
            Choice::State => "state",
            Choice::Lane => "lane",
            Choice::OrderType => "order_type",
            Choice::Province => "province",
            Choice::Check => "check",
            Choice::Status => "status",
            Choice::Reason => "reason",
            Choice::Hold => "hold",
        }
    }

    /// The value in a filter, in its stable text form; none: any.
    pub fn get(self, filter: &Filter) -> Option<String> {
        let finding = filter.finding.as_ref();
        match self {
            Choice::State => Some(filter.state.text().to_owned()),
            Choice::Lane => filter.lane.map(|lane| lane.text().to_owned()),
            Choice::OrderType => filter.order_type.map(|order_type| order_type.text().to_owned()),
            Choice::Province => filter.province.clone(),
            Choice::Check => finding.map(|finding| finding.check.clone()),
            Choice::Status => finding.and_then(|finding| finding.status).map(|s| s.text().to_owned()),
            Choice::Reason => filter.reason.clone(),
            Choice::Hold => filter.hold.map(|hold| hold.text().to_owned()),
        }
    }

    pub fn set(self, filter: &mut Filter, value: Option<&str>) {
        match self {
            Choice::State => {
                let named = |state: &&FilterState| Some(state.text()) == value;
                filter.state = FilterState::ALL.iter().find(named).copied().unwrap_or_default();
            }
            Choice::Lane => filter.lane = value.and_then(Lane::from_text),
            Choice::OrderType => filter.order_type = value.and_then(OrderType::from_text),
            Choice::Province => filter.province = value.map(str::to_owned),
            Choice::Check => {
                let status = filter.finding.as_ref().and_then(|finding| finding.status);
                filter.finding = value.map(|check| FindingFilter { check: check.to_owned(), status });
            }
            Choice::Status => {
                if let Some(finding) = &mut filter.finding {
                    finding.status = value.and_then(Status::from_text);
                }
            }
            Choice::Reason => filter.reason = value.map(str::to_owned),
            Choice::Hold => filter.hold = value.and_then(HoldKind::from_text),
        }
    }

    /// The values that can be chosen: all, or those that have what was typed in their words.
    pub fn values(
        self,
        filter: &Filter,
        narrow: &str,
        catalogue: &Catalogue,
        lang: Lang,
    ) -> Vec<Option<String>> {
        let any = (self != Choice::State).then_some(None);
        let texts: Vec<String> = match self {
            Choice::State => FilterState::ALL.iter().map(|state| state.text().to_owned()).collect(),
            Choice::Lane => Lane::ALL.iter().map(|lane| lane.text().to_owned()).collect(),
            Choice::OrderType => OrderType::ALL.iter().map(|kind| kind.text().to_owned()).collect(),
            Choice::Province => codes::provinces().iter().map(|province| province.code.clone()).collect(),
            Choice::Check => checks(),
            // Of no check nothing can be asked.
            Choice::Status if filter.finding.is_none() => Vec::new(),
            Choice::Status => FindingFilter::STATUSES.iter().map(|status| status.text().to_owned()).collect(),
            Choice::Reason => catalogue.iter().map(|reason| reason.code.clone()).collect(),
            Choice::Hold => HoldKind::ALL.iter().map(|hold| hold.text().to_owned()).collect(),
        };
        let all = any.into_iter().chain(texts.into_iter().map(Some));
        match Query::new(narrow) {
            None => all.collect(),
            Some(query) => all
                .filter(|value| {
                    let label = self.label(value.as_deref(), catalogue, lang);
                    value.as_deref().is_some_and(|value| query.span(value).is_some())
                        || query.span(&label).is_some()
                })
                .collect(),
        }
    }

    /// A value in words.
    pub fn label(self, value: Option<&str>, catalogue: &Catalogue, lang: Lang) -> String {
        let Some(value) = value else { return message::text(lang, "desk.condition_any").to_owned() };
        let words = |id: String| message::text(lang, &id).to_owned();
        match self {
            Choice::State => words(format!("desk.state_{value}")),
            Choice::Lane => words(format!("domain.lane_{value}")),
            Choice::OrderType => words(format!("domain.order_type_{value}")),
            Choice::Province => {
                codes::province(value).map_or(value, |province| province.label(lang)).to_owned()
            }
            Choice::Check => words(format!("checks.about_{value}")),
            Choice::Status => words(format!("domain.status_{value}")),
            Choice::Reason => catalogue.get(value).map_or(value, |reason| reason.label(lang)).to_owned(),
            Choice::Hold => words(format!("domain.hold_short_{value}")),
        }
    }
}

/// The ids of the checks: each has a sentence about itself.
fn checks() -> Vec<String> {
    message::entries(Lang::Zh)
        .filter_map(|(id, _)| id.split_once('.').filter(|(room, _)| *room == "checks"))
        .filter_map(|(_, name)| name.strip_prefix("about_"))
        .map(str::to_owned)
        .collect()
}

/// A filter in words, as it stands over the queue: what differs from the work queue.
pub fn words(filter: &Filter, catalogue: &Catalogue, lang: Lang) -> String {
    let mut parts: Vec<String> = Choice::ALL
        .iter()
        .filter(|choice| choice.get(filter) != choice.get(&Filter::WORK))
        .map(|choice| choice.label(choice.get(filter).as_deref(), catalogue, lang))
        .collect();
    if let Some(query) = &filter.text {
        parts.push(Message::new("desk.filter_text").with("text", query.typed()).text(lang));
    }
    parts.join(if lang == Lang::Zh { "、" } else { ", " })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(choice: Choice, narrow: &str) -> Vec<Option<String>> {
        choice.values(&Filter::WORK, narrow, Catalogue::shipped(), Lang::Zh)
    }

    #[test]
    fn every_value_can_be_set_and_has_words_in_both_languages() {
        for choice in Choice::ALL {
            let mut filter = Filter::WORK;
            Choice::Check.set(&mut filter, Some("principal_id"));
            for value in choice.values(&filter, "", Catalogue::shipped(), Lang::Zh) {
                choice.set(&mut filter, value.as_deref());
                assert_eq!(choice.get(&filter), value, "{choice:?}");
                for lang in Lang::ALL {
                    let label = choice.label(value.as_deref(), Catalogue::shipped(), lang);
                    assert!(!label.is_empty() && label != "?", "{choice:?} {value:?}");
                }
                if value.is_none() {
                    Choice::Check.set(&mut filter, Some("principal_id"));
                }
            }
        }
    }

    #[test]
    fn typing_finds_a_value_by_its_words_its_initials_and_its_code() {
        for (choice, narrow, expected) in [
            (Choice::Province, "广东", "440000"),
            (Choice::Province, "gd", "440000"),
            (Choice::Province, "500000", "500000"),
            (Choice::Lane, "复", "returned"),
            (Choice::OrderType, "zxhc", "special_verification"),
        ] {
            assert_eq!(values(choice, narrow)[0].as_deref(), Some(expected), "{narrow}");
        }
        assert_eq!(values(Choice::Province, "没有"), Vec::<Option<String>>::new());
        assert_eq!(values(Choice::Status, ""), [None], "no status without a check");
    }

    #[test]
    fn a_filter_is_said_in_words() {
        let filter = Filter {
            text: Query::new(" 样例 "),
            lane: Some(Lane::Returned),
            province: Some("440000".into()),
            ..Filter::WORK
        };
        assert_eq!(words(&filter, Catalogue::shipped(), Lang::Zh), "复查、广东、\"样例\"");
        assert_eq!(words(&Filter::WORK, Catalogue::shipped(), Lang::En), "");
    }
}

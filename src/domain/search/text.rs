//! What is searched of a filing, in the form in which it is compared.

use unicode_normalization::UnicodeNormalization;

use crate::domain::filing::{Filing, named};
use crate::domain::{mask, relations, safe};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

named! {
    /// Where a search found what was typed. The order is that of preference when several match.
    Field {
        /// `source/key`
        Key => "key",
        /// 主办单位名称
        Entity => "entity",
        /// 网站名称
        Site => "site",
        /// 域名
        Domain => "domain",
        /// 主体负责人, 网站负责人
        Person => "person",
        /// 备案号 of entity and site
        FilingNumber => "filing_number",
        /// 主体证件号码
        Certificate => "certificate",
        /// 电话: mobile, landline and emergency numbers
        Phone => "phone",
    }
}

/// Between the values of a field, and between fields; neither can occur in a value.
const VALUE: char = '\t';
const FIELD: char = '\n';

/// The searched values of a filing: one line a field in the order of [`Field::ALL`], values separated by tabs.
/// Personal data: it stays inside the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchText(String);

/// What a search found in a filing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub field: Field,
    /// The value in its searched form, masked where it is personal.
    pub value: String,
}

impl Found {
    pub(super) fn new(field: Field, value: &str) -> Self {
        let value = match field {
            Field::Person => mask::person(value),
            Field::Certificate => mask::document_number(value),
            Field::Phone => mask::phone(value),
            Field::Key | Field::Entity | Field::Site | Field::Domain | Field::FilingNumber => {
                value.to_owned()
            }
        };
        Found { field, value }
    }
}

impl SearchText {
    pub fn of(filing: &Filing) -> Self {
        let mut text = String::with_capacity(256);
        for field in Field::ALL {
            if *field != Field::ALL[0] {
                text.push(FIELD);
            }
            let mut values = values(filing, *field);
            values.retain(|value| !value.is_empty());
            values.dedup();
            text.push_str(&values.join("\t"));
        }
        SearchText(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn into_string(self) -> String {
        self.0
    }
}

/// The fields of a searched text with their values.
pub(super) fn fields(text: &str) -> impl Iterator<Item = (Field, &str)> {
    Field::ALL
        .iter()
        .zip(text.split(FIELD))
        .flat_map(|(field, values)| values.split(VALUE).map(|value| (*field, value)))
        .filter(|(_, value)| !value.is_empty())
}

fn values(filing: &Filing, field: Field) -> Vec<String> {
    let entity = &filing.entity;
    let site = filing.site.as_ref();
    let persons = || filing.principals().map(|(_, person)| person);
    let texts: Vec<&str> = match field {
        Field::Key => return vec![normalise(&format!("{}/{}", filing.source, filing.key))],
        // An individual's name is a person's.
        Field::Entity if filing.is_individual() => Vec::new(),
        Field::Entity => vec![&entity.name],
        Field::Site => site.iter().map(|site| site.name.as_str()).collect(),
        Field::Domain => site.iter().flat_map(|site| &site.domains).map(String::as_str).collect(),
        Field::Person => {
            let individual = filing.is_individual().then_some(entity.name.as_str());
            individual.into_iter().chain(persons().map(|person| person.name.as_str())).collect()
        }
        Field::FilingNumber => {
            let of_site = site.and_then(|site| site.filing_number.as_deref());
            entity.filing_number.as_deref().into_iter().chain(of_site).collect()
        }
        // An individual's document number is nothing to browse by.
        Field::Certificate if filing.is_individual() => Vec::new(),
        Field::Certificate => vec![&entity.certificate_number],
        Field::Phone => {
            let mut phones = Vec::new();
            for person in persons() {
                let all = [Some(&person.mobile), person.landline.as_ref(), person.emergency.as_ref()];
                for phone in all.into_iter().flatten().map(|phone| relations::mobile(phone)) {
                    if !phones.contains(&phone) {
                        phones.push(phone);
                    }
                }
            }
            return phones;
        }
    };
    texts.into_iter().map(normalise).collect()
}

/// Narrow, lower case, without spaces and characters that cannot be seen: spellings of one text become one.
pub(super) fn normalise(text: &str) -> String {
    // Nearly all texts: what normalisation would leave as it is, but for case.
    if text.chars().all(|c| c.is_ascii_graphic() || matches!(c, '\u{4e00}'..='\u{9fff}')) {
        return text.to_ascii_lowercase();
    }
    text.nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| !c.is_whitespace() && !safe::is_hostile(*c))
        .nfc()
        .collect()
}

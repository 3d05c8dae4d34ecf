//! The regulator's code lists and the provinces: numbers to labels, and the two encodings of a choice.
//!
//! The data is `assets/codes.toml`, compiled in. Platforms write running numbers, the provider's console bit masks;
//! a filing keeps running numbers, and [`normalise`] converts it once, at the edge. Whether a number fits a filing is
//! for the checks: the lists change, so an unknown number has no label but is no fault.

use std::sync::OnceLock;

use serde::Deserialize;

use super::filing::{CodeSet, Filing};
use super::message::Lang;

/// The name of a code list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum List {
    /// 单位性质
    EntityTypes,
    /// 证件类型
    CertificateTypes,
    /// 接入方式
    AccessModes,
    /// 服务内容
    ServiceContents,
    /// 语言类别
    Languages,
    /// 前置/专项审批
    PreApprovals,
    /// 服务器放置地
    ServerLocations,
    /// 材料类型 of the provider's console
    ImageTypes,
}

impl List {
    pub const ALL: [List; 8] = [
        List::EntityTypes,
        List::CertificateTypes,
        List::AccessModes,
        List::ServiceContents,
        List::Languages,
        List::PreApprovals,
        List::ServerLocations,
        List::ImageTypes,
    ];

    /// The list's name in `assets/codes.toml`.
    pub const fn text(self) -> &'static str {
        match self {
            List::EntityTypes => "entity_types",
            List::CertificateTypes => "certificate_types",
            List::AccessModes => "access_modes",
            List::ServiceContents => "service_contents",
            List::Languages => "languages",
            List::PreApprovals => "pre_approvals",
            List::ServerLocations => "server_locations",
            List::ImageTypes => "image_types",
        }
    }
}

/// One entry of a list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// The running number, as filings have it.
    pub number: u16,
    /// The console's bit; absent where the list allows one choice only.
    #[serde(default)]
    pub mask: Option<u64>,
    /// Other running numbers that mean the same.
    #[serde(default)]
    pub also: Vec<u16>,
    /// Our own name, where the sources disagree about the number.
    #[serde(default)]
    pub key: Option<String>,
    /// Certificate types only: the 单位性质 it goes with; empty where no source says.
    #[serde(default)]
    pub entity_types: Vec<u16>,
    /// Certificate types only: a natural person's document.
    #[serde(default)]
    pub personal: bool,
    zh: String,
    en: String,
}

impl Code {
    pub fn label(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// A province of filing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Province {
    /// Six digits of GB/T 2260, e.g. `440000`.
    pub code: String,
    /// The letter of its filing numbers, e.g. 粤.
    pub letter: char,
    zh: String,
    en: String,
}

impl Province {
    pub fn label(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    entity_types: Vec<Code>,
    certificate_types: Vec<Code>,
    access_modes: Vec<Code>,
    service_contents: Vec<Code>,
    languages: Vec<Code>,
    pre_approvals: Vec<Code>,
    server_locations: Vec<Code>,
    image_types: Vec<Code>,
    provinces: Vec<Province>,
}

const SHIPPED: &str = include_str!("../../assets/codes.toml");

/// The file is compiled in and a test reads it; a broken one yields empty lists rather than a panic.
fn file() -> &'static File {
    static FILE: OnceLock<File> = OnceLock::new();
    FILE.get_or_init(|| toml::from_str(SHIPPED).unwrap_or_default())
}

/// Every entry of a list, by running number.
pub fn all(list: List) -> &'static [Code] {
    let file = file();
    match list {
        List::EntityTypes => &file.entity_types,
        List::CertificateTypes => &file.certificate_types,
        List::AccessModes => &file.access_modes,
        List::ServiceContents => &file.service_contents,
        List::Languages => &file.languages,
        List::PreApprovals => &file.pre_approvals,
        List::ServerLocations => &file.server_locations,
        List::ImageTypes => &file.image_types,
    }
}

/// The entry of a running number, also under its other numbers.
pub fn find(list: List, number: u16) -> Option<&'static Code> {
    all(list).iter().find(|code| code.number == number || code.also.contains(&number))
}

/// The label of a running number.
pub fn label(list: List, number: u16, lang: Lang) -> Option<&'static str> {
    find(list, number).map(|code| code.label(lang))
}

/// The certificate types that an entity type may show, ascending; empty for an unknown one. Types whose group no
/// source tells are in none ([`Code::entity_types`] is empty for them).
pub fn certificate_types_of(entity_type: u16) -> Vec<u16> {
    all(List::CertificateTypes)
        .iter()
        .filter(|code| code.entity_types.contains(&entity_type))
        .map(|code| code.number)
        .collect()
}

/// Whether the certificate type is a natural person's document.
pub fn is_personal_document(certificate_type: u16) -> bool {
    find(List::CertificateTypes, certificate_type).is_some_and(|code| code.personal)
}

/// Every province of filing, by code.
pub fn provinces() -> &'static [Province] {
    &file().provinces
}

/// The province of a six-digit code that ends in four zeros.
pub fn province(code: &str) -> Option<&'static Province> {
    provinces().iter().find(|province| province.code == code)
}

/// A mask has a bit that its list does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("mask {mask}: the list {} has no bit {bit}", list.text())]
pub struct UnknownBit {
    pub list: List,
    pub mask: u64,
    /// The lowest unknown bit, as its value (a power of two).
    pub bit: u64,
}

/// A number has no bit in its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the list {} has no bit for the number {number}", list.text())]
pub struct NoBit {
    pub list: List,
    pub number: u16,
}

/// The running numbers of a console's mask, ascending.
pub fn mask_to_numbers(list: List, mask: u64) -> Result<Vec<u16>, UnknownBit> {
    let mut rest = mask;
    let mut numbers = Vec::new();
    for code in all(list) {
        if let Some(bit) = code.mask.filter(|bit| mask & bit != 0) {
            rest &= !bit;
            numbers.push(code.number);
        }
    }
    if rest != 0 {
        return Err(UnknownBit { list, mask, bit: rest & rest.wrapping_neg() });
    }
    numbers.sort_unstable();
    Ok(numbers)
}

/// The console's mask of running numbers.
pub fn numbers_to_mask(list: List, numbers: &[u16]) -> Result<u64, NoBit> {
    numbers.iter().try_fold(0, |mask, &number| {
        let bit = find(list, number).and_then(|code| code.mask).ok_or(NoBit { list, number })?;
        Ok(mask | bit)
    })
}

/// A code set of a filing that cannot be converted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {fault}")]
pub struct CodeFault {
    /// The field as in the pack, e.g. `access[0].modes`.
    pub field: String,
    pub fault: UnknownBit,
}

/// Brings every code of a filing into the one form that the rest of the program reads: running numbers, ascending,
/// no doubles, each by its first number. A set that cannot be converted is left as it was.
pub fn normalise(filing: &mut Filing) -> Result<(), CodeFault> {
    if let Some(site) = &mut filing.site {
        normalise_set(&mut site.service_contents, List::ServiceContents, || "site.service_contents".into())?;
        normalise_set(&mut site.languages, List::Languages, || "site.languages".into())?;
        for approval in &mut site.pre_approvals {
            approval.category = canonical(List::PreApprovals, approval.category);
        }
    }
    for (at, access) in filing.access.iter_mut().enumerate() {
        normalise_set(&mut access.modes, List::AccessModes, || format!("access[{at}].modes"))?;
        normalise_set(&mut access.server_locations, List::ServerLocations, || {
            format!("access[{at}].server_locations")
        })?;
    }
    Ok(())
}

fn normalise_set(set: &mut CodeSet, list: List, field: impl FnOnce() -> String) -> Result<(), CodeFault> {
    let mut numbers = match set {
        CodeSet::Mask { mask } => {
            mask_to_numbers(list, *mask).map_err(|fault| CodeFault { field: field(), fault })?
        }
        CodeSet::Numbers(numbers) => numbers.iter().map(|&number| canonical(list, number)).collect(),
    };
    numbers.sort_unstable();
    numbers.dedup();
    *set = CodeSet::Numbers(numbers);
    Ok(())
}

fn canonical(list: List, number: u16) -> u16 {
    find(list, number).map_or(number, |code| code.number)
}

#[cfg(test)]
mod tests;

//! What registries call the state of an entity (登记状态), as data: `assets/registry_status.toml`.
//!
//! A word that is not listed means nothing by itself: it is told to a person and never guessed at.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;

use super::evidence::RegistryStatus;

/// What a source's word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    Status(RegistryStatus),
    /// 查询无结果: the row or answer says that there is no such entity.
    NotFound,
}

impl Told {
    /// The program's own word: `active`, `not_found`…
    pub fn from_text(text: &str) -> Option<Told> {
        if text == "not_found" {
            return Some(Told::NotFound);
        }
        RegistryStatus::from_text(text).map(Told::Status)
    }

    /// How final it is: of several words that stand side by side the gravest counts.
    const fn gravity(self) -> u8 {
        match self {
            Told::Status(status) => match status {
                RegistryStatus::Deregistered => 9,
                RegistryStatus::Annulled => 8,
                RegistryStatus::Revoked => 7,
                RegistryStatus::Liquidating => 6,
                RegistryStatus::Suspended => 5,
                RegistryStatus::MovedOut => 4,
                RegistryStatus::Abnormal => 3,
                RegistryStatus::Other => 2,
                RegistryStatus::Active => 1,
            },
            Told::NotFound => 0,
        }
    }
}

/// Reads a registry's word: the whole of it, else each of the words that stand in it side by side or in brackets
/// (`存续（在营、开业、在册）`), of which all must be known. None for what is not listed.
pub fn read(text: &str) -> Option<Told> {
    if let Some(told) = listed().get(&plain(text)) {
        return Some(*told);
    }
    let folded: String = text.nfkc().collect();
    folded
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
        .map(|word| listed().get(word).copied())
        .collect::<Option<Vec<Told>>>()?
        .into_iter()
        .max_by_key(|told| told.gravity())
}

/// A word as it is compared: NFKC, letters and digits only.
fn plain(text: &str) -> String {
    text.nfkc().filter(|c| c.is_alphanumeric() || *c == '_').collect()
}

const WORDS: &str = include_str!("../../assets/registry_status.toml");

/// Word to meaning. The file is compiled in and a test reads it; were it broken, no word would be known.
fn listed() -> &'static BTreeMap<String, Told> {
    static LISTED: OnceLock<BTreeMap<String, Told>> = OnceLock::new();
    LISTED.get_or_init(|| {
        let file: BTreeMap<String, Vec<String>> = toml::from_str(WORDS).unwrap_or_default();
        file.into_iter()
            .filter_map(|(meaning, words)| Some((Told::from_text(&meaning)?, words)))
            .flat_map(|(told, words)| words.into_iter().map(move |word| (plain(&word), told)))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_file_means_one_thing() {
        let file: BTreeMap<String, Vec<String>> = toml::from_str(WORDS).unwrap();
        for meaning in file.keys() {
            assert!(Told::from_text(meaning).is_some(), "{meaning}");
        }
        assert_eq!(listed().len(), file.values().map(Vec::len).sum::<usize>(), "a word stands twice");
        for status in RegistryStatus::ALL.iter().filter(|status| **status != RegistryStatus::Other) {
            assert!(file.contains_key(status.text()), "no word for {status}");
        }
    }

    #[test]
    fn words_of_registries_are_understood() {
        use RegistryStatus::{
            Abnormal, Active, Annulled, Deregistered, Liquidating, MovedOut, Revoked, Suspended,
        };
        for (text, status) in [
            ("存续", Active),
            ("存续（在营、开业、在册）", Active),
            (" 在业 ", Active),
            ("开业/正常", Active),
            ("注销", Deregistered),
            ("吊销，已注销", Deregistered),
            ("吊销(已注销)", Deregistered),
            ("注销、吊销", Deregistered),
            ("吊销", Revoked),
            ("吊销，未注销", Revoked),
            ("吊销（未注销）", Revoked),
            ("吊销未注销", Revoked),
            ("存续，列入经营异常名录", Abnormal),
            ("严重违法失信", Abnormal),
            ("歇业", Suspended),
            ("清算中", Liquidating),
            ("迁出", MovedOut),
            ("撤销登记", Annulled),
        ] {
            assert_eq!(read(text), Some(Told::Status(status)), "{text}");
        }
        assert_eq!(read("查询无结果"), Some(Told::NotFound));
    }

    #[test]
    fn what_is_not_listed_is_not_guessed() {
        for text in ["", "-", "样例", "存续？样例", "拟注销公告", "非存续", "不存续", "未注销", "1"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}

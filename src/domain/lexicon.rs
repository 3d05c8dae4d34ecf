//! Word lists (词表): dated and sourced data, each compiled once into one automaton that finds all its words in one
//! pass over a text of any length. Whether a word matters where it stands is for the checks.

mod denial;

use std::borrow::Cow;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, BuildError, MatchKind};
use jiff::civil::Date;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

pub use denial::is_denied;

/// The lists that come with the program (`assets/lexicons`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// How a site's name may not begin.
    NationalHeads,
    /// What no site's name may contain.
    SensitiveNames,
    /// What makes a person's site sound like a business.
    IndividualNames,
    /// What suggests content that needs a pre-approval; its groups are named like the categories of
    /// `assets/codes.toml`.
    PreApproval,
    /// The same for pages, where much is mentioned in passing.
    PagePreApproval,
    /// What a person's site has no business to show: an enterprise, interaction.
    IndividualContent,
    /// Signs of business that needs a telecom licence (经营性).
    Commercial,
    /// What pages say that are not the site's own: parked, blocked, under construction, errors.
    PageStates,
}

impl List {
    const ALL: [List; 8] = [
        List::NationalHeads,
        List::SensitiveNames,
        List::IndividualNames,
        List::PreApproval,
        List::PagePreApproval,
        List::IndividualContent,
        List::Commercial,
        List::PageStates,
    ];

    const fn text(self) -> &'static str {
        match self {
            List::NationalHeads => include_str!("../../assets/lexicons/national-heads.toml"),
            List::SensitiveNames => include_str!("../../assets/lexicons/sensitive-names.toml"),
            List::IndividualNames => include_str!("../../assets/lexicons/individual-names.toml"),
            List::PreApproval => include_str!("../../assets/lexicons/pre-approval.toml"),
            List::PagePreApproval => include_str!("../../assets/lexicons/page-pre-approval.toml"),
            List::IndividualContent => include_str!("../../assets/lexicons/individual-content.toml"),
            List::Commercial => include_str!("../../assets/lexicons/commercial.toml"),
            List::PageStates => include_str!("../../assets/lexicons/page-states.toml"),
        }
    }
}

/// A list of words in groups, ready to be looked for.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    id: String,
    version: Date,
    groups: Vec<Group>,
    /// By pattern of the automaton; no automaton finds no word.
    entries: Vec<Entry>,
    automaton: Option<AhoCorasick>,
}

/// Words that share a source and a meaning.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub name: String,
    /// Where the words were read.
    pub source: String,
    /// Six digits of GB/T 2260, where the words are one province's; otherwise they are the whole country's.
    #[serde(default)]
    province: Option<String>,
    words: Vec<String>,
    /// Longer words that contain one of the words and mean something else.
    #[serde(default)]
    except: Vec<String>,
    /// What the words speak of, where groups of different weight speak of the same; otherwise the group's name.
    #[serde(default)]
    topic: Option<String>,
    /// How many different words, or lines with one, a page must have before they count; 1 where left out.
    #[serde(default = "one")]
    least: u32,
}

const fn one() -> u32 {
    1
}

impl Group {
    /// What the words speak of.
    pub fn topic(&self) -> &str {
        self.topic.as_deref().unwrap_or(&self.name)
    }

    /// How many mentions (lines, for each word) a page must have before the words count.
    pub const fn least(&self) -> u32 {
        self.least
    }

    /// Whether the words count in a province.
    pub fn holds_in(&self, province: &str) -> bool {
        self.province.as_ref().is_none_or(|own| own == province)
    }
}

#[derive(Debug, Clone)]
struct Entry {
    word: String,
    group: usize,
    counts: bool,
}

/// A word of the list in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit<'a> {
    /// As the list writes it.
    pub word: &'a str,
    pub group: &'a Group,
    /// The word's place in the list, from 0, below [`Lexicon::size`].
    pub nth: usize,
    /// Bytes of the text before it.
    pub start: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    version: Date,
    group: Vec<Group>,
}

/// Why a text is no list of words.
#[derive(Debug, thiserror::Error)]
pub enum LexiconFault {
    /// Not the shape of a list: line and column are in the text.
    #[error(transparent)]
    File(#[from] toml::de::Error),
    /// More words than an automaton takes.
    #[error(transparent)]
    Automaton(#[from] BuildError),
}

impl Lexicon {
    /// A list that comes with the program. A test reads the files; were one broken, it would have no words.
    pub fn shipped(list: List) -> &'static Lexicon {
        static SHIPPED: OnceLock<[Lexicon; List::ALL.len()]> = OnceLock::new();
        let lists = SHIPPED.get_or_init(|| List::ALL.map(|list| Self::read(list.text()).unwrap_or_default()));
        &lists[list as usize]
    }

    /// Reads a list written like those of `assets/lexicons`.
    pub fn read(text: &str) -> Result<Lexicon, LexiconFault> {
        let File { id, version, group: groups } = toml::from_str(text)?;
        let mut entries = Vec::new();
        for (at, group) in groups.iter().enumerate() {
            let mut add = |words: &[String], counts| {
                entries.extend(words.iter().map(|word| Entry { word: word.clone(), group: at, counts }));
            };
            add(&group.words, true);
            add(&group.except, false);
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(entries.iter().map(|entry| &entry.word))?;
        Ok(Lexicon { id, version, groups, entries, automaton: Some(automaton) })
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    /// The day on which the list was last changed.
    pub const fn version(&self) -> Date {
        self.version
    }

    /// How many words there are, those among them that only except others.
    pub fn size(&self) -> usize {
        self.entries.len()
    }

    /// A group by its name.
    pub fn group(&self, name: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.name == name)
    }

    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The words in a text made [`plain`], from left to right, the longest at each place. A word of Latin letters and
    /// digits counts only where it stands by itself.
    pub fn hits<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Hit<'a>> {
        let found = self.automaton.iter().flat_map(move |automaton| automaton.find_iter(text));
        found.filter_map(move |found| {
            let nth = found.pattern().as_usize();
            let entry = self.entries.get(nth)?;
            let stands_alone = !entry.word.is_ascii()
                || !text[..found.start()].ends_with(|c: char| c.is_ascii_alphanumeric())
                    && !text[found.end()..].starts_with(|c: char| c.is_ascii_alphanumeric());
            let group = self.groups.get(entry.group)?;
            (entry.counts && stands_alone).then_some(Hit {
                word: &entry.word,
                group,
                nth,
                start: found.start(),
            })
        })
    }
}

/// A text as the lists are written: NFKC (which makes letters, digits and brackets narrow), without white space.
pub fn plain(text: &str) -> Cow<'_, str> {
    // Most names need nothing, and this is far quicker than asking for their normal form.
    let is_plain = |c: char| c.is_ascii_graphic() || ('\u{4e00}'..='\u{9fff}').contains(&c);
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    // Composed only after the white space is out: NFKC makes a spacing accent a space and a combining one.
    Cow::Owned(text.nfkd().filter(|c| !c.is_whitespace()).nfc().collect())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use jiff::civil::date;

    use super::*;
    use crate::domain::codes;
    use crate::domain::evidence::folded;

    impl List {
        fn is_of_pages(self) -> bool {
            self as usize >= List::PagePreApproval as usize
        }
    }

    const SMALL: &str = r#"
        id = "small"
        version = "2026-11-23"
        [[group]]
        name = "finance"
        source = "a"
        words = ["基金", "股权", "股权投资", "P2P"]
        except = ["基金会"]
        [[group]]
        name = "local"
        source = "b"
        province = "440000"
        words = ["设计"]
    "#;

    fn words<'a>(lexicon: &'a Lexicon, text: &'a str) -> Vec<&'a str> {
        lexicon.hits(text).map(|hit| hit.word).collect()
    }

    #[test]
    fn words_are_found_and_their_look_alikes_are_not() {
        let small = Lexicon::read(SMALL).unwrap();
        for (text, expected) in [
            ("样例基金", &["基金"][..]),
            ("样例基金会", &[]),
            ("样例基金会的基金", &["基金"]),
            ("股权投资和股权", &["股权投资", "股权"]),
            ("样例p2p网", &["P2P"]),
            ("p2p", &["P2P"]),
            ("appP2P", &[]),
            ("P2PX样例", &[]),
            ("ｐ２ｐ 样例", &["P2P"]),
            ("基 金", &["基金"]),
            ("金基", &[]),
            ("", &[]),
        ] {
            assert_eq!(words(&small, &plain(text)), expected, "{text}");
        }
        let hit = small.hits("样例股权").next().unwrap();
        assert_eq!((hit.start, hit.group.name.as_str(), small.version()), (6, "finance", date(2026, 11, 23)));
    }

    #[test]
    fn one_province_s_words_count_there_and_the_country_s_everywhere() {
        let small = Lexicon::read(SMALL).unwrap();
        for (province, expected) in [("440000", [true, true]), ("330000", [true, false])] {
            let holds: Vec<bool> = small.groups().iter().map(|group| group.holds_in(province)).collect();
            assert_eq!(holds, expected, "{province}");
        }
    }

    #[test]
    fn the_shipped_lists_are_read_and_say_each_word_once() {
        let mut ids = HashSet::new();
        for list in List::ALL {
            let lexicon = Lexicon::read(list.text()).unwrap();
            assert_eq!(lexicon.id(), Lexicon::shipped(list).id());
            assert!(ids.insert(lexicon.id().to_owned()), "{} is there twice", lexicon.id());
            let mut seen = HashSet::new();
            for entry in &lexicon.entries {
                assert!(seen.insert(&entry.word), "{}: {} is there twice", lexicon.id(), entry.word);
                let found_in = if list.is_of_pages() { folded(&entry.word) } else { plain(&entry.word) };
                assert_eq!(found_in, entry.word, "{} would never be found", entry.word);
                assert!(entry.word.chars().count() > 1, "{}: one character says too little", entry.word);
                assert_eq!(words(&lexicon, &entry.word).is_empty(), !entry.counts, "{}", entry.word);
            }
            for group in lexicon.groups() {
                assert!(!group.source.is_empty() && !group.words.is_empty(), "{}", group.name);
                for longer in &group.except {
                    assert!(group.words.iter().any(|word| longer.contains(word)), "{longer} excepts nothing");
                }
            }
        }
    }

    #[test]
    fn every_group_of_pre_approval_words_is_a_category() {
        let categories = codes::all(codes::List::PreApprovals);
        for list in [List::PreApproval, List::PagePreApproval] {
            for group in Lexicon::shipped(list).groups() {
                let topic = group.topic();
                assert!(categories.iter().any(|code| code.key.as_deref() == Some(topic)), "{}", group.name);
            }
        }
    }

    #[test]
    fn a_misspelt_key_is_an_error_and_not_a_lost_word() {
        assert!(Lexicon::read(&SMALL.replace("except", "excpet")).is_err());
    }

    proptest::proptest! {
        #[test]
        fn a_word_is_found_in_any_surroundings(before in "[样例一二]{0,6}", after in "[样例一二]{0,6}") {
            let text = format!("{before}赌博{after}");
            proptest::prop_assert_eq!(words(Lexicon::shipped(List::SensitiveNames), &text), ["赌博"]);
        }

        #[test]
        fn plain_text_stays_as_it_is(text in "\\PC{0,24}") {
            let once = plain(&text).into_owned();
            proptest::prop_assert_eq!(plain(&once), once.as_str());
        }
    }
}

//! The words of a picture as one text, in which a value is found with its place.

use unicode_normalization::UnicodeNormalization;

use crate::domain::evidence::{Region, Word};

/// From this confidence on a word counts as read well; on the demo's pictures misread words are at 80 and less but for a
/// few single characters.
const READ_WELL: u8 = 80;

/// Least length of a piece of a wrapped value, in characters.
const SHORTEST_PIECE: usize = 3;

/// Something read, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    pub text: String,
    pub region: Region,
}

/// The words of one picture, in the reader's order.
pub struct Page<'w> {
    words: &'w [Word],
    /// Every character as [`folded`], with the word that it comes from.
    characters: Vec<(char, usize)>,
}

impl<'w> Page<'w> {
    pub fn of(words: &'w [Word]) -> Self {
        let of_word =
            |(index, word): (usize, &'w Word)| folded(&word.text).map(move |character| (character, index));
        Page { words, characters: words.iter().enumerate().flat_map(of_word).collect() }
    }

    /// Where a value stands, as a whole; look-alike characters count as the same.
    pub fn find(&self, value: &str) -> Option<Region> {
        let value: Vec<char> = folded(value).collect();
        self.find_folded(&value).map(|start| self.region(start, value.len()))
    }

    /// Where a value begins that may be wrapped: pieces of it, together all of it, stand anywhere.
    pub fn find_wrapped(&self, value: &str) -> Option<Region> {
        let value: Vec<char> = folded(value).collect();
        let mut rest = &value[..];
        let mut first = None;
        while !rest.is_empty() {
            let shortest = SHORTEST_PIECE.min(rest.len());
            let (length, start) = (shortest..=rest.len())
                .rev()
                .find_map(|length| Some((length, self.find_folded(&rest[..length])?)))?;
            first = first.or_else(|| Some(self.region(start, length)));
            rest = &rest[length..];
        }
        first
    }

    fn find_folded(&self, value: &[char]) -> Option<usize> {
        if value.is_empty() {
            return None;
        }
        self.characters
            .windows(value.len())
            .position(|window| window.iter().map(|(character, _)| character).eq(value))
    }

    fn region(&self, start: usize, length: usize) -> Region {
        let indices = self.characters[start..start + length].iter().map(|(_, word)| *word);
        around(indices.map(|index| &self.words[index]))
    }

    /// Words that were read well, each with its place.
    pub fn read_well(&self) -> impl Iterator<Item = &'w Word> {
        self.words.iter().filter(|word| word.confidence >= READ_WELL)
    }

    /// The reader's lines of which every word was read well.
    pub fn lines_read_well(&self) -> impl Iterator<Item = Spot> {
        self.words.chunk_by(|one, next| one.line == next.line).filter_map(|line| {
            let well = line.iter().all(|word| word.confidence >= READ_WELL);
            well.then(|| joined(line.iter()))
        })
    }

    /// What stands to the right of a label in its row, where all of it was read well.
    pub fn labelled(&self, label: &str) -> Option<Spot> {
        let wanted: Vec<char> = folded(label).collect();
        let start = self.find_folded(&wanted)?;
        // Only a label that begins and ends with words is one: 名称 is no part of 网站名称.
        let (first, last) = (self.characters[start].1, self.characters[start + wanted.len() - 1].1);
        let after = self.characters.get(start + wanted.len());
        if after.is_some_and(|(_, word)| *word == last) {
            return None;
        }
        let label = around(self.words[first..=last].iter());
        let height = label.height.max(1);
        let start = label.x.saturating_add(label.width);
        let in_row = |word: &&Word| {
            let middle = |region: Region| region.y.saturating_add(region.height / 2);
            middle(word.region).abs_diff(middle(label)).saturating_mul(2) < height && word.region.x >= start
        };
        let mut row: Vec<&Word> = self.words.iter().filter(in_row).collect();
        row.sort_by_key(|word| word.region.x);
        let mut end = start;
        // The value may stand off its label, but hangs together.
        let mut gap = height.saturating_mul(4);
        let mut value: Vec<&Word> = Vec::new();
        for word in row {
            if word.region.x > end.saturating_add(gap) {
                break;
            }
            end = word.region.x.saturating_add(word.region.width);
            gap = height.saturating_mul(3) / 2;
            value.push(word);
        }
        let well = !value.is_empty() && value.iter().all(|word| word.confidence >= READ_WELL);
        well.then(|| joined(value.into_iter()))
    }
}

fn joined<'w>(words: impl Iterator<Item = &'w Word> + Clone) -> Spot {
    Spot { text: words.clone().map(|word| word.text.as_str()).collect(), region: around(words) }
}

/// The smallest rectangle around some words.
pub(super) fn around<'w>(words: impl Iterator<Item = &'w Word>) -> Region {
    enclosing(words.map(|word| word.region))
}

/// The smallest rectangle around some others.
pub(super) fn enclosing(regions: impl IntoIterator<Item = Region>) -> Region {
    let mut corners = (u32::MAX, u32::MAX, 0, 0);
    for Region { x, y, width, height } in regions {
        let (right, bottom) = (x.saturating_add(width), y.saturating_add(height));
        corners = (corners.0.min(x), corners.1.min(y), corners.2.max(right), corners.3.max(bottom));
    }
    let (left, top, right, bottom) = corners;
    Region {
        x: left.min(right),
        y: top.min(bottom),
        width: right.saturating_sub(left),
        height: bottom.saturating_sub(top),
    }
}

/// The letters, digits and Han characters of a text, of one width and case. Marks and space are what reading loses first.
pub fn letters(text: &str) -> impl Iterator<Item = char> {
    text.nfkc()
        .filter(|character| character.is_alphanumeric())
        .map(|character| character.to_ascii_uppercase())
}

/// The same, each in one form with those that reading takes it for: 0 and O, 1 and I, 8 and B, 5 and S, 2 and Z.
pub(super) fn folded(text: &str) -> impl Iterator<Item = char> {
    letters(text).map(|character| match character {
        'O' | 'Q' | 'D' => '0',
        'I' | 'L' => '1',
        'Z' => '2',
        'S' => '5',
        'B' => '8',
        character => character,
    })
}

//! Tesseract's table of what it found: tab-separated rows, of which those of level 5 are words.

use crate::domain::evidence::{Region, Word};

/// The first line of the table.
const HEAD: &str =
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext";

/// The level of a word; pages, blocks, paragraphs and lines come before.
const WORD: &str = "5";

/// The words of a table, their places brought from the page that was read to the original picture. The error is the
/// number of the line, from 1, that is no row.
pub(super) fn words(table: &str, shown: (u32, u32), picture: (u32, u32)) -> Result<Vec<Word>, usize> {
    let mut rows = table.lines();
    if rows.next() != Some(HEAD) {
        return Err(1);
    }
    let mut words: Vec<Word> = Vec::new();
    let (mut line, mut line_of_last) = (0, None);
    for (number, row) in (2..).zip(rows) {
        let cells: Vec<&str> = row.splitn(12, '\t').collect();
        let &[level, page, block, paragraph, line_number, _, left, top, width, height, confidence, text] =
            &cells[..]
        else {
            return Err(number);
        };
        if level != WORD || text.trim().is_empty() {
            continue;
        }
        let place = Some((page, block, paragraph, line_number));
        if line_of_last.is_some() && line_of_last != place {
            line += 1;
        }
        line_of_last = place;
        let pixels = |cell: &str| cell.parse::<u32>().map_err(|_| number);
        let confidence: f32 = confidence.parse().map_err(|_| number)?;
        let across = Span { start: pixels(left)?, length: pixels(width)? }.brought(shown.0, picture.0);
        let down = Span { start: pixels(top)?, length: pixels(height)? }.brought(shown.1, picture.1);
        words.push(Word {
            text: text.trim().to_owned(),
            confidence: confidence.clamp(0.0, 100.0) as u8,
            region: Region { x: across.start, y: down.start, width: across.length, height: down.length },
            line,
        });
    }
    Ok(words)
}

/// A part of a side, in pixels.
struct Span {
    start: u32,
    length: u32,
}

impl Span {
    /// The same part of the same side at another scale; never beyond its end.
    fn brought(self, from: u32, to: u32) -> Span {
        let at = |place: u64| (place.min(u64::from(from)) * u64::from(to) / u64::from(from.max(1))) as u32;
        let (start, end) = (u64::from(self.start), u64::from(self.start) + u64::from(self.length));
        Span { start: at(start), length: at(end) - at(start) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&str]) -> String {
        format!("{HEAD}\n{}\n", rows.join("\n"))
    }

    #[test]
    fn words_come_with_line_confidence_and_their_place_in_the_original() {
        let read = table(&[
            "1\t1\t0\t0\t0\t0\t0\t0\t3000\t2000\t-1\t",
            "4\t1\t1\t1\t1\t0\t300\t90\t900\t60\t-1\t",
            "5\t1\t1\t1\t1\t1\t300\t90\t240\t60\t96.063171\t深圳市",
            "5\t1\t1\t1\t1\t2\t540\t90\t240\t60\t4\t样例",
            "5\t1\t1\t1\t1\t3\t800\t90\t20\t60\t95\t ",
            "5\t1\t2\t1\t1\t1\t2700\t1900\t900\t900\t-1\ta\tb",
        ]);
        let found = words(&read, (3000, 2000), (1500, 1000)).unwrap();
        let found: Vec<_> = found
            .iter()
            .map(|word| {
                let Region { x, y, width, height } = word.region;
                (word.text.as_str(), word.confidence, (x, y, width, height), word.line)
            })
            .collect();
        assert_eq!(
            found,
            [
                ("深圳市", 96, (150, 45, 120, 30), 0),
                ("样例", 4, (270, 45, 120, 30), 0),
                ("a\tb", 0, (1350, 950, 150, 50), 1),
            ]
        );
        assert_eq!(words(&table(&[]), (9, 9), (9, 9)), Err(2), "an empty line");
        assert_eq!(words(&format!("{HEAD}\n"), (0, 0), (0, 0)), Ok(Vec::new()));
    }

    #[test]
    fn garbage_is_named_by_its_line() {
        for (read, line) in [
            (String::new(), 1),
            ("Usage: tesseract".into(), 1),
            (table(&["5\t1"]), 2),
            (table(&["5\t1\t1\t1\t1\t1\t-3\t9\t9\t9\t96\tx"]), 2),
            (table(&["1\t1\t0\t0\t0\t0\t0\t0\t9\t9\t-1\t", "5\t1\t1\t1\t1\t1\t3\t9\t9\t9\tsure\tx"]), 3),
        ] {
            assert_eq!(words(&read, (9, 9), (9, 9)), Err(line), "{read}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_word_lies_outside_the_picture(
            (x, y, width, height) in (0u32.., 0u32.., 0u32.., 0u32..),
            shown in (1u32..4_000, 1u32..4_000),
            picture in (1u32..70_000, 1u32..70_000),
        ) {
            let row = format!("5\t1\t1\t1\t1\t1\t{x}\t{y}\t{width}\t{height}\t50\tx");
            let region = words(&table(&[&row]), shown, picture).unwrap()[0].region;
            proptest::prop_assert!(region.x + region.width <= picture.0 && region.y + region.height <= picture.1);
        }
    }
}

//! The delimiter of a text table: the one by which the first rows have the same number of cells, and most of them.

use super::csv::reader;
use crate::domain::exact_cell::{EXACT_MARK, MASKED_MARK};

/// What may separate cells, the likeliest first.
const CANDIDATES: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Rows that are looked at.
const ROWS: usize = 30;

/// The delimiter of a beginning of a table, with the number of cells that it makes of the first row.
pub(super) fn find(beginning: &str) -> (u8, usize) {
    // After the mark of our own export stands the delimiter, whatever the values hold.
    if let Some(delimiter) = own(beginning) {
        return (delimiter, look(beginning, delimiter).0);
    }
    let mut best = (CANDIDATES[0], 1, 0);
    for candidate in CANDIDATES {
        let (columns, alike) = look(beginning, candidate);
        if columns > 1 && (alike, columns) > (best.2, best.1) {
            best = (candidate, columns, alike);
        }
    }
    (best.0, best.1)
}

fn own(beginning: &str) -> Option<u8> {
    let text = beginning.trim_start_matches('"');
    let rest = [EXACT_MARK, MASKED_MARK].iter().find_map(|mark| text.strip_prefix(mark))?;
    let next = *rest.trim_start_matches('"').as_bytes().first()?;
    CANDIDATES.contains(&next).then_some(next)
}

/// The cells of the first row, and in how many rows there are as many. The last row may be cut off and does not count.
fn look(beginning: &str, delimiter: u8) -> (usize, usize) {
    let records = reader(beginning.as_bytes(), delimiter).into_records();
    let mut counts: Vec<usize> = records.map_while(Result::ok).take(ROWS + 1).map(|row| row.len()).collect();
    if counts.len() > 1 {
        counts.pop();
    }
    let first = counts.first().copied().unwrap_or(0);
    (first, counts.iter().filter(|count| **count == first).count())
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn delimiters_are_found() {
        for (text, expected) in [
            ("a,b,c\n1,2,3\n4,5,6\n", (b',', 3)),
            ("a;b;c\n1,5;2,5;3\n4;5;6,0\n", (b';', 3)),
            ("a\tb\n1,2\t3\n4\t5\n", (b'\t', 2)),
            ("a|b|c\n1|2|3\n4|5|6\n", (b'|', 3)),
            ("a,b\n\"x;y;z\",\"1\n;2\"\n3,4\n", (b',', 2)),
            ("域名,IP\na.example;b.example,192.0.2.1\nc.example;d.example,192.0.2.2\n", (b',', 2)),
            ("only\none\ncolumn\n", (b',', 1)),
            ("a;b", (b';', 2)),
            ("heyan_filings,a;b;c\n1,2;3;4\n", (b',', 2)),
            ("", (b',', 1)),
        ] {
            assert_eq!(find(text), expected, "{text:?}");
        }
    }
}

//! Lines of a stream, each within a limit; one that is longer is skipped without being kept.

use std::io::{self, BufRead};

/// What stood on a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// In the buffer, without its line feed.
    Whole,
    TooLong,
    End,
}

/// Reads one line into `line`, at most `limit` bytes of it.
pub(super) fn next(reader: &mut dyn BufRead, limit: u64, line: &mut Vec<u8>) -> io::Result<Line> {
    line.clear();
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let (mut began, mut too_long) = (false, false);
    loop {
        let available = match reader.fill_buf() {
            Ok(available) => available,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if available.is_empty() && !began {
            return Ok(Line::End);
        }
        began = true;
        let feed = available.iter().position(|byte| *byte == b'\n');
        let part = &available[..feed.unwrap_or(available.len())];
        too_long |= line.len() + part.len() > limit;
        if !too_long {
            line.extend_from_slice(part);
        }
        let (last, used) = (feed.is_some() || available.is_empty(), part.len() + usize::from(feed.is_some()));
        reader.consume(used);
        if last {
            return Ok(if too_long { Line::TooLong } else { Line::Whole });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_skipped_and_the_next_ones_read() {
        for buffer in [1, 3, 64] {
            let text: &[u8] = b"one\n\n12345\n123456\nlast";
            let mut reader = io::BufReader::with_capacity(buffer, text);
            let mut line = Vec::new();
            let mut seen = Vec::new();
            loop {
                match next(&mut reader, 5, &mut line).unwrap() {
                    Line::End => break,
                    Line::TooLong => seen.push("TOO LONG".to_owned()),
                    Line::Whole => seen.push(String::from_utf8(line.clone()).unwrap()),
                }
            }
            assert_eq!(seen, ["one", "", "12345", "TOO LONG", "last"], "buffer {buffer}");
            assert!(line.capacity() < 64);
        }
    }
}

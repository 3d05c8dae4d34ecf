//! How wide the terminal draws East-Asian-ambiguous characters (UAX #11): asked, because nothing else tells.
//!
//! A few of them are written on a row that is drawn again at once; after each the terminal says where its cursor stands
//! (CPR), and at last what it is (DA1). Every terminal answers the latter, and in order, so it ends the answers.
//! Until it is known, nothing ambiguous is drawn. A terminal that stays silent is taken to be narrow, as most are; an
//! answer that comes late is still believed, so that a slow line costs one more drawing and not a torn screen.
//!
//! Not here: reading the answers out of what is typed (`keyboard`).

use std::fmt::Write;
use std::time::Duration;

use super::keyboard::Report;

/// How long nothing ambiguous is drawn for want of an answer.
pub const PATIENCE: Duration = Duration::from_millis(200);

/// One of each kind that the desk and filings use: terminals differ by kind (box drawing is often special).
pub const SAMPLES: [char; 8] =
    ['\u{2500}', '\u{2502}', '\u{2580}', '\u{b7}', '\u{2026}', '\u{25cf}', '\u{2192}', '\u{2460}'];

/// The columns that an ambiguous character takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    Narrow,
    Wide,
}

/// Where the question stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Probe {
    /// The settings say it: nothing is asked.
    Unneeded,
    /// To be asked when the first frame stands.
    Waiting,
    /// Asked; the time is in milliseconds since the desk opened.
    Asked { answers: Answers, until: u64 },
    /// Nothing came in time. What still comes counts.
    Late(Answers),
    /// Told, or as good as.
    Done,
}

/// What was said so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answers {
    /// The row of the question, counted from 1, if it is known.
    row: Option<u16>,
    count: usize,
    wide: bool,
}

impl Probe {
    /// Whether anything ambiguous may be drawn only later.
    pub const fn is_open(&self) -> bool {
        matches!(self, Probe::Waiting | Probe::Asked { .. })
    }

    /// Whether answers are still on their way.
    pub const fn expects(&self) -> bool {
        matches!(self, Probe::Asked { .. } | Probe::Late(_))
    }

    /// The time at which silence is an answer.
    pub const fn until(&self) -> Option<u64> {
        match self {
            Probe::Asked { until, .. } => Some(*until),
            _ => None,
        }
    }

    /// The question on a row, counted from 1, or on the one where the cursor stands. The row is empty afterwards.
    pub fn ask(&mut self, row: Option<u16>, now: u64) -> String {
        let answers = Answers { row, count: 0, wide: false };
        *self = Probe::Asked { answers, until: now.saturating_add(PATIENCE.as_millis() as u64) };
        question(row)
    }

    /// Takes an answer in. Tells the width when it is known now.
    pub fn hear(&mut self, report: Report) -> Option<Width> {
        let (Probe::Asked { answers, .. } | Probe::Late(answers)) = self else { return None };
        match report {
            Report::Cursor { row, column } => {
                if answers.row.is_none_or(|asked| asked == row) {
                    answers.count += 1;
                    answers.wide |= column > 2;
                }
                None
            }
            Report::Attributes => {
                let answers = *answers;
                let late = *self == Probe::Late(answers);
                *self = Probe::Done;
                match answers.width() {
                    // Narrow was taken for granted.
                    Width::Narrow if late => None,
                    width => Some(width),
                }
            }
        }
    }

    /// Lets time pass. Tells the width when it was waited for long enough.
    pub fn tick(&mut self, now: u64) -> Option<Width> {
        let Probe::Asked { answers, until } = *self else { return None };
        (now >= until).then(|| {
            *self = Probe::Late(answers);
            Width::Narrow
        })
    }
}

impl Answers {
    /// Any wide one makes the terminal wide. One that cannot say is taken to be narrow.
    const fn width(self) -> Width {
        if self.wide { Width::Wide } else { Width::Narrow }
    }
}

/// Each sample at the beginning of the row, and after it the question for the cursor (`CSI 6 n`); then the row emptied,
/// and the question what the terminal is (`CSI c`).
fn question(row: Option<u16>) -> String {
    let mut question = row.map_or_else(String::new, |row| format!("\x1b[{row};1H"));
    for sample in SAMPLES {
        // Writing to a string cannot fail.
        let _written = write!(question, "\r{sample}\x1b[6n");
    }
    question.push_str("\r\x1b[2K\x1b[c");
    question
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthChar;

    use super::*;

    fn asked() -> Probe {
        let mut probe = Probe::Waiting;
        assert_eq!(probe.ask(Some(24), 1_000).matches("\x1b[6n").count(), SAMPLES.len());
        probe
    }

    fn heard(probe: &mut Probe, columns: &[u16]) -> Option<Width> {
        for column in columns {
            assert_eq!(probe.hear(Report::Cursor { row: 24, column: *column }), None);
        }
        probe.hear(Report::Attributes)
    }

    #[test]
    fn every_sample_is_ambiguous() {
        assert!(SAMPLES.iter().all(|sample| (sample.width(), sample.width_cjk()) == (Some(1), Some(2))));
    }

    #[test]
    fn one_wide_character_makes_the_terminal_wide() {
        for (columns, width) in [
            (&[2; SAMPLES.len()][..], Width::Narrow),
            (&[3; SAMPLES.len()], Width::Wide),
            (&[2, 2, 2, 2, 2, 3, 2, 2], Width::Wide),
            // It tells what it is but not where its cursor stands.
            (&[], Width::Narrow),
            (&[1, 1], Width::Narrow),
        ] {
            let mut probe = asked();
            assert_eq!(heard(&mut probe, columns), Some(width), "{columns:?}");
            assert_eq!(probe, Probe::Done);
        }
    }

    #[test]
    fn silence_is_narrow_and_a_late_answer_counts_when_it_says_otherwise() {
        for (columns, late) in [(&[2; SAMPLES.len()], None), (&[3; SAMPLES.len()], Some(Width::Wide))] {
            let mut probe = asked();
            assert_eq!(probe.tick(1_199), None);
            assert!(probe.is_open());
            assert_eq!(probe.tick(1_200), Some(Width::Narrow));
            assert!(!probe.is_open() && probe.expects());
            assert_eq!(probe.tick(9_999), None);
            assert_eq!(heard(&mut probe, columns), late);
        }
    }

    #[test]
    fn what_was_not_asked_is_not_believed() {
        for mut probe in [Probe::Unneeded, Probe::Waiting, Probe::Done] {
            assert_eq!(heard(&mut probe, &[3, 3]), None);
        }
        let mut probe = asked();
        assert_eq!(probe.hear(Report::Cursor { row: 1, column: 3 }), None, "F3, or another's answer");
        assert_eq!(heard(&mut probe, &[2]), Some(Width::Narrow));
    }
}

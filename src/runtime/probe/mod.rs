//! What the terminal can, and how wide it draws East-Asian-ambiguous characters (UAX #11): asked, because nothing else
//! tells.
//!
//! One question, after the first frame. A few ambiguous characters are written on a row that is drawn again at once;
//! after each the terminal says where its cursor stands (CPR). Then it is asked for a picture in kitty's protocol, its
//! name and the size of a cell, and at last what it is (DA1). Every terminal answers the latter, and in order, so it ends
//! the answers. Until then nothing ambiguous and no picture is drawn. A terminal that stays silent is taken to be narrow
//! and to draw no pictures of its own, as most are; an answer that comes late is still believed, so that a slow line
//! costs one more drawing and not a torn screen.
//!
//! Not here: reading the answers out of what is typed (`keyboard`), and drawing the pictures.

mod facts;
mod question;
mod surroundings;

use std::ops::RangeInclusive;
use std::time::Duration;

use super::keyboard::Report;
use crate::app::pictures::Display;
use crate::config::ImageMode;
use crate::domain::viewport::Size;

pub use facts::{TerminalFacts, choose};
pub use question::{Question, SAMPLES};
pub use surroundings::{Multiplexer, Surroundings};

/// How long nothing ambiguous and no picture is drawn for want of an answer.
pub const PATIENCE: Duration = Duration::from_millis(200);

/// The sides of a cell that are believed, in pixels; a larger one would make pictures without bounds.
const SIDES: RangeInclusive<u32> = 2..=200;

/// The sides of the largest sixel that are believed, in pixels: a smaller one would come in more pieces than cells.
const SIXEL_SIDES: RangeInclusive<u32> = 200..=16_384;

/// The columns that an ambiguous character takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    Narrow,
    Wide,
}

/// The question and what has been said to it.
#[derive(Debug, Clone)]
pub struct Probe {
    mode: ImageMode,
    question: Question,
    stage: Stage,
    /// The row of the question, counted from 1, if it is known.
    row: Option<u16>,
    /// Columns and rows of the screen, if they are known.
    grid: Option<(u16, u16)>,
    /// The window changed, and it was not asked since.
    changed: bool,
    /// A cell as the terminal says it, and the window.
    said: (Option<Size>, Option<Size>),
    facts: TerminalFacts,
    /// What the desk goes by.
    told: Option<Display>,
    /// The terminal said what it is.
    fenced: bool,
    /// It said something of the picture.
    of_pictures: bool,
    /// It said itself how large its cells are.
    of_cells: bool,
    /// How often it was asked that again and has not answered.
    asked_again: u32,
}

/// Where the question stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The settings say all: nothing is asked.
    Unneeded,
    /// To be asked when the first frame stands.
    Waiting,
    /// Asked; the time is in milliseconds since the desk opened.
    Asked { until: u64 },
    /// Not all came in time. What still comes counts.
    Late,
    /// All was said. What comes out of order counts.
    Done,
}

impl Probe {
    /// The question that the settings leave open. `window_cell` is a cell's size in pixels as the window has it.
    pub fn new(
        mode: ImageMode,
        width: Option<Width>,
        background: bool,
        surroundings: &Surroundings,
        window_cell: Option<Size>,
    ) -> Self {
        let question = Question {
            background,
            width: width.is_none(),
            pictures: mode == ImageMode::Auto,
            cell: matches!(mode, ImageMode::Auto | ImageMode::Kitty | ImageMode::Iterm2 | ImageMode::Sixel),
            multiplexer: surroundings.multiplexer,
        };
        let facts = TerminalFacts { wide: width == Some(Width::Wide), ..TerminalFacts::default() };
        Probe::of(
            question,
            mode,
            TerminalFacts { cell: window_cell.filter(plausible), ..facts },
            surroundings,
        )
    }

    /// The whole question, whatever the settings.
    pub fn whole(mode: ImageMode, surroundings: &Surroundings, window_cell: Option<Size>) -> Self {
        let facts = TerminalFacts { cell: window_cell.filter(plausible), ..TerminalFacts::default() };
        Probe::of(Question::all(surroundings.multiplexer), mode, facts, surroundings)
    }

    fn of(question: Question, mode: ImageMode, facts: TerminalFacts, surroundings: &Surroundings) -> Self {
        let stage = if question.is_empty() { Stage::Unneeded } else { Stage::Waiting };
        let facts = TerminalFacts { name: surroundings.name.map(str::to_owned), ..facts };
        Probe {
            mode,
            question,
            stage,
            row: None,
            grid: None,
            changed: false,
            said: (None, None),
            facts,
            told: None,
            fenced: false,
            of_pictures: false,
            of_cells: false,
            asked_again: 0,
        }
    }

    pub const fn facts(&self) -> &TerminalFacts {
        &self.facts
    }

    /// Whether the terminal said what it is, and so has answered all that it ever will.
    pub const fn is_answered(&self) -> bool {
        self.fenced
    }

    /// How the desk draws by what is known.
    pub fn display(&self) -> Display {
        self.facts.display(self.mode, self.question.multiplexer == Multiplexer::Tmux)
    }

    /// Whether it is to be asked now.
    pub fn is_waiting(&self) -> bool {
        self.stage == Stage::Waiting
    }

    /// Whether anything ambiguous, and any picture, may be drawn only later.
    pub const fn is_open(&self) -> bool {
        matches!(self.stage, Stage::Waiting | Stage::Asked { .. })
    }

    /// Whether the terminal was asked and has not said what it is, so that answers may still come.
    pub const fn may_answer(&self) -> bool {
        !self.fenced && matches!(self.stage, Stage::Asked { .. } | Stage::Late)
    }

    /// The time at which silence is an answer.
    pub const fn until(&self) -> Option<u64> {
        match self.stage {
            Stage::Asked { until } => Some(until),
            _ => None,
        }
    }

    /// The screen has so many columns and rows.
    pub fn has(&mut self, columns: u16, rows: u16) {
        self.grid = Some((columns, rows));
    }

    /// The window changed: its cells are of this size now, as far as it tells. Tells how the desk draws if that is known
    /// and otherwise than it was.
    pub fn resized(&mut self, columns: u16, rows: u16, window_cell: Option<Size>) -> Option<Display> {
        self.has(columns, rows);
        self.said = (None, None);
        self.changed = true;
        self.facts.cell = window_cell.filter(plausible).or(self.facts.cell);
        self.told?;
        self.tell()
    }

    /// The question on a row, counted from 1, or on the one where the cursor stands. The row is empty afterwards.
    pub fn ask(&mut self, row: Option<u16>, now: u64) -> String {
        self.row = row;
        self.stage = Stage::Asked { until: now.saturating_add(PATIENCE.as_millis() as u64) };
        self.question.text(row)
    }

    /// The question for another window, where the cells may be of another size too: once, and only of a terminal that
    /// answers it.
    pub fn ask_again(&mut self) -> Option<&'static str> {
        let asks = std::mem::take(&mut self.changed) && self.of_cells;
        self.asked_again += u32::from(asks);
        asks.then_some(question::CELL)
    }

    /// Whether an answer is still to come, which must not be left to whoever has the terminal next.
    pub const fn is_awaited(&self) -> bool {
        self.until().is_some() || self.asked_again > 0
    }

    /// Takes an answer in. Tells how the desk draws when that is known now, or otherwise than it was.
    pub fn hear(&mut self, report: Report) -> Option<Display> {
        if matches!(self.stage, Stage::Unneeded | Stage::Waiting) {
            return None;
        }
        self.note(report);
        // tmux says what it is before the terminal around it can say anything.
        let awaited = self.question.outlasts_the_fence() && !self.of_pictures;
        match self.stage {
            Stage::Asked { .. } | Stage::Late if self.fenced && !awaited => {
                self.stage = Stage::Done;
                self.tell()
            }
            Stage::Late | Stage::Done if self.fenced => self.tell(),
            _ => None,
        }
    }

    /// Lets time pass. Tells how the desk draws when an answer was waited for long enough.
    pub fn tick(&mut self, now: u64) -> Option<Display> {
        if now < self.until()? {
            return None;
        }
        self.stage = Stage::Late;
        self.tell()
    }

    fn tell(&mut self) -> Option<Display> {
        let display = self.display();
        (self.told.replace(display) != Some(display)).then_some(display)
    }

    /// Only what was asked is believed, and the first that was said, but of cells the last: windows change.
    fn note(&mut self, report: Report) {
        let Question { width, pictures, cell, background, .. } = self.question;
        match report {
            // After the fence a cursor's place is no answer; it may be a key (F3).
            Report::Cursor { row, column } => {
                if width && !self.fenced && self.row.is_none_or(|asked| asked == row) {
                    // Any wide one makes the terminal wide.
                    self.facts.wide |= column > 2;
                }
            }
            Report::Attributes { sixel } => {
                if !self.fenced {
                    self.facts.sixel = sixel;
                    self.fenced = true;
                }
            }
            Report::Name(name) => {
                if pictures && self.facts.name.is_none() {
                    self.facts.name = Some(name);
                }
            }
            Report::Cell { width, height } => {
                let size = Size::new(width.into(), height.into());
                self.asked_again = self.asked_again.saturating_sub(1);
                if cell && plausible(&size) {
                    self.said.0 = Some(size);
                    self.of_cells = true;
                    self.measure();
                }
            }
            Report::Window { width, height } => {
                if cell {
                    self.said.1 = Some(Size::new(width.into(), height.into()));
                    self.measure();
                }
            }
            Report::LargestSixel { width, height } => {
                let sides = [width, height].map(u32::from);
                if cell && sides.iter().all(|side| SIXEL_SIDES.contains(side)) {
                    self.facts.largest_sixel = Some(Size::new(sides[0], sides[1]));
                }
            }
            Report::Background { light } => {
                if background {
                    self.facts.light = Some(light);
                }
            }
            Report::Graphics { image, works } => {
                if pictures && !self.of_pictures && image == question::ASKED_IMAGE {
                    self.facts.kitty = works;
                    self.of_pictures = true;
                }
            }
        }
    }
}

impl Probe {
    /// A cell is as the terminal says, but no larger than the window has room for: a picture that takes more than its cells
    /// leaves strips behind, and scrolls the screen.
    fn measure(&mut self) {
        let (cell, window) = self.said;
        let within = window.zip(self.grid).map(|(window, (columns, rows))| {
            Size::new(window.width / u32::from(columns.max(1)), window.height / u32::from(rows.max(1)))
        });
        let within = within.filter(plausible);
        let both = cell
            .zip(within)
            .map(|(cell, within)| Size::new(cell.width.min(within.width), cell.height.min(within.height)));
        self.facts.cell = both.or(cell).or(within).or(self.facts.cell);
    }
}

fn plausible(cell: &Size) -> bool {
    SIDES.contains(&cell.width) && SIDES.contains(&cell.height)
}

#[cfg(test)]
mod tests;

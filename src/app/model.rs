//! The machine's state.

mod available;

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::case_view::{CaseView, Showing};
use super::command::{Command, Context};
use super::corners::Corners;
use super::effect::{Clock, Opened, Target};
use super::gathering::{Gathering, Keeping};
use super::guard::Guard;
use super::keymap::Keymap;
use super::layout::{self, Fields};
use super::looks::Looks;
use super::pictures::{Display, Images};
use super::places::Awaited;
use super::rail::Rail;
use super::said::Said;
use super::screens::Panel;
use super::strip::Strip;
use super::texts::Texts;
use super::theme::ThemeName;
use super::twin::viewport::{self as twin, Why};
use crate::domain::filing::Transcript;
use crate::domain::message::{Lang, Message};
use crate::domain::places::OwnPlaces;
use crate::domain::policy::Policy;
use crate::domain::reasons::Catalogue;
use crate::domain::view::Submission;
use crate::domain::viewport::Size;
use crate::domain::workspace::{Counts, Filter};

/// What does not change while the desk is open.
#[derive(Debug, Clone)]
pub struct Settings {
    pub reviewer: String,
    pub policy: Policy,
    pub zone: TimeZone,
    pub catalogue: Arc<Catalogue>,
    pub images: Images,
    /// A cell's size in pixels.
    pub cell: Size,
    /// The largest sixel in pixels.
    pub largest_sixel: Size,
    /// What the regulator's system accepts of a picture.
    pub submission: Submission,
    /// The terminal draws ambiguous characters two cells wide: none may be used.
    pub wide_ambiguous: bool,
    pub arming_ms: u64,
    pub keymap: Arc<Keymap>,
    /// Where the desk starts.
    pub theme: ThemeName,
    /// The terminal's background decides on the theme, once it is known.
    pub theme_by_background: bool,
    /// `NO_COLOR` or `--color never`: only pictures have colours, whatever the theme.
    pub colourless: bool,
    /// Whether the desk starts with the mouse.
    pub mouse: bool,
}

impl Settings {
    /// The terminal said how it draws. Pictures that are switched off stay so.
    pub fn measured(&mut self, display: Display) {
        self.wide_ambiguous = display.wide_ambiguous;
        self.cell = display.cell;
        self.largest_sixel = display.largest_sixel;
        if self.images != Images::Off {
            self.images = display.images;
        }
    }
}

/// What the case zone shows.
#[derive(Debug, Clone)]
pub enum Case {
    /// On its way; nothing to show yet.
    Loading,
    /// Nothing left to review.
    Empty,
    Open(Box<CaseView>),
    /// A filing that could not be opened.
    Failed {
        key: String,
        fault: Message,
    },
}

/// How a notice is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Info,
    /// Something is durable.
    Done,
    Warning,
}

/// The row above the footer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub tone: Tone,
    pub said: Said,
    /// When it was said, in milliseconds since the desk opened.
    pub since: u64,
}

/// The whole state of the desk.
#[derive(Debug)]
pub struct Model {
    pub settings: Settings,
    pub lang: Lang,
    pub theme: ThemeName,
    /// The mouse is the desk's, not the terminal's.
    pub mouse: bool,
    /// Something else has written on the screen: all of it must be drawn anew.
    pub redraw: bool,
    pub size: (u16, u16),
    pub clock: Clock,
    pub rail: Rail,
    /// The row of the rail that the wheel scrolled to; none while the rail follows the present filing.
    pub rail_focus: Option<usize>,
    /// Which part of the queue the rail shows and what comes next is taken from.
    pub filter: Arc<Filter>,
    /// Counts the searches asked for.
    pub searches: u64,
    pub counts: Counts,
    pub case: Case,
    /// The neighbouring cases, read and judged before they are needed.
    pub next: Option<Box<CaseView>>,
    pub previous: Option<Box<CaseView>>,
    /// How the pictures of other cases were left.
    pub looks: Looks,
    pub corners: Corners,
    /// The places of documents that the reviewer set herself.
    pub own_places: OwnPlaces,
    /// The place that is looked at once it is known.
    pub awaited_place: Option<Awaited>,
    /// What the selected fact is compared with; none where it has no place on a document.
    pub strip: Option<Strip>,
    /// What the last picture took on its way to the terminal, with the screen around it, in bytes.
    pub view_bytes: Option<u64>,
    /// Colours or pixels of it were given up to spare bytes.
    pub view_reduced: bool,
    pub panel: Option<Panel>,
    /// The picture fills the screen.
    pub full_screen: bool,
    /// Full screen was entered by stepping to evidence too small to read in its zone, and ends with it.
    pub full_screen_by_step: bool,
    pub notice: Option<Notice>,
    pub guard: Guard,
    /// The panel was drawn at least once: its Enter may act.
    pub panel_drawn: bool,
    /// A decision is being written; by the filing's key.
    pub saving: Option<String>,
    /// Another case is on its way; until it comes nothing is decided about the one that still stands there.
    pub opening: Option<Target>,
    /// Commands that look at the case on its way, with their digits.
    pub waiting: VecDeque<(Command, Option<usize>)>,
    /// Counts the cases asked for; older answers are dropped.
    pub generation: u64,
    /// Page texts that evidence names.
    pub texts: Texts,
    /// Filings that are being gathered again.
    pub gathering: Vec<Gathering>,
    /// Look-ups that are not written yet.
    pub keeping: Vec<Keeping>,
    /// Counts both.
    pub runs: u64,
    /// What the terminal is to put on the clipboard.
    pub clipboard: Option<String>,
    /// Opinions and notes of filings left undecided, by key.
    pub unsent: HashMap<String, (String, String)>,
    pub renewed_at: Timestamp,
    /// When the rail last looked what others have done, in milliseconds since the desk opened.
    pub looked_at: u64,
    /// Ctrl+C was pressed once.
    pub leaving: bool,
    /// The reviewer left while something was on its way: the desk ends when its answer has come.
    pub closing: bool,
    pub quit: bool,
}

impl Model {
    pub fn new(settings: Settings, lang: Lang, size: (u16, u16), clock: Clock) -> Self {
        Model {
            guard: Guard::new(settings.arming_ms),
            theme: if settings.colourless { ThemeName::Colourless } else { settings.theme },
            mouse: settings.mouse,
            settings,
            lang,
            redraw: false,
            size,
            clock,
            rail: Rail::default(),
            rail_focus: None,
            filter: Arc::new(Filter::WORK),
            searches: 0,
            counts: Counts::default(),
            case: Case::Loading,
            next: None,
            previous: None,
            looks: Looks::default(),
            corners: Corners::default(),
            own_places: OwnPlaces::default(),
            awaited_place: None,
            strip: None,
            view_bytes: None,
            view_reduced: false,
            panel: None,
            full_screen: false,
            full_screen_by_step: false,
            notice: None,
            panel_drawn: false,
            saving: None,
            opening: None,
            waiting: VecDeque::new(),
            generation: 0,
            texts: Texts::default(),
            gathering: Vec::new(),
            keeping: Vec::new(),
            runs: 0,
            clipboard: None,
            unsent: HashMap::new(),
            renewed_at: clock.now,
            looked_at: clock.ms,
            leaving: false,
            closing: false,
            quit: false,
        }
    }

    /// The terminal said how it draws.
    pub(super) fn measured(&mut self, display: Display) {
        // What stands in cells of another size is in the wrong place.
        self.redraw |= display.cell != self.settings.cell && self.settings.images.is_real();
        self.settings.measured(display);
        if let Some(light) = display.light.filter(|_| self.settings.theme_by_background) {
            // Once: whoever changes it afterwards means it.
            self.settings.theme_by_background = false;
            if !self.settings.colourless {
                self.theme = if light { ThemeName::Light } else { ThemeName::Dark };
            }
        }
    }

    /// The case on the desk.
    pub fn open_case(&self) -> Option<&CaseView> {
        match &self.case {
            Case::Open(view) => Some(view),
            _ => None,
        }
    }

    pub fn open_case_mut(&mut self) -> Option<&mut CaseView> {
        match &mut self.case {
            Case::Open(view) => Some(view),
            _ => None,
        }
    }

    /// Where keys are read now.
    pub fn context(&self) -> Context {
        match &self.panel {
            Some(panel) => panel.context(),
            None if self.full_screen || self.comparing() => Context::Viewer,
            None => Context::Desk,
        }
    }

    /// The screen is smaller than the desk can be drawn on.
    pub fn too_small(&self) -> bool {
        self.size.0 < layout::SMALLEST.0 || self.size.1 < layout::SMALLEST.1
    }

    pub fn zones(&self) -> layout::Zones {
        match self.open_case() {
            Some(view) => self.zones_of(view, view.attachment),
            None => layout::zones(self.size, Fields::default()),
        }
    }

    /// The zones while an attachment of a case is in the viewport.
    pub(super) fn zones_of(&self, view: &CaseView, attachment: Option<usize>) -> layout::Zones {
        if view.open_form().is_some() {
            return layout::form(self.size);
        }
        if attachment == view.attachment {
            match view.showing() {
                // The twin has the fields among its lines.
                Showing::Attachment if twin::why(self, view).is_some_and(Why::instead) => {
                    return layout::zones(self.size, Fields::default());
                }
                Showing::Attachment => {}
                Showing::Beside(..) => {
                    let upright = view.current_attachment().and_then(|(_, _, facts)| facts.pixels);
                    let upright = upright.is_some_and(|(width, height)| height > width);
                    return layout::zones(self.size, Fields { rows: 9, upright });
                }
                Showing::Words(..) | Showing::Screenshot(_) | Showing::Gone => {
                    return layout::zones(self.size, Fields::default());
                }
            }
        }
        let attachment = attachment.and_then(|at| view.file.filing.attachments.get(at));
        let transcript = attachment.and_then(|attachment| attachment.transcript.as_ref());
        layout::zones(self.size, transcript.map_or(Fields::default(), fields_of))
    }

    /// When the machine must be told the time again, in milliseconds since the desk opened.
    pub fn next_tick(&self) -> u64 {
        let mut at = self.clock.ms + 1_000 * 20;
        if let Some(arms_at) = self.guard.arms_at().filter(|arms_at| *arms_at > self.clock.ms) {
            at = at.min(arms_at);
        }
        if let Some(ends) = self.open_case().and_then(CaseView::reveal_ends) {
            at = at.min(ends);
        }
        at
    }

    /// Remembers how the pictures of the case on the desk are looked at.
    pub fn keep_looks(&mut self) {
        if let Case::Open(before) = &self.case {
            before.leave(&mut self.looks);
        }
    }

    /// A case as it would stand on the desk, its pictures as they were left.
    pub fn view_of(&mut self, opened: Opened) -> CaseView {
        self.keep_looks();
        let mut view = CaseView::new(opened);
        view.recall(&self.looks);
        view
    }

    /// Puts a case on the desk.
    pub fn show_case(&mut self, opened: Opened) {
        let mut view = self.view_of(opened);
        if let Case::Open(before) = &mut self.case {
            view.resume(before);
        }
        if let Some((opinion, note)) = self.unsent.remove(&view.reference()) {
            view.opinion = opinion;
            view.internal_note = note;
        }
        self.rail.go(view.reference(), Some(view.file.cursor));
        self.case = Case::Open(Box::new(view));
        self.rail_focus = None;
        self.awaited_place = None;
        self.panel = None;
        self.full_screen = false;
        self.full_screen_by_step = false;
        self.guard.disarm();
    }
}

/// What the fields of a transcript need. Licences and cards lie, forms stand.
fn fields_of(transcript: &Transcript) -> Fields {
    match transcript {
        Transcript::Certificate(_) => Fields { rows: 6, upright: false },
        Transcript::Identity(_) => Fields { rows: 5, upright: false },
        Transcript::VerificationForm(_) => Fields { rows: 9, upright: true },
        Transcript::DomainCertificate(_) => Fields { rows: 6, upright: false },
    }
}

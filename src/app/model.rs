//! The machine's state.

mod available;

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::case_view::{CaseView, Showing};
use super::command::Context;
use super::effect::{Clock, Opened, Target};
use super::gathering::{Gathering, Keeping};
use super::guard::Guard;
use super::keymap::Keymap;
use super::layout::{self, Area, Fields};
use super::rail::Rail;
use super::said::Said;
use super::screens::Panel;
use super::texts::Texts;
use super::theme::ThemeName;
use crate::domain::filing::Transcript;
use crate::domain::message::{Lang, Message};
use crate::domain::policy::Policy;
use crate::domain::reasons::Catalogue;
use crate::domain::viewport::{Size, Viewport};
use crate::domain::workspace::{Counts, Filter};

/// How pictures are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Images {
    /// Two pixels a cell.
    HalfBlocks,
    /// One pixel in two cells, by background colour alone: for terminals that draw half-blocks two cells wide.
    Backgrounds,
    Off,
}

/// What does not change while the desk is open.
#[derive(Debug, Clone)]
pub struct Settings {
    pub reviewer: String,
    pub policy: Policy,
    pub zone: TimeZone,
    pub catalogue: Arc<Catalogue>,
    pub images: Images,
    /// The terminal draws ambiguous characters two cells wide: none may be used.
    pub wide_ambiguous: bool,
    pub arming_ms: u64,
    pub keymap: Arc<Keymap>,
    /// Where the desk starts.
    pub theme: ThemeName,
    /// `NO_COLOR` or `--color never`: only pictures have colours, whatever the theme.
    pub colourless: bool,
    /// Whether the desk starts with the mouse.
    pub mouse: bool,
}

impl Settings {
    /// The terminal's width of ambiguous characters was measured.
    pub fn measured(&mut self, wide: bool) {
        self.wide_ambiguous = wide;
        self.images = match self.images {
            Images::Off => Images::Off,
            _ if wide => Images::Backgrounds,
            _ => Images::HalfBlocks,
        };
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

/// Which picture, seen how, how large: the name of one drawn picture.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PictureKey {
    pub sha256: String,
    pub viewport: Viewport,
    /// The zone in pixels.
    pub target: Size,
}

/// The pictures that should be at hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WantedPictures {
    /// On the screen now.
    pub current: Option<PictureKey>,
    /// Soon on the screen: the other attachments, then the next filing's first.
    pub soon: Vec<PictureKey>,
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
    /// The next case, read and judged before it is needed.
    pub next: Option<Box<CaseView>>,
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
            panel: None,
            full_screen: false,
            full_screen_by_step: false,
            notice: None,
            panel_drawn: false,
            saving: None,
            opening: None,
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
            None if self.full_screen => Context::Viewer,
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
    fn zones_of(&self, view: &CaseView, attachment: Option<usize>) -> layout::Zones {
        if view.open_form().is_some() {
            return layout::form(self.size);
        }
        if attachment == view.attachment {
            match view.showing() {
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

    /// The zone in which the picture is drawn.
    pub fn picture_area(&self) -> Area {
        if self.full_screen { layout::viewer(self.size).1 } else { self.zones().picture }
    }

    /// A zone's size in pixels of the terminal.
    pub fn pixels(&self, area: Area) -> Size {
        let (width, height) = match self.settings.images {
            Images::HalfBlocks => (area.width, area.height * 2),
            Images::Backgrounds => (area.width / 2, area.height),
            Images::Off => (0, 0),
        };
        Size::new(u32::from(width), u32::from(height))
    }

    /// The pictures that should be at hand for this state.
    pub fn wanted_pictures(&self) -> WantedPictures {
        let mut wanted = WantedPictures::default();
        if self.settings.images == Images::Off || self.too_small() {
            return wanted;
        }
        if let Some(view) = self.open_case() {
            wanted.current = match view.showing() {
                Showing::Attachment | Showing::Beside(..) => {
                    self.key_of(view, view.attachment, self.full_screen)
                }
                Showing::Screenshot(sha256) => Some(PictureKey {
                    sha256: sha256.to_owned(),
                    viewport: view.screenshot_view(),
                    target: self.pixels(self.picture_area()),
                }),
                Showing::Words(..) | Showing::Gone => None,
            };
            wanted.soon.extend(self.key_of(view, view.next_unseen(), self.full_screen));
        }
        if let Some(next) = &self.next {
            wanted.soon.extend(self.key_of(next, next.attachment, false));
        }
        wanted
    }

    fn key_of(&self, view: &CaseView, attachment: Option<usize>, full_screen: bool) -> Option<PictureKey> {
        let at = attachment?;
        let facts = view.file.attachments.get(at)?;
        if !facts.format.is_picture() {
            return None;
        }
        let viewport = if Some(at) == view.attachment { view.viewport() } else { Viewport::default() };
        let area =
            if full_screen { layout::viewer(self.size).1 } else { self.zones_of(view, attachment).picture };
        Some(PictureKey { sha256: facts.sha256.clone(), viewport, target: self.pixels(area) })
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

    /// Puts a case on the desk.
    pub fn show_case(&mut self, opened: Opened) {
        let mut view = CaseView::new(opened);
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

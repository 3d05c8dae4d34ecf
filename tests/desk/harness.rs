//! A desk without a terminal: typed keys go through the real machine, its effects through the real wiring into a real
//! workspace in a temporary folder, and the views are drawn into a buffer.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use heyan::app::effect::{Clock, Effect, Msg, PictureStatus};
use heyan::app::key::{Key, Press};
use heyan::app::keymap::Keymap;
use heyan::app::model::{Model, Notice, Settings};
use heyan::app::mouse::Spots;
use heyan::app::pictures::{Display, Images};
use heyan::app::screens::Panel;
use heyan::app::theme::ThemeName;
use heyan::app::update;
use heyan::domain::decision::Decision;
use heyan::domain::filing::Filing;
use heyan::domain::message::Lang;
use heyan::domain::reasons::Catalogue;
use heyan::domain::view::Submission;
use heyan::domain::viewport::Size;
use heyan::domain::workspace::{CaseFile, DecisionQuery, ImportItem};
use heyan::runtime::effects::Desk;
use heyan::runtime::judge;
use heyan::runtime::own_places::PlacesFile;
use heyan::store::{ReadStore, SqliteStore, Store};
use heyan::ui;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use rusqlite::{Connection, OpenFlags};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::beside::{Beside, nothing, opened};
use crate::grey::Grey;
pub use crate::typed::key;
pub use crate::workspace::{actor, demo_workspace, morning, policy};

pub struct Harness {
    pub model: Model,
    pub store: SqliteStore,
    desk: Desk,
    ms: u64,
    terminal: Terminal<TestBackend>,
    /// What stands where on the screen that was last looked at.
    pub spots: Spots,
    /// What the views are told of the wanted picture.
    pub picture: PictureStatus,
    /// The same of what is compared with it, where that is something else.
    pub partner: Option<PictureStatus>,
    /// Every effect since the last look.
    pub effects: Vec<Effect>,
    /// Background work done later than at once, for tests of what happens meanwhile.
    pub hold_back: bool,
    pub held: VecDeque<Effect>,
    /// What stands beside the checks' own findings, for stories about findings that no sample has.
    beside: Beside,
}

impl Harness {
    pub fn open(folder: &Path, size: (u16, u16)) -> Self {
        Self::open_as(folder, size, "林晓", Images::HalfBlocks, Lang::Zh)
    }

    /// A desk of this reviewer on the middle-sized screen.
    pub fn of(folder: &Path, reviewer: &str) -> Self {
        Self::open_as(folder, (120, 40), reviewer, Images::HalfBlocks, Lang::Zh)
    }

    pub fn open_as(folder: &Path, size: (u16, u16), reviewer: &str, images: Images, lang: Lang) -> Self {
        Self::open_on(folder, size, reviewer, images, lang, false, nothing)
    }

    /// A desk on a terminal that draws ambiguous characters two cells wide.
    pub fn open_wide(folder: &Path, size: (u16, u16), lang: Lang) -> Self {
        Self::open_on(folder, size, "林晓", Images::Braille, lang, true, nothing)
    }

    /// A desk on which these findings stand beside the checks' own.
    pub fn open_beside(folder: &Path, size: (u16, u16), lang: Lang, wide: bool, beside: Beside) -> Self {
        let images = if wide { Images::Braille } else { Images::HalfBlocks };
        Self::open_on(folder, size, "林晓", images, lang, wide, beside)
    }

    fn open_on(
        folder: &Path,
        size: (u16, u16),
        reviewer: &str,
        images: Images,
        lang: Lang,
        wide_ambiguous: bool,
        beside: Beside,
    ) -> Self {
        let store = SqliteStore::open(&folder.join("workspace")).unwrap();
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let settings = Settings {
            reviewer: reviewer.into(),
            policy: store.policy().unwrap(),
            zone: zone.clone(),
            catalogue: Arc::new(Catalogue::shipped().clone()),
            images,
            cell: Display::CELL,
            largest_sixel: Display::LARGEST_SIXEL,
            submission: Submission { kib: 200, longest_side: 1500 },
            wide_ambiguous,
            arming_ms: 250,
            keymap: Arc::new(Keymap::default()),
            theme: ThemeName::Dark,
            theme_by_background: false,
            colourless: false,
            mouse: false,
        };
        let clock = Clock { ms: 0, now: morning() };
        let places = PlacesFile::new(folder.join("state/places.toml"));
        let own_places = places.read().unwrap();
        let mut harness = Harness {
            model: Model::new(settings, lang, size, clock),
            store,
            desk: Desk::new(actor(reviewer), zone).keeping_places(places),
            ms: 0,
            terminal: Terminal::new(TestBackend::new(size.0, size.1)).unwrap(),
            spots: Spots::default(),
            picture: PictureStatus::Ready(Size::new(1000, 630)),
            partner: None,
            effects: Vec::new(),
            hold_back: false,
            held: VecDeque::new(),
            beside,
        };
        harness.model.own_places = own_places;
        let effects = update::start(&mut harness.model);
        harness.perform(effects);
        harness.settle();
        harness
    }

    pub fn clock(&self) -> Clock {
        Clock { ms: self.ms, now: morning() + jiff::SignedDuration::from_millis(self.ms as i64) }
    }

    /// Time passes.
    pub fn wait(&mut self, ms: u64) {
        self.ms += ms;
        let clock = self.clock();
        self.tell(Msg::Tick(clock));
    }

    /// Hours pass without anybody at the desk.
    pub fn sleep(&mut self, minutes: u64) {
        self.ms += minutes * 60_000;
    }

    pub fn tell(&mut self, msg: Msg) {
        let effects = update::update(&mut self.model, msg);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        let mut queue = VecDeque::from(effects);
        while let Some(effect) = queue.pop_front() {
            self.effects.push(effect.clone());
            if self.hold_back {
                self.held.push_back(effect);
                continue;
            }
            let now = self.clock().now;
            if let Some(mut msg) = self.desk.write(&mut self.store, effect, now) {
                if let Some(opened) = opened(&mut msg) {
                    opened.findings.extend((self.beside)(&opened.file));
                }
                queue.extend(update::update(&mut self.model, msg));
            }
        }
    }

    /// Carries out what was held back.
    pub fn catch_up(&mut self) {
        self.hold_back = false;
        let held = std::mem::take(&mut self.held);
        self.perform(held.into());
        self.settle();
    }

    /// The screen is drawn, and stands long enough for decisions to arm.
    pub fn settle(&mut self) {
        self.draw();
        self.ms += 300;
    }

    /// The screen is drawn.
    pub fn draw(&mut self) {
        let wanted = self.model.wanted_pictures();
        if wanted.partner.is_some() {
            self.tell(Msg::PartnerDrawn(self.partner.unwrap_or(self.picture)));
        }
        let picture = match wanted.main {
            Some(_) => self.picture,
            None => PictureStatus::None,
        };
        let clock = self.clock();
        self.tell(Msg::Drawn(picture, clock));
    }

    /// Types keys one by one, as a person does: separated by blanks, each drawn and left standing.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for name in keys.split(' ').filter(|name| !name.is_empty()) {
            self.press(&[key(name)]);
            self.settle();
        }
        self
    }

    /// Keys that arrive in one read.
    pub fn press(&mut self, keys: &[Key]) {
        let presses: Vec<Press> = keys.iter().map(|key| Press::from(*key)).collect();
        let clock = self.clock();
        self.tell(Msg::Input(presses, clock));
    }

    /// Types a text into the open field, character by character.
    pub fn text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.press(&[Key::char(c)]);
            self.settle();
        }
        self
    }

    /// Looks at all required evidence.
    pub fn look(&mut self) -> &mut Self {
        while self.model.next_to_look_at().is_some() {
            self.keys("Space");
        }
        self.keys("Esc")
    }

    pub fn resize(&mut self, width: u16, height: u16) {
        self.terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        self.tell(Msg::Resize(width, height));
    }

    /// The screen as text; a wide character stands for its two cells.
    pub fn screen(&mut self) -> String {
        self.rows().iter().map(|row| format!("{}\n", row.trim_end())).collect()
    }

    /// The rows of the screen, blanks at the end included.
    pub fn rows(&mut self) -> Vec<String> {
        let (model, pictures) = (&self.model, Grey(self.picture));
        let spots = &mut self.spots;
        let buffer = self.terminal.draw(|frame| *spots = ui::view(frame, model, &pictures)).unwrap().buffer;
        let row = |y| {
            let mut x = 0;
            let mut row = String::new();
            while x < buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                row.push_str(symbol);
                x += (symbol.width() as u16).max(1);
            }
            row
        };
        (0..buffer.area.height).map(row).collect()
    }

    /// The row in which the terminal's cursor stands, up to the cursor; none while it is hidden.
    pub fn before_cursor(&mut self) -> Option<String> {
        let rows = self.rows();
        let backend = self.terminal.backend();
        if !backend.cursor_visible() {
            return None;
        }
        let at = backend.cursor_position();
        let mut columns = 0;
        let before = |c: &char| {
            columns += c.width().unwrap_or(0);
            columns <= usize::from(at.x)
        };
        Some(rows[usize::from(at.y)].chars().take_while(before).collect())
    }

    pub fn here(&self) -> String {
        self.model.open_case().map(|view| view.file.filing.key.clone()).unwrap_or_default()
    }

    pub fn case(&self, key: &str) -> CaseFile {
        self.store.case(key, self.clock().now).unwrap()
    }

    /// The decision that stands on a filing.
    pub fn decision(&self, key: &str) -> Option<Decision> {
        self.case(key).current
    }

    /// The filings that are decided, held or escalated, in the order in which that was done.
    pub fn decided(&self) -> Vec<String> {
        let query = DecisionQuery { from: Date::MIN, to: Date::MAX, findings: false };
        let mut keys = Vec::new();
        let mut sink = |decision: Decision| {
            keys.extend(decision.withdrawn_at.is_none().then_some(decision.filing));
            ControlFlow::Continue(())
        };
        self.store.decisions(&query, self.clock().now, &mut sink).unwrap();
        keys
    }

    /// How many entries of a kind the day book has, read beside the store.
    pub fn entries(&self, kind: &str) -> u64 {
        self.count("kind = ?1", kind)
    }

    /// How many entries say this in their body.
    pub fn bodies_with(&self, words: &str) -> u64 {
        self.count("instr(body, ?1) > 0", words)
    }

    pub fn count(&self, which: &str, value: &str) -> u64 {
        let path = self.store.folder().join("heyan.db");
        let beside = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        let count = format!("SELECT count(*) FROM entry WHERE {which}");
        beside.query_row(&count, [value], |row| row.get::<_, i64>(0)).unwrap().cast_unsigned()
    }

    /// The disk has lost what a filing says.
    pub fn damage(&self, key: &str) {
        let beside = Connection::open(self.store.folder().join("heyan.db")).unwrap();
        let damage = "UPDATE revision SET body = '{' WHERE id = (SELECT current FROM filing WHERE key = ?1)";
        assert_eq!(beside.execute(damage, [key]).unwrap(), 1);
    }

    /// The source sends a filing again, changed.
    pub fn import_changed(&mut self, key: &str, change: impl FnOnce(&mut Filing)) {
        let CaseFile { mut filing, attachments, .. } = self.case(key);
        change(&mut filing);
        self.import(&[ImportItem { filing, attachments }]);
    }

    pub fn import(&mut self, items: &[ImportItem]) {
        let now = self.clock().now;
        self.store.import(items, now, &actor("import")).unwrap();
        judge::pending(&mut self.store, self.desk.day(now), now, &mut |_| {}).unwrap();
    }

    /// What the reasons panel has ticked.
    pub fn ticked(&self) -> Vec<String> {
        match &self.model.panel {
            Some(Panel::Reasons(reasons)) => reasons.ticked().iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        }
    }

    pub fn notice(&self) -> String {
        let text = |notice: &Notice| notice.said.text(self.model.lang, &self.model.settings);
        self.model.notice.as_ref().map(text).unwrap_or_default()
    }
}

//! HTML into what a person sees of it: lines of text with their links, a title, controls, and where it sends on.
//!
//! Tags are followed as they come (html5ever's tokenizer) and no tree is built: a tree of a hostile page grows with the
//! square of its size, and text needs none. Time and size are bounded; a page cut short is read as far as it was.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;
use std::time::{Duration, Instant};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::controls::Controls;
use super::elements::{self, Content};
use crate::domain::page::{refresh, scripted};

/// Bounds of one page's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TextLimits {
    pub bytes: usize,
    pub lines: usize,
}

/// A page takes milliseconds; this ends what is made to take longer.
const LONGEST: Duration = Duration::from_secs(5);

/// Bytes between two looks at the clock.
const PIECE: usize = 16 * 1024;

/// Deeper is nobody's page, and its elements are not told apart.
const DEEPEST: usize = 2048;

/// Links and scripts of a page that are kept.
const MOST_LINKS: usize = 2000;

/// Bytes of a title after which no more are added.
const LONGEST_TITLE: usize = 1000;

/// A block of text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub text: String,
    /// Parts that are links: bytes of the text, and the address as written.
    pub links: Vec<(Range<usize>, Rc<str>)>,
}

/// All that is kept of a page.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub title: String,
    pub lines: Vec<Line>,
    /// `<base href>`.
    pub base: Option<String>,
    pub controls: Controls,
    /// Addresses that the page loads scripts and frames from.
    pub loads: Vec<String>,
    /// Where a `meta` refresh sends on.
    pub refresh: Option<String>,
    /// Where a plain script sends on.
    pub script: Option<String>,
}

/// Reads a page.
pub(super) fn read(html: &str, limits: TextLimits) -> Reading {
    let sink = Sink(RefCell::new(Reader { limits, ..Reader::default() }));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let (queue, begun) = (BufferQueue::default(), Instant::now());
    let mut rest = html;
    while !rest.is_empty() && begun.elapsed() < LONGEST {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE.min(rest.len())));
        queue.push_back(StrTendril::from_slice(piece));
        // Answers only to what a sink asks for, and ours asks for nothing.
        let _ = tokenizer.feed(&queue);
        rest = after;
    }
    tokenizer.end();
    let mut reader = tokenizer.sink.0.into_inner();
    reader.end_line();
    reader.reading.controls.finish();
    reader.reading
}

struct Sink(RefCell<Reader>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut reader = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => reader.start(&tag),
            Token::TagToken(tag) => {
                reader.end(&tag.name);
                TokenSinkResult::Continue
            }
            Token::CharacterTokens(text) => {
                reader.characters(&text);
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

#[derive(Default)]
struct Reader {
    limits: TextLimits,
    reading: Reading,
    /// Names of the elements that are open.
    open: Vec<String>,
    /// How many of them are outside of the outermost one that hides what is in it.
    hidden: Option<usize>,
    titled: bool,
    /// What the text is of where no tags are looked for.
    raw: Option<(Content, String)>,
    script: String,
    /// Whether the script is one that may send on.
    sends_on: bool,
    link: Option<Rc<str>>,
    line: Line,
    space: bool,
    bytes: usize,
}

impl Default for TextLimits {
    fn default() -> Self {
        TextLimits { bytes: 512 * 1024, lines: 10_000 }
    }
}

impl Reader {
    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name = &*tag.name;
        self.end_implied(name);
        let content = elements::content(name);
        let hides = elements::is_unseen(name)
            || attribute(tag, "hidden").is_some()
            || name == "dialog" && attribute(tag, "open").is_none()
            || attribute(tag, "style").is_some_and(elements::style_hides);
        if elements::is_block(name) && self.hidden.is_none() {
            self.end_line();
        }
        self.look_at(name, tag, hides);
        match content {
            Content::Nothing => TokenSinkResult::Continue,
            Content::Flow => {
                if self.open.len() < DEEPEST {
                    if hides && self.hidden.is_none() {
                        self.hidden = Some(self.open.len());
                    }
                    self.open.push(name.to_owned());
                }
                TokenSinkResult::Continue
            }
            Content::Text | Content::Unseen | Content::Script => {
                let content = if hides { Content::Unseen } else { content };
                self.raw = Some((content, name.to_owned()));
                TokenSinkResult::RawData(match elements::content(name) {
                    Content::Text => RawKind::Rcdata,
                    Content::Script => RawKind::ScriptData,
                    _ => RawKind::Rawtext,
                })
            }
        }
    }

    /// What an element says by itself.
    fn look_at(&mut self, name: &str, tag: &Tag, hides: bool) {
        let value = |name| attribute(tag, name);
        match name {
            "base" if self.reading.base.is_none() => self.reading.base = value("href").map(str::to_owned),
            "meta" if value("http-equiv").is_some_and(|kind| kind.eq_ignore_ascii_case("refresh")) => {
                let target = value("content").and_then(refresh).map(str::to_owned);
                self.reading.refresh = self.reading.refresh.take().or(target);
            }
            "script" | "iframe" | "frame" | "embed" => {
                if let Some(address) = value("src").filter(|_| self.reading.loads.len() < MOST_LINKS) {
                    self.reading.loads.push(address.to_owned());
                }
                self.script.clear();
                // Data and templates are no scripts, and what is elsewhere is not read.
                let is_inline = value("src").is_none()
                    && value("type").is_none_or(|kind| kind.is_empty() || kind.contains("javascript"));
                self.sends_on = name == "script" && is_inline;
            }
            _ if hides || self.hidden.is_some() => {}
            "a" => {
                self.end_link();
                self.link = value("href").map(Rc::from);
                let line = self.line_number();
                self.reading.controls.begin_button("", line);
            }
            "img" => {
                if let Some(alt) = value("alt") {
                    self.apart(alt);
                }
            }
            "input" => {
                let kind = value("type").unwrap_or("text").to_ascii_lowercase();
                let is_button = matches!(kind.as_str(), "submit" | "button" | "reset" | "image");
                let label = if is_button { value("value").or(value("alt")) } else { value("placeholder") };
                let (label, line) = (label.unwrap_or_default(), self.line_number());
                self.reading.controls.field(&kind, value("name").unwrap_or_default(), label, line);
                if is_button {
                    self.apart(label);
                }
            }
            "textarea" | "select" => {
                let (name_given, line) = (value("name").unwrap_or_default(), self.line_number());
                let label = value("placeholder").unwrap_or_default();
                self.reading.controls.field(name, name_given, label, line);
            }
            "button" => {
                let line = self.line_number();
                self.reading.controls.begin_button("submit", line);
            }
            "form" => {
                let line = self.line_number();
                self.reading.controls.begin_form(value("action"), line);
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((content, raw)) = self.raw.take() {
            if content == Content::Script && self.sends_on && self.reading.script.is_none() {
                self.reading.script = scripted(&self.script).map(str::to_owned);
            }
            self.titled |= raw == "title" && !self.reading.title.is_empty();
            if raw == name {
                if elements::is_block(name) && self.hidden.is_none() {
                    self.end_line();
                }
                return;
            }
        }
        if elements::is_block(name) && self.hidden.is_none() {
            self.end_line();
        }
        match name {
            "a" => self.end_link(),
            "button" => self.reading.controls.end_button(),
            "form" => self.reading.controls.end_form(),
            _ => {}
        }
        let within = self.open.iter().rposition(|open| open == name || elements::is_wall(open));
        if let Some(at) = within.filter(|at| self.open[*at] == name) {
            self.close(at);
        } else if let Some(at) = within.filter(|_| elements::is_wall(name)) {
            // The end of a table is also the end of its cell.
            let table = self.open[..at].iter().rposition(|open| open == name);
            if let Some(at) = table {
                self.close(at);
            }
        }
    }

    fn end_implied(&mut self, begins: &str) {
        while let Some(open) = self.open.last()
            && elements::ends_before(open, begins)
        {
            self.close(self.open.len() - 1);
        }
    }

    /// Ends the element at a place among the open ones, with all inside it.
    fn close(&mut self, at: usize) {
        self.open.truncate(at);
        if self.hidden.is_some_and(|hidden| hidden >= at) {
            self.hidden = None;
        }
    }

    fn characters(&mut self, text: &str) {
        match self.raw.as_ref().map(|(content, name)| (*content, name.as_str())) {
            Some((Content::Script, _)) => self.script.push_str(text),
            // Later titles belong to drawings.
            Some((Content::Text, "title"))
                if self.hidden.is_none() && !self.titled && self.reading.title.len() < LONGEST_TITLE =>
            {
                self.reading.title.push_str(text);
            }
            Some((Content::Text, "textarea")) | None if self.hidden.is_none() => self.text(text),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        for symbol in text.chars() {
            if symbol.is_whitespace() {
                self.space = true;
                continue;
            }
            let begins = self.line.text.is_empty();
            let between = if begins { !self.reading.lines.is_empty() } else { self.space };
            let bytes = self.bytes + symbol.len_utf8() + usize::from(between);
            if bytes > self.limits.bytes || self.reading.lines.len() == self.limits.lines {
                break;
            }
            self.bytes = bytes;
            if self.space && !begins {
                self.line.text.push(' ');
            }
            self.space = false;
            let start = self.line.text.len();
            self.line.text.push(symbol);
            self.mark_link(start);
        }
        self.reading.controls.label(text);
    }

    fn mark_link(&mut self, start: usize) {
        let Some(link) = &self.link else { return };
        let end = self.line.text.len();
        let links = &mut self.line.links;
        if let Some((place, _)) = links.last_mut().filter(|(_, address)| Rc::ptr_eq(address, link)) {
            place.end = end;
        } else if links.len() < MOST_LINKS {
            links.push((start..end, Rc::clone(link)));
        }
    }

    /// Text that stands by itself in its line: a picture's, a button's.
    fn apart(&mut self, text: &str) {
        self.space = true;
        self.text(text);
        self.space = true;
    }

    fn end_link(&mut self) {
        self.reading.controls.end_link(self.link.take().as_deref());
    }

    /// Of the line that comes next, from 1.
    fn line_number(&self) -> u32 {
        u32::try_from(self.reading.lines.len() + 1).unwrap_or(u32::MAX)
    }

    fn end_line(&mut self) {
        self.space = false;
        if !self.line.text.is_empty() {
            self.reading.lines.push(std::mem::take(&mut self.line));
        }
    }
}

fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

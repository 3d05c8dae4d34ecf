//! Reads Rust source as far as the house rules need it: tokens, paths and text literals, each with its line, and
//! which lines are test code. Comments are left out. No macro is expanded.

use std::path::{Path, PathBuf};

/// One `.rs` file.
pub struct Source {
    /// From the top of the repository, with `/`.
    pub path: String,
    pub line_count: usize,
    pub tokens: Vec<Token>,
    pub literals: Vec<Literal>,
    /// First and last lines of the items that stand under `#[cfg(test)]`.
    tests: Vec<(usize, usize)>,
    wholly_test: bool,
}

/// An identifier, `::`, or one other character.
pub struct Token {
    pub line: usize,
    pub text: String,
}

/// What stands between the quotation marks, escapes as written.
pub struct Literal {
    pub line: usize,
    pub text: String,
}

/// `a::b::c`; of `a::{b, c::d}` the paths `a::b` and `a::c::d`.
pub struct PathUse {
    pub line: usize,
    pub segments: Vec<String>,
}

impl PathUse {
    /// Whether the path has these segments, one after another.
    pub fn has(&self, wanted: &str) -> bool {
        let wanted: Vec<&str> = wanted.split("::").collect();
        self.segments.windows(wanted.len()).any(|window| window == wanted.as_slice())
    }
}

impl Source {
    /// Every `.rs` file beneath the folders, which are named from the top of the repository.
    pub fn beneath(folders: &[&str]) -> Vec<Source> {
        let top = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = Vec::new();
        for folder in folders {
            list(&top.join(folder), &mut files);
        }
        files.sort();
        let mut sources: Vec<Source> = files
            .iter()
            .map(|file| {
                let path = file.strip_prefix(top).unwrap().to_str().unwrap().replace('\\', "/");
                Source::read(&path, &std::fs::read_to_string(file).unwrap())
            })
            .collect();
        mark_test_files(&mut sources);
        sources
    }

    pub fn read(path: &str, text: &str) -> Source {
        let (tokens, literals) = Scanner::new(text).scan();
        let tests = test_items(&tokens);
        let wholly_test = !path.starts_with("src/");
        Source {
            path: path.to_owned(),
            line_count: text.lines().count(),
            tokens,
            literals,
            tests,
            wholly_test,
        }
    }

    /// The folder or file right beneath `src/`: `checks`, `main`; nothing elsewhere.
    pub fn room(&self) -> &str {
        let inner = self.path.strip_prefix("src/").unwrap_or_default();
        inner.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    pub fn is_test(&self, line: usize) -> bool {
        self.wholly_test || self.tests.iter().any(|(first, last)| (*first..=*last).contains(&line))
    }

    /// Every path of two segments and more, and every single name that a `use` brings in.
    pub fn paths(&self) -> Vec<PathUse> {
        let mut paths = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            if is_name(&self.tokens[at].text) {
                at = self.path_at(at, &[], &mut paths);
            } else {
                at += 1;
            }
        }
        paths.retain(|path| path.segments.len() > 1);
        paths
    }

    /// Reads the path that begins at a token and answers where it ends.
    fn path_at(&self, start: usize, prefix: &[String], out: &mut Vec<PathUse>) -> usize {
        let text = |at: usize| self.tokens.get(at).map_or("", |token| token.text.as_str());
        let line = self.tokens[start].line;
        let mut segments = prefix.to_vec();
        segments.push(text(start).to_owned());
        let mut at = start + 1;
        while text(at) == "::" {
            match text(at + 1) {
                "{" => {
                    at += 2;
                    while at < self.tokens.len() && text(at) != "}" {
                        at = if is_name(text(at)) && text(at - 1) != "as" {
                            self.path_at(at, &segments, out)
                        } else {
                            at + 1
                        };
                    }
                    return at + 1;
                }
                name if is_name(name) => {
                    segments.push(name.to_owned());
                    at += 2;
                }
                _ => {
                    at += 1;
                    break;
                }
            }
        }
        if text(at) == "as" {
            at += 2;
        }
        out.push(PathUse { line, segments });
        at
    }

    /// The names of `mod name;` that stand under `#[cfg(test)]`.
    fn test_modules(&self) -> impl Iterator<Item = &str> {
        self.tokens.windows(3).filter_map(|tokens| match tokens {
            [keyword, name, end]
                if keyword.text == "mod"
                    && end.text == ";"
                    && self.is_test(name.line)
                    && !self.wholly_test =>
            {
                Some(name.text.as_str())
            }
            _ => None,
        })
    }
}

pub fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

fn list(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            list(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
}

/// A file that another one names by `#[cfg(test)] mod …;` is test code, with all beneath it.
fn mark_test_files(sources: &mut [Source]) {
    let mut stems = Vec::new();
    for source in sources.iter() {
        let folder = source.path.trim_end_matches(".rs").trim_end_matches("/mod");
        stems.extend(source.test_modules().map(|name| format!("{folder}/{name}")));
    }
    for source in sources {
        let path = source.path.trim_end_matches(".rs");
        source.wholly_test |= stems.iter().any(|stem| path == stem || path.starts_with(&format!("{stem}/")));
    }
}

/// First and last lines of each item after `#[cfg(test)]`: up to its `;` or the end of its block.
fn test_items(tokens: &[Token]) -> Vec<(usize, usize)> {
    const MARK: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut items = Vec::new();
    for (start, window) in tokens.windows(MARK.len()).enumerate() {
        if !window.iter().map(|token| token.text.as_str()).eq(MARK) {
            continue;
        }
        let mut depth = 0_usize;
        for token in &tokens[start + MARK.len()..] {
            match token.text.as_str() {
                "{" => depth += 1,
                "}" => depth = depth.saturating_sub(1),
                ";" => {}
                _ => continue,
            }
            if depth == 0 {
                items.push((window[0].line, token.line));
                break;
            }
        }
    }
    items
}

struct Scanner {
    text: Vec<char>,
    at: usize,
    line: usize,
    tokens: Vec<Token>,
    literals: Vec<Literal>,
}

impl Scanner {
    fn new(text: &str) -> Self {
        Scanner { text: text.chars().collect(), at: 0, line: 1, tokens: Vec::new(), literals: Vec::new() }
    }

    fn scan(mut self) -> (Vec<Token>, Vec<Literal>) {
        while let Some(c) = self.peek(0) {
            match c {
                '/' if self.peek(1) == Some('/') => self.skip_while(|c| c != '\n'),
                '/' if self.peek(1) == Some('*') => self.block_comment(),
                '"' => self.string(),
                'r' | 'b' | 'c' if self.raw_hashes().is_some() => self.raw_string(),
                '\'' => self.quote(),
                c if c.is_alphanumeric() || c == '_' => {
                    let start = self.at;
                    let line = self.line;
                    self.skip_while(|c| c.is_alphanumeric() || c == '_');
                    let text = self.text[start..self.at].iter().collect();
                    self.tokens.push(Token { line, text });
                }
                ':' if self.peek(1) == Some(':') => {
                    self.token("::");
                    self.at += 2;
                }
                c if c.is_whitespace() => self.step(),
                c => {
                    self.token(c.encode_utf8(&mut [0; 4]));
                    self.step();
                }
            }
        }
        (self.tokens, self.literals)
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.text.get(self.at + ahead).copied()
    }

    fn step(&mut self) {
        self.line += usize::from(self.peek(0) == Some('\n'));
        self.at += 1;
    }

    fn skip_while(&mut self, wanted: impl Fn(char) -> bool) {
        while self.peek(0).is_some_and(&wanted) {
            self.step();
        }
    }

    fn token(&mut self, text: &str) {
        self.tokens.push(Token { line: self.line, text: text.to_owned() });
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        while self.at < self.text.len() {
            let change = match (self.peek(0), self.peek(1)) {
                (Some('/'), Some('*')) => 1,
                (Some('*'), Some('/')) => -1,
                _ => 0,
            };
            depth += change;
            self.step();
            if change != 0 {
                self.step();
            }
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self) {
        let line = self.line;
        self.step();
        let start = self.at;
        while let Some(c) = self.peek(0).filter(|c| *c != '"') {
            if c == '\\' {
                self.step();
            }
            self.step();
        }
        self.literal(line, start, self.at);
        self.step();
    }

    /// The number of `#` of a raw string that begins here: `r"`, `br##"`…
    fn raw_hashes(&self) -> Option<usize> {
        let letters = if self.peek(0) == Some('r') { 1 } else { 2 };
        if self.peek(letters - 1) != Some('r') || self.at > 0 && is_part_of_name(self.text[self.at - 1]) {
            return None;
        }
        let hashes = self.text[self.at + letters..].iter().take_while(|c| **c == '#').count();
        (self.peek(letters + hashes) == Some('"')).then_some(hashes)
    }

    fn raw_string(&mut self) {
        let line = self.line;
        let hashes = self.raw_hashes().unwrap_or(0);
        self.skip_while(|c| c != '"');
        self.step();
        let start = self.at;
        let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
        while self.at < self.text.len() && !self.text[self.at..].starts_with(&end) {
            self.step();
        }
        self.literal(line, start, self.at);
        self.at += end.len();
    }

    fn literal(&mut self, line: usize, start: usize, end: usize) {
        let text = self.text[start..end.min(self.text.len())].iter().collect();
        self.literals.push(Literal { line, text });
    }

    /// A character (`'x'`, `'\n'`) is passed over whole; of a lifetime (`'a`) only the mark.
    fn quote(&mut self) {
        let escaped = self.peek(1) == Some('\\');
        if escaped || self.peek(2) == Some('\'') {
            self.at += if escaped { 3 } else { 2 };
            self.skip_while(|c| c != '\'');
        }
        self.step();
    }
}

fn is_part_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Vec<String> {
        Source::read("src/checks/x.rs", text).paths().iter().map(|path| path.segments.join("::")).collect()
    }

    #[test]
    fn groups_are_taken_apart_and_comments_and_texts_are_no_paths() {
        for (text, expected) in [
            ("use a::b;", &["a::b"][..]),
            ("use a::{b, c::{d, self}, e as f, g::*}; x", &["a::b", "a::c::d", "a::c::self", "a::e", "a::g"]),
            ("let x: Vec<a::b> = c::d::<e::f>(g);", &["a::b", "c::d", "e::f"]),
            ("// a::b\n/* a::b /* a::b */ a::b */ 'a' '\\'' \"a::b\" r#\"a::\"b\"# c::d", &["c::d"]),
            ("fn f<'a>(x: &'a b::c) {}", &["b::c"]),
            ("x = '\"'; a::b; '\"'", &["a::b"]),
        ] {
            assert_eq!(paths(text), expected, "{text}");
        }
    }

    #[test]
    fn literals_and_test_code_have_their_lines() {
        let text = "a(\"x\\\"y\");\n#[cfg(test)]\nmod tests {\n    b(r#\"z\"#)\n}\nc";
        let source = Source::read("src/checks/x.rs", text);
        let literals: Vec<_> = source.literals.iter().map(|it| (it.line, it.text.as_str())).collect();
        assert_eq!(literals, [(1, "x\\\"y"), (4, "z")]);
        assert_eq!(
            (1..=6).map(|line| source.is_test(line)).collect::<Vec<_>>(),
            [false, true, true, true, true, false]
        );
    }
}

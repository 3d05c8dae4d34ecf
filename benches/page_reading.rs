//! Reading a page of 100 KB: with a list of 10,000 words, and with the lists that come with the program. The figure to beat
//! is pyahocorasick's on the same text and words: 3.8 MB/s.
#![allow(clippy::expect_used)]

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use heyan::domain::evidence::PageReading;
use heyan::domain::lexicon::Lexicon;

fn main() {
    divan::main();
}

/// The most common characters stand for a text; a multiplicative generator makes both sides the same on every machine.
struct Characters(u64);

impl Characters {
    fn next(&mut self, among: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % among
    }

    fn han(&mut self) -> char {
        let code = 0x4e00 + u32::try_from(self.next(3000)).unwrap_or_default();
        char::from_u32(code).unwrap_or('样')
    }
}

/// 10,000 words of two to five characters.
fn words() -> Vec<String> {
    let mut characters = Characters(1);
    let mut words: Vec<String> = (0..20_000)
        .map(|_| {
            let length = 2 + characters.next(4);
            (0..length).map(|_| characters.han()).collect()
        })
        .collect();
    words.sort();
    words.dedup();
    words.truncate(10_000);
    words
}

/// Lines of some 30 characters with punctuation, now and then a word of the list, 100 KB of UTF-8.
fn page(words: &[String]) -> String {
    let mut characters = Characters(2);
    let mut text = String::new();
    while text.len() < 100_000 {
        for _ in 0..30 {
            text.push(characters.han());
        }
        let nth = usize::try_from(characters.next(words.len() as u64)).unwrap_or_default();
        text.push_str(&words[nth]);
        text.push_str("，样例。\n");
    }
    text
}

fn list(words: &[String]) -> Lexicon {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    let text = format!(
        "id = \"bench\"\nversion = \"2026-11-24\"\n[[group]]\nname = \"a\"\nsource = \"b\"\nwords = [{}]\n",
        quoted.join(",")
    );
    Lexicon::read(&text).expect("a list")
}

/// The text as it is: what an automaton alone does.
#[divan::bench]
fn scan(bencher: Bencher) {
    let words = words();
    let (lexicon, page) = (list(&words), page(&words));
    bencher.counter(BytesCount::of_str(&page)).bench_local(|| lexicon.hits(black_box(&page)).count());
}

/// The whole reading: folded lines, words with their lines, denials, organisations, codes.
#[divan::bench(args = ["10000_words", "shipped"])]
fn reading(bencher: Bencher, lists: &str) {
    let words = words();
    let (lexicon, page) = (list(&words), page(&words));
    bencher.counter(BytesCount::of_str(&page)).bench_local(|| match lists {
        "shipped" => PageReading::of("ab", black_box(&page)),
        _ => PageReading::with(&[&lexicon], "ab", black_box(&page)),
    });
}

/// Writes words and text where a comparison finds them.
#[divan::bench]
fn building(bencher: Bencher) {
    let words = words();
    if let Ok(folder) = std::env::var("HEYAN_BENCH_WORDS") {
        std::fs::write(format!("{folder}/words.txt"), words.join("\n")).expect("written");
        std::fs::write(format!("{folder}/page.txt"), page(&words)).expect("written");
    }
    bencher.bench_local(|| list(black_box(&words)).size());
}

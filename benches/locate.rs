//! Every place of a document by the words that were read on it. Budget: all of it within a key, 3 ms; what is derived from
//! the words is derived once, when the case is opened.

use divan::{Bencher, black_box};
use heyan::domain::evidence::{Region, Word};
use heyan::domain::places::{Document, DocumentKind, OwnPlaces, PageWords};
use heyan::domain::viewport::Size;

fn main() {
    divan::main();
}

/// A form as it is read; a page of 3,000 lines of one word; the same with each line over all others.
fn words(which: &str) -> Vec<Word> {
    let word = |(line, text, x, y, width, height): (u32, &str, u32, u32, u32, u32)| Word {
        text: text.to_owned(),
        confidence: 90,
        region: Region { x, y, width, height },
        line,
    };
    const FORM: [&str; 8] = [
        "网站名称：样例科技官方网站",
        "网站域名：other.example",
        "网站负责人姓名林样例",
        "手机号码13700005678",
        "主体信息核验内容",
        "接入信息核验内容",
        "网站负责人签字：",
        "单位盖章：",
    ];
    match which {
        "form" => {
            (0..60).map(|line| word((line, FORM[line as usize % 8], 80, 60 + line * 40, 400, 24))).collect()
        }
        "lines" => (0..3_000).map(|line| word((line, "样例文字一行", 80, line * 30, 200, 24))).collect(),
        _ => (0..3_000)
            .map(|line| word((line, "13900001902样例", 80 + line % 50, 60 + line % 40, 4_000, 30)))
            .collect(),
    }
}

#[divan::bench(args = ["form", "lines", "overlapping"])]
fn derived(bencher: Bencher, which: &str) {
    let words = words(which);
    bencher.bench_local(|| PageWords::of(black_box(&words)));
}

#[divan::bench(args = ["form", "lines", "overlapping"])]
fn every_place(bencher: Bencher, which: &str) {
    let page = PageWords::of(&words(which));
    let size = Some(Size::new(8_000, 100_000));
    let document = Document { kind: DocumentKind::Form, size, words: &page, faces: &[], quad: None };
    let (filed, own) = (["13900001002".to_owned()], OwnPlaces::default());
    bencher.bench_local(|| {
        let places = document.kind.places().iter();
        places.filter_map(|place| document.locate(*place, black_box(&filed), &own)).count()
    });
}

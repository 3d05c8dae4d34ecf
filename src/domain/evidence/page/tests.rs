use super::*;

const LIST: &str = r#"
    id = "small"
    version = "2026-11-23"
    [[group]]
    name = "news"
    source = "a"
    words = ["新闻", "P2P", "视频"]
    except = ["新闻中心"]
"#;

fn hits(text: &str) -> Vec<(String, u32, u32, u32)> {
    let lexicon = Lexicon::read(LIST).unwrap();
    let reading = PageReading::with(&[&lexicon], "ab", text);
    reading.hits.iter().map(|hit| (hit.as_written().to_owned(), hit.line, hit.lines, hit.last)).collect()
}

#[test]
fn words_with_the_lines_that_have_them() {
    for (text, expected) in [
        ("首页\n新闻\n新闻 新闻\n其他\n新闻", &[("新闻", 2, 3, 5)][..]),
        ("时政新聞", &[("新聞", 1, 1, 1)]),
        ("看 新　闻 台", &[("新　闻", 1, 1, 1)]),
        ("Ｐ２Ｐ网贷\np2p", &[("Ｐ２Ｐ", 1, 2, 2)]),
        ("视频\n新闻", &[("视频", 1, 1, 1), ("新闻", 2, 1, 2)]),
        ("本站不提供新闻\n新闻", &[("新闻", 2, 1, 2)]),
    ] {
        let expected: Vec<_> = expected
            .iter()
            .map(|(word, line, lines, last)| ((*word).to_owned(), *line, *lines, *last))
            .collect();
        assert_eq!(hits(text), expected, "{text}");
    }
}

#[test]
fn what_is_no_word() {
    for text in [
        "",
        "\n\n",
        "新\n闻",
        "新品 闻名",
        "新闻中心",
        "本站不提供新闻、视频",
        "禁止发布新闻和视频",
        "appP2Pweb",
        "没有视频。",
    ] {
        assert_eq!(hits(text), [], "{text}");
    }
}

#[test]
fn a_reading_names_its_rules_and_lists_and_reads_back() {
    let reading =
        PageReading::of("ab", "版权所有 样例有限公司\n统一社会信用代码 91440300MA00000077\n商家入驻");
    assert_eq!(reading.lists, PageReading::lists());
    assert!(reading.lists.contains("page-pre-approval@") && reading.lists.starts_with("reading@"));
    assert_eq!((reading.organisations.len(), reading.codes.len()), (1, 1));
    assert!(reading.hits.iter().any(|hit| hit.list == "commercial"));
    let text = serde_json::to_string(&reading).unwrap();
    assert_eq!(serde_json::from_str::<PageReading>(&text).unwrap(), reading);
}

proptest::proptest! {
    #[test]
    fn every_word_stands_where_it_is_said_to_stand(text in "[新闻視频不提供 　，\n样Ｐ2p]{0,40}") {
        let lexicon = Lexicon::read(LIST).unwrap();
        for hit in PageReading::with(&[&lexicon], "ab", &text).hits {
            let line = text.lines().nth(hit.line as usize - 1).unwrap();
            proptest::prop_assert!(line.contains(hit.as_written()), "{} in {}", hit.as_written(), line);
            proptest::prop_assert!(hit.line <= hit.last && hit.lines <= hit.last - hit.line + 1);
        }
    }
}

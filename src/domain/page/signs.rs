//! What a form is for, and what stands for one without being one: by labels, names of fields and known hosts
//! (`assets/page-signs.toml`).

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;

use crate::domain::evidence::FormKind;

/// Longer labels are headlines, not controls.
const LONGEST_LABEL: usize = 12;

/// A part of a page that a hand can use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Control {
    /// What it says of itself: a button's or link's words, a field's hint.
    pub label: String,
    /// The name of a field; empty for others.
    pub name: String,
    /// `type` of a field: `password`, `search`…; `textarea` and `select` for those.
    pub kind: String,
}

/// All of a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormParts {
    pub controls: Vec<Control>,
    /// Host that it is sent to, where it is another than the page's.
    pub host: Option<String>,
}

/// The shipped signs, ready to be looked for.
#[derive(Debug)]
pub struct Signs {
    rows: Vec<Row>,
    phrases: Words,
}

#[derive(Debug)]
struct Row {
    kind: FormKind,
    labels: Words,
    names: Vec<String>,
    hosts: Vec<String>,
}

/// Words to be found, and longer ones that are something else.
#[derive(Debug, Default)]
struct Words {
    /// With the kind where it is not the row's.
    words: Vec<(String, Option<FormKind>)>,
    automaton: Option<AhoCorasick>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sign: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    kind: FormKind,
    labels: Vec<String>,
    #[serde(default)]
    except: Vec<String>,
    names: Vec<String>,
    #[serde(default)]
    phrases: Vec<String>,
    #[serde(default)]
    hosts: Vec<String>,
}

impl Words {
    /// `except` come last and count as none.
    fn new(words: Vec<(String, Option<FormKind>)>, except: &[String]) -> Words {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(words.iter().map(|(word, _)| word).chain(except));
        // As with the word lists: a test reads the file, and a broken one has no words.
        Words { words, automaton: automaton.ok() }
    }

    /// The first word; Latin words count only by themselves.
    fn first(&self, text: &str) -> Option<&(String, Option<FormKind>)> {
        self.automaton.iter().flat_map(|automaton| automaton.find_iter(text)).find_map(|found| {
            let entry = self.words.get(found.pattern().as_usize())?;
            let stands_alone = !entry.0.is_ascii()
                || !text[..found.start()].ends_with(|c: char| c.is_ascii_alphanumeric())
                    && !text[found.end()..].starts_with(|c: char| c.is_ascii_alphanumeric());
            stands_alone.then_some(entry)
        })
    }
}

impl Signs {
    pub fn shipped() -> &'static Signs {
        static SHIPPED: OnceLock<Signs> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            let file = toml::from_str(include_str!("../../../assets/page-signs.toml"));
            Self::compile(file.unwrap_or(File { sign: Vec::new() }))
        })
    }

    fn compile(file: File) -> Signs {
        let phrases = file
            .sign
            .iter()
            .flat_map(|sign| sign.phrases.iter().map(|phrase| (phrase.clone(), Some(sign.kind))));
        let phrases = Words::new(phrases.collect(), &[]);
        let rows = file.sign.into_iter().map(|Written { kind, labels, except, names, hosts, .. }| {
            let labels = labels.into_iter().map(|label| (label, None)).collect();
            Row { kind, labels: Words::new(labels, &except), names, hosts }
        });
        Signs { rows: rows.collect(), phrases }
    }

    /// What a form is for, and what told it; none for one that nothing can be entered into.
    pub fn form(&self, parts: &FormParts) -> Option<(FormKind, String)> {
        let FormParts { controls, host } = parts;
        let fields: Vec<&Control> = controls.iter().filter(|control| is_field(control)).collect();
        if fields.is_empty() && !controls.iter().any(|control| !control.label.is_empty()) {
            return None;
        }
        if let Some(found) = host.as_deref().and_then(|host| self.host(host)) {
            return Some(found);
        }
        let of_kind = |kind: &str| fields.iter().filter(|field| field.kind == kind).count();
        let shown = |kind: FormKind, otherwise: &str| {
            let row = self.rows.iter().find(|row| row.kind == kind);
            let label =
                row.and_then(|row| controls.iter().find(|control| label(row, &control.label).is_some()));
            (kind, label.map_or(otherwise.to_owned(), |control| control.label.clone()))
        };
        let says = |kind| self.rows.iter().filter(|row| row.kind == kind).any(|row| row.is_told_by(controls));
        if of_kind("password") > 0 {
            // Login forms link to registering; only what is entered tells them apart, and the words of buttons.
            let registers = of_kind("password") > 1 || says(FormKind::Register) && !says(FormKind::Login);
            let kind = if registers { FormKind::Register } else { FormKind::Login };
            return Some(shown(kind, "password"));
        }
        if let Some(row) = self.rows.iter().find(|row| row.is_told_by(controls)) {
            let named = controls.iter().find(|control| row.has_name(&control.name));
            return Some(shown(row.kind, named.map_or("", |control| control.name.as_str())));
        }
        if of_kind("search") > 0 {
            return Some(shown(FormKind::Search, "search"));
        }
        if of_kind("textarea") > 0 {
            return Some(shown(FormKind::Comment, "textarea"));
        }
        let labelled = |field: bool| {
            controls.iter().find(|control| is_field(control) == field && !control.label.is_empty())
        };
        let sign = labelled(false).or_else(|| labelled(true)).map(|control| control.label.clone());
        Some((FormKind::Other, sign.unwrap_or_default()))
    }

    /// What a link or a button outside of forms stands for. Search buttons and the like are nothing without their form.
    pub fn control(&self, words: &str) -> Option<FormKind> {
        let rows = self.rows.iter().filter(|row| !matches!(row.kind, FormKind::Search));
        rows.filter(|row| label(row, words).is_some()).map(|row| row.kind).next()
    }

    /// A phrase in running text that stands for a form: the phrase and the kind.
    pub fn phrase(&self, text: &str) -> Option<(FormKind, String)> {
        let (phrase, kind) = self.phrases.first(text)?;
        kind.map(|kind| (kind, phrase.clone()))
    }

    /// A known host, or one beneath it.
    pub fn host(&self, host: &str) -> Option<(FormKind, String)> {
        let known = |known: &&String| {
            host.strip_suffix(known.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        self.rows.iter().find_map(|row| Some((row.kind, row.hosts.iter().find(known)?.clone())))
    }
}

impl Row {
    fn is_told_by(&self, controls: &[Control]) -> bool {
        controls.iter().any(|control| label(self, &control.label).is_some() || self.has_name(&control.name))
    }

    fn has_name(&self, name: &str) -> bool {
        self.names.iter().any(|known| known.eq_ignore_ascii_case(name))
    }
}

fn is_field(control: &Control) -> bool {
    !matches!(control.kind.as_str(), "" | "submit" | "button" | "image" | "reset")
}

fn label<'a>(row: &'a Row, words: &str) -> Option<&'a str> {
    let short = words.chars().filter(|c| !c.is_whitespace()).count() <= LONGEST_LABEL;
    row.labels.first(words).filter(|_| short).map(|(word, _)| word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(kind: &str, name: &str) -> Control {
        Control { kind: kind.into(), name: name.into(), label: String::new() }
    }

    fn button(label: &str) -> Control {
        Control { kind: "submit".into(), label: label.into(), name: String::new() }
    }

    #[test]
    fn the_shipped_file_is_read() {
        let file: File = toml::from_str(include_str!("../../../assets/page-signs.toml")).unwrap();
        assert!(file.sign.len() > 5);
        assert!(Signs::compile(file).rows.iter().all(|row| row.labels.automaton.is_some()));
    }

    #[test]
    fn forms_are_told_by_what_they_ask() {
        use FormKind::{Cart, Comment, Login, Other, Payment, Register, Search};
        for (controls, expected) in [
            (
                vec![field("text", "user"), field("password", "pw"), button("登 录")],
                Some((Login, "password")),
            ),
            (
                vec![field("text", "user"), field("password", "pw"), button("立即登录")],
                Some((Login, "立即登录")),
            ),
            (
                vec![field("password", "a"), field("password", "b"), button("提交")],
                Some((Register, "password")),
            ),
            (vec![field("password", "a"), button("免费注册")], Some((Register, "免费注册"))),
            (vec![field("password", "a"), button("登录"), button("注册")], Some((Login, "登录"))),
            (vec![field("text", "phone"), field("text", "code"), button("登录")], Some((Login, "登录"))),
            (vec![field("radio", "pay_type"), button("提交")], Some((Payment, "pay_type"))),
            (vec![field("number", "amount"), button("立即充值")], Some((Payment, "立即充值"))),
            (vec![field("number", "goods_number"), button("加入购物车")], Some((Cart, "加入购物车"))),
            (vec![field("textarea", "content"), button("发表评论")], Some((Comment, "发表评论"))),
            (vec![field("textarea", "content"), button("提交")], Some((Comment, "textarea"))),
            (vec![field("text", "wd"), button("")], Some((Search, "wd"))),
            (vec![field("search", ""), button("找")], Some((Search, "search"))),
            (vec![field("text", "mail"), button("订阅")], Some((Other, "订阅"))),
            (vec![field("text", "amount"), button("查询注册资本")], Some((Other, "查询注册资本"))),
            (vec![], None),
            (vec![button("")], None),
        ] {
            let found = Signs::shipped().form(&FormParts { controls: controls.clone(), host: None });
            let found = found.as_ref().map(|(kind, sign)| (*kind, sign.as_str()));
            assert_eq!(found, expected, "{controls:?}");
        }
    }

    #[test]
    fn links_and_phrases_and_hosts() {
        let signs = Signs::shipped();
        for (words, expected) in [
            ("购物车(0)", Some(FormKind::Cart)),
            ("立即购买", Some(FormKind::Cart)),
            ("登录", Some(FormKind::Login)),
            ("Login", Some(FormKind::Login)),
            ("注册", Some(FormKind::Register)),
            ("去支付", Some(FormKind::Payment)),
            ("注册资本登记制度改革", None),
            ("工商注册", None),
            ("嫦娥登陆月球", None),
            ("bloginfo", None),
            ("搜索", None),
            ("我公司支付系统软件著作权获批登录公告全文请看", None),
            ("支付方式说明", None),
        ] {
            assert_eq!(signs.control(words), expected, "{words}");
        }
        assert!(signs.phrase("请使用微信扫码支付 9.9 元").is_some());
        for text in ["扫码关注公众号", "移动支付行业研究", "支付系统解决方案"] {
            assert_eq!(signs.phrase(text), None, "{text}");
        }
        for (host, expected) in [
            ("openapi.alipay.com", true),
            ("x.pay.weixin.qq.com", true),
            ("notpay.weixin.qq.com", false),
            ("pay.weixin.qq.com.evil.example", false),
            ("site.example", false),
        ] {
            assert_eq!(signs.host(host).is_some(), expected, "{host}");
        }
    }
}

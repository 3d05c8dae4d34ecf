//! `docs/reasons.md` is made from the shipped catalogue. `HEYAN_BLESS=1 cargo test --test docs_reasons` rewrites it.

#[path = "common/page.rs"]
mod page;

use std::fmt::Write as _;

use heyan::domain::message::Lang;
use heyan::domain::reasons::{Catalogue, Reason};

const INTRODUCTION: &str = "\
<!-- Made by tests/docs_reasons.rs; HEYAN_BLESS=1 cargo test --test docs_reasons rewrites it. -->

# Reasons (未通过原因)

A failed filing names its reasons as `CODE@OBJECT`, such as `ENT-NAME-MISMATCH@name` or `DOM-EXPIRED@a.example`.
A bare `CODE` is enough where it may be used with one fixed object only, or where the filing has one domain only.

- **Objects**: what the reason may be used with: a place of the filing, `domain` (one of its domains, by name),
  `attachment` (any kind; `permit#2` is the second permit), or one kind of attachment.
- **Rows**: rows of the published list of the special verification (专项核查) that it serves; 0 is the introduction.
- **Decides**: `machine`: a check can tell for certain; `flag`: a check can point at it; `human`: only a person sees it.
  Whoever sees it, a human decides.
- **Grade** offered first: `revise` (待修改), something is missing or incomplete; `reject` (驳回), something is wrong.
- **Second**: a second reviewer must look before the decision is final.
- **Not with**: reasons that cannot hold for the same object.
";

const OWN_REASONS: &str = "\
## Reasons of your own

An operator's file adds reasons; it cannot change those above. Unknown keys, objects, groups and codes are refused with
their line. A `notice_group` of your own is declared once.

```toml
[[notice_group]]
zh = \"内部要求\"
en = \"House rules\"

[[reason]]
code = \"OWN-AGREEMENT\"
zh = \"未签入网协议\"
en = \"Access agreement is not signed\"
subject = \"entity\"               # entity, site, entity_or_site, flow
objects = [\"entity\", \"other\"]
decided_by = \"human\"             # machine, flag, human
grade = \"revise\"                 # revise, reject
notice_group = \"内部要求\"
evidence_zh = \"协议扫描件\"
evidence_en = \"Scan of the agreement\"
rectify_zh = \"请签署入网协议后重新提交。\"
rectify_en = \"Please sign the access agreement and submit again.\"
# optional:
second_reviewer = false
contradicts = [\"MAT-UNCLEAR\"]
retired = false
```
";

fn reasons_markdown() -> String {
    let catalogue = Catalogue::shipped();
    let mut page = String::from(INTRODUCTION);
    let mut group = "";
    for reason in catalogue.iter() {
        let family = reason.code.split('-').next().unwrap_or_default();
        if family != group {
            group = family;
            let _ = write!(
                page,
                "\n## {family}\n\n\
                 | Code | 中文 | English | Objects | Rows | Decides | Grade | Second | Not with |\n\
                 |---|---|---|---|---|---|---|---|---|\n"
            );
        }
        page.push_str(&row(catalogue, reason));
    }
    page.push('\n');
    page.push_str(OWN_REASONS);
    page
}

fn row(catalogue: &Catalogue, reason: &Reason) -> String {
    let code = |code: &str| format!("`{code}`");
    let objects: Vec<String> = reason.objects.iter().map(|class| code(&class.to_string())).collect();
    let rows: Vec<String> = reason.seed_rows().iter().map(ToString::to_string).collect();
    let others: Vec<String> = catalogue
        .iter()
        .filter(|other| catalogue.contradict(&reason.code, &other.code))
        .map(|other| code(&other.code))
        .collect();
    let cells = [
        format!("`{}`{}", reason.code, if reason.retired { " (retired)" } else { "" }),
        reason.label(Lang::Zh).to_owned(),
        reason.label(Lang::En).to_owned(),
        objects.join(" "),
        rows.join(" "),
        reason.decided_by.to_string(),
        reason.grade.to_string(),
        if reason.second_reviewer { "yes" } else { "" }.to_owned(),
        others.join(" "),
    ];
    format!("| {} |\n", cells.map(|cell| cell.replace('|', "\\|")).join(" | "))
}

#[test]
fn the_page_says_what_the_catalogue_says() {
    page::assert_committed("docs/reasons.md", &reasons_markdown());
}

#[test]
fn the_example_on_the_page_is_accepted() {
    let example = OWN_REASONS.split("```").nth(1).and_then(|block| block.strip_prefix("toml\n")).unwrap();
    let catalogue = Catalogue::shipped().with_operator_file(example).unwrap();
    assert_eq!(catalogue.get("OWN-AGREEMENT").map(|reason| reason.notice_group(Lang::Zh)), Some("内部要求"));
}

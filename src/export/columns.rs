//! The columns of an export: one row here is a CSV column, a JSON field and a line of `docs/export.md`.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Options, VERSION};
use crate::domain::decision::{Conclusion, Decision};
use crate::domain::message::{Lang, text};
use crate::domain::object::ReasonUse;
use crate::domain::reasons::Reason;

/// What stands in a column.
pub enum Value<'d> {
    /// Empty in CSV; the field is left out in JSONL.
    Absent,
    Integer(i64),
    Time(Timestamp),
    Day(Date),
    /// One of the program's own words.
    Word(&'static str),
    /// Text from outside that carries no personal data.
    Text(&'d str),
    /// Free text in which personal numbers are masked.
    Free(&'d str),
    /// Reasons as `CODE@OBJECT`: separated by a space in CSV, an array in JSONL.
    Reasons(Vec<&'d ReasonUse>),
    /// The Chinese labels of reasons: separated by `；` in CSV, an array in JSONL.
    Labels(&'d [ReasonUse]),
}

/// One column.
pub struct Column {
    /// The header in CSV and the field's name in JSONL.
    pub name: &'static str,
    /// The type in JSONL, as the documentation names it.
    kind: &'static str,
    pub(super) value: for<'d> fn(&'d Decision, &Options<'_>) -> Value<'d>,
}

const fn column(
    name: &'static str,
    kind: &'static str,
    value: for<'d> fn(&'d Decision, &Options<'_>) -> Value<'d>,
) -> Column {
    Column { name, kind, value }
}

/// Every column, in order. Add at the end; never rename.
pub const COLUMNS: &[Column] = &[
    column("seq", "integer", |decision, _| Value::Integer(decision.seq)),
    column("at", "string", |decision, _| Value::Time(decision.at)),
    column("day", "string", |decision, _| Value::Day(decision.day)),
    column("reviewer", "string", |decision, _| Value::Text(&decision.reviewer)),
    column("second_reviewer", "string", |decision, _| {
        decision.second_reviewer.as_deref().map_or(Value::Absent, Value::Text)
    }),
    column("source", "string", |decision, _| Value::Text(&decision.source)),
    column("filing", "string", |decision, _| Value::Text(&decision.filing)),
    column("revision", "string", |decision, _| Value::Text(&decision.revision)),
    column("verdict", "string", |decision, _| Value::Word(decision.conclusion.verdict().text())),
    column("grade", "string", |decision, _| match decision.conclusion {
        Conclusion::Fail { grade, .. } => Value::Word(grade.text()),
        _ => Value::Absent,
    }),
    column("hold", "string", |decision, _| match decision.conclusion {
        Conclusion::Hold { hold, .. } => Value::Word(hold.text()),
        _ => Value::Absent,
    }),
    column("hold_until", "string", |decision, _| match decision.conclusion {
        Conclusion::Hold { until: Some(until), .. } => Value::Time(until),
        _ => Value::Absent,
    }),
    column("state", "string", |decision, _| Value::Word(decision.state.text())),
    column("withdrawn_at", "string", |decision, _| decision.withdrawn_at.map_or(Value::Absent, Value::Time)),
    column("reasons", "array of strings", |decision, _| {
        Value::Reasons(decision.conclusion.reasons().iter().collect())
    }),
    column("reason_labels", "array of strings", |decision, _| Value::Labels(decision.conclusion.reasons())),
    column("proposed", "array of strings", |decision, _| Value::Reasons(decision.proposed.iter().collect())),
    column("overruled", "array of strings", |decision, _| {
        let confirmed = decision.conclusion.reasons();
        Value::Reasons(decision.proposed.iter().filter(|proposal| !confirmed.contains(proposal)).collect())
    }),
    column("opinion", "string", |decision, _| filled(&decision.opinion)),
    column("internal_note", "string", |decision, options| {
        if options.unmask { filled(&decision.internal_note) } else { Value::Absent }
    }),
    column("first_verdict", "string", |decision, _| {
        decision.overturned.as_ref().map_or(Value::Absent, |first| Value::Word(first.verdict().text()))
    }),
    column("first_reasons", "array of strings", |decision, _| match &decision.overturned {
        Some(first) => Value::Reasons(first.reasons().iter().collect()),
        None => Value::Absent,
    }),
];

fn filled(text: &str) -> Value<'_> {
    if text.is_empty() { Value::Absent } else { Value::Free(text) }
}

/// The Chinese label of a reason; the code itself when this catalogue does not have it.
pub(super) fn label<'a>(used: &'a ReasonUse, options: &Options<'a>) -> &'a str {
    options.catalogue.get(&used.code).map_or(&used.code, |reason: &Reason| reason.label(Lang::Zh))
}

/// `docs/export.md`.
pub fn documentation() -> String {
    let mut page = String::from(
        "# Export 导出\n\n\
         <!-- Made from the column table in src/export/columns.rs: HEYAN_BLESS=1 cargo test --test docs_export -->\n\n\
         `heyan export --day D | --from D --to D --format csv|jsonl [--out PATH] [--unmask]`\n\n\
         Every committed decision of the days, in the order of the day book (审核台账), one row each; a decision that \
         a second reviewer looked at is one row with both names. Without `--out` the export goes to standard output. \
         With it the file appears whole or not at all, and takes the place of an earlier one. The filings themselves \
         (`--filings`) are described in [tables.md](tables.md).\n\n\
         | column | JSONL type | 中文 | meaning |\n|---|---|---|---|\n",
    );
    for column in COLUMNS {
        let id = format!("export.column_{}", column.name);
        page.push_str(&format!(
            "| `{}` | {} | {} | {} |\n",
            column.name,
            column.kind,
            text(Lang::Zh, &id),
            text(Lang::En, &id)
        ));
    }
    page.push_str(&format!(
        "\n## Personal data\n\n\
         Names, numbers and addresses of the filing are in no column. In free text (`opinion`) numbers that may be \
         telephone or document numbers and e-mail addresses are masked; a name written there cannot be recognised. \
         `internal_note` (内部备注) is empty. `--unmask` writes both as they are; each export is an entry of the day \
         book that says whether it was unmasked.\n\n\
         ## CSV\n\n\
         UTF-8 with a byte-order mark, a header line, commas, CRLF (RFC 4180). Made to open right in Excel and to be \
         read back exactly:\n\n\
         - Text that Excel would take for a number, a date or a truth value (`110105200001010013`, `007`, `3-5`) \
         has one tab after it, which keeps it text. Reading back: take one trailing tab off.\n\
         - Text that would start a formula (after spaces: `=` `+` `-` `@`, also full-width), and text that itself \
         starts with an apostrophe, has one apostrophe before it. Reading back: take one leading apostrophe off.\n\
         - Control, bidi and invisible characters stand as marks such as `<U+202E>`; JSONL has the exact value.\n\
         - Lists of reasons are separated by one space, labels by `；`.\n\n\
         ## JSONL\n\n\
         One object a line; `v` is {VERSION}, the version of the row's shape. Fields without a value are left out; \
         fields may be added under the same version. Values are exact; control, bidi and invisible characters are \
         JSON-escaped.\n"
    ));
    page
}

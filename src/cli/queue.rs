//! `heyan queue`: what waits, in the order of the desk.

use clap::Args;

use super::error::{CliError, Exit};
use super::queue_filter::Options;
use super::rows::Queued;
use super::session::{Session, clock, now, zone};
use crate::domain::finding::Tally;
use crate::domain::message::Message;
use crate::domain::safe::safe;
use crate::domain::workspace::{Anchor, Cursor, Filter, QueueRow};
use crate::store::ReadStore;

#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    which: Options,
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    limit: u32,
    #[arg(long, value_name = "CURSOR")]
    after: Option<Cursor>,
}

pub fn run(session: &mut Session, arguments: &Arguments) -> Result<Exit, CliError> {
    let filter = arguments.which.filter(&session.catalogue)?;
    let reader = session.reader()?;
    let anchor = arguments.after.map_or(Anchor::Start, Anchor::After);
    let page = reader.queue(&filter, anchor, arguments.limit, now())?;
    let out = &mut session.out;
    if out.json {
        for row in &page.rows {
            out.row(&Queued::new(row))?;
        }
        return Ok(Exit::Done);
    }
    if page.rows.is_empty() {
        out.say(&Message::new("cli.queue_empty"))?;
        return Ok(Exit::Done);
    }
    let zone = zone(&reader)?;
    let heads = ["filing", "state", "due", "order_type", "findings", "claimed_by", "entity"];
    let mut rows = vec![heads.map(|head| out.text(&format!("cli.head_{head}"))).to_vec()];
    for row in &page.rows {
        rows.push(vec![
            safe(&row.key).into_string(),
            out.text(&format!("cli.state_{}", row.state)),
            row.due_at.map_or_else(|| "-".to_owned(), |due| clock(due, &zone)),
            out.text(&format!("cli.order_{}", row.order_type)),
            findings(row),
            row.claimed_by.as_deref().map_or_else(|| "-".to_owned(), |by| safe(by).into_string()),
            safe(&row.entity).into_string(),
        ]);
    }
    out.table(&rows)?;
    if let Some(next) = page.next {
        let more = if filter == Filter::WORK { "cli.queue_more" } else { "cli.queue_more_filtered" };
        out.say(&Message::new(more).with("cursor", next))?;
    }
    Ok(Exit::Done)
}

/// `x2 !1 v14`: the worst first; a question mark alone where nothing was judged yet.
fn findings(row: &QueueRow) -> String {
    row.tally.map_or_else(|| "?".to_owned(), |tally| tally_text(&tally))
}

/// The counts of findings that are not zero, with their marks.
pub fn tally_text(tally: &Tally) -> String {
    let counts =
        [('x', tally.fail), ('E', tally.error), ('!', tally.warn), ('?', tally.not_run), ('v', tally.pass)];
    let shown: Vec<String> =
        counts.iter().filter(|(_, count)| *count > 0).map(|(mark, count)| format!("{mark}{count}")).collect();
    if shown.is_empty() { "-".to_owned() } else { shown.join(" ") }
}

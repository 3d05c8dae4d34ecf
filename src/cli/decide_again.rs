//! Before a fail: what it rests on is asked again where it is older than the policy allows.

use std::sync::Arc;

use super::error::{CliError, Exit};
use super::redact::Redactor;
use super::session::{Session, day, now, zone};
use super::sources::gatherers;
use crate::domain::evidence::recheck::{self, Changed, Recheck};
use crate::domain::finding::Finding;
use crate::domain::message::{Lang, Message};
use crate::domain::object::ReasonUse;
use crate::domain::safe::safe;
use crate::domain::workspace::CaseFile;
use crate::runtime::gather::{GatherError, Order, Whose};
use crate::runtime::judge::Judge;
use crate::store::{ReadStore, SqliteStore};

/// What a decision is made from.
pub struct Judged {
    pub case: CaseFile,
    pub findings: Vec<Finding>,
    /// What nobody could be asked about again, as the decision records it.
    pub not_asked_again: Vec<String>,
}

/// Asks again what the reasons rest on. Refuses where that has changed, and where nobody answers unless old evidence is
/// accepted, which is recorded.
pub fn look_again(
    session: &Session,
    store: &SqliteStore,
    judged: Judged,
    reasons: &[ReasonUse],
    accept_old: bool,
) -> Result<Judged, CliError> {
    let Judged { case, findings, .. } = &judged;
    let hours = store.policy()?.gather.fail_hours;
    let wants = recheck::too_old(reasons, findings, &case.evidence, hours, now());
    if wants.is_empty() {
        return Ok(judged);
    }
    let order = Order { whose: Whose::These(wants.clone()), only: Vec::new(), again: true };
    ask_again(session, order)?;
    let (at, zone) = (now(), zone(store)?);
    let known = store.case(&case.reference(), at)?;
    let says = Judge::default().findings(store, &known, day(at, &zone))?;
    let silent = match recheck::outcome(reasons, findings, &says, &wants, &known.evidence) {
        Recheck::Stands => Vec::new(),
        Recheck::Changed(changed) => return Err(refused(&changed, &known, session.out.lang)),
        Recheck::NotAnswered(silent) if accept_old => recheck::names(&silent),
        Recheck::NotAnswered(silent) => {
            return Err(CliError::new(
                Exit::Refused,
                Message::new("cli.fail_not_answered")
                    .with("hours", hours)
                    .with("what", safe(&recheck::names(&silent).join(", "))),
                Message::new("cli.fail_not_answered_hint"),
            ));
        }
    };
    Ok(Judged { case: known, findings: says, not_asked_again: silent })
}

/// Asks. Where no source can be set up nobody answers, which is for the reviewer to judge by `--old-evidence`.
fn ask_again(session: &Session, order: Order) -> Result<(), CliError> {
    let asked = gatherers(session, &session.workspace()?, false)?.gather(order, Arc::new(|_| {}))?.join();
    match asked {
        Err(GatherError::Wiring(_)) => Ok(()),
        other => Ok(other?),
    }
}

fn refused(changed: &[Changed], case: &CaseFile, lang: Lang) -> CliError {
    let redactor = Redactor::new(&case.filing);
    let said = |finding: &Finding| redactor.text(&finding.message.text(lang));
    let nothing = Message::new("cli.fail_changed_nothing").text(lang);
    let told: Vec<String> = changed
        .iter()
        .map(|Changed { before, now }| {
            let now = now.as_ref().map_or_else(|| nothing.clone(), said);
            Message::new("cli.fail_changed_from").with("before", said(before)).with("now", now).text(lang)
        })
        .collect();
    CliError::new(
        Exit::Refused,
        Message::new("cli.fail_changed").with("filing", safe(&case.filing.key)).with("what", told.join("; ")),
        Message::new("cli.fail_changed_hint"),
    )
}

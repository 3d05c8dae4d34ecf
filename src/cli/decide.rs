//! `heyan decide`: one decision without the desk, under the same rules.

use clap::{ArgGroup, Args};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::arguments::named;
use super::decide_again::{Judged, look_again};
use super::error::{CliError, Exit};
use super::rows::acknowledged;
use super::session::{Session, clock, day, now, zone};
use crate::domain::decision::{Conclusion, Draft, Grade, HoldKind};
use crate::domain::filing::Filing;
use crate::domain::materials;
use crate::domain::message::Message;
use crate::domain::policy::Attention;
use crate::domain::reasons::Catalogue;
use crate::domain::replay::Basis;
use crate::domain::safe::safe;
use crate::domain::workspace::CaseFile;
use crate::runtime::judge::Judge;
use crate::store::{Conflict, ReadStore, SqliteStore, Store, StoreError};

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("verdict").required(true).args(["pass", "fail", "hold", "escalate"])))]
pub struct Arguments {
    #[arg(value_name = "FILING")]
    filing: String,
    #[arg(long)]
    pass: bool,
    #[arg(long, value_name = "CODE[@OBJECT],…", value_delimiter = ',')]
    fail: Option<Vec<String>>,
    #[arg(long, value_name = "KIND", value_parser = named(HoldKind::ALL, HoldKind::text))]
    hold: Option<HoldKind>,
    #[arg(long)]
    escalate: bool,
    #[arg(long, value_name = "TIME", conflicts_with_all = ["pass", "fail", "escalate"])]
    until: Option<String>,
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    opinion: String,
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    internal: String,
    #[arg(long, value_name = "GRADE", conflicts_with_all = ["pass", "hold", "escalate"], value_parser = named(Grade::ALL, Grade::text))]
    grade: Option<Grade>,
    #[arg(long, value_name = "REVISION")]
    expect_revision: Option<String>,
    #[arg(long, requires = "fail")]
    old_evidence: bool,
    #[arg(long)]
    second_review: bool,
}

pub fn run(session: &mut Session, arguments: Arguments) -> Result<Exit, CliError> {
    let mut store = session.store()?;
    let began = now();
    let zone = zone(&store)?;
    let case = store.case(&arguments.filing, began)?;
    expected_revision(&case, arguments.expect_revision.as_deref())?;
    let catalogue = &*session.catalogue.clone();
    let conclusion = conclusion(&arguments, catalogue, &case.filing, &zone)?;
    attention(&store, &conclusion, &case)?;
    let findings = Judge::default().findings(&store, &case, day(began, &zone))?;
    let judged = Judged { case, findings, not_asked_again: Vec::new() };
    let Judged { case, findings, not_asked_again } =
        look_again(session, &store, judged, conclusion.reasons(), arguments.old_evidence)?;
    let draft = Draft {
        filing: case.reference(),
        revision: case.revision.clone(),
        seen: case.current.as_ref().map(|decision| decision.seq),
        conclusion,
        opinion: arguments.opinion,
        internal_note: arguments.internal,
        findings,
        shown: Vec::new(),
        not_asked_again,
        basis: Basis::of(&case),
        second_review: arguments.second_review,
    };
    if let Some(refusal) = draft.refusal(catalogue) {
        return Err(CliError::new(
            Exit::Refused,
            refusal.message(catalogue, session.out.lang),
            Message::new("cli.refused_hint"),
        ));
    }
    let needs_second = draft.needs_second_review(catalogue);
    // Asking again takes its time: the day book has the moment of the decision.
    let at = now();
    let recorded = store.record(&draft, needs_second, None, at, &session.actor)?;

    let out = &mut session.out;
    let verdict = draft.conclusion.verdict();
    if out.json {
        let fields = serde_json::json!({
            "source": case.filing.source,
            "seq": recorded.seq,
            "day": recorded.day.to_string(),
            "verdict": verdict.text(),
            "reasons": draft.conclusion.reasons(),
            "revision": case.revision,
            "decision": recorded.decision.text(),
            "state": recorded.state.text(),
        });
        out.row(&acknowledged(&case.filing.key, fields))?;
    } else {
        out.say(
            &Message::new("cli.decided")
                .with("filing", safe(&case.filing.key))
                .with("verdict", format!("@cli.verdict_{verdict}"))
                .with("seq", recorded.seq)
                .with("decision", format!("@cli.decision_{}", recorded.decision)),
        )?;
        if let Conclusion::Hold { until: Some(until), .. } = &draft.conclusion {
            out.say(&Message::new("cli.decided_until").with("until", clock(*until, &zone)))?;
        }
    }
    Ok(Exit::Done)
}

/// The shortest beginning of a revision that `--expect-revision` may give, in characters.
const REVISION_PREFIX: usize = 12;

fn expected_revision(case: &CaseFile, expected: Option<&str>) -> Result<(), CliError> {
    let Some(expected) = expected else { return Ok(()) };
    if expected.len() < REVISION_PREFIX {
        return Err(CliError::new(
            Exit::Usage,
            Message::new("cli.short_revision").with("revision", safe(expected)),
            Message::new("cli.short_revision_hint").with("least", REVISION_PREFIX),
        ));
    }
    if case.revision.starts_with(&expected.to_lowercase()) {
        return Ok(());
    }
    Err(StoreError::from(Conflict::Revised {
        filing: safe(&case.filing.key).into_string(),
        expected: safe(expected).into_string(),
        current: case.revision.clone(),
    })
    .into())
}

fn conclusion(
    arguments: &Arguments,
    catalogue: &Catalogue,
    filing: &Filing,
    zone: &TimeZone,
) -> Result<Conclusion, CliError> {
    if let Some(codes) = &arguments.fail {
        let mut reasons = Vec::with_capacity(codes.len());
        for code in codes {
            let reason = catalogue.resolve(code, filing).map_err(|fault| {
                CliError::new(Exit::Usage, fault.message(), Message::new("cli.bad_reason_hint"))
            })?;
            reasons.push(reason);
        }
        let grade = arguments.grade.unwrap_or_else(|| catalogue.worst_grade(&reasons));
        return Ok(Conclusion::Fail { grade, reasons });
    }
    if let Some(hold) = arguments.hold {
        let until = arguments.until.as_deref().map(|text| moment(text, zone)).transpose()?;
        // A hold that is over before it begins would be no hold.
        if let (Some(text), Some(_)) = (&arguments.until, until.filter(|until| *until <= now())) {
            return Err(CliError::new(
                Exit::Usage,
                Message::new("cli.until_past").with("until", safe(text)),
                Message::new("cli.until_past_hint"),
            ));
        }
        return Ok(Conclusion::Hold { hold, until });
    }
    // The group of arguments lets exactly one verdict through.
    Ok(if arguments.escalate { Conclusion::Escalate } else { Conclusion::Pass })
}

/// A moment as RFC 3339, or a day or a local time in the workspace's zone.
fn moment(text: &str, zone: &TimeZone) -> Result<Timestamp, CliError> {
    text.parse::<Timestamp>()
        .ok()
        .or_else(|| zone.to_timestamp(text.parse::<DateTime>().ok()?).ok())
        .or_else(|| {
            zone.to_timestamp(text.parse::<Date>().ok()?.to_datetime(jiff::civil::Time::midnight())).ok()
        })
        .ok_or_else(|| {
            CliError::new(
                Exit::Usage,
                Message::new("cli.bad_time").with("text", safe(text)),
                Message::new("cli.bad_time_hint"),
            )
        })
}

/// The command line shows no picture: where the policy wants them seen everywhere, it cannot pass.
fn attention(store: &SqliteStore, conclusion: &Conclusion, case: &CaseFile) -> Result<(), CliError> {
    let unseen = *conclusion == Conclusion::Pass && to_be_seen(&case.filing);
    if unseen && store.policy()?.attention == Attention::Always {
        return Err(CliError::new(
            Exit::Refused,
            Message::new("cli.not_shown").with("filing", safe(&case.filing.key)),
            Message::new("cli.not_shown_hint"),
        ));
    }
    Ok(())
}

/// Whether a filing has something that must be seen before a pass: a required material, or anything for the eye. What
/// file it is in does not matter: nobody has seen a PDF or a HEIC either.
fn to_be_seen(filing: &Filing) -> bool {
    let required = materials::required(filing);
    filing.attachments.iter().any(|filed| filed.kind.needs_eyes() || required.contains(&filed.kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::filing::{Attachment, AttachmentKind as K};

    #[test]
    fn what_must_be_seen_does_not_depend_on_the_format_of_its_file() {
        let mut filing: Filing =
            serde_json::from_str(include_str!("../checks/fixture/enterprise.json")).unwrap();
        for (kinds, files, expected) in [
            (&[][..], &[][..], false),
            (&[K::DomainCertificate], &["a.png"], false),
            (&[K::EntityPrincipalIdBack], &["a.png"], true),
            (&[K::VerificationForm], &["a.pdf"], true),
            (&[K::DomainCertificate, K::BackdropPhoto], &["a.pdf", "b.heic"], true),
            (&[K::Other], &["a.pdf"], true),
        ] {
            let filed = |(kind, file): (&K, &&str)| Attachment {
                kind: *kind,
                file: (*file).to_owned(),
                sha256: None,
                transcript: None,
            };
            filing.attachments = kinds.iter().zip(files).map(filed).collect();
            assert_eq!(to_be_seen(&filing), expected, "{kinds:?} {files:?}");
        }
    }
}

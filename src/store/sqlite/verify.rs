//! Verification: the chain, the commitments, the projections and the files, each read and compared.

use std::collections::BTreeMap;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use super::case;
use super::daybook::{Body, DecisionBody};
use super::evidence_verify;
use super::fault::Outcome;
use super::import::Shown;
use super::policy;
use super::replay::{DecisionStand, FilingStand, Replay, Told};
use super::search_verify::{self, GramSum};
use super::text::{from_json, optional_timestamp, stamp, to_json, unsigned, word};
use super::vault::AttachmentVault;
use crate::domain::daybook::{EntryFields, GENESIS, commitment};
use crate::domain::filing::Filing;
use crate::domain::revision::revision;
use crate::store::{FilingState, Missing, Part, Problem, Progress, StoreError, VerifyReport, reference};

/// How many rows are read between two reports of progress.
const STEP: u64 = 1_000;

pub(super) fn verify(
    view: &Connection,
    vault: &AttachmentVault,
    progress: &mut dyn FnMut(Progress),
) -> Outcome<VerifyReport> {
    let mut audit = Audit {
        view,
        progress,
        report: VerifyReport::default(),
        replay: Replay::default(),
        grams: GramSum::default(),
        subjects: GramSum::default(),
    };
    // What one part cannot read must not keep the others from being looked at.
    for part in [
        Audit::database,
        Audit::entries,
        Audit::filings,
        Audit::search,
        Audit::decisions,
        Audit::evidence,
        Audit::standing,
    ] {
        if let Err(fault) = part(&mut audit) {
            audit.report.problems.push(Problem::Database(fault.to_string()));
        }
    }
    audit.attachments(vault)?;
    Ok(audit.report)
}

struct Audit<'a> {
    view: &'a Connection,
    progress: &'a mut dyn FnMut(Progress),
    report: VerifyReport,
    replay: Replay,
    /// What the index of grams must have.
    grams: GramSum,
    /// The subjects that filings must be found by.
    subjects: GramSum,
}

impl Audit<'_> {
    fn found(&mut self, problem: Problem) {
        self.report.problems.push(problem);
    }

    fn step(&mut self, part: Part, done: u64, total: u64) {
        if done.is_multiple_of(STEP) || done == total {
            (self.progress)(Progress { part, done, total });
        }
    }

    fn count(&self, table: &str) -> Outcome<u64> {
        let count = format!("SELECT count(*) FROM {table}");
        Ok(unsigned(self.view.query_row(&count, [], |row| row.get(0))?))
    }

    fn database(&mut self) -> Outcome<()> {
        self.step(Part::Database, 0, 1);
        let mut statement = self.view.prepare("PRAGMA quick_check")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let line: String = row.get(0)?;
            if line != "ok" {
                self.found(Problem::Database(line));
            }
        }
        self.step(Part::Database, 1, 1);
        Ok(())
    }

    /// The chain and what hangs on it, told again on the way.
    fn entries(&mut self) -> Outcome<()> {
        let total = self.count("entry")?;
        let mut statement = self.view.prepare(
            "SELECT seq, at_utc, day, actor, kind, filing, revision, body, prev, hash FROM entry ORDER BY seq",
        )?;
        let mut rows = statement.query([])?;
        let mut expected = 1;
        let mut last = GENESIS.to_owned();
        while let Some(row) = rows.next()? {
            let seq = row.get(0)?;
            if seq != expected {
                self.found(Problem::EntryMissing { seq: expected });
            }
            let text = |column| text(row, column).unwrap_or_default();
            let (at_utc, day, actor, kind) = (text(1), text(2), text(3), text(4));
            let (body, prev, hash) = (text(7), text(8), text(9));
            let filing = self::text(row, 5);
            let revision = self::text(row, 6);
            let fields = EntryFields {
                seq,
                at_utc: &at_utc,
                day: &day,
                actor: &actor,
                kind: &kind,
                filing: filing.as_deref(),
                revision: revision.as_deref(),
                body: &body,
                prev: &prev,
            };
            if fields.hash() != hash {
                self.found(Problem::EntryChanged { seq });
            }
            if prev != last {
                self.found(Problem::ChainBroken { seq });
            }
            let told = Told { seq, kind: &kind, filing: filing.as_deref(), body: &body };
            if let Err(fault) = self.private(seq, &body).and_then(|()| self.replay.tell(self.view, &told)) {
                self.found(Problem::EntryUnreadable { seq, detail: fault.to_string() });
            }
            (expected, last) = (seq + 1, hash);
            self.report.entries += 1;
            self.step(Part::Entries, self.report.entries, total);
        }
        Ok(())
    }

    /// The values that an entry committed to, no more and no fewer.
    fn private(&mut self, seq: i64, body: &str) -> Outcome<()> {
        let mut committed: BTreeMap<String, String> =
            from_json::<Body<serde::de::IgnoredAny>>("entry.body", body)?.private;
        let mut statement =
            self.view.prepare_cached("SELECT field, salt, value FROM private WHERE entry = ?1")?;
        let mut rows = statement.query([seq])?;
        while let Some(row) = rows.next()? {
            let field = text(row, 0).unwrap_or_default();
            let salt: Vec<u8> = row.get(1)?;
            let value = text(row, 2).unwrap_or_default();
            self.report.private_values += 1;
            match committed.remove(&field) {
                None => self.found(Problem::PrivateUnknown { seq, field }),
                Some(promised) if promised != commitment(&salt, &value) => {
                    self.found(Problem::PrivateChanged { seq, field });
                }
                Some(_) => {}
            }
        }
        for field in committed.into_keys() {
            self.found(Problem::PrivateMissing { seq, field });
        }
        Ok(())
    }

    /// Every revision against its name; every filing against its revision and the day book.
    fn filings(&mut self) -> Outcome<()> {
        let total = self.count("revision")?;
        let mut statement = self.view.prepare(
            "SELECT r.revision, r.body, f.current = r.id, f.id, f.source, f.key, f.revision, f.state, f.decision,
                    f.hold_until, f.entity_id, f.entity, f.order_type, f.province, f.due, r.id
             FROM revision r JOIN filing f ON f.id = r.filing_id ORDER BY r.id",
        )?;
        let mut rows = statement.query([])?;
        let mut done = 0;
        while let Some(row) = rows.next()? {
            let named: String = row.get(0)?;
            let filing = text(row, 1).and_then(|body| serde_json::from_str::<Filing>(&body).ok());
            let name = reference(&row.get::<_, String>(4)?, &row.get::<_, String>(5)?);
            match &filing {
                Some(filing) if revision(filing) == named && self.files(row.get(15)?, filing) => {}
                _ => self.found(Problem::RevisionChanged { filing: name.clone(), revision: named.clone() }),
            }
            if row.get(2)? {
                self.report.filings += 1;
                let stand = self.replay.filings.remove(&row.get(3)?);
                if let Some(filing) = &filing {
                    self.searched(row.get(3)?, filing, &name)?;
                    let attachments = case::attachments(self.view, row.get(15)?)?;
                    evidence_verify::expect(&mut self.subjects, row.get(3)?, filing, &attachments);
                }
                let same = stand.is_some_and(|stand| *stand.revision == *named && stands(row, &stand))
                    && filing.is_none_or(|filing| shows(row, &filing));
                if !same {
                    self.found(Problem::FilingDiffers { filing: name });
                }
            }
            done += 1;
            self.step(Part::Filings, done, total);
        }
        for id in std::mem::take(&mut self.replay.filings).into_keys() {
            self.found(Problem::FilingDiffers { filing: format!("#{id}") });
        }
        Ok(())
    }

    fn searched(&mut self, id: i64, filing: &Filing, name: &str) -> Outcome<()> {
        let returned = self.replay.returned.contains(&id);
        if !search_verify::same(self.view, id, filing, returned, &mut self.grams)? {
            self.found(Problem::SearchDiffers { filing: name.to_owned() });
        }
        Ok(())
    }

    /// What filings are found and filtered by.
    fn search(&mut self) -> Outcome<()> {
        if search_verify::kept(self.view)? != self.grams {
            self.found(Problem::IndexDiffers);
        }
        for filing in search_verify::marked_otherwise(self.view)? {
            self.found(Problem::MarksDiffer { filing });
        }
        Ok(())
    }

    /// Whether a revision shows the files that it names, in its order.
    fn files(&self, revision: i64, filing: &Filing) -> bool {
        case::attachments(self.view, revision).is_ok_and(|kept| {
            let kept = kept.iter().map(|facts| (facts.kind, Some(&facts.sha256)));
            kept.eq(filing.attachments.iter().map(|named| (named.kind, named.sha256.as_ref())))
        })
    }

    fn decisions(&mut self) -> Outcome<()> {
        let total = self.count("decision")?;
        let mut statement = self.view.prepare(
            "SELECT d.seq, d.filing_id, d.standing, d.needs_second, d.second_seq, d.withdrawn_seq,
                    d.verdict, d.conclusion, d.proposed, own.body,
                    d.at_utc = first.at_utc AND d.day = first.day AND d.reviewer = first.actor
                    AND r.revision = first.revision AND r.filing_id = d.filing_id
                    AND d.second_at IS second.at_utc AND d.second_reviewer IS second.actor
                    AND d.withdrawn_at IS withdrawn.at_utc
             FROM decision d
             JOIN entry first ON first.seq = d.seq
             JOIN entry own ON own.seq = d.standing
             JOIN revision r ON r.id = d.revision_id
             LEFT JOIN entry second ON second.seq = d.second_seq
             LEFT JOIN entry withdrawn ON withdrawn.seq = d.withdrawn_seq
             ORDER BY d.seq",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let seq = row.get(0)?;
            let found = DecisionStand {
                filing: row.get(1)?,
                standing: row.get(2)?,
                needs_second: row.get(3)?,
                second: row.get(4)?,
                withdrawn: row.get(5)?,
            };
            let same = self.replay.decisions.remove(&seq) == Some(found)
                && row.get(10)?
                && says(row).unwrap_or_default();
            if !same {
                self.found(Problem::DecisionDiffers { seq });
            }
            self.report.decisions += 1;
            self.step(Part::Decisions, self.report.decisions, total);
        }
        for seq in std::mem::take(&mut self.replay.decisions).into_keys() {
            self.found(Problem::DecisionDiffers { seq });
        }
        Ok(())
    }

    /// Every piece of evidence against its name and its entry, and the subjects by which it is found.
    fn evidence(&mut self) -> Outcome<()> {
        let mut named = std::mem::take(&mut self.replay.evidence);
        for evidence in evidence_verify::changed(self.view, &mut named)? {
            self.found(Problem::EvidenceChanged { evidence });
        }
        for evidence in named.into_keys() {
            self.found(Problem::EvidenceMissing { evidence });
        }
        if evidence_verify::kept(self.view)? != self.subjects {
            self.found(Problem::SubjectsDiffer);
        }
        Ok(())
    }

    /// The kept counts and the policy.
    fn standing(&mut self) -> Outcome<()> {
        let mut statement = self.view.prepare(
            "SELECT state FROM state_count c
             WHERE filings <> (SELECT count(*) FROM filing f WHERE f.state = c.state)",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let state = row.get(0)?;
            self.found(Problem::CountsDiffer { state });
        }
        let policy = policy::read(self.view).ok();
        if policy.is_none() || policy != self.replay.policy {
            self.found(Problem::PolicyDiffers);
        }
        Ok(())
    }

    fn attachments(&mut self, vault: &AttachmentVault) -> Outcome<()> {
        // Every version of the provider's prefixes that findings may speak of, beside the filings' own files.
        let lists = std::mem::take(&mut self.replay.prefix_lists);
        let total = self.count("attachment")? + self.count("evidence_file")? + lists.len() as u64;
        let mut statement = self.view.prepare(
            "SELECT sha256 FROM attachment UNION ALL SELECT sha256 FROM evidence_file ORDER BY sha256",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            self.file(vault, row.get(0)?, total);
        }
        lists.into_iter().for_each(|sha256| self.file(vault, sha256, total));
        Ok(())
    }

    fn file(&mut self, vault: &AttachmentVault, sha256: String, total: u64) {
        match vault.hash(&sha256) {
            Ok(hash) if hash == sha256 => {}
            Ok(_) => self.found(Problem::AttachmentChanged { sha256 }),
            Err(StoreError::NotFound(Missing::Attachment(_))) => {
                self.found(Problem::AttachmentMissing { sha256 });
            }
            Err(error) => {
                self.found(Problem::AttachmentUnreadable { sha256, detail: error.to_string() });
            }
        }
        self.report.attachments += 1;
        self.step(Part::Attachments, self.report.attachments, total);
    }
}

/// A text as it stands, even where a changed byte has made it no text.
fn text(row: &Row<'_>, column: usize) -> Option<String> {
    match row.get_ref(column) {
        Ok(ValueRef::Text(bytes)) => Some(String::from_utf8_lossy(bytes).into_owned()),
        _ => None,
    }
}

/// Whether a filing's row (of the query in [`Audit::filings`]) stands where the day book leaves it.
fn stands(row: &Row<'_>, stand: &FilingStand) -> bool {
    let found = || -> Outcome<FilingStand> {
        Ok(FilingStand {
            revision: row.get::<_, String>(6)?.into(),
            state: word(&row.get::<_, String>(7)?, FilingState::from_text)?,
            decision: row.get(8)?,
            hold_until: optional_timestamp(row.get(9)?)?,
        })
    };
    // Columns have milliseconds.
    let until = |stand: &FilingStand| stand.hold_until.map(stamp);
    found().is_ok_and(|found| {
        until(&found) == until(stand) && FilingStand { hold_until: stand.hold_until, ..found } == *stand
    })
}

/// Whether a filing's row shows what its revision says.
fn shows(row: &Row<'_>, filing: &Filing) -> bool {
    let shown = Shown::of(filing);
    let expected = [
        filing.source.as_str(),
        &filing.key,
        &shown.entity_id,
        &shown.entity,
        filing.order_type.text(),
        &filing.province,
        &shown.due,
    ];
    [4, 5, 10, 11, 12, 13, 14]
        .into_iter()
        .zip(expected)
        .all(|(column, text_of)| text(row, column).as_deref() == Some(text_of))
}

/// Whether a decision's row (of the query in [`Audit::decisions`]) says what its standing entry says.
fn says(row: &Row<'_>) -> Outcome<bool> {
    let body: Body<DecisionBody> = from_json("entry.body", &row.get::<_, String>(9)?)?;
    let DecisionBody { conclusion, proposed, .. } = body.content;
    Ok(row.get::<_, String>(6)? == conclusion.verdict().text()
        && row.get::<_, String>(7)? == to_json(&conclusion)?
        && row.get::<_, String>(8)? == to_json(&proposed)?)
}

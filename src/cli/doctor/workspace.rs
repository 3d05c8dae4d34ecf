//! The workspace: where it is, what it stands on, whether its database is whole, and its rules.

use std::fs;
use std::path::Path;

use jiff::{Timestamp, tz::TimeZone};
use rustix::fs::{Access, access, statfs, statvfs};

use super::Line;
use crate::cli::policy::prefixes_in_force;
use crate::cli::session::{self, clock, now};
use crate::config::Layers;
use crate::domain::message::Message;
use crate::domain::policy::Policy;
use crate::domain::safe::safe;
use crate::runtime::judge::{self, KnownPrefixes};
use crate::store::{Condition, Missing, ReadStore, SqliteReader, SqliteStore, StoreError};

/// Less room than this is named, in bytes.
const LITTLE_ROOM: u64 = 1 << 30;
/// A write-ahead log that was long not carried over into the database, in bytes.
const LONG_LOG: u64 = 256 << 20;

pub fn examine(named: Option<&Path>) -> Vec<Line> {
    let folder = match session::folder(named, "workspace") {
        Ok(folder) => folder,
        Err(error) => return Line::of("workspace", error).into_iter().collect(),
    };
    let path = safe(&folder.to_string_lossy()).into_string();
    let reader = match SqliteStore::open_read_only(&folder) {
        Ok(reader) => reader,
        Err(StoreError::NotFound(Missing::Workspace(_))) => {
            let found = Message::new("cli.doctor_no_workspace").with("path", path);
            return vec![Line::warn("workspace", found, "cli.doctor_no_workspace_advice")];
        }
        Err(error) => return vec![Line::fail("workspace", error.message(), error.hint())],
    };
    let mut lines = vec![place(&folder, path)];
    lines.extend(room(&folder));
    lines.extend(file_system(&folder));
    lines.extend(database(&reader, &folder));
    lines
}

fn place(folder: &Path, path: String) -> Line {
    // The database, its log, and the folder in which the log is made.
    let needed = [folder.to_owned(), folder.join("heyan.db"), folder.join("attachments")];
    if needed.iter().all(|path| access(path, Access::WRITE_OK).is_ok()) {
        Line::pass("workspace", Message::new("cli.doctor_workspace").with("path", path))
    } else {
        let found = Message::new("cli.doctor_read_only").with("path", path);
        Line::fail("workspace", found, "cli.doctor_read_only_advice")
    }
}

fn room(folder: &Path) -> Option<Line> {
    let system = statvfs(folder).ok()?;
    let free = system.f_bavail.saturating_mul(system.f_frsize);
    let found = Message::new("cli.doctor_room").with("free", mebibytes(free));
    Some(if free < LITTLE_ROOM {
        Line::warn("room", found, "cli.doctor_room_advice")
    } else {
        Line::pass("room", found)
    })
}

/// What a file system is to SQLite's write-ahead log, which needs memory shared within one machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Local,
    Network,
    /// Gone when the machine is switched off.
    Memory,
    Unknown,
}

/// Numbers of `statfs(2)`, and of the kernel's `include/uapi/linux/magic.h`.
const FILE_SYSTEMS: &[(u64, &str, Kind)] = &[
    (0xef53, "ext4", Kind::Local),
    (0x5846_5342, "xfs", Kind::Local),
    (0x9123_683e, "btrfs", Kind::Local),
    (0xf2f5_2010, "f2fs", Kind::Local),
    (0x2fc1_2fc1, "zfs", Kind::Local),
    (0x794c_7630, "overlayfs", Kind::Local),
    (0x0102_1994, "tmpfs", Kind::Memory),
    (0x8584_58f6, "ramfs", Kind::Memory),
    (0x6969, "nfs", Kind::Network),
    (0x517b, "smb", Kind::Network),
    (0xff53_4d42, "cifs", Kind::Network),
    (0xfe53_4d42, "smb2", Kind::Network),
    (0x0102_1997, "9p", Kind::Network),
    (0x5346_414f, "afs", Kind::Network),
    (0x00c3_6400, "ceph", Kind::Network),
    (0x7375_7245, "coda", Kind::Network),
    (0x6573_5546, "fuse", Kind::Unknown),
];

fn file_system(folder: &Path) -> Option<Line> {
    let number = statfs(folder).ok()?.f_type as u64 & 0xffff_ffff;
    let known = FILE_SYSTEMS.iter().find(|(magic, ..)| *magic == number);
    let (name, kind) = known.map_or_else(
        || (format!("0x{number:x}"), Kind::Local),
        |(_, name, kind)| ((*name).to_owned(), *kind),
    );
    let found = Message::new("cli.doctor_file_system").with("name", name);
    Some(match kind {
        Kind::Local => Line::pass("file_system", found),
        Kind::Network => Line::warn("file_system", found, "cli.doctor_network_advice"),
        Kind::Memory => Line::warn("file_system", found, "cli.doctor_memory_advice"),
        Kind::Unknown => Line::warn("file_system", found, "cli.doctor_fuse_advice"),
    })
}

fn database(reader: &SqliteReader, folder: &Path) -> Vec<Line> {
    let condition = match reader.condition() {
        Ok(condition) => condition,
        Err(error) => return vec![Line::fail("database", error.message(), error.hint())],
    };
    let size = |name: &str| fs::metadata(folder.join(name)).map_or(0, |file| file.len());
    let (log, mut lines) = (size("heyan.db-wal"), vec![whole(&condition, size("heyan.db"))]);
    let found = Message::new("cli.doctor_log").with("mode", &condition.journal).with("log", mebibytes(log));
    lines.push(if condition.journal != "wal" {
        Line::fail("log", found, "cli.doctor_not_wal_advice")
    } else if log > LONG_LOG {
        Line::warn("log", found, "cli.doctor_long_log_advice")
    } else {
        Line::pass("log", found)
    });
    match reader.policy() {
        Ok(policy) => {
            lines.push(rules(&policy));
            lines.push(required(&policy));
            lines.push(prefixes(&policy, &judge::prefixes(&policy, reader)));
            lines.extend(time(&policy, condition.last_entry, now()));
        }
        Err(error) => lines.push(Line::fail("policy", error.message(), error.hint())),
    }
    lines
}

fn whole(condition: &Condition, bytes: u64) -> Line {
    let found = Message::new("cli.doctor_database")
        .with("schema", condition.schema)
        .with("size", mebibytes(bytes))
        .with("filings", condition.filings)
        .with("entries", condition.entries)
        .with("attachments", condition.attachments)
        .with("attachment_size", mebibytes(condition.attachment_bytes));
    match &condition.complaint {
        None => Line::pass("database", found),
        Some(complaint) => {
            let found = Message::new("store.problem_database").with("detail", safe(complaint));
            Line::fail("database", found, "store.damaged_hint")
        }
    }
}

fn rules(policy: &Policy) -> Line {
    let second =
        if policy.second_review { "@cli.doctor_second_review" } else { "@cli.doctor_no_second_review" };
    let found = Message::new("cli.doctor_policy")
        .with("provider", safe(&policy.provider))
        .with("zone", safe(&policy.zone))
        .with("second", second);
    let placeholder =
        Layers::compiled_in().is_ok_and(|layers| layers.finish().policy.provider == policy.provider);
    if placeholder {
        Line::warn("policy", found, "cli.doctor_placeholder_advice")
    } else {
        Line::pass("policy", found)
    }
}

/// A workspace from before evidence asks for none, and a filing without any is clean there.
fn required(policy: &Policy) -> Line {
    let names: Vec<&str> = policy.gather.required.iter().map(|gatherer| gatherer.text()).collect();
    if names.is_empty() {
        let found = Message::new("cli.doctor_nothing_required");
        Line::warn("required", found, "cli.doctor_nothing_required_advice")
    } else {
        Line::pass("required", Message::new("cli.doctor_required").with("names", names.join(", ")))
    }
}

/// The list by which filed ranges are judged, read as the judge reads it.
fn prefixes(policy: &Policy, known: &KnownPrefixes) -> Line {
    let found = prefixes_in_force(policy);
    match known {
        KnownPrefixes::NotGiven => Line::warn("prefixes", found, "cli.doctor_no_prefixes_advice"),
        KnownPrefixes::Unreadable => Line::fail("prefixes", found, "cli.doctor_lost_prefixes_advice"),
        KnownPrefixes::Listed { .. } => Line::pass("prefixes", found),
    }
}

/// The clock against the day book: an entry from the future means that the clock was, or is, wrong.
fn time(policy: &Policy, last: Option<Timestamp>, now: Timestamp) -> Vec<Line> {
    let Ok(zone) = TimeZone::get(&policy.zone) else {
        let found = Message::new("cli.bad_zone").with("zone", safe(&policy.zone));
        return vec![Line::fail("clock", found, "cli.bad_zone_hint")];
    };
    let Some(last) = last else { return Vec::new() };
    let found =
        Message::new("cli.doctor_clock").with("now", clock(now, &zone)).with("last", clock(last, &zone));
    vec![if now < last {
        Line::warn("clock", found, "cli.doctor_clock_advice")
    } else {
        Line::pass("clock", found)
    }]
}

/// Bytes for a person.
fn mebibytes(bytes: u64) -> String {
    match bytes >> 20 {
        0 => format!("{} KiB", bytes.div_ceil(1024)),
        mib if mib < 10 * 1024 => format!("{mib} MiB"),
        mib => format!("{} GiB", mib / 1024),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::finding::Status;
    use crate::domain::policy::GatherPolicy;

    fn policy() -> Policy {
        Layers::compiled_in().unwrap().finish().policy
    }

    #[test]
    fn a_clock_behind_the_day_book_is_named() {
        let last: Timestamp = "2026-11-24T06:00:00Z".parse().unwrap();
        for (now, status) in [
            ("2026-11-24T05:59:00Z", Status::Warn),
            ("2026-11-24T06:00:00Z", Status::Pass),
            ("2027-01-01T00:00:00Z", Status::Pass),
        ] {
            let lines = time(&policy(), Some(last), now.parse().unwrap());
            assert_eq!(lines[0].status, status, "{now}");
            assert_eq!(lines[0].found.args["last"], "2026-11-24 14:00");
        }
        let bad = Policy { zone: "Asia/Nowhere".into(), ..policy() };
        assert_eq!(time(&bad, Some(last), last)[0].status, Status::Fail);
    }

    #[test]
    fn a_placeholder_for_a_provider_is_named() {
        assert_eq!(rules(&policy()).status, Status::Warn);
        assert_eq!(rules(&Policy { provider: "另一样例云".into(), ..policy() }).status, Status::Pass);
    }

    #[test]
    fn a_workspace_that_requires_no_evidence_is_named() {
        assert_eq!(required(&policy()).status, Status::Pass);
        assert_eq!(required(&Policy { gather: GatherPolicy::NOTHING, ..policy() }).status, Status::Warn);
    }

    #[test]
    fn no_list_of_prefixes_is_named() {
        let bare = Policy { provider_prefixes: Vec::new(), prefix_list: None, ..policy() };
        for (known, status) in
            [(KnownPrefixes::NotGiven, Status::Warn), (KnownPrefixes::Unreadable, Status::Fail)]
        {
            let line = prefixes(&bare, &known);
            assert_eq!((line.status, line.found.id.as_str()), (status, "cli.policy_no_prefixes"));
        }
    }

    #[test]
    fn damage_is_told() {
        let mut condition = Condition {
            schema: 1,
            journal: "wal".into(),
            entries: 1,
            last_entry: None,
            filings: 0,
            attachments: 0,
            attachment_bytes: 0,
            complaint: None,
        };
        assert_eq!(whole(&condition, 1).status, Status::Pass);
        condition.complaint = Some("row 1 missing from index".into());
        assert_eq!(whole(&condition, 1).status, Status::Fail);
    }

    #[test]
    fn sizes_for_a_person() {
        assert_eq!([0, 1, 5 << 20, 20 << 30].map(mebibytes), ["0 KiB", "1 KiB", "5 MiB", "20 GiB"]);
    }
}

//! The sandbox that the worker enters before it reads its first byte.
//!
//! Resource limits hold everywhere: with a limit of no descriptors at all nothing can be opened any more, neither a
//! file nor a socket, while the standard streams stay usable. Landlock and the rest come on top where the kernel has
//! them; in a container without them the limits alone must do.

use std::fs::File;
use std::io;
use std::net::UdpSocket;

use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr, RulesetError,
    RulesetStatus, Scope,
};
use rustix::process::{DumpableBehavior, Resource, Rlimit, getrlimit, set_dumpable_behavior, setrlimit};
use rustix::thread::set_no_new_privs;
use serde::{Deserialize, Serialize};

use super::Limits;

/// How far Landlock restricts the worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Landlock {
    /// All that this program knows to restrict.
    Full,
    /// What an older kernel can.
    Partial,
    /// The kernel has none, or does not let us use it.
    Absent,
}

/// What came on top of the resource limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confinement {
    pub landlock: Landlock,
    /// Nothing that it could start would gain rights.
    pub no_new_privileges: bool,
    /// No other process of the same user may look into its memory.
    pub unreadable: bool,
}

/// The worker must not run: a limit could not be set.
#[derive(Debug, thiserror::Error)]
#[error("the limit on {resource} could not be set: {source}")]
pub struct Unconfined {
    pub resource: &'static str,
    pub source: io::Error,
}

/// Gives up every right that decoding does not need. There is no way back, and nothing can be opened afterwards.
pub fn confine(limits: &Limits) -> Result<Confinement, Unconfined> {
    let confinement = Confinement {
        no_new_privileges: set_no_new_privs(true).is_ok(),
        unreadable: set_dumpable_behavior(DumpableBehavior::NotDumpable).is_ok(),
        landlock: landlock().unwrap_or(Landlock::Absent),
    };
    for (resource, name, limit) in [
        (Resource::Core, "core dumps", 0),
        (Resource::Fsize, "written files", 0),
        (Resource::Nproc, "processes", 0),
        (Resource::Cpu, "processor time", limits.cpu_seconds),
        (Resource::As, "memory", limits.memory_bytes),
        (Resource::Nofile, "open files", 0),
    ] {
        // One that is already lower stays: it may be lowered only.
        let limit = getrlimit(resource).maximum.map_or(limit, |maximum| maximum.min(limit));
        setrlimit(resource, Rlimit { current: Some(limit), maximum: Some(limit) })
            .map_err(|source| Unconfined { resource: name, source: source.into() })?;
    }
    Ok(confinement)
}

/// Denies all access to files, to TCP and to the signals and sockets of other processes.
fn landlock() -> Result<Landlock, RulesetError> {
    const NEWEST: ABI = ABI::V6;
    let status = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(NEWEST))?
        .handle_access(AccessNet::from_all(NEWEST))?
        .scope(Scope::from_all(NEWEST))?
        .create()?
        .restrict_self()?;
    Ok(match status.ruleset {
        RulesetStatus::FullyEnforced => Landlock::Full,
        RulesetStatus::PartiallyEnforced => Landlock::Partial,
        RulesetStatus::NotEnforced => Landlock::Absent,
    })
}

/// What a confined worker found when it tried what it must not be able to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    pub confinement: Confinement,
    /// Opening a file that everybody may read failed.
    pub file_refused: bool,
    /// Making a socket failed.
    pub socket_refused: bool,
    /// Starting a thread failed, as a process would. Limits on processes do not bind the superuser.
    pub thread_refused: bool,
    /// Asking for more memory than the limit failed.
    pub memory_refused: bool,
    /// The memory limit in force, in bytes.
    pub memory_bytes: Option<u64>,
}

impl Proof {
    /// Tries it.
    pub fn attempt(confinement: Confinement) -> Proof {
        let memory_bytes = getrlimit(Resource::As).current;
        let too_much = memory_bytes.and_then(|bytes| usize::try_from(bytes).ok());
        Proof {
            confinement,
            file_refused: File::open("/").is_err(),
            socket_refused: UdpSocket::bind("127.0.0.1:0").is_err(),
            thread_refused: std::thread::Builder::new().spawn(|| ()).is_err(),
            memory_refused: too_much.is_some_and(|bytes| Vec::<u8>::new().try_reserve_exact(bytes).is_err()),
            memory_bytes,
        }
    }

    /// Whether files, sockets and memory beyond the limit are out of reach: what must hold on every system.
    pub const fn holds(&self) -> bool {
        self.file_refused && self.socket_refused && self.memory_refused
    }
}

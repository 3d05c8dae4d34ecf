//! The whole program against servers on loopback: resolver, sites and registry are real sockets.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Instant;

use heyan::domain::domain_name::registrable;
use heyan::domain::evidence::{Gatherer, Subject, wanted};
use heyan::store::{ReadStore, SqliteStore};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::dns::{DnsPeer, Zone};
use crate::http::{Peer, page};
use crate::synthetic::Synthetic;
use crate::whois::{Say, WhoisPeer};

const PAGE: &str = "<html><title>样例商城</title><body><p>样例内容</p>
    <footer>样例ICP备2026000001号-1</footer></body></html>";

/// Everybody who is asked, and a home in which the program runs.
struct World {
    home: tempfile::TempDir,
    dns: DnsPeer,
    sites: Peer,
    whois: WhoisPeer,
    /// Subjects by kind: names that resolve, and those of them that somebody registered.
    names: u64,
    registered: u64,
}

impl World {
    /// `hold`: sites do not answer before the sender of this is gone; each question is told.
    fn new(filings: u64, hold: Option<(Sender<()>, Receiver<()>)>) -> World {
        let home = tempfile::tempdir().unwrap();
        let synthetic = Synthetic { seed: 7, due_from: "2026-01-05T00:00:00Z".parse().unwrap() };
        let filings: Vec<_> = (0..filings).map(|index| synthetic.clean(index, false)).collect();
        let mut lines = String::new();
        let mut names = BTreeMap::new();
        for filing in &filings {
            lines.push_str(&serde_json::to_string(filing).unwrap());
            lines.push('\n');
            for subject in wanted(filing, &[]) {
                if let Subject::Domain(domain) = subject {
                    let own = registrable(&domain) == Some(&domain);
                    names.insert(domain, own);
                }
            }
        }
        std::fs::write(home.path().join("filings.jsonl"), lines).unwrap();
        let zone = names.keys().fold(Zone::new(), |zone, name| {
            zone.address(name, "127.0.0.1").address(&format!("www.{name}"), "127.0.0.1")
        });
        let hold = hold.map(|(asked, go)| (Mutex::new(asked), Mutex::new(go)));
        let sites = Peer::start(move |_| {
            if let Some((asked, go)) = &hold {
                let _ = asked.lock().unwrap().send(());
                let _ = go.lock().unwrap().recv();
            }
            page(PAGE)
        });
        let registered = names.values().filter(|own| **own).count() as u64;
        let whois = WhoisPeer::start(|domain| {
            let expiry = "Registry Expiry Date: 2030-01-01T00:00:00Z";
            Say::Text(format!("Domain Name: {domain}\r\nRegistrar: 样例注册商\r\n{expiry}\r\n"))
        });
        World { home, dns: DnsPeer::start(zone), sites, whois, names: names.len() as u64, registered }
    }

    fn workspace(&self) -> PathBuf {
        self.home.path().join("data/heyan/workspace")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        // Nobody listens on a port that was just given back.
        let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let sites = self.sites.port();
        let mut command = Command::new(env!("CARGO_BIN_EXE_heyan"));
        command
            .args(arguments)
            .env_clear()
            .env("PATH", "/nowhere")
            .env("HOME", self.home.path())
            .env("XDG_DATA_HOME", self.home.path().join("data"))
            .env("HEYAN_UI__LANG", "en")
            .env("HEYAN_GATHER__ALLOW_NETWORKS", "[\"127.0.0.0/8\"]")
            .env("HEYAN_SOURCES__RESOLVERS", format!("[\"{}\"]", self.dns.address))
            .env("HEYAN_SOURCES__WHOIS_SERVERS", format!("[\"example={}\"]", self.whois.address))
            .env("HEYAN_SOURCES__SITE_PORTS", format!("[{sites}, {closed}]"))
            .env("HEYAN_SOURCES__HTTP_PORT", sites.to_string())
            .env("HEYAN_SOURCES__HTTPS_PORT", closed.to_string())
            .env("HEYAN_SOURCES__REGISTRATION_AT_ONCE", "8")
            .stdin(Stdio::null());
        command
    }

    #[track_caller]
    fn run(&self, arguments: &[&str]) -> Output {
        let output = self.command(arguments).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
        output
    }

    #[track_caller]
    fn rows(&self, arguments: &[&str]) -> Vec<Value> {
        let out = String::from_utf8(self.run(arguments).stdout).unwrap();
        out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn import(&self) {
        self.run(&["import", self.home.path().join("filings.jsonl").to_str().unwrap()]);
    }

    fn start(&self) -> Child {
        let mut command = self.command(&["gather", "--only", "dns,website"]);
        command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
    }
}

fn kept(rows: &[Value], gatherer: &str) -> u64 {
    rows.iter().filter(|row| row["gatherer"] == gatherer).count() as u64
}

/// How many subjects have evidence.
fn known(workspace: &Path, gatherer: Gatherer) -> u64 {
    let store = SqliteStore::open_read_only(workspace).unwrap();
    let wants = store.wants(gatherer, None, 100_000).unwrap();
    wants.iter().filter(|want| want.newest.is_some()).count() as u64
}

#[test]
fn sixty_filings_are_asked_about_once() {
    let world = World::new(60, None);
    world.import();
    let rows = world.rows(&["gather", "--json", "--only", "dns,website,registration"]);
    let (summary, pieces) = rows.split_last().unwrap();
    assert_eq!(kept(pieces, "dns"), world.names);
    assert_eq!(kept(pieces, "website"), world.names);
    assert_eq!(kept(pieces, "registration"), world.registered);
    assert!(pieces.iter().all(|row| row["outcome"] == "answer"), "{pieces:?}");
    assert_eq!(summary["gathered"]["dns"]["kept"], world.names);
    assert!(summary["judged"].as_u64().unwrap() > 0);

    let asked = world.dns.asked().len();
    let rows = world.rows(&["gather", "--json", "--only", "dns,website,registration"]);
    assert_eq!(rows.len(), 1, "nothing is asked again: {rows:?}");
    assert_eq!(rows[0]["gathered"]["website"]["fresh"], world.names);
    assert_eq!(world.dns.asked().len(), asked);

    let again = world.rows(&["gather", "G-0000001", "--again", "--only", "dns", "--json"]);
    assert!(again[0]["filing"] == "G-0000001" && again[0]["gatherer"] == "dns", "{again:?}");
    world.run(&["verify"]);
}

#[test]
fn an_interrupted_run_keeps_what_came_and_is_continued() {
    for signal in [Signal::INT, Signal::KILL] {
        let (asked, is_asked) = channel();
        let (go, held) = channel();
        let world = World::new(60, Some((asked, held)));
        world.import();
        let mut child = world.start();
        is_asked.recv().unwrap();
        let pid = Pid::from_child(&child);
        kill_process(pid, signal).unwrap();
        if signal == Signal::INT {
            // The second one drops what is on its way.
            kill_process(pid, signal).unwrap();
        }
        let status = child.wait().unwrap();
        let said =
            BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok).collect::<Vec<_>>();
        let code = if signal == Signal::INT { Some(1) } else { None };
        assert_eq!(status.code(), code, "{said:?}");
        drop(go);
        world.run(&["verify"]);
        let before = known(&world.workspace(), Gatherer::Dns);
        let rows = world.rows(&["gather", "--json", "--only", "dns,website"]);
        assert_eq!(kept(&rows, "dns"), world.names - before, "only what is missing");
        assert_eq!(known(&world.workspace(), Gatherer::Website), world.names);
    }
}

/// `cargo test --release --test gather -- --ignored --nocapture`: the figures of docs/performance.md.
#[test]
#[ignore = "takes minutes"]
fn ten_thousand_filings() {
    let world = World::new(10_000, None);
    world.import();
    let began = Instant::now();
    let mut child = world.command(&["gather", "--only", "dns,website,registration"]).spawn().unwrap();
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        if let Ok(status) = std::fs::read_to_string(format!("/proc/{}/status", child.id())) {
            let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
            let kib = line.split_whitespace().nth(1).and_then(|kib| kib.parse().ok());
            most = most.max(kib.unwrap_or(0));
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let seconds = began.elapsed().as_secs_f64();
    let pieces = world.names * 2 + world.registered;
    let rate = pieces as f64 / seconds;
    eprintln!("{pieces} pieces in {seconds:.1} s: {rate:.0} a second; VmHWM {} MiB", most / 1024);
    assert_eq!(known(&world.workspace(), Gatherer::Website), world.names);
}

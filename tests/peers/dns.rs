//! An authoritative DNS server on loopback, over UDP and TCP, with a zone table of its own. It follows its aliases as a
//! recursive resolver does, counts what it is asked, and can be as unhelpful as servers are.
//!
//! For other test binaries: `#[path = "peers/dns.rs"] mod dns_peer;`

// Each test binary takes what it needs.
#![allow(dead_code, clippy::expect_used)]

use std::collections::HashMap;
use std::io::{self, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use hickory_resolver::proto::op::{Message, OpCode, Query, ResponseCode};
use hickory_resolver::proto::rr::rdata::{A, AAAA, CNAME, NS};
use hickory_resolver::proto::rr::{Name, RData, Record, RecordType};

/// Ways of not answering as one should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    ServerFailure,
    Refused,
    FormatError,
    Silence,
    /// Cut over UDP, whole over TCP.
    Truncated,
    /// Cut over UDP, and no answer over TCP.
    TruncatedForGood,
    /// First a forged answer with a wrong number, then the right one.
    Forged,
}

/// What the server knows.
#[derive(Debug, Clone, Default)]
pub struct Zone {
    records: HashMap<String, Vec<RData>>,
    turns: HashMap<String, Vec<IpAddr>>,
    troubles: HashMap<(String, Option<RecordType>), Trouble>,
    one_alias_at_a_time: bool,
}

impl Zone {
    pub fn new() -> Self {
        Zone::default()
    }

    pub fn address(self, name: &str, address: &str) -> Self {
        let data = address_data(address.parse().expect("an address"));
        self.record(name, data)
    }

    /// Another address at each question, then the last one for ever: how a name is rebound after it was checked.
    pub fn addresses_in_turn(mut self, name: &str, addresses: &[&str]) -> Self {
        let turns = addresses.iter().map(|address| address.parse().expect("an address")).collect();
        self.turns.insert(name.to_owned(), turns);
        self
    }

    pub fn alias(self, name: &str, target: &str) -> Self {
        self.record(name, RData::CNAME(CNAME(fqdn(target))))
    }

    pub fn name_server(self, name: &str, server: &str) -> Self {
        self.record(name, RData::NS(NS(fqdn(server))))
    }

    /// A name without any record: NOERROR and no answer.
    pub fn empty(mut self, name: &str) -> Self {
        self.records.entry(name.to_owned()).or_default();
        self
    }

    /// Whatever is asked of the name.
    pub fn trouble(mut self, name: &str, trouble: Trouble) -> Self {
        self.troubles.insert((name.to_owned(), None), trouble);
        self
    }

    /// When one type is asked for.
    pub fn trouble_with(mut self, name: &str, kind: RecordType, trouble: Trouble) -> Self {
        self.troubles.insert((name.to_owned(), Some(kind)), trouble);
        self
    }

    /// As a server that is no resolver: the alias only, and the asker asks on.
    pub fn one_alias_at_a_time(mut self) -> Self {
        self.one_alias_at_a_time = true;
        self
    }

    fn record(mut self, name: &str, data: RData) -> Self {
        self.records.entry(name.to_owned()).or_default().push(data);
        self
    }

    fn trouble_of(&self, query: &Query) -> Option<Trouble> {
        let name = text(query.name());
        let one = self.troubles.get(&(name.clone(), Some(query.query_type())));
        one.or_else(|| self.troubles.get(&(name, None))).copied()
    }

    fn answer(&mut self, query: &Query) -> (ResponseCode, Vec<Record>) {
        let mut answers: Vec<Record> = Vec::new();
        let mut name = query.name().clone();
        // More than any asker follows, so that loops end here, too.
        for _ in 0..40 {
            let key = text(&name);
            if let Some(turns) = self.turns.get_mut(&key) {
                let address = if turns.len() > 1 { turns.remove(0) } else { turns[0] };
                let data = address_data(address);
                if data.record_type() == query.query_type() {
                    answers.push(Record::from_rdata(name, 0, data));
                }
                return (ResponseCode::NoError, answers);
            }
            let Some(records) = self.records.get(&key) else { return (ResponseCode::NXDomain, answers) };
            if let Some(RData::CNAME(target)) = records.iter().find(|data| matches!(data, RData::CNAME(_))) {
                answers.push(Record::from_rdata(name, 60, RData::CNAME(target.clone())));
                name = target.0.clone();
                if self.one_alias_at_a_time {
                    break;
                }
                continue;
            }
            let asked = records.iter().filter(|data| data.record_type() == query.query_type());
            answers.extend(asked.map(|data| Record::from_rdata(name.clone(), 60, data.clone())));
            break;
        }
        (ResponseCode::NoError, answers)
    }
}

/// The server; it ends when dropped.
pub struct DnsPeer {
    pub address: SocketAddr,
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    zone: Mutex<Zone>,
    asked: Mutex<Vec<(String, RecordType)>>,
    over_tcp: Mutex<usize>,
    ended: AtomicBool,
}

impl DnsPeer {
    pub fn start(zone: Zone) -> DnsPeer {
        let (udp, tcp) = sockets();
        let address = udp.local_addr().expect("an address");
        let shared = Arc::new(Shared { zone: Mutex::new(zone), ..Shared::default() });
        let (udp_shared, tcp_shared) = (Arc::clone(&shared), Arc::clone(&shared));
        let threads = vec![
            std::thread::spawn(move || udp_shared.serve_udp(&udp)),
            std::thread::spawn(move || tcp_shared.serve_tcp(&tcp)),
        ];
        DnsPeer { address, shared, threads }
    }

    /// From now on.
    pub fn change(&self, zone: Zone) {
        *held(&self.shared.zone) = zone;
    }

    /// Every question so far, whatever came of it.
    pub fn asked(&self) -> Vec<(String, RecordType)> {
        held(&self.shared.asked).clone()
    }

    /// How often a name was asked about.
    pub fn count(&self, name: &str) -> usize {
        held(&self.shared.asked).iter().filter(|(asked, _)| asked == name).count()
    }

    /// How many of the questions came over TCP.
    pub fn over_tcp(&self) -> usize {
        *held(&self.shared.over_tcp)
    }
}

impl Drop for DnsPeer {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::SeqCst);
        // Both threads wait for somebody: somebody comes.
        let woken = UdpSocket::bind("127.0.0.1:0").and_then(|socket| socket.send_to(&[], self.address));
        let called = TcpStream::connect(self.address).map(drop);
        if woken.is_ok() && called.is_ok() {
            for thread in self.threads.drain(..) {
                let _ = thread.join();
            }
        }
    }
}

impl Shared {
    fn serve_udp(&self, socket: &UdpSocket) {
        let mut buffer = [0; 1024];
        while !self.ended.load(Ordering::SeqCst) {
            let Ok((length, asker)) = socket.recv_from(&mut buffer) else { continue };
            for answer in self.answers(&buffer[..length], false) {
                let _ = socket.send_to(&answer, asker);
            }
        }
    }

    fn serve_tcp(&self, listener: &TcpListener) {
        while !self.ended.load(Ordering::SeqCst) {
            let Ok((stream, _)) = listener.accept() else { continue };
            let _ = self.serve_stream(stream);
        }
    }

    fn serve_stream(&self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        let mut length = [0; 2];
        stream.read_exact(&mut length)?;
        let mut question = vec![0; usize::from(u16::from_be_bytes(length))];
        stream.read_exact(&mut question)?;
        *held(&self.over_tcp) += 1;
        for answer in self.answers(&question, true) {
            let length = u16::try_from(answer.len()).map_err(io::Error::other)?;
            stream.write_all(&[&length.to_be_bytes(), &answer[..]].concat())?;
        }
        Ok(())
    }

    fn answers(&self, question: &[u8], over_tcp: bool) -> Vec<Vec<u8>> {
        let Ok(question) = Message::from_vec(question) else { return Vec::new() };
        let Some(query) = question.queries.first() else { return Vec::new() };
        held(&self.asked).push((text(query.name()), query.query_type()));
        let mut zone = held(&self.zone);
        let mut answer = Message::response(question.metadata.id, OpCode::Query);
        answer.metadata.recursion_desired = true;
        answer.metadata.recursion_available = true;
        answer.add_query(query.clone());
        let mut sent = Vec::new();
        match zone.trouble_of(query) {
            Some(Trouble::Silence) => return sent,
            Some(Trouble::TruncatedForGood) if over_tcp => return sent,
            Some(Trouble::ServerFailure) => answer.metadata.response_code = ResponseCode::ServFail,
            Some(Trouble::Refused) => answer.metadata.response_code = ResponseCode::Refused,
            Some(Trouble::FormatError) => answer.metadata.response_code = ResponseCode::FormErr,
            Some(Trouble::Truncated | Trouble::TruncatedForGood) if !over_tcp => {
                answer.metadata.truncation = true;
            }
            trouble => {
                if trouble == Some(Trouble::Forged) {
                    let mut forged = Message::response(question.metadata.id.wrapping_add(1), OpCode::Query);
                    forged.add_query(query.clone());
                    let address = RData::A(A::new(203, 0, 113, 66));
                    forged.add_answer(Record::from_rdata(query.name().clone(), 60, address));
                    sent.push(forged.to_vec().expect("a message"));
                }
                let (code, records) = zone.answer(query);
                answer.metadata.response_code = code;
                answer.add_answers(records);
            }
        }
        sent.push(answer.to_vec().expect("a message"));
        sent
    }
}

/// A UDP and a TCP socket with the same port.
fn sockets() -> (UdpSocket, TcpListener) {
    for _ in 0..50 {
        let udp = UdpSocket::bind("127.0.0.1:0").expect("a UDP port");
        if let Ok(tcp) = TcpListener::bind(udp.local_addr().expect("an address")) {
            return (udp, tcp);
        }
    }
    unreachable!("no port is free for both UDP and TCP")
}

fn address_data(address: IpAddr) -> RData {
    match address {
        IpAddr::V4(address) => RData::A(A(address)),
        IpAddr::V6(address) => RData::AAAA(AAAA(address)),
    }
}

fn fqdn(name: &str) -> Name {
    Name::from_ascii(format!("{name}.")).expect("a name")
}

fn text(name: &Name) -> String {
    name.to_ascii().trim_end_matches('.').to_ascii_lowercase()
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

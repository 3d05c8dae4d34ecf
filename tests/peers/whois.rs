//! A WHOIS server on loopback (RFC 3912) that answers what a test scripts, and counts.
//!
//! For other test binaries: `#[path = "peers/whois.rs"] mod whois_peer;`

// Each test binary takes what it needs.
#![allow(dead_code, clippy::expect_used)]

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// What comes back.
#[derive(Debug, Clone)]
pub enum Say {
    Text(String),
    /// As it is, in whatever character set.
    Bytes(Vec<u8>),
    /// One byte at a time, each pushed out by itself.
    Trickle(String),
    /// These bytes, and then the connection is reset rather than closed.
    Cut(String),
    /// The same line until the other side leaves.
    Endless(String),
    /// Nothing until the other side leaves.
    Silence,
}

impl Say {
    pub fn text(text: &str) -> Say {
        Say::Text(text.to_owned())
    }
}

/// The server; it ends with the process.
#[derive(Clone)]
pub struct WhoisPeer {
    pub address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl WhoisPeer {
    /// The same answer to everybody.
    pub fn always(say: Say) -> WhoisPeer {
        WhoisPeer::start(move |_| say.clone())
    }

    /// An answer by the whole line that was asked; `No matching record.` to any other.
    pub fn knowing(answers: &[(&str, Say)]) -> WhoisPeer {
        let answers: HashMap<String, Say> =
            answers.iter().map(|(line, say)| ((*line).to_owned(), say.clone())).collect();
        WhoisPeer::start(move |line| {
            answers.get(line).cloned().unwrap_or(Say::text("No matching record.\r\n"))
        })
    }

    pub fn start(answer: impl Fn(&str) -> Say + Send + Sync + 'static) -> WhoisPeer {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let peer = WhoisPeer { address, asked: Arc::default() };
        let (own, answer) = (peer.clone(), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (own, answer) = (own.clone(), Arc::clone(&answer));
                thread::spawn(move || {
                    // Whoever leaves early is part of many a test.
                    let _ = own.serve(stream, &*answer);
                });
            }
        });
        peer
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The lines that were asked so far.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn serve(&self, stream: TcpStream, answer: &dyn Fn(&str) -> Say) -> std::io::Result<()> {
        let mut line = String::new();
        let mut reader = BufReader::new(stream.try_clone()?);
        reader.read_line(&mut line)?;
        let line = line.trim_end_matches(['\r', '\n']);
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(line.to_owned());
        let mut out = &stream;
        match answer(line) {
            Say::Text(text) => out.write_all(text.as_bytes()),
            Say::Bytes(bytes) => out.write_all(&bytes),
            Say::Trickle(text) => {
                stream.set_nodelay(true)?;
                text.bytes().try_for_each(|byte| out.write_all(&[byte]))
            }
            Say::Cut(text) => {
                out.write_all(text.as_bytes())?;
                rustix::net::sockopt::set_socket_linger(&stream, Some(std::time::Duration::ZERO))?;
                Ok(())
            }
            Say::Endless(text) => loop {
                out.write_all(text.as_bytes())?;
            },
            Say::Silence => reader.read_line(&mut String::new()).map(|_| ()),
        }
    }
}

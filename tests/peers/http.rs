//! An HTTP server on loopback that answers what a test scripts, byte for byte, and counts who came.

#![allow(dead_code, clippy::unwrap_used)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// What came in.
#[derive(Debug, Clone)]
pub struct Asked {
    pub target: String,
    pub host: String,
    /// Request line and headers.
    pub head: String,
}

/// A piece of an answer.
#[derive(Debug, Clone)]
pub enum Part {
    Bytes(Vec<u8>),
    /// One byte at a time, each pushed out by itself.
    Trickle(Vec<u8>),
    /// Again and again until the other side leaves.
    Endless(Vec<u8>),
    /// Nothing until the other side leaves.
    Silence,
}

/// The server. It ends with the process.
#[derive(Clone)]
pub struct Peer {
    pub address: SocketAddr,
    connections: Arc<AtomicUsize>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

/// A connection as the server sees it: plain, or with TLS around it.
pub trait Stream: Read + Write + Send {}
impl<T: Read + Write + Send> Stream for T {}

/// What makes a connection of an accepted socket; none where the handshake fails.
pub type Wrap = Box<dyn Fn(TcpStream) -> Option<Box<dyn Stream>> + Send + Sync>;

impl Peer {
    pub fn start(answer: impl Fn(&Asked) -> Vec<Part> + Send + Sync + 'static) -> Peer {
        Self::wrapped(Box::new(|socket| Some(Box::new(socket))), answer)
    }

    pub fn wrapped(wrap: Wrap, answer: impl Fn(&Asked) -> Vec<Part> + Send + Sync + 'static) -> Peer {
        Self::on(TcpListener::bind("127.0.0.1:0").unwrap(), wrap, answer)
    }

    pub fn on(
        listener: TcpListener,
        wrap: Wrap,
        answer: impl Fn(&Asked) -> Vec<Part> + Send + Sync + 'static,
    ) -> Peer {
        let peer = Peer {
            address: listener.local_addr().unwrap(),
            connections: Arc::default(),
            asked: Arc::default(),
        };
        let (own, wrap, answer) = (peer.clone(), Arc::new(wrap), Arc::new(answer));
        thread::spawn(move || {
            for socket in listener.incoming().map_while(Result::ok) {
                own.connections.fetch_add(1, Ordering::SeqCst);
                let (own, wrap, answer) = (own.clone(), Arc::clone(&wrap), Arc::clone(&answer));
                thread::spawn(move || {
                    // Whoever leaves early is part of many a test.
                    let _ = wrap(socket).map(|stream| own.serve(stream, &*answer));
                });
            }
        });
        peer
    }

    fn serve(&self, stream: Box<dyn Stream>, answer: &dyn Fn(&Asked) -> Vec<Part>) -> std::io::Result<()> {
        let mut stream = BufReader::new(stream);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if stream.read_line(&mut head)? == 0 {
                return Ok(());
            }
        }
        let target = head.split(' ').nth(1).unwrap_or_default().to_owned();
        let host = head.lines().find_map(|line| line.strip_prefix("host: ").or(line.strip_prefix("Host: ")));
        let asked = Asked { target, host: host.unwrap_or_default().to_owned(), head };
        self.asked.lock().unwrap().push(asked.clone());
        for part in answer(&asked) {
            let out = stream.get_mut();
            match part {
                Part::Bytes(bytes) => out.write_all(&bytes)?,
                Part::Trickle(bytes) => {
                    for byte in bytes {
                        out.write_all(&[byte])?;
                        out.flush()?;
                    }
                }
                Part::Endless(bytes) => loop {
                    out.write_all(&bytes)?;
                },
                Part::Silence => {
                    out.flush()?;
                    while stream.read(&mut [0; 64])? > 0 {}
                }
            }
        }
        stream.get_mut().flush()
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

/// A whole answer with its length; the connection ends after it.
pub fn answer(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<Part> {
    let body = body.as_ref();
    vec![Part::Bytes(head(status, headers, Some(body.len()))), Part::Bytes(body.to_vec())]
}

pub fn head(status: &str, headers: &[(&str, &str)], length: Option<usize>) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status}\r\nConnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if let Some(length) = length {
        head.push_str(&format!("Content-Length: {length}\r\n"));
    }
    head.push_str("\r\n");
    head.into_bytes()
}

pub fn page(html: &str) -> Vec<Part> {
    answer("200 OK", &[("Content-Type", "text/html; charset=utf-8")], html)
}

pub fn redirect(to: &str) -> Vec<Part> {
    answer("302 Found", &[("Location", to)], "")
}

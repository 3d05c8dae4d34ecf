//! One question to one server, and what it says (RFC 1035). UDP first; TCP where the answer does not fit.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use hickory_resolver::proto::op::{Message, MessageType, Query, ResponseCode};
use hickory_resolver::proto::rr::Record;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::timeout;

/// Without EDNS no server sends more in a datagram (RFC 1035, section 4.2.1); some send more all the same.
const DATAGRAM: usize = 4096;

/// What one server says to one question.
#[derive(Debug)]
pub enum Reply {
    Records(Vec<Record>),
    /// NXDOMAIN; of an alias's target where the records lead to one.
    NoSuchName(Vec<Record>),
    ServerFailure,
    /// Another code, or nobody there.
    Refusal(String),
    Silence,
}

/// Asks, for no longer than `patience`.
pub async fn ask(server: SocketAddr, query: &Query, patience: Duration) -> Reply {
    match timeout(patience, converse(server, query)).await {
        Err(_) => Reply::Silence,
        Ok(Err(error)) if error.kind() == io::ErrorKind::TimedOut => Reply::Silence,
        Ok(Err(error)) => Reply::Refusal(error.to_string()),
        Ok(Ok(message)) => match message.metadata.response_code {
            ResponseCode::NoError => Reply::Records(message.answers),
            ResponseCode::NXDomain => Reply::NoSuchName(message.answers),
            ResponseCode::ServFail => Reply::ServerFailure,
            other => Reply::Refusal(other.to_string()),
        },
    }
}

async fn converse(server: SocketAddr, query: &Query) -> io::Result<Message> {
    let mut question = Message::query();
    question.metadata.recursion_desired = true;
    question.add_query(query.clone());
    let bytes = question.to_vec().map_err(io::Error::other)?;
    let answer = over_udp(server, &question, &bytes).await?;
    if answer.metadata.truncation { over_tcp(server, &question, &bytes).await } else { Ok(answer) }
}

/// A fresh socket for each question: its random port is, with the number of the message, what a forger has to guess.
async fn over_udp(server: SocketAddr, question: &Message, bytes: &[u8]) -> io::Result<Message> {
    let any: SocketAddr = match server {
        SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
        SocketAddr::V6(_) => (Ipv6Addr::UNSPECIFIED, 0).into(),
    };
    let socket = UdpSocket::bind(any).await?;
    socket.connect(server).await?;
    socket.send(bytes).await?;
    let mut buffer = vec![0; DATAGRAM];
    loop {
        let length = socket.recv(&mut buffer).await?;
        // What does not answer this question may be a forgery; the true answer may still come.
        if let Some(answer) =
            Message::from_vec(&buffer[..length]).ok().filter(|answer| fits(answer, question))
        {
            return Ok(answer);
        }
    }
}

async fn over_tcp(server: SocketAddr, question: &Message, bytes: &[u8]) -> io::Result<Message> {
    let mut stream = TcpStream::connect(server).await?;
    let length = u16::try_from(bytes.len()).map_err(io::Error::other)?;
    stream.write_all(&[&length.to_be_bytes(), bytes].concat()).await?;
    let length = stream.read_u16().await?;
    let mut buffer = vec![0; usize::from(length)];
    stream.read_exact(&mut buffer).await?;
    let answer = Message::from_vec(&buffer).map_err(io::Error::other)?;
    if fits(&answer, question) { Ok(answer) } else { Err(io::Error::other("an answer to another question")) }
}

fn fits(answer: &Message, question: &Message) -> bool {
    answer.metadata.message_type == MessageType::Response
        && answer.metadata.id == question.metadata.id
        && answer.queries == question.queries
}

//! The proxy that a browser is locked behind: on loopback, for `CONNECT` and plain `http`, every connection by the
//! guard. Whatever else is asked of it is refused.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::timeout;
use url::Url;

use crate::domain::evidence::{Fault, FaultKind};
use crate::evidence::guard::Guard;

/// Request line and headers.
const HEAD_BYTES: usize = 32 * 1024;

const HEAD_TIME: Duration = Duration::from_secs(10);

/// What one connection may bring.
const MOST_BYTES: u64 = 32 * 1024 * 1024;

/// One page needs tens.
const MOST_CONNECTIONS: usize = 64;

/// A proxy that ends when it is dropped, with all its connections.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    accepting: JoinHandle<()>,
}

impl Proxy {
    /// Listens on a free port of 127.0.0.1.
    pub async fn start(guard: Guard) -> Result<Proxy, Fault> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(no_proxy)?;
        let address = listener.local_addr().map_err(no_proxy)?;
        Ok(Proxy { address, accepting: tokio::spawn(accept(listener, guard)) })
    }

    pub const fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

fn no_proxy(error: io::Error) -> Fault {
    Fault::new(FaultKind::Failed, format!("no proxy for the browser: {error}"))
}

async fn accept(listener: TcpListener, guard: Guard) {
    let places = std::sync::Arc::new(Semaphore::new(MOST_CONNECTIONS));
    // Dropped with this task, which ends them all.
    let mut connections = JoinSet::new();
    while let Ok((client, _)) = listener.accept().await {
        while connections.try_join_next().is_some() {}
        if let Ok(place) = std::sync::Arc::clone(&places).try_acquire_owned() {
            let guard = guard.clone();
            connections.spawn(async move {
                let _place = place;
                let most = guard.options().total_time;
                // The browser sees a broken connection, and that is all there is to tell.
                let _ = timeout(most, serve(client, &guard)).await;
            });
        }
    }
}

async fn serve(mut client: TcpStream, guard: &Guard) -> io::Result<()> {
    let Ok(Some((head, rest))) =
        timeout(HEAD_TIME, head(&mut client)).await.map_err(io::Error::from).flatten()
    else {
        return refuse(&mut client, "400 Bad Request", "no request").await;
    };
    let Some(wish) = Wish::read(&head) else {
        return refuse(&mut client, "405 Method Not Allowed", "only CONNECT and http").await;
    };
    // One request a connection: the next one may be for another host, which must be checked anew.
    let fits = |forward: &Forward| u64::try_from(rest.len()).is_ok_and(|length| length <= forward.body);
    if !wish.forward.as_ref().is_none_or(fits) {
        return refuse(&mut client, "400 Bad Request", "one request a connection").await;
    }
    let mut server = match guard.connect(&wish.host, wish.port).await {
        Ok(server) => server,
        Err(fault) if fault.kind == FaultKind::Guarded => {
            return refuse(&mut client, "403 Forbidden", &fault.detail).await;
        }
        Err(fault) => return refuse(&mut client, "502 Bad Gateway", &fault.detail).await,
    };
    let body = match &wish.forward {
        None => {
            client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?;
            u64::MAX
        }
        Some(Forward { head, body }) => {
            server.write_all(head.as_bytes()).await?;
            *body
        }
    };
    server.write_all(&rest).await?;
    let (mut from_client, mut to_client) = client.split();
    let (from_server, mut to_server) = server.split();
    let upload = async {
        let left = body.saturating_sub(u64::try_from(rest.len()).unwrap_or(u64::MAX));
        tokio::io::copy(&mut (&mut from_client).take(left), &mut to_server).await?;
        // Another request, or the end: both end this one.
        from_client.read(&mut [0; 1]).await.map(drop)
    };
    let mut download = from_server.take(MOST_BYTES);
    tokio::select! {
        done = tokio::io::copy(&mut download, &mut to_client) => done.map(drop)?,
        done = upload => done?,
    }
    to_client.shutdown().await
}

async fn refuse(client: &mut TcpStream, status: &str, why: &str) -> io::Result<()> {
    let length = why.len();
    let answer = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{why}"
    );
    client.write_all(answer.as_bytes()).await?;
    client.shutdown().await
}

/// Request line and headers, and what came with them of the rest; none where they have no end.
async fn head(client: &mut TcpStream) -> io::Result<Option<(String, Vec<u8>)>> {
    let mut read = Vec::with_capacity(1024);
    loop {
        if let Some(end) = read.windows(4).position(|window| window == b"\r\n\r\n") {
            let rest = read.split_off(end + 4);
            return Ok(String::from_utf8(read).ok().map(|head| (head, rest)));
        }
        if read.len() > HEAD_BYTES || client.read_buf(&mut read).await? == 0 {
            return Ok(None);
        }
    }
}

/// Where a request wants to go.
#[derive(Debug, PartialEq, Eq)]
struct Wish {
    host: String,
    port: u16,
    /// None for a tunnel.
    forward: Option<Forward>,
}

/// A request as the server gets it.
#[derive(Debug, PartialEq, Eq)]
struct Forward {
    head: String,
    /// Bytes that follow the head.
    body: u64,
}

impl Wish {
    fn read(head: &str) -> Option<Wish> {
        let mut lines = head.split("\r\n");
        let mut words = lines.next()?.split(' ');
        let (method, target, version) = (words.next()?, words.next()?, words.next()?);
        if !version.starts_with("HTTP/1.") || words.next().is_some() {
            return None;
        }
        if method == "CONNECT" {
            let (host, port) = target.rsplit_once(':')?;
            return Some(Wish { host: host.to_owned(), port: port.parse().ok()?, forward: None });
        }
        let url = Url::parse(target).ok().filter(|url| url.scheme() == "http")?;
        let port = url.port_or_known_default()?;
        let authority = url.port().map_or(url.host_str()?.to_owned(), |port| {
            format!("{}:{port}", url.host_str().unwrap_or_default())
        });
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        let mut forward = format!("{method} {path} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n");
        let mut body = 0;
        for line in lines.filter(|line| !line.is_empty()) {
            let (name, value) = line.split_once(':')?;
            match name.to_ascii_lowercase().as_str() {
                "host" | "connection" | "keep-alive" | "te" | "trailer" | "upgrade" => {}
                proxy if proxy.starts_with("proxy-") => {}
                // What has no length has no end that could be known here.
                "transfer-encoding" => return None,
                name => {
                    if name == "content-length" {
                        body = value.trim().parse().ok()?;
                    }
                    forward.push_str(line);
                    forward.push_str("\r\n");
                }
            }
        }
        forward.push_str("\r\n");
        Some(Wish { host: url.host_str()?.to_owned(), port, forward: Some(Forward { head: forward, body }) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_read_and_made_over() {
        let tunnel = Wish { host: "site.example".into(), port: 443, forward: None };
        assert_eq!(Wish::read("CONNECT site.example:443 HTTP/1.1\r\nHost: x\r\n\r\n"), Some(tunnel));
        let wish = Wish::read(
            "POST http://site.example:8080/a?b HTTP/1.1\r\nHost: other.example\r\nProxy-Connection: keep-alive\r\n\
             Connection: keep-alive\r\nAccept: */*\r\nContent-Length: 3\r\n\r\n",
        );
        let forward = Forward {
            head: "POST /a?b HTTP/1.1\r\nHost: site.example:8080\r\nConnection: close\r\nAccept: */*\r\nContent-Length: 3\r\n\r\n".into(),
            body: 3,
        };
        assert_eq!(wish, Some(Wish { host: "site.example".into(), port: 8080, forward: Some(forward) }));
        for refused in [
            "",
            "GET / HTTP/1.1\r\n\r\n",
            "GET ftp://site.example/ HTTP/1.1\r\n\r\n",
            "GET https://site.example/ HTTP/1.1\r\n\r\n",
            "CONNECT site.example HTTP/1.1\r\n\r\n",
            "CONNECT site.example:99999 HTTP/1.1\r\n\r\n",
            "GET http://site.example/ SPDY/3\r\n\r\n",
            "GET http://site.example/ x HTTP/1.1\r\n\r\n",
            "POST http://site.example/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "POST http://site.example/ HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
            "GET http://site.example/ HTTP/1.1\r\nno header\r\n\r\n",
        ] {
            assert_eq!(Wish::read(refused), None, "{refused}");
        }
    }
}

//! The proxy that a browser is locked behind, asked by a client that is none.

#![allow(clippy::unwrap_used)]

#[path = "peers/http.rs"]
mod http;
#[path = "peers/names.rs"]
mod names;

use std::sync::Arc;
use std::time::Duration;

use heyan::domain::evidence::FaultKind;
use heyan::evidence::guard::{Guard, GuardOptions};
use heyan::evidence::screenshot::{Proxy, Screenshots};
use http::{Part, Peer, answer, page};
use names::Names;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const SITE: &str = "site.example";

fn guard(peer: &Peer) -> Guard {
    let options = GuardOptions {
        ports: vec![peer.port()],
        allow_networks: vec!["127.0.0.1/32".parse().unwrap()],
        total_time: Duration::from_secs(20),
        ..GuardOptions::default()
    };
    let names = Names::new(&[(SITE, &[&["127.0.0.1"]]), ("inside.example", &[&["10.0.0.1"]])]);
    Guard::new(options, Arc::new(names)).unwrap()
}

/// All that the proxy answers to some bytes; the client's side stays open.
#[tokio::main(flavor = "current_thread")]
async fn ask(peer: &Peer, request: &str) -> String {
    let proxy = Proxy::start(guard(peer)).await.unwrap();
    let mut client = TcpStream::connect(proxy.address()).await.unwrap();
    client.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // A proxy that breaks off has said all it says.
    let _ = client.read_to_end(&mut answer).await;
    String::from_utf8(answer).unwrap()
}

#[test]
fn plain_requests_are_forwarded_one_a_connection() {
    let peer = Peer::start(|_| page("hello"));
    let port = peer.port();
    let request = format!(
        "GET http://{SITE}:{port}/a?b=c HTTP/1.1\r\nHost: inside.example\r\nProxy-Connection: keep-alive\r\nAccept: */*\r\n\r\n"
    );
    let answer = ask(&peer, &request);
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("hello"), "{answer}");
    let asked = peer.asked();
    assert_eq!(asked[0].target, "/a?b=c");
    assert_eq!(asked[0].host, format!("{SITE}:{port}"));
    assert!(!asked[0].head.to_lowercase().contains("proxy"), "{}", asked[0].head);
}

#[tokio::test]
async fn a_second_request_does_not_slip_through_the_first_ones_connection() {
    // The server keeps its side open, whatever it was told.
    let peer = Peer::start(|_| vec![Part::Bytes(http::head("200 OK", &[], Some(0))), Part::Silence]);
    let proxy = Proxy::start(guard(&peer)).await.unwrap();
    let mut client = TcpStream::connect(proxy.address()).await.unwrap();
    let one = format!("GET http://{SITE}:{}/one HTTP/1.1\r\n\r\n", peer.port());
    client.write_all(one.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") {
        assert!(client.read_buf(&mut answer).await.unwrap() > 0);
    }
    client.write_all(b"GET http://inside.example/two HTTP/1.1\r\n\r\n").await.unwrap();
    let before = answer.len();
    let _ = client.read_to_end(&mut answer).await;
    assert_eq!(answer.len(), before);
    assert_eq!(peer.asked().iter().map(|asked| asked.target.as_str()).collect::<Vec<_>>(), ["/one"]);
}

#[test]
fn tunnels_carry_what_goes_through_them() {
    let peer = Peer::start(|_| answer("200 OK", &[], "tunnelled"));
    let port = peer.port();
    let answer = ask(
        &peer,
        &format!("CONNECT {SITE}:{port} HTTP/1.1\r\nHost: x\r\n\r\nGET /through HTTP/1.1\r\nHost: x\r\n\r\n"),
    );
    assert!(answer.starts_with("HTTP/1.1 200 Connection established\r\n\r\n"), "{answer}");
    assert!(answer.ends_with("tunnelled"), "{answer}");
    assert_eq!(peer.asked()[0].target, "/through");
}

#[test]
fn nobody_pours_for_ever() {
    let peer = Peer::start(|_| vec![Part::Endless(vec![b'x'; 65536])]);
    let target = format!("{SITE}:{}", peer.port());
    for request in [
        format!("CONNECT {target} HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n"),
        format!("GET http://{target}/ HTTP/1.1\r\n\r\n"),
    ] {
        let length = ask(&peer, &request).len();
        assert!((32 << 20..33 << 20).contains(&length), "{request}: {length}");
    }
}

#[test]
fn everything_else_is_refused() {
    let peer = Peer::start(|_| page("never"));
    let port = peer.port();
    for (request, status) in [
        (format!("CONNECT 127.0.0.2:{port} HTTP/1.1\r\n\r\n"), "403"),
        (format!("CONNECT 0x7f000002:{port} HTTP/1.1\r\n\r\n"), "403"),
        (format!("CONNECT [::1]:{port} HTTP/1.1\r\n\r\n"), "403"),
        (format!("CONNECT [::ffff:127.0.0.2]:{port} HTTP/1.1\r\n\r\n"), "403"),
        (format!("CONNECT inside.example:{port} HTTP/1.1\r\n\r\n"), "403"),
        (format!("CONNECT {SITE}:22 HTTP/1.1\r\n\r\n"), "403"),
        (format!("GET http://inside.example:{port}/ HTTP/1.1\r\n\r\n"), "403"),
        (format!("GET http://{SITE}:22/ HTTP/1.1\r\n\r\n"), "403"),
        (format!("CONNECT nowhere.example:{port} HTTP/1.1\r\n\r\n"), "502"),
        ("GET / HTTP/1.1\r\nHost: site.example\r\n\r\n".to_owned(), "405"),
        (format!("GET ftp://{SITE}:{port}/ HTTP/1.1\r\n\r\n"), "405"),
        (
            format!("GET http://{SITE}:{port}/ HTTP/1.1\r\n\r\nGET http://{SITE}:{port}/ HTTP/1.1\r\n\r\n"),
            "400",
        ),
        ("nonsense\r\n\r\n".to_owned(), "405"),
        (format!("GET http://{SITE}/ HTTP/1.1\r\nX: {}", "x".repeat(40_000)), "400"),
    ] {
        let answer = ask(&peer, &request);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{request}: {answer}");
    }
    assert_eq!(peer.connections(), 0);
}

/// Where there is a Chromium and we are not root; elsewhere it says why there is no picture.
#[tokio::test]
async fn a_browser_draws_what_the_proxy_lets_it_see() {
    let peer = Peer::start(|_| page("<body style='background:#070'>"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    match Screenshots::new(guard(&peer), &path) {
        Ok(screenshots) => {
            let picture = screenshots.take(&format!("http://{SITE}:{}/", peer.port())).await.unwrap();
            assert!(picture.starts_with(b"\x89PNG"));
            assert!(peer.connections() > 0);
        }
        Err(fault) => {
            assert!(matches!(fault.kind, FaultKind::Guarded | FaultKind::NotInstalled), "{fault:?}");
        }
    }
}

//! The guard against peers that break every one of its bounds.

#![allow(clippy::unwrap_used)]

#[path = "peers/http.rs"]
mod http;
#[path = "peers/names.rs"]
mod names;
#[path = "peers/tls.rs"]
mod tls;

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use heyan::domain::evidence::{Fault, FaultKind};
use heyan::evidence::dns::{Patience, Resolver, Resolvers};
use heyan::evidence::guard::{Fetched, Guard, GuardOptions, Lookup, Miss, Request, Trail};
use http::{Part, Peer, answer, head, page, redirect};
use names::Names;

const SITE: &str = "site.example";

fn options(ports: &[u16]) -> GuardOptions {
    GuardOptions {
        ports: ports.to_vec(),
        allow_networks: vec!["127.0.0.1/32".parse().unwrap()],
        body_bytes: 100_000,
        ..GuardOptions::default()
    }
}

fn guard(options: GuardOptions) -> Guard {
    Guard::new(options, Arc::new(Names::here(&[SITE, "other.example"]))).unwrap()
}

fn request(url: &str) -> Request {
    Request::new(url.parse().unwrap())
}

#[tokio::main(flavor = "current_thread")]
async fn fetch(guard: &Guard, request: Request) -> Result<Fetched, Fault> {
    guard.fetch(request).await
}

#[tokio::main(flavor = "current_thread")]
async fn follow(guard: &Guard, url: &str) -> (Result<Fetched, Miss>, Vec<String>) {
    let mut trail = Trail::new(guard.options());
    let came = guard.follow(request(url), &mut trail).await;
    let (hops, _) = trail.end();
    (came, hops.into_iter().map(|hop| hop.url).collect())
}

/// What comes of a scripted answer, under these options.
fn visit(
    change: impl FnOnce(&mut GuardOptions),
    script: impl Fn(&http::Asked) -> Vec<Part> + Send + Sync + 'static,
) -> Result<Fetched, Fault> {
    let peer = Peer::start(script);
    let mut options = options(&[peer.port()]);
    change(&mut options);
    fetch(&guard(options), request(&format!("http://{SITE}:{}/", peer.port())))
}

#[test]
fn every_spelling_of_an_address_is_the_address() {
    let peer = Peer::start(|_| page("never"));
    let guard = guard(GuardOptions { allow_networks: Vec::new(), ..options(&[peer.port(), 80]) });
    for host in [
        "127.0.0.1",
        "127.0.0.1.",
        "127.1",
        "127.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "017700000001",
        "0",
        "0.0.0.0",
        "１２７．０．０．１",
        "127。0。0。1",
        "①②⑦.⓪.⓪.①",
        "%31%32%37.0.0.1",
        "public.example@127.0.0.1",
        "public.example:80@127.0.0.1",
        "[::1]",
        "[::]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
        "169.254.169.254",
        "0xa9fea9fe",
        "100.100.100.200",
        "site.example",
        "SITE.EXAMPLE.",
    ] {
        let came = fetch(&guard, request(&format!("http://{host}:{}/", peer.port())));
        let fault = came.expect_err(host);
        assert_eq!(fault.kind, FaultKind::Guarded, "{host}: {fault:?}");
        assert!(fault.detail.contains("is not public"), "{host}: {fault:?}");
    }
    // No address of the web at all.
    for bad in ["http://[fe80::1%25eth0]/", "http://127.0.0.256/", "http://0x7f.0.0.0.1/", "http:///"] {
        assert!(url::Url::parse(bad).is_err(), "{bad}");
    }
    assert_eq!(peer.connections(), 0);
}

#[test]
fn schemes_and_ports_are_those_of_the_web() {
    let guard = guard(GuardOptions::default());
    for (url, detail) in [
        ("ftp://site.example/", "scheme ftp: only http and https"),
        ("file:///etc/passwd", "scheme file: only http and https"),
        ("gopher://site.example:80/", "scheme gopher: only http and https"),
        ("http://site.example:22/", "port 22: only 80, 443, 8080, 8443"),
        ("https://site.example:6379/", "port 6379: only 80, 443, 8080, 8443"),
    ] {
        let fault = fetch(&guard, request(url)).unwrap_err();
        assert_eq!((fault.kind, fault.detail.as_str()), (FaultKind::Guarded, detail), "{url}");
    }
}

#[test]
fn a_redirect_is_judged_like_the_first_address() {
    for (to, kind, detail) in [
        ("http://127.0.0.2/", FaultKind::Guarded, "address 127.0.0.2 of 127.0.0.2 is not public"),
        ("//0x7f.2/", FaultKind::Guarded, "address 127.0.0.2 of 127.0.0.2 is not public"),
        ("http://[::ffff:10.0.0.1]/", FaultKind::Guarded, "is not public"),
        ("file:///etc/passwd", FaultKind::Guarded, "scheme file"),
        ("http://site.example:25/", FaultKind::Guarded, "port 25"),
        ("http://nowhere.example/", FaultKind::Unreachable, "no address"),
        ("http://servfail.example/", FaultKind::Failed, "SERVFAIL"),
        ("http://a b/", FaultKind::Protocol, "redirect to http://a b/"),
    ] {
        let fault = visit(|options| options.ports.push(80), move |_| redirect(to)).unwrap_err();
        assert_eq!(fault.kind, kind, "{to}: {fault:?}");
        assert!(fault.detail.contains(detail), "{to}: {fault:?}");
    }
}

#[test]
fn the_address_that_was_checked_is_the_one_that_is_connected() {
    let peer = Peer::start(|asked| if asked.target == "/" { redirect("/again") } else { page("never") });
    let rebinding = Arc::new(Names::new(&[
        (SITE, &[&["127.0.0.1"], &["127.0.0.2"]]),
        ("both.example", &[&["127.0.0.1", "10.0.0.1"]]),
    ]));
    let guard = Guard::new(options(&[peer.port()]), Arc::clone(&rebinding) as _).unwrap();
    let fault = fetch(&guard, request(&format!("http://{SITE}:{}/", peer.port()))).unwrap_err();
    assert_eq!(fault.detail, format!("address 127.0.0.2 of {SITE} is not public"));
    // One question for each request: between the check and the connection there is none.
    assert_eq!(rebinding.asked(), [SITE, SITE]);
    assert_eq!(peer.connections(), 1);
    let fault = fetch(&guard, request(&format!("http://both.example:{}/", peer.port()))).unwrap_err();
    assert_eq!(fault.detail, "address 10.0.0.1 of both.example is not public");
    assert_eq!(peer.connections(), 1);
}

#[test]
fn redirects_have_an_end() {
    let peer = Peer::start(|asked| match asked.target.as_str() {
        "/a" => redirect("/b#top"),
        "/b" => redirect("/a"),
        "/end" => page("reached"),
        count => {
            let next = count.trim_start_matches('/').parse::<u32>().unwrap() + 1;
            if next == 3 { redirect("/end") } else { redirect(&format!("/{next}")) }
        }
    });
    let at = |path: &str| format!("http://{SITE}:{}{path}", peer.port());
    let guard = guard(GuardOptions { redirects: 3, ..options(&[peer.port()]) });
    let (came, hops) = follow(&guard, &at("/a"));
    assert_eq!((came.unwrap_err(), hops), (Miss::RedirectLoop, vec![at("/a"), at("/b")]));
    let (came, hops) = follow(&guard, &at("/0"));
    assert_eq!((came.unwrap().body, hops.len()), (b"reached".to_vec(), 4));
    let (came, hops) = follow(&guard, &at("/10"));
    assert_eq!((came.unwrap_err(), hops.len()), (Miss::TooManyRedirects, 4));
}

#[test]
fn nothing_personal_is_sent() {
    let other = Peer::start(|_| page("end"));
    let there = format!("http://other.example:{}/", other.port());
    let peer = Peer::start(move |_| {
        answer("301 Moved", &[("Location", &there), ("Set-Cookie", "id=1"), ("Refresh", "0")], "")
    });
    let guard = guard(options(&[peer.port(), other.port()]));
    let mut request = request(&format!("http://user:secret@{SITE}:{}/#fragment", peer.port()));
    request.headers = vec![("X-Key".into(), "token".into())];
    fetch(&guard, request).unwrap();
    let (first, second) = (peer.asked(), other.asked());
    assert!(first[0].head.contains("x-key: token"), "{}", first[0].head);
    assert!(first[0].head.contains("user-agent: heyan/"), "{}", first[0].head);
    for head in [&first[0].head, &second[0].head] {
        for never in ["authorization", "cookie", "referer", "fragment", "secret"] {
            assert!(!head.to_lowercase().contains(never), "{never}: {head}");
        }
    }
    assert!(!second[0].head.contains("token"), "{}", second[0].head);
}

#[test]
fn bodies_are_bounded_as_unpacked() {
    let zeros = vec![b'0'; 30_000_000];
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&zeros).unwrap();
    let gzip = gzip.finish().unwrap();
    let mut deflate = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    deflate.write_all(&zeros).unwrap();
    let deflate = deflate.finish().unwrap();
    let mut brotli = Vec::new();
    brotli::BrotliCompress(
        &mut &zeros[..],
        &mut brotli,
        &brotli::enc::BrotliEncoderParams { quality: 5, ..Default::default() },
    )
    .unwrap();
    for (encoding, packed) in [("gzip", gzip), ("deflate", deflate), ("br", brotli)] {
        assert!(packed.len() < 100_000, "{encoding}: {} bytes", packed.len());
        let fault =
            visit(|_| {}, move |_| answer("200 OK", &[("Content-Encoding", encoding)], &packed)).unwrap_err();
        assert_eq!(
            (fault.kind, fault.detail.as_str()),
            (FaultKind::TooLarge, "body: more than 100000 bytes")
        );
    }
    let fault =
        visit(|_| {}, |_| vec![Part::Bytes(head("200 OK", &[], None)), Part::Endless(vec![b'x'; 1000])]);
    assert_eq!(fault.unwrap_err().kind, FaultKind::TooLarge);
    let whole = visit(|_| {}, |_| answer("200 OK", &[], vec![b'x'; 100_000])).unwrap();
    assert_eq!(whole.body.len(), 100_000);
}

#[test]
fn an_answer_that_is_none_says_what_it_is() {
    let long = format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "x".repeat(70_000)).into_bytes();
    let endless = b"HTTP/1.1 200 OK\r\n".to_vec();
    let many: String = (0..200).map(|n| format!("X-{n}: 1\r\n")).collect();
    let cases: Vec<(&str, Vec<Part>, FaultKind)> = vec![
        ("long header", vec![Part::Bytes(long)], FaultKind::TooLarge),
        ("endless header", vec![Part::Bytes(endless), Part::Endless(b"X: y".repeat(9))], FaultKind::TooLarge),
        (
            "many headers",
            vec![Part::Bytes(format!("HTTP/1.1 200 OK\r\n{many}\r\n").into_bytes())],
            FaultKind::TooLarge,
        ),
        ("no HTTP", vec![Part::Bytes(b"SSH-2.0-OpenSSH_9.6\r\n\r\n".to_vec())], FaultKind::Protocol),
        ("nothing", vec![], FaultKind::Unreachable),
        (
            "shorter than promised",
            vec![Part::Bytes(head("200 OK", &[], Some(100))), Part::Bytes(b"half".to_vec())],
            FaultKind::Unreachable,
        ),
        (
            "no gzip",
            answer("200 OK", &[("Content-Encoding", "gzip")], "plain text that is no gzip"),
            FaultKind::Protocol,
        ),
        ("half a head", vec![Part::Bytes(b"HTTP/1.1 200 OK\r\nCont".to_vec())], FaultKind::Unreachable),
    ];
    for (name, script, kind) in cases {
        let fault = visit(|_| {}, move |_| script.clone()).unwrap_err();
        assert_eq!(fault.kind, kind, "{name}: {fault:?}");
        assert!(!fault.detail.is_empty(), "{name}");
    }
}

#[test]
fn time_ends_for_everybody() {
    let soon = |options: &mut GuardOptions| options.total_time = Duration::from_millis(300);
    for script in [
        vec![Part::Silence],
        vec![Part::Trickle(head("200 OK", &[], Some(9))), Part::Trickle(b"slow".to_vec()), Part::Silence],
    ] {
        assert_eq!(visit(soon, move |_| script.clone()).unwrap_err().kind, FaultKind::Timeout);
    }
    let whole =
        visit(|_| {}, |_| vec![Part::Trickle(head("200 OK", &[], Some(4))), Part::Trickle(b"slow".to_vec())]);
    assert_eq!(whole.unwrap().body, b"slow");
}

#[test]
fn nobody_at_home_is_said_as_it_is() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let guard = guard(options(&[closed]));
    for (host, kind) in [
        (SITE, FaultKind::Refused),
        ("nowhere.example", FaultKind::Unreachable),
        ("servfail.example", FaultKind::Failed),
    ] {
        let fault = fetch(&guard, request(&format!("http://{host}:{closed}/"))).unwrap_err();
        assert_eq!(fault.kind, kind, "{host}: {fault:?}");
    }
    let (came, hops) = follow(&guard, &format!("http://nowhere.example:{closed}/"));
    assert_eq!((came.unwrap_err(), hops.len()), (Miss::NotResolved, 0));
}

#[test]
fn certificates_are_told_also_when_they_are_not_trusted() {
    let authority = tls::Authority::named("样例根证书");
    let stranger = tls::Authority::named("样例陌生机构");
    for (name, identity, fault, connections) in [
        ("good", authority.good(SITE), None, 1),
        ("expired", authority.expired(SITE), Some("expired"), 2),
        ("wrong name", authority.good("other.example"), Some("not for this name"), 2),
        ("self-signed", tls::self_signed(SITE), Some("self-signed"), 2),
        ("stranger", stranger.good(SITE), Some("unknown issuer"), 2),
    ] {
        let peer = tls::start(identity, |_| page("secure"));
        let guard = guard(GuardOptions { roots: vec![authority.root()], ..options(&[peer.port()]) });
        let mut request = request(&format!("https://{SITE}:{}/", peer.port()));
        request.untrusted = true;
        let came = fetch(&guard, request.clone()).unwrap();
        let certificate = came.certificate.unwrap();
        assert_eq!(came.body, b"secure", "{name}");
        assert_eq!(certificate.fault.as_deref(), fault, "{name}");
        assert_eq!(certificate.names, [if name == "wrong name" { "other.example" } else { SITE }], "{name}");
        let issuer = match name {
            "self-signed" => SITE,
            "stranger" => "样例陌生机构",
            _ => "样例根证书",
        };
        assert_eq!(certificate.issuer, issuer, "{name}");
        assert_eq!(certificate.not_before, "2020-01-01T00:00:00Z".parse().unwrap(), "{name}");
        assert_eq!(peer.connections(), connections, "{name}");
        request.untrusted = false;
        let strict = fetch(&guard, request);
        assert_eq!(strict.is_ok(), fault.is_none(), "{name}");
    }
}

#[test]
fn a_client_that_speaks_no_http_connects_under_the_same_rules() {
    let peer = Peer::start(|_| page("here"));
    let guard = guard(options(&[peer.port()]));
    #[tokio::main(flavor = "current_thread")]
    async fn connect(guard: &Guard, host: &str, port: u16) -> Option<Fault> {
        guard.connect(host, port).await.err()
    }
    assert_eq!(connect(&guard, SITE, peer.port()), None);
    assert_eq!(connect(&guard, "0x7f.1", peer.port()), None);
    for (host, port, kind) in [
        ("127.2", peer.port(), FaultKind::Guarded),
        ("[::1]", peer.port(), FaultKind::Guarded),
        (SITE, 22, FaultKind::Guarded),
        ("nowhere.example", peer.port(), FaultKind::Unreachable),
        ("a b", peer.port(), FaultKind::Protocol),
    ] {
        assert_eq!(connect(&guard, host, port).unwrap().kind, kind, "{host}:{port}");
    }
}

/// A name server that knows one name, fails on another and denies the rest (RFC 1035 4.1).
fn name_server() -> std::net::SocketAddr {
    let socket = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    std::thread::spawn(move || {
        let mut packet = [0; 512];
        while let Ok((length, asker)) = socket.recv_from(&mut packet) {
            let end = 12 + packet[12..length].iter().position(|byte| *byte == 0).unwrap() + 5;
            let knows = packet[12..end].starts_with(b"\x04site\x07example\0");
            let fails = packet[12..end].starts_with(b"\x08servfail");
            let is_ipv4 = packet[end - 3] == 1;
            let code = if fails { 2 } else { u8::from(!knows) * 3 };
            let mut reply = packet[..2].to_vec();
            reply.extend([0x81, 0x80 | code, 0, 1, 0, u8::from(knows && is_ipv4), 0, 0, 0, 0]);
            reply.extend(&packet[12..end]);
            if knows && is_ipv4 {
                reply.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 192, 0, 2, 7]);
            }
            socket.send_to(&reply, asker).unwrap();
        }
    });
    address
}

#[tokio::test]
async fn names_are_asked_of_the_servers_that_were_named() {
    let resolver = |server, answer| {
        let patience = Patience { answer, subject: Duration::from_secs(20) };
        Resolver::new(Resolvers { servers: vec![server] }, patience).unwrap()
    };
    let resolvers = resolver(name_server(), Duration::from_secs(5));
    assert_eq!(resolvers.addresses(SITE).await, Ok(vec!["192.0.2.7".parse().unwrap()]));
    assert_eq!(resolvers.addresses("nowhere.example").await, Ok(vec![]));
    let fault = resolvers.addresses("servfail.example").await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::Failed, "{fault:?}");
    let silent = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
    let resolvers = resolver(silent.local_addr().unwrap(), Duration::from_millis(200));
    let fault = resolvers.addresses(SITE).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::Timeout, "{fault:?}");
}

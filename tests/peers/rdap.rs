//! An RDAP server on loopback (RFC 7480): JSON by domain, 404 for the rest, over plain HTTP.
//!
//! For other test binaries: `#[path = "peers/rdap.rs"] mod rdap_peer;`

// Each test binary takes what it needs.
#![allow(dead_code)]

#[path = "http.rs"]
mod http;

use std::collections::HashMap;

use http::{Part, Peer};
use serde_json::{Value, json};

/// The server; it ends with the process.
#[derive(Clone)]
pub struct RdapPeer {
    peer: Peer,
}

impl RdapPeer {
    /// Status and body by domain.
    pub fn knowing(answers: &[(&str, u16, Value)]) -> RdapPeer {
        let answers: HashMap<String, (u16, Value)> = answers
            .iter()
            .map(|(domain, status, body)| (format!("/rdap/domain/{domain}"), (*status, body.clone())))
            .collect();
        let missing = (404, json!({"errorCode": 404, "title": "Not Found"}));
        let peer = Peer::start(move |asked| {
            let (status, body) = answers.get(&asked.target).unwrap_or(&missing);
            let body = body.to_string();
            let head = format!(
                "HTTP/1.1 {status} x\r\nConnection: close\r\nContent-Type: application/rdap+json\r\nContent-Length: {}\r\n\r\n",
                body.len()
            );
            vec![Part::Bytes(format!("{head}{body}").into_bytes())]
        });
        RdapPeer { peer }
    }

    /// The address of a bootstrap file's entry, by a host's name.
    pub fn base(&self, host: &str) -> String {
        format!("http://{host}:{}/rdap/", self.peer.address.port())
    }

    /// The targets that were asked so far.
    pub fn asked(&self) -> Vec<String> {
        self.peer.asked().into_iter().map(|asked| asked.target).collect()
    }

    /// Request lines and headers.
    pub fn heads(&self) -> Vec<String> {
        self.peer.asked().into_iter().map(|asked| asked.head).collect()
    }
}

/// A registered domain.
pub fn domain(name: &str, registrar: &str, expires: &str) -> Value {
    json!({
        "objectClassName": "domain",
        "ldhName": name,
        "status": ["active"],
        "events": [{"eventAction": "expiration", "eventDate": expires}],
        "entities": [{"roles": ["registrar"], "vcardArray": ["vcard", [["fn", {}, "text", registrar]]]}]
    })
}

//! Certificates for HTTPS servers on loopback: an authority of our own, and all the ways of being wrong.

#![allow(dead_code, clippy::unwrap_used)]

use std::net::TcpListener;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::http::{Asked, Part, Peer, Wrap};

/// An authority that a client may be told to trust.
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

/// A certificate with its key, as a server shows it.
pub struct Identity {
    chain: Vec<rustls::pki_types::CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
}

impl Authority {
    pub fn named(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(rcgen::DnType::CommonName, name);
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        Authority { issuer }
    }

    /// The root, DER.
    pub fn root(&self) -> Vec<u8> {
        AsRef::<rcgen::Certificate>::as_ref(&self.issuer).der().to_vec()
    }

    pub fn good(&self, name: &str) -> Identity {
        self.valid(name, 2020, 2090)
    }

    pub fn expired(&self, name: &str) -> Identity {
        self.valid(name, 2020, 2021)
    }

    fn valid(&self, name: &str, from: i32, to: i32) -> Identity {
        let key = KeyPair::generate().unwrap();
        let leaf = params(name, from, to).signed_by(&key, &self.issuer).unwrap();
        identity(leaf.der().clone(), &key)
    }
}

pub fn self_signed(name: &str) -> Identity {
    let key = KeyPair::generate().unwrap();
    let leaf = params(name, 2020, 2090).self_signed(&key).unwrap();
    identity(leaf.der().clone(), &key)
}

fn params(name: &str, from: i32, to: i32) -> CertificateParams {
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    params.not_before = date_time_ymd(from, 1, 1);
    params.not_after = date_time_ymd(to, 1, 1);
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(rcgen::DnType::CommonName, name);
    params
}

fn identity(leaf: rustls::pki_types::CertificateDer<'static>, key: &KeyPair) -> Identity {
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    Identity { chain: vec![leaf], key }
}

/// An HTTPS server with this certificate.
pub fn start(identity: Identity, answer: impl Fn(&Asked) -> Vec<Part> + Send + Sync + 'static) -> Peer {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(identity.chain, identity.key)
        .unwrap();
    let config = Arc::new(config);
    let wrap: Wrap = Box::new(move |socket| {
        let connection = ServerConnection::new(Arc::clone(&config)).ok()?;
        Some(Box::new(Closing(StreamOwned::new(connection, socket))))
    });
    Peer::on(TcpListener::bind("127.0.0.1:0").unwrap(), wrap, answer)
}

/// Says that it ends before it does (RFC 8446 6.1).
struct Closing(StreamOwned<ServerConnection, std::net::TcpStream>);

impl std::io::Read for Closing {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(buffer)
    }
}

impl std::io::Write for Closing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

impl Drop for Closing {
    fn drop(&mut self) {
        self.0.conn.send_close_notify();
        let _ = std::io::Write::flush(&mut self.0);
    }
}

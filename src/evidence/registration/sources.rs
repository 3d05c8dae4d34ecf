//! Whom to ask about a domain: an RDAP server by the bootstrap file (RFC 9224), a WHOIS server by a list of ours. Both
//! are dated data; an operator's own go before what is shipped.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;
use url::Url;

use crate::domain::domain_name;

const SHIPPED_WHOIS: &str = include_str!("../../../assets/sources/whois_servers.toml");
const SHIPPED_RDAP: &str = include_str!("../../../assets/sources/rdap_bootstrap.json");

/// What an operator says about whom to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistrationSources {
    /// An RFC 9224 file in the place of the shipped one.
    pub bootstrap: Option<PathBuf>,
    /// `host` or `host:port` by suffix, before the shipped servers, also before those of RDAP.
    pub whois: BTreeMap<String, String>,
    /// The port of WHOIS servers that name none.
    pub whois_port: u16,
    /// For one WHOIS server, from the connection to the last byte.
    pub whois_patience: Duration,
}

impl Default for RegistrationSources {
    fn default() -> Self {
        RegistrationSources {
            bootstrap: None,
            whois: BTreeMap::new(),
            whois_port: 43,
            whois_patience: Duration::from_secs(15),
        }
    }
}

/// What an operator says cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadSource {
    #[error("{path}: {fault}; expected a file of RDAP servers as in RFC 9224 (data.iana.org/rdap/dns.json)")]
    Bootstrap { path: PathBuf, fault: String },
    #[error("the WHOIS server `{server}` of `{suffix}` is no `host` or `host:port`")]
    Whois { suffix: String, server: String },
    #[error("the shipped list {list} cannot be read: {fault}; this is a fault of the program")]
    Shipped { list: &'static str, fault: String },
}

/// A WHOIS server and how it wants to be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    pub host: String,
    pub port: u16,
    /// With `{}` for the domain; none: the domain alone.
    pub form: Option<String>,
}

impl Server {
    pub fn question(&self, domain: &str) -> String {
        self.form.as_ref().map_or_else(|| domain.to_owned(), |form| form.replace("{}", domain))
    }
}

/// Who is asked about domains, by suffix.
#[derive(Debug, Clone)]
pub struct Directory {
    rdap: BTreeMap<String, Url>,
    whois: BTreeMap<String, Server>,
    root: Server,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WhoisFile {
    #[serde(rename = "version")]
    _version: jiff::civil::Date,
    #[serde(rename = "source")]
    _source: String,
    root: String,
    server: Vec<WhoisRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WhoisRow {
    host: String,
    suffixes: Vec<String>,
    question: Option<String>,
}

/// RFC 9224, section 3: a service is a list of entries and a list of addresses. Further members are to be passed over.
#[derive(Deserialize)]
struct Bootstrap {
    services: Vec<(Vec<String>, Vec<String>)>,
}

impl Directory {
    pub fn read(sources: &RegistrationSources) -> Result<Directory, BadSource> {
        let mut rdap = match &sources.bootstrap {
            None => bootstrap(SHIPPED_RDAP)
                .map_err(|fault| BadSource::Shipped { list: "rdap_bootstrap.json", fault })?,
            Some(path) => {
                let text = std::fs::read_to_string(path).map_err(|error| error.to_string());
                let read = text.and_then(|text| bootstrap(&text));
                read.map_err(|fault| BadSource::Bootstrap { path: path.clone(), fault })?
            }
        };
        let file: WhoisFile = toml::from_str(SHIPPED_WHOIS)
            .map_err(|error| BadSource::Shipped { list: "whois_servers.toml", fault: error.to_string() })?;
        let port = sources.whois_port;
        let mut whois = BTreeMap::new();
        for WhoisRow { host, suffixes, question: form } in file.server {
            let server = Server { host, port, form };
            whois.extend(suffixes.into_iter().map(|suffix| (suffix, server.clone())));
        }
        for (suffix, written) in &sources.whois {
            let bad = || BadSource::Whois { suffix: suffix.clone(), server: written.clone() };
            let key = one_label_or_more(suffix).ok_or_else(bad)?;
            let (host, port) = match written.rsplit_once(':') {
                Some((host, port)) => (host, port.parse().map_err(|_| bad())?),
                None => (written.as_str(), port),
            };
            if host.is_empty() || host.contains(['/', ' ', '@']) {
                return Err(bad());
            }
            if sources.bootstrap.is_none() {
                rdap.remove(&key);
            }
            whois.insert(key, Server { host: host.to_owned(), port, form: None });
        }
        let root = Server { host: file.root, port, form: None };
        Ok(Directory { rdap, whois, root })
    }

    /// The address that tells of a domain by RDAP (RFC 9082, section 3.1.3).
    pub fn rdap(&self, domain: &str) -> Option<Url> {
        suffixes(domain).find_map(|suffix| self.rdap.get(suffix))?.join(&format!("domain/{domain}")).ok()
    }

    /// The WHOIS server of a domain's registry.
    pub fn whois(&self, domain: &str) -> Option<&Server> {
        suffixes(domain).find_map(|suffix| self.whois.get(suffix))
    }

    /// The server that knows the registries.
    pub const fn root(&self) -> &Server {
        &self.root
    }

    /// Every port that is needed.
    pub fn ports(&self) -> Vec<u16> {
        let rdap = self.rdap.values().filter_map(Url::port_or_known_default);
        let whois = self.whois.values().chain([&self.root]).map(|server| server.port);
        let mut ports: Vec<u16> = rdap.chain(whois).collect();
        ports.sort_unstable();
        ports.dedup();
        ports
    }
}

fn bootstrap(text: &str) -> Result<BTreeMap<String, Url>, String> {
    let Bootstrap { services } = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let mut rdap = BTreeMap::new();
    for (suffixes, addresses) in services {
        let secure = addresses.iter().find(|address| address.starts_with("https:"));
        let Some(address) = secure.or(addresses.first()) else { continue };
        let mut address = Url::parse(address).map_err(|error| format!("{address}: {error}"))?;
        // Section 3 wants the slash; without it the last part would be lost.
        if !address.path().ends_with('/') {
            address.set_path(&format!("{}/", address.path()));
        }
        for suffix in suffixes {
            rdap.insert(one_label_or_more(&suffix).unwrap_or(suffix), address.clone());
        }
    }
    Ok(rdap)
}

/// The ends of a name, the longest first: `com.cn` and `cn` of `a.com.cn`.
fn suffixes(domain: &str) -> impl Iterator<Item = &str> {
    domain.match_indices('.').map(|(at, _)| &domain[at + 1..])
}

/// A suffix as the DNS has it, from `.中国`, `cn` or `com.cn`.
fn one_label_or_more(written: &str) -> Option<String> {
    let suffix = written.trim().trim_start_matches('.');
    domain_name::ascii(&format!("a.{suffix}"))?.strip_prefix("a.").map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directory(whois: &[(&str, &str)]) -> Result<Directory, BadSource> {
        let whois =
            whois.iter().map(|(suffix, server)| ((*suffix).to_owned(), (*server).to_owned())).collect();
        Directory::read(&RegistrationSources { whois, ..RegistrationSources::default() })
    }

    #[test]
    fn each_suffix_has_its_servers() {
        let shipped = directory(&[]).unwrap();
        let whois = |domain: &str| shipped.whois(domain).map(|server| server.host.as_str());
        for domain in ["a.cn", "a.com.cn", "a.xn--fiqs8s"] {
            assert_eq!((whois(domain), shipped.rdap(domain)), (Some("whois.cnnic.cn"), None), "{domain}");
        }
        let rdap = shipped.rdap("a.com").unwrap();
        assert_eq!(rdap.as_str(), "https://rdap.verisign.com/com/v1/domain/a.com");
        assert_eq!(shipped.whois("a.com").unwrap().question("a.com"), "domain a.com");
        assert_eq!((whois("a.example"), shipped.rdap("a.example")), (None, None));
        assert_eq!(shipped.ports(), [43, 443]);
    }

    #[test]
    fn an_operator_s_server_goes_before_the_shipped_ones() {
        let own = directory(&[
            (".com", "whois.own.example:4343"),
            ("中国", "192.0.2.43"),
            ("gov.cn", "gov.example"),
        ])
        .unwrap();
        let server = own.whois("a.com").unwrap();
        assert_eq!((server.host.as_str(), server.port, own.rdap("a.com")), ("whois.own.example", 4343, None));
        assert_eq!(own.whois("a.xn--fiqs8s").unwrap().host, "192.0.2.43");
        assert_eq!(own.whois("a.gov.cn").unwrap().host, "gov.example");
        assert_eq!(own.whois("a.com.cn").unwrap().host, "whois.cnnic.cn");
        assert_eq!(own.ports(), [43, 443, 4343]);
        for (suffix, server) in
            [("com", ""), ("com", "http://a.example"), ("com", "a.example:port"), ("", "a.example")]
        {
            assert!(
                matches!(directory(&[(suffix, server)]), Err(BadSource::Whois { .. })),
                "{suffix} {server}"
            );
        }
    }

    #[test]
    fn an_operator_s_bootstrap_file_replaces_the_shipped_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("dns.json");
        let read = || {
            Directory::read(&RegistrationSources {
                bootstrap: Some(path.clone()),
                ..RegistrationSources::default()
            })
        };
        let missing = read().unwrap_err().to_string();
        assert!(missing.contains("dns.json") && missing.contains("RFC 9224"), "{missing}");
        std::fs::write(&path, r#"{"version":"1.0","services":[[["Example","中国"],["http://a.example","https://b.example/v1"]],[["none"],[]]]}"#).unwrap();
        let own = read().unwrap();
        assert_eq!(own.rdap("x.example").unwrap().as_str(), "https://b.example/v1/domain/x.example");
        assert!(
            own.rdap("x.xn--fiqs8s").is_some() && own.rdap("x.com").is_none() && own.rdap("x.none").is_none()
        );
        for bad in [r#"{"services": 1}"#, r#"{"services": [[["a"], ["b"]]]}"#, ""] {
            std::fs::write(&path, bad).unwrap();
            assert!(matches!(read(), Err(BadSource::Bootstrap { .. })), "{bad}");
        }
    }
}

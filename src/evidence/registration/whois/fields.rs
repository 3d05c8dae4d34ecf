//! The fields of a WHOIS answer. The protocol (RFC 3912) has none: each registry writes its own labels, in Chinese or
//! English, and these are the ones seen.

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Domain,
    Registrar,
    /// The unit that holds the domain.
    Organisation,
    /// Whoever holds it.
    Holder,
    Registered,
    Expires,
    /// By the registrar's books; the registry's come first.
    RegistrarExpires,
    Status,
    NameServer,
    /// Who knows more.
    Referral,
}

/// A field with a value, and its line from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'a> {
    pub field: Field,
    pub value: &'a str,
    pub line: u32,
}

/// Labels in lower case, with single spaces.
const LABELS: &[(Field, &[&str])] = &[
    (
        Field::Domain,
        &[
            "domain name",
            "domain",
            "puny name",
            "domain name (ace)",
            "ascii name",
            "域名",
            "域名名称",
            "中文域名",
        ],
    ),
    (
        Field::Registrar,
        &[
            "sponsoring registrar",
            "registrar",
            "registrar name",
            "registrar organization",
            "sponsoring registrar organization",
            "注册商",
            "域名注册商",
            "所属注册商",
            "注册服务机构",
            "域名注册服务机构",
            "注册机构",
        ],
    ),
    (
        Field::Organisation,
        &[
            "registrant organization",
            "registrant organisation",
            "注册人单位",
            "注册单位",
            "所有者单位",
            "注册组织",
        ],
    ),
    (
        Field::Holder,
        &[
            "registrant",
            "registrant name",
            "registrant contact name",
            "holder",
            "domain holder",
            "owner",
            "owner name",
            "注册人",
            "注册者",
            "域名注册人",
            "域名持有者",
            "域名所有者",
            "域名所有人",
            "持有者",
            "所有者",
        ],
    ),
    (
        Field::Registered,
        &[
            "registration time",
            "registration date",
            "creation date",
            "created",
            "created on",
            "created date",
            "create date",
            "domain create date",
            "domain registration date",
            "domain name commencement date",
            "registered",
            "registered on",
            "registered date",
            "注册时间",
            "注册日期",
            "创建时间",
            "创建日期",
        ],
    ),
    (
        Field::Expires,
        &[
            "expiration time",
            "expiration date",
            "registry expiry date",
            "expiry date",
            "expiry",
            "expires",
            "expires on",
            "expire date",
            "expire",
            "domain expiration date",
            "paid-till",
            "renewal date",
            "valid until",
            "到期时间",
            "到期日期",
            "过期时间",
            "过期日期",
            "失效日期",
            "有效期至",
            "域名到期时间",
            "域名到期日期",
        ],
    ),
    (Field::RegistrarExpires, &["registrar registration expiration date"]),
    (Field::Status, &["domain status", "status", "state", "registration status", "域名状态", "状态"]),
    (
        Field::NameServer,
        &[
            "name server",
            "name servers",
            "nserver",
            "nameserver",
            "nameservers",
            "host name",
            "域名服务器",
            "dns服务器",
            "dns 服务器",
        ],
    ),
    (Field::Referral, &["registrar whois server", "whois server", "refer"]),
];

/// The fields of an answer in its order. A value may stand on the lines below its label, further in.
pub fn entries(answer: &str) -> Vec<Entry<'_>> {
    let mut entries = Vec::new();
    let mut open: Option<(Field, usize)> = None;
    for (line, text) in (1..).zip(answer.lines()) {
        let content = text.trim();
        if content.is_empty() || is_remark(content) {
            open = None;
            continue;
        }
        let indent = text.len() - text.trim_start().len();
        if let Some((field, value)) = labelled(content) {
            open = value.is_empty().then_some((field, indent));
            entries.push(Entry { field, value, line });
        } else if let Some((field, _)) = open.filter(|(_, label)| indent > *label) {
            entries.push(Entry { field, value: content, line });
        } else {
            open = None;
        }
    }
    entries
}

/// Comments, and the lines with which registries end.
pub fn is_remark(content: &str) -> bool {
    content.starts_with(['%', '#', '>', ';'])
}

fn labelled(content: &str) -> Option<(Field, &str)> {
    let (label, value) = content.split_once([':', '：'])?;
    // `Registrar......: a`
    let label = label.trim_end_matches(['.', ' ', '\t']).to_lowercase();
    let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
    let (field, _) = LABELS.iter().find(|(_, labels)| labels.contains(&label.as_str()))?;
    Some((*field, value.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(answer: &str) -> Vec<(Field, &str, u32)> {
        entries(answer).into_iter().map(|entry| (entry.field, entry.value, entry.line)).collect()
    }

    #[test]
    fn labels_are_known_in_both_languages_and_all_dresses() {
        for (line, field, value) in [
            ("Domain Name: a.example", Field::Domain, "a.example"),
            ("域名：a.example", Field::Domain, "a.example"),
            ("   Domain Name: A.EXAMPLE", Field::Domain, "A.EXAMPLE"),
            ("Sponsoring Registrar: 样例注册商", Field::Registrar, "样例注册商"),
            ("Registrar..........: 样例注册商", Field::Registrar, "样例注册商"),
            ("Registrant  Organization: 样例", Field::Organisation, "样例"),
            ("注册人: 样例", Field::Holder, "样例"),
            ("Name Server:ns1.a.example", Field::NameServer, "ns1.a.example"),
            ("expires:\t2027-01-02", Field::Expires, "2027-01-02"),
        ] {
            assert_eq!(read(line), [(field, value, 1)], "{line}");
        }
        for line in [
            "Registrant ID: a",
            "Registrar URL: b",
            "% Domain Name: a.example",
            "https://a.example",
            "no label",
        ] {
            assert_eq!(read(line), [], "{line}");
        }
    }

    #[test]
    fn a_value_may_stand_below_its_label() {
        let answer = "  Domain name:\n    a.example\n\n  Registrar:\n    Example Ltd\n    URL: https://b.example\n  \
                      Name servers:\n    ns1.b.example\n    ns2.b.example\nRegistrant Organization:\nnot its value\n";
        assert_eq!(
            read(answer),
            [
                (Field::Domain, "", 1),
                (Field::Domain, "a.example", 2),
                (Field::Registrar, "", 4),
                (Field::Registrar, "Example Ltd", 5),
                (Field::Registrar, "URL: https://b.example", 6),
                (Field::NameServer, "", 7),
                (Field::NameServer, "ns1.b.example", 8),
                (Field::NameServer, "ns2.b.example", 9),
                (Field::Organisation, "", 10),
            ]
        );
    }
}

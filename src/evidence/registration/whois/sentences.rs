//! What registries say instead of a registration: nobody has it, nobody may have it, or ask later. Sentences of some
//! twenty registries; what is none of them is no verdict.

use super::fields::is_remark;

/// What a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saying {
    NotRegistered,
    Reserved,
    Limited,
}

/// Beginnings of a line (without comment signs, in lower case, the domain itself replaced by `{}`).
const NOT_REGISTERED: &[&str] = &[
    "no matching record",
    "no match",
    "no match for",
    "not found",
    "no data found",
    "no entries found",
    "no object found",
    "no information available about domain name {}",
    "nothing found",
    "domain not found",
    "the queried object does not exist",
    "object does not exist",
    "domain {} not found",
    "domain {} is not registered",
    "domain name {} does not exist",
    "the domain has not been registered",
    "this domain name has not been registered",
    "{} is not registered",
    "{} not found",
    "{} no match",
    "status: free",
    "status: available",
    "未注册",
    "域名未注册",
    "该域名未注册",
    "域名 {} 未注册",
    "未找到",
    "没有找到",
    "无匹配记录",
    "没有匹配的记录",
];

const RESERVED: &[&str] = &[
    "the domain you requested is prohibited",
    "sorry, the domain you requested is in the reserved list",
    "the domain you requested is in the reserved list",
    "reserved domain",
    "reserved name",
    "reserved by",
    "this name is reserved",
    "this domain is reserved",
    "the domain is reserved",
    "domain reserved",
    "domain {} is reserved",
    "{} is reserved",
    "{} has been reserved",
    "the registration of this domain is restricted",
    "this domain cannot be registered",
    "status: reserved",
    "status: blocked",
    "域名被保留",
    "该域名为保留域名",
    "该域名已被保留",
    "保留域名",
    "该域名禁止注册",
    "禁止注册",
];

/// Anywhere in a line.
const LIMITED: &[&str] = &[
    "limit exceeded",
    "limit has been exceeded",
    "exceeded the limit",
    "exceeded your",
    "exceeded the maximum",
    "quota exceeded",
    "too many queries",
    "too many requests",
    "too many connections",
    "interval is too short",
    "try again later",
    "try again after",
    "temporarily denied",
    "access denied",
    "blacklisted",
    "频繁",
    "查询次数超过",
    "稍后再试",
];

/// The line of an answer about a domain that decides, from 1, and what it says. A limit goes before anything: who
/// sends one does not vouch for the rest.
pub fn deciding(answer: &str, domain: &str) -> Option<(u32, Saying)> {
    let line = |says: &dyn Fn(&str) -> bool| {
        (1..).zip(answer.lines()).find(|(_, line)| says(&plain(line, domain))).map(|(number, _)| number)
    };
    let limited = line(&|text| LIMITED.iter().any(|sentence| text.contains(sentence)));
    let reserved = line(&|text| begins(text, RESERVED));
    let free = line(&|text| begins(text, NOT_REGISTERED));
    limited
        .map(|line| (line, Saying::Limited))
        .or(reserved.map(|line| (line, Saying::Reserved)))
        .or(free.map(|line| (line, Saying::NotRegistered)))
}

/// What the status of a domain without any registration says.
pub fn of_status(status: &str) -> Option<Saying> {
    let status = status.to_lowercase();
    let is = |known: &[&str]| known.iter().any(|word| status == *word);
    if is(&["free", "available", "not registered", "no object found", "未注册", "可注册"]) {
        Some(Saying::NotRegistered)
    } else if is(&["reserved", "registry reserved", "blocked", "prohibited", "保留", "禁止注册"]) {
        Some(Saying::Reserved)
    } else {
        None
    }
}

fn begins(text: &str, sentences: &[&str]) -> bool {
    sentences.iter().any(|sentence| {
        text.strip_prefix(sentence)
            // `no match` is not the beginning of `no matches are sold`
            .is_some_and(|rest| {
                !sentence.is_ascii() || !rest.starts_with(|c: char| c.is_ascii_alphanumeric())
            })
    })
}

fn plain(line: &str, domain: &str) -> String {
    let content = line.trim();
    let content =
        if is_remark(content) { content.trim_start_matches(['%', '#', '>', ';', ' ']) } else { content };
    let lower = content.to_lowercase().replace(['"', '\'', '“', '”', '<', '>'], "").replace(domain, "{}");
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registries_say_it_in_many_ways() {
        for (answer, expected) in [
            ("No matching record.", Some(Saying::NotRegistered)),
            ("no matching record", Some(Saying::NotRegistered)),
            ("No match for \"A.EXAMPLE\".", Some(Saying::NotRegistered)),
            ("% No entries found.", Some(Saying::NotRegistered)),
            ("Domain a.example not found.", Some(Saying::NotRegistered)),
            ("NOT FOUND", Some(Saying::NotRegistered)),
            ("Domain: a.example\nStatus: free", Some(Saying::NotRegistered)),
            ("该域名未注册", Some(Saying::NotRegistered)),
            ("The domain you requested is prohibited.", Some(Saying::Reserved)),
            ("Sorry, The domain you requested is in the reserved list.", Some(Saying::Reserved)),
            ("'a.example' is reserved", Some(Saying::Reserved)),
            ("您的查询过于频繁，请稍后再试", Some(Saying::Limited)),
            ("Queried interval is too short.", Some(Saying::Limited)),
            ("% Query rate limit exceeded\nNo match", Some(Saying::Limited)),
            ("We sell domains that are not found elsewhere", None),
            ("No matches are guaranteed by this service", None),
            ("Notice: not found is what we never say", None),
            ("", None),
            ("<html><body>503</body></html>", None),
        ] {
            let said = deciding(answer, "a.example").map(|(_, saying)| saying);
            assert_eq!(said, expected, "{answer}");
        }
        assert_eq!(deciding("% Terms\n\nNo match", "a.example"), Some((3, Saying::NotRegistered)));
    }
}

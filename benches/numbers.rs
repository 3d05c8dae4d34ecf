//! How many numbers a core validates in a second, by standard. The figures to beat are python-stdnum's:
//! 106,000 unified codes and 43,000 resident IDs.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use heyan::domain::numbers::{
    NumberFault, area_code, email, filing_number, foreign_resident_id, landline, mobile, organisation_code,
    registration_number, resident_id, travel_document, unified_code,
};
use jiff::civil::date;

fn main() {
    divan::main();
}

/// Numbers a round: right and wrong ones in turn.
const ROUND: usize = 1000;

fn validate<T>(bencher: Bencher, numbers: [&str; 2], parse: fn(&str) -> Result<T, NumberFault>) {
    bencher.counter(ItemsCount::new(ROUND)).bench(|| {
        numbers.iter().cycle().take(ROUND).filter(|number| parse(black_box(number)).is_ok()).count()
    });
}

#[divan::bench]
fn unified_codes(bencher: Bencher) {
    validate(bencher, ["91440300000000019B", "91440300000000019C"], unified_code::parse);
}

#[divan::bench]
fn unified_codes_in_full_width(bencher: Bencher) {
    let wide = ["９１４４０３０００００００００１９Ｂ", "９１４４０３０００００００００１９Ｃ"];
    validate(bencher, wide, unified_code::parse);
}

#[divan::bench]
fn resident_ids(bencher: Bencher) {
    validate(bencher, ["11010519491231002X", "110105194912310021"], resident_id::parse);
}

#[divan::bench]
fn registration_numbers(bencher: Bencher) {
    validate(bencher, ["440301100000008", "440301100000009"], registration_number::parse);
}

#[divan::bench]
fn organisation_codes(bencher: Bencher) {
    validate(bencher, ["00000001-9", "000000018"], organisation_code::parse);
}

#[divan::bench]
fn mobiles(bencher: Bencher) {
    validate(bencher, ["13900000001", "+86 194-0000-0001"], mobile::parse);
}

#[divan::bench]
fn landlines(bencher: Bencher) {
    validate(bencher, ["0755-22220001", "0755-2222001"], landline::parse);
}

#[divan::bench]
fn filing_numbers(bencher: Bencher) {
    validate(bencher, ["粤ICP备05000001号-1", "川ICP备05000001号-1"], filing_number::parse);
}

#[divan::bench]
fn emails(bencher: Bencher) {
    validate(bencher, ["principal@sample.example", "principal@"], email::parse);
}

/// As the checks do: the number, and whether its region was one in the holder's lifetime.
#[divan::bench]
fn resident_ids_with_regions(bencher: Bencher) {
    validate(bencher, ["440305198505050019", "110103201601010011"], |number| {
        Ok(resident_id::parse(number)?.region_standing(date(2026, 11, 23)))
    });
}

#[divan::bench]
fn foreign_resident_ids(bencher: Bencher) {
    validate(bencher, ["911124198108030024", "CAN110000123456"], foreign_resident_id::parse);
}

#[divan::bench]
fn permits(bencher: Bencher) {
    validate(bencher, ["H12345678", "HA123456"], travel_document::hong_kong_macao);
}

#[divan::bench]
fn area_codes_of_regions(bencher: Bencher) {
    validate(bencher, ["0755-22220001", "0571-22220001"], |number| {
        let line = landline::parse(number)?;
        if area_code::covers(line.area(), 440_305) {
            Ok(())
        } else {
            Err(NumberFault::AreaCode { found: line.area() })
        }
    });
}

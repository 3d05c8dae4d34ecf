use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn filing(site: &str, access: &str) -> Filing {
    let person =
        r#"{"name": "样例甲", "document_type": 2, "document_number": "1", "mobile": "1", "email": "1"}"#;
    serde_json::from_str(&format!(
        r#"{{"source": "s", "key": "k", "order_type": "first", "province": "440000",
            "evidence_scheme": "electronic",
            "entity": {{"name": "样例", "entity_type": 5, "certificate_type": 2, "certificate_number": "1",
                        "certificate_address": "", "principal": {person}}},
            "site": {{"service_type": "website", "name": "样例", "domains": ["a.example"], "principal": {person},
                      {site}}},
            "access": [{{"provider": "样例云", {access}}}]}}"#
    ))
    .unwrap()
}

#[test]
fn the_shipped_file_is_read() {
    toml::from_str::<File>(SHIPPED).unwrap();
    let counts: Vec<usize> = List::ALL.iter().map(|list| all(*list).len()).collect();
    assert_eq!(counts, [18, 42, 5, 30, 17, 12, 31, 9]);
    assert_eq!(provinces().len(), 31);
}

#[test]
fn numbers_and_bits_are_unique_and_ascend() {
    for list in List::ALL {
        let codes = all(list);
        let numbers: Vec<u16> =
            codes.iter().flat_map(|code| [&[code.number][..], &code.also].concat()).collect();
        assert!(numbers.is_sorted_by(|a, b| a < b), "{list:?}");
        let bits: Vec<u64> = codes.iter().filter_map(|code| code.mask).collect();
        assert!(bits.is_sorted_by(|a, b| a < b), "{list:?}");
        assert!(bits.iter().all(|bit| bit.is_power_of_two()), "{list:?}");
        assert!(bits.is_empty() || bits.len() == codes.len(), "{list:?}");
        assert!(codes.iter().all(|code| !code.zh.is_empty() && !code.en.is_empty()), "{list:?}");
    }
}

#[test]
fn a_bit_follows_from_its_number_except_for_ride_hailing() {
    let exceptions: Vec<_> = List::ALL
        .iter()
        .flat_map(|list| all(*list))
        .filter(|code| code.mask.is_some_and(|bit| bit != 1 << (code.number - 1)))
        .map(|code| (code.key.as_deref(), code.number, code.mask, code.also.as_slice()))
        .collect();
    assert_eq!(exceptions, [(Some("ride_hailing"), 11, Some(2048), &[12][..])]);
}

#[test]
fn labels_come_in_both_languages() {
    let cases = [
        (List::EntityTypes, 5, Some("个人"), Some("Individual")),
        (List::CertificateTypes, 1, Some("营业执照（个人或企业）"), Some("Business licence")),
        (List::PreApprovals, 11, Some("网络预约车"), Some("Ride hailing")),
        (List::PreApprovals, 12, Some("网络预约车"), Some("Ride hailing")),
        (List::ServiceContents, 33, Some("网上非银支付"), Some("Non-bank payment")),
        (List::EntityTypes, 7, None, None),
        (List::CertificateTypes, 8, None, None),
    ];
    for (list, number, zh, en) in cases {
        assert_eq!((label(list, number, Lang::Zh), label(list, number, Lang::En)), (zh, en));
    }
}

#[test]
fn certificate_types_belong_to_known_entity_types() {
    assert_eq!(certificate_types_of(4), [1, 12, 27]);
    assert_eq!(certificate_types_of(5), [2, 7, 11, 14, 30, 41, 42]);
    assert_eq!(certificate_types_of(12), [22, 34, 40]);
    assert!(certificate_types_of(7).is_empty());
    for entity in all(List::EntityTypes) {
        assert!(!certificate_types_of(entity.number).is_empty(), "{}", entity.number);
    }
    let mut ungrouped = Vec::new();
    for certificate in all(List::CertificateTypes) {
        if certificate.entity_types.is_empty() {
            ungrouped.push(certificate.number);
        }
        assert!(certificate.entity_types.iter().all(|n| find(List::EntityTypes, *n).is_some()));
        assert_eq!(is_personal_document(certificate.number), certificate.entity_types == [5]);
    }
    assert_eq!(ungrouped, [46, 47, 48, 49]);
    assert!(!is_personal_document(8));
}

#[test]
fn provinces_have_codes_and_letters_of_their_own() {
    let letters: String = provinces().iter().map(|province| province.letter).collect();
    assert_eq!(letters, "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝蜀黔滇藏陕陇青宁新");
    let codes: BTreeSet<&str> = provinces().iter().map(|province| province.code.as_str()).collect();
    assert_eq!(codes.len(), 31);
    assert!(codes.iter().all(|code| code.len() == 6 && code.ends_with("0000")));
    let labels = province("440000").map(|found| (found.label(Lang::Zh), found.label(Lang::En)));
    assert_eq!(labels, Some(("广东", "Guangdong")));
    assert_eq!(province("440300"), None);
    // The console's list of locations and the provinces name the same 31.
    let of = |names: Vec<&'static str>| names.into_iter().collect::<BTreeSet<_>>();
    assert_eq!(
        of(provinces().iter().map(|province| province.label(Lang::Zh)).collect()),
        of(all(List::ServerLocations).iter().map(|code| code.label(Lang::Zh)).collect()),
    );
}

#[test]
fn masks_become_numbers() {
    assert_eq!(mask_to_numbers(List::ServiceContents, 129), Ok(vec![1, 8]));
    assert_eq!(mask_to_numbers(List::ServiceContents, 1 << 32), Ok(vec![33]));
    assert_eq!(mask_to_numbers(List::PreApprovals, 2048 | 1), Ok(vec![1, 11]));
    assert_eq!(mask_to_numbers(List::AccessModes, 0), Ok(vec![]));
    assert_eq!(numbers_to_mask(List::PreApprovals, &[12, 1]), Ok(2049));
    let unknown = |list, mask, bit| Err(UnknownBit { list, mask, bit });
    assert_eq!(mask_to_numbers(List::AccessModes, 97), unknown(List::AccessModes, 97, 32));
    assert_eq!(mask_to_numbers(List::ServerLocations, 1 << 12), unknown(List::ServerLocations, 4096, 4096));
    assert_eq!(mask_to_numbers(List::ImageTypes, 1), unknown(List::ImageTypes, 1, 1));
    assert_eq!(numbers_to_mask(List::Languages, &[1, 18]), Err(NoBit { list: List::Languages, number: 18 }));
}

#[test]
fn a_filing_is_brought_into_running_numbers() {
    let mut filing = filing(
        r#""service_contents": {"mask": 129}, "languages": [12, 1, 12], "pre_approvals": [{"category": 12}]"#,
        r#""modes": {"mask": 16}, "server_locations": [99, 5]"#,
    );
    normalise(&mut filing).unwrap();
    let site = filing.site.as_ref().unwrap();
    assert_eq!(site.service_contents, CodeSet::Numbers(vec![1, 8]));
    assert_eq!(site.languages, CodeSet::Numbers(vec![1, 12]));
    assert_eq!(site.pre_approvals[0].category, 11);
    assert_eq!(filing.access[0].modes, CodeSet::Numbers(vec![5]));
    // A number that the list does not know yet stays.
    assert_eq!(filing.access[0].server_locations, CodeSet::Numbers(vec![5, 99]));
    let once = filing.clone();
    normalise(&mut filing).unwrap();
    assert_eq!(filing, once);
}

#[test]
fn an_unknown_bit_names_its_field() {
    let cases = [
        (r#""service_contents": {"mask": 50331648}"#, "", "site.service_contents", 1 << 24),
        (r#""languages": {"mask": 131072}"#, "", "site.languages", 1 << 17),
        ("", r#""modes": {"mask": 33}"#, "access[0].modes", 32),
        ("", r#""server_locations": {"mask": 4097}"#, "access[0].server_locations", 4096),
    ];
    for (site, access, field, bit) in cases {
        let site = if site.is_empty() { r#""remark": """# } else { site };
        let access = if access.is_empty() { r#""ip_ranges": []"# } else { access };
        let fault = normalise(&mut filing(site, access)).unwrap_err();
        assert_eq!((fault.field.as_str(), fault.fault.bit), (field, bit));
    }
}

proptest! {
    #[test]
    fn a_choice_survives_both_encodings(picks in proptest::collection::vec(any::<prop::sample::Index>(), 0..12)) {
        for list in List::ALL {
            let bitted: Vec<u16> =
                all(list).iter().filter(|code| code.mask.is_some()).map(|code| code.number).collect();
            if bitted.is_empty() {
                continue;
            }
            let chosen: BTreeSet<u16> = picks.iter().map(|pick| bitted[pick.index(bitted.len())]).collect();
            let numbers: Vec<u16> = chosen.into_iter().collect();
            let mask = numbers_to_mask(list, &numbers).unwrap();
            prop_assert_eq!(mask_to_numbers(list, mask), Ok(numbers));
        }
    }
}

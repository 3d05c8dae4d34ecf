use super::*;
use crate::domain::filing::FormTemplate;
use crate::domain::message::{self, Lang};

fn filing() -> Filing {
    let mut filing: Filing =
        serde_json::from_str(include_str!("../../checks/fixture/enterprise.json")).unwrap();
    filing.access = serde_json::from_str(
        r#"[{ "provider": "样例云", "modes": [5], "server_locations": [5],
              "ip_ranges": [{ "first": "192.0.2.1", "last": "192.0.2.9" }] }]"#,
    )
    .unwrap();
    filing
}

fn verdict(field: Field, filing: &Filing, form: &VerificationForm) -> Verdict {
    let lines = lines(filing, filing.site.as_ref().unwrap(), form);
    lines.iter().find(|line| line.field == field).unwrap().verdict
}

#[test]
fn every_field_stands_once_in_the_order_of_the_paper() {
    let filing = filing();
    let lines = lines(&filing, filing.site.as_ref().unwrap(), &VerificationForm::default());
    assert_eq!(lines.iter().map(|line| line.field).collect::<Vec<_>>(), Field::ALL);
    let blocks: Vec<u8> = lines.iter().map(|line| line.field.block() as u8).collect();
    assert!(blocks.is_sorted());
    for line in &lines {
        let id = line.field.label();
        assert!(message::known(&id) && message::known(line.field.block().heading()), "{id}");
        for lang in Lang::ALL {
            let columns = unicode_width::UnicodeWidthStr::width(message::text(lang, &id));
            assert!(columns <= 10, "{id}: {columns}");
        }
    }
}

#[test]
fn what_is_not_transcribed_is_no_difference() {
    let filing = filing();
    let lines = lines(&filing, filing.site.as_ref().unwrap(), &VerificationForm::default());
    assert!(lines.iter().all(|line| !matches!(line.verdict, Verdict::Same | Verdict::Differs)), "{lines:#?}");
}

/// A field, what its source read, and what comes of it.
type Row = (Field, fn(&mut VerificationForm), Verdict);

#[test]
fn fields_of_the_paper_against_the_filing() {
    use Verdict::{Differs, PaperOnly, Same};
    let rows: &[Row] = &[
        (Field::Template, |form| form.template = Some(FormTemplate::Organisation), Same),
        (Field::Template, |form| form.template = Some(FormTemplate::Individual), Differs),
        (Field::TemplateProvince, |form| form.template_province = Some("440000".into()), Same),
        (Field::TemplateProvince, |form| form.template_province = Some("110000".into()), Differs),
        (Field::EntityName, |form| form.entity_name = Some(String::new()), Differs),
        (Field::Domains, |form| form.domains = Some(vec![" Yangli.example".into()]), Same),
        (Field::SitePrincipal, |form| form.site_principal = Some("李 样例".into()), Same),
        (Field::SitePrincipal, |form| form.site_principal = Some("王样例".into()), Differs),
        (Field::Mobile, |form| form.mobile = Some("+86 139-0000-0002".into()), Same),
        (Field::Mobile, |form| form.mobile = Some("13900000003".into()), Differs),
        (Field::Mobile, |form| form.mobile = Some(String::new()), Differs),
        (Field::Landline, |form| form.landline = Some("(0755)22220002".into()), Same),
        (Field::Email, |form| form.email = Some("LI@yangli.example".into()), Same),
        (Field::Email, |form| form.email = Some("l1@yangli.example".into()), Differs),
        (Field::Address, |form| form.address = Some("广东省深圳市样例区样例路1号样例大厦801".into()), Same),
        (Field::Address, |form| form.address = Some("深圳市样例区样例路2号".into()), Differs),
        (Field::ServiceContents, |form| form.service_contents = Some(vec!["单位门户网站".into()]), Same),
        (Field::ServiceContents, |form| form.service_contents = Some(vec!["网络购物".into()]), Differs),
        (Field::ServiceContents, |form| form.service_contents = Some(vec!["样例服务".into()]), Differs),
        (Field::Provider, |form| form.provider = Some("样例 云".into()), Same),
        (Field::AccessModes, |form| form.access_modes = Some(vec!["云接入".into()]), Same),
        (Field::AccessModes, |form| form.access_modes = Some(vec!["专线".into()]), Differs),
        (Field::ServerLocations, |form| form.server_locations = Some(vec!["广东".into()]), Same),
        (Field::IpRanges, |form| form.ip_ranges = Some(vec!["192.0.2.1 - 192.0.2.9".into()]), Same),
        (Field::IpRanges, |form| form.ip_ranges = Some(vec!["192.0.2.1～192.0.2.9".into()]), Same),
        (Field::IpRanges, |form| form.ip_ranges = Some(vec!["192.0.2.1".into()]), Differs),
        (Field::IpRanges, |form| form.ip_ranges = Some(vec!["192.0.2.l".into()]), Differs),
        (Field::VerifierSigned, |form| form.verifier_signed = Some(false), Differs),
        (Field::SubjectTicks, |form| form.subject_ticks = Some(vec!["营业执照".into()]), PaperOnly),
    ];
    for (field, write, expected) in rows {
        let mut form = VerificationForm::default();
        write(&mut form);
        assert_eq!(verdict(*field, &filing(), &form), *expected, "{field} {form:?}");
    }
}

#[test]
fn a_block_is_the_range_it_spans() {
    let mut filing = filing();
    let range = &mut filing.access[0].ip_ranges[0];
    (range.first, range.last) = ("192.0.2.0".parse().unwrap(), "192.0.2.7".parse().unwrap());
    for (written, expected) in [("192.0.2.0/29", Verdict::Same), ("192.0.2.0/28", Verdict::Differs)] {
        let form = VerificationForm { ip_ranges: Some(vec![written.into()]), ..VerificationForm::default() };
        assert_eq!(verdict(Field::IpRanges, &filing, &form), expected, "{written}");
    }
}

#[test]
fn what_nobody_has_is_not_on_the_form() {
    let mut filing = filing();
    filing.access.clear();
    filing.entity.mail_address.clear();
    let site = filing.site.as_mut().unwrap();
    site.principal.landline = None;
    let empty = VerificationForm { landline: Some(" ".into()), ..VerificationForm::default() };
    for form in [VerificationForm::default(), empty] {
        for field in [Field::Landline, Field::Address, Field::Provider, Field::IpRanges] {
            assert_eq!(verdict(field, &filing, &form), Verdict::NotOnForm, "{field}");
        }
    }
    let extra = VerificationForm { landline: Some("0755-1".into()), ..VerificationForm::default() };
    assert_eq!(verdict(Field::Landline, &filing, &extra), Verdict::Differs, "on the paper and not filed");
}

#[test]
fn a_person_ticks_one_box_and_has_no_seal() {
    let filing: Filing = serde_json::from_str(include_str!("../../checks/fixture/individual.json")).unwrap();
    let form = VerificationForm { organisation_ticked: Some(false), ..VerificationForm::default() };
    assert_eq!(verdict(Field::OrganisationTicked, &filing, &form), Verdict::Same);
    assert_eq!(verdict(Field::Seal, &filing, &form), Verdict::NotOnForm);
}

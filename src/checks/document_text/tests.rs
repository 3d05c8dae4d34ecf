use super::*;
use crate::checks::fixture::{Sample, run_table};
use crate::domain::evidence::{Fault, ReadText, Region, Subject, Word};
use crate::domain::filing::AttachmentKind;

use AttachmentKind::{EntityCertificate, SitePrincipalIdBack, SitePrincipalIdFront, VerificationForm};

/// Lines of words, each 20 pixels wide a character; `~` before a word makes it one that was read badly.
fn page(lines: &[&str]) -> Observation {
    let mut words = Vec::new();
    for (line, text) in (0..).zip(lines) {
        let mut x = 40;
        for word in text.split(' ') {
            let (text, confidence) = word.strip_prefix('~').map_or((word, 93), |word| (word, 40));
            let width = text.chars().count() as u32 * 20;
            let region = Region { x, y: 40 + line * 50, width, height: 24 };
            words.push(Word { text: text.to_owned(), confidence, region, line });
            x += width + 10;
        }
    }
    Observation::Text(TextReading::Read(ReadText { words }))
}

fn reads(sample: &mut Sample, kind: AttachmentKind, observation: Observation) {
    let subject = Subject::Attachment(sample.fact(kind).sha256.clone());
    sample.knows(subject, 0, observation);
}

#[test]
fn the_licence_shows_what_was_filed_or_another_value() {
    let filed = Sample::enterprise().filing.entity;
    let name_line = format!("名 称 {}", filed.name);
    let licence = |number: &str, name: &str| page(&[&format!("统一 社会 {number}"), name]);
    let number = filed.certificate_number.as_str();
    for (what, observation, expected) in [
        ("as filed", licence(number, &name_line), [].as_slice()),
        (
            "O for 0, in two words",
            licence(&format!("{} {}", &number[..9].replace('0', "O"), &number[9..]), &name_line),
            &[],
        ),
        ("another number with right check digits", licence("91440101MA59ABCD1X", &name_line), &[]),
        ("a misread number", licence("9144O3OOMA00000O78", &name_line), &[]),
        (
            "another name",
            licence(number, "名 称 深圳市别的样例科技有限公司"),
            &["warn MAT-MISMATCH-FORM@entity_certificate"],
        ),
        ("another name, read badly", licence(number, "名 称 ~深圳市别的样例科技有限公司"), &[]),
        ("a name cut off", licence(number, "名 称 深圳市样例科技有"), &[]),
        ("nothing", page(&["空"]), &[]),
    ] {
        let mut sample = Sample::enterprise();
        reads(&mut sample, EntityCertificate, observation);
        assert_eq!(sample.statements(&DocumentText), expected, "{what}");
    }
}

#[test]
fn another_number_with_right_check_digits_is_a_doubt() {
    let site = Sample::enterprise().filing.site.unwrap();
    let own = &site.principal.document_number;
    let other = Sample::enterprise().filing.entity.principal.document_number;
    assert_ne!(*own, other);
    let name = &site.principal.name;
    for (what, observation, expected) in [
        ("as filed", page(&[&format!("姓 名 {name}"), own]), [].as_slice()),
        ("another", page(&[&format!("姓 名 {name}"), &other]), &["warn MAT-MISMATCH-FORM@spr_id_front"]),
        ("another, read badly", page(&[&format!("姓 名 {name}"), &format!("~{other}")]), &[]),
        ("another person", page(&["姓 名 别 样 例", own]), &["warn MAT-MISMATCH-FORM@spr_id_front"]),
        ("a name with a word too many", page(&["姓 名 别 样 例 性 别", own]), &[]),
    ] {
        let mut sample = Sample::enterprise();
        reads(&mut sample, SitePrincipalIdFront, observation);
        assert_eq!(sample.statements(&DocumentText), expected, "{what}");
    }
}

#[test]
fn the_form_names_the_filed_domain() {
    let site = Sample::enterprise().filing.site.unwrap();
    let (name, domain) = (site.name.as_str(), site.domains[0].as_str());
    for (what, lines, expected) in [
        ("as filed", [name, domain], [].as_slice()),
        ("with www", [name, &format!("www.{domain}")], &[]),
        ("a dot lost", [name, &domain.replace('.', "")], &[]),
        ("another domain", [name, "another-sample.example"], &["warn MAT-MISMATCH-FORM@verification_form"]),
        ("another, read badly", [name, "~another-sample.example"], &[]),
        ("a mail address and a day", [name, "li@another-sample.example 2025.12.08"], &[]),
        ("another site's name", ["别的网站", domain], &[]),
    ] {
        let mut sample = Sample::enterprise();
        reads(&mut sample, VerificationForm, page(&lines));
        assert_eq!(sample.statements(&DocumentText), expected, "{what}");
    }
}

#[test]
fn the_back_of_a_card_shows_how_long_it_is_valid() {
    let mut clean = Sample::enterprise();
    let principal = &mut clean.site().principal;
    principal.valid_until = Some("2039-07-08".to_owned().try_into().unwrap());
    for (what, line, expected) in [
        ("as filed", "有效 期限 2019.07.08-2039.07.08", [].as_slice()),
        ("colons for dots", "2019.07:08-2039.07.:08", &[]),
        ("another end", "2019.07.08-2029.07.08", &["warn MAT-MISMATCH-FORM@spr_id_back"]),
        ("for ever", "2019.07.08-长期", &["warn MAT-MISMATCH-FORM@spr_id_back"]),
        ("no day", "2019.07.08-2029.17.08", &[]),
        ("another end, read badly", "~2019.07.08-2029.07.08", &[]),
        ("half", "2019.07.08-", &[]),
    ] {
        let mut sample = clean.clone();
        reads(&mut sample, SitePrincipalIdBack, page(&[line]));
        assert_eq!(sample.statements(&DocumentText), expected, "{what}");
    }
}

#[test]
fn a_wrapped_address_is_found_in_its_pieces() {
    let filed = Sample::enterprise().filing.entity.certificate_address;
    let (front, back) = filed.split_at(filed.char_indices().nth(6).unwrap().0);
    let mut sample = Sample::enterprise();
    reads(&mut sample, EntityCertificate, page(&["无关", front, "无关的字", back]));
    assert!(sample.said(&DocumentText).contains(&"pass text_found".to_owned()), "{filed}");
    let found = &sample.findings(&DocumentText)[0];
    let EvidenceRef::Evidence { mark: Some(Mark::Region(region)), .. } = &found.evidence[0] else { panic!() };
    assert_eq!((region.x, region.y), (40, 90), "the first piece is shown");
}

#[test]
fn what_was_not_read_is_said_where_text_is_asked_for() {
    run_table(
        &DocumentText,
        Sample::electronic,
        &[(
            "nothing asked for",
            |s| reads(s, EntityCertificate, Observation::Text(TextReading::Read(ReadText { words: vec![] }))),
            &[],
        )],
    );
    let mut sample = Sample::electronic();
    sample.requires(Gatherer::Text);
    assert!(sample.said(&DocumentText).iter().all(|said| said == "not_run text_missing"));
    for (kind, message) in
        [(FaultKind::NotInstalled, "not_run text_not_installed"), (FaultKind::Timeout, "not_run text_fault")]
    {
        let fault = Fault::new(kind, "tesseract");
        reads(&mut sample, EntityCertificate, Observation::Text(TextReading::NoAnswer(fault)));
        assert!(sample.said(&DocumentText).contains(&message.to_owned()));
    }
    reads(&mut sample, EntityCertificate, page(&["空"]));
    assert!(sample.said(&DocumentText).contains(&"not_run text_unread".to_owned()));
}

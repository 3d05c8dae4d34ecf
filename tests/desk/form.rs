//! The paper form over the case, and the remarks in their fixed place: stories as typed keys, screens as snapshots.

use heyan::app::pictures::Images;
use heyan::domain::decision::Conclusion;
use heyan::domain::filing::{AttachmentKind, Filing, FormTemplate, Transcript, VerificationForm};
use heyan::domain::message::Lang;
use tempfile::TempDir;

use crate::harness::{Harness, demo_workspace};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];

/// Its domain on the paper has two letters the other way round.
const FILING: &str = "D-1010";

fn paper(filing: &mut Filing) -> &mut VerificationForm {
    filing
        .attachments
        .iter_mut()
        .find_map(|attachment| match &mut attachment.transcript {
            Some(Transcript::VerificationForm(form)) => Some(form.as_mut()),
            _ => None,
        })
        .unwrap()
}

/// The demo, with more of one filing's form transcribed: an extra character, a wrong digit, an empty address.
fn workspace() -> TempDir {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    desk.import_changed(FILING, |filing| {
        let principal = filing.site.as_ref().unwrap().principal.clone();
        let form = paper(filing);
        form.site_name = Some("样例文化数码咨询台".into());
        form.template = Some(FormTemplate::Organisation);
        form.template_province = Some("110000".into());
        form.site_principal = Some(principal.name);
        form.mobile = Some("13900009999".into());
        form.email = Some(principal.email);
        form.address = Some(String::new());
        form.service_contents = Some(vec!["单位门户网站".into()]);
        form.provider = Some("样例云".into());
        form.subject_ticks = Some(vec!["营业执照".into(), "居民身份证".into()]);
    });
    desk.keys("Ctrl+C Ctrl+C");
    folder
}

fn go_to(desk: &mut Harness, key: &str) {
    while desk.here() != key {
        desk.keys("J");
    }
}

fn kind(desk: &Harness) -> AttachmentKind {
    desk.model.open_case().unwrap().current_attachment().unwrap().1.kind
}

fn selected(desk: &Harness) -> String {
    let form = desk.model.open_case().unwrap().open_form().unwrap();
    form.selected_line().unwrap().field.to_string()
}

#[test]
fn the_form_lies_over_the_case_beside_its_scan() {
    let folder = workspace();
    for size in SIZES {
        for (lang, name) in [(Lang::Zh, "form"), (Lang::En, "form_english")] {
            let mut desk = Harness::open_as(folder.path(), size, "lin", Images::HalfBlocks, lang);
            go_to(&mut desk, FILING);
            desk.keys("t A p");
            assert_eq!(kind(&desk), AttachmentKind::VerificationForm);
            insta::assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), desk.screen());
            desk.keys("Ctrl+C Ctrl+C");
        }
    }
}

#[test]
fn differences_are_stepped_through_and_the_scan_follows() {
    let folder = workspace();
    let mut desk = Harness::open(folder.path(), (120, 40));
    go_to(&mut desk, FILING);
    desk.keys("p");
    assert_eq!(selected(&desk), "site_name");
    for expected in ["domains", "mobile", "postal_address"] {
        desk.keys("t A ]");
        assert_eq!((selected(&desk).as_str(), kind(&desk)), (expected, AttachmentKind::VerificationForm));
    }
    desk.keys("[ [");
    assert_eq!(selected(&desk), "domains");
    assert!(desk.screen().contains("beijing-wenh"), "{}", desk.screen());
    desk.keys("j");
    assert_eq!(selected(&desk), "site_principal");
    desk.keys("k k k k k k k k");
    assert_eq!(selected(&desk), "template");
    desk.keys("Esc");
    assert!(desk.model.open_case().unwrap().open_form().is_none());
    assert_eq!(desk.decided(), [""; 0]);
}

#[test]
fn a_number_on_the_form_waits_for_the_reveal_key_which_is_an_entry() {
    let folder = workspace();
    let mut desk = Harness::open(folder.path(), (200, 60));
    go_to(&mut desk, FILING);
    desk.keys("p ] ]");
    assert_eq!(selected(&desk), "mobile");
    let masked = desk.screen();
    assert!(masked.contains("139****") && !masked.contains("13900009999"));
    let before = desk.entries("reveal");
    desk.keys("x");
    assert_eq!(desk.entries("reveal"), before + 1);
    let revealed = desk.screen().replace(['[', ']'], "");
    assert!(revealed.contains("13900009999"), "{revealed}");
    desk.wait(11_000);
    assert!(!desk.screen().replace(['[', ']'], "").contains("13900009999"));
    desk.keys("j x");
    assert_eq!(desk.entries("reveal"), before + 2, "the landline below it");
    desk.keys("p j");
}

#[test]
fn a_filing_without_a_form_says_so_and_one_without_a_transcript_is_for_the_eye() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    go_to(&mut desk, "D-1003");
    desk.keys("p");
    assert!(desk.notice().contains("没有核验单"), "{}", desk.notice());
    assert!(desk.model.open_case().unwrap().open_form().is_none());
    desk.import_changed("D-1004", |filing| {
        for attachment in &mut filing.attachments {
            attachment.transcript = None;
        }
    });
    go_to(&mut desk, "D-1004");
    desk.keys("Ctrl+P");
    let screen = desk.screen();
    assert!(screen.contains("(未录入)") && !screen.contains("x1 "), "{screen}");
}

#[test]
fn full_screen_and_decisions_work_over_the_form() {
    let folder = workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    go_to(&mut desk, FILING);
    desk.keys("p e");
    assert!(desk.model.full_screen);
    desk.keys("Esc");
    assert!(!desk.model.full_screen && desk.model.open_case().unwrap().open_form().is_some());
    desk.keys("e p");
    assert!(!desk.model.full_screen && desk.model.open_case().unwrap().open_form().is_none());
    desk.keys("p f Enter");
    let decision = desk.decision(FILING).unwrap();
    assert!(matches!(decision.conclusion, Conclusion::Fail { .. }));
    assert!(desk.model.open_case().unwrap().open_form().is_none(), "the next case begins as a case");
}

/// What stands in the row of the site's own remark.
fn remark_row(desk: &mut Harness) -> String {
    let rows = desk.rows();
    rows.iter().find(|row| row.contains("网站备注 ")).cloned().unwrap_or_default()
}

#[test]
fn the_sites_own_remark_is_always_there() {
    let folder = demo_workspace();
    for size in SIZES {
        let mut desk = Harness::open(folder.path(), size);
        go_to(&mut desk, "D-1002");
        let remark = desk.model.open_case().unwrap().file.filing.site.as_ref().unwrap().remark.clone();
        let begin: String = remark.chars().take(6).collect();
        for keys in ["", "j", "j j j j j j j j j j j j j j j j j j j j j j j j j j j j j j", "p", "j j j j j"]
        {
            desk.keys(keys);
            let row = remark_row(&mut desk);
            assert!(row.contains(&begin), "{size:?} {keys}: {row}\n{}", desk.screen());
        }
        desk.keys("Ctrl+C Ctrl+C");
    }
}

#[test]
fn an_empty_remark_says_none_and_a_long_one_is_cut_until_it_is_selected() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    desk.import_changed("D-1001", |filing| filing.site.as_mut().unwrap().remark.clear());
    let long = "样例备注很长".repeat(13) + "电话13800005678到此为止";
    desk.import_changed("D-1002", |filing| filing.site.as_mut().unwrap().remark = long);
    desk.keys("J K");
    go_to(&mut desk, "D-1001");
    assert!(remark_row(&mut desk).contains('无'), "{}", desk.screen());
    go_to(&mut desk, "D-1002");
    assert!(remark_row(&mut desk).contains(".."), "{}", desk.screen());
    for _ in 0..80 {
        let view = desk.model.open_case().unwrap();
        if view.selected_object().is_some_and(|object| object.to_string() == "site.remark") {
            break;
        }
        desk.keys("j");
    }
    let whole = desk.screen();
    assert!(whole.contains("到此为止") && whole.contains("138****5678"), "{whole}");
    desk.keys("x");
    assert!(desk.screen().contains("13800005678"), "{}", desk.screen());
    insta::assert_snapshot!("long_remark_80x24", desk.screen());
}

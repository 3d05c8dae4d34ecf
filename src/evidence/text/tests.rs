//! A script in the place of Tesseract: whatever it does, reading ends with words or with the reason.

use std::process::Command;

use super::*;

const QUICK: Limits = Limits {
    answer_within: Duration::from_millis(1_500),
    cpu_seconds: 1,
    memory_bytes: 1 << 30,
    answer_bytes: 1 << 16,
};

fn page() -> Page {
    Page { picture: (30, 20), shown: (60, 40), grey: vec![255; 60 * 40] }
}

async fn read_by(script: &str) -> TextReading {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("tesseract");
    // Written by another process: a file that this one has open for writing, and with it whatever it is just starting,
    // cannot be run.
    let write = ["-c", r#"printf '#!/bin/sh\n%s\n' "$1" > "$0"; chmod 755 "$0""#];
    assert!(Command::new("/bin/sh").args(write).arg(&program).arg(script).status().unwrap().success());
    Tesseract::new(&program, QUICK).read(&page()).await
}

fn fault(reading: TextReading) -> Fault {
    match reading {
        TextReading::NoAnswer(fault) => fault,
        TextReading::Read(read) => panic!("{read:?}"),
    }
}

const TABLE: &str = r"printf 'level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n'
printf '5\t1\t1\t1\t1\t1\t20\t10\t20\t10\t91.5\t样例\n'";

#[tokio::test]
async fn words_are_read_from_the_pixels_that_were_given() {
    let script = format!(
        r#"[ "$*" = "stdin stdout -l chi_sim+eng --psm 12 tsv" ] || exit 9
[ "$(/usr/bin/env | /bin/grep -v '^PWD=\|^_=\|^SHLVL=\|^OLDPWD=' )" = "OMP_THREAD_LIMIT=1" ] || exit 8
[ "$(/usr/bin/head -c 13)" = "P5
60 40
255" ] || exit 7
/bin/cat >/dev/null
{TABLE}"#
    );
    let TextReading::Read(read) = read_by(&script).await else { panic!("{:?}", read_by(&script).await) };
    let [word] = &read.words[..] else { panic!("{read:?}") };
    assert_eq!((word.text.as_str(), word.confidence, word.line), ("样例", 91, 0));
    assert_eq!((word.region.x, word.region.y, word.region.width, word.region.height), (10, 5, 10, 5));
}

#[tokio::test]
async fn every_misbehaviour_is_a_fault() {
    for (what, script, kind, detail) in [
        ("slow", "exec /bin/sleep 60", FaultKind::Timeout, "1.5 s"),
        ("a child that holds the pipes", "/bin/sleep 60 & exit 0", FaultKind::Timeout, "1.5 s"),
        ("garbage", "/bin/cat >/dev/null; echo garbage", FaultKind::Protocol, "line 1 is no row of words"),
        ("no text", r"printf '\377\376'", FaultKind::Protocol, "not UTF-8"),
        ("dies", "echo 样例故障 >&2; exit 3", FaultKind::Failed, "样例故障"),
        ("killed", "kill -9 $$", FaultKind::Failed, ""),
        ("floods", "exec /usr/bin/yes", FaultKind::TooLarge, "more than 65536 bytes"),
        ("complains without end", "exec /usr/bin/yes >&2", FaultKind::Failed, "y\ny\n"),
        ("too busy", "while :; do :; done", FaultKind::Failed, ""),
        (
            "without a language",
            "echo \"Failed loading language 'chi_sim'\" >&2; exit 0",
            FaultKind::NotInstalled,
            "chi_sim",
        ),
    ] {
        let fault = fault(read_by(script).await);
        let expected = fault.kind == kind || (what == "too busy" && fault.kind == FaultKind::Timeout);
        assert!(expected, "{what}: {fault:?}");
        assert!(fault.detail.starts_with(detail) || what == "too busy", "{what}: {fault:?}");
        assert!(fault.detail.chars().count() <= LONGEST_DETAIL, "{what}");
    }
}

#[tokio::test]
async fn a_program_that_is_not_there_is_not_installed() {
    let nowhere = Tesseract::new(Path::new("/nowhere/tesseract"), QUICK).read(&page()).await;
    assert_eq!(fault(nowhere).kind, FaultKind::NotInstalled);
    assert_eq!(fault(Tesseract::absent()).detail, "tesseract");
    let folder = tempfile::tempdir().unwrap();
    let search = std::env::join_paths([Path::new("relative"), folder.path()]).unwrap();
    assert!(Tesseract::find(&search).is_none());
    std::fs::write(folder.path().join("tesseract"), "").unwrap();
    assert!(Tesseract::find(&search).is_some());
}

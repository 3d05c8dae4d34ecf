use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;

use super::*;
use crate::evidence::guard::{GuardOptions, Looking, Lookup};

struct Nowhere;

impl Lookup for Nowhere {
    fn addresses<'a>(&'a self, _host: &'a str) -> Looking<'a> {
        Box::pin(async { Ok(Vec::new()) })
    }
}

fn guard() -> Guard {
    Guard::new(GuardOptions::default(), Arc::new(Nowhere)).unwrap()
}

/// A browser that is a script: `$out` is where the picture goes.
fn pretender(folder: &Path, does: &str) -> Screenshots {
    let browser = folder.join("chromium");
    let script = format!(
        "#!/bin/sh\nfor a in \"$@\"; do case $a in --screenshot=*) out=${{a#--screenshot=}};; esac; done\n{does}\n"
    );
    std::fs::write(&browser, script).unwrap();
    std::fs::set_permissions(&browser, std::fs::Permissions::from_mode(0o755)).unwrap();
    Screenshots { guard: guard(), browser, turn: Arc::new(tokio::sync::Semaphore::new(1)) }
}

#[tokio::test]
async fn a_picture_is_taken_or_its_failure_told() {
    let folder = tempfile::tempdir().unwrap();
    for (does, expected) in [
        ("printf '\\211PNG\\r\\n\\032\\n1234' > \"$out\"", Ok(12)),
        ("printf 'GIF89a' > \"$out\"", Err(FaultKind::Protocol)),
        ("truncate -s 9000000 \"$out\"", Err(FaultKind::TooLarge)),
        ("exit 0", Err(FaultKind::Failed)),
        ("exit 3", Err(FaultKind::Failed)),
        ("kill -9 $$", Err(FaultKind::Failed)),
    ] {
        let taken = pretender(folder.path(), does).take("http://site.example/").await;
        assert_eq!(taken.map(|picture| picture.len()).map_err(|fault| fault.kind), expected, "{does}");
    }
}

#[tokio::test]
async fn the_browsers_children_end_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reading = pipe.clone();
    // Reads until nobody holds the other end any more.
    let reader = spawn_blocking(move || {
        let mut said = String::new();
        std::fs::File::open(reading).unwrap().read_to_string(&mut said).unwrap();
        said
    });
    let does = format!("exec 3> '{}'\necho alive >&3\nsleep 600 &\nexit 1", pipe.display());
    let taken = pretender(folder.path(), &does).take("http://site.example/").await;
    assert_eq!(taken.unwrap_err().kind, FaultKind::Failed);
    assert_eq!(reader.await.unwrap(), "alive\n");
}

#[test]
fn the_browser_goes_by_the_proxy_alone() {
    let arguments = arguments(Path::new("/p"), Path::new("/p/page.png"), "127.0.0.1:9", "--no-sandbox");
    let said: Vec<String> =
        arguments.iter().map(|argument| argument.to_string_lossy().into_owned()).collect();
    for wanted in [
        "--proxy-server=http://127.0.0.1:9",
        "--proxy-bypass-list=<-loopback>",
        "--user-data-dir=/p",
        "--screenshot=/p/page.png",
        "--window-size=1280,1600",
    ] {
        assert!(said.iter().any(|argument| argument == wanted), "{wanted}");
    }
    assert_eq!(said[said.len() - 2..], ["--", "--no-sandbox"]);
}

#[test]
fn root_and_machines_without_a_browser_are_told_so() {
    let empty = tempfile::tempdir().unwrap();
    let refused = Screenshots::new(guard(), &empty.path().into()).err().unwrap();
    let expected = if geteuid().is_root() { FaultKind::Guarded } else { FaultKind::NotInstalled };
    assert_eq!(refused.kind, expected);
    assert_eq!(installed(&empty.path().into()), None);
    pretender(empty.path(), "");
    assert_eq!(installed(&empty.path().into()), Some(empty.path().join("chromium")));
}

//! Screenshots (网页截图) by a Chromium that is installed, locked behind the guard's proxy.
//!
//! A picture for people: no check looks at it, and a page without one is as good.

mod proxy;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use rustix::process::{Pid, Signal, geteuid, kill_process_group};
use tokio::process::Command;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::guard::Guard;
use crate::domain::evidence::{Fault, FaultKind};
use crate::domain::file_format::FileFormat;
pub use proxy::Proxy;

/// Names under which it is installed.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Pixels: a desktop's width, and a page and a half.
const WINDOW: (u32, u32) = (1280, 1600);

const MOST_BYTES: u64 = 8 * 1024 * 1024;

/// With start and end of the browser.
const LONGEST: Duration = Duration::from_secs(45);

/// Takes screenshots.
#[derive(Clone)]
pub struct Screenshots {
    guard: Guard,
    browser: PathBuf,
    /// A browser takes what a hundred visits take: one at a time, whoever has a copy of this.
    turn: Arc<Semaphore>,
}

impl Screenshots {
    /// With the first browser of a search path (`PATH`). Refuses root, whose browser has no sandbox.
    pub fn new(guard: Guard, search_path: &OsString) -> Result<Screenshots, Fault> {
        if geteuid().is_root() {
            let why = "Chromium has no sandbox as root; run as another user for screenshots";
            return Err(Fault::new(FaultKind::Guarded, why));
        }
        let browser = installed(search_path).ok_or_else(|| {
            Fault::new(FaultKind::NotInstalled, "no Chromium in PATH; Debian: apt install chromium")
        })?;
        Ok(Screenshots { guard, browser, turn: Arc::new(Semaphore::new(1)) })
    }

    /// A page as a window of 1280 by 1600 pixels shows it, PNG of at most 8 MiB.
    pub async fn take(&self, url: &str) -> Result<Vec<u8>, Fault> {
        let failed = |error: std::io::Error| Fault::new(FaultKind::Failed, format!("screenshot: {error}"));
        // Held to the end; nobody closes it.
        let _turn = self.turn.acquire().await;
        let proxy = Proxy::start(self.guard.clone()).await?;
        let profile = tempfile::tempdir().map_err(failed)?;
        let picture = profile.path().join("page.png");
        let mut browser = Command::new(&self.browser)
            .args(arguments(profile.path(), &picture, &proxy.address().to_string(), url))
            .env_clear()
            .env("HOME", profile.path())
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .map_err(failed)?;
        let group = Group(browser.id());
        let ended = timeout(LONGEST, browser.wait()).await;
        drop(group);
        let Ok(status) = ended else {
            return Err(Fault::new(FaultKind::Timeout, format!("screenshot of {url}")));
        };
        let status = status.map_err(failed)?;
        if !status.success() {
            return Err(Fault::new(FaultKind::Failed, format!("screenshot of {url}: {status}")));
        }
        let read = spawn_blocking(move || read_picture(&picture)).await;
        read.map_err(|_| Fault::new(FaultKind::Failed, format!("screenshot of {url}: no picture")))?
    }
}

/// The browser's processes, which end with this, also when nobody waits any more.
struct Group(Option<u32>);

impl Drop for Group {
    fn drop(&mut self) {
        let leader = self.0.and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
        // Mostly it is gone by itself.
        let _ = leader.map(|leader| kill_process_group(leader, Signal::KILL));
    }
}

/// The first browser of a search path.
pub fn installed(search_path: &OsString) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = std::env::split_paths(search_path).collect();
    BROWSERS
        .iter()
        .find_map(|name| folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file()))
}

fn arguments(profile: &Path, picture: &Path, proxy: &str, url: &str) -> Vec<OsString> {
    let with = |flag: &str, path: &Path| {
        let mut argument = OsString::from(flag);
        argument.push(path);
        argument
    };
    let (width, height) = WINDOW;
    let mut arguments = vec![
        with("--user-data-dir=", profile),
        with("--screenshot=", picture),
        format!("--window-size={width},{height}").into(),
        format!("--proxy-server=http://{proxy}").into(),
    ];
    let flags = [
        "--headless=new",
        "--incognito",
        // Loopback, too, goes by the proxy, which refuses it; and no name is resolved but by the proxy.
        "--proxy-bypass-list=<-loopback>",
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
        "--disable-quic",
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--hide-scrollbars",
        "--mute-audio",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-extensions",
        "--disable-gpu",
        "--disable-sync",
        "--timeout=20000",
    ];
    arguments.extend(flags.map(OsString::from));
    // Behind the end of options, whatever it begins with.
    arguments.extend(["--".into(), url.into()]);
    arguments
}

fn read_picture(path: &Path) -> Result<Vec<u8>, Fault> {
    let failed = |error: std::io::Error| Fault::new(FaultKind::Failed, format!("no screenshot: {error}"));
    let size = std::fs::metadata(path).map_err(failed)?.len();
    if size > MOST_BYTES {
        return Err(Fault::new(FaultKind::TooLarge, format!("screenshot of {size} bytes")));
    }
    let picture = std::fs::read(path).map_err(failed)?;
    if FileFormat::of(&picture) != FileFormat::Png {
        return Err(Fault::new(FaultKind::Protocol, "the screenshot is no PNG"));
    }
    Ok(picture)
}

#[cfg(test)]
mod tests;

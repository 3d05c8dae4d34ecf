//! The picture process: whether it starts, decodes, and is confined.

use super::Line;
use crate::cli::demo_pack::PACK;
use crate::cli::review;
use crate::config::{ImageMode, Images};
use crate::domain::message::Message;
use crate::media::confine::Landlock;
use crate::media::trial::{Trial, trial};

pub fn examine(settings: &Images) -> Line {
    if settings.mode == ImageMode::Off {
        return Line::pass("pictures", Message::new("cli.doctor_pictures_off"));
    }
    let picture = PACK.get_dir("pictures").and_then(|pictures| pictures.files().next());
    let bytes = picture.map_or(&[][..], |file| file.contents());
    let tried = std::env::current_exe()
        .map_err(|error| Message::new("media.no_worker").with("detail", error))
        .and_then(|program| {
            trial(&program, &review::limits(settings), bytes).map_err(|fault| fault.message())
        });
    match tried {
        Ok(tried) => judged(&tried),
        Err(fault) => Line::fail("pictures", fault, "cli.doctor_pictures_advice"),
    }
}

fn judged(tried: &Trial) -> Line {
    let landlock = match tried.proof.confinement.landlock {
        Landlock::Full => "@cli.doctor_landlock_full",
        Landlock::Partial => "@cli.doctor_landlock_partial",
        Landlock::Absent => "@cli.doctor_landlock_absent",
    };
    let found = Message::new("cli.doctor_pictures")
        .with("width", tried.picture.width)
        .with("height", tried.picture.height)
        .with("memory", tried.proof.memory_bytes.unwrap_or_default() >> 20)
        .with("landlock", landlock);
    if !tried.proof.holds() {
        Line::fail("pictures", found, "cli.doctor_unconfined_advice")
    } else if tried.proof.confinement.landlock == Landlock::Absent {
        Line::warn("pictures", found, "cli.doctor_landlock_advice")
    } else {
        Line::pass("pictures", found)
    }
}

//! The evidence strip and the walk through the facts: what they need now.

use crate::app::model::Model;
use crate::app::pictures::Images;

/// To the next or previous fact that a document can prove; the document comes with it.
pub(super) fn walk(model: &mut Model, forward: bool) {
    if let Some(view) = model.open_case_mut() {
        view.move_fact(forward);
    }
    let goal = model.compared().map(|strip| strip.goal);
    if let (Some(view), Some(goal)) = (model.open_case_mut(), goal) {
        view.follow(goal);
    }
}

/// What the selected row is compared with; its document's corners, where they would tell more; the place that is
/// followed in sight.
pub(super) fn ask(model: &mut Model) {
    model.strip = model.compared();
    if model.settings.images == Images::Off {
        return;
    }
    let Some((goal, found)) = model.strip.as_ref().map(|strip| (strip.goal, strip.found.clone())) else {
        return;
    };
    match found {
        Some(found) if model.open_case().is_some_and(|view| view.following() == Some(goal)) => {
            let rendering = model.rendering(goal);
            let target = model.pixels(model.picture_area(), rendering);
            if let Some(view) = model.open_case_mut() {
                view.frame_followed(&found, rendering, target);
            }
        }
        Some(_) => {}
        None => {
            if let Some(sha256) = model.wanted_corners(goal) {
                model.corners.ask(&sha256, 0);
            }
        }
    }
}

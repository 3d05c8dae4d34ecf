//! Which two pictures a comparison wants on the screen, and where.

use super::Comparison;
use crate::app::case_view::CaseView;
use crate::app::layout::{self, Area};
use crate::app::model::Model;
use crate::domain::view::PictureKey;
use crate::domain::viewport::Size;

impl Model {
    /// Two pictures stand over the whole screen.
    pub fn comparing(&self) -> bool {
        self.comparison().is_some()
    }

    pub fn comparison(&self) -> Option<&Comparison> {
        self.open_case().and_then(CaseView::comparison)
    }

    /// The zones of the two.
    pub fn compared_areas(&self) -> Option<[Area; 2]> {
        let zone = layout::viewer(self.size, false).picture;
        self.comparison().map(|comparison| comparison.how.areas(zone))
    }

    /// The zones of the two in pixels of the terminal.
    pub fn compared_targets(&self) -> Option<[Size; 2]> {
        let (comparison, areas) = self.comparison().zip(self.compared_areas())?;
        Some([0, 1].map(|half| self.pixels(areas[half], comparison.view(half).rendering)))
    }

    /// The two, the one from the viewport first.
    pub fn compared_pictures(&self) -> Option<[PictureKey; 2]> {
        let (comparison, targets) = self.comparison().zip(self.compared_targets())?;
        let halves = comparison.halves();
        Some([0, 1].map(|half| PictureKey {
            sha256: halves[half].sha256.clone(),
            view: comparison.view(half),
            target: targets[half],
        }))
    }
}

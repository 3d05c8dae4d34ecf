//! Where faces from the front are. Whose they are nobody computes here.

use std::io;

use image::GrayImage;
use rustface::{Detector, ImageData, create_detector_with_model, read_model};

use crate::domain::evidence::Region;

/// The SeetaFace model for faces from the front (`assets/NOTICE`).
const MODEL: &[u8] = include_bytes!("../../../assets/models/seeta_fd_frontal_v1.0.bin");

/// The smallest face that is looked for, as a part of the longer side: the head on a passport's page is larger, a
/// passer-by in the background of a photo smaller.
const SMALLEST_PART: u32 = 20;

/// What the detector takes at least.
const SMALLEST_FACE: u32 = 20;

/// The detector's own measure of certainty from which on a find counts; its authors name 0.95, 2.8 and 4.5 as usual.
/// Of the demo's 79 photos and portraits a drawn face is found in 64 at 2.0, and in 72 at 0.95, where two seals are faces
/// as well.
const CERTAINTY: f64 = 2.0;

/// More faces than that are no more telling.
const MOST_FACES: usize = 16;

/// The detector, made when the first picture needs it.
#[derive(Default)]
pub struct FaceFinder {
    detector: Option<Box<dyn Detector>>,
}

impl FaceFinder {
    /// Faces of a picture whose longer side is some 1,000 pixels at most, the largest first.
    pub(super) fn find(&mut self, grey: &GrayImage) -> io::Result<Vec<Region>> {
        let (width, height) = grey.dimensions();
        if width.min(height) < SMALLEST_FACE {
            return Ok(Vec::new());
        }
        let detector = self.detector()?;
        detector.set_min_face_size((width.max(height) / SMALLEST_PART).max(SMALLEST_FACE));
        let mut faces: Vec<Region> = detector
            .detect(&ImageData::new(grey.as_raw(), width, height))
            .iter()
            .filter_map(|face| inside(face.bbox(), width, height))
            .collect();
        faces.sort_by_key(|face| std::cmp::Reverse(u64::from(face.width) * u64::from(face.height)));
        faces.truncate(MOST_FACES);
        Ok(faces)
    }

    fn detector(&mut self) -> io::Result<&mut Box<dyn Detector>> {
        let detector = match self.detector.take() {
            Some(detector) => detector,
            None => {
                let mut detector = create_detector_with_model(read_model(MODEL)?);
                detector.set_score_thresh(CERTAINTY);
                detector.set_pyramid_scale_factor(0.8);
                detector.set_slide_window_step(4, 4);
                detector
            }
        };
        Ok(self.detector.insert(detector))
    }
}

/// What of a found rectangle lies in the picture.
fn inside(found: &rustface::Rectangle, width: u32, height: u32) -> Option<Region> {
    let span = |start: i32, length: u32, limit: u32| {
        let end = i64::from(start) + i64::from(length);
        let (start, end) = (i64::from(start).clamp(0, i64::from(limit)), end.clamp(0, i64::from(limit)));
        (end > start).then_some((start as u32, (end - start) as u32))
    };
    let (x, width) = span(found.x(), found.width(), width)?;
    let (y, height) = span(found.y(), found.height(), height)?;
    Some(Region { x, y, width, height })
}

//! From the picture to the document pulled straight: the projection that its four corners give.
//!
//! Arithmetic on points; the worker does the same to pixels. After P. Heckbert, "Fundamentals of Texture Mapping and
//! Image Warping" (1989), section 2.2.3.

use crate::domain::evidence::Region;
use crate::domain::view::Quad;
use crate::domain::viewport::Size;

/// A projection of the plane, as the nine numbers of its matrix.
#[derive(Debug, Clone, Copy)]
pub struct Projection([f64; 9]);

impl Projection {
    /// From the document pulled straight, whose sides are 1 long, to the picture; none where three corners lie on one
    /// line.
    pub fn onto(quad: Quad) -> Option<Self> {
        let [(x0, y0), (x1, y1), (x2, y2), (x3, y3)] =
            quad.0.map(|corner| (f64::from(corner.x), f64::from(corner.y)));
        let (sx, sy) = (x0 - x1 + x2 - x3, y0 - y1 + y2 - y3);
        let (dx1, dx2, dy1, dy2) = (x1 - x2, x3 - x2, y1 - y2, y3 - y2);
        let area = dx1 * dy2 - dx2 * dy1;
        if area.abs() < 1e-9 {
            return None;
        }
        let g = (sx * dy2 - dx2 * sy) / area;
        let h = (dx1 * sy - sx * dy1) / area;
        Some(Projection([
            x1 - x0 + g * x1,
            x3 - x0 + h * x3,
            x0,
            y1 - y0 + g * y1,
            y3 - y0 + h * y3,
            y0,
            g,
            h,
            1.0,
        ]))
    }

    /// From the picture to the document pulled straight, whose sides are 1 long.
    pub fn straightening(quad: Quad) -> Option<Self> {
        let [a, b, c, d, e, f, g, h, i] = Projection::onto(quad)?.0;
        let adjugate = [
            e * i - f * h,
            c * h - b * i,
            b * f - c * e,
            f * g - d * i,
            a * i - c * g,
            c * d - a * f,
            d * h - e * g,
            b * g - a * h,
            a * e - b * d,
        ];
        adjugate.iter().all(|number| number.is_finite()).then_some(Projection(adjugate))
    }

    pub fn of(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let [a, b, c, d, e, f, g, h, i] = self.0;
        let depth = g * x + h * y + i;
        ((a * x + b * y + c) / depth, (d * x + e * y + f) / depth)
    }

    /// The rectangle of a flat document of this size in which a region of the picture comes to lie; none where it lies
    /// outside the document.
    pub fn region(&self, region: Region, flat: Size) -> Option<Region> {
        let (left, top) = (f64::from(region.x), f64::from(region.y));
        let (right, bottom) = (left + f64::from(region.width), top + f64::from(region.height));
        let corners =
            [(left, top), (right, top), (right, bottom), (left, bottom)].map(|corner| self.of(corner));
        let span = |of: fn(&(f64, f64)) -> f64, all: u32| {
            let ends = corners
                .iter()
                .map(of)
                .fold((f64::MAX, f64::MIN), |(least, most), at| (least.min(at), most.max(at)));
            let [start, end] =
                [ends.0, ends.1].map(|end| (end.clamp(0.0, 1.0) * f64::from(all)).round() as u32);
            (end > start).then(|| (start, end - start))
        };
        let (x, width) = span(|corner| corner.0, flat.width)?;
        let (y, height) = span(|corner| corner.1, flat.height)?;
        Some(Region { x, y, width, height })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::view::Point;

    fn quad(corners: [(u32, u32); 4]) -> Quad {
        Quad(corners.map(|(x, y)| Point { x, y }))
    }

    #[test]
    fn corners_become_corners_and_a_turned_document_is_turned_back() {
        let upright = quad([(100, 50), (500, 50), (500, 250), (100, 250)]);
        let region = Region { x: 200, y: 100, width: 100, height: 50 };
        let flat = Projection::straightening(upright).unwrap().region(region, Size::new(400, 200));
        assert_eq!(flat, Some(Region { x: 100, y: 50, width: 100, height: 50 }));
        // The document's head is at the right: its upper left corner is the photo's upper right one.
        let turned = quad([(500, 50), (500, 450), (100, 450), (100, 50)]);
        let flat = Projection::straightening(turned)
            .unwrap()
            .region(Region { x: 450, y: 50, width: 50, height: 100 }, Size::new(400, 400));
        assert_eq!(flat, Some(Region { x: 0, y: 0, width: 100, height: 50 }));
    }

    #[test]
    fn in_perspective_the_middle_is_where_the_diagonals_meet() {
        let leaning = quad([(100, 100), (300, 100), (400, 400), (0, 400)]);
        // The diagonals meet at (200, 200).
        let projection = Projection::straightening(leaning).unwrap();
        let (x, y) = projection.of((200.0, 200.0));
        assert!((x - 0.5).abs() < 1e-6 && (y - 0.5).abs() < 1e-6, "{x} {y}");
    }

    #[test]
    fn corners_on_one_line_are_no_document() {
        let line = quad([(0, 0), (100, 0), (200, 0), (300, 0)]);
        assert!(Projection::straightening(line).is_none());
    }
}

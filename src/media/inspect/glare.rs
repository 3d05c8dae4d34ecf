//! Glare: the largest burnt-out patch that a lamp or the sun left on a document.
//!
//! White alone is no glare: a scan's paper is as white, and so is the ground of a portrait. A burnt-out patch differs in
//! three ways, and must do so in all of them.
//! 1. It is clipped, and most of the picture is not: where a third is white, white is the paper.
//! 2. Nothing stands in it. Paper that is white has its print: holes in the patch.
//! 3. It fades. Just outside a patch of glare the picture is still nearly white and darkens on the way; what is printed
//!    or cut ends at once.
//!
//! Works on the coarse picture, where a stroke of print is a grey pixel and no white one.

use std::collections::VecDeque;

use image::RgbImage;

use crate::domain::evidence::Region;

/// From this value of its darkest channel on a pixel is burnt out.
const CLIPPED: u8 = 248;

/// Where more than this of the picture is clipped, white is its paper.
const PAPER_PERMILLE: usize = 330;

/// The least patch, in thousandths of the picture: the width of a thumb on an identity card.
const LEAST_PERMILLE: usize = 5;

/// Holes in the patch, in hundredths of the patch, up to which nothing is printed there.
const HOLES_PERCENT: usize = 2;

/// How far outside the patch its nearest and its farther surroundings lie, in pixels of the coarse picture.
const NEAR: u32 = 2;
const FAR: u32 = 24;

/// How much darker than burnt out the farther surroundings are at least, and the nearest at most. The ground of the
/// demo's cards is 35 darker than the white of their portraits.
const LEAST_FALL_FAR: u32 = 20;
const MOST_FALL_NEAR: u32 = 24;

/// The patch of glare, if there is one.
pub(super) fn patch(coarse: &RgbImage) -> Option<Region> {
    let (width, height) = coarse.dimensions();
    let total = width as usize * height as usize;
    let mut clipped: Vec<bool> =
        coarse.pixels().map(|pixel| pixel.0.iter().all(|value| *value >= CLIPPED)).collect();
    let white = clipped.iter().filter(|clipped| **clipped).count();
    if white * 1_000 < LEAST_PERMILLE * total || white * 1_000 > PAPER_PERMILLE * total {
        return None;
    }
    let grid = Grid { width, height };
    let patches = (0..total).map(|start| grid.flood(start, |place| std::mem::take(&mut clipped[place])));
    let glare = patches.filter(|patch| {
        patch.len() * 1_000 >= LEAST_PERMILLE * total
            && grid.holes(patch) * 100 <= HOLES_PERCENT * patch.len()
            && grid.fades(patch, coarse)
    });
    glare.max_by_key(Vec::len).map(|patch| grid.bounds(&patch))
}

/// Places of a picture, row by row.
struct Grid {
    width: u32,
    height: u32,
}

impl Grid {
    fn neighbours(&self, place: usize) -> impl Iterator<Item = usize> {
        let width = self.width as usize;
        let column = place % width;
        let last = width * self.height as usize;
        [
            (column > 0).then(|| place - 1),
            (column + 1 < width).then(|| place + 1),
            place.checked_sub(width),
            Some(place + width).filter(|below| *below < last),
        ]
        .into_iter()
        .flatten()
    }

    /// All places that hang together with the first. `take` says whether a place belongs, and at most once.
    fn flood(&self, start: usize, mut take: impl FnMut(usize) -> bool) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        if take(start) {
            found.push(start);
        }
        let mut next = 0;
        while let Some(place) = found.get(next).copied() {
            next += 1;
            found.extend(self.neighbours(place).filter(|place| take(*place)));
        }
        found
    }

    fn bounds(&self, places: &[usize]) -> Region {
        let mut region = (u32::MAX, u32::MAX, 0, 0);
        for place in places {
            let (x, y) = ((place % self.width as usize) as u32, (place / self.width as usize) as u32);
            region = (region.0.min(x), region.1.min(y), region.2.max(x), region.3.max(y));
        }
        let (left, top, right, bottom) = region;
        Region { x: left, y: top, width: right + 1 - left, height: bottom + 1 - top }
    }

    /// How many places the patch encloses.
    fn holes(&self, patch: &[usize]) -> usize {
        let total = self.width as usize * self.height as usize;
        let mut open = vec![true; total];
        patch.iter().for_each(|place| open[*place] = false);
        // What the edge of the picture leads to is outside.
        let (width, height) = (self.width as usize, self.height as usize);
        let edge = (0..width).flat_map(|x| [x, (height - 1) * width + x]);
        let edge = edge.chain((0..height).flat_map(|y| [y * width, y * width + width - 1]));
        for start in edge {
            self.flood(start, |place| std::mem::take(&mut open[place]));
        }
        open.iter().filter(|open| **open).count()
    }

    /// Whether the picture darkens on the way out of the patch, and not at once.
    fn fades(&self, patch: &[usize], coarse: &RgbImage) -> bool {
        let mut far_off = vec![None; self.width as usize * self.height as usize];
        patch.iter().for_each(|place| far_off[*place] = Some(0));
        let mut waiting: VecDeque<usize> = patch.iter().copied().collect();
        let (mut near, mut far) = (Mean::default(), Mean::default());
        while let Some(place) = waiting.pop_front() {
            let steps = far_off[place].unwrap_or(0);
            if steps == NEAR || steps == FAR {
                let [red, green, blue] = coarse.as_raw()[place * 3..place * 3 + 3] else { continue };
                let fall = u32::from(u8::MAX - red.min(green).min(blue));
                (if steps == NEAR { &mut near } else { &mut far }).add(fall);
            }
            if steps < FAR {
                for next in self.neighbours(place) {
                    if far_off[next].is_none() {
                        far_off[next] = Some(steps + 1);
                        waiting.push_back(next);
                    }
                }
            }
        }
        far.value() >= LEAST_FALL_FAR && near.value() <= MOST_FALL_NEAR.min(far.value() / 2)
    }
}

#[derive(Default)]
struct Mean {
    sum: u32,
    count: u32,
}

impl Mean {
    fn add(&mut self, value: u32) {
        self.sum += value;
        self.count += 1;
    }

    fn value(&self) -> u32 {
        self.sum / self.count.max(1)
    }
}

#[cfg(test)]
mod tests {
    use image::Rgb;

    use super::*;

    /// A document with lines of print on a ground, lit by a lamp whose spot has a clipped core and fades over `falloff`.
    fn lit(ground: u8, (x, y): (f64, f64), core: f64, falloff: f64) -> RgbImage {
        RgbImage::from_fn(250, 160, |column, row| {
            let print = row % 10 < 2 && column % 7 < 5;
            let own = if print { ground / 2 } else { ground };
            let off = (f64::from(column) - x).hypot((f64::from(row) - y) * 1.4);
            let light = (1.0 - (off - core).max(0.0) / falloff.max(0.1)).clamp(0.0, 1.0);
            let value = f64::from(own) + (255.0 - f64::from(own)) * light;
            Rgb([value as u8; 3])
        })
    }

    #[test]
    fn a_spot_of_light_is_glare_and_tells_where_it_is() {
        for ground in [110, 170, 215] {
            let region = patch(&lit(ground, (90.0, 70.0), 16.0, 24.0)).unwrap();
            let inside = region.x <= 90 && region.x + region.width >= 90 && region.y <= 70;
            assert!(inside && (25..60).contains(&region.width) && region.height < 50, "{ground}: {region:?}");
        }
        let in_the_corner = patch(&lit(170, (0.0, 0.0), 30.0, 24.0)).unwrap();
        assert_eq!((in_the_corner.x, in_the_corner.y), (0, 0));
    }

    #[test]
    fn white_that_is_printed_or_is_the_paper_is_no_glare() {
        let white_paper = lit(255, (0.0, 0.0), 0.0, 1.0);
        let nothing = lit(180, (90.0, 70.0), -200.0, 1.0);
        let too_small = lit(170, (90.0, 70.0), 3.0, 20.0);
        let cut_out = lit(170, (90.0, 70.0), 30.0, 0.0);
        let cut_out_of_light = lit(218, (90.0, 70.0), 30.0, 0.0);
        let bright_ground = lit(240, (90.0, 70.0), 20.0, 24.0);
        let sheet_on_a_table = RgbImage::from_fn(250, 160, |x, y| {
            let on_sheet = (100..170).contains(&x) && (30..130).contains(&y);
            Rgb(match (on_sheet, y % 10 < 2 && x % 7 < 5) {
                (false, _) => [90, 80, 70],
                (true, true) => [60; 3],
                (true, false) => [254; 3],
            })
        });
        for (what, picture) in [
            ("a white scan", white_paper),
            ("an even ground", nothing),
            ("a reflex", too_small),
            ("a white field with an edge, as a portrait's", cut_out),
            ("the same on a light ground", cut_out_of_light),
            ("light on what is nearly white", bright_ground),
            ("a white sheet on a table", sheet_on_a_table),
            ("nothing", RgbImage::new(0, 0)),
            ("a point", RgbImage::new(1, 1)),
        ] {
            assert_eq!(patch(&picture), None, "{what}");
        }
    }
}

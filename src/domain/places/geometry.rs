//! Where runs of words and regions lie to one another.

use super::labels::Found;
use super::runs::Run;
use crate::domain::evidence::Region;
use crate::domain::viewport::Size;

/// How far a value may stand off its label, in heights of the line.
const OFF: u32 = 14;

/// The runs to the right of a region in its row, from left to right, none of them farther off than that; those in which
/// nothing but marks was read are none.
pub(super) fn in_row(region: Region, runs: &[Run]) -> Vec<&Run> {
    let near = |run: &&Run| stands_beside(region, run.region) && !run.characters.is_empty();
    let mut row: Vec<&Run> = runs.iter().filter(near).collect();
    row.sort_by_key(|run| run.region.x);
    row
}

/// The runs of which a run stands to the right in one row.
pub(super) fn in_row_before<'r>(run: &Run, runs: &'r [Run]) -> Vec<&'r Run> {
    runs.iter().filter(|before| stands_beside(before.region, run.region)).take(FEW).collect()
}

/// More stand in no row.
const FEW: usize = 16;

fn stands_beside(left: Region, right: Region) -> bool {
    let end = left.x.saturating_add(left.width);
    let height = left.height.max(1);
    let middle = |region: Region| i64::from(region.y) + i64::from(region.height / 2);
    let in_row = (middle(right) - middle(left)).unsigned_abs() <= u64::from(height) * 4 / 5;
    in_row && right.x >= end && right.x - end <= height.saturating_mul(OFF)
}

/// Whether a value may stand to the right of a label although the page is askew: a hand's photo leans by a few degrees.
pub(super) fn beside_askew(label: &Found<'_>, value: Region) -> bool {
    let end = label.region.x.saturating_add(label.region.width);
    let middle = |region: Region| f64::from(region.y) + f64::from(region.height) / 2.0;
    let (across, height) = (f64::from(value.x) - f64::from(end), f64::from(label.region.height.max(1)));
    let down = (middle(value) - middle(label.region)).abs();
    across >= 0.0 && across <= height * f64::from(OFF) && down <= height * 0.8 + across * 0.12
}

pub(super) fn middle_within(inner: Region, outer: Region) -> bool {
    let (x, y) = (inner.x.saturating_add(inner.width / 2), inner.y.saturating_add(inner.height / 2));
    x >= outer.x && y >= outer.y && x - outer.x < outer.width && y - outer.y < outer.height
}

/// The part of a region that lies on a picture; at least a pixel of it.
pub(super) fn within(region: Region, picture: Size) -> Region {
    let span = |start: u32, length: u32, all: u32| {
        let all = all.max(1);
        let start = start.min(all - 1);
        (start, length.clamp(1, all - start))
    };
    let (x, width) = span(region.x, region.width, picture.width);
    let (y, height) = span(region.y, region.height, picture.height);
    Region { x, y, width, height }
}

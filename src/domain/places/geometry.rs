//! Where runs of words and regions lie to one another.

use super::labels::Found;
use super::runs::Run;
use crate::domain::evidence::{Region, Word};
use crate::domain::viewport::Size;

/// The nearest run to the right of a label in its row.
pub(super) fn right_of<'r, 'w>(label: &Found<'r, 'w>, runs: &'r [Run<'w>]) -> Option<&'r Run<'w>> {
    let end = label.region.x.saturating_add(label.region.width);
    let height = label.region.height.max(1);
    let middle = |region: Region| i64::from(region.y) + i64::from(region.height / 2);
    let in_row = |run: &&Run<'_>| {
        let near = (middle(run.region) - middle(label.region)).unsigned_abs() <= u64::from(height) * 4 / 5;
        near && run.region.x >= end && run.region.x - end <= height.saturating_mul(14)
    };
    runs.iter().filter(in_row).min_by_key(|run| run.region.x)
}

/// How far a value is from its label: rows count more than columns, because it stands beside or below.
pub(super) fn away(label: Region, value: Region) -> u64 {
    let down = label.y.abs_diff(value.y);
    let across = value.x.abs_diff(label.x.saturating_add(label.width));
    u64::from(down) * 4 + u64::from(across)
}

pub(super) fn mean_confidence(words: &[&Word]) -> f64 {
    let sum: u32 = words.iter().map(|word| u32::from(word.confidence.min(100))).sum();
    f64::from(sum) / (words.len().max(1) as f64)
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

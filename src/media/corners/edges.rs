//! Where colours change sharply in a small picture, and in which direction.

use image::RgbImage;

/// Least change of a channel between neighbours for an edge, in values.
const LEAST_CHANGE: f32 = 5.0;

/// A place on an edge, to a fraction of a pixel.
#[derive(Debug, Clone, Copy)]
pub(super) struct EdgePoint {
    pub x: f32,
    pub y: f32,
    /// Of the change, in radians from 0 to pi: across the edge.
    pub across: f32,
}

/// The change at each pixel: that of the channel that changes most.
struct Changes {
    width: usize,
    /// In x and y, in values for one pixel.
    by: Vec<(f32, f32)>,
}

/// The ridges of change, thinned to a line (non-maximum suppression; Canny, "A Computational Approach to Edge
/// Detection", 1986). What is weak stays: a long weak edge is a line, and the sum over lines tells it from noise.
pub(super) fn edge_points(picture: &RgbImage) -> Vec<EdgePoint> {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    if width < 5 || height < 5 {
        return Vec::new();
    }
    let changes = Changes::of(picture);
    let mut points = Vec::new();
    for y in 2..height - 2 {
        for x in 2..width - 2 {
            let (dx, dy) = changes.by[y * width + x];
            let strength = dx.hypot(dy);
            if strength < LEAST_CHANGE {
                continue;
            }
            let (step_x, step_y) = (dx / strength, dy / strength);
            let ahead = changes.strength(x as f32 + step_x, y as f32 + step_y);
            let behind = changes.strength(x as f32 - step_x, y as f32 - step_y);
            if strength < ahead || strength <= behind {
                continue;
            }
            // The top of the parabola through the three.
            let offset = (ahead - behind) / (2.0 * (2.0 * strength - ahead - behind)).max(f32::EPSILON);
            points.push(EdgePoint {
                x: x as f32 + offset * step_x,
                y: y as f32 + offset * step_y,
                across: dy.atan2(dx).rem_euclid(std::f32::consts::PI),
            });
        }
    }
    points
}

impl Changes {
    /// By Sobel's operator, which smooths along the edge.
    fn of(picture: &RgbImage) -> Changes {
        let width = picture.width() as usize;
        let values = picture.as_raw();
        let mut by = vec![(0.0, 0.0); values.len() / 3];
        for y in 1..picture.height() as usize - 1 {
            for x in 1..width - 1 {
                let mut most = (0, 0);
                for channel in 0..3 {
                    let value = |x: usize, y: usize| i32::from(values[(y * width + x) * 3 + channel]);
                    let dx = value(x + 1, y - 1) + 2 * value(x + 1, y) + value(x + 1, y + 1)
                        - value(x - 1, y - 1)
                        - 2 * value(x - 1, y)
                        - value(x - 1, y + 1);
                    let dy = value(x - 1, y + 1) + 2 * value(x, y + 1) + value(x + 1, y + 1)
                        - value(x - 1, y - 1)
                        - 2 * value(x, y - 1)
                        - value(x + 1, y - 1);
                    if dx * dx + dy * dy > most.0 * most.0 + most.1 * most.1 {
                        most = (dx, dy);
                    }
                }
                // Weights of 4 on each side, two pixels apart.
                by[y * width + x] = (most.0 as f32 / 8.0, most.1 as f32 / 8.0);
            }
        }
        Changes { width, by }
    }

    /// Between the four nearest pixels; the place lies a pixel or more inside the picture.
    fn strength(&self, x: f32, y: f32) -> f32 {
        let (left, top) = (x as usize, y as usize);
        let (to_right, to_below) = (x - left as f32, y - top as f32);
        let at = |x: usize, y: usize| {
            let (dx, dy) = self.by[y * self.width + x];
            dx.hypot(dy)
        };
        let mix = |one: f32, other: f32, share: f32| one + (other - one) * share;
        mix(
            mix(at(left, top), at(left + 1, top), to_right),
            mix(at(left, top + 1), at(left + 1, top + 1), to_right),
            to_below,
        )
    }
}

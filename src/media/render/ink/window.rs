//! Sums over a square around each pixel, which slide along, so that the square's size costs nothing (as the sums over
//! rectangles of Bradley and Roth, "Adaptive Thresholding Using the Integral Image", 2007, at the memory of one row).

use std::ops::{AddAssign, SubAssign};

/// Calls `look` with the sum over the square around each pixel, row by row. The square is cut off at the edges.
///
/// `pixels` are rows of `width`, which is not 0; `radius` is half the square's side.
pub(super) fn slide<T, S>(pixels: &[T], width: usize, radius: usize, mut look: impl FnMut(&T, &S))
where
    S: Default + Clone + AddAssign<S> + SubAssign<S>,
    for<'a> S: From<&'a T>,
{
    let rows: Vec<&[T]> = pixels.chunks_exact(width).collect();
    let mut columns = vec![S::default(); width];
    let add = |columns: &mut [S], row: &[T]| {
        columns.iter_mut().zip(row).for_each(|(column, pixel)| *column += S::from(pixel));
    };
    rows.iter().take(radius).for_each(|row| add(&mut columns, row));
    for (y, row) in rows.iter().enumerate() {
        if let Some(below) = rows.get(y + radius) {
            add(&mut columns, below);
        }
        if let Some(above) = y.checked_sub(radius + 1).map(|above| rows[above]) {
            columns.iter_mut().zip(above).for_each(|(column, pixel)| *column -= S::from(pixel));
        }
        let mut sum = S::default();
        columns.iter().take(radius).for_each(|column| sum += column.clone());
        for (x, pixel) in row.iter().enumerate() {
            if let Some(right) = columns.get(x + radius) {
                sum += right.clone();
            }
            if let Some(left) = x.checked_sub(radius + 1).map(|left| &columns[left]) {
                sum -= left.clone();
            }
            look(pixel, &sum);
        }
    }
}

/// Sums over the values of a window, to the third power.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Moments {
    count: u64,
    sum: u64,
    squares: u64,
    cubes: u64,
}

impl From<&u8> for Moments {
    fn from(value: &u8) -> Self {
        let value = u64::from(*value);
        Moments { count: 1, sum: value, squares: value * value, cubes: value * value * value }
    }
}

impl AddAssign for Moments {
    fn add_assign(&mut self, other: Self) {
        self.count += other.count;
        self.sum += other.sum;
        self.squares += other.squares;
        self.cubes += other.cubes;
    }
}

impl SubAssign for Moments {
    fn sub_assign(&mut self, other: Self) {
        self.count -= other.count;
        self.sum -= other.sum;
        self.squares -= other.squares;
        self.cubes -= other.cubes;
    }
}

impl Moments {
    /// The lower and the higher value of a surface of only two values that has the same mean, spread and skewness
    /// (Tsai, "Moment-preserving thresholding: a new approach", 1985).
    pub(super) fn two_values(&self) -> (f64, f64) {
        let (mean, spread, skewness) = self.shape();
        let half = skewness.mul_add(skewness, 4.0).sqrt();
        (mean + spread * (skewness - half) / 2.0, mean + spread * (skewness + half) / 2.0)
    }

    /// Whether fewer values lie far above the mean than far below it.
    pub(super) fn high_values_are_rarer(&self) -> bool {
        self.shape().2 > 0.0
    }

    /// Mean, standard deviation and skewness.
    fn shape(&self) -> (f64, f64, f64) {
        let count = (self.count as f64).max(1.0);
        let mean = self.sum as f64 / count;
        let squares = self.squares as f64 / count;
        let variance = squares - mean * mean;
        // Of whole numbers: less than this is rounding.
        if variance < 1e-6 {
            return (mean, 0.0, 0.0);
        }
        let third = self.cubes as f64 / count - 3.0 * mean * squares + 2.0 * mean * mean * mean;
        (mean, variance.sqrt(), third / (variance * variance.sqrt()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn two_values_are_found_whatever_their_shares() {
        for (low, high, of_low, of_high) in
            [(10, 200, 500, 500), (10, 200, 990, 10), (0, 255, 1, 999), (90, 110, 30, 70), (7, 7, 5, 5)]
        {
            let values = [vec![low; of_low], vec![high; of_high]].concat();
            let mut sum = Moments::default();
            values.iter().for_each(|value: &u8| sum += Moments::from(value));
            let (found_low, found_high) = sum.two_values();
            let near = |found: f64, value: u8| (found - f64::from(value)).abs() < 0.01;
            assert!(near(found_low, low) && near(found_high, high), "{low} {high}: {found_low} {found_high}");
        }
    }

    proptest! {
        #[test]
        fn a_sliding_sum_is_the_sum(
            width in 1usize..12, height in 1usize..12, radius in 0usize..14, values in prop::collection::vec(0u8.., 144),
        ) {
            let pixels = &values[..width * height];
            let mut found = Vec::new();
            slide(pixels, width, radius, |_, sum: &Moments| found.push(sum.clone()));
            let mut expected = Vec::new();
            for at in 0..pixels.len() {
                let (x, y) = (at % width, at / width);
                let mut sum = Moments::default();
                for (other, value) in pixels.iter().enumerate() {
                    if x.abs_diff(other % width) <= radius && y.abs_diff(other / width) <= radius {
                        sum += Moments::from(value);
                    }
                }
                expected.push(sum);
            }
            prop_assert_eq!(found, expected);
        }
    }
}

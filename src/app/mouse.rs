//! The mouse: what was pointed at, and what that does. A click looks and opens; it never decides.
//!
//! Whoever draws says what stands where ([`Spots`]), so that a click means what is seen.

use super::command::Command;
use super::layout::Area;

/// What can be pointed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// The queue rail beside the desk.
    Rail,
    /// A filing in the rail, by its place in the window.
    Filing(usize),
    /// The list of facts.
    Case,
    /// A row of the case.
    Row(usize),
    Picture,
    /// An attachment by its place in the filing.
    Attachment(usize),
    /// A command in the footer.
    Command(Command),
    /// The panel over the desk.
    Panel,
    /// A line of the panel's list.
    Line(usize),
}

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Click,
    WheelUp,
    WheelDown,
}

/// The places of one drawn screen.
#[derive(Debug, Clone, Default)]
pub struct Spots {
    places: Vec<(Area, Spot)>,
}

impl Spots {
    /// Something stands in an area, over what stood there before.
    pub fn add(&mut self, area: Area, spot: Spot) {
        self.places.push((area, spot));
    }

    /// Nothing of what stood there can be reached any more: a panel lies over it.
    pub fn clear(&mut self) {
        self.places.clear();
    }

    /// What stands at a cell.
    pub fn at(&self, column: u16, row: u16) -> Option<Spot> {
        let inside = |area: &Area| {
            (area.x..area.x + area.width).contains(&column) && (area.y..area.y + area.height).contains(&row)
        };
        self.places.iter().rev().find(|(area, _)| inside(area)).map(|(_, spot)| *spot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_drawn_last_is_pointed_at() {
        let mut spots = Spots::default();
        spots.add(Area::new(0, 0, 10, 10), Spot::Case);
        spots.add(Area::new(0, 2, 10, 1), Spot::Row(7));
        for (column, row, spot) in
            [(0, 0, Some(Spot::Case)), (9, 2, Some(Spot::Row(7))), (10, 2, None), (0, 10, None)]
        {
            assert_eq!(spots.at(column, row), spot, "{column},{row}");
        }
        spots.clear();
        assert_eq!(spots.at(0, 0), None);
    }
}

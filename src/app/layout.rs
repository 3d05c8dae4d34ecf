//! Where the desk's zones lie on a screen of a given size: pure arithmetic, in cells.
//!
//! The machine needs it to know how large a picture is wanted; `ui` draws into the same zones.

/// A rectangle of cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Area {
    pub x: u16,
    pub y: u16,
    pub width: u16,
    pub height: u16,
}

impl Area {
    pub const fn new(x: u16, y: u16, width: u16, height: u16) -> Self {
        Area { x, y, width, height }
    }

    pub const fn is_empty(self) -> bool {
        self.width == 0 || self.height == 0
    }

    /// Cuts `height` rows off the top; the rest stays below.
    fn split_top(self, height: u16) -> (Area, Area) {
        let height = height.min(self.height);
        (Area { height, ..self }, Area { y: self.y + height, height: self.height - height, ..self })
    }

    fn split_bottom(self, height: u16) -> (Area, Area) {
        let height = height.min(self.height);
        (
            Area { height: self.height - height, ..self },
            Area { y: self.y + self.height - height, height, ..self },
        )
    }

    fn split_left(self, width: u16) -> (Area, Area) {
        let width = width.min(self.width);
        (Area { width, ..self }, Area { x: self.x + width, width: self.width - width, ..self })
    }
}

/// The smallest screen on which the desk works: 80x24, of which tmux takes a row for its status line.
pub const SMALLEST: (u16, u16) = (80, 23);

/// The zones of the desk. Between neighbours in a row lies one column for the border.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zones {
    pub status: Area,
    /// The queue rail; none on a narrow screen.
    pub rail: Option<Area>,
    pub case: Area,
    /// Name of the attachment, its place among the others, zoom.
    pub evidence_title: Area,
    pub picture: Area,
    /// The fields read off the document, beside or below the picture.
    pub transcript: Option<Area>,
    /// What the selected fact says: filed, found, expected.
    pub detail: Area,
    /// Proposed reasons.
    pub proposals: Area,
    /// Required evidence and what of it was not yet shown.
    pub required: Area,
    pub notice: Area,
    pub footer: Area,
}

/// Rows of the detail under the picture: five on the smallest screen, up to nine on tall ones.
const fn detail_rows(height: u16) -> u16 {
    let more = height.saturating_sub(24) / 4;
    if more < 4 { 5 + more } else { 9 }
}

/// A rail needs this much; below it the queue is a panel.
const RAIL_FROM: u16 = 110;

/// What the fields read off a document need.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fields {
    /// With their heading; 0: there are none.
    pub rows: u16,
    /// The document stands upright, so that there is room beside it; beside a lying one the picture would shrink.
    pub upright: bool,
}

/// The zones for a screen on which a document with these fields is shown.
pub fn zones(size: (u16, u16), fields: Fields) -> Zones {
    let screen = Area::new(0, 0, size.0, size.1);
    let (status, rest) = screen.split_top(1);
    // One row of border under the status bar, one above the last four rows.
    let (_, rest) = rest.split_top(1);
    let (rest, footer) = rest.split_bottom(1);
    let (rest, notice) = rest.split_bottom(1);
    let (rest, required) = rest.split_bottom(1);
    let (rest, proposals) = rest.split_bottom(1);
    let (middle, _) = rest.split_bottom(1);
    let (rail, middle) = if size.0 >= RAIL_FROM {
        let (rail, middle) = middle.split_left((size.0 / 5).clamp(29, 36));
        (Some(rail), middle.split_left(1).1)
    } else {
        (None, middle)
    };
    let (case, evidence) = middle.split_left((middle.width - 1) / 2);
    let (_, evidence) = evidence.split_left(1);
    let (evidence_title, below) = evidence.split_top(1);
    let (above, detail) = below.split_bottom(detail_rows(size.1));
    let (picture, transcript) = match fields.rows {
        0 => (above, None),
        _ if fields.upright && above.width >= 60 => {
            let (picture, beside) = above.split_left(above.width - 33);
            (picture, Some(beside.split_left(1).1))
        }
        rows => {
            let (picture, below) = above.split_bottom(rows.min(above.height / 3));
            (picture, Some(below))
        }
    };
    Zones {
        status,
        rail,
        case,
        evidence_title,
        picture,
        transcript,
        detail,
        proposals,
        required,
        notice,
        footer,
    }
}

/// A rail beside the paper form needs this much.
const FORM_RAIL_FROM: u16 = 160;

/// The zones while the paper form lies over the case: the form at the left, its scan in the whole right half.
pub fn form(size: (u16, u16)) -> Zones {
    let zones = zones(size, Fields::default());
    let rail = zones.rail.filter(|_| size.0 >= FORM_RAIL_FROM);
    let x = rail.map_or(0, |rail| rail.x + rail.width + 1);
    let middle = Area { x, width: size.0 - x, ..zones.case };
    let (case, rest) = middle.split_left(middle.width / 2);
    let (_, evidence) = rest.split_left(1);
    let (evidence_title, picture) = evidence.split_top(1);
    Zones { rail, case, evidence_title, picture, transcript: None, detail: Area::default(), ..zones }
}

/// The zones while one picture fills the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Viewer {
    pub title: Area,
    pub picture: Area,
    /// What was filed and what was read at the place in sight; empty unless there is one.
    pub words: Area,
    pub notice: Area,
    pub footer: Area,
}

/// The zones while one picture fills the screen, with `words` of the fact that it proves or without.
pub fn viewer(size: (u16, u16), words: bool) -> Viewer {
    let screen = Area::new(0, 0, size.0, size.1);
    let (title, rest) = screen.split_top(1);
    let (rest, footer) = rest.split_bottom(1);
    let (rest, notice) = rest.split_bottom(1);
    let (picture, words) = rest.split_bottom(if words { 2 } else { 0 });
    Viewer { title, picture, words, notice, footer }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_lie_on_the_screen_and_never_overlap() {
        for width in [80, 100, 109, 110, 120, 160, 200, 300] {
            for height in [23, 24, 30, 40, 48, 60] {
                for rows in [0, 6, 12] {
                    let zones = zones((width, height), Fields { rows, upright: rows % 4 == 0 });
                    let mut areas = vec![
                        zones.status,
                        zones.case,
                        zones.evidence_title,
                        zones.picture,
                        zones.detail,
                        zones.proposals,
                        zones.required,
                        zones.notice,
                        zones.footer,
                    ];
                    areas.extend(zones.rail);
                    areas.extend(zones.transcript);
                    for (at, area) in areas.iter().enumerate() {
                        assert!(!area.is_empty(), "{width}x{height} rows {rows}: {area:?} of {zones:?}");
                        assert!(area.x + area.width <= width && area.y + area.height <= height);
                        for other in &areas[at + 1..] {
                            let apart = area.x + area.width <= other.x
                                || other.x + other.width <= area.x
                                || area.y + area.height <= other.y
                                || other.y + other.height <= area.y;
                            assert!(apart, "{width}x{height} rows {rows}: {area:?} over {other:?}");
                        }
                    }
                }
            }
        }
    }
}

use proptest::prelude::*;

use super::*;

const PHONE: Frame = Frame { picture: Size::new(4000, 3000), target: Size::new(68, 52) };

fn rect(x: u32, y: u32, width: u32, height: u32) -> Rect {
    Rect { x, y, size: Size::new(width, height) }
}

#[test]
fn fit_shows_everything_and_keeps_the_aspect() {
    for (picture, target, shown) in [
        ((4000, 3000), (68, 52), (68, 51)),
        ((3000, 4000), (68, 52), (39, 52)),
        ((20, 10), (100, 100), (100, 50)),
        ((1, 1), (80, 48), (48, 48)),
        ((60000, 1), (80, 48), (80, 1)),
    ] {
        let frame = Frame::new(Size::new(picture.0, picture.1), Size::new(target.0, target.1));
        let whole = Viewport::default();
        assert_eq!(whole.source_rect(frame), rect(0, 0, picture.0, picture.1));
        assert_eq!(whole.shown_size(frame), Size::new(shown.0, shown.1), "{picture:?} on {target:?}");
    }
}

#[test]
fn a_step_closer_fills_the_target_and_keeps_the_middle() {
    let closer = Viewport::default().zoom_in(PHONE).zoom_in(PHONE);
    assert_eq!(closer.shown_size(PHONE), Size::new(68, 52));
    assert_eq!(closer.source_rect(PHONE), rect(1111, 821, 1778, 1359));
}

#[test]
fn a_region_is_brought_near_and_seen_whole() {
    for region in
        [rect(100, 100, 200, 100), rect(3900, 2900, 90, 90), rect(0, 0, 4000, 3000), rect(5000, 0, 9, 9)]
    {
        let seen = Viewport::default().around(region, PHONE).source_rect(PHONE);
        let inside = region.x.min(4000) >= seen.x
            && (region.x + region.size.width).min(4000) <= seen.x + seen.size.width
            && region.y >= seen.y
            && region.y + region.size.height <= seen.y + seen.size.height;
        assert!(inside, "{region:?} in {seen:?}");
    }
    let near = Viewport::default().around(rect(100, 100, 200, 100), PHONE).source_rect(PHONE);
    assert!(near.size.width < 600, "{near:?}");
}

#[test]
fn zoom_stops_where_a_pixel_is_eight_wide() {
    let mut view = Viewport::default();
    for _ in 0..100 {
        view = view.zoom_in(PHONE);
    }
    assert_eq!(view.scale(PHONE), 1.0 / LARGEST_PIXEL);
    assert_eq!(view.zoom_in(PHONE), view);
    assert_ne!(view.zoom_out().scale(PHONE), view.scale(PHONE));
}

#[test]
fn panning_follows_the_screen_whatever_the_rotation() {
    let close = Viewport::default().zoom_in(PHONE).zoom_in(PHONE).zoom_in(PHONE);
    let start = close.source_rect(PHONE);
    let right = |view: Viewport| view.pan(0.2, 0.0, PHONE).source_rect(PHONE);
    assert!(right(close).x > start.x && right(close).y == start.y);
    // Turned clockwise, the upright picture's up points to the right of the screen.
    let turned = close.rotate_right();
    assert!(right(turned).y < turned.source_rect(PHONE).y);
    assert!(right(turned.rotate_right()).x < start.x);
    assert!(right(close.rotate_left()).y > close.rotate_left().source_rect(PHONE).y);
}

#[test]
fn a_pan_past_the_edge_is_not_owed_on_the_way_back() {
    let close = (0..4).fold(Viewport::default(), |view, _| view.zoom_in(PHONE));
    let edge = (0..50).fold(close, |view, _| view.pan(0.5, 0.0, PHONE));
    let shown = edge.source_rect(PHONE);
    assert_eq!(shown.x + shown.size.width, 4000);
    assert!(edge.pan(-0.1, 0.0, PHONE).source_rect(PHONE).x < shown.x);
}

#[derive(Debug, Clone, Copy)]
enum Move {
    In,
    Out,
    Pan(f64, f64),
    Left,
    Right,
    Fit,
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        4 => Just(Move::In),
        2 => Just(Move::Out),
        4 => (-3.0..3.0, -3.0..3.0).prop_map(|(x, y)| Move::Pan(x, y)),
        1 => Just(Move::Left),
        1 => Just(Move::Right),
        1 => Just(Move::Fit),
    ];
    prop::collection::vec(one, 0..40)
}

fn after(moves: &[Move], frame: Frame) -> Viewport {
    moves.iter().fold(Viewport::default(), |view, step| match *step {
        Move::In => view.zoom_in(frame),
        Move::Out => view.zoom_out(),
        Move::Pan(x, y) => view.pan(x, y, frame),
        Move::Left => view.rotate_left(),
        Move::Right => view.rotate_right(),
        Move::Fit => view.fit(),
    })
}

fn frames() -> impl Strategy<Value = Frame> {
    let side = prop_oneof![0u32..20, 20u32..70_000];
    let target = prop_oneof![0u32..5, 5u32..4096];
    (side.clone(), side, target.clone(), target)
        .prop_map(|(pw, ph, tw, th)| Frame::new(Size::new(pw, ph), Size::new(tw, th)))
}

proptest! {
    #[test]
    fn the_view_never_leaves_the_picture_nor_the_target(frame in frames(), moves in moves()) {
        let view = after(&moves, frame);
        let rect = view.source_rect(frame);
        prop_assert!(rect.size.width >= 1 && rect.x + rect.size.width <= frame.picture.width);
        prop_assert!(rect.size.height >= 1 && rect.y + rect.size.height <= frame.picture.height);
        let shown = view.shown_size(frame);
        prop_assert!(shown.width >= 1 && shown.width <= frame.target.width);
        prop_assert!(shown.height >= 1 && shown.height <= frame.target.height);
    }

    #[test]
    fn a_step_in_and_out_is_none_at_all(frame in frames(), moves in moves()) {
        let view = after(&moves, frame);
        let closer = view.zoom_in(frame);
        prop_assert!(closer == view || closer.zoom_out() == view);
    }

    #[test]
    fn four_quarter_turns_are_none(frame in frames(), moves in moves()) {
        let view = after(&moves, frame);
        prop_assert_eq!((0..4).fold(view, |view, _| view.rotate_right()), view);
        prop_assert_eq!(view.rotate_left().rotate_right(), view);
    }

    #[test]
    fn a_viewport_survives_its_journey_to_the_worker(frame in frames(), moves in moves()) {
        let view = after(&moves, frame);
        let text = serde_json::to_string(&view).unwrap();
        prop_assert_eq!(serde_json::from_str::<Viewport>(&text).unwrap(), view);
    }
}

#[test]
fn two_regions_are_brought_to_one_scale() {
    let small = Frame::new(Size::new(1000, 700), Size::new(68, 52));
    for (frame, region, scale) in [
        (PHONE, rect(1000, 800, 300, 300), 10.0),
        (small, rect(100, 100, 90, 90), 3.0),
        (small, rect(900, 600, 90, 90), 0.5),
    ] {
        let view = Viewport::default().at_scale(region, scale, frame);
        let found = view.scale(frame) / scale;
        assert!((0.97..1.03).contains(&found), "{found}");
        let seen = view.source_rect(frame);
        assert!(seen.x <= region.x + region.size.width / 2 && region.x < seen.x + seen.size.width);
    }
    let farther = Viewport::default().at_scale(rect(0, 0, 10, 10), 500.0, PHONE);
    assert!(farther.is_fit());
    let closest = Viewport::default().at_scale(rect(0, 0, 10, 10), 0.0, PHONE);
    assert!(closest.zoom_out().scale(PHONE) > closest.scale(PHONE));
}

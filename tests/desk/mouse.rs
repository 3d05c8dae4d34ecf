//! The mouse: what is pointed at comes, and nothing is ever decided by it.

use heyan::app::effect::Msg;
use heyan::app::mouse::Act;
use heyan::app::pictures::Images;
use heyan::app::screens::Panel;
use heyan::domain::message::Lang;
use unicode_width::UnicodeWidthStr;

use crate::harness::{Harness, demo_workspace};

impl Harness {
    /// The mouse is used at a cell, as the screen stands.
    fn point(&mut self, act: Act, column: u16, row: u16) -> &mut Self {
        self.rows();
        let (spot, clock) = (self.spots.at(column, row), self.clock());
        self.tell(Msg::Mouse(act, spot, clock));
        self.settle();
        self
    }

    /// Where a text stands first, from the bottom of the screen.
    fn place(&mut self, text: &str) -> (u16, u16) {
        let rows = self.rows();
        let found = rows.iter().enumerate().rev().find_map(|(row, line)| {
            let before = line.split_once(text)?.0;
            Some((before.width() as u16, row as u16))
        });
        found.unwrap_or_else(|| panic!("{text} is not on the screen:\n{}", rows.join("\n")))
    }

    fn click(&mut self, text: &str) -> &mut Self {
        let (column, row) = self.place(text);
        self.point(Act::Click, column, row)
    }

    fn wheel(&mut self, act: Act, text: &str) -> &mut Self {
        let (column, row) = self.place(text);
        self.point(act, column, row)
    }
}

#[test]
fn a_click_opens_what_it_points_at() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (160, 48));
    desk.click("D-1003");
    assert_eq!(desk.here(), "D-1003");
    assert_eq!(desk.case("D-1003").claimed_by.as_deref(), Some("林晓"));
    assert_eq!(desk.case("D-1001").claimed_by, None);
    desk.click("网站备注");
    let view = desk.model.open_case().unwrap();
    assert_eq!(view.selected_object().unwrap().to_string(), "site.remark");
    desk.click("必看").click(" 2");
    assert_eq!(desk.model.open_case().unwrap().attachment, Some(1));
}

#[test]
fn a_click_on_a_key_of_the_footer_looks_and_opens_and_never_decides() {
    let folder = demo_workspace();
    for size in [(80, 24), (160, 48)] {
        let mut desk = Harness::open(folder.path(), size);
        desk.look().click("a 通过");
        assert_eq!(desk.notice(), "点击不会作出决定: 请按 a");
        desk.click("f 不通过");
        assert!(matches!(desk.model.panel, Some(Panel::Reasons(_))));
        desk.click("Enter 确定");
        assert!(desk.model.panel.is_some());
        desk.click("Esc 返回").click("g 挂起").click("Enter 确定").click("Esc 返回");
        desk.click("z 转组长").text("请看").click("Enter 确定").click("Esc 返回");
        desk.click("e 放大");
        assert!(desk.model.full_screen);
        assert!(desk.decided().is_empty());
        desk.keys("Ctrl+C Ctrl+C");
    }
}

#[test]
fn a_click_beside_the_frame_of_a_panel_does_nothing() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (160, 48));
    let (column, row) = desk.place("D-1003");
    desk.keys("g").point(Act::Click, column, row);
    assert_eq!(desk.here(), "D-1001");
    assert!(matches!(desk.model.panel, Some(Panel::Hold(_))));
}

#[test]
fn a_click_on_a_line_chooses_it_and_enter_confirms() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    desk.keys("L").click("D-1004");
    assert_eq!(desk.here(), "D-1001", "only chosen");
    desk.click("Enter 确定");
    assert_eq!(desk.here(), "D-1004");
    desk.keys("Ctrl+G").click("F6").keys("Enter");
    assert!(matches!(desk.model.panel, Some(Panel::Hold(_))));
}

#[test]
fn the_wheel_scrolls_what_lies_under_it() {
    let folder = demo_workspace();
    let mut desk = Harness::open_as(folder.path(), (160, 24), "林晓", Images::HalfBlocks, Lang::Zh);
    desk.wheel(Act::WheelDown, "D-1003");
    assert_eq!(desk.here(), "D-1001", "scrolling the queue claims nothing");
    assert_eq!(desk.model.rail_focus, Some(3));
    let before = desk.model.open_case().unwrap().selected;
    desk.wheel(Act::WheelDown, "证件住所");
    assert_ne!(desk.model.open_case().unwrap().selected, before);
    let zoom = desk.model.open_case().unwrap().view().viewport;
    desk.point(Act::WheelUp, 120, 10);
    assert_ne!(desk.model.open_case().unwrap().view().viewport, zoom);
    desk.keys("J");
    assert_eq!(desk.model.rail_focus, None, "the queue follows the next filing again");
}

#[test]
fn the_mouse_is_switched_at_run_time() {
    let folder = demo_workspace();
    let mut desk = Harness::open(folder.path(), (80, 24));
    desk.keys("Ctrl+G").text("鼠标").keys("Enter");
    assert!(desk.model.mouse);
    assert!(desk.notice().contains("Shift"), "{}", desk.notice());
    desk.keys("Ctrl+G").text("mouse").keys("Enter");
    assert!(!desk.model.mouse);
}

//! Only what changed is drawn: the screen must nevertheless be, cell by cell, what a full redraw would show.

use super::home::Home;
use super::reviewer::ESCAPE;
use super::screen::Emulator;
use super::terminal::Terminal;

/// All that can be seen of a cell: its text, whether it is half of a wide one, and how it looks. A cell that was never
/// written looks like a space, and a space has no colour of its own.
fn look(cell: &vt100::Cell) -> (String, String) {
    let blank = [" ", ""].contains(&cell.contents()) && !cell.is_wide_continuation();
    let text = if blank { " " } else { cell.contents() };
    let visible = !blank || cell.inverse() || cell.underline();
    let colour = visible.then(|| (cell.fgcolor(), cell.bold(), cell.dim()));
    let style = (colour, cell.bgcolor(), cell.inverse(), cell.underline());
    (text.to_owned(), format!("{} {} {style:?}", cell.is_wide(), cell.is_wide_continuation()))
}

fn seen(screen: &Emulator) -> Vec<Vec<(String, String)>> {
    let screen = screen.screen();
    let (rows, columns) = screen.size();
    let row = |row| {
        let mut cells: Vec<_> =
            (0..columns.get()).map(|column| look(screen.cell(row, column).unwrap())).collect();
        // What a picture took on its way was measured when it came, with the screen around it: drawn anew, it takes more.
        while let Some(at) = cells.windows(3).position(|three| {
            let [number, space, unit] = three else { return false };
            number.0.parse::<u8>().is_ok() && [&*space.0, &*unit.0] == [" ", "K"]
        }) {
            let blank = cells[at + 1].clone();
            for cell in cells[..=at].iter_mut().rev().take_while(|cell| cell.0.parse::<u8>().is_ok()) {
                *cell = blank.clone();
            }
        }
        cells
    };
    (0..rows.get()).map(row).collect()
}

/// Compares the screen with itself drawn anew: a change of size clears it.
#[track_caller]
fn whole(desk: &mut Terminal, size: (u16, u16), after: &str) {
    // Another try when a minute ended in between: the clock and the time left are drawn anew, too.
    for _ in 0..3 {
        desk.settles();
        let (before, text) = desk.look(|screen| (seen(screen), screen.rows()));
        desk.resize((size.0 + 1, size.1));
        desk.settles();
        desk.resize(size);
        desk.settles();
        let (anew, new_text) = desk.look(|screen| (seen(screen), screen.rows()));
        if before == anew {
            return;
        }
        if text[0] == new_text[0] {
            let pairs = before.iter().flatten().zip(anew.iter().flatten()).enumerate();
            let columns = usize::from(size.0);
            let differing: Vec<String> = pairs
                .filter(|(_, (old, new))| old != new)
                .map(|(at, (old, new))| format!("{},{}: {old:?} is {new:?}", at / columns, at % columns))
                .take(20)
                .collect();
            panic!("after {after:?}: {differing:?}\n{}\n{}", text.join("\n"), new_text.join("\n"));
        }
    }
    panic!("a minute ended three times in a row");
}

fn walk(size: (u16, u16)) {
    let home = Home::with_demo();
    let mut desk = home.desk(size);
    desk.opens("D-1001");
    let walk: &[&str] = &[
        "j",
        "j",
        "j",
        "\t",
        "J",
        "l",
        "l",
        "+",
        "+",
        "H",
        "r",
        "0",
        "R",
        "?",
        "\x1b[6~",
        ESCAPE,
        "L",
        "\x1b[B",
        ESCAPE,
        "J",
        "J",
        "f",
        "法",
        "定",
        "\x7f",
        ESCAPE,
        ESCAPE,
        "J",
        "\t",
        "f",
        " ",
        "名称",
        ESCAPE,
        ESCAPE,
        "g",
        "\x1b[C",
        "2",
        ESCAPE,
        "z",
        "样例a例样",
        "\x1b[D",
        "\x1b[D",
        "\x7f",
        ESCAPE,
        "e",
        "+",
        "l",
        "]",
        "]",
        "j",
        ESCAPE,
        ":",
        "\x1b[B",
        ESCAPE,
        "u",
        ESCAPE,
        "\x14",
        "J",
        "\x14",
        "K",
        "o",
        "审核意见样例",
        "\r",
        "a",
        "\x03",
        "x",
        "1",
        "3",
        "2",
    ];
    for (step, key) in walk.iter().enumerate() {
        desk.send(key);
        // Every few keys, and each time a panel opens or closes.
        if step % 3 == 0 || [ESCAPE, "f", "g", "z", "?", "L", ":", "u", "e"].contains(key) {
            whole(&mut desk, size, &walk[..=step].join(" "));
        } else {
            desk.settles();
        }
    }
}

#[test]
fn nothing_is_torn_on_a_small_screen() {
    walk((80, 24));
}

#[test]
fn nothing_is_torn_on_a_wide_screen() {
    walk((121, 40));
}

//! What the numbers of permits look like (domain reference 10.7, seen on sites in use): a hint, for the lists are not
//! complete and older documents have other forms. Categories without a row have forms that no source gives.

use crate::domain::{codes, lexicon};

/// Key of the category, its numbers' shape and an example; `0` stands for one digit, `#` for some, `京` for any province.
const SHAPES: [(&str, &str, &str); 4] = [
    ("news", "00000000000", "10120170072"),
    ("culture", "京网文(0000)#-#号", "京网文〔2023〕1034-029号"),
    ("broadcasting", "0000000", "0110516"),
    ("religion", "京(0000)#", "京（2022）0000043"),
];

/// An example of what the category's numbers look like, where this one looks otherwise.
pub fn unlike(key: &str, number: &str) -> Option<&'static str> {
    let (_, shape, example) = SHAPES.iter().find(|(category, ..)| *category == key)?;
    let plain = lexicon::plain(number);
    (!matches(shape, &plain)).then_some(*example)
}

fn matches(shape: &str, number: &str) -> bool {
    let mut rest = number;
    for expected in shape.chars() {
        let Some(found) = rest.chars().next() else { return false };
        let length = match expected {
            '0' if found.is_ascii_digit() => 1,
            '#' => rest.bytes().take_while(u8::is_ascii_digit).count(),
            '京' if codes::provinces().iter().any(|province| province.letter == found) => found.len_utf8(),
            '(' if matches!(found, '(' | '[' | '〔' | '【') => found.len_utf8(),
            ')' if matches!(found, ')' | ']' | '〕' | '】') => found.len_utf8(),
            literal if literal == found => found.len_utf8(),
            _ => 0,
        };
        if length == 0 {
            return false;
        }
        rest = &rest[length..];
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_look_like_themselves_and_slips_do_not() {
        for (key, _, example) in SHAPES {
            assert_eq!(unlike(key, example), None, "{key}");
        }
        for (key, number, fits) in [
            ("culture", "粤网文[2024]0001-001号", true),
            ("culture", "粤网文(2024)1-1 号", true),
            ("culture", "粤网文2024-0001", false),
            ("culture", "彬网文〔2023〕1034-029号", false),
            ("culture", "京网文〔2023〕1034-029号附", false),
            ("news", "１０１２０１７００７２", true),
            ("news", "1012017007", false),
            ("broadcasting", "0110516", true),
            ("broadcasting", "011051", false),
            ("religion", "粤（2023）0000001", true),
            ("religion", "（2023）0000001", false),
            ("drugs_and_devices", "（京）网药械信息备字（2021）第00159号", true),
            ("drugs_and_devices", "旧式编号", true),
            ("publishing", "随便什么", true),
        ] {
            assert_eq!(unlike(key, number).is_none(), fits, "{key} {number}");
        }
    }
}

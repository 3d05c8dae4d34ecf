//! When and with what a picture was taken, as the camera or a program wrote it into the file (CIPA DC-008).

use std::io::Cursor;

use exif::{DateTime, In, Reader, Tag, Value};

/// Longest name of a program that is kept, in characters.
const LONGEST_NAME: usize = 100;

/// What a file says of itself. Broken EXIF says nothing: it is no fault of the picture.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Shot {
    /// `YYYY-MM-DD HH:MM:SS`, without a zone.
    pub taken_at: Option<String>,
    pub software: Option<String>,
}

pub(super) fn read(bytes: &[u8]) -> Shot {
    let read = Reader::new().continue_on_error(true).read_from_container(&mut Cursor::new(bytes));
    let Ok(exif) = read.or_else(|error| error.distill_partial_result(|_| ())) else {
        return Shot::default();
    };
    let text = |tag| match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(lines) => lines.first().filter(|line| !line.is_empty()).cloned(),
        _ => None,
    };
    let taken_at = text(Tag::DateTimeOriginal).and_then(|text| DateTime::from_ascii(&text).ok());
    let software = text(Tag::Software)
        .map(|text| String::from_utf8_lossy(&text).trim().chars().take(LONGEST_NAME).collect::<String>());
    Shot { taken_at: taken_at.map(|at| at.to_string()), software: software.filter(|name| !name.is_empty()) }
}

#[cfg(test)]
mod tests {
    use exif::Field;
    use exif::experimental::Writer;

    use super::*;

    /// A JPEG's first bytes with an EXIF segment of these fields; nothing to decode.
    fn file(fields: &[(Tag, &str)]) -> Vec<u8> {
        let fields: Vec<Field> = fields
            .iter()
            .map(|(tag, text)| Field {
                tag: *tag,
                ifd_num: In::PRIMARY,
                value: Value::Ascii(vec![text.as_bytes().to_vec()]),
            })
            .collect();
        let mut writer = Writer::new();
        fields.iter().for_each(|field| writer.push_field(field));
        let mut segment = Cursor::new(Vec::new());
        writer.write(&mut segment, false).unwrap();
        let segment = segment.into_inner();
        let mut file = b"\xff\xd8\xff\xe1".to_vec();
        file.extend_from_slice(&u16::try_from(segment.len() + 8).unwrap().to_be_bytes());
        file.extend_from_slice(b"Exif\0\0");
        file.extend_from_slice(&segment);
        file.extend_from_slice(b"\xff\xd9");
        file
    }

    #[test]
    fn the_time_and_the_program_are_read_where_they_are_whole() {
        let shot = |taken_at: Option<&str>, software: Option<&str>| Shot {
            taken_at: taken_at.map(str::to_owned),
            software: software.map(str::to_owned),
        };
        let whole =
            file(&[(Tag::DateTimeOriginal, "2025:12:08 10:24:31"), (Tag::Software, " 样例修图 2.0 ")]);
        assert_eq!(read(&whole), shot(Some("2025-12-08 10:24:31"), Some("样例修图 2.0")));
        assert_eq!(read(&file(&[(Tag::DateTimeOriginal, "    :  :     :  :  ")])), shot(None, None));
        assert_eq!(read(&file(&[(Tag::DateTimeOriginal, "gestern"), (Tag::Software, "")])), shot(None, None));
        let long = "样".repeat(300);
        let kept = read(&file(&[(Tag::Software, &long)])).software.unwrap();
        assert_eq!(kept.chars().count(), LONGEST_NAME);
        for end in 0..whole.len() {
            let _whatever_is_left = read(&whole[..end]);
        }
        assert_eq!(read(b"no picture"), Shot::default());
    }
}

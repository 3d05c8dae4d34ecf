//! Days as registries write them. Their times have no zone, or one that nobody keeps to, so that only the day is read.

use jiff::civil::Date;

/// The day at the beginning of a text; none where it is no day, or may be two.
pub fn day(written: &str) -> Option<Date> {
    let words: Vec<&str> =
        written.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    // `2027年1月2日`
    if let [one, ..] = words[..]
        && one.contains('年')
    {
        let mut numbers = one.split(['年', '月', '日']).map(number);
        return date(numbers.next()??, numbers.next()??, numbers.next()??);
    }
    let words = match words[..] {
        // `Sat Jan 2 2027`: the day of the week says nothing more.
        [weekday, ref rest @ ..] if weekday.chars().all(char::is_alphabetic) && month(weekday).is_none() => {
            rest
        }
        ref all => all,
    };
    let dotted = written.trim_start().chars().find(|c| !c.is_ascii_digit()) == Some('.');
    match *words {
        [packed, ..] if leading(packed).len() == 8 => {
            date(number(&packed[..4])?, number(&packed[4..6])?, number(&packed[6..8])?)
        }
        [year, middle, day, ..] if year.len() == 4 && number(year).is_some() => {
            date(number(year)?, number(middle).or_else(|| month(middle))?, number(leading(day))?)
        }
        [day, name, year, ..] if month(name).is_some() => date(number(year)?, month(name)?, number(day)?),
        // `Jan 2 2027`, also with the time between day and year.
        [name, day, ref rest @ ..] if month(name).is_some() => {
            let year = rest.iter().find(|word| word.len() == 4 && number(word).is_some())?;
            date(number(year)?, month(name)?, number(leading(day))?)
        }
        [one, two, year, ..] => {
            let (one, two, year) = (number(one)?, number(two)?, number(leading(year))?);
            match (dotted, one, two) {
                (true, ..) => date(year, two, one),
                (_, one, two) if one > 12 || one == two => date(year, two, one),
                (_, one, two) if two > 12 => date(year, one, two),
                // Day and month may be either.
                _ => None,
            }
        }
        _ => None,
    }
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    let plausible = (1980..=2200).contains(&year);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().filter(|_| plausible)
}

/// The digits before anything else: `02` of `02T03`.
fn leading(word: &str) -> &str {
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    &word[..end]
}

fn number(word: &str) -> Option<i16> {
    word.bytes().all(|byte| byte.is_ascii_digit()).then(|| word.parse().ok())?
}

fn month(word: &str) -> Option<i16> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = word.get(..3)?.to_ascii_lowercase();
    let at = MONTHS.iter().position(|name| *name == start)?;
    i16::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_shape_is_the_same_day() {
        for written in [
            "2027-01-02 03:04:05",
            "2027-01-02T03:04:05Z",
            "2027-01-02T03:04:05.000+08:00",
            "2027-01-02",
            "2027-1-2",
            "2027/01/02",
            "2027.01.02 03:04",
            "20270102",
            "20270102 030405",
            "2027年1月2日",
            "2027年01月02日 03:04",
            "02-Jan-2027",
            "02-jan-2027 03:04:05 UTC",
            "2 January 2027",
            "January 2, 2027",
            "2027-Jan-02",
            "Sat Jan  2 03:04:05 UTC 2027",
            "Sat, 02 Jan 2027 03:04:05 GMT",
            "02.01.2027",
            "2.1.2027 03:04:05",
        ] {
            assert_eq!(day(written), Some(jiff::civil::date(2027, 1, 2)), "{written}");
        }
        assert_eq!(day("13/02/2027"), Some(jiff::civil::date(2027, 2, 13)));
        assert_eq!(day("02/13/2027"), Some(jiff::civil::date(2027, 2, 13)));
    }

    #[test]
    fn what_is_no_day_or_two_is_none() {
        for written in [
            "",
            "-",
            "never",
            "2027",
            "2027-13-01",
            "2027-02-30",
            "01/02/2027",
            "0000-00-00",
            "9999-12-31",
            "before aug-1996",
            "2027年",
            "２０２７-01-02",
        ] {
            assert_eq!(day(written), None, "{written}");
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_breaks_it(written in "\\PC{0,40}") {
            day(&written);
        }

        #[test]
        fn a_day_survives_being_written(year in 1980i16..2200, month in 1i8..=12, day_of in 1i8..=28) {
            let expected = jiff::civil::date(year, month, day_of);
            proptest::prop_assert_eq!(day(&format!("{expected} 00:00:00")), Some(expected));
        }
    }
}

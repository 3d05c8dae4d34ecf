//! Numbers with right check digits, written apart from the program's own checking of them.

use jiff::civil::Date;

/// 统一社会信用代码 (GB 32100-2015): authority and class, region, organisation code of `body` (8 characters), check.
pub fn unified_code(head: &str, region: &str, body: &str) -> String {
    const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let code = format!("{head}{region}{}", organisation_code(body));
    let value = |byte: u8| ALPHABET.iter().position(|c| *c == byte).unwrap_or_default();
    let (sum, _) =
        code.bytes().fold((0, 1), |(sum, weight), byte| (sum + value(byte) * weight, weight * 3 % 31));
    format!("{code}{}", char::from(ALPHABET[(31 - sum % 31) % 31]))
}

/// 组织机构代码 (GB 11714-1997) without hyphen.
fn organisation_code(body: &str) -> String {
    let weights = [3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 =
        body.chars().zip(weights).map(|(c, weight)| c.to_digit(36).unwrap_or_default() * weight).sum();
    let check = match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        digit => char::from_digit(digit, 10).unwrap_or_default(),
    };
    format!("{body}{check}")
}

/// 15-digit 工商注册号 (GS 15-2006): region and sequence (14 digits), check by ISO 7064 MOD 11,10.
pub fn registration_number(digits: &str) -> String {
    let product = digits.chars().fold(10, |product, c| {
        let sum = (product + c.to_digit(10).unwrap_or_default()) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    format!("{digits}{}", (11 - product) % 10)
}

/// 公民身份号码 (GB 11643-1999): region, birth, sequence of three digits, check by MOD 11-2.
pub fn resident_id(region: &str, birth: Date, sequence: u16) -> String {
    let digits = format!("{region}{}{sequence:03}", birth.strftime("%Y%m%d"));
    let (sum, _) = digits.chars().rev().fold((0, 2), |(sum, weight), c| {
        (sum + c.to_digit(10).unwrap_or_default() * weight, weight * 2 % 11)
    });
    let check = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][(sum % 11) as usize];
    format!("{digits}{check}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn published_numbers_come_out() {
        assert_eq!(unified_code("91", "440300", "71526726"), "9144030071526726XG");
        assert_eq!(unified_code("91", "110000", "80210043"), "91110000802100433B");
        assert_eq!(registration_number("44030110344866"), "440301103448669");
        assert_eq!(registration_number("11010800446663"), "110108004466637");
        assert_eq!(resident_id("110105", date(1949, 12, 31), 2), "11010519491231002X");
    }
}

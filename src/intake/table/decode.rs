//! The encoding of a text file: found by reading it once, whole, and decoded without ever replacing a byte.

use std::fmt;
use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::fault::TableFault;
use crate::domain::message::Message;

/// An encoding, and why it was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    pub encoding: &'static Encoding,
    pub why: Why,
}

/// What tells an encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    Mapping,
    Mark,
    /// Every byte is valid UTF-8.
    ValidUtf8,
    /// Zero bytes stand in every second place.
    ZeroBytes,
    /// What the bytes look like, and every byte is valid in it.
    Looks,
}

impl Why {
    pub fn message(self) -> Message {
        Message::new(match self {
            Why::Mapping => "intake.why_mapping",
            Why::Mark => "intake.why_mark",
            Why::ValidUtf8 => "intake.why_valid_utf8",
            Why::ZeroBytes => "intake.why_zero_bytes",
            Why::Looks => "intake.why_looks",
        })
    }
}

/// Finds the encoding of a file, which is read to its end.
pub(super) fn find(reader: &mut dyn Read, wanted: Option<&str>) -> Result<Found, TableFault> {
    if let Some(name) = wanted {
        let encoding = Encoding::for_label(name.as_bytes())
            .ok_or_else(|| TableFault::UnknownEncoding(name.to_owned()))?;
        // GB18030 reads every GBK file, and more.
        let encoding = if encoding == GBK { GB18030 } else { encoding };
        return Ok(Found { encoding, why: Why::Mapping });
    }
    let mut survey = Survey::default();
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let mut buffer = vec![0; 1 << 16];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => {
                if let Some(found) = survey.take(&buffer[..count]) {
                    return Ok(found);
                }
                detector.feed(&buffer[..count], false);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(TableFault::Unreadable(error.to_string())),
        }
    }
    detector.feed(&[], true);
    survey.finish(detector.guess(Some(b"cn"), Utf8Detection::Deny))
}

/// What was seen of a file so far.
#[derive(Default)]
struct Survey {
    bytes: u64,
    lines: u64,
    /// Characters of three bytes and more that are valid UTF-8: Chinese, if the file is UTF-8.
    long_characters: u64,
    /// Places that are no UTF-8, and the line and place of the first.
    faults: u64,
    first_fault: Option<(u64, u64)>,
    zeros: [u64; 2],
    /// The beginning of a character that the next chunk goes on with.
    rest: Vec<u8>,
    gb18030: Option<Decoder>,
    is_gb18030: bool,
    /// UTF-16 with the lesser byte first and second, as long as the bytes are that.
    wide: [Option<Decoder>; 2],
}

impl Survey {
    /// Looks at the next bytes; an answer when they settle it.
    fn take(&mut self, chunk: &[u8]) -> Option<Found> {
        if self.bytes == 0 {
            let mark = Encoding::for_bom(chunk).map(|(encoding, _)| Found { encoding, why: Why::Mark });
            // Whether the rest is UTF-8 is found while decoding.
            if mark.is_some() {
                return mark;
            }
            self.is_gb18030 = true;
            self.wide =
                [UTF_16LE, UTF_16BE].map(|encoding| Some(encoding.new_decoder_without_bom_handling()));
        }
        for (at, _) in chunk.iter().enumerate().filter(|(_, byte)| **byte == 0) {
            self.zeros[(self.bytes as usize + at) % 2] += 1;
        }
        let decoder = self.gb18030.get_or_insert_with(|| GB18030.new_decoder_without_bom_handling());
        self.is_gb18030 = self.is_gb18030 && decodes(decoder, chunk, false);
        for wide in &mut self.wide {
            if wide.as_mut().is_some_and(|decoder| !decodes(decoder, chunk, false)) {
                *wide = None;
            }
        }
        let start = self.bytes - self.rest.len() as u64;
        let mut bytes = std::mem::take(&mut self.rest);
        bytes.extend_from_slice(chunk);
        self.utf8(&bytes, start);
        self.bytes += chunk.len() as u64;
        None
    }

    fn utf8(&mut self, bytes: &[u8], start: u64) {
        let mut at = 0;
        while at < bytes.len() {
            let (valid, fault) = match std::str::from_utf8(&bytes[at..]) {
                Ok(text) => (text, None),
                Err(error) => {
                    let valid = &bytes[at..at + error.valid_up_to()];
                    (std::str::from_utf8(valid).unwrap_or_default(), Some(error.error_len()))
                }
            };
            self.lines += valid.bytes().filter(|byte| *byte == b'\n').count() as u64;
            self.long_characters += valid.chars().filter(|c| c.len_utf8() > 2).count() as u64;
            at += valid.len();
            match fault {
                None => {}
                Some(None) => {
                    self.rest = bytes[at..].to_vec();
                    return;
                }
                Some(Some(length)) => {
                    self.faults += 1;
                    self.first_fault.get_or_insert((self.lines + 1, start + at as u64 + 1));
                    at += length;
                }
            }
        }
    }

    fn finish(mut self, guess: &'static Encoding) -> Result<Found, TableFault> {
        if !self.rest.is_empty() {
            self.faults += 1;
            let place = (self.lines + 1, self.bytes - self.rest.len() as u64 + 1);
            self.first_fault.get_or_insert(place);
        }
        let [even, odd] = self.zeros;
        // A text with separators and digits has far more; a stray zero byte is no encoding.
        let many = |these: u64, others: u64| these >= others * 10 && these * 100 >= self.bytes;
        match (even, odd) {
            (0, 0) => {}
            // An ASCII character of UTF-16 has its zero byte second when the lesser byte comes first. 一 (4E00) and
            // the wide blank (3000) have theirs at the other place.
            _ if many(odd, even) => return self.wide(0),
            _ if many(even, odd) => return self.wide(1),
            _ => return Err(self.refusal("?")),
        }
        if self.faults == 0 {
            return Ok(Found { encoding: UTF_8, why: Why::ValidUtf8 });
        }
        let ends = self.gb18030.as_mut().is_some_and(|decoder| decodes(decoder, &[], true));
        // Chinese in UTF-8 with a damaged place decodes as GB18030 often enough, as nonsense.
        if self.long_characters > self.faults {
            return Err(self.refusal("UTF-8"));
        }
        if self.is_gb18030 && ends && (guess == GBK || guess == GB18030) {
            return Ok(Found { encoding: GB18030, why: Why::Looks });
        }
        Err(self.refusal(guess.name()))
    }

    /// UTF-16, the lesser byte first or second, if the whole file is.
    fn wide(&mut self, which: usize) -> Result<Found, TableFault> {
        let encoding = [UTF_16LE, UTF_16BE][which];
        let good = self.wide[which].as_mut().is_some_and(|decoder| decodes(decoder, &[], true));
        if good { Ok(Found { encoding, why: Why::ZeroBytes }) } else { Err(self.refusal(encoding.name())) }
    }

    fn refusal(&self, guess: &str) -> TableFault {
        let (line, byte) = self.first_fault.unwrap_or((1, 1));
        TableFault::Encoding { line, byte, guess: guess.to_owned() }
    }
}

fn decodes(decoder: &mut Decoder, mut bytes: &[u8], last: bool) -> bool {
    let mut out = [0; 1 << 12];
    loop {
        let (result, read, _) = decoder.decode_to_utf8_without_replacement(bytes, &mut out, last);
        bytes = &bytes[read..];
        match result {
            DecoderResult::InputEmpty => return true,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => return false,
        }
    }
}

/// A byte that the encoding does not have; travels inside an [`io::Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BadByte {
    /// From 1.
    pub line: u64,
    pub encoding: &'static Encoding,
}

impl fmt::Display for BadByte {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} is not {}", self.line, self.encoding.name())
    }
}

impl std::error::Error for BadByte {}

/// The text of a file as UTF-8, without its byte-order mark.
pub(super) struct Decoding<R> {
    inner: R,
    decoder: Decoder,
    encoding: &'static Encoding,
    /// Bytes that were read and not decoded: `input[from..]`.
    input: Vec<u8>,
    from: usize,
    /// Text that was decoded and not handed out.
    output: Vec<u8>,
    handed: usize,
    lines: u64,
    /// All bytes were read.
    ended: bool,
    /// All bytes were decoded: the decoder must not be asked again.
    done: bool,
}

impl<R: Read> Decoding<R> {
    pub fn new(inner: R, encoding: &'static Encoding) -> Self {
        Decoding {
            inner,
            decoder: encoding.new_decoder_with_bom_removal(),
            encoding,
            input: Vec::new(),
            from: 0,
            output: Vec::new(),
            handed: 0,
            lines: 0,
            ended: false,
            done: false,
        }
    }

    /// Decodes something into `output`, unless everything is decoded.
    fn fill(&mut self) -> io::Result<()> {
        self.output.resize(1 << 14, 0);
        self.handed = 0;
        loop {
            let input = &self.input[self.from..];
            let (result, read, written) =
                self.decoder.decode_to_utf8_without_replacement(input, &mut self.output, self.ended);
            self.from += read;
            self.lines += self.output[..written].iter().filter(|byte| **byte == b'\n').count() as u64;
            if let DecoderResult::Malformed(..) = result {
                let fault = BadByte { line: self.lines + 1, encoding: self.encoding };
                return Err(io::Error::other(fault));
            }
            self.done = self.ended && result == DecoderResult::InputEmpty;
            if written > 0 || self.done {
                self.output.truncate(written);
                return Ok(());
            }
            if result == DecoderResult::InputEmpty {
                self.input.resize(1 << 14, 0);
                self.from = 0;
                let count = self.inner.read(&mut self.input)?;
                self.input.truncate(count);
                self.ended = count == 0;
            }
        }
    }
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.handed == self.output.len() && !self.done {
            self.fill()?;
        }
        let count = buffer.len().min(self.output.len() - self.handed);
        buffer[..count].copy_from_slice(&self.output[self.handed..self.handed + count]);
        self.handed += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "单位名称,域名\r\n样例公司,样例.example\r\n深圳市样例科技有限公司,a.example\r\n";

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        text.encode_utf16().flat_map(bytes).collect()
    }

    fn gb(text: &str) -> Vec<u8> {
        GB18030.encode(text).0.into_owned()
    }

    fn read_all(bytes: &[u8], found: Found) -> io::Result<String> {
        let mut text = String::new();
        Decoding::new(bytes, found.encoding).read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn every_encoding_is_found_and_read() {
        let marked = |bytes: Vec<u8>, mark: &[u8]| [mark, &bytes].concat();
        let long = TEXT.repeat(5_000);
        let blanks = format!("{TEXT}第一\u{3000}公司,b.example\r\n");
        for (what, bytes, encoding, why) in [
            ("UTF-8", TEXT.into(), UTF_8, Why::ValidUtf8),
            ("UTF-8 with a mark", marked(TEXT.into(), b"\xef\xbb\xbf"), UTF_8, Why::Mark),
            ("UTF-16LE with a mark", marked(utf16(TEXT, false), b"\xff\xfe"), UTF_16LE, Why::Mark),
            ("UTF-16BE with a mark", marked(utf16(TEXT, true), b"\xfe\xff"), UTF_16BE, Why::Mark),
            ("UTF-16LE", utf16(TEXT, false), UTF_16LE, Why::ZeroBytes),
            ("UTF-16BE", utf16(TEXT, true), UTF_16BE, Why::ZeroBytes),
            ("UTF-16LE with 一", utf16(&blanks, false), UTF_16LE, Why::ZeroBytes),
            ("UTF-16BE with 一", utf16(&blanks, true), UTF_16BE, Why::ZeroBytes),
            ("GBK", gb(TEXT), GB18030, Why::Looks),
            ("GB18030 with four bytes", gb(&format!("{TEXT}𠮷样例\r\n")), GB18030, Why::Looks),
            ("long UTF-8", long.clone().into(), UTF_8, Why::ValidUtf8),
            ("long GBK", gb(&long), GB18030, Why::Looks),
        ] {
            let found = find(&mut bytes.as_slice(), None).unwrap();
            assert_eq!(found, Found { encoding, why }, "{what}");
            assert!(read_all(&bytes, found).unwrap().starts_with(TEXT), "{what}");
        }
        assert_eq!(find(&mut &gb("a")[..], Some("gbk")).unwrap().encoding, GB18030);
        assert!(find(&mut &b""[..], Some("klingon")).is_err());
        assert_eq!(read_all(b"", find(&mut &b""[..], None).unwrap()).unwrap(), "");
    }

    #[test]
    fn a_bad_byte_is_named_and_never_replaced() {
        let mut damaged = TEXT.as_bytes().to_vec();
        let at = TEXT.find("样例公司").unwrap();
        damaged[at] = 0xff;
        assert_eq!(
            find(&mut damaged.as_slice(), None),
            Err(TableFault::Encoding { line: 2, byte: at as u64 + 1, guess: "UTF-8".into() })
        );
        let mut big5 = TEXT.as_bytes().to_vec();
        big5.splice(
            ..0,
            encoding_rs::BIG5.encode("備案單位名稱與網站負責人資料繁體中文測試。").0.into_owned(),
        );
        assert!(matches!(find(&mut big5.as_slice(), None), Err(TableFault::Encoding { line: 1, .. })));
        let mut marked = b"\xef\xbb\xbfa\nb\n".to_vec();
        marked.push(0xff);
        let found = find(&mut marked.as_slice(), None).unwrap();
        let error = read_all(&marked, found).unwrap_err();
        let fault = error.get_ref().unwrap().downcast_ref::<BadByte>().unwrap();
        assert_eq!(*fault, BadByte { line: 3, encoding: UTF_8 });
        let odd = &utf16(TEXT, false)[..31];
        assert!(matches!(find(&mut &odd[..], None), Err(TableFault::Encoding { .. })));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_stumble(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
            if let Ok(found) = find(&mut bytes.as_slice(), None) {
                let _ = read_all(&bytes, found);
            }
        }
    }
}

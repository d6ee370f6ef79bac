//! Decodes a file block by block to UTF-8 with uniform line endings.
//!
//! UTF-8 and Windows-1252 look the same until the first non-ASCII character. If that isn't valid
//! UTF-8, the file is Windows-1252 from there on. If valid UTF-8 came earlier, the file is UTF-8
//! with an invalid sequence, which becomes U+FFFD.

use std::io::{self, Read};

use encoding_rs::{Decoder, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use zeroize::Zeroizing;

use crate::{Error, Unusable};

/// Block size of reads, in bytes.
pub const BLOCK: usize = 64 * 1024;
/// How many bytes are inspected to distinguish text from other data.
const SAMPLE: usize = 4096;
/// Capacity for a decoded block: up to three bytes for one.
const ROOM: usize = 3 * BLOCK + 16;

/// The file's character encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// ASCII only.
    Ascii,
    /// UTF-8.
    Utf8,
    /// UTF-16, little-endian.
    Utf16Le,
    /// UTF-16, big-endian.
    Utf16Be,
    /// Windows-1252, called ANSI by Western European Windows.
    Windows1252,
}

/// The decoded text, read like a [`std::io::BufRead`].
pub struct Text<R> {
    source: R,
    encoding: Encoding,
    /// `None` if the bytes are passed through unchanged.
    decoder: Option<Decoder>,
    /// Bytes read but not yet decoded.
    raw: Zeroizing<Vec<u8>>,
    ended: bool,
    block: Zeroizing<Vec<u8>>,
    consumed: usize,
    /// The last block ended with a CR, so an LF at the start of the next one belongs to it.
    after_cr: bool,
}

impl<R> std::fmt::Debug for Text<R> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Text")
            .field("encoding", &self.encoding)
            .finish_non_exhaustive()
    }
}

impl<R: Read> Text<R> {
    /// Reads the first block and checks that it is text.
    pub fn begin(source: R) -> Result<Self, Error> {
        let mut text = Self {
            source,
            encoding: Encoding::Ascii,
            decoder: None,
            raw: Zeroizing::new(Vec::with_capacity(BLOCK + 16)),
            ended: false,
            block: Zeroizing::new(Vec::with_capacity(BLOCK + 16)),
            consumed: 0,
            after_cr: false,
        };
        text.read_raw()?;
        if text.raw.is_empty() {
            return Err(Unusable::Empty.into());
        }
        text.begin_decoding()?;
        Ok(text)
    }

    /// Returns the encoding, as far as the file has been read.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Returns the unconsumed text; empty at the end of the file.
    pub fn fill(&mut self) -> io::Result<&[u8]> {
        while self.consumed >= self.block.len() && !(self.ended && self.raw.is_empty()) {
            self.next_block()?;
        }
        Ok(self.block.get(self.consumed..).unwrap_or_default())
    }

    /// Marks this many bytes of the text as consumed.
    pub fn consume(&mut self, count: usize) {
        self.consumed += count;
    }

    /// Returns the source.
    pub fn into_source(self) -> R {
        self.source
    }

    fn read_raw(&mut self) -> io::Result<()> {
        let mut at = self.raw.len();
        self.raw.resize(BLOCK, 0);
        while at < BLOCK && !self.ended {
            match self.source.read(&mut self.raw[at..]) {
                Ok(0) => self.ended = true,
                Ok(count) => at += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.raw.truncate(at);
        Ok(())
    }

    fn begin_decoding(&mut self) -> Result<(), Error> {
        let sample = &self.raw[..self.raw.len().min(SAMPLE)];
        let (encoding, mark) = match sample {
            [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => return Err(Unusable::Utf32.into()),
            [0xef, 0xbb, 0xbf, ..] => (Encoding::Utf8, 3),
            [0xff, 0xfe, ..] => (Encoding::Utf16Le, 2),
            [0xfe, 0xff, ..] => (Encoding::Utf16Be, 2),
            sample => (without_mark(sample)?, 0),
        };
        self.encoding = encoding;
        self.decoder = match encoding {
            Encoding::Utf16Le => Some(UTF_16LE.new_decoder_without_bom_handling()),
            Encoding::Utf16Be => Some(UTF_16BE.new_decoder_without_bom_handling()),
            Encoding::Ascii | Encoding::Utf8 | Encoding::Windows1252 => None,
        };
        self.raw.drain(..mark);
        if self.raw.is_empty() && self.ended {
            return Err(Unusable::Empty.into());
        }
        Ok(())
    }

    fn next_block(&mut self) -> io::Result<()> {
        if self.raw.len() < BLOCK {
            self.read_raw()?;
        }
        self.block.clear();
        self.consumed = 0;
        if self.decoder.is_none() {
            self.pass_on();
        }
        if self.block.is_empty() && self.decoder.is_some() {
            self.decode();
        }
        let (count, after_cr) = one_line_end(&mut self.block, self.after_cr);
        self.block.truncate(count);
        self.after_cr = after_cr;
        Ok(())
    }

    /// Passes valid UTF-8 through, and selects a decoder if something else starts.
    fn pass_on(&mut self) {
        let ascii = encoding_rs::Encoding::ascii_valid_up_to(&self.raw);
        let valid = if ascii == self.raw.len() {
            ascii
        } else {
            ascii + encoding_rs::Encoding::utf8_valid_up_to(&self.raw[ascii..])
        };
        let rest = self.raw.len() - valid;
        let cut_letter = rest > 0 && rest < 4 && !self.ended && begins_a_letter(&self.raw[valid..]);
        if valid > ascii {
            self.encoding = Encoding::Utf8;
        }
        if rest > 0 && !cut_letter {
            let decoder = if self.encoding == Encoding::Utf8 {
                UTF_8.new_decoder_without_bom_handling()
            } else {
                self.encoding = Encoding::Windows1252;
                WINDOWS_1252.new_decoder_without_bom_handling()
            };
            self.decoder = Some(decoder);
        }
        if rest == 0 {
            std::mem::swap(&mut self.raw, &mut self.block);
        } else {
            self.block.extend_from_slice(&self.raw[..valid]);
            self.raw.drain(..valid);
        }
    }

    fn decode(&mut self) {
        let Some(decoder) = &mut self.decoder else {
            return;
        };
        self.block.resize(ROOM, 0);
        let (_, read, written, _) = decoder.decode_to_utf8(&self.raw, &mut self.block, self.ended);
        self.block.truncate(written);
        self.raw.drain(..read);
    }
}

/// Distinguishes text from other data if there is no byte order mark.
fn without_mark(sample: &[u8]) -> Result<Encoding, Error> {
    const KNOWN: &[(&[u8], Unusable)] = &[
        (b"PK\x03\x04", Unusable::Workbook),
        (b"\xd0\xcf\x11\xe0", Unusable::Workbook),
        (b"%PDF", Unusable::Binary),
        (b"\x1f\x8b", Unusable::Binary),
    ];
    if let Some((_, what)) = KNOWN.iter().find(|(start, _)| sample.starts_with(start)) {
        return Err((*what).into());
    }
    if !sample.contains(&0) {
        let odd = |byte: &&u8| **byte < b' ' && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0c);
        let controls = sample.iter().filter(odd).count();
        return if controls * 20 > sample.len() {
            Err(Unusable::Binary.into())
        } else {
            Ok(Encoding::Ascii)
        };
    }
    // In UTF-16, every second byte of ASCII text is zero.
    let zeros = |first: usize| {
        let bytes = sample.iter().skip(first).step_by(2);
        bytes.filter(|byte| **byte == 0).count()
    };
    let (high_first, low_first) = (zeros(0), zeros(1));
    let pairs = sample.len() / 2;
    if low_first * 2 > pairs && high_first * 20 < pairs.max(20) {
        Ok(Encoding::Utf16Le)
    } else if high_first * 2 > pairs && low_first * 20 < pairs.max(20) {
        Ok(Encoding::Utf16Be)
    } else {
        Err(Unusable::Binary.into())
    }
}

/// Returns whether these bytes are an incomplete UTF-8 character.
fn begins_a_letter(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

/// Converts CR and CRLF to LF, in place. Returns the remaining length, and whether the block ended
/// with a CR.
fn one_line_end(block: &mut [u8], after_cr: bool) -> (usize, bool) {
    if block.is_empty() {
        return (0, after_cr);
    }
    if !after_cr && !block.contains(&b'\r') {
        return (block.len(), false);
    }
    let ends_with_cr = block.last() == Some(&b'\r');
    let mut read = usize::from(after_cr && block.first() == Some(&b'\n'));
    let mut written = 0;
    while read < block.len() {
        let line = block[read..].iter().position(|byte| *byte == b'\r');
        let end = line.map_or(block.len(), |line| read + line);
        if written != read {
            block.copy_within(read..end, written);
        }
        written += end - read;
        read = end;
        if end < block.len() {
            block[written] = b'\n';
            written += 1;
            read += 1;
            if block.get(read) == Some(&b'\n') {
                read += 1;
            }
        }
    }
    (written, ends_with_cr)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Yields a few bytes at a time.
    struct Drip<'a>(&'a [u8], usize);

    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(buffer.len()).min(self.0.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn whole(bytes: &[u8]) -> Result<(String, Encoding), Error> {
        let mut text = Text::begin(Drip(bytes, 7))?;
        let mut all = Vec::new();
        loop {
            let block = text.fill()?;
            if block.is_empty() {
                break;
            }
            let count = block.len().min(5);
            all.extend_from_slice(&block[..count]);
            text.consume(count);
        }
        Ok((String::from_utf8(all).unwrap(), text.encoding()))
    }

    fn utf16(text: &str, low_first: bool, mark: bool) -> Vec<u8> {
        let mark = mark.then_some(0xfeff);
        let units = mark.into_iter().chain(text.encode_utf16());
        let bytes = units.flat_map(|unit| {
            if low_first {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        });
        bytes.collect()
    }

    const TEXT: &str = "user;password\nanna;pä ß€\nzoë;x\n";

    #[test]
    fn every_encoding_comes_out_as_the_same_text() {
        let marked = [b"\xef\xbb\xbf", TEXT.as_bytes()].concat();
        let windows = WINDOWS_1252.encode(TEXT).0.into_owned();
        for (bytes, encoding) in [
            (TEXT.as_bytes().to_vec(), Encoding::Utf8),
            (marked, Encoding::Utf8),
            (utf16(TEXT, true, true), Encoding::Utf16Le),
            (utf16(TEXT, true, false), Encoding::Utf16Le),
            (utf16(TEXT, false, true), Encoding::Utf16Be),
            (utf16(TEXT, false, false), Encoding::Utf16Be),
            (windows, Encoding::Windows1252),
        ] {
            let (text, read_as) = whole(&bytes).unwrap();

            assert_eq!((text.as_str(), read_as), (TEXT, encoding));
        }
        assert_eq!(whole(b"user\nanna\n").unwrap().1, Encoding::Ascii);
    }

    #[test]
    fn a_letter_across_two_blocks_is_whole() {
        for spare in 0..4 {
            let text = format!("{}ä€😀", "a".repeat(BLOCK - spare));

            assert_eq!(whole(text.as_bytes()).unwrap().0, text, "{spare}");
        }
    }

    #[test]
    fn a_late_letter_of_windows_1252_is_read_as_such() {
        let mut bytes = b"a".repeat(3 * BLOCK);
        bytes.extend_from_slice(b"\xe4\n");

        let (text, encoding) = whole(&bytes).unwrap();

        assert!(text.ends_with("aä\n"));
        assert_eq!(encoding, Encoding::Windows1252);
    }

    #[test]
    fn a_broken_place_in_utf_8_is_marked_and_the_rest_stays() {
        let (text, encoding) = whole(b"\xc3\xa4 \xff \xc3\xa4 \xc3").unwrap();

        assert_eq!(text, "ä \u{fffd} ä \u{fffd}");
        assert_eq!(encoding, Encoding::Utf8);
    }

    #[test]
    fn every_line_end_becomes_one() {
        for text in ["a\nb\n\nc", "a\r\nb\r\n\r\nc", "a\rb\r\rc", "a\r\nb\n\rc"] {
            assert_eq!(whole(text.as_bytes()).unwrap().0, "a\nb\n\nc", "{text:?}");
        }
        let across = format!("{}\r\nb", "a".repeat(BLOCK - 1));
        assert!(whole(across.as_bytes()).unwrap().0.ends_with("a\nb"));
    }

    #[test]
    fn what_is_no_text_is_named() {
        let name = |bytes: &[u8]| match whole(bytes) {
            Err(Error::Unusable(what)) => what,
            other => panic!("{other:?}"),
        };
        let noise: Vec<u8> = (0..=255).cycle().take(9000).collect();

        assert_eq!(name(b""), Unusable::Empty);
        assert_eq!(name(b"\xef\xbb\xbf"), Unusable::Empty);
        assert_eq!(name(b"PK\x03\x04rest"), Unusable::Workbook);
        assert_eq!(name(b"\xd0\xcf\x11\xe0rest"), Unusable::Workbook);
        assert_eq!(name(b"\xff\xfe\0\0u\0\0\0"), Unusable::Utf32);
        assert_eq!(name(&noise), Unusable::Binary);
        assert_eq!(name(&[1, 2, 3, 4, 5, 6]), Unusable::Binary);
    }
}

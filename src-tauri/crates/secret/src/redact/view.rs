//! A text with its escapes resolved, and the position of each byte in the original.

use std::ops::Range;

use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{Engine as _, alphabet};

use super::escapes::Escapes;

/// Minimum length of a run that is decoded.
const SHORTEST_RUN: usize = 6;

/// Encoded text of at least this length may continue on the next line (RFC 2045 section 6.8).
const FULL_LINE: usize = 56;

/// Bytes, and the origin of each.
pub(super) struct View {
    pub(super) bytes: Vec<u8>,
    /// The origin of each byte; `None` if each is at its own position. Texts to be redacted are far
    /// smaller than 4 GiB, and 32-bit positions halve the memory.
    from: Option<Vec<Range<u32>>>,
}

impl View {
    /// Returns the text as is and, if it has escapes, with all of them resolved.
    pub(super) fn all(escapes: &Escapes<'_>) -> Vec<Self> {
        let plain = Self {
            bytes: escapes.text.to_vec(),
            from: None,
        };
        if escapes.is_empty() {
            return vec![plain];
        }
        let mut bytes = Vec::with_capacity(escapes.text.len());
        let mut from = Vec::with_capacity(escapes.text.len());
        let mut at = 0;
        while let Some(unit) = escapes.longest(at) {
            let mut buffer = [0; 4];
            for byte in unit.value.bytes(&mut buffer) {
                bytes.push(*byte);
                from.push(narrow(at)..narrow(unit.next));
            }
            at = unit.next;
        }
        let from = Some(from);
        vec![plain, Self { bytes, from }]
    }

    /// Returns the origin of a part of the view.
    pub(super) fn source(&self, part: Range<usize>) -> Range<usize> {
        let Some(from) = &self.from else {
            return part;
        };
        match from.get(part) {
            Some([first, .., last]) => first.start as usize..last.end as usize,
            Some([only]) => only.start as usize..only.end as usize,
            Some([]) | None => 0..0,
        }
    }

    /// Returns the runs of a kind of byte.
    pub(super) fn runs(&self, is: impl Fn(u8) -> bool) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for (at, byte) in self.bytes.iter().enumerate() {
            if !is(*byte) {
                continue;
            }
            match runs.last_mut() {
                Some(run) if run.end == at => run.end = at + 1,
                _ => runs.push(at..at + 1),
            }
        }
        runs
    }

    /// Returns everything that may be base64 or hexadecimal for at least that many bytes: its
    /// origin, and the decoded bytes. Runs are also decoded from their middle.
    pub(super) fn encoded(&self, shortest: usize) -> Vec<(Range<usize>, Vec<u8>)> {
        // Encoded text is never shorter than its content.
        let least = SHORTEST_RUN.max(shortest);
        let mut all = Vec::new();
        for run in self.joined_lines() {
            let letters: Vec<u8> = (self.bytes[run.clone()].iter().copied())
                .filter(|byte| is_base64(*byte))
                .collect();
            if letters.len() < least {
                continue;
            }
            let source = self.source(run.clone());
            for offset in 0..4 {
                all.push((source.clone(), base64(&letters[offset..])));
            }
        }
        for run in self.runs(|byte| byte.is_ascii_hexdigit()) {
            if run.len() < least {
                continue;
            }
            let source = self.source(run.clone());
            for offset in 0..2 {
                let digits = &self.bytes[run.start + offset..run.end];
                let digits = &digits[..digits.len() / 2 * 2];
                all.push((source.clone(), hex::decode(digits).unwrap_or_default()));
            }
        }
        all.extend(self.spaced_digits(shortest));
        all
    }

    /// Returns what may be hexadecimal digits in pairs: `68:75:6e`, `68 75 6e`, `0x68, 0x75`,
    /// across any number of lines.
    fn spaced_digits(&self, shortest: usize) -> Vec<(Range<usize>, Vec<u8>)> {
        let mut all = Vec::new();
        let pairs = self.runs(|byte| byte.is_ascii_hexdigit() || byte == b'x' || byte == b'X');
        let mut decoded: Vec<u8> = Vec::new();
        let mut whole: Option<Range<usize>> = None;
        // A sentinel past the end, which terminates the last run.
        let behind = std::iter::once(usize::MAX..usize::MAX);
        for pair in pairs.into_iter().chain(behind) {
            let goes_on = whole.as_ref().is_some_and(|whole| {
                let between = self.bytes.get(whole.end..pair.start);
                let separates = |byte: &u8| b":- ,;\t\r\n".contains(byte);
                between.is_some_and(|between| between.iter().all(separates))
            });
            if !goes_on {
                if let Some(whole) = whole.take()
                    && decoded.len() >= shortest.min(3)
                {
                    all.push((self.source(whole), std::mem::take(&mut decoded)));
                }
                decoded.clear();
            }
            let text = self.bytes.get(pair.clone()).unwrap_or_default();
            let prefixed = text.strip_prefix(b"0x").or(text.strip_prefix(b"0X"));
            let digits = prefixed.unwrap_or(text);
            if let (2, Ok(bytes)) = (digits.len(), hex::decode(digits)) {
                decoded.extend(bytes);
                let start = whole.map_or(pair.start, |whole| whole.start);
                whole = Some(start..pair.end);
            } else if let Some(whole) = whole.take() {
                all.push((self.source(whole), std::mem::take(&mut decoded)));
            }
        }
        all
    }

    /// Returns the runs of base64, joining a full line with the lines that continue it.
    fn joined_lines(&self) -> Vec<Range<usize>> {
        let mut joined: Vec<Range<usize>> = Vec::new();
        let mut line = 0;
        for run in self.runs(|byte| is_base64(byte) || byte == b'=') {
            let length = run.len();
            if let Some(last) = joined.last_mut()
                && line >= FULL_LINE
                && is_line_break(&self.bytes[last.end..run.start])
            {
                last.end = run.end;
            } else {
                joined.push(run);
            }
            line = length;
        }
        joined
    }
}

fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn is_line_break(between: &[u8]) -> bool {
    between.contains(&b'\n') && between.iter().all(u8::is_ascii_whitespace)
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte)
}

/// Decodes base64 whose last character may contain bits of a truncated byte.
const CUT_BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Decodes base64 in either alphabet, up to the last complete byte.
pub(super) fn base64(letters: &[u8]) -> Vec<u8> {
    let of_both = |letter: &u8| match letter {
        b'-' => b'+',
        b'_' => b'/',
        other => *other,
    };
    let mut letters: Vec<u8> = letters.iter().map(of_both).collect();
    // A single character is less than a byte.
    if letters.len() % 4 == 1 {
        letters.pop();
    }
    CUT_BASE64.decode(letters).unwrap_or_default()
}

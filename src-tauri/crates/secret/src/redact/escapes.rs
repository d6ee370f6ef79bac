//! Decodes the escapes in which a text may write a letter: percent-encoding (RFC 3986 section 2.1),
//! character references of XML and HTML, escapes of JSON and programming languages, and
//! quoted-printable (RFC 2045 section 6.7); also nested in one another.

use super::names;

/// Maximum nesting depth of escapes.
const DEEPEST: usize = 6;

/// Maximum number of ways to decode the text at one position.
const MOST_UNITS: usize = 12;

/// One way to decode the text at a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) value: Value,
    /// The position after it.
    pub(super) next: usize,
    /// Plain text often looks like such an escape, so it is accepted only if the rest of a secret
    /// follows.
    pub(super) loose: bool,
}

/// The decoded value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Byte(u8),
    /// A code point, or half of a surrogate pair.
    Code(u32),
}

impl Value {
    fn ascii(self) -> Option<u8> {
        match self {
            Self::Byte(byte) => Some(byte),
            Self::Code(code) => u8::try_from(code).ok(),
        }
        .filter(u8::is_ascii)
    }

    /// Encodes it as UTF-8, and returns the bytes written.
    pub(super) fn bytes(self, into: &mut [u8; 4]) -> &[u8] {
        match self {
            Self::Byte(byte) => {
                into[0] = byte;
                &into[..1]
            }
            Self::Code(code) => match char::from_u32(code) {
                Some(letter) => letter.encode_utf8(into).as_bytes(),
                None => &[],
            },
        }
    }
}

/// A text and all escapes in it.
pub(super) struct Escapes<'a> {
    pub(super) text: &'a [u8],
    /// The escapes with their start positions, sorted by position. Any position can also be read as
    /// the plain byte there.
    found: Vec<Found>,
}

/// An escape and its start. Texts to be redacted are far smaller than 4 GiB, and 32-bit positions
/// halve the memory.
#[derive(Clone, Copy)]
struct Found {
    at: u32,
    next: u32,
    value: Value,
    loose: bool,
}

impl Found {
    fn new(at: usize, unit: Unit) -> Option<Self> {
        Some(Self {
            at: u32::try_from(at).ok()?,
            next: u32::try_from(unit.next).ok()?,
            value: unit.value,
            loose: unit.loose,
        })
    }

    fn at(self) -> usize {
        self.at as usize
    }

    fn unit(self) -> Unit {
        Unit {
            value: self.value,
            next: self.next as usize,
            loose: self.loose,
        }
    }
}

impl<'a> Escapes<'a> {
    pub(super) fn read(text: &'a [u8]) -> Self {
        let mut escapes = Self {
            text,
            found: Vec::new(),
        };
        // What is found on one level becomes part of longer escapes on the next.
        for _ in 0..DEEPEST {
            let mut new: Vec<Found> = Vec::new();
            for at in (0..text.len()).filter(|at| begins_escape(text[*at])) {
                let known = escapes.escapes_from(at);
                let before = new.len();
                for unit in escapes.escapes_at(at) {
                    let mut same = known.iter().chain(&new[before..]);
                    if known.len() + new.len() - before < MOST_UNITS
                        && same.all(|known| known.unit() != unit)
                    {
                        new.extend(Found::new(at, unit));
                    }
                }
            }
            if new.is_empty() {
                break;
            }
            if escapes.found.is_empty() {
                escapes.found = new;
            } else {
                // Stable, so that what was found first stays first.
                escapes.found.append(&mut new);
                escapes.found.sort_by_key(|found| found.at);
            }
        }
        escapes
    }

    /// Returns whether there are no escapes.
    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Returns each position where an escape starts, once.
    pub(super) fn places(&self) -> impl Iterator<Item = usize> {
        self.found.iter().map(|found| found.at())
    }

    /// Returns all ways to decode the text at a position.
    pub(super) fn units(&self, at: usize) -> impl Iterator<Item = Unit> {
        let plain = self.text.get(at).map(|byte| Unit {
            value: Value::Byte(*byte),
            next: at + 1,
            loose: false,
        });
        let escapes = self.escapes_from(at).iter().map(|found| found.unit());
        plain.into_iter().chain(escapes)
    }

    /// Returns the known escapes that start at a position.
    fn escapes_from(&self, at: usize) -> &[Found] {
        if !self.text.get(at).copied().is_some_and(begins_escape) {
            return &[];
        }
        let first = self.found.partition_point(|found| found.at() < at);
        let from = &self.found[first..];
        &from[..from.partition_point(|found| found.at() == at)]
    }

    /// Returns the longest unambiguous escape at a position, or the byte there.
    pub(super) fn longest(&self, at: usize) -> Option<Unit> {
        let firm = self.units(at).filter(|unit| !unit.loose);
        firm.max_by_key(|unit| unit.next)
    }

    fn escapes_at(&self, at: usize) -> Vec<Unit> {
        let mut found = Vec::new();
        let firsts: Vec<Unit> = self.units(at).collect();
        for first in firsts {
            match first.value.ascii() {
                Some(b'%') => self.percent(first.next, &mut found),
                Some(b'=') => {
                    self.digits(first.next, 2, 16, &mut |code, next| {
                        found.push(unit(byte(code), next, true));
                    });
                }
                Some(b'&') => self.reference(first.next, &mut found),
                Some(b'\\') => self.backslash(first.next, &mut found),
                Some(b'+') => found.push(unit(Value::Byte(b' '), first.next, true)),
                _ => {}
            }
            self.pair(first, &mut found);
        }
        found
    }

    /// Combines two halves of a surrogate pair (RFC 8259 section 7).
    fn pair(&self, high: Unit, found: &mut Vec<Unit>) {
        let Value::Code(first @ 0xd800..0xdc00) = high.value else {
            return;
        };
        for low in self.units(high.next) {
            if let Value::Code(second @ 0xdc00..0xe000) = low.value {
                let code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                found.push(unit(Value::Code(code), low.next, false));
            }
        }
    }

    fn percent(&self, at: usize, found: &mut Vec<Unit>) {
        self.digits(at, 2, 16, &mut |code, next| {
            found.push(unit(byte(code), next, false));
        });
        self.letter(at, b'u', &mut |next| {
            self.digits(next, 4, 16, &mut |code, next| {
                found.push(unit(Value::Code(code), next, false));
            });
        });
    }

    fn backslash(&self, at: usize, found: &mut Vec<Unit>) {
        for second in self.units(at) {
            let plain = match second.value.ascii() {
                Some(b'n') => b'\n',
                Some(b'r') => b'\r',
                Some(b't') => b'\t',
                Some(b'b') => 8,
                Some(b'f') => 12,
                Some(letter @ (b'u' | b'U')) => {
                    let count = if letter == b'u' { 4 } else { 8 };
                    self.digits(second.next, count, 16, &mut |code, next| {
                        found.push(unit(Value::Code(code), next, false));
                    });
                    self.braced(second.next, found);
                    continue;
                }
                // A byte or a Latin-1 character, depending on the programming language.
                Some(b'x') => {
                    self.digits(second.next, 2, 16, &mut |code, next| {
                        found.push(unit(Value::Code(code), next, false));
                        found.push(unit(byte(code), next, false));
                    });
                    self.braced(second.next, found);
                    continue;
                }
                Some(b'0'..=b'7') => {
                    self.digits(at, 3, 8, &mut |code, next| {
                        found.push(unit(Value::Code(code), next, true));
                        found.push(unit(byte(code), next, true));
                    });
                    continue;
                }
                Some(letter) if letter.is_ascii_punctuation() || letter == b' ' => letter,
                _ => continue,
            };
            found.push(unit(Value::Byte(plain), second.next, false));
        }
    }

    /// Decodes `{1f600}`.
    fn braced(&self, at: usize, found: &mut Vec<Unit>) {
        self.letter(at, b'{', &mut |next| {
            for length in 1..=6 {
                self.digits(next, length, 16, &mut |code, next| {
                    self.letter(next, b'}', &mut |next| {
                        found.push(unit(Value::Code(code), next, false));
                    });
                });
            }
        });
    }

    /// Decodes a reference after its `&`. HTML tolerates a missing semicolon.
    fn reference(&self, at: usize, found: &mut Vec<Unit>) {
        let mut numbered = |at: usize, radix: u32| {
            let before = found.len();
            for length in (1..=8).rev() {
                self.digits(at, length, radix, &mut |code, next| {
                    let next = self.behind_semicolon(next);
                    found.push(unit(Value::Code(code), next, false));
                });
                if found.len() > before {
                    break;
                }
            }
        };
        self.letter(at, b'#', &mut |next| {
            numbered(next, 10);
            self.letter(next, b'x', &mut |next| numbered(next, 16));
        });
        let mut name = String::new();
        let mut next = at;
        for _ in 0..names::LONGEST {
            let Some(read) = self.longest(next) else {
                break;
            };
            let letter = read.value.ascii().filter(u8::is_ascii_alphanumeric);
            let Some(letter) = letter else {
                break;
            };
            name.push(char::from(letter));
            next = read.next;
            for letter in names::letters(&name) {
                let next = self.behind_semicolon(next);
                found.push(unit(Value::Code(letter.into()), next, false));
            }
        }
    }

    fn behind_semicolon(&self, at: usize) -> usize {
        let mut semicolons = self
            .units(at)
            .filter(|unit| unit.value.ascii() == Some(b';'));
        semicolons.next().map_or(at, |unit| unit.next)
    }

    /// Calls `then` with the end of each way to read one letter, in either case.
    fn letter(&self, at: usize, letter: u8, then: &mut dyn FnMut(usize)) {
        for unit in self.units(at) {
            let ascii = unit.value.ascii();
            if ascii.is_some_and(|ascii| ascii.eq_ignore_ascii_case(&letter)) {
                then(unit.next);
            }
        }
    }

    /// Calls `then` with the number that `count` digits make, and where they end.
    fn digits(&self, at: usize, count: usize, radix: u32, then: &mut dyn FnMut(u32, usize)) {
        let mut readings = vec![(0_u32, at)];
        for _ in 0..count {
            let further = readings.into_iter().flat_map(|(number, at)| {
                self.units(at).filter_map(move |read| {
                    let digit = char::from(read.value.ascii()?).to_digit(radix)?;
                    let number = number.checked_mul(radix)?.checked_add(digit)?;
                    Some((number, read.next))
                })
            });
            readings = further.take(MOST_UNITS).collect();
        }
        for (number, next) in readings {
            then(number, next);
        }
    }
}

fn begins_escape(byte: u8) -> bool {
    b"%&\\=+".contains(&byte)
}

fn byte(code: u32) -> Value {
    u8::try_from(code).map_or(Value::Code(code), Value::Byte)
}

fn unit(value: Value, next: usize, loose: bool) -> Unit {
    Unit { value, next, loose }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_place_is_read_twice_alike_or_in_too_many_ways() {
        let text = "\\".repeat(64);

        let escapes = Escapes::read(text.as_bytes());

        for at in 0..text.len() {
            let ways: Vec<Unit> = escapes.units(at).skip(1).collect();
            assert!(ways.len() <= MOST_UNITS, "{} ways at {at}", ways.len());
            for (place, way) in ways.iter().enumerate() {
                assert!(!ways[..place].contains(way), "{way:?} twice at {at}");
            }
        }
    }
}

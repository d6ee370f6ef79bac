//! The fuzzing corpus: one text file per target, with one line per input, so that changes to the
//! corpus show up as added and removed lines.

use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Returns the text of a file with these inputs: sorted, each once, all but printable ASCII escaped.
/// The same inputs always make the same text.
pub fn pack(inputs: impl IntoIterator<Item = Vec<u8>>) -> String {
    let inputs: BTreeSet<Vec<u8>> = inputs.into_iter().collect();
    let mut text = String::new();
    for input in inputs {
        for (place, &byte) in input.iter().enumerate() {
            match byte {
                b'\\' => text.push_str("\\\\"),
                b'\n' => text.push_str("\\n"),
                b'\r' => text.push_str("\\r"),
                b'\t' => text.push_str("\\t"),
                // Editors remove a blank at the end of a line.
                b' ' if place + 1 == input.len() => text.push_str("\\x20"),
                b' '..=b'~' => text.push(char::from(byte)),
                _ => _ = write!(text, "\\x{byte:02x}"),
            }
        }
        text.push('\n');
    }
    text
}

/// Returns the inputs of a file, in its order.
///
/// # Errors
///
/// The number of the first line that isn't one of [`pack`]'s.
pub fn unpack(text: &str) -> Result<Vec<Vec<u8>>, usize> {
    let lines = text.lines().zip(1..);
    lines
        .map(|(line, number)| input(line).ok_or(number))
        .collect()
}

/// Reads one line.
fn input(line: &str) -> Option<Vec<u8>> {
    let mut bytes = line.bytes();
    let mut input = Vec::with_capacity(line.len());
    while let Some(byte) = bytes.next() {
        input.push(match byte {
            b'\\' => match bytes.next()? {
                b'\\' => b'\\',
                b'n' => b'\n',
                b'r' => b'\r',
                b't' => b'\t',
                b'x' => {
                    let digits = [bytes.next()?, bytes.next()?];
                    u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
                }
                _ => return None,
            },
            b' '..=b'~' => byte,
            _ => return None,
        });
    }
    Some(input)
}

//! Names and foreign texts inside sentences: cut, and isolated where they run from right to left.

use registrar_secret::redact::sanitized_line;

/// Begins a text whose direction is its own (First Strong Isolate).
const ISOLATE: char = '\u{2068}';
/// Ends it (Pop Directional Isolate).
const END: char = '\u{2069}';

/// Returns a name for use inside a sentence. One with right-to-left letters is isolated, so that the
/// words and numbers after it keep their order.
#[must_use]
pub fn isolated(name: &str) -> String {
    if name.chars().any(is_right_to_left) {
        format!("{ISOLATE}{name}{END}")
    } else {
        name.to_owned()
    }
}

/// Returns untrusted text for use inside a sentence: one line of at most `longest` characters,
/// isolated.
pub(super) fn foreign(text: &str, longest: usize) -> String {
    isolated(&sanitized_line(text, longest))
}

/// Returns whether a character belongs to a script that is written from right to left.
fn is_right_to_left(letter: char) -> bool {
    matches!(letter,
        '\u{590}'..='\u{8ff}'
        | '\u{fb1d}'..='\u{fdff}'
        | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests;

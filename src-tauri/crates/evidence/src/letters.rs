//! Characters that must not affect the text around them.

/// Returns a letter as it may stand in a file: those that control a terminal, turn the direction of
/// what follows, or are not allowed in XML become a sign that shows that something was there.
pub(super) fn visible(letter: char) -> char {
    match letter {
        '\n' | '\t' => letter,
        '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}'
        | '\u{fffe}'
        | '\u{ffff}' => '\u{fffd}',
        letter if letter.is_control() => '\u{fffd}',
        letter => letter,
    }
}

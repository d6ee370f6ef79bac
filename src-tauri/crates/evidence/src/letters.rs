//! Characters that must not affect the text around them.

/// Returns a character as it may appear in a file: characters that control a terminal, change the
/// direction of the text that follows, or aren't allowed in XML are replaced by a visible sign.
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

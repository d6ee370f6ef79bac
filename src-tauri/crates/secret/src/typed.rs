//! Cleanup common to all typed or pasted text.

/// Returns text without what pasting adds around it: any kind of white space, line breaks, and
/// invisible characters.
#[must_use]
pub fn trimmed(typed: &str) -> &str {
    // Fast path: nearly all names in a file have nothing around them.
    let plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    if plain(typed.as_bytes().first()) && plain(typed.as_bytes().last()) {
        return typed;
    }
    typed.trim_matches(|letter: char| {
        letter.is_whitespace() || letter.is_control() || is_invisible(letter)
    })
}

/// Returns whether a character is invisible, or is displayed as a space that no keyboard types:
/// Unicode's `Default_Ignorable_Code_Point` (DerivedCoreProperties.txt), the spaces of category Zs
/// except U+0020, the line and paragraph separators, and interlinear annotation.
#[must_use]
pub fn is_invisible(letter: char) -> bool {
    !letter.is_ascii()
        && matches!(
            letter,
            '\u{a0}'
                | '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{1680}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{2000}'..='\u{200f}'
                | '\u{2028}'..='\u{202f}'
                | '\u{205f}'..='\u{206f}'
                | '\u{3000}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_paste_brings_along_is_left_out() {
        for (typed, clean) in [
            ("bob", "bob"),
            (" bob", "bob"),
            ("bob\r\n", "bob"),
            ("\tbob\u{85}", "bob"),
            ("\u{7f}bob\u{1b}", "bob"),
            ("\u{feff}bob\u{200b}", "bob"),
            ("\u{a0}bob\u{3000}", "bob"),
            ("ü", "ü"),
            ("bob\u{200b}by smith", "bob\u{200b}by smith"),
            (" \u{ad}\0", ""),
            ("", ""),
        ] {
            assert_eq!(trimmed(typed), clean, "{typed:?}");
        }
    }
}

//! Requirements on text that is shown to a person.

/// Fails where `text` holds a letter that steers a terminal or a window.
///
/// # Panics
///
/// Panics on a control character other than a line break or a tab.
pub fn is_plain(text: &str) {
    let odd = |letter: &char| letter.is_control() && !matches!(letter, '\r' | '\n' | '\t');
    assert_eq!(text.chars().find(odd), None, "in {text:?}");
}

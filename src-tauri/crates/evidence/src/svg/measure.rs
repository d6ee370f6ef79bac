//! Upper bounds for the width of text. A file doesn't know which font it will be displayed in, so
//! each letter is assumed to be as wide as in the widest of the common fonts.

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Font {
    /// The height of a letter.
    pub(super) size: f64,
    pub(super) face: Face,
}

/// Which letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Face {
    Plain,
    Bold,
    Fixed,
}

impl Font {
    pub(super) const fn new(size: f64, face: Face) -> Self {
        Self { size, face }
    }

    /// Returns the line height.
    pub(super) fn step(self) -> f64 {
        self.size * 1.4
    }

    /// Returns the maximum width of a character.
    fn letter(self, letter: char) -> f64 {
        let em = match self.face {
            Face::Bold => plain(letter) * 1.12,
            Face::Fixed if letter.is_ascii() => 0.61,
            Face::Fixed | Face::Plain => plain(letter),
        };
        em * self.size
    }

    pub(super) fn width(self, text: &str) -> f64 {
        text.chars().map(|letter| self.letter(letter)).sum()
    }
}

/// The width of a character relative to its height.
fn plain(letter: char) -> f64 {
    match letter {
        ' ' | '.' | ',' | ':' | ';' | '\'' | 'i' | 'j' | 'l' | 'I' => 0.35,
        '!' | '|' | '-' | '/' | '\\' | '(' | ')' | '[' | ']' | '"' | 'f' | 'r' | 't' => 0.47,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' => 0.6,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 1.02,
        '+' | '<' | '=' | '>' | '~' | '#' | '^' => 0.84,
        letter if letter.is_ascii_uppercase() => 0.8,
        letter if letter.is_ascii() => 0.65,
        '\u{80}'..='\u{10ff}' => 0.9,
        '\u{1100}'..='\u{1efff}' => 1.05,
        // Emoji and the like.
        _ => 1.4,
    }
}

/// Wraps a text to this width, between words, or within a word that is too long. If there would be
/// more than `most` lines, the last one ends with `…`.
pub(super) fn wrap(text: &str, font: Font, width: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut used = 0.0;
    let space = font.letter(' ');
    for word in text.split_whitespace() {
        if lines.len() > most {
            break;
        }
        let length = font.width(word);
        if !line.is_empty() && used + space + length <= width {
            line.push(' ');
            line.push_str(word);
            used += space + length;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            used = 0.0;
        }
        for letter in word.chars() {
            let more = font.letter(letter);
            if !line.is_empty() && used + more > width {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
                if lines.len() > most {
                    break;
                }
            }
            line.push(letter);
            used += more;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            end_early(last, font, width);
        }
    }
    lines
}

fn end_early(line: &mut String, font: Font, width: f64) {
    let end = font.letter('…');
    while font.width(line) + end > width && line.pop().is_some() {}
    line.push('…');
}

#[cfg(test)]
mod tests {
    use super::*;

    const FONT: Font = Font::new(10.0, Face::Plain);

    #[test]
    fn text_is_broken_between_words_and_none_is_lost() {
        let text = "The registrar asks who we are, for realm office.1a2b3c.auth.bandwidth.com.";

        let lines = wrap(text, FONT, 260.0, 99);

        assert!(lines.len() > 1);
        assert_eq!(lines.join(" "), text);
        assert!(lines.iter().all(|line| FONT.width(line) <= 260.0));
    }

    #[test]
    fn a_word_without_an_end_is_broken_between_letters_and_cut() {
        for letter in ["a", "W", "漢", "😀", "•", "\u{301}"] {
            let word = letter.repeat(10_000);

            let lines = wrap(&word, FONT, 100.0, 3);

            assert_eq!(lines.len(), 3, "{letter}");
            assert!(lines[2].ends_with('…'), "{letter}");
            assert!(
                lines.iter().all(|line| FONT.width(line) <= 100.0),
                "{letter}"
            );
        }
    }

    #[test]
    fn nothing_is_no_line() {
        assert_eq!(wrap("", FONT, 100.0, 3), Vec::<String>::new());
        assert_eq!(wrap(" \n\t ", FONT, 100.0, 3), Vec::<String>::new());
    }
}

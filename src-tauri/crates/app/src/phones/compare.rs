//! Finds the first mistake in a typed password.

use registrar_secret::SipPassword;

use crate::ipc::{TypedPassword, TypedPasswordKind};

/// Compares what was typed into a phone with the password.
pub(crate) fn compare(password: &SipPassword, typed: &SipPassword) -> TypedPassword {
    let (password, typed) = (password.expose(), typed.expose());
    let mut right = 0;
    let mut letters = password.chars();
    let mut rest = typed.chars();
    let kind = loop {
        let behind = rest.clone();
        match (letters.next(), rest.next()) {
            (None, None) => break TypedPasswordKind::Same,
            (Some(_), None) => break TypedPasswordKind::TooShort,
            (None, Some(_)) if behind.as_str().trim().is_empty() => {
                right += 1;
                break TypedPasswordKind::SpaceAtEnd;
            }
            (None, Some(_)) => {
                right += 1;
                break TypedPasswordKind::TooLong;
            }
            (Some(letter), Some(other)) if letter == other => right += 1,
            (Some(letter), Some(other)) => {
                right += 1;
                let same = letter.to_lowercase().eq(other.to_lowercase());
                break if same {
                    TypedPasswordKind::Case
                } else {
                    TypedPasswordKind::Different
                };
            }
        }
    };
    TypedPassword { kind, at: right }
}

#[cfg(test)]
mod tests {
    use super::*;
    use TypedPasswordKind::{Case, Different, Same, SpaceAtEnd, TooLong, TooShort};

    #[test]
    fn the_first_mistake_is_found_with_its_place() {
        for (typed, kind, at) in [
            ("pa ssWörd", Same, 9),
            ("", TooShort, 0),
            ("pa ssWör", TooShort, 8),
            ("pa ssWörds", TooLong, 10),
            ("pa ssWörd ", SpaceAtEnd, 10),
            ("pa ssWörd \t ", SpaceAtEnd, 10),
            ("pa ssWörd x", TooLong, 10),
            ("pa ssWÖrd", Case, 7),
            ("Pa ssWörd", Case, 1),
            ("passWörd", Different, 3),
            ("pa ssWord ", Different, 7),
            (" pa ssWörd", Different, 1),
        ] {
            let found = compare(&SipPassword::new("pa ssWörd"), &SipPassword::new(typed));
            assert_eq!((found.kind, found.at), (kind, at), "{typed:?}");
        }
    }
}

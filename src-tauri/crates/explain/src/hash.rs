//! What is wrong with a hash that was typed, in words.

use registrar_digest::HashTypo;

/// The sentence for a hash that was typed in capital letters.
pub const LOWERED: &str = "The hash was entered with capital letters and checked in lowercase, \
                           which registrars require. A hash stored with capital letters doesn’t \
                           work.";

/// Says what keeps typed text from being a hash.
#[must_use]
pub fn sentence(typo: HashTypo) -> String {
    match typo {
        HashTypo::Empty => "Enter the hash: 32 digits 0 to 9 or letters a to f.".to_owned(),
        HashTypo::Foreign { at } => format!(
            "A hash has only the digits 0 to 9 and the letters a to f, but character {at} is a \
             different one. Copy it again."
        ),
        HashTypo::TooLong { count } => {
            format!(
                "A hash has 32 digits, but this one has {count}. Something else was copied with \
                 it, so copy it again."
            )
        }
        HashTypo::TooShort { count } => format!(
            "A hash has 32 digits, but this one has {count}. Part of it is missing, so copy it \
             again."
        ),
    }
}

#[cfg(test)]
mod tests {
    use registrar_names::every;

    use super::super::table::Table;
    use super::*;

    #[test]
    fn the_table_has_every_problem_of_a_typed_hash() {
        let typos = every!(HashTypo {
            HashTypo::Empty => [HashTypo::Empty],
            HashTypo::Foreign { .. } => [HashTypo::Foreign { at: 10 }],
            HashTypo::TooLong { .. } => [HashTypo::TooLong { count: 33 }],
            HashTypo::TooShort { .. } => [HashTypo::TooShort { count: 31 }],
        });
        Table::new("Sentences about a typed hash")
            .with("What is wrong with it", typos, |typo| sentence(*typo))
            .with("Remarks", ["capital letters"], |_| LOWERED.to_owned())
            .assert_is(include_str!("hash.md"));
    }
}

//! Wording for passwords that can't be used, without showing them.

use registrar_secret::password::PasswordProblem;

/// Returns what is wrong and what to do about it, in two short sentences.
#[must_use]
pub fn sentence(problem: PasswordProblem) -> &'static str {
    match problem {
        PasswordProblem::Blank => "The password has only spaces. Enter its characters.",
        PasswordProblem::ControlCharacter => {
            "The password has a character that can’t be typed on a phone, such as a tab or line \
             break. Type it by hand."
        }
        PasswordProblem::Empty => "Enter a password.",
        PasswordProblem::Invisible => {
            "The password has an invisible character or a special space, often copied from a web \
             page, a chat, or a spreadsheet. Type it by hand."
        }
        PasswordProblem::OuterSpace => {
            "The password begins or ends with a space, which is easily lost. Delete that space."
        }
        PasswordProblem::TooLong => "Use at most 255 characters for the password.",
        PasswordProblem::Unreadable => {
            "The password has a character that couldn’t be read. Type it by hand."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::Table;
    use super::*;
    use registrar_names::testing::password_problems;

    #[test]
    fn the_table_has_every_problem_of_a_password() {
        let all = password_problems();

        let told: std::collections::HashSet<_> = all.iter().copied().map(sentence).collect();

        assert_eq!(told.len(), all.len(), "no two share their words");
        assert!(told.iter().all(|words| words.ends_with('.')));
        let mut table = Table::new("Sentences about a password");
        table.chapter(
            "What is wrong with it",
            all.into_iter().map(|problem| (problem, sentence(problem))),
        );
        table.assert_is(include_str!("password.md"));
    }
}

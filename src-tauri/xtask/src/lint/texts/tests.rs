use super::*;

#[test]
fn rows_are_read_with_and_without_a_role() {
    let button = row("| `realm.use` | button | Choose this realm |");
    let sentence = row("| `Forbidden { status: 403 }` | Bad: Not allowed. |");

    let expected = Row {
        name: "realm.use",
        role: Role::Button,
        text: "Choose this realm",
    };
    assert_eq!(button, Some(expected));
    assert_eq!(sentence.map(|row| row.role), Some(Role::Text));
    assert_eq!(row("|---|---|"), None);
    assert_eq!(row("| name | role | text |"), None);
}

#[test]
fn texts_that_keep_every_rule_have_no_fault() {
    let texts = [
        (Role::Button, "Check the registration"),
        (Role::Button, "Delete 2 credentials"),
        (Role::Heading, "Sign in to Bandwidth"),
        (Role::Hint, "Use letters and digits. No spaces."),
        (Role::Label, "User name"),
        (Role::Text, "Write \"\" for each one."),
        (Role::Text, "Its own words: “399 \"busy\"”"),
        (
            Role::Text,
            "The registrar didn’t answer. It may be blocked.",
        ),
    ];

    for (role, text) in texts {
        assert_eq!(broken(role, text), Vec::<String>::new());
    }
}

#[test]
fn each_rule_finds_what_breaks_it() {
    let long = "word ".repeat(26);
    let texts = [
        (Role::Text, "It doesn't answer.", "straight"),
        (Role::Text, "A \"quote\".", "straight"),
        (Role::Text, long.as_str(), "26 words"),
        (Role::Heading, &"a".repeat(61), "60 letters"),
        (
            Role::Button,
            "Check all of the many credentials",
            "32 letters",
        ),
        (Role::Hint, &"a".repeat(91), "90 letters"),
        (Role::Label, "User name.", "full stop"),
        (Role::Heading, "Sign In", "capital"),
        (Role::Button, "Look again", "verb"),
        (Role::Button, "Checking", "verb"),
    ];

    for (role, text, said) in texts {
        let faults = broken(role, text);
        assert!(
            faults.iter().any(|fault| fault.contains(said)),
            "{text}: {faults:?}"
        );
    }
}

#[test]
fn sentences_end_at_marks_and_lines() {
    let all: Vec<_> = sentences("Bad: It failed. Why?<br>- A cause.").collect();

    assert_eq!(all, ["Bad: ", "It failed. ", "Why?", "- A cause."]);
}

#[test]
fn tables_are_those_of_the_window_and_of_explain() {
    assert!(is_table(Path::new("ui/texts/texts.md")));
    assert!(is_table(Path::new(
        "src-tauri/crates/explain/src/call/sentences.md"
    )));
    assert!(!is_table(Path::new("README.md")));
    assert!(!is_table(Path::new("ui/texts/en.js")));
}

fn broken(role: Role, text: &str) -> Vec<String> {
    faults(&Row {
        name: "name",
        role,
        text,
    })
}

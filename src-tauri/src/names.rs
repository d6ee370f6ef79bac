//! The names of the commands stand in four places; this keeps them equal.

use std::collections::BTreeSet;

const BUILD: &str = include_str!("../build.rs");
const HANDLED: &str = include_str!("lib.rs");
const GRANTED: &str = include_str!("../capabilities/main.json");

fn names<'a>(text: &'a str, before: &str, after: &str) -> BTreeSet<String> {
    text.match_indices(before)
        .filter_map(|(at, _)| text[at + before.len()..].split_once(after))
        .map(|(name, _): (&'a str, _)| name.rsplit("::").next().unwrap_or(name).replace('-', "_"))
        .filter(|name| {
            name.chars()
                .all(|letter| letter.is_ascii_lowercase() || letter == '_')
        })
        .filter(|name| !name.is_empty())
        .collect()
}

/// Reads every module of the window that calls commands.
fn called() -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/ipc");
    let files = std::fs::read_dir(folder).unwrap();
    let paths = files.map(|file| file.unwrap().path());
    paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "js"))
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect()
}

#[test]
fn every_command_is_handled_granted_and_called_by_the_same_name() {
    let (_, list) = BUILD.split_once("COMMANDS: &[&str] = &[").unwrap();
    let declared = names(list.split_once("];").unwrap().0, "    \"", "\"");
    let (_, list) = HANDLED.split_once("dispatch::handlers![").unwrap();
    let handled = names(list.split_once("])").unwrap().0, "commands::", ",");
    let granted = names(GRANTED, "\"allow-", "\"");
    let window = called();
    let called: BTreeSet<String> = ["call('", "callToTheEnd('"]
        .into_iter()
        .flat_map(|before| names(&window, before, "'"))
        .collect();

    assert!(declared.len() > 20, "the names were read: {declared:?}");
    assert_eq!(
        declared, handled,
        "build.rs declares exactly what lib.rs handles"
    );
    assert_eq!(
        granted, handled,
        "the capability grants exactly what lib.rs handles"
    );
    assert_eq!(
        called, handled,
        "the window calls exactly what lib.rs handles"
    );
}

#[test]
fn every_command_is_a_failure_on_the_screen_where_it_breaks() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/commands");
    let mut commands = 0;
    for file in std::fs::read_dir(folder).unwrap().flatten() {
        let text = std::fs::read_to_string(file.path()).unwrap();
        assert!(
            !text.contains("tauri::command"),
            "{:?}: #[command] instead",
            file.path()
        );
        commands += text.matches("#[command]").count();
    }
    assert!(commands > 40, "{commands} commands were read");
}

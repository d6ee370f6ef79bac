//! Describes the creation of a realm, and what remains of one that was stopped.

use registrar_bandwidth::new_realm::{Progress, Stage};
use registrar_names::RealmName;

/// Describes the progress.
#[must_use]
pub fn progress(progress: Progress<'_>) -> String {
    match progress {
        Progress::Asking(name) => format!("Asking Bandwidth to create the realm {name}."),
        Progress::At(Stage::SettingUp) => {
            "Bandwidth is setting up the realm. This takes up to 1 minute.".to_owned()
        }
        Progress::At(Stage::WaitingForDns) => {
            "Waiting for the account’s DNS records to list the realm.".to_owned()
        }
    }
}

/// Says that the answer was lost and the realm isn't there.
#[must_use]
pub fn lost(name: &RealmName) -> String {
    format!(
        "Bandwidth’s answer was lost. The realm {name} isn’t in the account’s list. Create it \
         again."
    )
}

/// Says what remains of a realm, by its full name, whose creation was stopped.
#[must_use]
pub fn stopped(realm: &str, at: Stage) -> String {
    match at {
        Stage::SettingUp => format!(
            "Bandwidth is setting up the realm {realm}. It will be in the list. No SIP credential \
             was created."
        ),
        Stage::WaitingForDns => format!(
            "The realm {realm} was created and is active. Choose it from the list to continue. No \
             SIP credential was created."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::Table;
    use super::*;
    use registrar_names::every;

    #[test]
    fn the_table_has_every_word_about_a_new_realm() {
        let name = RealmName::parse("desk1").unwrap();
        let stages = every!(Stage {
            Stage::SettingUp => [Stage::SettingUp],
            Stage::WaitingForDns => [Stage::WaitingForDns],
        });
        let begun = stages.iter().map(|stage| Progress::At(*stage));
        let begun = [Progress::Asking(&name)].into_iter().chain(begun);
        let full = "desk1.abc123.auth.example";
        Table::new("Sentences about a new realm")
            .with("What begins", begun, |begun| progress(*begun))
            .with("What stays where it is stopped", stages.clone(), |at| {
                stopped(full, *at)
            })
            .with("Lost", [&name], |name| lost(name))
            .assert_is(include_str!("new_realm.md"));
    }
}

//! Describes what someone else has changed about a SIP credential or a realm.

use registrar_activity::Tone;
use registrar_bandwidth::dashboard::{Difference, RealmDifference};

use super::Notice;
use super::isolated;
use super::number::grouped;

/// The sentence for different stored hashes.
pub(super) const PASSWORD: &str = "Its password has been changed since.";

/// Describes a difference in one sentence.
#[must_use]
pub fn sentence(difference: &Difference) -> String {
    match difference {
        Difference::Application { before, now } => application(before.as_deref(), now.as_deref()),
        Difference::Gone => "It has been deleted.".to_owned(),
        Difference::Hashes => PASSWORD.to_owned(),
        Difference::Realm { before, now } => {
            let (before, now) = (isolated(before), isolated(now));
            format!("Its realm changed from {before} to {now}.")
        }
        Difference::UserName { before, now } => {
            let (before, now) = (isolated(before), isolated(now));
            format!("Its user name changed from {before} to {now}.")
        }
    }
}

/// Says what someone else has changed about a realm since it was shown, and that nothing was sent;
/// `None` if nothing has changed.
#[must_use]
pub fn of_realm(differences: &[RealmDifference]) -> Option<Notice> {
    if differences.is_empty() {
        return None;
    }
    let changes: Vec<String> = differences.iter().map(of_one_realm).collect();
    Some(Notice {
        tone: Tone::Wait,
        sentence: "Someone else changed this realm in the meantime.".to_owned(),
        next: Some(format!(
            "{} Nothing was sent. This page shows how it is now. If you still want the change, \
             start again.",
            changes.join(" ")
        )),
    })
}

fn of_one_realm(difference: &RealmDifference) -> String {
    match difference {
        RealmDifference::CredentialCount { before, now } => format!(
            "Its number of SIP credentials changed from {} to {}.",
            grouped(*before),
            grouped(*now)
        ),
        RealmDifference::Default { now: true } => "It’s now the default realm.".to_owned(),
        RealmDifference::Default { now: false } => "It’s no longer the default realm.".to_owned(),
        RealmDifference::Description { before, now } => {
            let (before, now) = (isolated(before), isolated(now));
            format!("Its description changed from “{before}” to “{now}”.")
        }
    }
}

/// Describes how a SIP credential's voice application changed.
pub(super) fn application(before: Option<&str>, now: Option<&str>) -> String {
    match (before, now) {
        (Some(before), Some(now)) => {
            format!("Its voice application changed from {before} to {now}.")
        }
        (Some(before), None) => {
            format!("It no longer has a voice application. It had {before}.")
        }
        (None, Some(now)) => {
            format!("It now has the voice application {now}. It had none.")
        }
        (None, None) => "Its voice application was changed.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use registrar_names::every;

    use super::super::table::{self, Table};
    use super::*;

    #[test]
    fn the_table_has_every_difference() {
        let names = |before: &str, now: &str| (before.to_owned(), now.to_owned());
        let (user_name, realm) = (names("bob", "Bob"), names("r.example", "s.example"));
        let other = "93de2206-9669-4e07-948d-329f4b722ee2".to_owned();
        let id = Some("5ba6761d-36bd-4307-8f7b-a6f806c35abf".to_owned());
        let differences = every!(Difference {
            Difference::Application { .. } => [
                Difference::Application { before: id.clone(), now: None },
                Difference::Application { before: None, now: id.clone() },
                Difference::Application { before: id.clone(), now: Some(other.clone()) },
            ],
            Difference::Gone => [Difference::Gone],
            Difference::Hashes => [Difference::Hashes],
            Difference::Realm { .. } => [Difference::Realm {
                before: realm.0.clone(),
                now: realm.1.clone(),
            }],
            Difference::UserName { .. } => [Difference::UserName {
                before: user_name.0.clone(),
                now: user_name.1.clone(),
            }],
        });
        let of_realms = every!(RealmDifference {
            RealmDifference::CredentialCount { .. } => [RealmDifference::CredentialCount {
                before: 999,
                now: 1_000,
            }],
            RealmDifference::Default { .. } => [
                RealmDifference::Default { now: true },
                RealmDifference::Default { now: false },
            ],
            RealmDifference::Description { .. } => [RealmDifference::Description {
                before: "Desk".to_owned(),
                now: "Lobby".to_owned(),
            }],
        });
        let all = (of_realms.iter().cloned().map(|one| vec![one])).chain([of_realms.clone()]);
        Table::new("Sentences about what somebody else changed")
            .with(
                "What is different about a credential",
                differences,
                sentence,
            )
            .with("What is different about a realm", all, |differences| {
                table::notice(&of_realm(differences).unwrap())
            })
            .assert_is(include_str!("difference.md"));
    }
}

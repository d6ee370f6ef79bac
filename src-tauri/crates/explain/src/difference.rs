//! What somebody else changed about a SIP credential or a realm, in words.

use registrar_activity::Tone;
use registrar_bandwidth::dashboard::{Difference, RealmDifference};

use super::Notice;
use super::number::grouped;

/// Says what is different, in one sentence.
#[must_use]
pub fn sentence(difference: &Difference) -> String {
    match difference {
        Difference::Application { before, now } => format!(
            "Its voice application was {} and is {} by now.",
            or_none(before.as_deref()),
            or_none(now.as_deref())
        ),
        Difference::Gone => "It is no longer there: it was deleted.".to_owned(),
        Difference::Hashes => {
            "Its stored hashes are others by now: it was given another password.".to_owned()
        }
        Difference::Realm { before, now } => {
            format!("Its realm was {before} and is {now} by now.")
        }
        Difference::UserName { before, now } => {
            format!("Its user name was {before} and is {now} by now.")
        }
    }
}

/// Says what somebody else changed about a realm after it was shown, and that nothing was sent;
/// `None` where nothing did.
#[must_use]
pub fn of_realm(differences: &[RealmDifference]) -> Option<Notice> {
    if differences.is_empty() {
        return None;
    }
    let clauses: Vec<String> = differences.iter().map(clause).collect();
    let next = "Nothing was sent. The page shows the realm as it is: do it again where you still \
                want it.";
    Some(Notice {
        tone: Tone::Wait,
        sentence: format!(
            "Somebody else changed this realm meanwhile: {}.",
            clauses.join("; ")
        ),
        next: Some(next.to_owned()),
    })
}

fn clause(difference: &RealmDifference) -> String {
    match difference {
        RealmDifference::CredentialCount { before, now } => format!(
            "it held {} SIP credentials and holds {}",
            grouped(*before),
            grouped(*now)
        ),
        RealmDifference::Default { now: true } => "it became the default".to_owned(),
        RealmDifference::Default { now: false } => "it is no longer the default".to_owned(),
        RealmDifference::Description { before, now } => {
            format!("its description was '{before}' and is '{now}'")
        }
    }
}

fn or_none(application: Option<&str>) -> &str {
    application.unwrap_or("none")
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
        let id = Some("5ba6761d-36bd-4307-8f7b-a6f806c35abf".to_owned());
        let differences = every!(Difference {
            Difference::Application { .. } => [
                Difference::Application { before: id.clone(), now: None },
                Difference::Application { before: None, now: id.clone() },
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

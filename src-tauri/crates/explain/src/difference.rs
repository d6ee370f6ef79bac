//! What somebody else changed about a SIP credential, in words.

use registrar_bandwidth::dashboard::Difference;

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

fn or_none(application: Option<&str>) -> &str {
    application.unwrap_or("none")
}

#[cfg(test)]
mod tests {
    use registrar_names::every;

    use super::super::table::Table;
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
        Table::new("Sentences about a credential that somebody else changed")
            .with("What is different", differences, sentence)
            .assert_is(include_str!("difference.md"));
    }
}

//! Converts typed values to requests. All invalid fields are reported at once.

use registrar_bandwidth::dashboard::{Description, NewRealm, RealmName};

use crate::Error;
use crate::form::Problems;
use crate::ipc::RealmDraft;

/// Reads the realm form.
pub(crate) fn realm(draft: &RealmDraft) -> Result<NewRealm, Error> {
    let mut problems = Problems::default();
    let name = problems.take_name("name", RealmName::parse(&draft.name));
    let description = problems.take_name("description", Description::parse(&draft.description));
    match (name, description) {
        (Some(name), Some(description)) => Ok(NewRealm {
            name,
            description,
            default: draft.default,
        }),
        _ => Err(problems.into_error()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_realm_needs_a_name_that_bandwidth_takes() {
        for name in [
            "",
            "Lobby",
            "front-desk",
            &"x".repeat(31),
            &"x".repeat(10_000),
        ] {
            let draft = RealmDraft {
                name: name.to_owned(),
                ..RealmDraft::default()
            };

            assert!(realm(&draft).is_err(), "{name:.40}");
        }
    }
}

//! From what was typed to what can be sent. Every field that is wrong is named at once.

use crate::Error;
use crate::dashboard::{
    ApplicationId, Description, Domain, NewCredential, NewRealm, RealmName, UserName,
};
use crate::digest::{self, Hashes};
use crate::ipc::{CredentialDraft, FieldProblem, RealmDraft};
use crate::secret::SipPassword;

/// Collects what is wrong with a form's fields.
#[derive(Default)]
pub(super) struct Problems(Vec<FieldProblem>);

impl Problems {
    /// Takes a field's value, or keeps its problem.
    pub(super) fn take<T>(&mut self, field: &str, parsed: Result<T, &'static str>) -> Option<T> {
        parsed
            .map_err(|sentence| self.0.push(FieldProblem::new(field, sentence)))
            .ok()
    }

    /// Adds the problems of a failure; a failure of another kind is given back.
    pub(super) fn add(&mut self, error: Error) -> Result<(), Error> {
        if let Error::Invalid { problems } = error {
            self.0.extend(problems);
            return Ok(());
        }
        Err(error)
    }

    /// Returns the failure that names them all.
    pub(super) fn into_error(self) -> Error {
        Error::Invalid { problems: self.0 }
    }
}

/// Reads the realm form.
pub(super) fn realm(draft: &RealmDraft) -> Result<NewRealm, Error> {
    let mut problems = Problems::default();
    let name = problems.take("name", RealmName::parse(&draft.name));
    let description = problems.take("description", Description::parse(&draft.description));
    match (name, description) {
        (Some(name), Some(description)) => Ok(NewRealm {
            name,
            description,
            default: draft.default,
        }),
        _ => Err(problems.into_error()),
    }
}

/// Reads the credential form, for a realm by its full name.
pub(super) fn credential(
    draft: &CredentialDraft,
    realm: &str,
    password: &SipPassword,
) -> Result<NewCredential, Error> {
    let mut problems = Problems::default();
    let user_name = problems.take("userName", UserName::parse(&draft.user_name));
    let domain = problems.take("domain", Domain::parse_optional(&draft.domain));
    let application_id = problems.take(
        "applicationId",
        ApplicationId::parse_optional(&draft.application_id),
    );
    match (user_name, domain, application_id) {
        (Some(user_name), Some(domain), Some(application_id)) => {
            let composite =
                digest::composite(user_name.as_str(), domain.as_ref().map(Domain::as_str));
            Ok(NewCredential {
                hashes: Hashes::make(&composite, realm, password),
                realm: realm.to_owned(),
                user_name,
                domain,
                application_id,
            })
        }
        _ => Err(problems.into_error()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(user_name: &str, domain: &str, application_id: &str) -> CredentialDraft {
        CredentialDraft {
            user_name: user_name.to_owned(),
            domain: domain.to_owned(),
            application_id: application_id.to_owned(),
        }
    }

    #[test]
    fn every_field_that_is_wrong_is_named_at_once() {
        let wrong = draft("bob:1", &"d".repeat(33), "no-uuid");

        let error = credential(&wrong, "r.example", &SipPassword::new("x")).unwrap_err();

        let Error::Invalid { problems } = error else {
            panic!("{error:?}")
        };
        let fields: Vec<&str> = problems
            .iter()
            .map(|problem| problem.field.as_str())
            .collect();
        assert_eq!(fields, ["userName", "domain", "applicationId"]);
    }

    #[test]
    fn the_hashes_are_made_of_the_names_without_pasted_spaces() {
        let pasted = draft(" bob\n", "\tsomewhere.com ", "");

        let new = credential(&pasted, "r.example", &SipPassword::new("x")).unwrap();

        let made = Hashes::make("bob@somewhere.com", "r.example", &SipPassword::new("x"));
        assert!(new.hashes.matches(&made));
    }

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

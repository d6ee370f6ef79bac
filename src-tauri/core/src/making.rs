//! Making a SIP credential and giving one other hashes: the form is checked whole, a request is sent
//! once, and where no answer came the account is looked up before anything is sent again.

use crate::activity::Tone;
use crate::dashboard::{
    ApplicationId, Credential, Dashboard, Domain, EchoDifference, NewCredential, RealmId, UserName,
};
use crate::digest::{self, Hashes};
use crate::explain::FieldProblem;
use crate::explain::{self, Notice};
use crate::ipc::CredentialDraft;
use crate::password::PasswordProblem;
use crate::secret::SipPassword;
use crate::{Error, http};

/// Collects what is wrong with a form's fields.
#[derive(Default)]
pub(crate) struct Problems(Vec<FieldProblem>);

impl Problems {
    /// Takes a field's value, or keeps its problem.
    pub(crate) fn take<T>(&mut self, field: &str, parsed: Result<T, &'static str>) -> Option<T> {
        parsed
            .map_err(|sentence| self.0.push(FieldProblem::new(field, sentence)))
            .ok()
    }

    /// Takes a name from its field, or keeps its problem.
    pub(crate) fn take_name<T>(
        &mut self,
        field: &str,
        name: Result<T, impl explain::name::Problem>,
    ) -> Option<T> {
        self.take(field, name.map_err(explain::name::sentence))
    }

    /// Adds the problems of a failure; a failure of another kind is given back.
    pub(crate) fn add(&mut self, error: Error) -> Result<(), Error> {
        if let Error::Invalid { problems } = error {
            self.0.extend(problems);
            return Ok(());
        }
        Err(error)
    }

    /// Returns the failure that names them all.
    pub(crate) fn into_error(self) -> Error {
        Error::Invalid { problems: self.0 }
    }
}

/// Reads the credential form, for a realm by its full name.
pub(crate) fn form(
    draft: &CredentialDraft,
    realm: &str,
    password: &SipPassword,
) -> Result<NewCredential, Error> {
    let mut problems = Problems::default();
    let user_name = problems.take_name("userName", UserName::parse(&draft.user_name));
    let domain = problems.take_name("domain", Domain::parse_optional(&draft.domain));
    let application_id = problems.take_name(
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

/// Checks the form and makes the hashes. Every field that is wrong is named at once. Without a
/// password, which a look-up of what is there does not need, the hashes are of no use.
pub(crate) fn new_credential(
    draft: &CredentialDraft,
    realm: &str,
    password: Option<SipPassword>,
    needs_password: bool,
) -> Result<(NewCredential, Option<SipPassword>), Error> {
    let mut problems = Problems::default();
    let password = match password.as_ref().map(checked).transpose() {
        Ok(None) if needs_password => {
            problems.add(no_password())?;
            None
        }
        Ok(password) => password,
        Err(error) => {
            problems.add(error)?;
            None
        }
    };
    // For a look-up of what is there the hashes are not used, so any password does.
    let hashed = password.clone().unwrap_or_else(|| SipPassword::new(""));
    match form(draft, realm, &hashed) {
        Ok(new) if password.is_some() || !needs_password => Ok((new, password)),
        Ok(_) => Err(problems.into_error()),
        Err(error) => {
            problems.add(error)?;
            Err(problems.into_error())
        }
    }
}

/// Reads the password of a form.
pub(crate) fn checked(typed: &SipPassword) -> Result<SipPassword, Error> {
    match SipPassword::parse(typed.expose()) {
        Err(PasswordProblem::Empty) => Err(no_password()),
        parsed => {
            parsed.map_err(|problem| Error::field("password", explain::password::sentence(problem)))
        }
    }
}

pub(crate) fn no_password() -> Error {
    Error::field("password", "Type a password, or press 'Make one'.")
}

/// Sends it once. Where no answer came, the account tells whether it was made.
pub(crate) async fn make(
    dashboard: &Dashboard,
    new: &NewCredential,
    realm: RealmId,
) -> Result<Credential, Error> {
    let sent = dashboard.create_credentials(new.scope(realm), std::slice::from_ref(new));
    match sent.await {
        Ok(mut created) => match (created.made.pop(), created.refused.pop()) {
            (Some(made), _) => Ok(made),
            (None, Some(refused)) => Err(Error::Http(http::Error::Refused(refused.refusal))),
            (None, None) => Err(Error::Http(http::Error::Malformed {
                service: crate::activity::Service::Dashboard,
                what: "an answer without the credential that was sent",
            })),
        },
        Err(error) if error.answer_is_unknown() => {
            let composite = new.composite();
            let found = dashboard.find_credential(realm, &composite).await;
            match found {
                Ok(Some(found)) if has(&found, &new.hashes) => Ok(found),
                Ok(_) | Err(_) => Err(error.into()),
            }
        }
        Err(error) => Err(error.into()),
    }
}

/// Gives a credential other hashes. Where no answer came, the account tells whether it has them.
pub(crate) async fn replace(
    dashboard: &Dashboard,
    stored: &Credential,
    hashes: &Hashes,
    application: Option<&ApplicationId>,
) -> Result<Credential, Error> {
    match dashboard
        .replace_credential(stored, hashes, application)
        .await
    {
        Err(error) if error.answer_is_unknown() => {
            let found = dashboard
                .find_credential(stored.realm_id, &stored.composite())
                .await;
            match found {
                Ok(Some(found)) if has(&found, hashes) => Ok(found),
                Ok(_) | Err(_) => Err(error.into()),
            }
        }
        outcome => Ok(outcome?),
    }
}

/// Says that the API keeps the name in another letter case than it was sent: hashes over the name
/// as it was sent are useless, so they were made again.
pub(crate) fn letter_case(made: &Credential) -> Notice {
    Notice {
        tone: Tone::Wait,
        sentence: format!("Bandwidth keeps the user name as {}.", made.composite()),
        next: Some(
            "The hashes were made again for that name. The phone must use it with exactly these \
             letters."
                .to_owned(),
        ),
    }
}

/// Returns whether these hashes are stored.
pub(crate) fn has(stored: &Credential, hashes: &Hashes) -> bool {
    stored
        .hashes
        .as_ref()
        .is_some_and(|stored| stored.matches(hashes))
}

/// Returns whether no phone can register with what the API made of the request.
pub(crate) fn is_useless(made: &Credential, sent: &NewCredential) -> bool {
    made.echo_differences(sent)
        .iter()
        .any(EchoDifference::makes_hashes_useless)
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

        let error = form(&wrong, "r.example", &SipPassword::new("x")).unwrap_err();

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

        let new = form(&pasted, "r.example", &SipPassword::new("x")).unwrap();

        let made = Hashes::make("bob@somewhere.com", "r.example", &SipPassword::new("x"));
        assert!(new.hashes.matches(&made));
    }
}

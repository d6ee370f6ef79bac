//! The form for a new SIP credential, validated as a whole, and the settings that let phones
//! register with a credential once it exists.

use registrar_activity::Tone;
use registrar_bandwidth::dashboard::{
    ApplicationId, Credential, Dashboard, Domain, NewCredential, RealmId, Remedy, UserName,
};
use registrar_digest::{self as digest, Hashes};
use registrar_explain::{self as explain, Notice};
use registrar_secret::SipPassword;
use registrar_secret::password::PasswordProblem;

use crate::Error;
use crate::form::Problems;
use crate::ipc::CredentialDraft;

/// Parses the credential form, for a realm given by its full name.
pub(crate) fn read(
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

/// Validates the form and computes the hashes. All invalid fields are reported at once. Without a
/// password, which looking up an existing credential doesn't need, the hashes are meaningless.
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
    // The hashes aren't used to look up an existing credential, so any password will do.
    let hashed = password.clone().unwrap_or_else(|| SipPassword::new(""));
    match read(draft, realm, &hashed) {
        Ok(new) if password.is_some() || !needs_password => Ok((new, password)),
        Ok(_) => Err(problems.into_error()),
        Err(error) => {
            problems.add(error)?;
            Err(problems.into_error())
        }
    }
}

/// Validates the password of a form.
pub(crate) fn checked(typed: &SipPassword) -> Result<SipPassword, Error> {
    match SipPassword::parse(typed.expose()) {
        Err(PasswordProblem::Empty) => Err(no_password()),
        parsed => {
            parsed.map_err(|problem| Error::field("password", explain::password::sentence(problem)))
        }
    }
}

pub(crate) fn no_password() -> Error {
    Error::field("password", "Enter a password, or choose “Generate”.")
}

/// Returns the credential that Bandwidth says exists.
pub(crate) async fn find_existing(
    dashboard: &Dashboard,
    realm: RealmId,
    new: &NewCredential,
) -> Result<Credential, Error> {
    let found = dashboard.find_credential(realm, &new.composite()).await?;
    found.ok_or_else(|| {
        Error::field(
            "userName",
            "Bandwidth says that this name exists, but it isn’t in this realm. Choose another \
             name.",
        )
    })
}

/// Creates a credential that a phone can register with: if the API changes the letter case of the
/// name, stores hashes of that name, and returns a notice.
pub(crate) async fn mend(
    dashboard: &Dashboard,
    made: Credential,
    sent: &NewCredential,
    password: &SipPassword,
    tell: &(dyn Fn(&str) + Send + Sync),
) -> Result<(Credential, Option<Notice>), Error> {
    match made.remedy(sent, Some(password)) {
        // With the password, correct hashes can be computed for any name.
        Remedy::Delete | Remedy::Nothing => Ok((made, None)),
        Remedy::Store(hashes) => {
            tell("Bandwidth changed the name’s capitalization. Saving hashes for it.");
            let notice = letter_case(&made);
            let mended = dashboard.replace_hashes(&made, &hashes, None).await?;
            Ok((mended, Some(notice)))
        }
    }
}

/// Notice that the API stored the name in another letter case than it was sent: hashes of the name
/// as sent are useless, so they were computed again.
fn letter_case(made: &Credential) -> Notice {
    Notice {
        tone: Tone::Wait,
        sentence: format!("Bandwidth saved the user name as {}.", made.composite()),
        next: Some(
            "The hashes were made again for that name. The phone must use exactly this spelling."
                .to_owned(),
        ),
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

        let error = read(&wrong, "r.example", &SipPassword::new("x")).unwrap_err();

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

        let new = read(&pasted, "r.example", &SipPassword::new("x")).unwrap();

        let made = Hashes::make("bob@somewhere.com", "r.example", &SipPassword::new("x"));
        assert!(new.hashes.matches(&made));
    }
}

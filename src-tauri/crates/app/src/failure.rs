//! Converts each error of the app to the failure shown in the window, worded by
//! [`registrar_explain`].

use registrar_explain::{
    Failure, Notice, RecoveryOption, action, broken, dns, import, keychain, phone, provisioning,
    request, storage,
};

use crate::Error;

impl Error {
    /// Returns the failure that the window shows.
    #[must_use]
    pub fn failure(&self) -> Failure {
        let words = match self {
            Self::Broken { done } => broken::words(done.as_deref()),
            Self::Cancelled => action::canceled(),
            Self::Changed { differences } => action::changed(differences),
            Self::Clipboard => action::clipboard(),
            Self::Dns(failure) => dns::words(*failure),
            Self::Http(error) => return request::failure(error),
            Self::Import(fault) => import::words(fault),
            Self::Invalid { problems } => return action::invalid(problems.clone()),
            Self::Keychain(failure) => keychain::words(*failure),
            Self::KeptOtherwise { differences, .. } => action::kept_otherwise(differences),
            Self::Lost { done } => action::lost(done.clone()),
            Self::NoCheck => action::no_check(),
            Self::NoPort(_) => action::no_port(),
            Self::NotServed(source) => provisioning::words(source.kind()),
            Self::OutOfStep => action::out_of_step(),
            Self::Outdated => action::outdated(),
            Self::PasswordsFile(source) => {
                storage::words(storage::PASSWORDS, source, RecoveryOption::OtherPlace)
            }
            Self::Phone(refusal) => phone::words(refusal),
            Self::Printing => action::printing(),
            Self::Stopped { done } => action::stopped(done.clone()),
            Self::Storage { what, source } => {
                storage::words(what, source, RecoveryOption::TryAgain)
            }
        };
        words.into()
    }

    /// Returns the failure as a notice above a step that continues anyway.
    #[must_use]
    pub fn notice(&self) -> Notice {
        self.failure().into()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::io::ErrorKind;

    use registrar_activity::Service;
    use registrar_http as http;
    use registrar_import::csv::Fault;

    use super::*;
    use crate::arbitrary::every;

    #[test]
    fn each_error_of_the_app_has_its_own_words() {
        let errors = errors();

        let told: HashSet<_> = errors.iter().map(|one| one.failure().sentence).collect();

        assert_eq!(told.len(), errors.len(), "{told:?}");
    }

    fn errors() -> Vec<Error> {
        let done = || "3 of 5 were deleted.".to_owned();
        every!(Error {
            Error::Broken { .. } => [Error::Broken { done: None }],
            Error::Cancelled => [Error::Cancelled],
            Error::Changed { .. } => [Error::Changed { differences: vec![done()] }],
            Error::Clipboard => [Error::Clipboard],
            Error::Dns(_) => [Error::Dns(registrar_user_agent::resolve::Failure::NoAnswer)],
            Error::Http(_) => [Error::Http(http::Error::TooLarge {
                service: Service::Twilio,
                limit: 9,
            })],
            Error::Import(_) => [Error::Import(Fault::Changed)],
            Error::Invalid { .. } => [Error::field("realm", "Choose a realm.")],
            Error::Keychain(_) => [Error::Keychain(registrar_keychain::Failure::Locked)],
            Error::KeptOtherwise { .. } => [Error::KeptOtherwise {
                service: Service::Dashboard,
                differences: vec![done()],
            }],
            Error::Lost { .. } => [Error::Lost { done: done() }],
            Error::NoCheck => [Error::NoCheck],
            Error::NoPort(_) => [Error::NoPort(ErrorKind::AddrInUse.into())],
            Error::NotServed(_) => [Error::NotServed(ErrorKind::AddrNotAvailable.into())],
            Error::OutOfStep => [Error::OutOfStep],
            Error::Outdated => [Error::Outdated],
            Error::PasswordsFile(_) => [Error::PasswordsFile(ErrorKind::NotFound.into())],
            Error::Phone(_) => [Error::Phone(registrar_phones::Refusal::NoFile)],
            Error::Printing => [Error::Printing],
            Error::Stopped { .. } => [Error::Stopped { done: done() }],
            Error::Storage { .. } => [Error::Storage {
                what: "the settings",
                source: ErrorKind::NotFound.into(),
            }],
        })
    }
}

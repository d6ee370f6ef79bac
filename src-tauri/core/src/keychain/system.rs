//! The operating system's keychain: Secret Service, Keychain or Credential Manager.

use keyring_core::{CredentialStore, Error};
use std::sync::Arc;
use zeroize::Zeroizing;

use super::{Entry, Failure, Keychain};
use crate::secret::Kept;

/// The app's identifier with the kind of build, so that a debug build never overwrites what a
/// release build keeps.
const SERVICE: &str = if cfg!(debug_assertions) {
    "dev.sipregistrar.setup.debug"
} else {
    "dev.sipregistrar.setup"
};

/// The keychain of the system, reached anew for each call: a Secret Service that starts late or
/// restarts is then found again.
#[derive(Clone, Copy, Debug, Default)]
pub struct System;

impl Keychain for System {
    fn save(&self, entry: &Entry, secret: &Kept) -> Result<(), Failure> {
        open(entry)?
            .set_secret(secret.expose().as_bytes())
            .map_err(|error| failure(&error))
    }

    fn load(&self, entry: &Entry) -> Result<Option<Kept>, Failure> {
        match open(entry)?.get_secret() {
            Ok(bytes) => {
                let bytes = Zeroizing::new(bytes);
                let text = std::str::from_utf8(&bytes).map_err(|_| Failure::Refused)?;
                Ok(Some(Kept::new(text)))
            }
            Err(Error::NoEntry) if may_hide() => Err(Failure::Locked),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(failure(&error)),
        }
    }

    fn forget(&self, entry: &Entry) -> Result<(), Failure> {
        match open(entry)?.delete_credential() {
            Err(Error::NoEntry) if may_hide() => Err(Failure::Locked),
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(failure(&error)),
        }
    }
}

/// Finds an entry's place; a store that cannot even be opened is missing.
fn open(entry: &Entry) -> Result<keyring_core::Entry, Failure> {
    let Entry { account, what } = entry;
    let store = store().map_err(|error| {
        tracing::debug!(%error, "No keychain");
        Failure::Missing
    })?;
    store
        .build(SERVICE, &format!("{}/{account}", what.name()), None)
        .map_err(|error| failure(&error))
}

#[cfg(target_os = "linux")]
fn store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

#[cfg(target_os = "macos")]
fn store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(windows)]
fn store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
fn store() -> keyring_core::Result<Arc<CredentialStore>> {
    Err(Error::NoDefaultStore)
}

/// Returns whether 'no such entry' may be untrue: a locked Secret Service may hide what it holds.
#[cfg(target_os = "linux")]
fn may_hide() -> bool {
    super::secret_service::is_locked()
}

#[cfg(not(target_os = "linux"))]
fn may_hide() -> bool {
    false
}

/// Sorts the store's error. Its text may hold the entry's attributes, so it is logged by kind only.
fn failure(error: &Error) -> Failure {
    let failure = match error {
        #[cfg(target_os = "linux")]
        Error::NoStorageAccess(cause) => super::secret_service::no_access(cause.as_ref()),
        #[cfg(not(target_os = "linux"))]
        Error::NoStorageAccess(_) => Failure::Missing,
        Error::NoDefaultStore => Failure::Missing,
        _ => Failure::Refused,
    };
    tracing::debug!(?failure, "The keychain failed");
    failure
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_store_says_becomes_what_a_person_can_do() {
        assert_eq!(failure(&Error::NoDefaultStore), Failure::Missing);
        assert_eq!(
            failure(&Error::TooLong("secret".into(), 2560)),
            Failure::Refused
        );
        assert_eq!(
            failure(&Error::PlatformFailure("a cause".into())),
            Failure::Refused
        );
    }
}

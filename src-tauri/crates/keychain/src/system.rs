//! The operating system's keychain: Secret Service, Keychain or Credential Manager.

use std::collections::HashMap;
use std::sync::Arc;

use keyring_core::{CredentialStore, Error};
use zeroize::Zeroizing;

use super::{Entry, Failure, Keychain};
use registrar_secret::Kept;

/// The app's identifier and the kind of build, so that a debug build never overwrites secrets of a
/// release build.
const SERVICE: &str = if cfg!(debug_assertions) {
    "dev.sipregistrar.setup.debug"
} else {
    "dev.sipregistrar.setup"
};

/// The system's keychain. It is reconnected on each call, so that a Secret Service that starts late
/// or restarts is found.
#[derive(Clone, Copy, Debug, Default)]
pub struct System;

impl Keychain for System {
    fn save(&self, entry: &Entry, secret: &Kept) -> Result<(), Failure> {
        open(entry)?
            .set_secret(secret.expose().as_bytes())
            .map_err(|error| failure(&error))
    }

    fn load(&self, entry: &Entry) -> Result<Option<Kept>, Failure> {
        let place = open(entry)?;
        match place.get_secret() {
            Ok(bytes) => {
                let bytes = Zeroizing::new(bytes);
                keep_here(&place, &bytes);
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

/// Opens an entry. A store that can't even be opened counts as missing.
fn open(entry: &Entry) -> Result<keyring_core::Entry, Failure> {
    let Entry { account, what } = entry;
    let store = store().map_err(|error| {
        tracing::debug!(%error, "No keychain");
        Failure::Missing
    })?;
    store
        .build(
            SERVICE,
            &format!("{}/{account}", what.name()),
            modifiers().as_ref(),
        )
        .map_err(|error| failure(&error))
}

/// How an entry is stored. By default, a Windows credential (`CRED_PERSIST_ENTERPRISE`) roams to
/// every computer that the person signs in to; a local one stays on this computer.
#[cfg(windows)]
#[allow(clippy::unnecessary_wraps, reason = "other systems have none")]
fn modifiers() -> Option<HashMap<&'static str, &'static str>> {
    Some(HashMap::from([("persistence", "local")]))
}

#[cfg(not(windows))]
fn modifiers() -> Option<HashMap<&'static str, &'static str>> {
    None
}

/// Restricts to this computer a secret that an older version of the app let roam. If that fails,
/// the next load tries again.
#[cfg(windows)]
fn keep_here(place: &keyring_core::Entry, secret: &[u8]) {
    let local = place
        .get_attributes()
        .is_ok_and(|attributes| attributes.get("persistence").map(String::as_str) == Some("Local"));
    if !local && place.set_secret(secret).is_err() {
        tracing::warn!("A secret still roams");
    }
}

#[cfg(not(windows))]
fn keep_here(_place: &keyring_core::Entry, _secret: &[u8]) {}

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

/// Returns whether 'no such entry' may be wrong: a locked Secret Service may hide its entries.
#[cfg(target_os = "linux")]
fn may_hide() -> bool {
    super::secret_service::is_locked()
}

#[cfg(not(target_os = "linux"))]
fn may_hide() -> bool {
    false
}

/// Classifies the store's error. Its text may contain the entry's attributes, so only its kind is
/// logged.
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

    #[cfg(windows)]
    #[test]
    fn a_secret_stays_on_this_computer_also_one_that_roamed() {
        let entry = Entry {
            account: format!("test-local-{}", std::process::id()),
            what: super::super::EntryKind::SignIn,
        };
        let kept_as = || {
            let attributes = open(&entry).unwrap().get_attributes().unwrap();
            attributes["persistence"].clone()
        };
        let name = format!("{}/{}", entry.what.name(), entry.account);
        let usual = store().unwrap().build(SERVICE, &name, None).unwrap();
        usual.set_secret(b"canary").unwrap();
        let roamed = kept_as();

        let loaded = System.load(&entry);
        let after_load = kept_as();
        System.save(&entry, &Kept::new("canary")).unwrap();
        let after_save = kept_as();
        System.forget(&entry).unwrap();

        assert_eq!(roamed, "Enterprise");
        assert!(loaded.unwrap().is_some());
        assert_eq!([after_load, after_save], ["Local", "Local"]);
    }

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

//! A failing keychain blocks nothing.

use std::sync::Arc;
use std::time::Duration;

use acceptance::practice_journey::{make_realm, sign_in, step};
use registrar_app::ipc::{Screen, StepId};
use registrar_app::journey::session::JourneySession;
use registrar_app::services::Services;
use registrar_keychain::{Entry, Failure, Keychain, Vault};
use registrar_practice::Practice;
use registrar_secret::Kept;
use registrar_storage::store::Store;

/// Fails in one way, at once.
#[derive(Debug)]
struct Failing(Failure);

impl Keychain for Failing {
    fn save(&self, _: &Entry, _: &Kept) -> Result<(), Failure> {
        Err(self.0)
    }

    fn load(&self, _: &Entry) -> Result<Option<Kept>, Failure> {
        Err(self.0)
    }

    fn forget(&self, _: &Entry) -> Result<(), Failure> {
        Err(self.0)
    }
}

/// Asks a person who is not there.
#[derive(Debug)]
struct Asking;

impl Keychain for Asking {
    fn save(&self, _: &Entry, _: &Kept) -> Result<(), Failure> {
        std::thread::park();
        Ok(())
    }

    fn load(&self, _: &Entry) -> Result<Option<Kept>, Failure> {
        Ok(None)
    }

    fn forget(&self, _: &Entry) -> Result<(), Failure> {
        Ok(())
    }
}

async fn signed_in(vault: Vault) -> (tempfile::TempDir, JourneySession, Screen) {
    let folder = tempfile::tempdir().unwrap();
    let practice = Practice::start(folder.path()).await.unwrap();
    let services = Services::practice(practice, vault);
    let session =
        JourneySession::open(services, Store::open(folder.path()).unwrap(), None).unwrap();
    session.continue_to_sign_in().unwrap();
    let screen = sign_in(&session).await;
    (folder, session, screen)
}

fn notices(screen: &Screen) -> Vec<String> {
    let Screen::Realm { head, .. } = screen else {
        panic!("not at the realms: {screen:?}")
    };
    let said = head.notices.iter();
    said.map(|notice| {
        format!(
            "{} {}",
            notice.sentence,
            notice.next.clone().unwrap_or_default()
        )
    })
    .collect()
}

#[tokio::test]
async fn each_keychain_failure_is_reported_and_the_journey_continues() {
    let mut all = Vec::new();
    for failure in [Failure::Locked, Failure::Missing, Failure::Refused] {
        let (_folder, session, screen) = signed_in(Vault::new(Arc::new(Failing(failure)))).await;

        let said = notices(&screen);

        assert_eq!(said.len(), 1, "{failure:?}: {said:?}");
        assert!(
            said[0].contains("next time"),
            "it says that it will ask again: {said:?}"
        );
        assert!(!all.contains(&said), "{failure:?} has words of its own");
        all.push(said);
        let next = make_realm(&session, "lobby").await;
        assert_eq!(step(&next), Some(StepId::Credential));
    }
}

#[tokio::test]
async fn unanswered_keychain_prompt_does_not_hang_the_journey() {
    let vault = Vault::with_patience(Arc::new(Asking), Duration::from_millis(50));

    let (_folder, _guide, screen) = signed_in(vault).await;

    let said = notices(&screen);
    assert!(said[0].contains("didn’t answer in time"), "{said:?}");
}

//! A pretend Bandwidth in the test's own process, which can be slow or faulty and survives when the
//! app is killed. The app reaches it through an account with custom addresses. It runs on the
//! test's runtime, which therefore needs a second thread besides the one that the test blocks.

use std::sync::Arc;
use std::time::Duration;

use acceptance::practice_addresses::exposed;
use registrar_activity::Activity;
use registrar_bandwidth::dashboard::{
    AccountNumber, Credential, Dashboard, Environment, NewCredential, RealmId, Scope, SignIn,
    UserName,
};
use registrar_digest::Hashes;
use registrar_practice::{Faults, Practice, WireFault};
use registrar_secret::{SignInSecret, SipPassword};
use serde_json::json;
use tempfile::TempDir;

use crate::desk::all_loaded;
use crate::walk::Walk;

/// The number of the pretend account's realm.
const REALM: RealmId = RealmId(22);

/// The password of the SIP credentials that it is given.
pub(crate) const FROM_BEFORE: &str = "from before";

pub(crate) struct ExternalApi {
    pub(crate) practice: Practice,
    dashboard: Dashboard,
    realm: String,
    _folder: TempDir,
}

impl ExternalApi {
    pub(crate) async fn start() -> Self {
        // Another test of this process may have chosen it already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        let practice = Practice::start(folder.path()).await.unwrap();
        let addresses = exposed(&practice);
        let sample = Practice::sample_sign_in();
        let dashboard = Dashboard::new(
            Environment::own(&addresses.token, &addresses.bearer, &addresses.basic).unwrap(),
            AccountNumber::parse(&sample.account_number).unwrap(),
            SignIn::ApiClient {
                client_id: sample.client_id,
                secret: SignInSecret::new(sample.client_secret),
            },
            Arc::new(Activity::default()),
        );
        Self {
            realm: practice.sample_check().unwrap().realm,
            practice,
            dashboard: dashboard.unwrap(),
            _folder: folder,
        }
    }

    /// From now on each answer takes this long.
    pub(crate) fn answers_after(&self, slow: Duration) {
        self.practice.set_faults(Faults {
            dashboard: WireFault {
                slow,
                spoiled: None,
            },
            ..Faults::default()
        });
    }

    /// Makes SIP credentials named `phone-0000` and so on.
    pub(crate) async fn make_credentials(&self, count: usize) {
        let new: Vec<NewCredential> = (0..count)
            .map(|number| {
                let name = format!("phone-{number:04}");
                NewCredential {
                    user_name: UserName::parse(&name).unwrap(),
                    domain: None,
                    realm: self.realm.clone(),
                    hashes: Hashes::make(&name, &self.realm, &SipPassword::new(FROM_BEFORE)),
                    application_id: None,
                }
            })
            .collect();
        let made = self.dashboard.create_credentials(Scope::Realm(REALM), &new);
        assert_eq!(made.await.unwrap().made.len(), count);
    }

    /// Returns all that it holds.
    pub(crate) async fn credentials(&self) -> Vec<Credential> {
        let listed = self.dashboard.credentials(Scope::Account).await;
        listed.unwrap()
    }

    /// Fails where a line of a passwords file is not of the SIP credential that has its name.
    /// Returns the names.
    pub(crate) async fn holds_passwords(&self, file: &str) -> Vec<String> {
        let there = self.credentials().await;
        let mut names = Vec::new();
        for line in csv::Reader::from_reader(file.as_bytes()).records() {
            let line = line.unwrap();
            let one = there
                .iter()
                .find(|one| one.user_name == line[0])
                .unwrap_or_else(|| panic!("{} is there", &line[0]));
            let made = Hashes::make(&one.composite(), &one.realm, &SipPassword::new(&line[3]));
            let hashes = one.hashes.as_ref();
            assert!(hashes.is_some_and(|kept| kept.are(&made)), "{}", &line[0]);
            names.push(line[0].to_owned());
        }
        names.sort();
        names
    }

    /// Adds its account in the window, and opens its desk.
    pub(crate) async fn open_desk(&self, walk: &Walk) {
        let addresses = exposed(&self.practice);
        let sample = Practice::sample_sign_in();
        walk.press("accounts").await;
        walk.window.wait_for_screen("accounts").await;
        walk.press("add-account").await;
        walk.window.wait_for_screen("account").await;
        walk.fill("name", "Northwind").await;
        walk.fill("accountNumber", &sample.account_number).await;
        walk.fill("user", &sample.client_id).await;
        walk.fill("secret", &sample.client_secret).await;
        let own = "(() => {
            const choice = document.querySelector('#environment')
            choice.value = 'own'
            choice.dispatchEvent(new Event('change', { bubbles: true }))
            return document.querySelector('#remember').checked })()";
        assert_eq!(walk.window.evaluate(own).await, json!(true), "remembered");
        walk.fill("tokenAddress", &addresses.token).await;
        walk.fill("bearerAddress", &addresses.bearer).await;
        walk.fill("basicAddress", &addresses.basic).await;
        walk.press("save-account").await;
        walk.window.wait_for_screen("accounts").await;
        self.open_desk_again(walk).await;
    }

    /// Opens the desk of its account, which is there already.
    pub(crate) async fn open_desk_again(&self, walk: &Walk) {
        if walk.window.evaluate("document.body.dataset.ready").await != json!("accounts") {
            walk.press("accounts").await;
            walk.window.wait_for_screen("accounts").await;
        }
        walk.press("open-desk").await;
        walk.window.wait_for_screen("desk").await;
        let count = self.credentials().await.len();
        let count = if count > 999 {
            format!("{},{:03}", count / 1000, count % 1000)
        } else {
            count.to_string()
        };
        all_loaded(walk, &format!("All {count} SIP credentials are loaded.")).await;
    }
}

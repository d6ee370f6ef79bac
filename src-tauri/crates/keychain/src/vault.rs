//! The keychain as commands use it: typed, one call at a time, and with a time limit.

use std::collections::HashSet;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tokio::sync::{Mutex, oneshot};
use tokio::time::timeout;

use super::{Entry, EntryKind, Failure, Keepable, Keychain};

/// Time limit for a call: enough to read the system's prompt and type a password.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Accesses a keychain without blocking the window.
///
/// A call returns [`Failure::Slow`] when its time is up. The caller can then rely on the following:
/// - A call that was still queued is never made.
/// - A call that had started continues, because no system allows its prompt to be withdrawn. It may
///   still succeed; only its result is lost.
/// - Calls run in the order in which they were requested. So a `load` after a slow `save` shows its
///   outcome, and what a `forget` removed doesn't come back.
///
/// Dropping a call's future has the same effect as its time being up.
#[derive(Clone, Debug)]
pub struct Vault {
    keychain: Arc<dyn Keychain>,
    turn: Arc<Mutex<()>>,
    /// Accounts that were removed from this computer. Their names are random and never reused.
    removed: Arc<parking_lot::Mutex<HashSet<String>>>,
    patience: Duration,
}

/// The result of removing an account's secrets.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// The secrets that existed and were removed.
    pub removed: Vec<EntryKind>,
    /// The first failure, after which a secret may remain.
    pub failed: Option<Failure>,
}

impl Forgotten {
    /// Merges the result of a later attempt, whose failure replaces this one's.
    pub fn and(&mut self, later: Self) {
        for kind in later.removed {
            if !self.removed.contains(&kind) {
                self.removed.push(kind);
            }
        }
        self.failed = later.failed;
    }
}

impl Vault {
    /// Uses this keychain with the default time limit, [`PATIENCE`].
    #[must_use]
    pub fn new(keychain: Arc<dyn Keychain>) -> Self {
        Self::with_patience(keychain, PATIENCE)
    }

    /// Uses this keychain with a time limit of `patience`.
    #[must_use]
    pub fn with_patience(keychain: Arc<dyn Keychain>, patience: Duration) -> Self {
        Self {
            keychain,
            turn: Arc::default(),
            removed: Arc::default(),
            patience,
        }
    }

    /// Saves a secret, replacing the account's previous one of this kind. Refused for a removed
    /// account: see [`Vault::remove`].
    pub async fn save<S: Keepable>(&self, account: &str, secret: &S) -> Result<(), Failure> {
        let (entry, secret) = (entry(account, S::WHAT), secret.to_kept());
        let removed = Arc::clone(&self.removed);
        self.ask(move |keychain| {
            let removed = removed.lock();
            if removed.contains(&entry.account) {
                return Err(Failure::AccountRemoved);
            }
            drop(removed);
            keychain.save(&entry, &secret)
        })
        .await
    }

    /// Returns the account's secret of this kind, or `None` if none is stored.
    pub async fn load<S: Keepable>(&self, account: &str) -> Result<Option<S>, Failure> {
        let entry = entry(account, S::WHAT);
        let kept = self.ask(move |keychain| keychain.load(&entry)).await?;
        Ok(kept.as_ref().map(S::from_kept))
    }

    /// Removes the account's secret of this kind. It isn't an error if none is stored.
    pub async fn forget<S: Keepable>(&self, account: &str) -> Result<(), Failure> {
        let entry = entry(account, S::WHAT);
        self.ask(move |keychain| keychain.forget(&entry)).await
    }

    /// Removes all of the account's secrets as far as possible, and returns those that existed and
    /// were removed.
    pub async fn forget_all(&self, account: &str) -> Forgotten {
        let entries = EntryKind::ALL.map(|what| entry(account, what));
        let forgotten = self
            .ask(move |keychain| {
                let mut forgotten = Forgotten::default();
                for entry in &entries {
                    // A secret that can't be read is removed all the same.
                    let was_there = keychain.load(entry).map(|kept| kept.is_some());
                    match (was_there, keychain.forget(entry)) {
                        (Ok(true), Ok(())) => forgotten.removed.push(entry.what),
                        (Ok(false), Ok(())) => {}
                        (Err(failure), _) | (_, Err(failure)) => {
                            forgotten.failed.get_or_insert(failure);
                        }
                    }
                }
                Ok(forgotten)
            })
            .await;
        forgotten.unwrap_or_else(|failure| Forgotten {
            removed: Vec::new(),
            failed: Some(failure),
        })
    }

    /// Removes everything saved for an account and refuses further saves, so that pending work
    /// leaves no secret behind that isn't listed anywhere.
    pub async fn remove(&self, account: &str) -> Forgotten {
        self.removed.lock().insert(account.to_owned());
        self.forget_all(account).await
    }

    /// Makes one call on its own thread, which quitting the app doesn't wait for.
    async fn ask<T: Send + 'static>(
        &self,
        call: impl FnOnce(&dyn Keychain) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let answer = async {
            let turn = Arc::clone(&self.turn).lock_owned().await;
            let keychain = Arc::clone(&self.keychain);
            let (sender, receiver) = oneshot::channel();
            thread::Builder::new()
                .name("keychain".into())
                .spawn(move || {
                    let answer = call(keychain.as_ref());
                    drop(turn);
                    if let Err(late) = sender.send(answer) {
                        tracing::info!(ok = late.is_ok(), "The keychain answered too late");
                    }
                })
                .map_err(|_| Failure::Refused)?;
            // The channel closes without a value if the store panicked.
            receiver.await.unwrap_or(Err(Failure::Broken))
        };
        timeout(self.patience, answer)
            .await
            .unwrap_or(Err(Failure::Slow))
    }
}

fn entry(account: &str, what: EntryKind) -> Entry {
    Entry {
        account: account.to_owned(),
        what,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, Sender, channel};

    use super::*;
    use crate::Forgetting;
    use registrar_secret::{Kept, SignInSecret, TwilioSecret};

    #[tokio::test]
    async fn what_is_saved_is_loaded_until_it_is_forgotten() {
        let vault = Vault::new(Arc::new(Forgetting::default()));

        vault
            .save("a", &SignInSecret::new("canary-1"))
            .await
            .unwrap();

        let loaded = vault.load::<SignInSecret>("a").await.unwrap().unwrap();
        assert!(loaded.matches(&SignInSecret::new("canary-1")));
        vault.forget::<SignInSecret>("a").await.unwrap();
        assert!(vault.load::<SignInSecret>("a").await.unwrap().is_none());
        vault.forget::<SignInSecret>("a").await.unwrap();
    }

    #[tokio::test]
    async fn a_removed_account_gets_no_new_secret() {
        let vault = Vault::new(Arc::new(Forgetting::default()));
        let secret = SignInSecret::new("canary-1");
        vault.save("a", &secret).await.unwrap();

        let removed = vault.remove("a").await;
        let late = vault.save("a", &secret).await;

        assert_eq!(removed.removed, [EntryKind::SignIn]);
        assert_eq!(late, Err(Failure::AccountRemoved));
        assert!(vault.load::<SignInSecret>("a").await.unwrap().is_none());
        vault.save("b", &secret).await.unwrap();
    }

    #[tokio::test]
    async fn each_kind_and_each_account_has_a_place_of_its_own() {
        let vault = Vault::new(Arc::new(Forgetting::default()));

        vault
            .save("a", &SignInSecret::new("canary-1"))
            .await
            .unwrap();

        assert!(vault.load::<TwilioSecret>("a").await.unwrap().is_none());
        assert!(vault.load::<SignInSecret>("b").await.unwrap().is_none());
    }

    #[tokio::test]
    async fn an_account_that_is_forgotten_keeps_nothing() {
        let vault = Vault::new(Arc::new(Forgetting::default()));
        vault.save("a", &SignInSecret::new("one")).await.unwrap();
        vault.save("a", &TwilioSecret::new("two")).await.unwrap();

        let forgotten = vault.forget_all("a").await;

        assert_eq!(forgotten.removed, [EntryKind::SignIn, EntryKind::Twilio]);
        assert_eq!(forgotten.failed, None);
        assert!(vault.load::<SignInSecret>("a").await.unwrap().is_none());
        assert!(vault.load::<TwilioSecret>("a").await.unwrap().is_none());
    }

    #[tokio::test]
    async fn a_keychain_that_asks_the_person_does_not_hold_up_the_caller() {
        let (keychain, _question) = Asking::new();
        let vault = Vault::with_patience(keychain, Duration::from_millis(20));

        let saved = vault.save("a", &SignInSecret::new("canary-1")).await;

        assert_eq!(saved.unwrap_err(), Failure::Slow);
    }

    #[tokio::test]
    async fn a_keychain_that_panics_is_broken_and_not_refused() {
        let vault = Vault::new(Arc::new(Breaking));

        let saved = vault.save("a", &SignInSecret::new("canary-1")).await;
        let loaded = vault.load::<SignInSecret>("a").await;

        assert_eq!(saved, Err(Failure::Broken));
        assert_eq!(loaded.map(|_| ()), Err(Failure::Broken));
    }

    #[tokio::test]
    async fn a_call_whose_turn_never_came_is_never_made() {
        let (keychain, question) = Asking::new();
        let vault = Vault::with_patience(Arc::clone(&keychain) as _, Duration::from_millis(20));

        let begun = vault.save("a", &SignInSecret::new("first")).await;
        let waiting = vault.save("b", &SignInSecret::new("second")).await;

        assert_eq!((begun, waiting), (Err(Failure::Slow), Err(Failure::Slow)));
        question.answer();
        let patient = Vault {
            patience: PATIENCE,
            ..vault
        };
        assert!(patient.load::<SignInSecret>("a").await.unwrap().is_some());
        assert!(patient.load::<SignInSecret>("b").await.unwrap().is_none());
    }

    #[tokio::test]
    async fn what_is_forgotten_after_a_slow_save_stays_forgotten() {
        let (keychain, question) = Asking::new();
        let impatient = Vault::with_patience(keychain, Duration::from_millis(20));
        let saved = impatient.save("a", &SignInSecret::new("canary-1")).await;
        let patient = Vault {
            patience: PATIENCE,
            ..impatient
        };

        let (forgotten, ()) = tokio::join!(patient.forget::<SignInSecret>("a"), async {
            question.answer();
        });

        assert_eq!((saved, forgotten), (Err(Failure::Slow), Ok(())));
        assert!(patient.load::<SignInSecret>("a").await.unwrap().is_none());
    }

    #[derive(Debug)]
    struct Breaking;

    impl Keychain for Breaking {
        fn save(&self, _: &Entry, _: &Kept) -> Result<(), Failure> {
            panic!("as the test wants it")
        }

        fn load(&self, _: &Entry) -> Result<Option<Kept>, Failure> {
            panic!("as the test wants it")
        }

        fn forget(&self, _: &Entry) -> Result<(), Failure> {
            panic!("as the test wants it")
        }
    }

    /// A keychain whose first save waits for a prompt.
    #[derive(Debug)]
    struct Asking {
        inner: Forgetting,
        answered: parking_lot::Mutex<Option<Receiver<()>>>,
    }

    /// The prompt that the person sees. A test closes it by dropping it.
    struct Question(Sender<()>);

    impl Question {
        fn answer(&self) {
            self.0.send(()).unwrap();
        }
    }

    impl Asking {
        fn new() -> (Arc<Self>, Question) {
            let (sender, receiver) = channel();
            let keychain = Self {
                inner: Forgetting::default(),
                answered: parking_lot::Mutex::new(Some(receiver)),
            };
            (Arc::new(keychain), Question(sender))
        }
    }

    impl Keychain for Asking {
        fn save(&self, entry: &Entry, secret: &Kept) -> Result<(), Failure> {
            let question = self.answered.lock().take();
            if let Some(answered) = question {
                answered.recv().map_err(|_| Failure::Locked)?;
            }
            self.inner.save(entry, secret)
        }

        fn load(&self, entry: &Entry) -> Result<Option<Kept>, Failure> {
            self.inner.load(entry)
        }

        fn forget(&self, entry: &Entry) -> Result<(), Failure> {
            self.inner.forget(entry)
        }
    }
}

//! The keychain as commands use it: typed, one call at a time, and with a time limit.

use std::collections::HashSet;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tokio::sync::{Mutex, oneshot};
use tokio::time::timeout;

use super::{Entry, EntryKind, Failure, Keepable, Keychain};

/// How long a call may take: enough to read the system's question and type a password.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Asks a keychain without holding up the window.
///
/// A call ends with [`Failure::Slow`] when its time is up. What the caller can rely on then:
/// - A call that was still waiting for its turn is never made.
/// - A call that had begun goes on, because no system lets go of its own question. It may still
///   succeed; only its answer is lost.
/// - Calls are made in the order in which they were asked for. So a `load` after a slow `save` tells
///   what became of it, and what a `forget` removed does not come back.
///
/// Dropping a call's future is the same as its time being up.
#[derive(Clone, Debug)]
pub struct Vault {
    keychain: Arc<dyn Keychain>,
    turn: Arc<Mutex<()>>,
    /// Accounts that were removed from this computer. Their names are random and never used again.
    removed: Arc<parking_lot::Mutex<HashSet<String>>>,
    patience: Duration,
}

/// What became of an account's secrets.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Those that were there and are gone.
    pub removed: Vec<EntryKind>,
    /// The first failure, after which a secret may still be there.
    pub failed: Option<Failure>,
}

impl Forgotten {
    /// Adds what became of them at a later try, whose failure counts.
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
    /// Asks this keychain, with the usual [`PATIENCE`].
    #[must_use]
    pub fn new(keychain: Arc<dyn Keychain>) -> Self {
        Self::with_patience(keychain, PATIENCE)
    }

    /// Asks this keychain, and gives up after `patience`.
    #[must_use]
    pub fn with_patience(keychain: Arc<dyn Keychain>, patience: Duration) -> Self {
        Self {
            keychain,
            turn: Arc::default(),
            removed: Arc::default(),
            patience,
        }
    }

    /// Keeps a secret in place of the one of its kind that the account had. An account that was
    /// removed gets none: see [`Vault::remove`].
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

    /// Returns the account's secret of this kind; `None` when none is kept.
    pub async fn load<S: Keepable>(&self, account: &str) -> Result<Option<S>, Failure> {
        let entry = entry(account, S::WHAT);
        let kept = self.ask(move |keychain| keychain.load(&entry)).await?;
        Ok(kept.as_ref().map(S::from_kept))
    }

    /// Removes the account's secret of this kind. It is no failure when none is kept.
    pub async fn forget<S: Keepable>(&self, account: &str) -> Result<(), Failure> {
        let entry = entry(account, S::WHAT);
        self.ask(move |keychain| keychain.forget(&entry)).await
    }

    /// Removes all of the account's secrets, as far as it can, and returns which were there and
    /// are gone.
    pub async fn forget_all(&self, account: &str) -> Forgotten {
        let entries = EntryKind::ALL.map(|what| entry(account, what));
        let forgotten = self
            .ask(move |keychain| {
                let mut forgotten = Forgotten::default();
                for entry in &entries {
                    // What cannot be looked at is removed all the same.
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

    /// Removes what was saved for an account until now, and refuses to save more: whatever is still
    /// under way for it leaves no secret that nothing lists.
    pub async fn remove(&self, account: &str) -> Forgotten {
        self.removed.lock().insert(account.to_owned());
        self.forget_all(account).await
    }

    /// Makes one call on a thread of its own, which nobody has to wait for when the app quits.
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
            // Nothing is sent when the store panicked.
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

    /// A keychain whose first save waits for the person.
    #[derive(Debug)]
    struct Asking {
        inner: Forgetting,
        answered: parking_lot::Mutex<Option<Receiver<()>>>,
    }

    /// The question that the person sees. A test that drops it closes the question.
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

//! Saved positions of journeys, without secrets.

use std::path::Path;

use registrar_activity::clock;
use registrar_storage::store::{self, Loaded, Store};
use serde::{Deserialize, Deserializer, Serialize};

use super::step::Journey;
use crate::Error;
use crate::account::Account;
use crate::ipc::{
    CallDraft, CredentialDraft, PhoneChoice, RealmDraft, SavedJourney, SignInDraft, StepId,
    TwilioDraft, VoiceDraft,
};

const JOURNEYS: &str = "journeys.json";
const ACCOUNTS: &str = "accounts.json";
const VERSION: u32 = 1;

/// What was typed into the forms, without the secrets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Drafts {
    /// The sign-in form.
    pub sign_in: Option<SignInDraft>,
    /// The realm form.
    pub realm: Option<RealmDraft>,
    /// The credential form.
    pub credential: Option<CredentialDraft>,
    /// The Twilio form.
    pub twilio: Option<TwilioDraft>,
    /// The call form.
    pub call: Option<CallDraft>,
    /// The form that lets Bandwidth ring the phone.
    pub voice: Option<VoiceDraft>,
    /// The chosen phone.
    #[serde(deserialize_with = "known_phone")]
    pub phone: Option<PhoneChoice>,
    /// The details of the test are open.
    pub test_details: bool,
}

/// Drops a phone that this version doesn't list.
fn known_phone<'de, D: Deserializer<'de>>(saved: D) -> Result<Option<PhoneChoice>, D::Error> {
    let choice = Option::<PhoneChoice>::deserialize(saved)?;
    Ok(choice.filter(PhoneChoice::is_known))
}

/// A journey as saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Saved {
    /// The account's ID; `None` for a new account that has never signed in.
    pub account: Option<String>,
    /// Its position.
    pub journey: Journey,
    /// What was typed.
    pub drafts: Drafts,
    /// When it last moved, in milliseconds since 1970.
    pub stopped_at: u64,
}

/// Everything that is saved. Files that couldn't be read are renamed and listed.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// The journeys.
    pub journeys: Vec<Saved>,
    /// The accounts.
    pub accounts: Vec<Account>,
    /// Damaged files, by their new names.
    pub set_aside: Vec<String>,
    /// Files written by a newer version of the app. They aren't touched.
    pub newer: Vec<String>,
}

impl Kept {
    /// Reads both files.
    pub fn read(store: &Store) -> Result<Self, Error> {
        let mut kept = Self::default();
        kept.journeys = kept.take(JOURNEYS, store.read(JOURNEYS, VERSION)?);
        kept.accounts = kept.take(ACCOUNTS, store.read(ACCOUNTS, VERSION)?);
        Ok(kept)
    }

    fn take<T: Default>(&mut self, name: &str, loaded: Loaded<T>) -> T {
        match loaded {
            Loaded::Missing => T::default(),
            Loaded::Found(value) => value,
            Loaded::SetAside { as_name } => {
                self.set_aside.push(as_name);
                T::default()
            }
            Loaded::Newer { .. } => {
                self.newer.push(name.to_owned());
                T::default()
            }
        }
    }

    /// Returns an account's saved journey; `None` means the one without an account.
    #[must_use]
    pub fn journey_of(&self, account: Option<&str>) -> Option<&Saved> {
        self.journeys
            .iter()
            .find(|saved| saved.account.as_deref() == account)
    }
}

/// Returns whether either file of a folder was written by a newer version of this app.
#[must_use]
pub fn is_newer(folder: &Path) -> bool {
    [ACCOUNTS, JOURNEYS]
        .iter()
        .any(|name| store::is_newer(&folder.join(name), VERSION))
}

/// Saves a journey, replacing the one of the same account.
pub fn keep(store: &Store, saved: &Saved) -> Result<(), Error> {
    update_journeys(store, |journeys| {
        journeys.retain(|kept| kept.account != saved.account);
        journeys.push(saved.clone());
    })
}

/// Saves a journey that starts at a saved account's realms, unless one is saved already.
pub fn begin(store: &Store, account: &str) -> Result<(), Error> {
    update_journeys(store, |journeys| {
        let known = |kept: &Saved| kept.account.as_deref() == Some(account);
        if !journeys.iter().any(known) {
            journeys.push(Saved::at_realms(account));
        }
    })
}

/// Deletes an account's journey; `None` means the one without an account.
pub fn forget(store: &Store, account: Option<&str>) -> Result<(), Error> {
    update_journeys(store, |journeys| {
        journeys.retain(|kept| kept.account.as_deref() != account);
    })
}

fn update_journeys(store: &Store, change: impl FnOnce(&mut Vec<Saved>)) -> Result<(), Error> {
    store.update(JOURNEYS, VERSION, |journeys| {
        change(journeys);
        Ok(())
    })
}

/// Updates the current list of saved accounts. Writes nothing if `change` fails.
pub fn update_accounts<R>(
    store: &Store,
    change: impl FnOnce(&mut Vec<Account>) -> Result<R, Error>,
) -> Result<R, Error> {
    store.update(ACCOUNTS, VERSION, change)
}

/// Parses the content of both files, and returns what would be written in its place by the parsers
/// that accept it.
pub(crate) fn read_again(bytes: &[u8]) -> Vec<Vec<u8>> {
    let journeys = store::read_again::<Vec<Saved>>(bytes, VERSION);
    let accounts = store::read_again::<Vec<Account>>(bytes, VERSION);
    [journeys, accounts].into_iter().flatten().collect()
}

/// The name for continuing a journey without an account.
pub const NEW: &str = "new";

impl Saved {
    /// Creates a journey that starts at a saved account's realms.
    #[must_use]
    pub fn at_realms(account: &str) -> Self {
        Self {
            account: Some(account.to_owned()),
            journey: Journey::Realm {
                account: account.to_owned(),
            },
            drafts: Drafts::default(),
            stopped_at: clock::now_ms(),
        }
    }

    /// Returns what Home shows; `None` if there is nothing to continue.
    #[must_use]
    pub fn view(&self, accounts: &[Account], practice: bool) -> Option<SavedJourney> {
        if self.account.is_none() && matches!(self.journey, Journey::Prepare) {
            return None;
        }
        let account = accounts
            .iter()
            .find(|account| Some(&account.id) == self.account.as_ref());
        let typed = self
            .drafts
            .sign_in
            .as_ref()
            .map(|draft| draft.name.trim().to_owned());
        let account_name = account
            .map(|account| account.name.clone())
            .or(typed.filter(|name| !name.is_empty()))
            .unwrap_or_else(|| "New account".to_owned());
        #[allow(
            clippy::cast_precision_loss,
            reason = "milliseconds since 1970 fit in 53 bits"
        )]
        Some(SavedJourney {
            account: self.account.clone().unwrap_or_else(|| NEW.to_owned()),
            account_name,
            practice,
            step: self.step(),
            stopped_at: self.stopped_at as f64,
        })
    }

    fn step(&self) -> StepId {
        self.journey.id()
    }
}

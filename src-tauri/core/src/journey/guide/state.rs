//! What an open journey knows beyond its step: drafts, secrets in memory, what was last fetched.

use std::sync::Arc;

use crate::account::Account;
use crate::dashboard::{Credential, Dashboard, Realm};
use crate::ipc::{CallReport, CheckReport, Notice};
use crate::journey::saved::{Drafts, Saved};
use crate::journey::step::{Journey, Registration};
use crate::practice::phone::PretendPhone;
use crate::registrar::Found;
use crate::secret::SipPassword;
use crate::twilio::{CallSid, PhoneNumber, Twilio};

/// The state of one open journey.
pub(crate) struct State {
    /// The account under which the journey is kept; `None` until the first sign-in.
    pub(crate) key: Option<String>,
    /// Where it is.
    pub(crate) journey: Journey,
    /// The step to go on at after signing in again.
    pub(crate) resume: Option<Journey>,
    /// What was typed.
    pub(crate) drafts: Drafts,
    /// All saved accounts.
    pub(crate) accounts: Vec<Account>,
    /// The signed-in account at Bandwidth.
    pub(crate) dashboard: Option<Arc<Dashboard>>,
    /// A secret for the account is in the keychain.
    pub(crate) secret_saved: bool,
    /// The account's realms as last listed.
    pub(crate) realms: Vec<Realm>,
    /// The short name that was found taken.
    pub(crate) taken_realm: Option<String>,
    /// The password that the app made for the credential form.
    pub(crate) made_password: Option<SipPassword>,
    /// The password of the credential that is being set up.
    pub(crate) password: Option<SipPassword>,
    /// The credential as the API returned it, with its hashes.
    pub(crate) stored: Option<Credential>,
    /// Where the registrar is.
    pub(crate) registrar: Option<Found>,
    /// In practice: the pretend phone, registered until this is dropped.
    pub(crate) practice_phone: Option<PretendPhone>,
    /// The last check from this computer.
    pub(crate) last_check: Option<CheckReport>,
    /// What the registration step found out.
    pub(crate) registration: Registration,
    /// The Twilio account, once its keys were accepted.
    pub(crate) twilio: Option<Arc<Twilio>>,
    /// A Twilio secret for the account is in the keychain.
    pub(crate) twilio_secret_saved: bool,
    /// Numbers to call from.
    pub(crate) numbers: Vec<PhoneNumber>,
    /// The call that is in progress.
    pub(crate) open_call: Option<CallSid>,
    /// The last test call.
    pub(crate) last_call: Option<CallReport>,
    /// What to say above the open step.
    pub(crate) notices: Vec<Notice>,
}

impl State {
    /// Begins at the checklist, or with a saved journey at its sign-in.
    pub(crate) fn new(accounts: Vec<Account>, saved: Option<Saved>) -> Self {
        let mut state = Self {
            key: None,
            journey: Journey::Prepare,
            resume: None,
            drafts: Drafts::default(),
            accounts,
            dashboard: None,
            secret_saved: false,
            realms: Vec::new(),
            taken_realm: None,
            made_password: None,
            password: None,
            stored: None,
            registrar: None,
            practice_phone: None,
            last_check: None,
            registration: Registration::default(),
            twilio: None,
            twilio_secret_saved: false,
            numbers: Vec::new(),
            open_call: None,
            last_call: None,
            notices: Vec::new(),
        };
        if let Some(saved) = saved {
            state.take_up(saved);
        }
        state
    }

    fn take_up(&mut self, saved: Saved) {
        self.key = saved.account;
        self.drafts = saved.drafts;
        if let Some(account) = self.account() {
            self.drafts.sign_in = Some(account.draft());
        }
        match &saved.journey {
            Journey::Prepare | Journey::SignIn => self.journey = saved.journey,
            Journey::Call { registration, .. } | Journey::Finish { registration, .. } => {
                self.registration = registration.clone();
                self.journey = Journey::SignIn;
                self.resume = Some(saved.journey);
            }
            Journey::Realm { .. } | Journey::Credential { .. } | Journey::Register(_) => {
                self.journey = Journey::SignIn;
                self.resume = Some(saved.journey);
            }
        }
    }

    /// The saved account that the journey belongs to.
    pub(crate) fn account(&self) -> Option<&Account> {
        let id = self.journey.account().or(self.key.as_deref())?;
        self.accounts.iter().find(|account| account.id == id)
    }

    /// Opens another step: what was said about the one before is gone.
    pub(super) fn enter(&mut self, journey: Journey) {
        self.journey = journey;
        self.notices.clear();
    }

    /// A credential is being set up: forgets all that belonged to another one.
    pub(super) fn set_up(&mut self, stored: Credential, password: Option<SipPassword>) {
        self.password = password;
        self.made_password = None;
        self.stored = Some(stored);
        self.last_check = None;
        self.last_call = None;
        self.registration = Registration::default();
    }

    /// Returns what is kept of it.
    pub(super) fn saved(&self, now_ms: u64) -> Saved {
        Saved {
            account: self.key.clone(),
            journey: self.resume.clone().unwrap_or_else(|| self.journey.clone()),
            drafts: self.drafts.clone(),
            stopped_at: now_ms,
        }
    }
}

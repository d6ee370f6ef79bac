//! The state of an open journey beyond its step: drafts, secrets in memory, and what was last
//! fetched.

use std::sync::Arc;

use registrar_bandwidth::dashboard::{Credential, Dashboard, Realm};
use registrar_bandwidth::discovery::Found;
use registrar_bandwidth::voice::AnswerUrl;
use registrar_evidence::Trace;
use registrar_explain::{CheckReport, Notice};
use registrar_media::Devices;
use registrar_practice::phone::PretendPhone;
use registrar_secret::SipPassword;
use registrar_sip::{BindingView, TransportName};
use registrar_storage::written::Written;
use registrar_twilio::{Message, PhoneNumber, Twilio};
use registrar_user_agent::call::Order;
use tokio::sync::mpsc;
use tokio::time::Instant;

use crate::account::Account;
use crate::ipc::{CallReport, CallWay, CredentialDraft, PhoneChoice, RegisteredPhone};
use crate::journey::saved::{Drafts, Saved};
use crate::journey::step::{Journey, Registration};

/// The state of one open journey.
pub(crate) struct State {
    /// The ID under which the journey is saved; `None` until the first sign-in.
    pub(crate) key: Option<String>,
    /// How many times another step was opened.
    pub(super) moves: u64,
    /// Where it is.
    pub(crate) journey: Journey,
    /// The step to continue at after signing in again.
    pub(crate) resume: Option<Journey>,
    /// What was typed.
    pub(crate) drafts: Drafts,
    /// All saved accounts.
    pub(crate) accounts: Vec<Account>,
    /// The signed-in account at Bandwidth.
    pub(crate) dashboard: Option<Arc<Dashboard>>,
    /// Whether a secret for the account is in the keychain.
    pub(crate) secret_saved: bool,
    /// The account's realms as last listed.
    pub(crate) realms: Vec<Realm>,
    /// The short name that turned out to be taken.
    pub(crate) taken_realm: Option<String>,
    /// The password generated for the credential form.
    pub(crate) made_password: Option<SipPassword>,
    /// The password of the credential being set up.
    pub(crate) password: Option<SipPassword>,
    /// Who knows it.
    pub(crate) password_known: PasswordKnown,
    /// A password that was sent without a response, and may be the valid one.
    pub(super) unanswered: Option<SipPassword>,
    /// The credential as the API returned it, with its hashes.
    pub(crate) stored: Option<Credential>,
    /// Where the registrar is.
    pub(crate) registrar: Option<Found>,
    /// In practice, the pretend phone, registered until this is dropped.
    pub(crate) practice_phone: Option<PretendPhone>,
    /// The field of the phone's page that the person is led to.
    pub(crate) shown_field: Option<String>,
    /// When the wait for the phone began; it goes on while another part is open.
    pub(super) waiting_since: Option<Instant>,
    /// The bindings that count only once they are refreshed, as of the last look.
    pub(super) old_bindings: Option<Vec<BindingView>>,
    /// The phone that registered while it was waited for.
    pub(crate) arrived: Option<RegisteredPhone>,
    /// The phones that were set up before, the latest first.
    pub(crate) used_phones: Vec<PhoneChoice>,
    /// The files that were saved for the phone, which hold a secret.
    pub(crate) phone_files: Vec<Written>,
    /// The password was replaced, so a binding may still be an old phone's.
    pub(crate) replaced: bool,
    /// The transport of the last check.
    pub(crate) transport: TransportName,
    /// The last check from this computer.
    pub(crate) last_check: Option<CheckReport>,
    /// The same check with the data for saving it.
    pub(crate) last_trace: Option<Trace>,
    /// The results of the registration step.
    pub(crate) registration: Registration,
    /// The Twilio account, once its keys were accepted.
    pub(crate) twilio: Option<Arc<Twilio>>,
    /// Numbers to call from.
    pub(crate) numbers: Vec<PhoneNumber>,
    /// Whose form was typed into last at the call step.
    pub(super) call_way: CallWay,
    /// The last test call.
    pub(crate) last_call: Option<CallReport>,
    /// This computer's sound devices, as far as they are known.
    pub(crate) devices: Devices,
    /// The callee of the last call from this computer.
    pub(crate) local_to: String,
    /// The destination of key presses during a call from this computer.
    pub(super) orders: Option<mpsc::Sender<Order>>,
    /// The notices above the open step.
    pub(crate) notices: Vec<Notice>,
}

/// Who knows the password of the credential that is being set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PasswordKnown {
    /// The person, who typed it.
    Typed,
    /// Only the app, which generated it.
    Made,
    /// The app generated it, and the person copied or saved it.
    Kept,
}

impl PasswordKnown {
    /// Where a password is from: a typed one, or else the app.
    pub(super) fn from(typed: Option<&SipPassword>) -> Self {
        if typed.is_some() {
            Self::Typed
        } else {
            Self::Made
        }
    }
}

impl State {
    /// Starts at the checklist, or with a saved journey at its sign-in.
    pub(crate) fn new(accounts: Vec<Account>, saved: Option<Saved>) -> Self {
        let mut state = Self {
            key: None,
            moves: 0,
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
            password_known: PasswordKnown::Typed,
            unanswered: None,
            stored: None,
            registrar: None,
            practice_phone: None,
            shown_field: None,
            waiting_since: None,
            old_bindings: None,
            arrived: None,
            used_phones: Vec::new(),
            phone_files: Vec::new(),
            replaced: false,
            transport: TransportName::Udp,
            last_check: None,
            last_trace: None,
            registration: Registration::default(),
            twilio: None,
            numbers: Vec::new(),
            call_way: CallWay::Twilio,
            last_call: None,
            devices: Devices::default(),
            local_to: String::new(),
            orders: None,
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
        if saved.journey.account().is_none() {
            self.journey = saved.journey;
        } else {
            self.take_registration(&saved.journey);
            self.journey = Journey::SignIn;
            self.resume = Some(saved.journey);
        }
    }

    /// Restores the registration step's results from before the journey stopped.
    pub(super) fn take_registration(&mut self, journey: &Journey) {
        if let Journey::Call { registration, .. } | Journey::Finish { registration, .. } = journey {
            self.registration = registration.clone();
        }
    }

    /// Restores what was typed before the journey stopped; the sign-in stays as it is.
    pub(super) fn take_drafts(&mut self, drafts: Drafts) {
        let sign_in = self.drafts.sign_in.take();
        self.drafts = Drafts { sign_in, ..drafts };
    }

    /// The saved account that the journey belongs to.
    pub(crate) fn account(&self) -> Option<&Account> {
        let id = self.journey.account().or(self.key.as_deref())?;
        self.accounts.iter().find(|account| account.id == id)
    }

    /// Opens another step, and clears the notices of the previous one.
    pub(super) fn enter(&mut self, journey: Journey) {
        self.moves += 1;
        self.refill(&journey);
        self.journey = journey;
        self.shown_field = None;
        self.notices.clear();
    }

    /// Sets the credential to set up, and drops everything that belonged to another one.
    pub(super) fn set_up(&mut self, stored: Credential, password: Option<SipPassword>) {
        self.password_known = PasswordKnown::Typed;
        self.password = password;
        self.unanswered = None;
        self.made_password = None;
        self.stored = Some(stored);
        self.practice_phone = None;
        self.last_check = None;
        self.last_trace = None;
        self.last_call = None;
        self.waiting_since = None;
        self.old_bindings = None;
        self.arrived = None;
        self.registration = Registration::default();
    }

    /// Going back to the credential form shows the created credential, not an empty form.
    fn refill(&mut self, next: &Journey) {
        let back = matches!(next, Journey::Credential { .. });
        let Some(subject) = self.journey.subject().filter(|_| back) else {
            return;
        };
        if let Journey::Finish { .. } = self.journey {
            return;
        }
        let credential = subject.credential.clone();
        self.drafts.credential = Some(CredentialDraft {
            user_name: credential.user_name,
            domain: credential.domain.unwrap_or_default(),
            application_id: credential.application_id.unwrap_or_default(),
        });
        self.made_password = self
            .password
            .clone()
            .filter(|_| self.password_known != PasswordKnown::Typed);
    }

    /// Leaves a sign-in that was opened in between. Returns whether there was one.
    pub(super) fn leave_sign_in(&mut self) -> bool {
        let in_between = matches!(self.journey, Journey::SignIn) && self.dashboard.is_some();
        match self.resume.take_if(|_| in_between) {
            Some(journey) => {
                self.enter(journey);
                true
            }
            None => false,
        }
    }

    /// Drops everything that belongs to one account, before another one is signed in.
    pub(super) fn forget_account(&mut self) {
        let fresh = Self::new(std::mem::take(&mut self.accounts), None);
        let sign_in = self.drafts.sign_in.take();
        let used_phones = std::mem::take(&mut self.used_phones);
        let (moves, journey) = (self.moves, self.journey.clone());
        *self = fresh;
        self.used_phones = used_phones;
        self.drafts.sign_in = sign_in;
        self.moves = moves;
        self.journey = journey;
    }

    /// Returns what is saved of it.
    pub(super) fn saved(&self, now_ms: u64) -> Saved {
        let mut drafts = self.drafts.clone();
        if let Some(voice) = &mut drafts.voice {
            voice.answer_url = AnswerUrl::for_a_file(&voice.answer_url);
        }
        if let Some(call) = &mut drafts.call {
            call.url = AnswerUrl::for_a_file(&call.url);
            call.twiml = Message::twiml_for_a_file(&call.twiml);
        }
        Saved {
            account: self.key.clone(),
            journey: self.resume.clone().unwrap_or_else(|| self.journey.clone()),
            drafts,
            stopped_at: now_ms,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_one_account_is_left_when_another_is_signed_in() {
        let mut state = State::new(Vec::new(), None);
        state.password = Some(SipPassword::new("canary"));
        state.made_password = Some(SipPassword::new("canary"));
        state.drafts.credential = Some(CredentialDraft::default());
        state.registration.phone = Some("Registered from 192.0.2.1.".to_owned());
        state.journey = Journey::SignIn;
        state.moves = 7;

        state.forget_account();

        assert!(state.password.is_none() && state.made_password.is_none());
        assert_eq!(state.drafts.credential, None);
        assert_eq!(state.registration, Registration::default());
        assert_eq!(state.journey, Journey::SignIn);
        assert_eq!(
            state.moves, 7,
            "work that began before is still told from what comes after"
        );
    }
}

//! Signs in, and resumes a stopped journey.

use std::sync::Arc;

use registrar_activity::Tone;
use registrar_bandwidth::dashboard::{Credential, Dashboard, EnvironmentName};
use registrar_bandwidth::discovery::Found;
use registrar_explain as explain;
use registrar_explain::Notice;
use registrar_explain::discovery::trouble;
use registrar_keychain as keychain;
use registrar_secret::SignInSecret;

use super::JourneySession;
use super::credential::stored_credential;
use crate::Error;
use crate::account::Account;
use crate::ipc::{Screen, SignInDraft, SignInMethod};
use crate::journey::saved::{self, Kept, Saved};
use crate::journey::step::{Journey, Subject};

impl JourneySession {
    /// Signs in, saves the account, lists its realms, and opens the realm step or the step where
    /// the journey stopped.
    pub async fn sign_in(
        &self,
        draft: SignInDraft,
        secret: Option<SignInSecret>,
    ) -> Result<Screen, Error> {
        self.at(|journey| matches!(journey, Journey::SignIn))?;
        let place = self.place();
        self.state().drafts.sign_in = Some(draft.clone());
        let kept = self.know_the_kept();
        let account = self.account_for(&draft)?;
        let was_kept = kept.contains(&account.id);
        let secret = self.typed_or_saved(&account, secret).await?;
        self.activity.belongs_to(&account.id);

        let dashboard = Dashboard::new(
            self.services.environment_of(&account)?,
            account.number.clone(),
            account.sign_in_with(&secret),
            Arc::clone(&self.activity),
        )?;
        let realms = dashboard.check().await?;

        // The account is saved before its secret, so that no secret exists for an unlisted account.
        let (account, mut notices) = self.keep_account(account, was_kept)?;
        self.activity.belongs_to(&account.id);
        notices.extend(self.remember(&account, &secret).await);
        let begun_anew = self.state().key.is_none();
        // Practice is started afresh to see each step; a real account continues where its journey
        // stopped.
        let stopped = if begun_anew && self.is_practice() {
            Saved::at_realms(&account.id)
        } else {
            self.stopped_at(&account)?
        };
        let (registrar, stored) = match stopped.journey.subject() {
            Some(subject) => self.look_up(&dashboard, subject, &mut notices).await,
            None => (None, None),
        };
        if begun_anew && !matches!(stopped.journey, Journey::Realm { .. }) {
            notices.push(Notice {
                tone: Tone::Plain,
                sentence: "You stopped here earlier with this account.".to_owned(),
                next: Some("Continue, or go back to choose another realm.".to_owned()),
            });
        }
        {
            let mut state = self.state_at(place)?;
            if state.key.as_deref() != Some(account.id.as_str()) {
                state.forget_account();
                state.take_drafts(stopped.drafts);
            }
            state.resume = None;
            state.key = Some(account.id.clone());
            state.dashboard = Some(Arc::new(dashboard));
            state.realms = realms;
            state.registrar = registrar.or(state.registrar.take());
            state.stored = stored.or(state.stored.take());
            state.take_registration(&stopped.journey);
            state.enter(stopped.journey);
            state.notices = notices;
        }
        if let Err(error) = saved::forget(&self.store, None) {
            self.say(error.notice());
        }
        self.keep_or_say();
        Ok(self.screen())
    }

    /// Opens the sign-in step, to continue at the open step afterwards. What is known stays.
    pub fn sign_in_again(&self) -> Result<Screen, Error> {
        {
            let mut state = self.state();
            if state.journey.account().is_none() {
                return Err(Error::OutOfStep);
            }
            state.resume = Some(state.journey.clone());
            state.enter(Journey::SignIn);
        }
        self.keep_or_say();
        Ok(self.screen())
    }

    /// Signs in with the saved secret, to continue where the journey stopped. Without one, or if
    /// that fails, the sign-in step stays open and says so.
    pub async fn take_up(&self) -> Screen {
        let (account, draft) = {
            let state = self.state();
            (state.account().cloned(), state.drafts.sign_in.clone())
        };
        if let (Some(account), Some(draft)) = (account, draft) {
            let saved = if account.remember {
                self.load_secret(&account).await
            } else {
                Ok(None)
            };
            match saved {
                Ok(Some(_)) => {
                    self.state().secret_saved = true;
                    if let Err(error) = self.sign_in(draft, None).await {
                        self.say(error.notice());
                    }
                }
                Ok(None) => {}
                Err(failure) => self.say(Error::Keychain(failure).notice()),
            }
        }
        self.screen()
    }

    /// Returns where this account's journey stopped: here, or in a saved one. If there is neither,
    /// it starts at the realms.
    fn stopped_at(&self, account: &Account) -> Result<Saved, Error> {
        {
            let state = self.state();
            let here = state.resume.clone();
            if let Some(journey) = here.filter(|at| at.account() == Some(account.id.as_str())) {
                return Ok(Saved {
                    journey,
                    drafts: state.drafts.clone(),
                    ..Saved::at_realms(&account.id)
                });
            }
            if state.key.as_deref() == Some(account.id.as_str()) {
                return Ok(Saved::at_realms(&account.id));
            }
        }
        let kept = Kept::read(&self.store)?;
        let kept = kept.journey_of(Some(&account.id)).cloned();
        Ok(kept
            .filter(|saved| saved.journey.account().is_some())
            .unwrap_or_else(|| Saved::at_realms(&account.id)))
    }

    /// Fetches what the later steps need. Failures are reported there and can be retried, so they
    /// don't prevent signing in.
    async fn look_up(
        &self,
        dashboard: &Dashboard,
        subject: &Subject,
        notices: &mut Vec<Notice>,
    ) -> (Option<Found>, Option<Credential>) {
        let found = self.registrar_of(dashboard, &subject.realm.name).await;
        notices.extend(trouble(&found));
        let stored = match stored_credential(dashboard, subject).await {
            Ok(stored) => Some(stored),
            Err(error) => {
                notices.push(error.notice());
                None
            }
        };
        (Some(found), stored)
    }

    /// Adds a signed-in account to the current list of saved ones, and returns the saved account.
    /// Failures become notices; an account that was removed in the meantime stays removed.
    fn keep_account(
        &self,
        account: Account,
        was_kept: bool,
    ) -> Result<(Account, Vec<Notice>), Error> {
        let kept = saved::update_accounts(&self.store, |kept| signed_in(kept, &account, was_kept));
        let (account, notices) = match kept {
            Ok(account) => (account, Vec::new()),
            Err(Error::OutOfStep) => return Err(Error::OutOfStep),
            Err(error) => (account, vec![error.notice()]),
        };
        self.know(&account);
        Ok((account, notices))
    }

    /// Updates the account's details.
    pub(crate) fn know(&self, account: &Account) {
        let mut state = self.state();
        state.accounts.retain(|kept| kept.id != account.id);
        state.accounts.push(account.clone());
    }

    /// Updates the list of saved accounts, some of which may have been added or removed since the
    /// journey started. Returns their IDs.
    fn know_the_kept(&self) -> Vec<String> {
        match Kept::read(&self.store) {
            Ok(kept) if kept.set_aside.is_empty() && kept.newer.is_empty() => {
                let ids = kept.accounts.iter().map(|kept| kept.id.clone()).collect();
                self.state().accounts = kept.accounts;
                ids
            }
            Ok(_) | Err(_) => Vec::new(),
        }
    }

    pub(super) fn say(&self, notice: Notice) {
        let mut state = self.state();
        if !state.notices.contains(&notice) {
            state.notices.push(notice);
        }
    }

    /// Returns the saved account with the same sign-in, with the name as typed; or the open one, if
    /// only the sign-in method differs; or a new one.
    fn account_for(&self, draft: &SignInDraft) -> Result<Account, Error> {
        let mut account = Account::from_draft(new_id(), draft)?;
        let state = self.state();
        let mut all = state.accounts.iter();
        let same = all.find(|known| known.same_sign_in(&account));
        let open = state.account().filter(|open| open.same_account(&account));
        if let Some(known) = same.or(open) {
            account.id.clone_from(&known.id);
            account.twilio.clone_from(&known.twilio);
            account.twilio_remembered = known.twilio_remembered;
        }
        Ok(account)
    }

    async fn typed_or_saved(
        &self,
        account: &Account,
        typed: Option<SignInSecret>,
    ) -> Result<SignInSecret, Error> {
        if let Some(typed) = account.typed_secret(typed)? {
            return Ok(typed);
        }
        match self.load_secret(account).await {
            Ok(Some(saved)) => Ok(saved),
            Ok(None) => Err(account.missing_secret()),
            Err(failure) => Err(Error::Keychain(failure)),
        }
    }

    async fn load_secret(
        &self,
        account: &Account,
    ) -> Result<Option<SignInSecret>, keychain::Failure> {
        self.services.keychain.load(&account.id).await
    }

    /// Saves the secret in the keychain, or removes it. A failure is reported, and the app
    /// continues.
    async fn remember(&self, account: &Account, secret: &SignInSecret) -> Option<Notice> {
        let keychain = &self.services.keychain;
        let done = if account.remember {
            keychain.save(&account.id, secret).await
        } else {
            keychain.forget::<SignInSecret>(&account.id).await
        };
        self.state().secret_saved = account.remember && done.is_ok();
        explain::not_kept(done, account.remember)
    }
}

impl SignInDraft {
    /// Returns the form's initial values.
    pub(crate) fn start(environment: EnvironmentName) -> Self {
        Self {
            name: String::new(),
            account_number: String::new(),
            method: SignInMethod::ApiClient,
            user: String::new(),
            environment,
            token_address: String::new(),
            bearer_address: String::new(),
            basic_address: String::new(),
            remember: true,
        }
    }
}

/// Adds a signed-in account to the list. Its saved Twilio keys are kept, and each sign-in is in the
/// list only once.
fn signed_in(kept: &mut Vec<Account>, account: &Account, was_kept: bool) -> Result<Account, Error> {
    let place = kept.iter().position(|kept| kept.id == account.id);
    let place = match place {
        None if was_kept => return Err(Error::OutOfStep),
        None => kept.iter().position(|kept| kept.same_sign_in(account)),
        place @ Some(_) => place,
    };
    let Some(known) = place.and_then(|place| kept.get_mut(place)) else {
        kept.push(account.clone());
        return Ok(account.clone());
    };
    *known = Account {
        id: known.id.clone(),
        twilio: known.twilio.clone(),
        twilio_remembered: known.twilio_remembered,
        ..account.clone()
    };
    Ok(known.clone())
}

/// Generates a random ID for an account.
pub(crate) fn new_id() -> String {
    hex::encode(rand::random::<[u8; 8]>())
}

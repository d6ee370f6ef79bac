//! The accounts page: the list, signing out, and removing an account.

use registrar_activity::{Tone, Whose, clock};
use registrar_bandwidth::dashboard::Addresses;
use registrar_explain as explain;
use registrar_explain::{Notice, isolated};
use registrar_keychain::{EntryKind, Forgotten};
use registrar_secret::SignInSecret;

use super::{Workspace, forgetting, kept};
use crate::account::Account;
use crate::ipc::{AccountCard, JobView, Screen, SignInMethod};
use crate::journey::saved::{self, Kept};
use crate::{Error, api_users};

impl Workspace {
    /// Leaves what is open, and opens the page of all accounts.
    pub fn open_accounts(&self) -> Screen {
        self.leave();
        self.accounts_saying(Vec::new())
    }

    /// Returns the page of all accounts with something to say above it.
    pub(super) fn accounts_saying(&self, mut notices: Vec<Notice>) -> Screen {
        let kept = kept::read(self.real_store(), &mut notices);
        let now_ms = clock::now_ms();
        let card = |account: &Account| {
            let stopped = kept.journey_of(Some(&account.id)).is_some();
            self.card(account, stopped, now_ms)
        };
        Screen::Accounts {
            accounts: kept.accounts.iter().map(card).collect(),
            notices,
        }
    }

    /// Removes the secret of an account's sign-in from memory and from the keychain. The account
    /// stays in the list, and what its desk has loaded stays in sight.
    pub async fn sign_out(&self, account: &str) -> Result<Screen, Error> {
        let known = self.saved_account(account)?;
        if let Some(desk) = self.desks().get(account) {
            desk.sign_out();
        }
        self.journeys().forget(Some(account), false);
        let forgotten = self.real.keychain.forget::<SignInSecret>(account).await;
        Ok(self.accounts_saying(vec![Notice {
            tone: if forgotten.is_ok() {
                Tone::Good
            } else {
                Tone::Wait
            },
            sentence: format!("You’re signed out of {}.", isolated(&known.name)),
            next: Some(match forgotten {
                Ok(()) => match known.method {
                    SignInMethod::ApiClient => {
                        "Its client secret is no longer on this computer. The app asks for it when \
                         you open the account."
                    }
                    SignInMethod::ApiUser => {
                        "Its API password is no longer on this computer. The app asks for it when \
                         you open the account."
                    }
                }
                .to_owned(),
                Err(failure) => explain::not_forgotten(failure),
            }),
        }]))
    }

    /// Removes an account, its journey and its secrets from this computer, and says what went.
    pub async fn remove_account(&self, account: &str) -> Result<Screen, Error> {
        let store = self.real_store()?;
        self.saved_account(account)?;
        let jobs = self.stop_jobs(account).await;
        // No secret stays for an account that nothing lists, also where the app is killed in between.
        let mut forgotten = self.real.keychain.forget_all(account).await;
        self.journeys().forget(Some(account), false);
        self.desks().forget(account);
        self.forget_jobs(account)?;
        self.forget_form_of(account);
        let stopped = Kept::read(&store)?.journey_of(Some(account)).is_some();
        let known = saved::update_accounts(&store, |kept| {
            let place = kept.iter().position(|kept| kept.id == account);
            Ok(kept.remove(place.ok_or(Error::OutOfStep)?))
        })?;
        forgotten.and(self.real.keychain.remove(account).await);
        saved::forget(&store, Some(account))?;
        self.forget_activity(Whose::Account(account.to_owned()))
            .await?;
        Ok(self.accounts_saying(vec![forgotten_notice(&known, stopped, &jobs, &forgotten)]))
    }

    pub(super) fn saved_accounts(&self) -> Result<Vec<Account>, Error> {
        Ok(Kept::read(&self.real_store()?)?.accounts)
    }

    pub(super) fn saved_account(&self, id: &str) -> Result<Account, Error> {
        let known = self.saved_accounts()?.into_iter();
        let mut known = known.filter(|known| known.id == id);
        known.next().ok_or(Error::OutOfStep)
    }

    pub(super) fn card(&self, account: &Account, stopped: bool, now_ms: u64) -> AccountCard {
        let own = account.own_addresses.clone();
        let desk = self.desks().get(&account.id);
        let mut forgets = vec![format!(
            "{}, account {}, from the list of accounts",
            isolated(&account.name),
            account.number
        )];
        if account.remember {
            let secret = match account.method {
                SignInMethod::ApiClient => "its client secret, if it’s in the keychain",
                SignInMethod::ApiUser => "its API password, if it’s in the keychain",
            };
            forgets.push(secret.to_owned());
        }
        if account.twilio_remembered {
            forgets.push("its Twilio secret, if it’s in the keychain".to_owned());
        }
        if stopped {
            forgets.push("the step where its setup stopped, with what you entered".to_owned());
        }
        let jobs = self.known_jobs(&account.id);
        if !jobs.is_empty() {
            forgets.push(
                "its jobs’ plans, journals, and result files (passwords files stay where you put \
                 them)"
                    .to_owned(),
            );
        }
        forgets.push("its activity: what was sent and what came back".to_owned());
        AccountCard {
            id: account.id.clone(),
            name: account.name.clone(),
            number: account.number.to_string(),
            method: account.method,
            user: account.user.clone(),
            environment: account.environment,
            own_addresses: own.map(Addresses::from),
            remember: account.remember,
            signed_in: desk.is_some_and(|desk| desk.is_signed_in()),
            notices: api_users::notice(account.method, now_ms)
                .into_iter()
                .collect(),
            unfinished: forgetting::unfinished(&jobs)
                .map(forgetting::before)
                .collect(),
            forgets,
        }
    }
}

/// What the secret of a way to sign in is called.
fn secret_name(method: SignInMethod) -> &'static str {
    match method {
        SignInMethod::ApiClient => "client secret",
        SignInMethod::ApiUser => "API password",
    }
}

fn forgotten_notice(
    account: &Account,
    stopped: bool,
    jobs: &[JobView],
    forgotten: &Forgotten,
) -> Notice {
    let kinds = forgotten.removed.iter().map(|kind| match kind {
        EntryKind::SignIn => secret_name(account.method),
        EntryKind::SipPassword => "saved SIP password",
        EntryKind::Twilio => "Twilio secret",
    });
    let kinds: Vec<&str> = kinds.collect();
    let secrets = match (kinds.is_empty(), forgotten.failed) {
        (_, Some(failure)) => explain::not_forgotten(failure),
        (true, None) => "The keychain held no secrets for it.".to_owned(),
        (false, None) => format!("Removed from the keychain: {}.", kinds.join(", ")),
    };
    let setup = stopped.then(|| "Its stopped setup was removed too.".to_owned());
    let jobs = forgetting::unfinished(jobs).map(forgetting::after);
    let end = "Nothing more changes at Bandwidth.".to_owned();
    let said: Vec<String> = [secrets]
        .into_iter()
        .chain(setup)
        .chain(jobs)
        .chain([end])
        .collect();
    Notice {
        tone: if forgotten.failed.is_some() {
            Tone::Wait
        } else {
            Tone::Good
        },
        sentence: format!(
            "{}, account {}, was removed from this computer.",
            isolated(&account.name),
            account.number
        ),
        next: Some(said.join(" ")),
    }
}

#[cfg(test)]
mod tests;

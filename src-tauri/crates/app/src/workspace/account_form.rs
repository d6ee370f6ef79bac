//! The form for one account: adding one outside the journey, and changing one.

use std::sync::Arc;

use parking_lot::MutexGuard;
use registrar_activity::{Activity, Tone, clock};
use registrar_bandwidth::dashboard::Dashboard;
use registrar_explain as explain;
use registrar_explain::number::counted;
use registrar_explain::{Notice, isolated};
use registrar_secret::SignInSecret;

use super::Workspace;
use crate::account::Account;
use crate::ipc::{Preview, SaveAccount, Screen, SignInDraft, SignInForm, SignInMethod};
use crate::journey::saved;
use crate::journey::screen::sign_in_form_of;
use crate::journey::session::draft::sign_in_problems;
use crate::journey::session::sign_in::new_id;
use crate::{Error, api_users};

/// The form that is open, or was left with something typed.
#[derive(Clone, Debug)]
pub(super) struct Editing {
    /// Which account; `None` for one that is to be added.
    account: Option<String>,
    draft: SignInDraft,
}

impl Workspace {
    /// Opens the form of an account, or of a new one, with what was typed into it before.
    pub fn edit_account(&self, account: Option<&str>) -> Result<Screen, Error> {
        self.open_form(account, |_| ())
    }

    /// Opens the form of an account that signs in with an API user, set to an API client instead.
    pub fn set_up_api_client(&self, account: &str) -> Result<Screen, Error> {
        self.open_form(Some(account), |draft| {
            if draft.method == SignInMethod::ApiUser {
                draft.method = SignInMethod::ApiClient;
                draft.user.clear();
            }
        })
    }

    fn open_form(
        &self,
        account: Option<&str>,
        change: impl FnOnce(&mut SignInDraft),
    ) -> Result<Screen, Error> {
        let known = account.map(|id| self.saved_account(id)).transpose()?;
        self.leave();
        let mut editing = self.editing();
        let same = |open: &&Editing| open.account.as_deref() == account;
        let mut draft = match (editing.as_ref().filter(same), &known) {
            (Some(left), _) => left.draft.clone(),
            (None, Some(known)) => known.draft(),
            (None, None) => SignInDraft::start(self.real.environments[0].name),
        };
        change(&mut draft);
        *editing = Some(Editing {
            account: account.map(ToOwned::to_owned),
            draft: draft.clone(),
        });
        let method = draft.method;
        Ok(Screen::Account {
            name: known.as_ref().map(|known| known.name.clone()),
            form: SignInForm {
                // The saved secret is of the way to sign in that is kept.
                secret_saved: known.is_some_and(|known| known.remember && known.method == method),
                ..sign_in_form_of(draft, &self.real)
            },
            notices: api_users::notice(method, clock::now_ms())
                .into_iter()
                .collect(),
        })
    }

    /// Keeps what was typed into the form of an account.
    pub(super) fn keep_account_draft(&self, draft: SignInDraft) -> Result<Preview, Error> {
        let problems = sign_in_problems(&draft);
        let mut editing = self.editing();
        editing.as_mut().ok_or(Error::OutOfStep)?.draft = draft;
        Ok(Preview {
            problems,
            hash1: Vec::new(),
            hash1b: Vec::new(),
            request: None,
            target: None,
        })
    }

    /// Keeps an account as it was typed, after a sign-in that works where `check` is set.
    pub async fn save_account(&self, asked: SaveAccount) -> Result<Screen, Error> {
        let SaveAccount {
            draft,
            secret,
            check,
            operation: _,
        } = asked;
        let open = self.editing().clone().ok_or(Error::OutOfStep)?;
        let known = open.account.as_deref();
        let known = known.map(|id| self.saved_account(id)).transpose()?;
        let account = self.account_of(&draft, known.as_ref())?;
        let typed = account.typed_secret(secret)?;
        let unchanged = known.as_ref().filter(|known| known.same_sign_in(&account));

        let mut realms = None;
        let mut dashboard = None;
        if check {
            let secret = match (&typed, unchanged) {
                (Some(typed), _) => Some(typed.clone()),
                // A secret goes nowhere but where it belongs: never to another account or address.
                (None, Some(known)) => self.real.keychain.load(&known.id).await?,
                (None, None) => None,
            };
            let secret = secret.ok_or_else(|| account.missing_secret())?;
            let signed_in = self.dashboard_of(&account, &secret)?;
            realms = Some(signed_in.check().await?.len());
            dashboard = Some(signed_in);
        }

        // Others may have been added, changed or removed while the sign-in was tried.
        let account = saved::update_accounts(&self.real_store()?, |kept| {
            keep(kept, account, known.is_some())
        })?;
        *self.editing() = None;
        let mut notices = vec![saved_notice(&account, known.is_some(), realms)];
        notices.extend(
            self.put_secret(&account, typed.as_ref(), unchanged.is_some())
                .await,
        );
        self.journeys().changed(&account, unchanged.is_some());
        let rests = self.desks().get(&account.id).is_some();
        if rests || dashboard.is_some() {
            let desk = self.desk_of(&account.id).await?;
            if let Some(dashboard) = dashboard {
                desk.signed_in(&dashboard);
            }
        }
        Ok(self.accounts_saying(notices))
    }

    /// Forgets what was typed into the form of an account that goes.
    pub(super) fn forget_form_of(&self, account: &str) {
        let gone = |open: &mut Editing| open.account.as_deref() == Some(account);
        self.editing().take_if(gone);
    }

    fn editing(&self) -> MutexGuard<'_, Option<Editing>> {
        self.editing.lock()
    }

    /// Reads the form. The same sign-in is in the list once at most.
    fn account_of(&self, draft: &SignInDraft, known: Option<&Account>) -> Result<Account, Error> {
        let id = known.map_or_else(new_id, |known| known.id.clone());
        let account = Account::from_draft(id, draft)?;
        without_twin(&self.saved_accounts()?, &account)?;
        Ok(account)
    }

    fn dashboard_of(&self, account: &Account, secret: &SignInSecret) -> Result<Dashboard, Error> {
        let activity = Activity::kept_in(&self.activity, false);
        activity.belongs_to(&account.id);
        Ok(Dashboard::new(
            self.real.environment_of(account)?,
            account.number.clone(),
            account.sign_in_with(secret),
            Arc::new(activity),
        )?)
    }

    /// Puts a typed secret where it belongs, and takes one away that belongs to another sign-in or
    /// is not to be remembered.
    async fn put_secret(
        &self,
        account: &Account,
        typed: Option<&SignInSecret>,
        same: bool,
    ) -> Option<Notice> {
        let keychain = &self.real.keychain;
        match typed {
            Some(typed) if account.remember => {
                explain::not_kept(keychain.save(&account.id, typed).await, true)
            }
            None if account.remember && same => None,
            Some(_) | None => {
                let done = keychain.forget::<SignInSecret>(&account.id).await;
                explain::not_kept(done, false)
            }
        }
    }
}

/// Puts an account into the list, in place of the one that was changed. Its Twilio keys stay as they
/// are kept.
fn keep(kept: &mut Vec<Account>, account: Account, was_kept: bool) -> Result<Account, Error> {
    without_twin(kept, &account)?;
    match kept.iter_mut().find(|kept| kept.id == account.id) {
        Some(known) => {
            *known = Account {
                twilio: known.twilio.clone(),
                twilio_remembered: known.twilio_remembered,
                ..account
            };
            Ok(known.clone())
        }
        None if was_kept => Err(Error::OutOfStep),
        None => {
            kept.push(account.clone());
            Ok(account)
        }
    }
}

/// Refuses a sign-in that is in the list under another name.
fn without_twin(kept: &[Account], account: &Account) -> Result<(), Error> {
    let mut others = kept.iter().filter(|other| other.id != account.id);
    match others.find(|other| other.same_sign_in(account)) {
        Some(twin) => Err(Error::field(
            "user",
            &format!(
                "This sign-in is already in the list, as {}. Open that one, or enter another.",
                twin.name
            ),
        )),
        None => Ok(()),
    }
}

fn saved_notice(account: &Account, known: bool, realms: Option<usize>) -> Notice {
    let (name, number) = (isolated(&account.name), &account.number);
    let next = match realms {
        Some(count) => format!(
            "Its sign-in works. The account has {}.",
            counted(count as u64, "realm", "realms")
        ),
        None => match account.method {
            SignInMethod::ApiClient => {
                "Its client secret wasn’t tried. That happens when you open the account."
            }
            SignInMethod::ApiUser => {
                "Its API password wasn’t tried. That happens when you open the account."
            }
        }
        .to_owned(),
    };
    Notice {
        tone: if realms.is_some() {
            Tone::Good
        } else {
            Tone::Plain
        },
        sentence: if known {
            format!("{name}, account {number}, was changed.")
        } else {
            format!("{name}, account {number}, was added.")
        },
        next: Some(next),
    }
}

#[cfg(test)]
mod tests;

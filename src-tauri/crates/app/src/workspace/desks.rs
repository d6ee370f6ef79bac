//! The desks of this run: the open one, and inactive ones that keep their position.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::MutexGuard;
use registrar_activity::{Tone, clock};
use registrar_bandwidth::dashboard::EnvironmentName;
use registrar_explain::Notice;
use registrar_practice::Practice;
use registrar_secret::SignInSecret;

use super::Workspace;
use crate::account::Account;
use crate::desk::{Desk, PRACTICE};
use crate::ipc::{DeskAccount, Screen, SignInDraft, SignInMethod};
use crate::{Error, api_users};

/// The desks by their accounts.
#[derive(Debug, Default)]
pub(super) struct Desks {
    open: Option<String>,
    /// The one that was open last.
    last: Option<String>,
    all: HashMap<String, Arc<Desk>>,
}

impl Desks {
    /// Returns whether a job of any desk is at work.
    pub(super) fn are_at_work(&self) -> bool {
        self.all.values().any(|desk| desk.is_at_work())
    }

    /// Leaves the open desk, with the secrets of its open task.
    pub(super) fn close(&mut self) {
        if let Some(left) = self.open.take().and_then(|open| self.all.get(&open)) {
            left.close_task();
        }
    }

    pub(super) fn get(&self, account: &str) -> Option<Arc<Desk>> {
        self.all.get(account).cloned()
    }

    pub(super) fn forget(&mut self, account: &str) {
        if let Some(desk) = self.all.remove(account) {
            desk.pause_all_jobs();
        }
        if self.open.as_deref() == Some(account) {
            self.open = None;
        }
    }
}

impl Workspace {
    /// Opens the desk of an account, or of practice, where it was left. Signs in by itself where
    /// this computer remembers the secret.
    pub async fn open_desk(&self, account: &str) -> Result<Screen, Error> {
        self.leave();
        let desk = self.desk_of(account).await?;
        desk.sign_in_by_itself().await;
        {
            let mut desks = self.desks();
            desks.open = Some(account.to_owned());
            desks.last = Some(account.to_owned());
        }
        self.desk_screen()
    }

    /// Opens the desk that was open last, or the first account's. Without an account it opens the
    /// page of all accounts and says why.
    pub async fn open_last_desk(&self) -> Result<Screen, Error> {
        let accounts = self.saved_accounts()?;
        let last = self.desks().last.clone();
        let known = |id: &String| id == PRACTICE || accounts.iter().any(|known| known.id == *id);
        let first = accounts.first().map(|first| first.id.clone());
        if let Some(account) = last.filter(known).or(first) {
            return self.open_desk(&account).await;
        }
        self.leave();
        Ok(self.accounts_saying(vec![Notice {
            tone: Tone::Plain,
            sentence: "The support desk needs an account, and there’s none yet.".to_owned(),
            next: Some("Set up an account from Home, or practice at the support desk.".to_owned()),
        }]))
    }

    /// Signs in at the open desk with a typed secret.
    pub async fn sign_in_at_desk(&self, secret: SignInSecret) -> Result<Screen, Error> {
        self.desk()?.sign_in(secret).await?;
        self.desk_screen()
    }

    /// Forgets the open desk's sign-in of this run, so that it asks for the secret.
    pub fn sign_out_at_desk(&self) -> Result<Screen, Error> {
        self.desk()?.sign_out();
        self.desk_screen()
    }

    /// Returns the open desk.
    pub fn desk(&self) -> Result<Arc<Desk>, Error> {
        let desks = self.desks();
        let open = desks.open.as_ref().and_then(|open| desks.all.get(open));
        open.cloned().ok_or(Error::OutOfStep)
    }

    /// Opens the realms of the open desk.
    pub fn open_realms(&self) -> Result<Screen, Error> {
        let desk = self.desk()?;
        Ok(Screen::Realms {
            desk: desk.view(self.desk_accounts()?),
            realms: desk.realm_cards(),
            form: desk.realm_form(),
            notices: desk.take_notices(),
        })
    }

    /// Returns to the list of SIP credentials of the open desk.
    pub fn open_credentials(&self) -> Result<Screen, Error> {
        self.desk_screen()
    }

    /// Returns the open desk as the window draws it.
    pub fn desk_screen(&self) -> Result<Screen, Error> {
        let desk = self.desk()?;
        let mut notices = desk.take_notices();
        // Said where the person is about to type a password that Bandwidth takes no longer, or soon.
        let asks_for = desk.asks_for();
        notices.extend(asks_for.and_then(|method| api_users::notice(method, clock::now_ms())));
        Ok(Screen::Desk {
            desk: desk.view(self.desk_accounts()?),
            notices,
        })
    }

    /// Returns every account that a desk can be opened of; the open one says so.
    fn desk_accounts(&self) -> Result<Vec<DeskAccount>, Error> {
        let desk = self.desk()?;
        let accounts = self.saved_accounts()?;
        let practice = practice_account()?;
        let accounts = accounts.iter().chain([&practice]);
        let accounts = accounts.map(|account| {
            let view = account.view(clock::now_ms());
            DeskAccount {
                open: account.id == desk.account().id,
                id: view.id,
                name: view.name,
                number: view.number,
                environment: view.environment,
            }
        });
        Ok(accounts.collect())
    }

    /// Returns the desk that rests, unless the account's sign-in was changed meanwhile, or a new one.
    pub(super) async fn desk_of(&self, id: &str) -> Result<Arc<Desk>, Error> {
        let (account, practice) = if id == PRACTICE {
            (practice_account()?, true)
        } else {
            (self.saved_account(id)?, false)
        };
        let (services, _) = self.side(practice).await?;
        let mut desks = self.desks();
        let rests = desks.all.get(id);
        let rests = rests.filter(|rests| rests.account().same_sign_in(&account));
        let desk = match rests {
            Some(rests) if *rests.account() == account => return Ok(Arc::clone(rests)),
            // Only its name changed, or whether it is remembered.
            Some(rests) => Arc::new(rests.under(account)),
            None => {
                Arc::new(Desk::open(services, account, self.jobs_of(id)).recording(&self.activity))
            }
        };
        desks.all.insert(id.to_owned(), Arc::clone(&desk));
        Ok(desk)
    }

    pub(super) fn desks(&self) -> MutexGuard<'_, Desks> {
        self.desks.lock()
    }
}

/// The practice account. Its sign-in is the same in every practice.
fn practice_account() -> Result<Account, Error> {
    let sample = Practice::sample_sign_in();
    let draft = SignInDraft {
        name: "Practice account".to_owned(),
        account_number: sample.account_number,
        user: sample.client_id,
        method: SignInMethod::ApiClient,
        remember: false,
        ..SignInDraft::start(EnvironmentName::Practice)
    };
    Account::from_draft(PRACTICE.to_owned(), &draft)
}

#[cfg(test)]
mod tests {
    use registrar_keychain::{Forgetting, Vault};
    use registrar_storage::store::Store;

    use super::*;
    use crate::ipc::{DeskApplicationFilter, DeskResultFilter, DeskSort, DeskView, ListRows};
    use crate::journey::saved;
    use crate::services::Services;

    fn view(screen: Screen) -> DeskView {
        let Screen::Desk { desk, .. } = screen else {
            panic!("not at a desk: {screen:?}")
        };
        desk
    }

    fn open(view: &DeskView) -> Vec<&str> {
        let open = view.accounts.iter().filter(|account| account.open);
        open.map(|account| account.id.as_str()).collect()
    }

    async fn app() -> (tempfile::TempDir, Workspace) {
        let folder = tempfile::tempdir().unwrap();
        let accounts = ["5500123", "5500124"].map(|number| {
            let draft = SignInDraft {
                account_number: number.to_owned(),
                user: "client".to_owned(),
                ..SignInDraft::start(EnvironmentName::Production)
            };
            Account::from_draft(number.to_owned(), &draft).unwrap()
        });
        let store = Store::open(folder.path()).unwrap();
        saved::update_accounts(&store, |kept| {
            kept.extend(accounts);
            Ok(())
        })
        .unwrap();
        let keychain = Vault::new(Arc::new(Forgetting::default()));
        let remembered = SignInSecret::new("secret-7f3a");
        keychain.save("5500124", &remembered).await.unwrap();
        let services = Services {
            keychain,
            ..Services::real()
        };
        let app = Workspace::new(folder.path().to_owned(), services);
        (folder, app)
    }

    #[tokio::test]
    async fn each_account_keeps_its_place_while_another_one_is_open() {
        let (_folder, app) = app().await;
        let first = view(app.open_desk("5500123").await.unwrap());
        assert_eq!(first.asks_for, Some(SignInMethod::ApiClient));
        assert_eq!(open(&first), ["5500123"]);
        assert_eq!(first.accounts.len(), 3, "two of the person's, and practice");
        let place = ListRows {
            offset: 7,
            count: 1,
            realm: Some(22.0),
            find: "anna".to_owned(),
            sort: DeskSort::Realm,
            descending: true,
            result: DeskResultFilter::Unchecked,
            application: DeskApplicationFilter::Without,
        };
        assert_eq!(app.desk().unwrap().rows(&place).total, 0);

        let second = view(app.open_desk("5500124").await.unwrap());
        let again = view(app.open_desk("5500123").await.unwrap());

        assert_eq!(open(&second), ["5500124"]);
        assert_eq!(second.asks_for, None, "this computer remembers its secret");
        assert_eq!(second.place.find, "");
        assert_eq!(again.place.find, "anna");
        assert_eq!(again.place.realm, Some(22.0));
        assert_eq!((again.place.offset, again.place.sort), (7, DeskSort::Realm));
        assert!(again.place.descending);
        assert_eq!(again.place.result, DeskResultFilter::Unchecked);
        assert_eq!(again.place.application, DeskApplicationFilter::Without);
    }

    #[tokio::test]
    async fn a_desk_is_gone_with_its_account_and_closed_by_going_home() {
        let (_folder, app) = app().await;
        app.open_desk("5500123").await.unwrap();
        app.leave();
        assert!(app.desk().is_err(), "Home is open");
        app.open_desk("5500123").await.unwrap();

        app.remove_account("5500123").await.unwrap();

        assert!(app.desk().is_err());
        assert!(app.open_desk("5500123").await.is_err());
    }

    #[tokio::test]
    async fn practice_is_one_of_the_accounts_and_signs_in_by_itself() {
        let (_folder, app) = app().await;

        let practice = view(app.open_desk(PRACTICE).await.unwrap());

        assert!(practice.practice);
        assert_eq!(practice.asks_for, None);
        assert_eq!(open(&practice), [PRACTICE]);
        app.reset_practice().await.unwrap();
        assert!(app.desk().is_err(), "its services are gone");
    }
}

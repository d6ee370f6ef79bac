//! The page of all accounts.

use super::Workspace;
use crate::account::Account;
use crate::ipc::{AccountCard, Addresses, Notice, Screen};
use crate::journey::guide::sign_in::api_user_notice;
use crate::journey::saved::Kept;
use crate::{Error, clock};

impl Workspace {
    /// Leaves what is open, and opens the page of all accounts.
    pub fn open_accounts(&self) -> Screen {
        self.leave();
        self.accounts_saying(Vec::new())
    }

    /// Returns the page of all accounts with something to say above it.
    pub(super) fn accounts_saying(&self, mut notices: Vec<Notice>) -> Screen {
        let kept = super::read(self.real_store(), &mut notices);
        let now_ms = clock::now_ms();
        Screen::Accounts {
            accounts: kept
                .accounts
                .iter()
                .map(|kept| card(kept, now_ms))
                .collect(),
            notices,
        }
    }

    pub(super) fn saved_accounts(&self) -> Result<Vec<Account>, Error> {
        Ok(Kept::read(&self.real_store()?)?.accounts)
    }
}

fn card(account: &Account, now_ms: u64) -> AccountCard {
    let own = account.own_addresses.clone();
    AccountCard {
        id: account.id.clone(),
        name: account.name.clone(),
        number: account.number.to_string(),
        method: account.method,
        user: account.user.clone(),
        environment: account.environment,
        own_addresses: own.map(|own| Addresses {
            token: own.token,
            bearer: own.bearer,
            basic: own.basic,
        }),
        remember: account.remember,
        notices: api_user_notice(account.method, now_ms)
            .into_iter()
            .collect(),
    }
}

//! The journeys of one run of the app: the open one, and those that rest.

use std::sync::Arc;

use crate::account::Account;
use crate::journey::guide::Guide;

/// The journeys of this run. What rests keeps its secrets in memory until it is finished.
#[derive(Default)]
pub(super) struct Journeys {
    pub(super) open: Option<Arc<Guide>>,
    pub(super) resting: Vec<Arc<Guide>>,
}

impl Journeys {
    /// Puts the open journey aside, in place of an older one of the same account.
    pub(super) fn rest(&mut self) {
        if let Some(left) = self.open.take() {
            self.forget(left.key().as_deref(), left.is_practice());
            self.resting.push(left);
        }
    }

    /// Drops the resting journey of an account. What is still under way for it keeps nothing.
    pub(super) fn forget(&mut self, key: Option<&str>, practice: bool) {
        self.drop_those(|rests| rests.is_practice() == practice && rests.key().as_deref() == key);
    }

    /// Drops all resting journeys of practice.
    pub(super) fn forget_practice(&mut self) {
        self.drop_those(Guide::is_practice);
    }

    fn drop_those(&mut self, is_over: impl Fn(&Guide) -> bool) {
        self.resting.retain(|rests| {
            let over = is_over(rests);
            if over {
                rests.end();
            }
            !over
        });
    }

    /// An account was changed: a journey that rests takes its new name, and one whose sign-in is
    /// another is left to what is kept of it.
    pub(super) fn changed(&mut self, account: &Account, same_sign_in: bool) {
        if same_sign_in {
            for rests in self.resting.iter().filter(|rests| !rests.is_practice()) {
                rests.know(account);
            }
        } else {
            self.forget(Some(&account.id), false);
        }
    }

    pub(super) fn take_up(&mut self, key: Option<&str>, practice: bool) -> Option<Arc<Guide>> {
        let same =
            |rests: &Arc<Guide>| rests.is_practice() == practice && rests.key().as_deref() == key;
        let at = self.resting.iter().position(same)?;
        let taken = self.resting.remove(at);
        self.open = Some(Arc::clone(&taken));
        Some(taken)
    }
}

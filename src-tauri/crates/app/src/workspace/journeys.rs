//! The journeys of this run: the open one, and inactive ones.

use std::sync::Arc;

use parking_lot::MutexGuard;

use super::Workspace;
use crate::Error;
use crate::account::Account;
use crate::ipc::Screen;
use crate::journey::saved::{self, Kept, NEW};
use crate::journey::session::JourneySession;

/// The journeys of this run. What rests keeps its secrets in memory until it is finished.
#[derive(Default)]
pub(super) struct Journeys {
    pub(super) open: Option<Arc<JourneySession>>,
    pub(super) resting: Vec<Arc<JourneySession>>,
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
        self.drop_those(JourneySession::is_practice);
    }

    fn drop_those(&mut self, is_over: impl Fn(&JourneySession) -> bool) {
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

    pub(super) fn take_up(
        &mut self,
        key: Option<&str>,
        practice: bool,
    ) -> Option<Arc<JourneySession>> {
        let same = |rests: &Arc<JourneySession>| {
            rests.is_practice() == practice && rests.key().as_deref() == key
        };
        let at = self.resting.iter().position(same)?;
        let taken = self.resting.remove(at);
        self.open = Some(Arc::clone(&taken));
        Some(taken)
    }
}

impl Workspace {
    /// Opens a new journey.
    pub async fn start(&self, practice: bool) -> Result<Screen, Error> {
        let (services, store) = self.side(practice).await?;
        let session = JourneySession::open(services, store, None)?;
        Ok(self.put(self.ready(session, practice)))
    }

    /// Takes up a stopped journey where it is.
    pub async fn continue_journey(&self, account: &str, practice: bool) -> Result<Screen, Error> {
        self.leave();
        let account = (account != NEW).then_some(account);
        if let Some(rests) = self.journeys().take_up(account, practice) {
            return Ok(rests.screen());
        }
        let (services, store) = self.side(practice).await?;
        let saved = Kept::read(&store)?
            .journey_of(account)
            .cloned()
            .ok_or(Error::OutOfStep)?;
        let session = JourneySession::open(services, store, Some(saved))?;
        self.put(self.ready(session, practice));
        Ok(self.journey_session()?.take_up().await)
    }

    /// Sets up another phone on a saved account: its stopped journey, or a new one at its realms.
    pub async fn open_account(&self, account: &str) -> Result<Screen, Error> {
        let store = self.real_store()?;
        let kept = Kept::read(&store)?;
        if kept.journey_of(Some(account)).is_none() {
            if !kept.accounts.iter().any(|known| known.id == account) {
                return Err(Error::OutOfStep);
            }
            saved::begin(&store, account)?;
        }
        self.continue_journey(account, false).await
    }

    /// Ends the open journey.
    pub fn finish(&self) -> Result<Screen, Error> {
        self.journey_session()?.finish()?;
        self.journeys().open = None;
        Ok(self.home())
    }

    /// Returns the open journey.
    pub fn journey_session(&self) -> Result<Arc<JourneySession>, Error> {
        self.journeys().open.clone().ok_or(Error::OutOfStep)
    }

    pub(super) fn journeys(&self) -> MutexGuard<'_, Journeys> {
        self.journeys.lock()
    }

    /// Gives a journey what outlives it.
    fn ready(&self, session: JourneySession, practice: bool) -> JourneySession {
        session
            .within(self.checks.of(practice))
            .recording(&self.activity)
    }

    fn put(&self, session: JourneySession) -> Screen {
        let session = Arc::new(session);
        let screen = session.screen();
        let mut journeys = self.journeys();
        journeys.rest();
        journeys.open = Some(session);
        screen
    }
}

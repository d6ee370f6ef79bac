//! The checks without an account of this run: the open one, and those that rest.

use std::sync::Arc;

use parking_lot::MutexGuard;

use super::Workspace;
use crate::Error;
use crate::checker::Checker;
use crate::ipc::Screen;

/// The checks without an account, one a side, once they were opened.
#[derive(Default)]
pub(super) struct Checkers {
    pub(super) open: Option<Arc<Checker>>,
    pub(super) known: Vec<Arc<Checker>>,
}

impl Workspace {
    /// Opens the check without an account.
    pub async fn open_check(&self, practice: bool) -> Result<Screen, Error> {
        // A check keeps nothing, so it needs no folder that can be written.
        let services = self.services(practice).await?;
        self.leave();
        let mut checkers = self.checkers();
        let known = checkers
            .known
            .iter()
            .find(|known| known.is_practice() == practice);
        let opened = known.cloned();
        let opened = opened.unwrap_or_else(|| {
            let checker = Checker::open(services, self.checks.of(practice));
            Arc::new(checker.recording(&self.activity))
        });
        checkers.known.retain(|known| !Arc::ptr_eq(known, &opened));
        checkers.known.push(Arc::clone(&opened));
        checkers.open = Some(Arc::clone(&opened));
        Ok(opened.screen())
    }

    /// Returns the open check.
    pub fn checker(&self) -> Result<Arc<Checker>, Error> {
        self.checkers().open.clone().ok_or(Error::OutOfStep)
    }

    pub(super) fn checkers(&self) -> MutexGuard<'_, Checkers> {
        self.checkers.lock()
    }
}

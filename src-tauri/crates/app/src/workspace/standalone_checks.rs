//! The checks without an account of this run: the open one, and inactive ones.

use std::sync::Arc;

use parking_lot::MutexGuard;

use super::Workspace;
use crate::Error;
use crate::ipc::Screen;
use crate::standalone_check::StandaloneCheck;

/// The checks without an account, one a side, once they were opened.
#[derive(Default)]
pub(super) struct StandaloneChecks {
    pub(super) open: Option<Arc<StandaloneCheck>>,
    pub(super) known: Vec<Arc<StandaloneCheck>>,
}

impl Workspace {
    /// Opens the check without an account.
    pub async fn open_check(&self, practice: bool) -> Result<Screen, Error> {
        // A check keeps nothing, so it needs no folder that can be written.
        let services = self.services(practice).await?;
        self.leave();
        let mut standalone_checks = self.standalone_checks();
        let known = standalone_checks
            .known
            .iter()
            .find(|known| known.is_practice() == practice);
        let opened = known.cloned();
        let opened = opened.unwrap_or_else(|| {
            let standalone_check = StandaloneCheck::open(services, self.checks.of(practice));
            Arc::new(standalone_check.recording(&self.activity))
        });
        standalone_checks
            .known
            .retain(|known| !Arc::ptr_eq(known, &opened));
        standalone_checks.known.push(Arc::clone(&opened));
        standalone_checks.open = Some(Arc::clone(&opened));
        Ok(opened.screen())
    }

    /// Returns the open check.
    pub fn standalone_check(&self) -> Result<Arc<StandaloneCheck>, Error> {
        self.standalone_checks()
            .open
            .clone()
            .ok_or(Error::OutOfStep)
    }

    pub(super) fn standalone_checks(&self) -> MutexGuard<'_, StandaloneChecks> {
        self.standalone_checks.lock()
    }
}

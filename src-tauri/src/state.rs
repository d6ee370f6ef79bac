//! The state available to commands. There is one per process, created in `run`, never a `static`.

use std::sync::Arc;
use std::time::Duration;

use registrar_app::desk::Desk;
use registrar_app::journey::session::JourneySession;
use registrar_app::operation::Operations;
use registrar_app::standalone_check::StandaloneCheck;
use registrar_app::workspace::Workspace;
use registrar_explain::Failure;

use crate::clipboard::Clipboard;

/// How long each kind of work may take to stop when the app quits.
const SHUTDOWN_LIMIT: Duration = Duration::from_secs(3);

/// The state of one running app.
pub(crate) struct App {
    pub(crate) workspace: Workspace,
    pub(crate) operations: Operations,
    pub(crate) clipboard: Arc<Clipboard>,
}

impl App {
    pub(crate) fn new(workspace: Workspace) -> Self {
        Self {
            workspace,
            operations: Operations::default(),
            clipboard: Arc::new(Clipboard::default()),
        }
    }

    /// Returns the open desk.
    pub(crate) fn desk(&self) -> Result<Arc<Desk>, Failure> {
        self.workspace.desk().map_err(|error| error.failure())
    }

    /// Hangs up and unregisters, so that the app leaves nothing behind.
    pub(crate) async fn shut_down(&self) {
        self.operations.stop_all(SHUTDOWN_LIMIT).await;
        for left in self.workspace.settle(SHUTDOWN_LIMIT).await {
            tracing::warn!("{left}");
        }
    }

    /// Returns the open check.
    pub(crate) fn standalone_check(&self) -> Result<Arc<StandaloneCheck>, Failure> {
        self.workspace
            .standalone_check()
            .map_err(|error| error.failure())
    }

    /// Returns the open journey.
    pub(crate) fn journey_session(&self) -> Result<Arc<JourneySession>, Failure> {
        self.workspace
            .journey_session()
            .map_err(|error| error.failure())
    }
}

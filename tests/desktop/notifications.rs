//! The notification service of a desktop, on the test's own session bus.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use acceptance::private_session::PrivateSession;
use zbus::blocking::{Connection, connection};
use zbus::zvariant::OwnedValue;

/// Those that were shown: what stands above, and what stands below it.
type Shown = Arc<Mutex<Vec<(String, String)>>>;

/// Listens as long as it lives.
pub(crate) struct Notifications {
    shown: Shown,
    _connection: Connection,
}

impl Notifications {
    /// Begins to listen on the session's bus.
    pub(crate) fn of(session: &PrivateSession) -> Self {
        let shown = Shown::default();
        let desktop = Desktop {
            shown: Arc::clone(&shown),
        };
        let connection = connection::Builder::address(session.bus_address().as_str())
            .and_then(|builder| builder.name("org.freedesktop.Notifications"))
            .and_then(|builder| builder.serve_at("/org/freedesktop/Notifications", desktop))
            .and_then(connection::Builder::build)
            .unwrap();
        Self {
            shown,
            _connection: connection,
        }
    }

    /// Returns those that were shown so far.
    pub(crate) fn shown(&self) -> Vec<(String, String)> {
        self.shown.lock().unwrap().clone()
    }
}

struct Desktop {
    shown: Shown,
}

/// Desktop Notifications Specification 1.2, as far as a sender needs it.
#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Desktop {
    #[allow(
        clippy::too_many_arguments,
        unused_variables,
        reason = "the specification has them"
    )]
    fn notify(
        &self,
        app_name: String,
        replaces: u32,
        icon: String,
        summary: String,
        body: String,
        actions: Vec<String>,
        hints: HashMap<String, OwnedValue>,
        timeout: i32,
    ) -> u32 {
        self.shown.lock().unwrap().push((summary, body));
        1
    }
}

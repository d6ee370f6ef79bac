//! Practice: pretend services on this computer, in this process, that speak the real protocols.
//!
//! The app meets them as it meets the real ones, by address alone. They begin with an account of
//! one realm and two SIP credentials, remember what was done in the practice folder, and take
//! whatever ports are free at each start.

mod access;
mod credential;
mod dashboard;
mod directory;
mod dns;
mod faults;
mod http;
pub mod media;
mod memory;
pub mod phone;
mod realm;
pub mod registrar;
mod token;

use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use tokio::task::JoinSet;

pub use self::directory::PracticeDirectory;
pub use self::dns::{HostRecord, PretendDns, ServiceRecord};
pub use self::faults::{Faults, Spoilt, WireFault};

use self::access::{ACCOUNT, Kind, LOGINS, Tokens};
use self::dashboard::Dashboard;
use self::faults::Board;
use self::memory::Memory;
use self::token::TokenEndpoint;
use crate::clock;
use crate::error::Error;
use crate::ipc::{Addresses, SampleSignIn};

/// The pretend services. They stop when this is dropped.
#[derive(Debug)]
pub struct Practice {
    memory: Arc<Memory>,
    faults: Arc<Board>,
    set_aside: Option<String>,
    token: SocketAddr,
    dashboard: SocketAddr,
    registrar_port: u16,
    _services: JoinSet<()>,
}

/// A pretend API user, for the sign-in by name and password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SampleApiUser {
    /// Its name.
    pub user: &'static str,
    /// Its password; it opens nothing but practice.
    pub password: &'static str,
}

impl Practice {
    /// Starts the services on free ports of the loopback interface.
    pub async fn start(folder: &Path) -> Result<Self, Error> {
        let (memory, set_aside) = Memory::open(folder)?;
        let memory = Arc::new(memory);
        let faults = Arc::new(Board::default());
        let tokens = Arc::new(Tokens::default());
        let registrar_port = 0;

        let (token_listener, token) = http::listen().await.map_err(no_port)?;
        let (dashboard_listener, dashboard) = http::listen().await.map_err(no_port)?;
        let endpoint = TokenEndpoint {
            faults: Arc::clone(&faults),
            tokens: Arc::clone(&tokens),
        };
        let api = Dashboard {
            faults: Arc::clone(&faults),
            tokens,
            memory: Arc::clone(&memory),
            address: dashboard,
            registrar_port,
        };
        let mut services = JoinSet::new();
        services.spawn(http::serve(token_listener, Arc::new(endpoint)));
        services.spawn(http::serve(dashboard_listener, Arc::new(api)));
        Ok(Self {
            memory,
            faults,
            set_aside,
            token,
            dashboard,
            registrar_port,
            _services: services,
        })
    }

    /// The three addresses of the practice environment.
    #[must_use]
    pub fn addresses(&self) -> Addresses {
        Addresses {
            token: format!("http://{}{}", self.token, token::PATH),
            bearer: format!("http://{}{}", self.dashboard, dashboard::BEARER_PATH),
            basic: format!("http://{}{}", self.dashboard, dashboard::BASIC_PATH),
        }
    }

    /// The API client to sign in with. It is the same in every practice.
    #[must_use]
    pub fn sample_sign_in() -> SampleSignIn {
        SampleSignIn {
            account_number: ACCOUNT.to_owned(),
            client_id: LOGINS[0].user.to_owned(),
            client_secret: LOGINS[0].secret.to_owned(),
        }
    }

    /// The API user to sign in with.
    #[must_use]
    pub fn sample_api_user() -> Option<SampleApiUser> {
        LOGINS
            .iter()
            .find(|login| login.kind == Kind::User)
            .map(|login| SampleApiUser {
                user: login.user,
                password: login.secret,
            })
    }

    /// The only voice application that the pretend account has.
    #[must_use]
    pub fn sample_application() -> &'static str {
        dashboard::APPLICATION
    }

    /// What the DNS answers at this moment.
    #[must_use]
    pub fn dns(&self) -> PretendDns {
        let faults = self.faults.now();
        let realms = self
            .memory
            .look(|state| dns::listed(state, clock::now_ms(), &faults));
        PretendDns::of(realms, self.registrar_port)
    }

    /// What the pretend registrar verifies by.
    #[must_use]
    pub fn directory(&self) -> PracticeDirectory {
        PracticeDirectory::new(Arc::clone(&self.memory))
    }

    /// The name under which a practice file lies that could not be read, if there was one.
    #[must_use]
    pub fn set_aside(&self) -> Option<&str> {
        self.set_aside.as_deref()
    }

    /// Makes things go wrong from the next request on.
    pub fn set_faults(&self, faults: Faults) {
        self.faults.set(faults);
    }

    /// The faults in force.
    #[must_use]
    pub fn faults(&self) -> Faults {
        self.faults.now()
    }

    /// Forgets all that was done, and all faults.
    pub async fn reset(&self) -> Result<(), Error> {
        self.faults.set(Faults::default());
        self.memory.reset().await
    }
}

fn no_port(source: io::Error) -> Error {
    Error::Storage {
        what: "a port for practice",
        source,
    }
}

//! Practice: pretend services in this process that speak the real protocols.
//!
//! The app uses them exactly like the real ones; only the addresses differ. They start with an
//! account that has one realm and two SIP credentials. What was done, and the registrar's port, are
//! saved in the practice folder. The other ports are chosen anew at each start.
//!
//! A [`Practice`] is all of the services together; [`registrar::Registrar`] is the registrar alone,
//! and [`phone::PretendPhone`] is a phone that keeps itself registered there.
//!
//! ```
//! use registrar_practice::Practice;
//!
//! # fn main() -> Result<(), registrar_practice::Error> {
//! # let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
//! # runtime.block_on(async {
//! let folder = tempfile::tempdir().unwrap();
//! let practice = Practice::start(folder.path()).await?;
//! assert!(practice.registrar().address().ip().is_loopback());
//! # Ok(())
//! # })
//! # }
//! ```

mod access;
mod connections;
mod credential;
mod dashboard;
mod dialer;
mod directory;
mod dns;
mod error;
mod faults;
mod http;
pub mod media;
mod memory;
pub mod phone;
mod ports;
mod realm;
pub mod registrar;
mod samples;
mod state;
mod token;
mod twilio;
mod voice;

use std::io;
use std::path::Path;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::task::JoinSet;

pub use self::dialer::SipDialer;
pub use self::directory::PracticeDirectory;
pub use self::dns::PracticeDns;
pub use self::error::Error;
pub use self::faults::{Fault, FaultDuration, Faults, Group, Spoiled, Switch, WireFault};
pub use self::twilio::{BoxFuture, DialEnd, DialOrder, DialState, Dialer, OnState};

use self::access::{ACCOUNT, Kind, LOGINS, Tokens};
use self::dashboard::Dashboard;
use self::faults::ActiveFaults;
use self::http::Endpoint;
use self::memory::Memory;
pub use self::memory::read_again;
use self::registrar::{Options, Registrar};
pub use self::samples::{SampleCheck, SampleSignIn, SampleTwilio, SampleVoice};
use registrar_activity::clock;
use registrar_http::service_url::ServiceUrl;
use registrar_sip::message::Message;

use self::state::{SAMPLE_PASSWORD, SAMPLE_USER_NAME};
use self::token::TokenEndpoint;
use self::twilio::{Twilio, UnderWay, account};
use self::voice::{Book, Voice};

/// A number that answers. Like the others, it is reserved for fiction.
pub const ANSWERS: &str = "+19195550150";
/// A number that is busy.
pub const BUSY: &str = "+19195550151";
/// A number that doesn't exist.
pub const MISSING: &str = "+19195550152";
/// A number that rings and is never answered.
pub const UNANSWERED: &str = "+19195550153";

/// The pretend services. They stop when dropped.
#[derive(Debug)]
pub struct Practice {
    memory: Arc<Memory>,
    faults: Arc<ActiveFaults>,
    set_aside: Option<String>,
    addresses: PracticeAddresses,
    voice_calls: Arc<Book>,
    registrar: Registrar,
    _services: JoinSet<()>,
}

/// The addresses of the pretend HTTP services. Each contains a secret that changes at each start,
/// so that only this app can reach them.
#[derive(Clone, Debug)]
pub struct PracticeAddresses {
    /// The token endpoint, whole.
    pub token: ServiceUrl,
    /// The dashboard API for Bearer.
    pub bearer: ServiceUrl,
    /// The dashboard API for Basic.
    pub basic: ServiceUrl,
    /// Replaces `https://api.twilio.com`.
    pub twilio: ServiceUrl,
    /// Replaces `https://voice.bandwidth.com/api/v2`.
    pub voice: ServiceUrl,
}

impl PracticeAddresses {
    fn of(
        token: &Endpoint,
        dashboard: &Endpoint,
        twilio: &Endpoint,
        voice: &Endpoint,
    ) -> Result<Self, Error> {
        let url = |endpoint: &Endpoint, path| endpoint.url(path).map_err(|_| Error::Broken);
        Ok(Self {
            token: url(token, token::PATH)?,
            bearer: url(dashboard, dashboard::BEARER_PATH)?,
            basic: url(dashboard, dashboard::BASIC_PATH)?,
            twilio: url(twilio, "")?,
            voice: url(voice, voice::PATH)?,
        })
    }
}

/// A pretend API user, for the sign-in by name and password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SampleApiUser {
    /// Its name.
    pub user: &'static str,
    /// Its password, which only works in practice.
    pub password: &'static str,
}

impl Practice {
    /// Starts the services on free loopback ports. Requires a Tokio runtime.
    pub async fn start(folder: &Path) -> Result<Self, Error> {
        Self::start_with(folder, Arc::new(SipDialer)).await
    }

    /// Starts the services with another dialer in place of real SIP.
    pub async fn start_with(folder: &Path, dialer: Arc<dyn Dialer>) -> Result<Self, Error> {
        Self::start_by(folder, dialer, None).await
    }

    /// Starts the services on five consecutive ports: the registrar on `base`, followed by the
    /// token endpoint, the dashboard, Twilio and the Voice API. Fails if one of them is taken.
    pub async fn start_at(folder: &Path, base: u16) -> Result<Self, Error> {
        if base.checked_add(4).is_none() {
            let source = io::Error::from(io::ErrorKind::InvalidInput);
            return Err(Error::NoPort(source));
        }
        ports::remember(folder, base);
        Self::start_by(folder, Arc::new(SipDialer), Some(base)).await
    }

    async fn start_by(
        folder: &Path,
        dialer: Arc<dyn Dialer>,
        base: Option<u16>,
    ) -> Result<Self, Error> {
        let port = |place: u16| base.map_or(0, |base| base + place);
        let (memory, set_aside) = Memory::open(folder)?;
        let memory = Arc::new(memory);
        let faults = Arc::new(ActiveFaults::default());
        let tokens = Arc::new(Tokens::default());
        let directory = Arc::new(PracticeDirectory::new(
            Arc::clone(&memory),
            Arc::clone(&faults),
        ));
        let seen = Arc::clone(&faults);
        let on_request = Arc::new(move |request: &Message, now| {
            let faults = seen.request(request, now)?;
            Some((faults.registrar, faults.network))
        });
        let registrar = ports::start_registrar(folder, directory, options(), on_request)
            .await
            .map_err(Error::NoPort)?;
        let registrar_port = registrar.port();
        if base.is_some_and(|base| base != registrar_port) {
            return Err(Error::NoPort(io::ErrorKind::AddrInUse.into()));
        }

        let (token_listener, token) = http::listen(port(1)).await.map_err(Error::NoPort)?;
        let (dashboard_listener, dashboard) = http::listen(port(2)).await.map_err(Error::NoPort)?;
        let endpoint = TokenEndpoint {
            faults: Arc::clone(&faults),
            tokens: Arc::clone(&tokens),
        };
        let api = Dashboard {
            faults: Arc::clone(&faults),
            tokens: Arc::clone(&tokens),
            memory: Arc::clone(&memory),
            endpoint: Arc::clone(&dashboard),
            registrar_port,
        };
        let (twilio_listener, twilio) = http::listen(port(3)).await.map_err(Error::NoPort)?;
        let calls = Twilio {
            faults: Arc::clone(&faults),
            memory: Arc::clone(&memory),
            dialer: Arc::clone(&dialer),
            dns: PracticeDns::new(Arc::clone(&memory), Arc::clone(&faults), registrar_port),
            under_way: UnderWay::default(),
        };
        let (voice_listener, voice) = http::listen(port(4)).await.map_err(Error::NoPort)?;
        let voice_calls = Arc::new(Book::default());
        let rings = Voice {
            faults: Arc::clone(&faults),
            tokens,
            memory: Arc::clone(&memory),
            bindings: registrar.lookup(),
            dialer,
            book: Arc::clone(&voice_calls),
            endpoint: Arc::clone(&voice),
            under_way: Mutex::default(),
        };
        let mut services = JoinSet::new();
        let addresses = PracticeAddresses::of(&token, &dashboard, &twilio, &voice)?;
        services.spawn(http::serve(token_listener, token, Arc::new(endpoint)));
        services.spawn(http::serve(dashboard_listener, dashboard, Arc::new(api)));
        services.spawn(http::serve(twilio_listener, twilio, Arc::new(calls)));
        services.spawn(http::serve(voice_listener, voice, Arc::new(rings)));
        Ok(Self {
            memory,
            faults,
            set_aside,
            addresses,
            voice_calls,
            registrar,
            _services: services,
        })
    }

    /// The addresses of the HTTP services.
    #[must_use]
    pub fn addresses(&self) -> &PracticeAddresses {
        &self.addresses
    }

    /// Returns the API client to sign in with, the same in every practice.
    #[must_use]
    pub fn sample_sign_in() -> SampleSignIn {
        SampleSignIn {
            account_number: ACCOUNT.to_owned(),
            client_id: LOGINS[0].user.to_owned(),
            client_secret: LOGINS[0].secret.to_owned(),
        }
    }

    /// Returns a fresh practice account's SIP credential for a check, and its registrar's address.
    /// `None` once it was deleted; without a password once that was replaced.
    #[must_use]
    pub fn sample_check(&self) -> Option<SampleCheck> {
        let address = format!("127.0.0.1:{}", self.registrar.port());
        let (realm, has_password) = self.memory.look(|state| state.sample(clock::now_ms()))?;
        Some(SampleCheck {
            realm,
            user_name: SAMPLE_USER_NAME.to_owned(),
            password: has_password.then(|| SAMPLE_PASSWORD.to_owned()),
            address,
        })
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

    /// Returns the pretend account's number, its voice application, and an answer URL that works.
    #[must_use]
    pub fn sample_voice() -> SampleVoice {
        SampleVoice {
            from: voice::NUMBER.to_owned(),
            application_id: dashboard::APPLICATION.to_owned(),
            answer_url: voice::ANSWERS.to_owned(),
        }
    }

    /// The pretend Twilio account, and a number that answers.
    #[must_use]
    pub fn sample_twilio() -> SampleTwilio {
        SampleTwilio {
            account_sid: account::SID.to_owned(),
            auth_token: account::AUTH_TOKEN.to_owned(),
            to: ANSWERS.to_owned(),
        }
    }

    /// An API key of the pretend Twilio account: its SID and its secret.
    #[must_use]
    pub fn sample_twilio_key() -> (&'static str, &'static str) {
        (account::KEY_SID, account::KEY_SECRET)
    }

    /// Returns practice's DNS, which resolves its own realms and no other name.
    #[must_use]
    pub fn dns(&self) -> PracticeDns {
        PracticeDns::new(
            Arc::clone(&self.memory),
            Arc::clone(&self.faults),
            self.registrar.port(),
        )
    }

    /// The pretend registrar.
    #[must_use]
    pub fn registrar(&self) -> &Registrar {
        &self.registrar
    }

    /// Returns what the pretend registrar verifies against.
    #[must_use]
    pub fn directory(&self) -> PracticeDirectory {
        PracticeDirectory::new(Arc::clone(&self.memory), Arc::clone(&self.faults))
    }

    /// Returns the new name of a practice file that couldn't be read, if there was one.
    #[must_use]
    pub fn set_aside(&self) -> Option<&str> {
        self.set_aside.as_deref()
    }

    /// Returns whether a folder contains any practice data.
    #[must_use]
    pub fn is_begun(folder: &Path) -> bool {
        Memory::is_in(folder)
    }

    /// Removes all practice data from a folder except the port, which phones may be using. Practice
    /// must not be running.
    pub fn remove(folder: &Path) -> Result<(), Error> {
        let port = ports::remembered(folder);
        match std::fs::remove_dir_all(folder) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(source) => {
                return Err(Error::storage("the practice folder", source));
            }
        }
        if let Some(port) = port {
            ports::remember(folder, port);
        }
        Ok(())
    }

    /// Discards everything that was done, and all faults.
    pub async fn reset(&self) -> Result<(), Error> {
        self.set_faults(Faults::default());
        self.voice_calls.clear();
        self.memory.reset().await
    }
}

/// Returns the registrar's options without injected faults.
fn options() -> Options {
    Options {
        busy: vec![BUSY.to_owned()],
        missing: vec![MISSING.to_owned()],
        unanswered: vec![UNANSWERED.to_owned()],
        ..Options::default()
    }
}

//! Does the work of each step and advances the journey.
//!
//! Each session serves one open journey. Locks are held briefly and never across an await.

mod arrival;
mod call;
mod causes;
mod copy;
mod credential;
mod devices;
pub(crate) mod draft;
mod evidence;
mod finish;
pub(crate) mod forms;
mod local_call;
mod parts;
pub(super) mod phone;
mod phone_code;
mod phone_files;
mod realm;
mod register;
mod ring;
mod setup_sheet;
pub(crate) mod sign_in;
pub(super) mod state;
mod wait;

use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};
use registrar_activity::{Activity, Exchange, Log, clock};
use registrar_bandwidth::dashboard::Dashboard;
use registrar_storage::store::Store;
use registrar_user_agent::check::Checks;
use tokio::sync::Notify;

use self::devices::SoundDevices;
use self::state::State;
use super::saved::{self, Kept, Saved};
use super::step::{Event, Journey, Subject};
use crate::Error;
use crate::account::Account;
use crate::ipc::Screen;
use crate::phones;
use crate::services::Services;

pub use local_call::LocalCall;

/// A callback for one line of progress.
pub type OnProgress<'a> = &'a (dyn Fn(&str) + Send + Sync);

/// An open journey.
pub struct JourneySession {
    services: Services,
    store: Store,
    activity: Arc<Activity>,
    checks: Checks,
    state: Mutex<State>,
    /// Held while reading the state and writing it, so that an older state never replaces a newer
    /// one.
    keeping: Mutex<Keeping>,
    devices: SoundDevices,
    /// Notified when a pretend phone has registered, so that the wait for a phone checks
    /// immediately.
    phone_registered: Notify,
}

/// Whether a journey is kept on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Keeping {
    On,
    /// It is over, or its account was removed. Work that is still under way keeps nothing.
    Ended,
}

/// Where the journey was when work began. What the work found out counts only while that is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place(u64);

impl JourneySession {
    /// Opens a journey: a new one, or the saved one. Its checks are its own; see [`JourneySession::within`].
    pub fn open(services: Services, store: Store, saved: Option<Saved>) -> Result<Self, Error> {
        let accounts = Kept::read(&store)?.accounts;
        let mut state = State::new(accounts, saved);
        state.used_phones = phones::used::read(&store);
        Ok(Self {
            services,
            store,
            activity: Arc::new(Activity::default()),
            checks: Checks::default(),
            state: Mutex::new(state),
            keeping: Mutex::new(Keeping::On),
            devices: SoundDevices::default(),
            phone_registered: Notify::new(),
        })
    }

    /// Lets its checks belong to `checks`, which may outlive it.
    #[must_use]
    pub fn within(self, checks: Checks) -> Self {
        Self { checks, ..self }
    }

    /// Writes what it does into a log that lasts.
    #[must_use]
    pub fn recording(self, log: &Log) -> Self {
        let activity = Activity::kept_in(log, self.is_practice());
        if let Some(account) = self.key() {
            activity.belongs_to(&account);
        }
        let activity = Arc::new(activity);
        Self { activity, ..self }
    }

    /// Returns the screen to draw.
    #[must_use]
    pub fn screen(&self) -> Screen {
        let mut state = self.state();
        state.devices = self.devices.known(&state.journey, state.moves);
        super::screen::draw(&state, &self.services)
    }

    /// Returns what was sent and came back, the newest last.
    #[must_use]
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.activity.exchanges()
    }

    /// The checklist was read.
    pub fn continue_to_sign_in(&self) -> Result<Screen, Error> {
        self.advance(Event::Prepared)
    }

    /// One step back. From a sign-in in between, that is the step that it was opened from.
    pub fn go_back(&self) -> Result<Screen, Error> {
        if self.state().leave_sign_in() {
            self.keep_or_say();
            return Ok(self.screen());
        }
        self.advance(Event::WentBack)
    }

    /// Returns the account that the journey is kept under, once there is one.
    #[must_use]
    pub fn key(&self) -> Option<String> {
        self.state().key.clone()
    }

    /// Returns whether this is practice.
    #[must_use]
    pub fn is_practice(&self) -> bool {
        self.services.practice.is_some()
    }

    /// Advances the journey, saves it, and returns the screen to draw.
    fn advance(&self, event: Event) -> Result<Screen, Error> {
        self.advance_from(self.place(), event, |_| {})
    }

    /// Advances the journey from where work started, with its results. If the person has moved
    /// elsewhere in the meantime, nothing changes.
    fn advance_from(
        &self,
        place: Place,
        event: Event,
        found: impl FnOnce(&mut State),
    ) -> Result<Screen, Error> {
        {
            let mut state = self.state_at(place)?;
            let moved = state
                .journey
                .clone()
                .apply(event)
                .map_err(|_| Error::OutOfStep)?;
            state.enter(moved);
            found(&mut state);
        }
        self.keep_or_say();
        Ok(self.screen())
    }

    /// Keeps the journey as it is.
    fn keep(&self) -> Result<(), Error> {
        let keeping = self.keeping();
        if *keeping == Keeping::Ended {
            return Ok(());
        }
        let saved = self.state().saved(clock::now_ms());
        saved::keep(&self.store, &saved)
    }

    /// Saves nothing from now on, whatever is still running.
    pub(crate) fn end(&self) {
        *self.keeping() = Keeping::Ended;
    }

    /// Returns whether the journey is over, or its account was removed.
    fn is_ended(&self) -> bool {
        *self.keeping() == Keeping::Ended
    }

    fn keeping(&self) -> MutexGuard<'_, Keeping> {
        self.keeping.lock()
    }

    /// Saves the journey. A full disk is reported but blocks nothing.
    fn keep_or_say(&self) {
        if let Err(error) = self.keep() {
            self.say(error.notice());
        }
    }

    fn place(&self) -> Place {
        Place(self.state().moves)
    }

    /// Returns the state, if the journey is still where work started.
    fn state_at(&self, place: Place) -> Result<MutexGuard<'_, State>, Error> {
        let state = self.state();
        if Place(state.moves) == place {
            Ok(state)
        } else {
            Err(Error::OutOfStep)
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }

    fn dashboard(&self) -> Result<Arc<Dashboard>, Error> {
        self.state().dashboard.clone().ok_or(Error::OutOfStep)
    }

    fn subject(&self) -> Result<Subject, Error> {
        self.state()
            .journey
            .subject()
            .cloned()
            .ok_or(Error::OutOfStep)
    }

    fn account(&self) -> Result<Account, Error> {
        self.state().account().cloned().ok_or(Error::OutOfStep)
    }

    fn at(&self, fits: impl Fn(&Journey) -> bool) -> Result<(), Error> {
        if fits(&self.state().journey) {
            Ok(())
        } else {
            Err(Error::OutOfStep)
        }
    }
}

impl std::fmt::Debug for JourneySession {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("JourneySession")
            .field("step", &self.state().journey.id())
            .finish_non_exhaustive()
    }
}

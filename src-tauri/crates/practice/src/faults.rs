//! Faults injected on demand.
//!
//! [`Fault`] is the catalog that a person chooses from, [`Faults`] is what they come to in each
//! service, and [`ActiveFaults`] holds those in force.

mod active;
mod catalog;
mod stored;

use std::time::Duration;

use tokio::sync::watch;

use super::{Practice, registrar};

pub(super) use self::active::ActiveFaults;
pub use self::active::{Duration as FaultDuration, Switch};
pub use self::catalog::{Fault, Group};
pub(super) use self::stored::stored_as;

/// Everything that can be made to fail. By default, nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Faults {
    /// Every sign-in is refused as a wrong secret.
    pub secret_refused: bool,
    /// The API client lacks the role 'SIP Credentials'.
    pub role_missing: bool,
    /// The account is not enabled for SIP credentials.
    pub account_not_enabled: bool,
    /// Realms created while this is set stay `CREATE_PENDING` until it is cleared.
    pub realm_stuck: bool,
    /// Realms created while this is set end as `CREATE_FAILED`.
    pub realm_fails: bool,
    /// Every new realm's name counts as taken.
    pub realm_name_taken: bool,
    /// The first credential of each request is refused with this code.
    pub credential_refused: Option<u32>,
    /// A credential's voice application doesn't change when it is updated.
    pub application_kept: bool,
    /// More credentials than this in one request are refused.
    pub most_at_once: Option<usize>,
    /// A request whose credentials are all refused is answered with 201, as seen live.
    pub refusals_as_created: bool,
    /// User names are stored, and echoed, with their first letter's case changed.
    pub letter_case_changed: bool,
    /// Twilio refuses every new call with this code.
    pub twilio_refuses: Option<u32>,
    /// The sign-in lacks the role 'HTTP Voice'.
    pub voice_role_missing: bool,
    /// The stored hashes of one SIP credential were made with this mistake.
    pub stored: Option<Fault>,
    /// This computer's DNS knows no realm yet.
    pub dns_missing: bool,
    /// This computer's DNS names another port than the account's settings.
    pub dns_differs: bool,
    /// What the registrar does.
    pub registrar: registrar::Faults,
    /// What the network before the registrar does.
    pub network: registrar::NetworkFaults,
    /// What happens to answers of the token endpoint.
    pub token: WireFault,
    /// What happens to answers of the dashboard.
    pub dashboard: WireFault,
    /// What happens to answers of Twilio.
    pub twilio: WireFault,
    /// What happens to answers of the Voice API.
    pub voice: WireFault,
}

/// Faults in the transmission of one service's responses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WireFault {
    /// The minimum delay between a request and its response.
    pub slow: Duration,
    /// How responses are spoiled.
    pub spoiled: Option<Spoiled>,
}

/// A way to spoil an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoiled {
    /// The connection is closed in the middle of the response. The request was carried out.
    CutOff,
    /// An HTML page replaces the response. The request wasn't carried out.
    Html,
    /// Status 500 only. The request wasn't carried out.
    ServerError,
    /// Status 429 and the time after which to retry. The request wasn't carried out.
    TooMany,
}

impl Practice {
    /// Injects faults from the next request on, in place of all others.
    pub fn set_faults(&self, faults: Faults) {
        self.faults.set(faults);
        self.tell_registrar();
    }

    /// Switches a fault on or off from the next request on. A request that is under way ends as it
    /// began.
    pub fn switch(&self, fault: Fault, lasts: Option<FaultDuration>) {
        self.faults.switch(fault, lasts);
        self.tell_registrar();
    }

    /// Returns all faults that can be switched, with those that are on.
    #[must_use]
    pub fn switches(&self) -> Vec<Switch> {
        self.faults.switches()
    }

    /// Returns how often the faults were changed, as it changes.
    #[must_use]
    pub fn fault_changes(&self) -> watch::Receiver<u32> {
        self.faults.changes()
    }

    fn tell_registrar(&self) {
        let faults = self.faults.now();
        self.registrar.set_faults(faults.registrar);
        self.registrar.set_network(faults.network);
    }

    /// The faults in force.
    #[must_use]
    pub fn faults(&self) -> Faults {
        self.faults.now()
    }
}

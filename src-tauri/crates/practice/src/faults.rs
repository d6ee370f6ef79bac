//! Faults injected on demand.

use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};

use super::registrar;

/// Everything that can be made to go wrong. The default is: nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Faults {
    /// Every sign-in is refused as a wrong secret.
    pub secret_refused: bool,
    /// The API client lacks the role 'SIP Credentials'.
    pub role_missing: bool,
    /// The account is not enabled for SIP credentials.
    pub account_not_enabled: bool,
    /// Realms made meanwhile stay `CREATE_PENDING` as long as this is set.
    pub realm_stuck: bool,
    /// Realms made meanwhile end as `CREATE_FAILED`.
    pub realm_fails: bool,
    /// Every new realm's name is taken.
    pub realm_name_taken: bool,
    /// The first credential of each request is refused with this code.
    pub credential_refused: Option<u32>,
    /// A credential's voice application stays what it was when it is changed.
    pub application_kept: bool,
    /// More credentials than this in one request are refused.
    pub most_at_once: Option<usize>,
    /// A request whose credentials are all refused is answered 201, as was seen live.
    pub refusals_as_created: bool,
    /// User names are stored, and echoed, with their first letter's case changed.
    pub letter_case_changed: bool,
    /// Twilio refuses every new call with this code.
    pub twilio_refuses: Option<u32>,
    /// The sign-in lacks the role 'HTTP Voice'.
    pub voice_role_missing: bool,
    /// What the registrar does.
    pub registrar: registrar::Faults,
    /// What happens to answers of the token endpoint.
    pub token: WireFault,
    /// What happens to answers of the dashboard.
    pub dashboard: WireFault,
    /// What happens to answers of Twilio.
    pub twilio: WireFault,
    /// What happens to answers of the Voice API.
    pub voice: WireFault,
}

/// What happens to the answers of one service on their way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WireFault {
    /// Each answer comes this long after its request, at the earliest.
    pub slow: Duration,
    /// How it is spoiled.
    pub spoiled: Option<Spoiled>,
}

/// A way to spoil an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoiled {
    /// The connection ends in the middle of the answer. What was asked for did happen.
    CutOff,
    /// A page for people comes in place of the answer. Nothing happened.
    Html,
    /// Status 500 and nothing else. Nothing happened.
    ServerError,
    /// Status 429 and the second from which on one may ask again. Nothing happened.
    TooMany,
}

/// The faults in force, shared by all pretend services.
#[derive(Debug, Default)]
pub(super) struct ActiveFaults(Mutex<Faults>);

impl ActiveFaults {
    pub(super) fn now(&self) -> Faults {
        self.lock().clone()
    }

    pub(super) fn set(&self, faults: Faults) {
        *self.lock() = faults;
    }

    fn lock(&self) -> MutexGuard<'_, Faults> {
        self.0.lock()
    }
}

//! A recorded message, and its meaning.

use std::net::SocketAddr;

use registrar_sip::register::{Meaning, Purpose};

/// A message of a check or of a call, redacted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TracedMessage {
    /// This computer sent it.
    pub sent: bool,
    /// The place of its target among those of the check.
    pub target: u32,
    /// Milliseconds since the first moment.
    pub at_ms: u32,
    /// The short label, such as `401 Unauthorized`.
    pub label: String,
    /// What it means.
    pub meaning: MessageMeaning,
    /// The whole message, redacted.
    pub text: String,
}

/// What a message means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessageMeaning {
    /// The other side sent it in a call.
    CallHeard {
        /// What it says.
        said: CallHeard,
        /// Its source, if that isn't the registrar.
        astray: Option<SocketAddr>,
    },
    /// This computer sent it in a call.
    CallSent(CallSent),
    /// A registrar answered a registration.
    RegisterHeard(Meaning),
    /// This computer sent it for a registration.
    RegisterSent {
        /// What for.
        purpose: Purpose,
        /// The same was sent before.
        again: bool,
    },
}

/// What this computer says in a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallSent {
    /// The same message was sent before.
    Again,
    /// It agrees.
    Agrees,
    /// It agrees to a change of the call.
    AgreesToChange,
    /// It asks the registrar to call a user.
    Calls {
        /// The user part, cut to what can be shown.
        user: String,
    },
    /// It cancels the call before it's answered.
    Cancels,
    /// It changes or refreshes the established call.
    ChangesCall,
    /// It confirms the same once more.
    ConfirmsAgain,
    /// It confirms the answer: the call is established.
    ConfirmsAnswer,
    /// It confirms the end of the call.
    ConfirmsEnd,
    /// It confirms that it heard a refusal.
    ConfirmsRefusal,
    /// Both sides asked at the same time.
    Glare,
    /// It hangs up.
    HangsUp,
    /// It doesn't know the call that it was asked about.
    NoSuchCall,
    /// It says what it can do.
    Options,
    /// It signs in and calls again.
    Proves,
    /// It doesn't do what it was asked for.
    Refuses,
}

/// What the other side says in a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallHeard {
    /// A retransmission.
    Again,
    /// It agrees.
    Agrees,
    /// The call is answered.
    Answered,
    /// It asks for our credentials.
    Asks {
        /// For which realm, cut to what can be shown.
        realm: String,
    },
    /// It asks what this computer can do.
    AsksOptions,
    /// It asks for something that a test call doesn't do.
    AsksOther,
    /// The called number is busy.
    Busy,
    /// The call was canceled before it was answered.
    Canceled,
    /// It asks for a proof that a SIP credential can't give.
    CannotAnswer,
    /// It changes the call, or refreshes it.
    ChangesCall,
    /// It confirms a change.
    ConfirmsChange,
    /// It confirms the end of the call.
    ConfirmsEnd,
    /// Early media: sound before the answer.
    EarlySound,
    /// It hangs up.
    HangsUp,
    /// It refuses.
    Refuses {
        /// Its status and reason, cut to what can be shown.
        label: String,
    },
    /// It doesn't take the proof, or asks for another one.
    RefusesProof,
    /// It rings.
    Rings,
    /// The proof is too old, and it asks once more.
    Stale,
    /// It cancels the call.
    TakesBack,
    /// It has the request and is at work on it.
    Trying,
    /// The call is on its way.
    Underway,
}

//! What a call from this computer came to, in plain words.

mod facts;
mod refusal;
mod sound;

use std::time::Duration;

pub use facts::facts;

use crate::message::{bad, good, wait};
use crate::{
    CallSound, CallState, CheckQuestion, LocalCallReading, LocalCallReport, LocalCallState,
    RecoveryOption, Verdict, registration, tls,
};
use registrar_activity::Tone;
use registrar_media::Reading;
use registrar_secret::redact::sanitized_line;
use registrar_sip::failure::Failure;
use registrar_sip::invite::{CallEnd, Unanswerable};
use registrar_user_agent::call::{CallState as State, DialOutcome};

/// Longest untrusted text inside a sentence, in characters.
const LONGEST: usize = 120;

/// What was called, as a person knows it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The number or name that was called.
    pub callee: String,
    /// The SIP credential's composite user name.
    pub user_name: String,
    /// Its realm.
    pub realm: String,
    /// The host that was asked.
    pub host: String,
    /// The place that was asked, such as `r.example, port 5006 over UDP`.
    pub place: String,
    /// The same as an address, such as `UDP 203.0.113.5:5006`.
    pub target: String,
    /// The call was proved by the password, not by stored hashes.
    pub with_password: bool,
    /// What was sent.
    pub sound: CallSound,
    /// How long it might ring.
    pub ring: Duration,
}

/// Turns the end of a call into the report that the window shows.
#[must_use]
pub fn report(asked: &Asked, states: Vec<CallState>, outcome: DialOutcome) -> LocalCallReport {
    LocalCallReport {
        verdict: verdict(asked, &outcome),
        question: question(asked, &outcome.end),
        states,
        facts: facts(asked, &outcome),
        reading: reading(outcome.talked, &outcome.sound),
        heard: outcome.hearing.heard(),
        message_chart: outcome.message_chart,
        target: asked.target.clone(),
    }
}

/// Returns what a person may allow, so that the call gets further.
fn question(asked: &Asked, end: &CallEnd) -> Option<CheckQuestion> {
    let CallEnd::CannotAnswer(Unanswerable::OtherRealm(realm)) = end else {
        return None;
    };
    asked.with_password.then(|| CheckQuestion::Realm {
        host: asked.host.clone(),
        realm: realm.clone(),
        shown: short(realm),
    })
}

/// Returns a reading as the window shows it.
#[must_use]
pub fn reading(talked: Duration, reading: &Reading) -> LocalCallReading {
    LocalCallReading {
        seconds: talked.as_secs_f64(),
        sent: reading.sent,
        received: reading.received,
        lost: reading.lost,
        jitter_ms: reading.jitter_ms,
        round_trip_ms: reading.round_trip_ms,
        level_db: reading.level_db,
        pitch_hz: reading.pitch_hz,
        sent_level_db: reading.sent_level_db,
    }
}

/// Says where a call stands.
#[must_use]
pub fn state(state: State) -> (LocalCallState, &'static str) {
    match state {
        State::Calling => (
            LocalCallState::Calling,
            "This computer asks the registrar for the call.",
        ),
        State::Trying => (
            LocalCallState::Trying,
            "The registrar is at work on the call.",
        ),
        State::Ringing => (LocalCallState::Ringing, "It rings."),
        State::Early => (
            LocalCallState::Early,
            "Sound comes before the answer, such as an announcement.",
        ),
        State::Answered => (LocalCallState::Answered, "The call is answered."),
        State::Held => (
            LocalCallState::Answered,
            "The other side put the call on hold.",
        ),
        State::Resumed => (
            LocalCallState::Answered,
            "The other side took the call back from hold.",
        ),
    }
}

/// Says what a call proved, why, and what to do next.
#[must_use]
pub fn verdict(asked: &Asked, outcome: &DialOutcome) -> Verdict {
    let Asked {
        callee,
        place,
        realm,
        ..
    } = asked;
    match &outcome.end {
        CallEnd::HungUp { by_us } => sound::verdict(asked, outcome, *by_us),
        CallEnd::Refused { status, reason } => {
            refusal::verdict(asked, outcome, *status, &short(reason))
        }
        CallEnd::CannotAnswer(why) => cannot_answer(asked, why),
        CallEnd::CredentialRefused => credential_refused(asked),
        CallEnd::RealmDiffers { asked: other } => bad(
            format!(
                "The call is refused for realm {}; the SIP credential belongs to {realm}.",
                short(other)
            ),
            &[
                "The user name or the password is not one of that realm's.",
                "The address or port belongs to another realm or another account.",
            ],
            &format!("Check the registration of {realm} first, at the address of that realm."),
            &[RecoveryOption::TryAgain],
        ),
        CallEnd::StaleWithoutEnd => bad(
            "The registrar calls each proof for this call too old as soon as it arrives."
                .to_owned(),
            &[
                "The registrar is several computers that do not know of each other's questions.",
                "The network is so slow that each proof comes too late.",
            ],
            "Call again; then tell Bandwidth support.",
            &[RecoveryOption::TryAgain],
        ),
        CallEnd::Unreachable => unreachable(asked, outcome),
        CallEnd::Cancelled => wait(
            "The call was ended before it was answered.".to_owned(),
            &["You hung up."],
            "Call again, and let it ring.",
            &[RecoveryOption::TryAgain],
        ),
        CallEnd::NotAnswered if outcome.rang => wait(
            format!(
                "It rang for {} seconds, and nobody answered.",
                asked.ring.as_secs()
            ),
            &["Nobody is at the phone.", "The phone is set not to ring."],
            "Ask somebody to answer, or call a number that answers by itself.",
            &[RecoveryOption::TryAgain],
        ),
        CallEnd::NotAnswered => bad(
            format!("The registrar took the call to {callee}, and then nothing rang."),
            &[
                "The registrar looks for a way to the number and finds none in time.",
                "The called phone is registered, and cannot be reached any more.",
            ],
            "Call another number; if that rings, this one is out of reach.",
            &[RecoveryOption::TryAgain],
        ),
        CallEnd::NoCommonSound => bad(
            format!("{callee} answered, but without a kind of sound that this computer speaks."),
            &[
                "The other side takes neither PCMU nor PCMA, which every phone should.",
                "The other side wants encrypted sound (SRTP) only.",
                "A router changed the description of the sound (SIP ALG).",
            ],
            "Allow PCMU (G.711 µ-law) on the called phone, and call again.",
            &[RecoveryOption::TryAgain],
        ),
        CallEnd::Lost => bad(
            "The call stood, and then the way to the registrar broke.".to_owned(),
            &[
                "The network connection of this computer was interrupted.",
                "A firewall cut the connection.",
                "The registrar restarted.",
            ],
            "Look at the network connection, and call again.",
            &[RecoveryOption::TryAgain],
        ),
        CallEnd::Silent => bad(
            format!("Nobody answers at {place}."),
            &[
                "The port is not the account's: each account has a port of its own, such as 5006.",
                "A firewall or router drops SIP.",
                "The router changes SIP messages (SIP ALG).",
            ],
            &format!("Check the registration of {realm} first: it says more about the way there."),
            &[RecoveryOption::TryAgain],
        ),
    }
}

fn cannot_answer(asked: &Asked, why: &Unanswerable) -> Verdict {
    let realm = &asked.realm;
    match why {
        Unanswerable::Elsewhere(source) => bad(
            format!("Another address asked for the password: {source}. It got no answer."),
            &[
                "The registrar answers from another address than the one it was called at.",
                "Somebody on the way pretends to be the registrar.",
            ],
            "Ask Bandwidth support whether that address is theirs, and call again from another \
             network.",
            &[RecoveryOption::TryAgain],
        ),
        Unanswerable::Nothing => bad(
            "The registrar refuses the call without saying what proof it wants.".to_owned(),
            &["A proxy or router in between takes parts of the messages away (SIP ALG)."],
            "Call from another network, or over the other transport.",
            &[RecoveryOption::TryAgain],
        ),
        Unanswerable::OtherRealm(other) => Verdict {
            tone: Tone::Wait,
            ..bad(
                format!(
                    "Not called: the address asks for realm {}, not {realm}.",
                    short(other)
                ),
                &[
                    "The address or port belongs to another realm or another account.",
                    "A proxy or the called phone asks for a name and password of its own.",
                    "Someone on the network wants material to guess the password from.",
                ],
                if asked.with_password {
                    "Call again, and answer that realm only if you know whose it is."
                } else {
                    "Check the registration first; it says which realm the registrar is for."
                },
                &[RecoveryOption::TryAgain],
            )
        },
        Unanswerable::Sha256Only => bad(
            "The registrar wants SHA-256, and a stored MD5 hash cannot answer that.".to_owned(),
            &["The address belongs to another registrar: Bandwidth's own works with MD5."],
            "Type the SIP password and call again, or make sure of the address.",
            &[RecoveryOption::TryAgain],
        ),
        Unanswerable::Unknown(offered) => bad(
            format!(
                "The registrar wants a kind of proof that a SIP credential cannot give: {}.",
                short(&offered.join(", "))
            ),
            &["The address belongs to another kind of service, or to a proxy in between."],
            "Make sure that the address is the registrar's, and call again.",
            &[RecoveryOption::TryAgain],
        ),
    }
}

fn credential_refused(asked: &Asked) -> Verdict {
    let Asked {
        user_name, realm, ..
    } = asked;
    let sentence = format!("The registrar refuses {user_name} of realm {realm} for this call.");
    let causes: &[&str] = if asked.with_password {
        &[
            "The password is not the one that the SIP credential was made with.",
            "The SIP credential is new, and the registrar does not know it yet.",
            "The registrar takes the user name in its other form, with @ and the realm behind it.",
        ]
    } else {
        &[
            "The SIP credential is new or was changed, and the registrar does not know that yet.",
            "The registrar takes the user name in its other form, with @ and the realm behind it.",
        ]
    };
    bad(
        sentence,
        causes,
        "Check the registration first: it tries both forms of the name. Then call again.",
        &[RecoveryOption::TryAgain, RecoveryOption::NewPassword],
    )
}

fn unreachable(asked: &Asked, outcome: &DialOutcome) -> Verdict {
    let (place, failure) = (&asked.place, outcome.failure.as_ref());
    let next = "Check the registration first: it says more about the way to the registrar.";
    if let Some(Failure::Tls(problem)) = failure {
        return tls::words(problem, place);
    }
    if failure == Some(&Failure::NobodyListens) {
        return bad(
            format!("Nobody listens at {place}: the port is closed."),
            &[
                "The port is not the account's: each account has a port of its own, such as 5006.",
                "The registrar does not offer this transport.",
            ],
            next,
            &[RecoveryOption::TryAgain],
        );
    }
    if failure == Some(&Failure::TimedOut) {
        return bad(
            format!("Nobody answers at {place}."),
            &[
                "A firewall drops the connection.",
                "The registrar does not offer this transport.",
            ],
            next,
            &[RecoveryOption::TryAgain],
        );
    }
    if failure == Some(&Failure::Closed) && (outcome.rang || outcome.status.is_some()) {
        return bad(
            format!("{place} closed the connection before the call was answered."),
            &[
                "The registrar restarted, or closes connections early.",
                "A firewall cut the connection.",
            ],
            "Call again, or call over UDP.",
            &[RecoveryOption::TryAgain],
        );
    }
    if let Some(Failure::NotSip(noise)) = failure {
        return bad(
            registration::noise(noise),
            &[
                "The port belongs to another service or to another transport.",
                "A router changes SIP messages on the way (SIP ALG).",
            ],
            next,
            &[RecoveryOption::TryAgain],
        );
    }
    if failure == Some(&Failure::Closed) {
        return bad(
            format!("What answers at {place} did not take the call as SIP."),
            &[
                "The port belongs to another service or to another transport.",
                "A firewall cut the connection.",
            ],
            next,
            &[RecoveryOption::TryAgain],
        );
    }
    bad(
        format!("This computer cannot reach {place}."),
        &[
            "This computer is not connected to the internet.",
            "A firewall or VPN on this computer forbids it.",
            "There is no secure connection, where the transport is TLS.",
        ],
        next,
        &[RecoveryOption::TryAgain],
    )
}

fn short(text: &str) -> String {
    sanitized_line(text, LONGEST)
}

#[cfg(test)]
mod sentences;
#[cfg(test)]
mod tests;

//! The outcome of a call from this computer, in plain words.

mod facts;
mod refusal;
mod sound;

use std::time::Duration;

pub use facts::facts;

use crate::isolate::foreign;
use crate::message::{bad, good, wait};
use crate::{
    CallSound, CallState, CheckQuestion, LocalCallReading, LocalCallReport, LocalCallState,
    RecoveryOption, Verdict, message_chart, number, registration, tls,
};
use registrar_activity::Tone;
use registrar_media::Reading;
use registrar_sip::failure::Failure;
use registrar_sip::invite::{CallEnd, Unanswerable};
use registrar_user_agent::call::{CallState as State, DialOutcome};

/// Maximum length of untrusted text in a sentence, in characters.
const LONGEST: usize = 120;

/// What was called, for the sentences.
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
    /// The address that was asked, such as `r.example (UDP port 5006)`.
    pub place: String,
    /// The same as an address, such as `UDP 203.0.113.5:5006`.
    pub target: String,
    /// Whether the call was signed with the password, not with stored hashes.
    pub with_password: bool,
    /// What was sent.
    pub sound: CallSound,
    /// How long it may ring.
    pub ring: Duration,
}

/// Converts a call's outcome for the window.
#[must_use]
pub fn report(asked: &Asked, states: Vec<CallState>, outcome: DialOutcome) -> LocalCallReport {
    LocalCallReport {
        verdict: verdict(asked, &outcome),
        question: question(asked, &outcome.end),
        states,
        facts: facts(asked, &outcome),
        reading: reading(outcome.talked, &outcome.sound),
        heard: outcome.hearing.heard(),
        message_chart: message_chart::lines(&outcome.message_chart),
        target: asked.target.clone(),
    }
}

/// Returns the question whose answer lets the call continue.
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

/// Converts a reading for the window.
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

/// Describes a call's state.
#[must_use]
pub fn state(state: State) -> (LocalCallState, &'static str) {
    match state {
        State::Calling => (
            LocalCallState::Calling,
            "This computer is calling through the registrar.",
        ),
        State::Trying => (
            LocalCallState::Trying,
            "The registrar is working on the call.",
        ),
        State::Ringing => (LocalCallState::Ringing, "It’s ringing."),
        State::Early => (
            LocalCallState::Early,
            "Sound is coming before the answer, such as an announcement.",
        ),
        State::Answered => (LocalCallState::Answered, "The call was answered."),
        State::Held => (
            LocalCallState::Answered,
            "The other side put the call on hold.",
        ),
        State::Resumed => (LocalCallState::Answered, "The other side resumed the call."),
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
                "The call was refused for realm {}. The SIP credential belongs to realm {realm}.",
                short(other)
            ),
            &[
                "The user name or password isn’t one of that realm’s.",
                "The address or port belongs to another realm or account.",
            ],
            &format!("Go back and check the registration of {realm} at its own address first."),
            &[RecoveryOption::TryAgain],
        ),
        CallEnd::StaleWithoutEnd => bad(
            "The registrar rejects each answer for this call as too old as soon as it arrives."
                .to_owned(),
            &[
                "The registrar runs on several servers that don’t know about each other’s sign-in \
                 requests.",
                "The network is so slow that each answer arrives too late.",
            ],
            "Call again. If it still fails, contact Bandwidth support.",
            &[RecoveryOption::TryAgain],
        ),
        CallEnd::Unreachable => unreachable(asked, outcome),
        CallEnd::Cancelled => wait(
            "The call was ended before it was answered.".to_owned(),
            &["You hung up."],
            "Call again and let it ring.",
            &[RecoveryOption::TryAgain],
        ),
        CallEnd::NotAnswered if outcome.rang => wait(
            format!(
                "It rang for {}, but no one answered.",
                number::time(asked.ring)
            ),
            &["No one is at the phone.", "The phone is set not to ring."],
            "Ask someone to answer, or call a number that answers automatically.",
            &[RecoveryOption::TryAgain],
        ),
        CallEnd::NotAnswered => bad(
            format!("The registrar accepted the call to {callee}, but nothing rang."),
            &[
                "The registrar looked for a route to the number and found none in time.",
                "The called phone is registered, but can’t be reached anymore.",
            ],
            "Call another number. If that one rings, this one can’t be reached.",
            &[RecoveryOption::TryAgain],
        ),
        CallEnd::NoCommonSound => bad(
            format!("{callee} answered, but without an audio format that this computer supports."),
            &[
                "The other side supports neither PCMU nor PCMA, which every phone should.",
                "The other side accepts encrypted audio (SRTP) only.",
                "A router setting called SIP ALG changed the description of the audio.",
            ],
            "Call another phone. To call this one, ask whoever looks after it to allow the audio \
             format PCMU (G.711 µ-law).",
            &[RecoveryOption::TryAgain],
        ),
        CallEnd::Lost => bad(
            "The connection to the registrar broke during the call.".to_owned(),
            &[
                "This computer’s network connection was interrupted.",
                "A firewall closed the connection.",
                "The registrar restarted.",
            ],
            "Check the network connection, then call again.",
            &[RecoveryOption::TryAgain],
        ),
        CallEnd::Silent => bad(
            format!("No answer from {place}."),
            &[
                "This isn’t the account’s port. Each account has its own, such as 5006.",
                "A firewall or router blocks SIP.",
                "A router setting called SIP ALG changes the messages.",
            ],
            &format!(
                "Go back and check the registration of {realm} first. The check says more about \
                 the connection."
            ),
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
                "The registrar answers from a different address than the one that was called.",
                "Someone on the network is pretending to be the registrar.",
            ],
            "Ask Bandwidth support whether that address is theirs. Then call again from another \
             network.",
            &[RecoveryOption::TryAgain],
        ),
        Unanswerable::Nothing => bad(
            "The registrar refused the call and didn’t say which sign-in method it wants."
                .to_owned(),
            &["A proxy, or a router setting called SIP ALG, removes parts of the messages."],
            "Call from another network, or choose another transport (UDP, TCP, or TLS).",
            &[RecoveryOption::TryAgain],
        ),
        Unanswerable::OtherRealm(other) => Verdict {
            tone: Tone::Wait,
            ..bad(
                format!(
                    "Not called: the address asked for realm {}, not {realm}.",
                    short(other)
                ),
                &[
                    "The address or port belongs to another realm or account.",
                    "A proxy or the called phone asks for its own user name and password.",
                    "Someone on the network is collecting answers to guess the password from.",
                ],
                if asked.with_password {
                    "Call again, and answer that realm only if you know whose it is."
                } else {
                    "Go back and check the registration first. The check says which realm the \
                     registrar is for."
                },
                &[RecoveryOption::TryAgain],
            )
        },
        Unanswerable::Sha256Only => bad(
            "The registrar needs the password itself: the stored hash (a code made from it) isn’t \
             enough for SHA-256."
                .to_owned(),
            &["The address belongs to a different registrar. Bandwidth’s own works with MD5."],
            "Enter the SIP password and call again, or ask Bandwidth support whether the address \
             is theirs.",
            &[RecoveryOption::TryAgain],
        ),
        Unanswerable::Unknown(offered) => bad(
            format!(
                "The registrar wants a sign-in method that SIP credentials don’t support: {}.",
                short(&offered.join(", "))
            ),
            &["The address belongs to another kind of service, or to a proxy in between."],
            "Ask Bandwidth support for the registrar’s address, then go back, enter it, and check \
             it.",
            &[RecoveryOption::TryAgain],
        ),
    }
}

fn credential_refused(asked: &Asked) -> Verdict {
    let Asked {
        user_name, realm, ..
    } = asked;
    let sentence = format!("The registrar refused {user_name} in realm {realm} for this call.");
    let causes: &[&str] = if asked.with_password {
        &[
            "The password isn’t the one the SIP credential was created with.",
            "The SIP credential is new, and the registrar doesn’t have it yet.",
            "The registrar accepts the user name in its other form, with @ and the realm.",
        ]
    } else {
        &[
            "The SIP credential is new or was changed, and the registrar doesn’t know that yet.",
            "The registrar accepts the user name in its other form, with @ and the realm.",
        ]
    };
    bad(
        sentence,
        causes,
        "Go back and check the registration first, which tries both forms of the user name. Then \
         call again.",
        &[RecoveryOption::TryAgain, RecoveryOption::NewPassword],
    )
}

fn unreachable(asked: &Asked, outcome: &DialOutcome) -> Verdict {
    let (place, failure) = (&asked.place, outcome.failure.as_ref());
    let next = "Go back and check the registration first. The check says more about the \
                connection.";
    if let Some(Failure::Tls(problem)) = failure {
        return tls::words(problem, place);
    }
    if failure == Some(&Failure::NobodyListens) {
        return bad(
            format!("Nothing is listening at {place}. The port is closed."),
            &[
                "This isn’t the account’s port. Each account has its own, such as 5006.",
                "The registrar doesn’t offer this transport.",
            ],
            next,
            &[RecoveryOption::TryAgain],
        );
    }
    if failure == Some(&Failure::TimedOut) {
        return bad(
            format!("No answer from {place}."),
            &[
                "A firewall blocks the connection.",
                "The registrar doesn’t offer this transport.",
            ],
            next,
            &[RecoveryOption::TryAgain],
        );
    }
    if failure == Some(&Failure::Closed) && (outcome.rang || outcome.status.is_some()) {
        return bad(
            format!("The server at {place} closed the connection before the call was answered."),
            &[
                "The registrar restarted, or closes connections early.",
                "A firewall closed the connection.",
            ],
            "Call again. If it still fails, choose UDP as the transport.",
            &[RecoveryOption::TryAgain],
        );
    }
    if let Some(Failure::NotSip(noise)) = failure {
        return bad(
            registration::noise(noise),
            &[
                "The port belongs to another service or another transport.",
                "A router setting called SIP ALG changes the messages.",
            ],
            next,
            &[RecoveryOption::TryAgain],
        );
    }
    if failure == Some(&Failure::Closed) {
        return bad(
            format!("The server at {place} didn’t accept the call as SIP."),
            &[
                "The port belongs to another service or another transport.",
                "A firewall closed the connection.",
            ],
            next,
            &[RecoveryOption::TryAgain],
        );
    }
    bad(
        format!("This computer can’t reach {place}."),
        &[
            "This computer isn’t connected to the internet.",
            "A firewall or VPN on this computer blocks it.",
            "If the transport is TLS, no secure connection could be made.",
        ],
        next,
        &[RecoveryOption::TryAgain],
    )
}

fn short(text: &str) -> String {
    foreign(text, LONGEST)
}

#[cfg(test)]
mod sentences;
#[cfg(test)]
mod tests;

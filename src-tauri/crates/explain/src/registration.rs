//! What a registration check found, in plain words: one row for each verdict.

mod noise;
mod place;
mod refusal;
mod report;

use self::noise::not_sip;
use self::place::{place, span};
use self::refusal::{
    by_its_form, credential_refused, forbidden, proof, proved_hash, realm_not_answered,
    registration_refused,
};
use super::tls;
use crate::message::{bad, good, wait};
use crate::{RecoveryOption, Verdict as Words};
use registrar_secret::redact::sanitized_line;
use registrar_sip::TransportName;
use registrar_sip::register::SECONDS;
use registrar_sip::verdict::Verdict;
use registrar_user_agent::check::CheckRequest;

pub(super) use self::noise::noise;
pub use self::report::{left_behind, look, report, unregistered};

/// Longest untrusted text inside a sentence, in characters.
const LONGEST: usize = 120;

/// Says what a check proved, why, and what to do next.
#[must_use]
#[allow(
    clippy::too_many_lines,
    reason = "one table, one row for each verdict, is easier to check than many small ones"
)]
pub fn verdict(request: &CheckRequest, verdict: &Verdict) -> Words {
    let realm = &request.realm;
    let place = place(request);
    match verdict {
        Verdict::Accepted {
            user_name,
            form,
            algorithm,
        } => {
            let hash = proved_hash(*form, algorithm);
            let hash = hash.map_or_else(String::new, |hash| format!(" ({hash})"));
            let proof = proof(request);
            let words = good(format!(
                "The registrar accepts {proof} for the user name {user_name}{hash}."
            ));
            by_its_form(words, request, user_name, *form)
        }
        Verdict::AcceptedForOtherRealm { asked } => bad(
            format!(
                "The registrar asks for realm {}, and takes the password for it, but the SIP \
                 credential was made for realm {realm}.",
                short(asked)
            ),
            &[
                "The address belongs to another registrar than the realm's.",
                "The realm's name is written differently at the registrar; letter case counts.",
            ],
            "Use the realm's own address and port, and check again.",
            &[RecoveryOption::TypeAddress],
        ),
        Verdict::AnsweredElsewhere { from, status } => bad(
            format!(
                "An answer ({status}) came from {from}, not from the address that was asked. It \
                 wasn’t used, because anybody can send from there."
            ),
            &[
                "The registrar has several addresses and answers from the wrong one.",
                "A router or load balancer in front of the registrar changes the address.",
            ],
            "Type the address that answered if you know it’s the registrar’s, and check again.",
            &[RecoveryOption::TypeAddress, RecoveryOption::TryAgain],
        ),
        Verdict::AcceptedUnasked => wait(
            "The registrar said yes without asking for a password, so nothing is proved."
                .to_owned(),
            &[
                "The address belongs to a device or program that takes everybody.",
                "A company's own SIP proxy answers in the registrar's place.",
            ],
            "Make sure that the address is the registrar's, and check again.",
            &[RecoveryOption::TypeAddress],
        ),
        Verdict::CannotAnswer { offered } => bad(
            format!(
                "The registrar wants a kind of proof that a SIP credential cannot give: {}.",
                short(&offered.join(", "))
            ),
            &["The address belongs to another kind of service, or to a proxy in between."],
            "Make sure that the address is the registrar's, and check again.",
            &[RecoveryOption::TypeAddress],
        ),
        Verdict::ConnectionClosed => bad(
            format!("{place} took the connection and closed it without an answer."),
            &[
                "The port is for encrypted connections (TLS) only.",
                "A firewall cut the connection.",
                "Something else than a registrar listens at this port.",
            ],
            "Check over UDP, or type another port.",
            &[RecoveryOption::TypeAddress, RecoveryOption::TryAgain],
        ),
        Verdict::ClosedMidway => bad(
            format!("{place} answered, then closed the connection without answering again."),
            &[
                "The registrar closes connections in the middle of a registration.",
                "The registrar blocks this computer for a while, after too many messages.",
                "A firewall or SIP ALG cuts the connection.",
            ],
            "Wait a few minutes and check again, or check over UDP.",
            &[RecoveryOption::TryAgain, RecoveryOption::TypeAddress],
        ),
        Verdict::CredentialRefused { tried } => credential_refused(request, tried),
        Verdict::ExtensionWanted { status, names } => bad(
            if names.is_empty() {
                format!("The registrar wants an extension that it does not name ({status}).")
            } else {
                format!(
                    "The registrar wants an extension of SIP ({status}): {}.",
                    short(&names.join(", "))
                )
            },
            &[
                "The registrar is meant for devices that have this extension.",
                "The address belongs to a proxy in between.",
            ],
            "Ask whoever runs the registrar to allow a registration without it.",
            &[RecoveryOption::TryAgain, RecoveryOption::TypeAddress],
        ),
        Verdict::FellSilent { refused } => bad(
            if *refused {
                format!("{place} answered before, and now the port is closed.")
            } else {
                format!("{place} answered before, and has now stopped answering.")
            },
            &[
                "The registrar or a firewall blocks this computer, after too many messages.",
                "The registrar went down, or the network was interrupted.",
                "A router drops the longer message with the proof (SIP ALG).",
            ],
            "Stop checking for 10 minutes, then check once, or check from another network.",
            &[RecoveryOption::TryAgain],
        ),
        Verdict::Forbidden { answered, query } => forbidden(request, *answered, *query),
        Verdict::IntervalTooBrief { least } => bad(
            match least {
                Some(seconds) => format!(
                    "The registrar finds {SECONDS} seconds too short and asks for {seconds} (423), \
                     which this check does not use."
                ),
                None => format!(
                    "The registrar finds {SECONDS} seconds too short (423) and does not say what \
                     it wants."
                ),
            },
            &["The registrar is set up for longer registrations only."],
            "Check without registering: that proves the credential all the same.",
            &[RecoveryOption::OnlyLook],
        ),
        Verdict::MayReplace { listed, .. } => wait(
            if *listed {
                "Not registered: a phone could lose its registration.".to_owned()
            } else {
                "Not registered: a phone may lose its registration.".to_owned()
            },
            &[if *listed {
                "A phone is registered, and some registrars allow one registration at a time."
            } else {
                "The registrar does not list what is registered, and some allow one \
                     registration at a time."
            }],
            "Check without registering, or check again and confirm the registration.",
            &[RecoveryOption::OnlyLook, RecoveryOption::TryAgain],
        ),
        Verdict::NetworkUnreachable => bad(
            format!("This computer cannot send to {place}."),
            &[
                "This computer is not connected to the internet.",
                "The network has no way to that kind of address (IPv4 or IPv6).",
                "A firewall or VPN on this computer forbids it.",
            ],
            "Check the network connection, and try again.",
            &[RecoveryOption::TryAgain, RecoveryOption::TypeAddress],
        ),
        Verdict::NoAddress => bad(
            format!(
                "No address is known for the registrar {}.",
                short(&request.target_name)
            ),
            &["The realm is new, and DNS does not know it yet."],
            "Wait a minute and try again, or type the registrar's host and port.",
            &[RecoveryOption::TryAgain, RecoveryOption::TypeAddress],
        ),
        Verdict::NoAnswer { provisional: true } => bad(
            "The registrar said that it is at work, and then nothing more.".to_owned(),
            &["The registrar is overloaded or has a fault."],
            "Wait a minute and try again.",
            &[RecoveryOption::TryAgain],
        ),
        Verdict::NoAnswer { provisional: false } => bad(
            format!("Nobody answers at {place}."),
            &[
                "The port is not the account's: each account has a port of its own, such as 5006.",
                match request.transport {
                    TransportName::Udp => "A firewall or router drops SIP over UDP.",
                    TransportName::Tcp => {
                        "The port takes no plain TCP: it may be for UDP or for TLS only."
                    }
                    TransportName::Tls => "The port is not for encrypted connections (TLS).",
                },
                "The router changes SIP messages (SIP ALG).",
            ],
            "Compare the port with the one that Bandwidth gave you, or try from another network.",
            &[RecoveryOption::TypeAddress, RecoveryOption::TryAgain],
        ),
        Verdict::NoChallenge => bad(
            "The registrar refuses without saying what it asks for.".to_owned(),
            &["A proxy or router in between takes parts of the messages away (SIP ALG)."],
            "Try from another network, or over the other transport.",
            &[RecoveryOption::TryAgain],
        ),
        Verdict::NobodyListens => bad(
            format!("Nobody listens at {place}: the port is closed."),
            &[
                "The port is not the account's: each account has a port of its own, such as 5006.",
                "The registrar does not offer this transport.",
                "The host is not the registrar's.",
            ],
            "Compare host and port with what Bandwidth gave you, and type them.",
            &[RecoveryOption::TypeAddress, RecoveryOption::TryAgain],
        ),
        Verdict::NotSip(what) => not_sip(what),
        Verdict::OutOfTime => bad(
            "The check took too long and was stopped.".to_owned(),
            &["The registrar or the network is very slow."],
            "Try again.",
            &[RecoveryOption::TryAgain],
        ),
        Verdict::ProvedOnly {
            proved,
            status,
            reason,
        } => {
            let (proof, user_name) = (proof(request), &proved.user_name);
            let words = if *status == 404 {
                good(format!(
                    "The registrar accepts {proof} for {user_name}; nothing is registered (404)."
                ))
            } else {
                wait(
                    format!(
                        "The registrar accepts {proof} for {user_name}, and lists nothing \
                         ({status} {}).",
                        short(reason)
                    ),
                    &["The registrar does not take a check that registers nothing."],
                    "Run the full registration to see whether it registers as well.",
                    &[RecoveryOption::RegisterFully],
                )
            };
            by_its_form(words, request, user_name, proved.form)
        }
        Verdict::QueryRefused { status, reason } => wait(
            format!(
                "The registrar does not take a check that registers nothing ({status} {}).",
                short(reason)
            ),
            &["Some registrars answer only to a real registration."],
            "Run the full registration: it registers this computer for a minute and takes that \
             back at once. Calls may also ring here meanwhile.",
            &[RecoveryOption::RegisterFully],
        ),
        Verdict::RealmDiffers { asked } => bad(
            format!(
                "The registrar asks for realm {}, the credential was made for realm {realm}.",
                short(asked)
            ),
            &[
                "The address or port belongs to another realm or another account.",
                "The password is wrong as well: it was refused for that realm.",
            ],
            "Use the address of the credential's own realm, or make a SIP credential for the realm \
             that the registrar asks for.",
            &[RecoveryOption::TypeAddress, RecoveryOption::NewPassword],
        ),
        Verdict::RealmNotAnswered { asked } => realm_not_answered(request, &short(asked)),
        Verdict::Redirected { to } => wait(
            format!(
                "The registrar sends us to another address: {}. This check does not follow it by \
                 itself.",
                short(&to.join(", "))
            ),
            &["The registrar moved, or the account is served elsewhere."],
            "If you know that address, type it and check again.",
            &[RecoveryOption::TypeAddress],
        ),
        Verdict::RegistrationRefused {
            proved,
            status,
            phones,
            too_many,
        } => registration_refused(request, proved, *status, *phones, *too_many),
        Verdict::ReplacedPhones { gone, .. } => bad(
            match gone.as_slice() {
                [one] => format!("The check signed out a phone: {}.", short(one)),
                many => format!(
                    "The check signed out {} phones: {}.",
                    many.len(),
                    short(&many.join(", "))
                ),
            },
            &["The registrar allows only so many registrations, and drops the oldest."],
            "Restart the phone, or wait until it registers again by itself.",
            &[RecoveryOption::OnlyLook],
        ),
        Verdict::RegistrarTimedOut => bad(
            "The registrar gave up waiting for something behind it (408).".to_owned(),
            &["A part of the registrar does not answer."],
            "Wait a minute and try again.",
            &[RecoveryOption::TryAgain],
        ),
        Verdict::ServerFailed { status } => bad(
            format!("The registrar has a fault of its own ({status})."),
            &["Something is broken at the registrar; nothing is wrong on your side."],
            "Wait a minute and try again; then tell Bandwidth support.",
            &[RecoveryOption::TryAgain],
        ),
        Verdict::ServiceUnavailable { retry_after } => Words {
            next: Some(match retry_after {
                Some(wait) => format!("Try again in {}.", span(*wait)),
                None => "Wait a minute and try again.".to_owned(),
            }),
            ..bad(
                "The registrar is not available at the moment (503).".to_owned(),
                &["The registrar is overloaded or being serviced."],
                "",
                &[RecoveryOption::TryAgain],
            )
        },
        Verdict::Sha256Only => bad(
            "The registrar wants SHA-256, and a stored MD5 hash cannot answer that.".to_owned(),
            &["The address belongs to another registrar: Bandwidth's own works with MD5."],
            "Check with the password, or make sure that the address is the registrar's.",
            &[RecoveryOption::TypeAddress],
        ),
        Verdict::StaleWithoutEnd => bad(
            "The registrar calls each proof too old as soon as it arrives.".to_owned(),
            &[
                "The registrar is several computers that do not know of each other's questions.",
                "The network is so slow that each proof comes too late.",
            ],
            "Try again; then tell Bandwidth support.",
            &[RecoveryOption::TryAgain],
        ),
        Verdict::TemporarilyUnavailable => bad(
            "The registrar says that it cannot serve this name at the moment (480).".to_owned(),
            &["The account or realm is paused or not active yet."],
            "Wait a minute and try again; then ask Bandwidth support.",
            &[RecoveryOption::TryAgain],
        ),
        Verdict::Unexpected { status, reason } => bad(
            format!(
                "The registrar refuses for a reason of its own: {status} {}.",
                short(reason)
            ),
            &["The registrar's own words are all that is known."],
            "Try again; then send the messages below to Bandwidth support.",
            &[RecoveryOption::TryAgain],
        ),
        Verdict::Tls(problem) => tls::words(problem, &place),
        Verdict::UnknownUser => bad(
            format!(
                "The registrar does not know {} in realm {realm} (404).",
                request.composite
            ),
            &[
                "The SIP credential is new, and the registrar does not know it yet.",
                "The address belongs to another realm.",
                "The user name is not the SIP credential's; letter case counts.",
            ],
            "Wait a minute and check again; then compare the user name.",
            &[RecoveryOption::TryAgain, RecoveryOption::TypeAddress],
        ),
    }
}

fn short(text: &str) -> String {
    sanitized_line(text, LONGEST)
}

#[cfg(test)]
pub(super) mod sentences;
#[cfg(test)]
mod tests;

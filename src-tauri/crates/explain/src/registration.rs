//! The results of a registration check, in plain words: one row for each verdict.

mod noise;
mod place;
mod refusal;
mod report;
mod watch;

use self::noise::not_sip;
use self::place::place;
use self::refusal::{
    accepted, by_its_form, credential_refused, forbidden, proved_hash, realm_not_answered,
    registration_refused, too_brief, works,
};
use super::tls;
use crate::isolate::foreign;
use crate::message::{bad, wait};
use crate::{RecoveryOption, Verdict as Words, number};
use registrar_sip::TransportName;
use registrar_sip::verdict::Verdict;
use registrar_user_agent::check::CheckRequest;

pub(super) use self::noise::noise;
pub use self::report::{left_behind, report, unregistered};
pub use self::watch::{FELL_SILENT, Looked, WatchTick, look, tick};

/// Maximum length of untrusted text in a sentence, in characters.
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
            user_name, form, ..
        } => {
            let words = works(accepted(request, user_name));
            by_its_form(words, request, user_name, *form)
        }
        Verdict::AcceptedForOtherRealm { asked } => bad(
            format!(
                "The registrar asked for realm {} and accepted the password for it. The SIP \
                 credential belongs to realm {realm}.",
                short(asked)
            ),
            &[
                "The address belongs to a different registrar.",
                "The registrar spells the realm differently. Letter case counts.",
            ],
            "Ask Bandwidth support for this realm’s own address and port, enter them, and check \
             again.",
            &[RecoveryOption::TypeAddress],
        ),
        Verdict::AnsweredElsewhere { from, status } => bad(
            format!(
                "An answer ({status}) came from {from}, not from the address that was asked. It \
                 was ignored, because anyone can send from there."
            ),
            &[
                "The registrar has several addresses and answers from the wrong one.",
                "A router or load balancer in front of the registrar changes the address.",
            ],
            "Ask Bandwidth support whether that address is theirs. If it is, enter it and check \
             again.",
            &[RecoveryOption::TypeAddress, RecoveryOption::TryAgain],
        ),
        Verdict::AcceptedUnasked => wait(
            "The registrar accepted this without asking for a password, so nothing was proved."
                .to_owned(),
            &[
                "The address belongs to a device or program that accepts everyone.",
                "A company’s own SIP proxy answers in the registrar’s place.",
            ],
            "Ask Bandwidth support for the registrar’s address, enter it, and check again.",
            &[RecoveryOption::TypeAddress],
        ),
        Verdict::CannotAnswer { offered } => bad(
            format!(
                "The registrar wants a sign-in method that SIP credentials don’t support: {}.",
                short(&offered.join(", "))
            ),
            &["The address belongs to another kind of service, or to a proxy in between."],
            "Ask Bandwidth support for the registrar’s address, enter it, and check again.",
            &[RecoveryOption::TypeAddress],
        ),
        Verdict::ConnectionClosed => bad(
            format!(
                "The server at {place} accepted the connection, then closed it without answering."
            ),
            &[
                "This port is for encrypted connections (TLS) only.",
                "A firewall closed the connection.",
                "Something other than a registrar uses this port.",
            ],
            "Choose UDP as the transport and check again. If it still fails, ask Bandwidth support \
             for the port.",
            &[RecoveryOption::TypeAddress, RecoveryOption::TryAgain],
        ),
        Verdict::ClosedMidway => bad(
            format!(
                "The server at {place} answered, then closed the connection before answering again."
            ),
            &[
                "The registrar closes connections in the middle of a registration.",
                "The registrar is blocking this computer for a while after too many messages.",
                "A firewall, or a router setting called SIP ALG, cut the connection.",
            ],
            "Wait a few minutes and check again. If it still fails, choose UDP as the transport.",
            &[RecoveryOption::TryAgain, RecoveryOption::TypeAddress],
        ),
        Verdict::CredentialRefused { tried } => credential_refused(request, tried),
        Verdict::ExtensionWanted { status, names } => bad(
            match names.as_slice() {
                [] => format!(
                    "The registrar requires a SIP feature, but doesn’t say which ({status})."
                ),
                [name] => format!(
                    "The registrar requires a SIP feature ({status}): {}.",
                    short(name)
                ),
                names => format!(
                    "The registrar requires SIP features ({status}): {}.",
                    short(&names.join(", "))
                ),
            },
            &[
                "The registrar is for devices that have this feature.",
                "The address belongs to a proxy in between.",
            ],
            "Ask Bandwidth support, or whoever runs the registrar, to allow registrations without it.",
            &[RecoveryOption::TryAgain, RecoveryOption::TypeAddress],
        ),
        Verdict::FellSilent { refused } => bad(
            if *refused {
                format!("The server at {place} answered before, but now its port is closed.")
            } else {
                format!("The server at {place} answered before, but has stopped answering.")
            },
            &[
                "The registrar or a firewall is blocking this computer after too many messages.",
                "The registrar went down, or the network was interrupted.",
                "A router setting called SIP ALG drops longer messages, such as the one that \
                 proves the credential.",
            ],
            "Wait 10 minutes, then check once, or check from another network.",
            &[RecoveryOption::TryAgain],
        ),
        Verdict::Forbidden { answered, query } => forbidden(request, *answered, *query),
        Verdict::IntervalTooBrief { least } => too_brief(*least),
        Verdict::MayReplace { listed, .. } => wait(
            if *listed {
                "This computer didn’t register, because a phone could lose its registration."
                    .to_owned()
            } else {
                "This computer didn’t register, because a phone might lose its registration."
                    .to_owned()
            },
            &[if *listed {
                "A phone is registered, and some registrars allow only one registration at a time."
            } else {
                "The registrar doesn’t list registrations, and some allow only one at a time."
            }],
            "Check without registering, or check again and confirm the registration.",
            &[RecoveryOption::OnlyLook, RecoveryOption::TryAgain],
        ),
        Verdict::NetworkUnreachable => bad(
            format!("This computer can’t send to {place}."),
            &[
                "This computer isn’t connected to the internet.",
                "The network can’t reach this kind of address (IPv4 or IPv6).",
                "A firewall or VPN on this computer blocks it.",
            ],
            "Check the network connection, then try again.",
            &[RecoveryOption::TryAgain, RecoveryOption::TypeAddress],
        ),
        Verdict::NoAddress => bad(
            format!(
                "No address is known for the registrar {}.",
                short(&request.target_name)
            ),
            &["The realm is new and isn’t in DNS yet."],
            "Wait a minute and try again. If it still fails, ask Bandwidth support for the \
             registrar’s host and port, and enter them.",
            &[RecoveryOption::TryAgain, RecoveryOption::TypeAddress],
        ),
        Verdict::NoAnswer { provisional: true } => bad(
            "The registrar said it was working on the request, then didn’t answer.".to_owned(),
            &["The registrar is overloaded or isn’t working properly."],
            "Wait a minute and try again.",
            &[RecoveryOption::TryAgain],
        ),
        Verdict::NoAnswer { provisional: false } => bad(
            format!("No answer from {place}."),
            &[
                "This isn’t the account’s port. Each account has its own, such as 5006.",
                match request.transport {
                    TransportName::Udp => "A firewall or router blocks SIP over UDP.",
                    TransportName::Tcp => {
                        "This port doesn’t accept plain TCP. It may be for UDP or TLS only."
                    }
                    TransportName::Tls => "This port isn’t for encrypted connections (TLS).",
                },
                "A router setting called SIP ALG changes the messages.",
            ],
            "Ask Bandwidth support for the account’s port, and compare it with this one. Or try \
             from another network.",
            &[RecoveryOption::TypeAddress, RecoveryOption::TryAgain],
        ),
        Verdict::NoChallenge => bad(
            "The registrar refused and didn’t say which sign-in method it wants.".to_owned(),
            &["A proxy, or a router setting called SIP ALG, removes parts of the messages."],
            "Try from another network, or choose another transport (UDP, TCP, or TLS).",
            &[RecoveryOption::TryAgain],
        ),
        Verdict::NobodyListens => bad(
            format!("Nothing is listening at {place}. The port is closed."),
            &[
                "This isn’t the account’s port. Each account has its own, such as 5006.",
                "The registrar doesn’t offer this transport.",
                "The host isn’t the registrar’s.",
            ],
            "Ask Bandwidth support for the registrar’s host and port, then enter them.",
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
            let user_name = &proved.user_name;
            let accepted = accepted(request, user_name);
            let words = if *status == 404 {
                works(format!("{accepted} No phone is registered (404)."))
            } else {
                wait(
                    format!(
                        "{accepted} It didn’t say which phones are registered ({status} {}).",
                        short(reason)
                    ),
                    &["The registrar doesn’t accept checks that register nothing."],
                    "Start a full check to see whether it registers too.",
                    &[RecoveryOption::RegisterFully],
                )
            };
            by_its_form(words, request, user_name, proved.form)
        }
        Verdict::QueryRefused { status, reason } => wait(
            format!(
                "The registrar doesn’t accept checks that register nothing ({status} {}).",
                short(reason)
            ),
            &["Some registrars answer only real registrations."],
            "Start a full check. It registers this computer for a minute, then removes that \
             registration. Until then, calls may also ring here.",
            &[RecoveryOption::RegisterFully],
        ),
        Verdict::RealmDiffers { asked } => bad(
            format!(
                "The registrar asked for realm {}, but the SIP credential belongs to realm \
                 {realm}.",
                short(asked)
            ),
            &[
                "The address or port belongs to another realm or account.",
                "The password is wrong too. It was refused for that realm.",
            ],
            "Compare the realm and the registrar’s address with those at Bandwidth. Or create a \
             SIP credential in the other realm.",
            &[RecoveryOption::TypeAddress, RecoveryOption::NewPassword],
        ),
        Verdict::RealmNotAnswered { asked } => realm_not_answered(request, &short(asked)),
        Verdict::Redirected { to } => wait(
            format!(
                "The registrar pointed to another address: {}. This check doesn’t follow it \
                 automatically.",
                short(&to.join(", "))
            ),
            &["The registrar has moved, or the account is served elsewhere."],
            "Ask Bandwidth support whether that address is right. If it is, enter it and check \
             again.",
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
                [one] => format!("This check signed out a phone: {}.", short(one)),
                many => format!(
                    "This check signed out {} phones: {}.",
                    number::grouped(many.len() as u64),
                    short(&many.join(", "))
                ),
            },
            &["The registrar allows a limited number of registrations and drops the oldest."],
            "Restart the phone, or wait until it registers again.",
            &[RecoveryOption::OnlyLook],
        ),
        Verdict::RegistrarTimedOut => bad(
            "The registrar timed out waiting for something behind it (408).".to_owned(),
            &["A part of the registrar isn’t answering."],
            "Wait a minute and try again.",
            &[RecoveryOption::TryAgain],
        ),
        Verdict::ServerFailed { status } => bad(
            format!("The registrar had an internal error ({status})."),
            &["Something is broken at the registrar. Nothing is wrong on your side."],
            "Wait a minute and try again. If it still fails, contact Bandwidth support.",
            &[RecoveryOption::TryAgain],
        ),
        Verdict::ServiceUnavailable { retry_after } => Words {
            next: Some(match retry_after {
                Some(wait) if !wait.is_zero() => format!("Try again in {}.", number::time(*wait)),
                Some(_) => "Try again.".to_owned(),
                None => "Wait a minute and try again.".to_owned(),
            }),
            ..bad(
                "The registrar is unavailable at the moment (503).".to_owned(),
                &["The registrar is overloaded or under maintenance."],
                "",
                &[RecoveryOption::TryAgain],
            )
        },
        Verdict::Sha256Only => bad(
            "The registrar needs the password itself: the stored hash (a code made from it) isn’t \
             enough for SHA-256."
                .to_owned(),
            &["The address belongs to a different registrar. Bandwidth’s own works with MD5."],
            "Enter the password and check again, or ask Bandwidth support whether the address is \
             theirs.",
            &[RecoveryOption::TypeAddress],
        ),
        Verdict::StaleWithoutEnd => bad(
            "The registrar rejects each answer as too old as soon as it arrives.".to_owned(),
            &[
                "The registrar runs on several servers that don’t know about each other’s sign-in \
                 requests.",
                "The network is so slow that each answer arrives too late.",
            ],
            "Try again. If it still fails, contact Bandwidth support.",
            &[RecoveryOption::TryAgain],
        ),
        Verdict::TemporarilyUnavailable => bad(
            "The registrar says this user name isn’t available at the moment (480).".to_owned(),
            &["The account or realm is paused, or isn’t active yet."],
            "Wait a minute and try again. If it still fails, ask Bandwidth support.",
            &[RecoveryOption::TryAgain],
        ),
        Verdict::Unexpected { status, reason } => bad(
            format!(
                "The registrar refused and gave its own reason: {status} {}.",
                short(reason)
            ),
            &["The registrar’s own words are all that is known."],
            "Try again. If it still fails, send the messages below to Bandwidth support.",
            &[RecoveryOption::TryAgain],
        ),
        Verdict::Tls(problem) => tls::words(problem, &place),
        Verdict::UnknownUser => bad(
            format!(
                "The registrar doesn’t know {} in realm {realm} (404).",
                request.composite
            ),
            &[
                "The SIP credential is new, and the registrar doesn’t have it yet.",
                "The address belongs to another realm.",
                "The user name differs from the SIP credential’s. Letter case counts.",
            ],
            "Wait a minute and check again. If it still fails, compare the user name.",
            &[RecoveryOption::TryAgain, RecoveryOption::TypeAddress],
        ),
    }
}

fn short(text: &str) -> String {
    foreign(text, LONGEST)
}

#[cfg(test)]
pub(super) mod sentences;
#[cfg(test)]
mod tests;

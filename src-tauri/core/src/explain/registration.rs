//! What a registration check found, in plain words: one row for each verdict.

mod report;

use std::time::Duration;

use super::tls;
use crate::activity::Tone;
use crate::explain::{Verdict as Words, WayOn};
use crate::redact::foreign_line;
use crate::sip::TransportName;
use crate::sip::answer::{NameForm, Proof};
use crate::sip::astray::Noise;
use crate::sip::challenge::Algorithm;
use crate::sip::check::CheckRequest;
use crate::sip::message::Malformed;
use crate::sip::register::SECONDS;
use crate::sip::verdict::{Proved, Verdict};

pub use report::{left_behind, look, report, unregistered};

/// Longest foreign text inside a sentence, in characters.
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
            &[WayOn::TypeAddress],
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
            &[WayOn::TypeAddress, WayOn::TryAgain],
        ),
        Verdict::AcceptedUnasked => warn(
            "The registrar said yes without asking for a password, so nothing is proved."
                .to_owned(),
            &[
                "The address belongs to a device or program that takes everybody.",
                "A company's own SIP proxy answers in the registrar's place.",
            ],
            "Make sure that the address is the registrar's, and check again.",
            &[WayOn::TypeAddress],
        ),
        Verdict::CannotAnswer { offered } => bad(
            format!(
                "The registrar wants a kind of proof that a SIP credential cannot give: {}.",
                short(&offered.join(", "))
            ),
            &["The address belongs to another kind of service, or to a proxy in between."],
            "Make sure that the address is the registrar's, and check again.",
            &[WayOn::TypeAddress],
        ),
        Verdict::ConnectionClosed => bad(
            format!("{place} took the connection and closed it without an answer."),
            &[
                "The port is for encrypted connections (TLS) only.",
                "A firewall cut the connection.",
                "Something else than a registrar listens at this port.",
            ],
            "Check over UDP, or type another port.",
            &[WayOn::TypeAddress, WayOn::TryAgain],
        ),
        Verdict::ClosedMidway => bad(
            format!("{place} answered, then closed the connection without answering again."),
            &[
                "The registrar closes connections in the middle of a registration.",
                "The registrar blocks this computer for a while, after too many messages.",
                "A firewall or SIP ALG cuts the connection.",
            ],
            "Wait a few minutes and check again, or check over UDP.",
            &[WayOn::TryAgain, WayOn::TypeAddress],
        ),
        Verdict::CredentialRefused { tried } => {
            let names = short(&tried.join(" and "));
            let sentence =
                format!("The registrar for realm {realm} refuses the credential. Tried: {names}.");
            let name_differs = "The user name is not the SIP credential's; letter case counts.";
            match request.proof {
                Proof::Password(_) => bad(
                    sentence,
                    &[
                        "The password is not the one that the SIP credential was made with.",
                        name_differs,
                        "The SIP credential is new, and the registrar does not know it yet.",
                    ],
                    "Check once more in a minute, or give the SIP credential a new password.",
                    &[WayOn::TryAgain, WayOn::NewPassword],
                ),
                Proof::Hashes(_) => bad(
                    sentence,
                    &[
                        "The SIP credential is new or was changed, and the registrar does not know \
                         that yet.",
                        "The user name was changed after the hashes were made; letter case counts.",
                        "The hashes were made for another user name or realm.",
                    ],
                    "Wait a minute and check again; then give the SIP credential a new password.",
                    &[WayOn::TryAgain, WayOn::NewPassword],
                ),
                Proof::Hash1(_) | Proof::Hash1b(_) => bad(
                    sentence,
                    &[
                        "The hash is not the one that is stored.",
                        "Hash1 and Hash1b were mixed up: Hash1 proves the user name alone, Hash1b \
                         the one with the realm behind it.",
                        name_differs,
                    ],
                    "Compare the hash with the stored one, and check again.",
                    &[WayOn::TryAgain, WayOn::NewPassword],
                ),
            }
        }
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
            &[WayOn::TryAgain, WayOn::TypeAddress],
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
            &[WayOn::TryAgain],
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
            &[WayOn::OnlyLook],
        ),
        Verdict::MayReplace { listed, .. } => warn(
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
            &[WayOn::OnlyLook, WayOn::TryAgain],
        ),
        Verdict::NetworkUnreachable => bad(
            format!("This computer cannot send to {place}."),
            &[
                "This computer is not connected to the internet.",
                "The network has no way to that kind of address (IPv4 or IPv6).",
                "A firewall or VPN on this computer forbids it.",
            ],
            "Check the network connection, and try again.",
            &[WayOn::TryAgain, WayOn::TypeAddress],
        ),
        Verdict::NoAddress => bad(
            format!(
                "No address is known for the registrar {}.",
                short(&request.target_name)
            ),
            &["The realm is new, and DNS does not know it yet."],
            "Wait a minute and try again, or type the registrar's host and port.",
            &[WayOn::TryAgain, WayOn::TypeAddress],
        ),
        Verdict::NoAnswer { provisional: true } => bad(
            "The registrar said that it is at work, and then nothing more.".to_owned(),
            &["The registrar is overloaded or has a fault."],
            "Wait a minute and try again.",
            &[WayOn::TryAgain],
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
            &[WayOn::TypeAddress, WayOn::TryAgain],
        ),
        Verdict::NoChallenge => bad(
            "The registrar refuses without saying what it asks for.".to_owned(),
            &["A proxy or router in between takes parts of the messages away (SIP ALG)."],
            "Try from another network, or over the other transport.",
            &[WayOn::TryAgain],
        ),
        Verdict::NobodyListens => bad(
            format!("Nobody listens at {place}: the port is closed."),
            &[
                "The port is not the account's: each account has a port of its own, such as 5006.",
                "The registrar does not offer this transport.",
                "The host is not the registrar's.",
            ],
            "Compare host and port with what Bandwidth gave you, and type them.",
            &[WayOn::TypeAddress, WayOn::TryAgain],
        ),
        Verdict::NotSip(what) => not_sip(what),
        Verdict::OutOfTime => bad(
            "The check took too long and was stopped.".to_owned(),
            &["The registrar or the network is very slow."],
            "Try again.",
            &[WayOn::TryAgain],
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
                warn(
                    format!(
                        "The registrar accepts {proof} for {user_name}, and lists nothing \
                         ({status} {}).",
                        short(reason)
                    ),
                    &["The registrar does not take a check that registers nothing."],
                    "Run the full registration to see whether it registers as well.",
                    &[WayOn::RegisterFully],
                )
            };
            by_its_form(words, request, user_name, proved.form)
        }
        Verdict::QueryRefused { status, reason } => warn(
            format!(
                "The registrar does not take a check that registers nothing ({status} {}).",
                short(reason)
            ),
            &["Some registrars answer only to a real registration."],
            "Run the full registration: it registers this computer for a minute and takes that \
             back at once. Calls may also ring here meanwhile.",
            &[WayOn::RegisterFully],
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
            &[WayOn::TypeAddress, WayOn::NewPassword],
        ),
        Verdict::RealmNotAnswered { asked } => realm_not_answered(request, &short(asked)),
        Verdict::Redirected { to } => warn(
            format!(
                "The registrar sends us to another address: {}. This check does not follow it by \
                 itself.",
                short(&to.join(", "))
            ),
            &["The registrar moved, or the account is served elsewhere."],
            "If you know that address, type it and check again.",
            &[WayOn::TypeAddress],
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
            &[WayOn::OnlyLook],
        ),
        Verdict::RegistrarTimedOut => bad(
            "The registrar gave up waiting for something behind it (408).".to_owned(),
            &["A part of the registrar does not answer."],
            "Wait a minute and try again.",
            &[WayOn::TryAgain],
        ),
        Verdict::ServerFailed { status } => bad(
            format!("The registrar has a fault of its own ({status})."),
            &["Something is broken at the registrar; nothing is wrong on your side."],
            "Wait a minute and try again; then tell Bandwidth support.",
            &[WayOn::TryAgain],
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
                &[WayOn::TryAgain],
            )
        },
        Verdict::Sha256Only => bad(
            "The registrar wants SHA-256, and a stored MD5 hash cannot answer that.".to_owned(),
            &["The address belongs to another registrar: Bandwidth's own works with MD5."],
            "Check with the password, or make sure that the address is the registrar's.",
            &[WayOn::TypeAddress],
        ),
        Verdict::StaleWithoutEnd => bad(
            "The registrar calls each proof too old as soon as it arrives.".to_owned(),
            &[
                "The registrar is several computers that do not know of each other's questions.",
                "The network is so slow that each proof comes too late.",
            ],
            "Try again; then tell Bandwidth support.",
            &[WayOn::TryAgain],
        ),
        Verdict::TemporarilyUnavailable => bad(
            "The registrar says that it cannot serve this name at the moment (480).".to_owned(),
            &["The account or realm is paused or not active yet."],
            "Wait a minute and try again; then ask Bandwidth support.",
            &[WayOn::TryAgain],
        ),
        Verdict::Unexpected { status, reason } => bad(
            format!(
                "The registrar refuses for a reason of its own: {status} {}.",
                short(reason)
            ),
            &["The registrar's own words are all that is known."],
            "Try again; then send the messages below to Bandwidth support.",
            &[WayOn::TryAgain],
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
            &[WayOn::TryAgain, WayOn::TypeAddress],
        ),
    }
}

/// Names what proved the credential.
fn proof(request: &CheckRequest) -> &'static str {
    match request.proof {
        Proof::Hash1(_) | Proof::Hash1b(_) => "the hash",
        Proof::Hashes(_) => "the stored hash",
        Proof::Password(_) => "the password",
    }
}

/// Adds what a phone needs where only the longer form of the name was accepted.
fn by_its_form(mut words: Words, request: &CheckRequest, user_name: &str, form: NameForm) -> Words {
    if form == NameForm::WithRealm && request.proof.fits(NameForm::Composite) {
        words.tone = Tone::Wait;
        words.causes = vec![format!(
            "The shorter name {} was refused: only the name with the realm behind it works.",
            request.composite
        )];
        words.next = Some(format!("Type {user_name} as the user name into the phone."));
    }
    words
}

fn registration_refused(
    request: &CheckRequest,
    proved: &Proved,
    status: u16,
    phones: usize,
    too_many: bool,
) -> Words {
    let (proof, user_name) = (proof(request), &proved.user_name);
    let are_there = match phones {
        0 => "Registrations that it does not list count as well.".to_owned(),
        1 => "1 phone is registered, and the registrar allows no more.".to_owned(),
        many => format!("{many} phones are registered, and the registrar allows no more."),
    };
    let not_allowed = "This credential or this computer's network may not register there.";
    let fault = "The registrar has a fault or is overloaded.";
    let mut causes = Vec::new();
    if too_many || phones > 0 {
        causes.push(are_there.as_str());
    }
    if !too_many {
        causes.push(if status >= 500 { fault } else { not_allowed });
    }
    let sentence = if too_many {
        format!("The registrar accepts {proof} for {user_name}, but has too many registrations.")
    } else {
        format!(
            "The registrar accepts {proof} for {user_name}, but refuses to register it ({status})."
        )
    };
    warn(
        sentence,
        &causes,
        "Nothing is wrong with the credential. Sign out a phone, or ask who runs the registrar.",
        &[WayOn::OnlyLook, WayOn::TryAgain],
    )
}

/// A 403 behind a proof may mean anything: RFC 3261 refuses a wrong one with 401, but some
/// registrars do so with 403.
fn forbidden(request: &CheckRequest, answered: bool, query: bool) -> Words {
    let wrong = match request.proof {
        Proof::Password(_) => "The user name or the password is wrong.",
        Proof::Hash1(_) | Proof::Hash1b(_) | Proof::Hashes(_) => {
            "The user name or the hash is wrong."
        }
    };
    let causes = [
        (answered, wrong),
        (true, "The account or the realm is not allowed to register."),
        (
            true,
            "The registrar does not allow this computer's network.",
        ),
        (
            query,
            "The registrar does not answer a check that registers nothing.",
        ),
    ];
    let causes: Vec<&str> = causes
        .into_iter()
        .filter_map(|(can_be, cause)| can_be.then_some(cause))
        .collect();
    let sentence = if query {
        "The registrar forbids this check (403)."
    } else {
        "The registrar forbids this registration (403)."
    };
    let support = "Ask Bandwidth support whether Registrar is active for this account and realm.";
    let compare = "Compare the user name and the password, and check again.";
    if answered && request.proof.is_password() {
        let ways_on = [WayOn::TryAgain, WayOn::NewPassword];
        bad(sentence.to_owned(), &causes, compare, &ways_on)
    } else {
        bad(sentence.to_owned(), &causes, support, &[WayOn::TryAgain])
    }
}

fn realm_not_answered(request: &CheckRequest, asked: &str) -> Words {
    let realm = &request.realm;
    let name_differs =
        "The realm was typed differently: its full name is needed, and letter case counts.";
    let elsewhere = "The address or port belongs to another realm or another account.";
    let stranger = "Someone on the network wants material to guess the password from.";
    if request.proof.is_password() {
        warn(
            format!("Not checked: the address asks for realm {asked}, not {realm}."),
            &[name_differs, elsewhere, stranger],
            "Compare the realm. If you know who runs that realm, check again and answer it.",
            &[WayOn::TryAgain, WayOn::TypeAddress],
        )
    } else {
        warn(
            format!(
                "Not checked: the address asks for realm {asked}, the hash is for realm {realm}."
            ),
            &[
                elsewhere,
                "The hashes were made with a wrong realm name: the full name counts, letter by \
                 letter.",
            ],
            "Use the address of the credential's own realm, or give the credential a new password.",
            &[WayOn::TypeAddress, WayOn::NewPassword],
        )
    }
}

fn not_sip(what: &Noise) -> Words {
    let compare = "Compare host and port with what Bandwidth gave you, and type them.";
    let causes: &[&str] = match what.protocol {
        _ if what.is_damaged_sip() => &[
            "A router changes SIP messages on the way (SIP ALG).",
            "The registrar has a fault of its own.",
        ],
        Some("TLS") => &["The port is for encrypted connections (TLS) only."],
        Some(_) => &["The port belongs to another service, such as a website."],
        None => &[
            "The port belongs to another service, such as a website.",
            "The port is for encrypted connections (TLS) only.",
        ],
    };
    if what.is_damaged_sip() {
        let next = "Turn SIP ALG off in the router, or check from another network.";
        return bad(noise(what), causes, next, &[WayOn::TryAgain]);
    }
    bad(noise(what), causes, compare, &[WayOn::TypeAddress])
}

/// Says what came that is not a whole SIP message, and from where.
pub(super) fn noise(noise: &Noise) -> String {
    let Noise {
        source,
        why,
        quote,
        protocol,
    } = noise;
    let quoted = if quote.is_empty() {
        String::new()
    } else {
        format!(" It began “{quote}”.")
    };
    if noise.is_damaged_sip() {
        let why = match why {
            Malformed::CutOff => "it ends before its Content-Length says",
            Malformed::Header => "one of its header lines can’t be read",
            Malformed::Start => "its first line can’t be read",
            Malformed::TooLarge => "it’s larger than any SIP message should be",
        };
        return format!(
            "Something came from {source} that isn’t a whole SIP message: {why}.{quoted}"
        );
    }
    match protocol {
        Some(protocol) => {
            format!("What answers at {source} doesn’t speak SIP but {protocol}.{quoted}")
        }
        None => format!(
            "Something came from {source} that isn’t a whole SIP message; what sent it doesn’t \
             speak SIP.{quoted}"
        ),
    }
}

fn good(sentence: String) -> Words {
    Words {
        tone: Tone::Good,
        sentence,
        causes: Vec::new(),
        next: None,
        ways_on: Vec::new(),
    }
}

pub(super) fn bad(sentence: String, causes: &[&str], todo: &str, ways_on: &[WayOn]) -> Words {
    Words {
        tone: Tone::Bad,
        sentence,
        causes: causes.iter().map(|cause| (*cause).to_owned()).collect(),
        next: Some(todo.to_owned()),
        ways_on: ways_on.to_vec(),
    }
}

fn warn(sentence: String, causes: &[&str], todo: &str, ways_on: &[WayOn]) -> Words {
    Words {
        tone: Tone::Wait,
        ..bad(sentence, causes, todo, ways_on)
    }
}

fn short(text: &str) -> String {
    foreign_line(text, LONGEST)
}

/// Returns the stored hash that an accepted answer proves. One by SHA-256 proves the password alone:
/// the stored hashes are MD5.
fn proved_hash(form: NameForm, algorithm: &Algorithm) -> Option<&'static str> {
    match (algorithm, form) {
        (Algorithm::Sha256, _) => None,
        (Algorithm::Md5 | Algorithm::Other(_), NameForm::Composite) => Some("Hash1"),
        (Algorithm::Md5 | Algorithm::Other(_), NameForm::WithRealm) => Some("Hash1b"),
    }
}

/// Names the place that was asked, such as `r.example, port 5006 over UDP`.
fn place(request: &CheckRequest) -> String {
    let transport = request.transport.as_str();
    let name = short(&request.target_name);
    let ports = request.targets.iter().map(|target| target.address.port());
    let mut ports: Vec<u16> = ports.collect();
    ports.dedup();
    let ports: Vec<String> = ports.iter().map(u16::to_string).collect();
    match ports.as_slice() {
        [] => name,
        [port] => format!("{name}, port {port} over {transport}"),
        ports => format!("{name}, ports {} over {transport}", ports.join(", ")),
    }
}

fn span(time: Duration) -> String {
    match time.as_secs() {
        1 => "1 second".to_owned(),
        seconds @ 0..=120 => format!("{seconds} seconds"),
        seconds => format!("{} minutes", seconds.div_ceil(60)),
    }
}

#[cfg(test)]
pub(super) mod sentences;
#[cfg(test)]
mod tests;

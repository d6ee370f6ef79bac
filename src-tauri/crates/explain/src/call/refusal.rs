//! Meaning of a refused call, by its status (RFC 3261 section 21 and its extensions).

mod server;

use std::time::Duration;

use self::server::{everywhere, of_a_server};
use super::{Asked, bad, short, wait};
use crate::{RecoveryOption, Verdict, number};
use registrar_user_agent::call::DialOutcome;

/// Says why a call was refused.
pub(super) fn verdict(asked: &Asked, outcome: &DialOutcome, status: u16, reason: &str) -> Verdict {
    let mut verdict = match status {
        300..=399 => moved(outcome),
        400..=499 => of_the_request(asked, outcome, status, reason),
        500..=599 => of_a_server(asked, status),
        _ => everywhere(asked, outcome, status, reason),
    };
    if let Some(wait) = &outcome.said.retry_after {
        let seconds: String = wait.chars().take_while(char::is_ascii_digit).collect();
        if let Ok(seconds @ 1..=86_400) = seconds.parse::<u64>() {
            let wait = number::time(Duration::from_secs(seconds));
            verdict.next = Some(format!("Call again in {wait}."));
        }
    }
    let words = [&outcome.said.warning, &outcome.said.reason];
    for words in words.into_iter().flatten() {
        let says = format!("The registrar’s own words: “{}”", short(words));
        verdict.causes.push(says);
    }
    verdict
}

/// Returns whether this call proved the credential: a challenge of its realm was answered, and the
/// call then continued.
fn is_proved(asked: &Asked, outcome: &DialOutcome) -> bool {
    outcome.accepted.contains(&asked.realm)
}

/// Adds that the credential works, if this call proved that.
fn with_proof(next: &str, asked: &Asked, outcome: &DialOutcome) -> String {
    if is_proved(asked, outcome) {
        format!("{next} The SIP credential itself works.")
    } else {
        next.to_owned()
    }
}

fn moved(outcome: &DialOutcome) -> Verdict {
    let contacts = short(&outcome.said.contacts.join(", "));
    let (sentence, next) = if contacts.is_empty() {
        (
            "The registrar sends the call to another address, but doesn’t say which.".to_owned(),
            "Call another number.",
        )
    } else {
        (
            format!(
                "The registrar sends the call to another address: {contacts}. The app doesn’t \
                 follow it automatically."
            ),
            "Call that address if you know whose it is, or call another number.",
        )
    };
    wait(
        sentence,
        &["The called phone or number is forwarded."],
        next,
        &[],
    )
}

#[allow(
    clippy::too_many_lines,
    reason = "one table, one row for each status, is easier to check than many small ones"
)]
fn of_the_request(asked: &Asked, outcome: &DialOutcome, status: u16, reason: &str) -> Verdict {
    let Asked {
        callee,
        user_name,
        realm,
        ..
    } = asked;
    let again = [RecoveryOption::TryAgain];
    match status {
        400 | 413 | 414 => bad(
            format!("The registrar couldn’t read the call’s request ({status})."),
            &[
                "A proxy, or a router setting called SIP ALG, changed the message.",
                "The registrar expects something that this computer doesn’t send.",
            ],
            "Call from another network. If it works there, turn off SIP ALG in the router. Your \
             internet provider can tell you how.",
            &again,
        ),
        402 => bad(
            "The registrar wants the account to be paid before it places calls (402).".to_owned(),
            &["The account has no credit, or has reached a limit."],
            "Ask Bandwidth support about the account’s limits.",
            &again,
        ),
        403 => forbidden(asked, outcome),
        404 | 410 | 484 => no_such_number(callee, status),
        405 => bad(
            "The registrar doesn’t accept calls at this address (405).".to_owned(),
            &[
                "The address is for registrations. Calls go to another one.",
                "The called number or phone doesn’t accept calls.",
            ],
            "Ask Bandwidth support which address accepts calls.",
            &again,
        ),
        406 => bad(
            format!(
                "{callee} can’t describe its audio in a way that this computer can read (406)."
            ),
            &["The other side describes its audio in a format other than SDP, the usual one."],
            "Call another number or phone.",
            &again,
        ),
        408 => wait(
            format!("{callee} didn’t answer in time (408)."),
            &[
                "The called phone is registered, but can’t be reached anymore.",
                "A part of the registrar isn’t answering.",
            ],
            "Check the called phone, then call again.",
            &again,
        ),
        412 | 423 | 469 | 489 => bad(
            format!("The registrar answered as if this weren’t a call ({status})."),
            &[
                "The address belongs to another kind of service.",
                "A proxy in between mixed up two messages.",
            ],
            "Ask Bandwidth support for the registrar’s address, then go back, enter it, and check \
             it.",
            &again,
        ),
        415 | 488 => no_common_sound(callee, status),
        416 => bad(
            format!("The registrar doesn’t accept addresses such as {callee} (416)."),
            &["It accepts only phone numbers or the names of its own phones."],
            "Call a number that starts with + and its country code.",
            &again,
        ),
        417 | 424 => bad(
            format!("The registrar treats this as an emergency or priority call ({status})."),
            &["The called number is reserved for such calls."],
            "Call another number.",
            &again,
        ),
        420 => bad(
            match named(&outcome.said.unsupported) {
                Some(what) => format!("The other side doesn’t support {what} (420)."),
                None => "The other side doesn’t support a SIP feature that the call needs (420)."
                    .to_owned(),
            },
            &[
                "A proxy in between requires the feature. This computer requires none.",
                "A router setting called SIP ALG changed the message.",
            ],
            "Call from another network, or choose another transport (UDP, TCP, or TLS).",
            &again,
        ),
        421 => bad(
            match named(&outcome.said.required) {
                Some(what) => {
                    format!("The registrar accepts calls only from phones with {what} (421).")
                }
                None => {
                    "The registrar requires a SIP feature that this computer doesn’t have (421)."
                        .to_owned()
                }
            },
            &["The registrar or the called phone is set to require it. Many phones have it."],
            "Call from a desk phone instead, or ask Bandwidth support to make it optional.",
            &again,
        ),
        422 => bad(
            "The registrar refused how often the call would be refreshed (422).".to_owned(),
            &[
                "The registrar’s shortest session timer is longer than what a proxy in between asks \
                 for.",
            ],
            "Ask Bandwidth support, or whoever runs the registrar, for a longer session timer, \
             such as 1800 seconds.",
            &again,
        ),
        428 | 433 | 436..=438 => bad(
            format!("The network doesn’t accept who this call comes from ({status})."),
            &[
                &format!(
                    "This call came from {user_name} at {realm}, which may not be a phone number \
                     of the account."
                ),
                "The call’s signature (STIR/SHAKEN) is missing or doesn’t match the caller.",
            ],
            "Ask Bandwidth support which numbers this account may call from.",
            &again,
        ),
        429 => no_way(status),
        430 => bad(
            format!("The registrar lost its connection to {callee} (430)."),
            &["The called phone changed networks and hasn’t registered again."],
            "Restart the called phone, then call again.",
            &again,
        ),
        439 => bad(
            "A server on the way doesn’t keep connections to phones (439).".to_owned(),
            &["The first server that handles the call doesn’t support SIP Outbound."],
            "Choose UDP as the transport and call again. If it still fails, ask Bandwidth support.",
            &again,
        ),
        440 | 482 | 483 => bad(
            format!("The call goes in circles at the registrar ({status})."),
            &["The called number is forwarded to itself."],
            "Turn off call forwarding on the called phone, or call another number.",
            &again,
        ),
        470 => bad(
            format!("{callee} accepts calls only from callers it has allowed before (470)."),
            &["The called side must give its consent first."],
            "Ask the called person to allow this caller, or call another number.",
            &again,
        ),
        478 | 479 => bad(
            format!("The registrar doesn’t know where to send a call to {callee} ({status})."),
            &[
                "The address that the called phone registered can’t be reached.",
                "The part after the @ in the called address doesn’t exist.",
            ],
            "Call another number, or a phone that’s registered now.",
            &again,
        ),
        480 => wait(
            format!("{callee} can’t be reached at the moment (480)."),
            &[
                "No phone is registered for it.",
                "Do not disturb is on.",
                "It rang, but no one answered.",
            ],
            "Make sure the called phone is registered, then call again.",
            &again,
        ),
        481 => wait(
            "The registrar doesn’t know this call (481).".to_owned(),
            &[
                "The registrar restarted in the meantime.",
                "A router setting called SIP ALG changed the message.",
            ],
            "Call again.",
            &again,
        ),
        485 => bad(
            match short(&outcome.said.contacts.join(", ")) {
                some if some.is_empty() => format!("{callee} may be more than one phone (485)."),
                some => format!("{callee} may be more than one phone: {some} (485)."),
            },
            &["The name or number isn’t complete."],
            "Call one of them by its full name or number.",
            &again,
        ),
        486 => busy(asked, outcome),
        487 => wait(
            "The registrar ended the call before it was answered (487).".to_owned(),
            &["It rang for as long as the registrar allows."],
            "Call again and have someone answer.",
            &again,
        ),
        491 => wait(
            "The registrar is still busy with another change to this call (491).".to_owned(),
            &["A message came twice, or a proxy in between mixed up two calls."],
            "Wait a few seconds, then call again.",
            &again,
        ),
        493 | 494 => bad(
            format!("The registrar wants the call to be secured another way ({status})."),
            &[
                "The registrar requires a security agreement (RFC 3329), as mobile networks do.",
                "The registrar accepts calls over TLS only.",
            ],
            "Choose TLS as the transport, then call again.",
            &again,
        ),
        _ => own_reason(status, reason),
    }
}

/// Some registrars answer a wrong password with 403, so it never means that the password was right.
fn forbidden(asked: &Asked, outcome: &DialOutcome) -> Verdict {
    let Asked {
        callee,
        user_name,
        realm,
        ..
    } = asked;
    let caller = format!(
        "The caller must be the SIP user name. This call came from {user_name} at {realm}, and the \
         account may not allow that."
    );
    let mut causes = vec![
        caller.as_str(),
        "The account has no number or route for calls to this number.",
        "Calls to this country or kind of number are blocked.",
    ];
    if !is_proved(asked, outcome) {
        causes.push("Some registrars answer a wrong password this way. Check the registration.");
    }
    bad(
        format!("The registrar doesn’t allow the call to {callee} (403)."),
        &causes,
        "Ask Bandwidth support which numbers this account may call with a SIP credential.",
        &[RecoveryOption::TryAgain],
    )
}

fn no_such_number(callee: &str, status: u16) -> Verdict {
    bad(
        format!("{callee} wasn’t found ({status})."),
        &[
            "The number is mistyped or incomplete.",
            "The number needs a + and its country code.",
            "No phone is registered under this name.",
        ],
        "Enter the number with + and its country code, or call a phone that is registered.",
        &[RecoveryOption::TryAgain],
    )
}

fn busy(asked: &Asked, outcome: &DialOutcome) -> Verdict {
    let next = "Call again later, or call another number.";
    wait(
        format!("{} is busy.", asked.callee),
        &["Someone is on the phone.", "Do not disturb is on."],
        &with_proof(next, asked, outcome),
        &[RecoveryOption::TryAgain],
    )
}

fn no_common_sound(callee: &str, status: u16) -> Verdict {
    bad(
        format!("{callee} doesn’t support the audio that this computer offers ({status})."),
        &[
            "The other side supports neither PCMU nor PCMA, which every phone should.",
            "The other side accepts encrypted audio (SRTP) only.",
        ],
        "Call another phone. To call this one, ask whoever looks after it to allow the audio \
         format PCMU (G.711 µ-law).",
        &[RecoveryOption::TryAgain],
    )
}

fn no_way(status: u16) -> Verdict {
    wait(
        format!("The registrar can’t place this call at the moment ({status})."),
        &[
            "There’s no route to the called number.",
            "The registrar is overloaded, or too many calls are in progress.",
        ],
        "Wait a minute and call again. If it still fails, call another number.",
        &[RecoveryOption::TryAgain],
    )
}

fn own_reason(status: u16, reason: &str) -> Verdict {
    bad(
        format!("The call was refused, and this reason was given: {status} {reason}."),
        &["The registrar’s own words are all that is known."],
        "Call again. If it still fails, send the messages below to Bandwidth support.",
        &[RecoveryOption::TryAgain],
    )
}

/// Returns extensions (option tags of RFC 3261 section 27.1) by their common names.
fn named(tags: &[String]) -> Option<String> {
    let names: Vec<String> = tags
        .iter()
        .map(|tag| {
            let tag = short(tag);
            let name = match tag.to_ascii_lowercase().as_str() {
                "100rel" => "confirmed ringing",
                "timer" => "session timers",
                "precondition" => "preconditions",
                "sec-agree" => "security agreement",
                "outbound" | "path" | "gruu" => "SIP Outbound",
                "replaces" => "call pickup",
                _ => return tag,
            };
            format!("{name} ({tag})")
        })
        .collect();
    (!names.is_empty()).then(|| short(&names.join(", ")))
}

//! What a refused call means, by its status (RFC 3261 section 21).

use super::{Asked, bad, short, wait};
use crate::ipc::{Verdict, WayOn};
use crate::sip::call::DialOutcome;

/// Says why a call was refused.
#[allow(
    clippy::too_many_lines,
    reason = "one table, one row for each status, is easier to check than many small ones"
)]
pub(super) fn verdict(asked: &Asked, outcome: &DialOutcome, status: u16, reason: &str) -> Verdict {
    let Asked {
        callee,
        user_name,
        realm,
        ..
    } = asked;
    let again = [WayOn::TryAgain];
    let mut verdict = match status {
        300..=399 => wait(
            format!(
                "The registrar sends the call to another address: {}. It is not followed by itself.",
                short(&outcome.said.contacts.join(", "))
            ),
            &["The called phone or number is forwarded."],
            "Call that address, if you know it.",
            &[],
        ),
        403 => bad(
            format!(
                "The registrar takes the SIP credential and forbids the call to {callee} (403)."
            ),
            &[
                &format!(
                    "The caller must be the SIP user name: this call came from {user_name} at \
                     {realm}, and the account may not let that call out."
                ),
                "The account has no number or no route for calls to this number.",
                "Calls to this country or kind of number are locked.",
            ],
            "Ask Bandwidth support which numbers this account may call with a SIP credential.",
            &again,
        ),
        404 | 410 | 484 | 604 => bad(
            format!("There is no such number as {callee} ({status})."),
            &[
                "The number is mistyped or not complete.",
                "The number wants its country code with a + before it.",
                "No phone is registered under this name.",
            ],
            "Write the number with + and its country code, or call a phone that is registered.",
            &again,
        ),
        408 => wait(
            format!("{callee} was looked for, and did not answer in time (408)."),
            &[
                "The called phone is registered, and cannot be reached any more.",
                "A part of the registrar does not answer.",
            ],
            "Look at the called phone, and call again.",
            &again,
        ),
        480 => wait(
            format!("{callee} cannot be reached at the moment (480)."),
            &[
                "No phone is registered for it.",
                "The phone is set not to be disturbed.",
                "It rang, and nobody answered.",
            ],
            "Make sure that the called phone is registered, and call again.",
            &again,
        ),
        486 | 600 => wait(
            format!("{callee} is busy."),
            &[
                "Somebody speaks on it.",
                "The phone is set not to be disturbed.",
            ],
            "Call again later, or call another number. The SIP credential itself works.",
            &again,
        ),
        487 => wait(
            "The registrar took the call back before it was answered (487).".to_owned(),
            &["It rang for as long as the registrar allows."],
            "Call again, and let somebody answer.",
            &again,
        ),
        415 | 488 | 606 => bad(
            format!("{callee} takes no sound of the kind that this computer offers ({status})."),
            &[
                "The other side takes neither PCMU nor PCMA, which every phone should.",
                "The other side wants encrypted sound (SRTP) only.",
            ],
            "Allow PCMU (G.711 µ-law) on the called phone, and call again.",
            &again,
        ),
        603 | 607 | 608 => wait(
            format!("{callee} refused the call ({status})."),
            &[
                "Somebody pressed the button that refuses it.",
                "The called side refuses calls that it takes for unwanted.",
            ],
            "Call another number. The SIP credential itself works.",
            &again,
        ),
        402 => bad(
            "The registrar wants the account to be paid before it calls (402).".to_owned(),
            &["The account has no credit, or a limit is reached."],
            "Ask Bandwidth support about the account's limits.",
            &again,
        ),
        429 | 503 => wait(
            format!("The registrar has no way for this call at the moment ({status})."),
            &[
                "No route leads to the called number.",
                "The registrar is overloaded, or too many calls are on.",
            ],
            "Wait a minute and call again; then call another number.",
            &again,
        ),
        478 => bad(
            format!("The registrar finds no way to {callee} (478)."),
            &[
                "The address that the called phone registered cannot be reached.",
                "The host of the called address does not exist.",
            ],
            "Call a number, or a phone that is registered.",
            &again,
        ),
        482 | 483 => bad(
            format!("The call goes in a circle at the registrar ({status})."),
            &["The called number is forwarded to itself."],
            "Look at the forwarding of the called number.",
            &again,
        ),
        500..=599 => bad(
            format!("The registrar or the other side has a fault of its own ({status})."),
            &["Something is broken there; nothing is wrong on your side."],
            "Wait a minute and call again; then tell Bandwidth support.",
            &again,
        ),
        _ => bad(
            format!("The call was refused for a reason of its own: {status} {reason}."),
            &["The registrar's own words are all that is known."],
            "Call again; then send the messages below to Bandwidth support.",
            &again,
        ),
    };
    if let Some(wait) = &outcome.said.retry_after {
        let seconds: String = wait.chars().take_while(char::is_ascii_digit).collect();
        if let Ok(seconds @ 1..=86_400) = seconds.parse::<u32>() {
            verdict.next = Some(format!("Call again in {seconds} seconds."));
        }
    }
    let words = [&outcome.said.warning, &outcome.said.reason];
    for words in words.into_iter().flatten() {
        let says = format!("The registrar's own words: {}", short(words));
        verdict.causes.push(says);
    }
    verdict
}

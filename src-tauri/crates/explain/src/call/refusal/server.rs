//! Refusals by servers (5xx) and global failures (6xx).

use super::super::{Asked, bad, wait};
use super::{busy, no_common_sound, no_such_number, no_way, own_reason, with_proof};
use crate::{RecoveryOption, Verdict};
use registrar_user_agent::call::DialOutcome;

/// Says why a server on the way failed: the classes 5xx.
pub(super) fn of_a_server(asked: &Asked, status: u16) -> Verdict {
    let callee = &asked.callee;
    let again = [RecoveryOption::TryAgain];
    match status {
        501 => bad(
            "The registrar doesn’t place calls (501).".to_owned(),
            &["The address is for registrations. Calls go to another one."],
            "Ask Bandwidth support which address accepts calls.",
            &again,
        ),
        502 | 504 => wait(
            format!("The registrar got no usable answer on the way to {callee} ({status})."),
            &["The next server, such as another carrier’s, doesn’t answer or is broken."],
            "Wait a minute and call again. If it still fails, call another number.",
            &again,
        ),
        503 => no_way(status),
        505 | 513 => bad(
            format!("The registrar couldn’t read the call’s request ({status})."),
            &[
                "The server there uses another version of SIP, or accepts only shorter messages.",
                "A proxy, or a router setting called SIP ALG, changed the message.",
            ],
            "Choose another transport (UDP, TCP, or TLS), then call again.",
            &again,
        ),
        555 => bad(
            format!("The registrar can’t wake the phone of {callee} (555)."),
            &["The called phone can only be reached by push messages, which aren’t set up."],
            "Open the app on the called phone, then call again.",
            &again,
        ),
        580 => bad(
            format!("{callee} wants the network to reserve capacity for the sound first (580)."),
            &["The called phone requires preconditions, as mobile networks do."],
            "Call another number. To call this one, ask whoever looks after the phone to turn off \
             preconditions.",
            &again,
        ),
        _ => bad(
            format!("The registrar or the other side had an internal error ({status})."),
            &["Something there is broken or overloaded."],
            "Wait a minute and call again. If it still fails, contact Bandwidth support.",
            &again,
        ),
    }
}

/// Says why no phone of the called one takes the call: the class 6xx.
pub(super) fn everywhere(
    asked: &Asked,
    outcome: &DialOutcome,
    status: u16,
    reason: &str,
) -> Verdict {
    let callee = &asked.callee;
    match status {
        600 => busy(asked, outcome),
        603 | 607 | 608 => wait(
            format!("{callee} refused the call ({status})."),
            &[
                "Someone declined the call.",
                "The called side rejects calls that it considers unwanted.",
            ],
            &with_proof("Call another number.", asked, outcome),
            &[RecoveryOption::TryAgain],
        ),
        604 => no_such_number(callee, status),
        606 => no_common_sound(callee, status),
        _ => own_reason(status, reason),
    }
}

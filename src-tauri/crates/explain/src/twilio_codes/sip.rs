//! Twilio's numbers for SIP.

use crate::FailureKind::{Invalid, Refused};
use crate::RecoveryOption::{NewPassword, TryAgain, TypeAddress};
use crate::words::Known;

/// The words for each.
pub(super) const KNOWN: &[Known] = &[
    Known::new(
        32009,
        Refused,
        "The SIP user that was called is not registered.",
        &["The phone is off or lost its registration."],
        "Check the registration one step back, then call again.",
        &[TryAgain],
    ),
    Known::new(
        32011,
        Refused,
        "Twilio could not talk to Bandwidth's registrar, or the registrar refused the call.",
        &[
            "The SIP password or user name is wrong.",
            "The port is wrong.",
            "The realm is so new that its name is not known everywhere yet.",
            "Bandwidth does not take calls from Twilio on this account.",
        ],
        "Check the registration one step back: it tests user name, password and port.",
        &[TryAgain, TypeAddress, NewPassword],
    ),
    Known::new(
        32014,
        Refused,
        "The call was answered, but no sound came.",
        &[
            "A firewall drops the sound between Twilio and Bandwidth.",
            "The far end sent none.",
        ],
        "Call again; if it stays so, ask Bandwidth support.",
        &[TryAgain],
    ),
    Known::new(
        32016,
        Refused,
        "The call took too long to begin ringing.",
        &[
            "The registrar or the called network is slow.",
            "The port is wrong, so that nobody answers.",
        ],
        "Check the port one step back and call again.",
        &[TryAgain, TypeAddress],
    ),
    Known::new(
        32017,
        Refused,
        "The call was blocked because of the number that it came from.",
        &["The number to call from is on a list of blocked callers."],
        "Choose another number to call from.",
        &[TryAgain],
    ),
    Known::new(
        32019,
        Invalid,
        "The call has both a message and an address for its instructions.",
        &[],
        "Give only one of them.",
        &[],
    ),
    Known::new(
        32022,
        Refused,
        "The answer to the call was never confirmed.",
        &["A message was lost on the way between Twilio and Bandwidth."],
        "Call again.",
        &[TryAgain],
    ),
    Known::new(
        32100,
        Refused,
        "With a Twilio trial account the called number must be verified first.",
        &[],
        "Verify the number in Twilio's console, or upgrade the account.",
        &[TryAgain],
    ),
    Known::new(
        32102,
        Refused,
        "Twilio and the registrar could not agree on the sound.",
        &["The description of the sound was not well-formed."],
        "Call again; if it stays so, ask Bandwidth support.",
        &[TryAgain],
    ),
    Known::new(
        32106,
        Refused,
        "The registrar did not accept the sign-in of the call.",
        &[
            "The SIP password is wrong.",
            "The SIP user name is wrong, or misses its domain.",
        ],
        "Check the registration one step back, or give the SIP credential a new password.",
        &[NewPassword, TryAgain],
    ),
    Known::new(
        32110,
        Invalid,
        "The SIP address of the call is not well-formed.",
        &["The realm or the port is wrong."],
        "Check the number, the realm and the port one step back.",
        &[TypeAddress],
    ),
    Known::new(
        32202,
        Refused,
        "The SIP user name or password is not accepted.",
        &[
            "The password was replaced meanwhile.",
            "The user name is mistyped.",
        ],
        "Give the SIP credential a new password and call again.",
        &[NewPassword, TryAgain],
    ),
    Known::new(
        32207,
        Refused,
        "The registrar wants encrypted sound, and the call had none.",
        &[],
        "Ask Bandwidth support whether the account demands SRTP.",
        &[],
    ),
    Known::new(
        32208,
        Refused,
        "The registrar wants an encrypted connection, and the call had none.",
        &[],
        "Ask Bandwidth support whether the account demands TLS.",
        &[],
    ),
    Known::new(
        32209,
        Refused,
        "The registrar wants both connection and sound encrypted.",
        &[],
        "Ask Bandwidth support which encryption the account demands.",
        &[],
    ),
];

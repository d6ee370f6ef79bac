//! Twilio's error codes for SIP.

use crate::FailureKind::{Invalid, Refused};
use crate::RecoveryOption::{NewPassword, TryAgain, TypeAddress};
use crate::words::Known;

/// The words for each.
pub(super) const KNOWN: &[Known] = &[
    Known::new(
        32009,
        Refused,
        "The SIP user that was called isn’t registered.",
        &["The phone is off or lost its registration."],
        "Go back and check the registration, then call again.",
        &[TryAgain],
    ),
    Known::new(
        32011,
        Refused,
        "Twilio couldn’t talk to Bandwidth’s registrar, or the registrar refused the call.",
        &[
            "The SIP password or user name is wrong.",
            "The port is wrong.",
            "The realm is so new that its name isn’t known everywhere yet.",
            "Bandwidth doesn’t accept calls from Twilio for this account.",
        ],
        "Go back and check the registration, which tests the user name, password, and port.",
        &[TryAgain, TypeAddress, NewPassword],
    ),
    Known::new(
        32014,
        Refused,
        "The call was answered, but no sound came.",
        &[
            "A firewall blocks the sound between Twilio and Bandwidth.",
            "The other end sent none.",
        ],
        "Call again. If that fails too, ask Bandwidth support.",
        &[TryAgain],
    ),
    Known::new(
        32016,
        Refused,
        "The call took too long to start ringing.",
        &[
            "The registrar or the network you called is slow.",
            "The port is wrong, so nothing answers.",
        ],
        "Go back and check the port, then call again.",
        &[TryAgain, TypeAddress],
    ),
    Known::new(
        32017,
        Refused,
        "The call was blocked because of the number it came from.",
        &["The number to call from is on a list of blocked callers."],
        "Choose another number to call from.",
        &[TryAgain],
    ),
    Known::new(
        32019,
        Invalid,
        "The call has both TwiML and a TwiML address.",
        &[],
        "Choose the app’s message under Call options.",
        &[],
    ),
    Known::new(
        32022,
        Refused,
        "The answer to the call was never confirmed.",
        &["A message was lost between Twilio and Bandwidth."],
        "Call again.",
        &[TryAgain],
    ),
    Known::new(
        32100,
        Refused,
        "With a Twilio trial account, you have to verify a number before you call it.",
        &[],
        "Verify the number in the Twilio Console, or upgrade the account.",
        &[TryAgain],
    ),
    Known::new(
        32102,
        Refused,
        "Twilio and the registrar couldn’t agree on a sound format.",
        &["The description of the sound was malformed."],
        "Call again. If that fails too, ask Bandwidth support.",
        &[TryAgain],
    ),
    Known::new(
        32106,
        Refused,
        "The registrar didn’t accept the call’s sign-in.",
        &[
            "The SIP password is wrong.",
            "The SIP user name is wrong or is missing its domain.",
        ],
        "Go back and check the registration, or replace the SIP credential’s password.",
        &[NewPassword, TryAgain],
    ),
    Known::new(
        32110,
        Invalid,
        "The call’s SIP address is malformed.",
        &["The realm or the port is wrong."],
        "Go back and check the number, realm, and port.",
        &[TypeAddress],
    ),
    Known::new(
        32202,
        Refused,
        "The SIP user name or password isn’t accepted.",
        &[
            "The password was replaced in the meantime.",
            "The user name is mistyped.",
        ],
        "Replace the SIP credential’s password and call again.",
        &[NewPassword, TryAgain],
    ),
    Known::new(
        32207,
        Refused,
        "The registrar requires encrypted sound, and the call’s wasn’t encrypted.",
        &[],
        "Ask Bandwidth support whether the account requires SRTP.",
        &[],
    ),
    Known::new(
        32208,
        Refused,
        "The registrar requires an encrypted connection, and the call’s wasn’t.",
        &[],
        "Ask Bandwidth support whether the account requires TLS.",
        &[],
    ),
    Known::new(
        32209,
        Refused,
        "The registrar requires both the connection and the sound to be encrypted.",
        &[],
        "Ask Bandwidth support which encryption the account requires.",
        &[],
    ),
];

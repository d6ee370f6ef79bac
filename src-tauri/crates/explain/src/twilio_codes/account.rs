//! Twilio's error codes for its account, keys and requests.

use crate::FailureKind::{Invalid, Refused, SignIn, Wait};
use crate::RecoveryOption::{SignInAgain, TryAgain};
use crate::words::Known;

/// The words for each.
pub(super) const KNOWN: &[Known] = &[
    Known::new(
        10001,
        SignIn,
        "The Twilio account isn’t active.",
        &["It was suspended or closed.", "It has no credit left."],
        "Sign in to the Twilio Console and see what it says about the account.",
        &[SignInAgain],
    ),
    Known::new(
        11200,
        Invalid,
        "Twilio couldn’t get what the call plays from your address.",
        &[
            "The address answered with an error.",
            "It took too long to answer.",
        ],
        "Choose the app’s message under Call options, or ask whoever runs that address to fix it.",
        &[TryAgain],
    ),
    Known::new(
        11205,
        Invalid,
        "Twilio couldn’t connect to your address.",
        &[
            "The address isn’t on the public internet.",
            "Its server is down or blocks Twilio.",
        ],
        "Choose the app’s message under Call options, or use an address that anyone on the \
         internet can open.",
        &[TryAgain],
    ),
    Known::new(
        11210,
        Invalid,
        "Twilio can’t find the host in your address.",
        &["The host name is mistyped, or isn’t in the public DNS."],
        "Check the host name in the address, or choose the app’s message under Call options.",
        &[TryAgain],
    ),
    Known::new(
        11220,
        Invalid,
        "Twilio couldn’t make an encrypted connection to your address.",
        &["Its certificate is self-signed, expired, or for another name."],
        "Choose the app’s message under Call options, or ask whoever runs that address to fix its \
         certificate.",
        &[TryAgain],
    ),
    Known::new(
        12100,
        Invalid,
        "Twilio can’t read the TwiML (its instructions for the call) as XML.",
        &[
            "An element isn’t closed, or an attribute isn’t in quotes.",
            "There is no Response element, or something before it.",
        ],
        "Choose the app’s message under Call options, or fix the TwiML.",
        &[TryAgain],
    ),
    Known::new(
        12200,
        Invalid,
        "The TwiML (Twilio’s instructions for the call) has an element or attribute that Twilio \
         doesn’t know.",
        &[
            "A name is misspelled, or its capital letters differ: Say works, say doesn’t.",
            "An element stands where Twilio doesn’t allow it.",
        ],
        "Choose the app’s message under Call options, or fix the TwiML.",
        &[TryAgain],
    ),
    Known::new(
        20003,
        SignIn,
        "Twilio didn’t accept the keys.",
        &[
            "The auth token or key secret is mistyped or has been replaced.",
            "The API key was deleted or isn’t allowed to do this.",
            "The keys belong to another region of Twilio.",
        ],
        "Copy the account SID and the token or key again from the Twilio Console.",
        &[SignInAgain],
    ),
    Known::new(
        20005,
        SignIn,
        "The Twilio account was turned off.",
        &["It was suspended, or its trial has ended."],
        "Sign in to the Twilio Console to see why.",
        &[SignInAgain],
    ),
    Known::new(
        20404,
        Refused,
        "Twilio found nothing with this name.",
        &[
            "The account SID belongs to other keys.",
            "The call was deleted.",
        ],
        "Check the account SID and try again.",
        &[SignInAgain, TryAgain],
    ),
    Known::new(
        20429,
        Wait,
        "Twilio is asking for a pause after too many requests.",
        &["The account makes more than 1 call per second."],
        "Wait a few seconds and try again.",
        &[TryAgain],
    ),
];

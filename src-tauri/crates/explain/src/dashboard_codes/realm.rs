//! The dashboard API's numbers for realms.

use crate::FailureKind::{AskBandwidth, Invalid, RealmExists, Refused};
use crate::RecoveryOption::{OtherName, SignInAgain, TryAgain, UseExisting};
use crate::words::Known;

/// The words for each.
pub(super) const KNOWN: &[Known] = &[
    Known::new(
        33001,
        Refused,
        "The realm was not found.",
        &["It was deleted meanwhile."],
        "List the realms again and choose one.",
        &[TryAgain],
    ),
    Known::new(
        33002,
        RealmExists,
        "A realm of this name is there already.",
        &["It was made before, perhaps by a colleague."],
        "Use it, or choose another name.",
        &[UseExisting, OtherName],
    ),
    Known::new(
        33003,
        Invalid,
        "The realm's name is too long.",
        &[],
        "Choose a name of at most 30 letters and digits.",
        &[OtherName],
    ),
    Known::new(
        33004,
        AskBandwidth,
        "The account is not set up for SIP credentials.",
        &["Bandwidth has not activated the Registrar on the account yet."],
        "Ask Bandwidth sales to activate the Registrar; the text for that is on the first page.",
        &[TryAgain, SignInAgain],
    ),
    Known::new(
        33005,
        Refused,
        "The name of a realm cannot change.",
        &[],
        "Make a new realm, and delete the old one once it is empty.",
        &[OtherName],
    ),
    Known::new(
        33006,
        Refused,
        "The default realm cannot be deleted.",
        &[],
        "Make another realm the default first.",
        &[],
    ),
    Known::new(
        33011,
        Invalid,
        "A search for realms needs at least three letters.",
        &[],
        "Search for a longer part of the name.",
        &[],
    ),
    Known::new(
        33013,
        Invalid,
        "The realm's name may have small letters and digits only.",
        &[],
        "Leave out capitals, hyphens and everything else.",
        &[OtherName],
    ),
];

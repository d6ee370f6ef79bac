//! The dashboard API's error codes for realms.

use crate::FailureKind::{AskBandwidth, Invalid, RealmExists, Refused};
use crate::RecoveryOption::{OtherName, SignInAgain, TryAgain, UseExisting};
use crate::words::Known;

/// The words for each.
pub(super) const KNOWN: &[Known] = &[
    Known::new(
        33001,
        Refused,
        "The realm wasn’t found.",
        &["It was deleted in the meantime."],
        "Refresh the list of realms and choose one.",
        &[TryAgain],
    ),
    Known::new(
        33002,
        RealmExists,
        "A realm with this name already exists.",
        &["It was created earlier, perhaps by a colleague."],
        "Use it, or choose another name.",
        &[UseExisting, OtherName],
    ),
    Known::new(
        33003,
        Invalid,
        "The realm’s name is too long.",
        &[],
        "Choose a name of at most 30 letters and digits.",
        &[OtherName],
    ),
    Known::new(
        33004,
        AskBandwidth,
        "The account isn’t set up for SIP credentials.",
        &["Bandwidth hasn’t turned on the SIP Registrar for this account yet."],
        "Ask Bandwidth sales to turn on the SIP Registrar. There’s a message for this under \
         “Before you start”.",
        &[TryAgain, SignInAgain],
    ),
    Known::new(
        33005,
        Refused,
        "A realm’s name can’t be changed.",
        &[],
        "Create a new realm, and delete the old one once it’s empty.",
        &[OtherName],
    ),
    Known::new(
        33006,
        Refused,
        "The default realm can’t be deleted.",
        &[],
        "Make another realm the default first.",
        &[],
    ),
    Known::new(
        33011,
        Invalid,
        "A search for realms needs at least 3 letters.",
        &[],
        "Search for a longer part of the name.",
        &[],
    ),
    Known::new(
        33013,
        Invalid,
        "The realm’s name can only have lowercase letters and digits.",
        &[],
        "Leave out capital letters, hyphens, and everything else.",
        &[OtherName],
    ),
];

//! The dashboard API's numbers for an account and its settings.

use crate::FailureKind::{Invalid, RealmExists, Refused, SignIn, Unreachable};
use crate::RecoveryOption::{OtherName, SignInAgain, TryAgain, UseExisting};
use crate::words::Known;

/// The words for each.
pub(super) const KNOWN: &[Known] = &[
    Known::new(
        1003,
        Invalid,
        "Bandwidth says that a required value is missing.",
        &[],
        "Look through the form for an empty field, and send it again.",
        &[TryAgain],
    ),
    Known::new(
        4022,
        SignIn,
        "Bandwidth has no account with this number, or it is locked.",
        &["The account number is mistyped.", "The account is locked."],
        "Compare the account number with the one in the Bandwidth App, or ask Bandwidth support whether the account is locked.",
        &[SignInAgain],
    ),
    Known::new(
        12660,
        Invalid,
        "The realm's full name is longer than 64 characters.",
        &[],
        "Choose a shorter name.",
        &[OtherName],
    ),
    Known::new(
        12661,
        Invalid,
        "The realm has no name.",
        &[],
        "Type a name for the realm.",
        &[OtherName],
    ),
    Known::new(
        12666,
        Refused,
        "Bandwidth does not let this realm be deleted.",
        &[
            "SIP credentials still use the realm.",
            "This sign-in may not delete realms.",
        ],
        "Delete the realm's SIP credentials first, then the realm.",
        &[TryAgain],
    ),
    Known::new(
        12672,
        RealmExists,
        "Another realm has this name already.",
        &[],
        "Use the realm that is there, or choose another name.",
        &[UseExisting, OtherName],
    ),
    Known::new(
        12673,
        Invalid,
        "The realm's name has a character that is not allowed.",
        &[],
        "Use small letters and digits only.",
        &[OtherName],
    ),
    Known::new(
        12758,
        Refused,
        "SIP authentication cannot be switched off while there are SIP credentials.",
        &[],
        "Delete the SIP credentials first.",
        &[],
    ),
    Known::new(
        13109,
        Refused,
        "SIP authentication cannot be switched off while there are realms.",
        &[],
        "Delete the realms first.",
        &[],
    ),
    Known::new(
        13111,
        Invalid,
        "The search for a realm was empty.",
        &[],
        "Type at least three letters to search for.",
        &[],
    ),
    Known::new(
        13112,
        Invalid,
        "The search for a realm was too short.",
        &[],
        "Type three letters or more to search for.",
        &[],
    ),
    Known::new(
        13115,
        Invalid,
        "The search for a realm was longer than 64 letters.",
        &[],
        "Search for a shorter part of the name.",
        &[],
    ),
    Known::new(
        13116,
        Invalid,
        "The search for a realm has a character that no realm has.",
        &[],
        "Search for small letters, digits and dots only.",
        &[],
    ),
    Known::new(
        13566,
        Unreachable,
        "A part of Bandwidth's own service is out of order.",
        &["Bandwidth has an outage."],
        "Wait a few minutes and try again.",
        &[TryAgain],
    ),
];

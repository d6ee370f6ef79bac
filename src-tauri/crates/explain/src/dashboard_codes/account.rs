//! The dashboard API's error codes for an account and its settings.

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
        "Fill in any empty field, then try again.",
        &[TryAgain],
    ),
    Known::new(
        4022,
        SignIn,
        "Bandwidth has no account with this number, or the account is locked.",
        &["The account number is mistyped.", "The account is locked."],
        "Compare the account number with the one in the Bandwidth App. If it’s right, ask \
         Bandwidth support whether the account is locked.",
        &[SignInAgain],
    ),
    Known::new(
        12660,
        Invalid,
        "The realm’s full name is longer than 64 characters.",
        &[],
        "Choose a shorter name.",
        &[OtherName],
    ),
    Known::new(
        12661,
        Invalid,
        "The realm has no name.",
        &[],
        "Enter a name for the realm.",
        &[OtherName],
    ),
    Known::new(
        12666,
        Refused,
        "Bandwidth doesn’t allow this realm to be deleted.",
        &[
            "SIP credentials still use the realm.",
            "This sign-in isn’t allowed to delete realms.",
        ],
        "Delete the realm’s SIP credentials first, then the realm.",
        &[TryAgain],
    ),
    Known::new(
        12672,
        RealmExists,
        "Another realm already has this name.",
        &[],
        "Use the existing realm, or choose another name.",
        &[UseExisting, OtherName],
    ),
    Known::new(
        12673,
        Invalid,
        "The realm’s name has a character that isn’t allowed.",
        &[],
        "Use only lowercase letters and digits.",
        &[OtherName],
    ),
    Known::new(
        12758,
        Refused,
        "SIP authentication can’t be turned off while there are SIP credentials.",
        &[],
        "Delete the SIP credentials first.",
        &[],
    ),
    Known::new(
        13109,
        Refused,
        "SIP authentication can’t be turned off while there are realms.",
        &[],
        "Delete the realms first.",
        &[],
    ),
    Known::new(
        13111,
        Invalid,
        "The search for a realm was empty.",
        &[],
        "Enter at least 3 letters to search for.",
        &[],
    ),
    Known::new(
        13112,
        Invalid,
        "The search for a realm was too short.",
        &[],
        "Enter 3 or more letters to search for.",
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
        "The search for a realm has a character that no realm’s name can have.",
        &[],
        "Search for lowercase letters, digits, and dots only.",
        &[],
    ),
    Known::new(
        13566,
        Unreachable,
        "Part of Bandwidth’s service isn’t working.",
        &["Bandwidth has an outage."],
        "Wait a few minutes and try again.",
        &[TryAgain],
    ),
];

//! What is said about a row in the result file.

use crate::dashboard::Credential;
use crate::error::Refusal;
use crate::explain;
use crate::redact;

/// Longest voice application that is named, in characters.
const LONGEST_NAMED: usize = 60;

pub(super) const CHANGED_MEANWHILE: &str = "Somebody else changed it at the same time. It was left \
as it is.";
pub(super) const ENDED_EARLY: &str = "The job was ended before its turn came.";
pub(super) const EXISTS_ELSEWHERE: &str = "Bandwidth says that this name exists on the account, \
and it is not in this realm. Choose another name, or delete the one in the other realm.";
pub(super) const GONE: &str = "It is no longer on the account.";
pub(super) const LOST: &str = "It was deleted on the way and could not be made again: make it with \
a new password.";
pub(super) const MADE_ANEW: &str = "It was deleted and made again with the same hashes: its number \
is another one, and its phone registers again by itself.";
pub(super) const MADE_ANEW_MEANWHILE: &str = "Since the plan was made it was deleted and one of \
the same name was made: that is another SIP credential. Nothing was changed.";
pub(super) const NO_HASHES: &str = "Bandwidth does not return both of its hashes, so it cannot be \
kept as it is. Give it a new password first.";
pub(super) const OTHER_APPLICATION: &str = "Bandwidth stored another voice application than it was \
sent. Look at it at the desk.";
pub(super) const OTHER_HASHES: &str = "it has another password by now";
pub(super) const PUT_BACK: &str = "It is as it was before.";
pub(super) const TAKEN_MEANWHILE: &str = "It was deleted to be made again, and meanwhile somebody \
else made one of the same name, with another password. That one was left as it is.";
pub(super) const TWICE: &str =
    "This name is in the list twice. The line before is used, and this one is not.";
pub(super) const UNSAID: &str = "Bandwidth's answers did not say what became of it, and it is not \
on the account. Import it again.";

/// Says why a row was refused.
pub(super) fn refusal(refusal: &Refusal) -> String {
    if refusal.status == 200 && refusal.code.is_none() {
        return "Bandwidth says that it is deleted, and still has it. Look at it at the desk."
            .to_owned();
    }
    let sentence = explain::failure(&crate::Error::Refused(refusal.clone())).sentence;
    match refusal.code {
        Some(code) => format!("{sentence} (Bandwidth's number {code})"),
        None => format!("{sentence} (HTTP status {})", refusal.status),
    }
}

/// Returns whether a refusal holds for every row of its realm.
pub(super) fn is_of_realm(refusal: &Refusal) -> bool {
    matches!(refusal.code, Some(23017 | 23021 | 23022 | 33001))
}

/// Says that a name is taken.
pub(super) fn exists(stored: &Credential) -> String {
    if stored.hashes.is_none() {
        return "A SIP credential of this name is there, and Bandwidth does not show its hashes: \
                whether it is the same cannot be told. Give it a new password at the desk."
            .to_owned();
    }
    format!(
        "A SIP credential named {} is there already, with another password. Nothing was changed.",
        stored.composite()
    )
}

/// Says that a number stands for another credential than the plan means.
pub(super) fn another(stored: &Credential) -> String {
    format!(
        "Under its number there is {} on the account. Nothing was changed.",
        stored.composite()
    )
}

/// Says what somebody else changed since the plan was made.
pub(super) fn changed<'a>(differences: impl IntoIterator<Item = &'a str>) -> String {
    let differences: Vec<&str> = differences.into_iter().collect();
    format!(
        "Somebody else changed it since the plan was made: {}. Nothing was changed.",
        differences.join(", and ")
    )
}

/// Says to what a voice application was changed.
pub(super) fn other_application(before: Option<&str>, now: Option<&str>) -> String {
    let name = |application: Option<&str>| {
        application
            .filter(|application| !application.is_empty())
            .map_or("none".to_owned(), |application| {
                redact::foreign_line(application, LONGEST_NAMED)
            })
    };
    format!(
        "its voice application was {} and is {} by now",
        name(before),
        name(now)
    )
}

/// Says that the API keeps the name in another letter case.
pub(super) fn renamed(stored: &Credential) -> String {
    format!(
        "Bandwidth keeps the user name as {}. The phone must use it with exactly these letters.",
        stored.composite()
    )
}

/// Says that the stored hashes would keep every phone out.
pub(super) fn useless(stored: &Credential, sent: &str, undone: bool) -> String {
    let end = if undone {
        "It was deleted again."
    } else {
        "It could not be deleted again: delete it at the desk."
    };
    format!(
        "Bandwidth keeps it as {}, with hashes that do not belong to it, because it was sent as \
         {sent}: no phone could register. {end} Give a password in place of hashes.",
        stored.composite()
    )
}

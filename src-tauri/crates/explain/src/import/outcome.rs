//! What became of a row, for the result file.

use std::borrow::Cow;

use crate::request;
use registrar_activity::Service;
use registrar_http::Refusal;
use registrar_jobs::{ApplicationChange, Change, Kind, Reason, RowRefusal};

/// Returns an outcome in a word or two.
#[must_use]
pub fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::AlreadyRight => "already right",
        Kind::Deleted => "deleted",
        Kind::Made | Kind::MadeRenamed => "made",
        Kind::Moved => "moved",
        Kind::NotDone => "not done",
        Kind::Refused => "refused",
        Kind::Replaced => "changed",
    }
}

/// Returns why a row ended as it did, in whole sentences.
#[must_use]
pub fn sentence(reason: &Reason) -> Cow<'static, str> {
    match reason {
        Reason::Another { name } => {
            format!("Under its number there is {name} on the account. Nothing was changed.").into()
        }
        Reason::ChangedConcurrently => {
            "Somebody else changed it at the same time. It was left as it is.".into()
        }
        Reason::ChangedSincePlan(change) => changed(change).into(),
        Reason::EndedEarly => "The job was ended before its turn came.".into(),
        Reason::Exists { name } => format!(
            "A SIP credential named {name} is there already, with another password. Nothing was \
             changed."
        )
        .into(),
        Reason::ExistsElsewhere => "Bandwidth says that this name exists on the account, and it \
             is not in this realm. Choose another name, or delete the one in the other realm."
            .into(),
        Reason::ExistsUnseen => "A SIP credential of this name is there, and Bandwidth does not \
             show its hashes: whether it is the same cannot be told. Give it a new password at \
             the desk."
            .into(),
        Reason::Gone => "It is no longer on the account.".into(),
        Reason::Lost(why) => format!(
            "{} It was deleted on the way and could not be made again: make it with a new \
             password.",
            refusal(why)
        )
        .into(),
        Reason::MadeAnew => "It was deleted and made again with the same hashes: its number is \
             another one, and its phone registers again by itself."
            .into(),
        Reason::MadeAnewConcurrently => {
            "Since the plan was made it was deleted and one of the same \
             name was made: that is another SIP credential. Nothing was changed."
                .into()
        }
        Reason::Name(problem) => crate::name::sentence(*problem).into(),
        Reason::NoHashes => {
            "Bandwidth does not return both of its hashes, so it cannot be kept as \
             it is. Give it a new password first."
                .into()
        }
        Reason::NoPassword => "The row has no password.".into(),
        Reason::OtherApplication => "Bandwidth stored another voice application than it was sent. \
             Look at it at the desk."
            .into(),
        Reason::PutBack(why) => format!("{} It is as it was before.", refusal(why)).into(),
        Reason::Refused(why) => refusal(why),
        Reason::Renamed { name } => format!(
            "Bandwidth keeps the user name as {name}. The phone must use it with exactly these \
             letters."
        )
        .into(),
        Reason::TakenConcurrently => {
            "It was deleted to be made again, and meanwhile somebody else \
             made one of the same name, with another password. That one was left as it is."
                .into()
        }
        Reason::Told(sentence) => sentence.clone().into(),
        Reason::Twice => {
            "This name is in the list twice. The line before is used, and this one is not.".into()
        }
        Reason::Unsaid => "Bandwidth's answers did not say what became of it, and it is not on \
             the account. Import it again."
            .into(),
        Reason::Useless {
            stored,
            sent,
            undone,
        } => {
            let end = if *undone {
                "It was deleted again."
            } else {
                "It could not be deleted again: delete it at the desk."
            };
            format!(
                "Bandwidth keeps it as {stored}, with hashes that do not belong to it, because it \
                 was sent as {sent}: no phone could register. {end} Give a password in place of \
                 hashes."
            )
            .into()
        }
    }
}

/// Says why the API refused a row. A deletion that was promised and not done is a refusal, too.
fn refusal(why: &RowRefusal) -> Cow<'static, str> {
    if why.status == 200 && why.code.is_none() {
        return "Bandwidth says that it is deleted, and still has it. Look at it at the desk."
            .into();
    }
    let sentence = request::refused(&whole(why)).sentence;
    match why.code {
        Some(code) => format!("{sentence} (Bandwidth's number {code})").into(),
        None => format!("{sentence} (HTTP status {})", why.status).into(),
    }
}

/// Returns the refusal that a row's was kept of.
fn whole(why: &RowRefusal) -> Refusal {
    Refusal {
        code: why.code,
        diagnosis: why.diagnosis,
        by_api_user: why.by_api_user,
        ..Refusal::new(Service::Dashboard, why.status)
    }
}

fn changed(change: &Change) -> String {
    let password = change
        .password
        .then(|| "it has another password by now".to_owned());
    let application = change.application.as_ref().map(other_application);
    let differences: Vec<String> = password.into_iter().chain(application).collect();
    format!(
        "Somebody else changed it since the plan was made: {}. Nothing was changed.",
        differences.join(", and ")
    )
}

fn other_application(change: &ApplicationChange) -> String {
    let name = |application: &Option<String>| application.clone().unwrap_or("none".to_owned());
    format!(
        "its voice application was {} and is {} by now",
        name(&change.before),
        name(&change.now)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use registrar_activity::Diagnosis;

    #[test]
    fn all_that_is_kept_of_a_refusal_is_explained() {
        let why = RowRefusal {
            status: 403,
            code: Some(23026),
            diagnosis: Some(Diagnosis::RoleMissing),
            by_api_user: true,
        };

        assert_eq!(RowRefusal::from(&whole(&why)), why);
    }
}

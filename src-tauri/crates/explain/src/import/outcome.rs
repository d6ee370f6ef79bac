//! The outcome of a row, for the result file.

use std::borrow::Cow;

use crate::{difference, isolated, request};
use registrar_activity::Service;
use registrar_http::Refusal;
use registrar_jobs::{Change, Kind, Reason, RowRefusal};

/// Returns an outcome in a word or two.
#[must_use]
pub fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::AlreadyRight => "already right",
        Kind::Deleted => "deleted",
        Kind::Made | Kind::MadeRenamed => "created",
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
            let name = isolated(name);
            format!(
                "Its ID at Bandwidth now belongs to {name}. Nothing was changed. Refresh the \
                     list."
            )
            .into()
        }
        Reason::ChangedConcurrently => {
            "Someone else changed it at the same time. It was left as it is. Refresh the list to \
             see it."
                .into()
        }
        Reason::ChangedSincePlan(change) => changed(change).into(),
        Reason::EndedEarly => "The job was stopped before it got to this row. To change it too, \
                               start the job again."
            .into(),
        Reason::Exists { name } => format!(
            "A SIP credential named {} already exists, with a different password. Nothing was \
             changed. Replace its password at the support desk.",
            isolated(name)
        )
        .into(),
        Reason::ExistsElsewhere => "Bandwidth says that this name exists in the account, and it \
                                    isn’t in this realm. Choose another name, or delete the one \
                                    in the other realm."
            .into(),
        Reason::ExistsUnseen => "A SIP credential with this name exists. Bandwidth doesn’t show \
                                 its hashes, so the app can’t tell whether it’s the same. Replace \
                                 its password at the support desk."
            .into(),
        Reason::Gone => "It’s no longer in the account.".into(),
        Reason::Lost(why) => format!(
            "{} It was deleted and couldn’t be created again. Create it with a new password.",
            refusal(why)
        )
        .into(),
        Reason::MadeAnew => "It was deleted and created again with the same hashes. It has a new \
                             ID, and its phone registers again by itself."
            .into(),
        Reason::MadeAnewConcurrently => "Since the plan was made, it was deleted, and a different \
                                         SIP credential with the same name was created. Nothing \
                                         was changed. Refresh the list."
            .into(),
        Reason::Name(problem) => crate::name::sentence(*problem).into(),
        Reason::NoHashes => {
            "Bandwidth doesn’t return both of its hashes, so it can’t be moved with the same \
             password. Replace its password first."
                .into()
        }
        Reason::NoPassword => "The row has no password. Enter one, and import it again.".into(),
        Reason::OtherApplication => "Bandwidth saved a different voice application from the one \
                                     sent. Open it at the support desk."
            .into(),
        Reason::PutBack(why) => format!("{} It’s as it was before.", refusal(why)).into(),
        Reason::Refused(why) => refusal(why),
        Reason::Renamed { name } => format!(
            "Bandwidth saved the user name as {}. The phone must use exactly this spelling.",
            isolated(name)
        )
        .into(),
        Reason::TakenConcurrently => {
            "It was deleted to be created again. In the meantime, someone else created one with \
             the same name and another password. That one was left as it is. Refresh the list to \
             see it."
                .into()
        }
        Reason::Told(sentence) => sentence.clone().into(),
        Reason::Twice => {
            "This name is in the list twice. The earlier line is used, and this one isn’t. Delete \
             the wrong one."
                .into()
        }
        Reason::Unsaid => "Bandwidth’s answers didn’t say what happened to it, and it isn’t in \
                           the account. Import it again."
            .into(),
        Reason::Useless {
            stored,
            sent,
            undone,
        } => {
            let (stored, sent) = (isolated(stored), isolated(sent));
            let end = if *undone {
                "It was deleted again."
            } else {
                "It couldn’t be deleted again, so delete it at the support desk."
            };
            format!(
                "It was sent as {sent}, but Bandwidth saved it as {stored}. Its hashes don’t match \
                 that name, so no phone could register. {end} Give a password instead of hashes."
            )
            .into()
        }
    }
}

/// Says why the API refused a row. A deletion that was promised and not done is a refusal, too.
fn refusal(why: &RowRefusal) -> Cow<'static, str> {
    if why.status == 200 && why.code.is_none() {
        return "Bandwidth says that it was deleted, but still has it. Open it at the support \
                desk."
            .into();
    }
    let sentence = request::refused(&whole(why)).sentence;
    let number = why.code.unwrap_or_else(|| why.status.into());
    if sentence.contains(&number.to_string()) {
        return sentence.into();
    }
    match why.code {
        Some(code) => format!("{sentence} Bandwidth’s code: {code}.").into(),
        None => format!("{sentence} HTTP status: {}.", why.status).into(),
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
    let password = change.password.then(|| difference::PASSWORD.to_owned());
    let application = change
        .application
        .as_ref()
        .map(|change| difference::application(change.before.as_deref(), change.now.as_deref()));
    let differences: Vec<String> = password.into_iter().chain(application).collect();
    format!(
        "Someone else changed it after the plan was made. {} Nothing was changed by this job.",
        differences.join(" ")
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

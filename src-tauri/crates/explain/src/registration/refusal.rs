//! Meaning of a refusal, by the kind of proof that was used.

use std::time::Duration;

use super::short;
use crate::message::{bad, good, wait};
use crate::{RecoveryOption, Verdict as Words, number};
use registrar_activity::Tone;
use registrar_sip::answer::{NameForm, Proof};
use registrar_sip::challenge::Algorithm;
use registrar_sip::register::SECONDS;
use registrar_sip::verdict::Proved;
use registrar_user_agent::check::CheckRequest;

/// Says that the credential was refused, depending on the kind of proof.
pub(super) fn credential_refused(request: &CheckRequest, tried: &[String]) -> Words {
    let realm = &request.realm;
    let names = short(&tried.join(" and "));
    let sentence =
        format!("The registrar for realm {realm} refused the credential. Tried: {names}.");
    let name_differs = "The user name differs from the SIP credential’s. Letter case counts.";
    match request.proof {
        Proof::Password(_) => bad(
            sentence,
            &[
                "The password isn’t the one the SIP credential was created with.",
                name_differs,
                "The SIP credential is new, and the registrar doesn’t have it yet.",
            ],
            "Check again in a minute. If it still fails, replace the SIP credential’s password.",
            &[RecoveryOption::TryAgain, RecoveryOption::NewPassword],
        ),
        Proof::Hashes(_) => bad(
            sentence,
            &[
                "The SIP credential is new or was changed, and the registrar doesn’t know that \
                 yet.",
                "The user name was changed after the hashes were made. Letter case counts.",
                "The hashes were made for another user name or realm.",
            ],
            "Wait a minute and check again. If it still fails, replace the SIP credential’s \
             password.",
            &[RecoveryOption::TryAgain, RecoveryOption::NewPassword],
        ),
        Proof::Hash1(_) | Proof::Hash1b(_) => bad(
            sentence,
            &[
                "The hash isn’t the stored one.",
                "Hash1 and Hash1b were swapped. Hash1 is for the user name alone, Hash1b for the \
                 one with the realm.",
                name_differs,
            ],
            "If you know the password, check with it instead. Otherwise, replace the password.",
            &[RecoveryOption::TryAgain, RecoveryOption::NewPassword],
        ),
    }
}

/// Says what the registrar accepted, and for which user name.
pub(super) fn accepted(request: &CheckRequest, user_name: &str) -> String {
    match request.proof {
        Proof::Hash1(_) | Proof::Hash1b(_) => {
            format!("The registrar accepted the hash for {user_name}.")
        }
        Proof::Hashes(_) => format!("The registrar accepted the stored hash for {user_name}."),
        Proof::Password(_) => format!("The registrar accepted the password for {user_name}."),
    }
}

/// Returns the stored hash that an accepted answer proves. One by SHA-256 proves the password alone:
/// the stored hashes are MD5.
pub(super) fn proved_hash(form: NameForm, algorithm: &Algorithm) -> Option<&'static str> {
    match (algorithm, form) {
        (Algorithm::Sha256, _) => None,
        (Algorithm::Md5 | Algorithm::Other(_), NameForm::Composite) => Some("Hash1"),
        (Algorithm::Md5 | Algorithm::Other(_), NameForm::WithRealm) => Some("Hash1b"),
    }
}

/// Returns the verdict of an accepted credential: what is left is the phone itself.
pub(super) fn works(sentence: String) -> Words {
    let next = "If a phone doesn’t register with it, compare its realm, user name, and port with this check’s. Then try \
                another network.";
    Words {
        next: Some(next.to_owned()),
        ..good(sentence)
    }
}

/// Adds what the phone needs if only the longer form of the name was accepted.
pub(super) fn by_its_form(
    mut words: Words,
    request: &CheckRequest,
    user_name: &str,
    form: NameForm,
) -> Words {
    if form == NameForm::WithRealm && request.proof.fits(NameForm::Composite) {
        words.tone = Tone::Wait;
        words.causes = vec![format!(
            "The registrar refused the shorter name {}. Only the user name with the realm works.",
            request.composite
        )];
        words.next = Some(format!("Enter {user_name} as the user name in the phone."));
    }
    words
}

pub(super) fn registration_refused(
    request: &CheckRequest,
    proved: &Proved,
    status: u16,
    phones: usize,
    too_many: bool,
) -> Words {
    let accepted = accepted(request, &proved.user_name);
    let are_there = match phones {
        0 => "Registrations that the registrar doesn’t list count too.".to_owned(),
        1 => "1 phone is registered, and the registrar allows no more.".to_owned(),
        many => format!(
            "{} phones are registered, and the registrar allows no more.",
            number::grouped(many as u64)
        ),
    };
    let not_allowed = "This credential or this computer’s network isn’t allowed to register there.";
    let fault = "The registrar is overloaded or isn’t working properly.";
    let mut causes = Vec::new();
    if too_many || phones > 0 {
        causes.push(are_there.as_str());
    }
    if !too_many {
        causes.push(if status >= 500 { fault } else { not_allowed });
    }
    let sentence = if too_many {
        format!("{accepted} But it has too many registrations.")
    } else {
        format!("{accepted} But it refused to register this computer ({status}).")
    };
    wait(
        sentence,
        &causes,
        "Nothing is wrong with the credential. Disconnect a phone that isn’t used, or ask \
         Bandwidth support.",
        &[RecoveryOption::OnlyLook, RecoveryOption::TryAgain],
    )
}

/// A 403 after a proof can mean anything: RFC 3261 refuses a wrong proof with 401, but some
/// registrars use 403.
pub(super) fn forbidden(request: &CheckRequest, answered: bool, query: bool) -> Words {
    let wrong = match request.proof {
        Proof::Password(_) => "The user name or password is wrong.",
        Proof::Hash1(_) | Proof::Hash1b(_) | Proof::Hashes(_) => "The user name or hash is wrong.",
    };
    let causes = [
        (answered, wrong),
        (true, "The account or realm isn’t allowed to register."),
        (true, "The registrar doesn’t allow this computer’s network."),
        (
            query,
            "The registrar doesn’t answer checks that register nothing.",
        ),
    ];
    let causes: Vec<&str> = causes
        .into_iter()
        .filter_map(|(can_be, cause)| can_be.then_some(cause))
        .collect();
    let sentence = if query {
        "The registrar doesn’t allow this check (403)."
    } else {
        "The registrar doesn’t allow this registration (403)."
    };
    let support = "Ask Bandwidth support whether the SIP Registrar is turned on for this account \
                   and realm.";
    let compare = "Compare the user name and password, then check again.";
    if answered && request.proof.is_password() {
        let recovery_options = [RecoveryOption::TryAgain, RecoveryOption::NewPassword];
        bad(sentence.to_owned(), &causes, compare, &recovery_options)
    } else {
        bad(
            sentence.to_owned(),
            &causes,
            support,
            &[RecoveryOption::TryAgain],
        )
    }
}

/// Says that the registrar wants longer registrations.
pub(super) fn too_brief(least: Option<u32>) -> Words {
    let seconds = |count: u32| number::time(Duration::from_secs(count.into()));
    let ours = seconds(SECONDS);
    bad(
        match least {
            Some(least) => format!(
                "The registrar asks for registrations of {} (423). This check registers for {ours}.",
                seconds(least)
            ),
            None => format!("The registrar finds {ours} too short for a registration (423)."),
        },
        &["The registrar only accepts longer registrations."],
        "Check without registering. That proves the credential just as well.",
        &[RecoveryOption::OnlyLook],
    )
}

pub(super) fn realm_not_answered(request: &CheckRequest, asked: &str) -> Words {
    let realm = &request.realm;
    let name_differs =
        "The realm was typed differently. Its full name is needed, and letter case counts.";
    let elsewhere = "The address or port belongs to another realm or account.";
    let stranger = "Someone on the network is collecting answers to guess the password from.";
    if request.proof.is_password() {
        wait(
            format!("Not checked: the address asked for realm {asked}, not {realm}."),
            &[name_differs, elsewhere, stranger],
            "Compare the realm with the one at Bandwidth. If you know who runs the other realm, \
             check again and send the answer.",
            &[RecoveryOption::TryAgain, RecoveryOption::TypeAddress],
        )
    } else {
        wait(
            format!(
                "Not checked: the address asked for realm {asked}, but the hash is for realm \
                 {realm}."
            ),
            &[
                elsewhere,
                "The hashes were made with the wrong realm name. The full name counts, letter by \
                 letter.",
            ],
            "Compare the registrar’s address with the one Bandwidth gave you, or replace the \
             credential’s password.",
            &[RecoveryOption::TypeAddress, RecoveryOption::NewPassword],
        )
    }
}

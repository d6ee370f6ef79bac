//! What a refusal means, by what the credential was proved with.

use super::short;
use crate::message::{bad, wait};
use crate::{RecoveryOption, Verdict as Words};
use registrar_activity::Tone;
use registrar_sip::answer::{NameForm, Proof};
use registrar_sip::challenge::Algorithm;
use registrar_sip::verdict::Proved;
use registrar_user_agent::check::CheckRequest;

/// Says that the credential was refused, by what it was proved with.
pub(super) fn credential_refused(request: &CheckRequest, tried: &[String]) -> Words {
    let realm = &request.realm;
    let names = short(&tried.join(" and "));
    let sentence =
        format!("The registrar for realm {realm} refuses the credential. Tried: {names}.");
    let name_differs = "The user name is not the SIP credential's; letter case counts.";
    match request.proof {
        Proof::Password(_) => bad(
            sentence,
            &[
                "The password is not the one that the SIP credential was made with.",
                name_differs,
                "The SIP credential is new, and the registrar does not know it yet.",
            ],
            "Check once more in a minute, or give the SIP credential a new password.",
            &[RecoveryOption::TryAgain, RecoveryOption::NewPassword],
        ),
        Proof::Hashes(_) => bad(
            sentence,
            &[
                "The SIP credential is new or was changed, and the registrar does not know \
                 that yet.",
                "The user name was changed after the hashes were made; letter case counts.",
                "The hashes were made for another user name or realm.",
            ],
            "Wait a minute and check again; then give the SIP credential a new password.",
            &[RecoveryOption::TryAgain, RecoveryOption::NewPassword],
        ),
        Proof::Hash1(_) | Proof::Hash1b(_) => bad(
            sentence,
            &[
                "The hash is not the one that is stored.",
                "Hash1 and Hash1b were mixed up: Hash1 proves the user name alone, Hash1b \
                 the one with the realm behind it.",
                name_differs,
            ],
            "Compare the hash with the stored one, and check again.",
            &[RecoveryOption::TryAgain, RecoveryOption::NewPassword],
        ),
    }
}

/// Names what proved the credential.
pub(super) fn proof(request: &CheckRequest) -> &'static str {
    match request.proof {
        Proof::Hash1(_) | Proof::Hash1b(_) => "the hash",
        Proof::Hashes(_) => "the stored hash",
        Proof::Password(_) => "the password",
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

/// Adds what a phone needs where only the longer form of the name was accepted.
pub(super) fn by_its_form(
    mut words: Words,
    request: &CheckRequest,
    user_name: &str,
    form: NameForm,
) -> Words {
    if form == NameForm::WithRealm && request.proof.fits(NameForm::Composite) {
        words.tone = Tone::Wait;
        words.causes = vec![format!(
            "The shorter name {} was refused: only the name with the realm behind it works.",
            request.composite
        )];
        words.next = Some(format!("Type {user_name} as the user name into the phone."));
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
    let (proof, user_name) = (proof(request), &proved.user_name);
    let are_there = match phones {
        0 => "Registrations that it does not list count as well.".to_owned(),
        1 => "1 phone is registered, and the registrar allows no more.".to_owned(),
        many => format!("{many} phones are registered, and the registrar allows no more."),
    };
    let not_allowed = "This credential or this computer's network may not register there.";
    let fault = "The registrar has a fault or is overloaded.";
    let mut causes = Vec::new();
    if too_many || phones > 0 {
        causes.push(are_there.as_str());
    }
    if !too_many {
        causes.push(if status >= 500 { fault } else { not_allowed });
    }
    let sentence = if too_many {
        format!("The registrar accepts {proof} for {user_name}, but has too many registrations.")
    } else {
        format!(
            "The registrar accepts {proof} for {user_name}, but refuses to register it ({status})."
        )
    };
    wait(
        sentence,
        &causes,
        "Nothing is wrong with the credential. Sign out a phone, or ask who runs the registrar.",
        &[RecoveryOption::OnlyLook, RecoveryOption::TryAgain],
    )
}

/// A 403 behind a proof may mean anything: RFC 3261 refuses a wrong one with 401, but some
/// registrars do so with 403.
pub(super) fn forbidden(request: &CheckRequest, answered: bool, query: bool) -> Words {
    let wrong = match request.proof {
        Proof::Password(_) => "The user name or the password is wrong.",
        Proof::Hash1(_) | Proof::Hash1b(_) | Proof::Hashes(_) => {
            "The user name or the hash is wrong."
        }
    };
    let causes = [
        (answered, wrong),
        (true, "The account or the realm is not allowed to register."),
        (
            true,
            "The registrar does not allow this computer's network.",
        ),
        (
            query,
            "The registrar does not answer a check that registers nothing.",
        ),
    ];
    let causes: Vec<&str> = causes
        .into_iter()
        .filter_map(|(can_be, cause)| can_be.then_some(cause))
        .collect();
    let sentence = if query {
        "The registrar forbids this check (403)."
    } else {
        "The registrar forbids this registration (403)."
    };
    let support = "Ask Bandwidth support whether Registrar is active for this account and realm.";
    let compare = "Compare the user name and the password, and check again.";
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

pub(super) fn realm_not_answered(request: &CheckRequest, asked: &str) -> Words {
    let realm = &request.realm;
    let name_differs =
        "The realm was typed differently: its full name is needed, and letter case counts.";
    let elsewhere = "The address or port belongs to another realm or another account.";
    let stranger = "Someone on the network wants material to guess the password from.";
    if request.proof.is_password() {
        wait(
            format!("Not checked: the address asks for realm {asked}, not {realm}."),
            &[name_differs, elsewhere, stranger],
            "Compare the realm. If you know who runs that realm, check again and answer it.",
            &[RecoveryOption::TryAgain, RecoveryOption::TypeAddress],
        )
    } else {
        wait(
            format!(
                "Not checked: the address asks for realm {asked}, the hash is for realm {realm}."
            ),
            &[
                elsewhere,
                "The hashes were made with a wrong realm name: the full name counts, letter by \
                 letter.",
            ],
            "Use the address of the credential's own realm, or give the credential a new password.",
            &[RecoveryOption::TypeAddress, RecoveryOption::NewPassword],
        )
    }
}

//! The form for a check without an account, and the check it requests.

use registrar_bandwidth::dashboard::{Domain, UserName};
use registrar_digest::TypedHash;
use registrar_explain as explain;
use registrar_names::trimmed;
use registrar_secret::password::PasswordProblem;
use registrar_secret::{CheckSecret, Hash, SipPassword};
use registrar_sip::answer::Proof;
use registrar_sip::{CheckKind, TransportName};

use crate::Error;
use crate::form::Problems;
use crate::ipc::{CheckDraft, ProofKind};

/// Longest name of a host (RFC 1035 section 2.3.4), which a realm's full name is.
const LONGEST_REALM: usize = 253;

/// A form that can be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// The full name of the realm.
    pub(super) realm: String,
    /// The composite user name.
    pub(super) user_name: String,
    /// The typed address, or nothing.
    pub(super) address: Option<String>,
}

/// A new form.
pub(crate) fn blank() -> CheckDraft {
    CheckDraft {
        realm: String::new(),
        user_name: String::new(),
        proof: ProofKind::Password,
        transport: TransportName::Udp,
        kind: CheckKind::Query,
        address: String::new(),
    }
}

/// Reads the form, or says what is wrong with which field.
pub(super) fn read(draft: &CheckDraft) -> Result<Asked, Error> {
    let realm = trimmed(&draft.realm).trim_end_matches('.');
    let mut problems = Problems::default();
    let known = problems.take("realm", realm_problem(realm).map_or(Ok(()), Err));
    let user_name = problems.take("userName", composite(&draft.user_name, realm));
    let (Some(()), Some(user_name)) = (known, user_name) else {
        return Err(problems.into_error());
    };
    let address = draft.address.trim();
    Ok(Asked {
        realm: realm.to_owned(),
        user_name,
        address: (!address.is_empty()).then(|| address.to_owned()),
    })
}

/// Reads the typed secret. Returns also what was changed about it, in a sentence.
pub(super) fn proof(
    kind: ProofKind,
    secret: &CheckSecret,
) -> Result<(Proof, Option<&'static str>), Error> {
    let wrong = |sentence: &str| Err(Error::field("secret", sentence));
    if kind == ProofKind::Password {
        return match SipPassword::parse(secret.expose()) {
            Ok(password) => Ok((Proof::Password(password), None)),
            Err(PasswordProblem::Empty) => wrong("Enter the password that the phone uses."),
            Err(problem) => Err(Error::field("secret", explain::password::sentence(problem))),
        };
    }
    match TypedHash::read(&Hash::new(secret.expose())) {
        Err(typo) => wrong(&explain::hash::sentence(typo)),
        Ok(typed) => {
            let remark = typed.was_lowered().then_some(explain::hash::LOWERED);
            let hash = typed.into_hash();
            let proof = match kind {
                ProofKind::Hash1b => Proof::Hash1b(hash),
                ProofKind::Hash1 | ProofKind::Password => Proof::Hash1(hash),
            };
            Ok((proof, remark))
        }
    }
}

/// Says what keeps a text from being the full name of a realm.
#[must_use]
pub fn realm_problem(realm: &str) -> Option<&'static str> {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || ".-_".contains(letter);
    if realm.is_empty() {
        return Some("Enter the realm’s full name, such as office.1a2b3c.auth.bandwidth.com.");
    }
    if realm.len() > LONGEST_REALM {
        return Some("Use at most 253 characters for the realm.");
    }
    (!realm.chars().all(fits)).then_some(
        "Use only letters, digits, dots, and hyphens for the realm, without sip: before it.",
    )
}

/// Reads the composite user name, by the rules for the names of SIP credentials. Some phones send the
/// realm behind the @.
fn composite(typed: &str, realm: &str) -> Result<String, &'static str> {
    let typed = trimmed(typed);
    if typed.is_empty() {
        return Err("Enter the SIP credential’s user name, such as bob or bob@phones.example.");
    }
    if typed.contains(':') {
        return Err("A user name can’t have a colon. Leave out sip: before it.");
    }
    let Some((user_name, behind)) = typed.split_once('@') else {
        return UserName::check(typed)
            .map(str::to_owned)
            .map_err(explain::name::sentence);
    };
    if behind.contains('@') {
        return Err("A user name can have only 1 @. The check adds the realm after it by itself.");
    }
    let user_name = UserName::check(user_name).map_err(explain::name::sentence)?;
    let behind = if trimmed(behind).eq_ignore_ascii_case(realm) {
        trimmed(behind)
    } else {
        Domain::check(behind).map_err(explain::name::sentence)?
    };
    Ok(format!("{user_name}@{behind}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(realm: &str, user_name: &str) -> CheckDraft {
        CheckDraft {
            realm: realm.to_owned(),
            user_name: user_name.to_owned(),
            ..blank()
        }
    }

    #[test]
    fn what_was_pasted_with_spaces_and_a_last_dot_is_read() {
        let asked = read(&draft(" office.example. \n", "\tbob@phones.example ")).unwrap();

        assert_eq!(asked.realm, "office.example");
        assert_eq!(asked.user_name, "bob@phones.example");
        assert_eq!(asked.address, None);
    }

    #[test]
    fn invisible_characters_around_names_are_left_out() {
        let asked = read(&draft(
            "office.example\u{200b}",
            "\u{feff}bob@ bw.com\u{a0}",
        ))
        .unwrap();

        assert_eq!(
            (asked.realm.as_str(), asked.user_name.as_str()),
            ("office.example", "bob@bw.com")
        );
        assert!(
            read(&draft("office.example", "bob@Office.example")).is_ok(),
            "the realm may follow"
        );
    }

    #[test]
    fn what_no_check_can_use_is_named_beside_its_field() {
        let long = "x".repeat(10_000);
        for (realm, user_name, field) in [
            ("", "bob", "realm"),
            ("sip:office.example", "bob", "realm"),
            ("office example", "bob", "realm"),
            (&long, "bob", "realm"),
            ("office.example", "", "userName"),
            ("office.example", "sip:bob", "userName"),
            ("office.example", "bob smith", "userName"),
            ("office.example", "bob@one@two", "userName"),
            ("office.example", "an\u{200b}na", "userName"),
            ("office.example", "anna@b\u{ad}w.com", "userName"),
            ("office.example", &long, "userName"),
        ] {
            let Err(Error::Invalid { problems }) = read(&draft(realm, user_name)) else {
                panic!("{realm:.40} {user_name:.40} was taken")
            };

            assert_eq!(problems[0].field, field);
        }
    }

    #[test]
    fn each_kind_of_secret_is_read_as_what_it_is() {
        let digits = "0123456789abcdef".repeat(2);
        let read = |kind, text: &str| proof(kind, &CheckSecret::new(text));

        assert!(matches!(
            read(ProofKind::Password, &digits),
            Ok((Proof::Password(_), None))
        ));
        assert!(matches!(
            read(ProofKind::Hash1, &digits),
            Ok((Proof::Hash1(_), None))
        ));
        assert!(matches!(
            read(ProofKind::Hash1b, &digits.to_uppercase()),
            Ok((Proof::Hash1b(_), Some(_)))
        ));
        for (kind, text) in [
            (ProofKind::Password, ""),
            (ProofKind::Password, &"x".repeat(256)),
            (ProofKind::Password, "canary "),
            (ProofKind::Password, "Kk4\u{200b}aaaa"),
            (ProofKind::Hash1, "a password"),
            (ProofKind::Hash1b, &digits[1..]),
        ] {
            assert!(read(kind, text).is_err(), "{text:.40}");
        }
    }
}

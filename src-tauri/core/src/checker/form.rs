//! The form of a check without an account, and what it asks for.

use crate::Error;
use crate::digest::TypedHash;
use crate::ipc::{CheckDraft, CheckKind, FieldProblem, ProofKind, TransportName};
use crate::secret::{CheckSecret, Hash, SipPassword};
use crate::sip::answer::Proof;

/// Longest name of a host (RFC 1035 section 2.3.4), which a realm's full name is.
const LONGEST_REALM: usize = 253;
/// Longest composite user name: 32 letters, '@' and a domain of 32 (facts of Bandwidth's API).
const LONGEST_USER_NAME: usize = 65;
/// Longest password that is taken.
const LONGEST_PASSWORD: usize = 255;

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
    let realm = draft.realm.trim().trim_end_matches('.');
    let user_name = draft.user_name.trim();
    let problems: Vec<FieldProblem> = [
        realm_problem(realm).map(|sentence| FieldProblem::new("realm", sentence)),
        user_name_problem(user_name).map(|sentence| FieldProblem::new("userName", sentence)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !problems.is_empty() {
        return Err(Error::Invalid { problems });
    }
    let address = draft.address.trim();
    Ok(Asked {
        realm: realm.to_owned(),
        user_name: user_name.to_owned(),
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
        let password = SipPassword::new(secret.without_line_breaks().expose());
        return match password.length() {
            0 => wrong("Type the password that the phone uses."),
            1..=LONGEST_PASSWORD => Ok((Proof::Password(password), None)),
            _ => wrong("A password has at most 255 characters."),
        };
    }
    match TypedHash::read(&Hash::new(secret.expose())) {
        Err(typo) => wrong(&typo.to_string()),
        Ok(typed) => {
            let remark = typed.remark();
            let hash = typed.into_hash();
            let proof = match kind {
                ProofKind::Hash1b => Proof::Hash1b(hash),
                ProofKind::Hash1 | ProofKind::Password => Proof::Hash1(hash),
            };
            Ok((proof, remark))
        }
    }
}

fn realm_problem(realm: &str) -> Option<&'static str> {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || ".-_".contains(letter);
    if realm.is_empty() {
        return Some("Type the full name of the realm, such as office.1a2b3c.auth.bandwidth.com.");
    }
    if realm.len() > LONGEST_REALM {
        return Some("The name of a realm has at most 253 letters.");
    }
    (!realm.chars().all(fits)).then_some(
        "The name of a realm has letters, digits, dots and hyphens only, without sip: before it.",
    )
}

fn user_name_problem(user_name: &str) -> Option<&'static str> {
    let foreign = |letter: char| letter.is_whitespace() || letter.is_control() || letter == ':';
    if user_name.is_empty() {
        return Some(
            "Type the user name of the SIP credential, such as bob or bob@phones.example.",
        );
    }
    if user_name.chars().count() > LONGEST_USER_NAME {
        return Some("A user name has at most 32 letters, and a domain behind its @ 32 more.");
    }
    if user_name.contains(foreign) {
        return Some("A user name has no spaces and no colon; leave sip: away.");
    }
    (user_name.matches('@').count() > 1)
        .then_some("A user name has one @ at most. The check adds the realm behind it by itself.")
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
            (ProofKind::Hash1, "a password"),
            (ProofKind::Hash1b, &digits[1..]),
        ] {
            assert!(read(kind, text).is_err(), "{text:.40}");
        }
    }
}

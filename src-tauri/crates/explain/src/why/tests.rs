//! Describes each mistake, alone and in combination.

use super::*;
use registrar_digest::Hashes;
use registrar_digest::why::why;
use registrar_secret::SipPassword;

const REALM: &str = "custxx.auth.bandwidth.com";

#[test]
fn each_mistake_has_its_own_words() {
    use Slip::*;
    let realm = || "lobby-3efeaa.auth.bandwidth.com".to_owned();
    for (slip, says) in [
        (
            Capitals,
            "The hash was in capital letters, but registrars use lowercase.",
        ),
        (DomainLeftOut, "The domain was left out."),
        (NameInCapitals, "The user name was in capital letters."),
        (
            Newline,
            "A newline followed the password, which the echo command adds.",
        ),
        (OtherHash, "The form of the other hash was used."),
        (
            OtherLetters,
            "The password’s letters were in another Unicode form.",
        ),
        (RealmInCapitals, "The realm was in capital letters."),
        (
            SpacesDropped,
            "The spaces around the password were left out.",
        ),
        (SpaceBehind, "A space followed the password."),
        (SpaceBefore, "A space came before the password."),
        (
            TableForm,
            "The form was user:realm:realm:password, which a table in the guide shows but no \
             registrar uses.",
        ),
        (
            WindowsLetters,
            "The password’s letters were encoded as Windows-1252, not as UTF-8.",
        ),
        (
            WindowsNewline,
            "A Windows line ending followed the password.",
        ),
        (
            DomainAdded("bw.com".to_owned()),
            "The domain bw.com was added, which this credential doesn’t have.",
        ),
        (
            NameCase("Anna".to_owned()),
            "The user name was Anna, but Bandwidth has anna@phones.example. The letter case \
             differs.",
        ),
        (
            OtherRealm(realm()),
            "The realm was lobby-3efeaa.auth.bandwidth.com, another realm of this account, not \
             custxx.auth.bandwidth.com.",
        ),
        (
            ShortRealm("custxx".to_owned()),
            "The realm was custxx, the short name, not the full name custxx.auth.bandwidth.com.",
        ),
    ] {
        let made = Made::With(vec![slip]);

        let verdict = told(made.clone(), made);

        assert_eq!(
            verdict.sentence,
            format!("Both stored hashes were made with a mistake. {says}")
        );
        assert_eq!(
            (verdict.tone, verdict.next.as_deref()),
            (Tone::Bad, Some(REPAIR))
        );
    }
}

#[test]
fn mistakes_that_come_together_are_named_together() {
    let both = [Slip::Newline, Slip::ShortRealm("custxx".to_owned())];
    let of_hash1b = [&both[..], &[Slip::TableForm]].concat();

    let verdict = told(Made::With(both.to_vec()), Made::With(of_hash1b));

    assert_eq!(
        verdict.sentence,
        "Both stored hashes were made with mistakes. A newline followed the password, which the \
         echo command adds. The realm was custxx, the short name, not the full name \
         custxx.auth.bandwidth.com. Hash1b has one more. The form was user:realm:realm:password, \
         which a table in the guide shows but no registrar uses."
    );
}

#[test]
fn mistakes_that_differ_are_named_for_each_hash() {
    let of = |slips: &[Slip]| Made::With(slips.to_vec());
    let table = Slip::TableForm;
    for (hash1, hash1b, sentence) in [
        (
            of(&[Slip::SpaceBefore]),
            of(&[Slip::SpaceBehind]),
            "Hash1 was made with a mistake. A space came before the password. Hash1b was made with \
             a mistake. A space followed the password.",
        ),
        (
            of(&[Slip::SpaceBefore, Slip::DomainLeftOut]),
            of(&[Slip::SpaceBefore, table]),
            "Hash1 was made with mistakes. A space came before the password. The domain was left \
             out. Hash1b was made with mistakes. A space came before the password. The form was \
             user:realm:realm:password, which a table in the guide shows but no registrar uses.",
        ),
    ] {
        let verdict = told(hash1, hash1b);

        assert_eq!(
            (verdict.tone, verdict.sentence.as_str()),
            (Tone::Bad, sentence)
        );
        assert_eq!(verdict.next.as_deref(), Some(REPAIR));
    }
}

#[test]
fn one_right_hash_of_two_is_named() {
    let table = || Made::With(vec![Slip::TableForm]);
    for (hash1, hash1b, tone, sentence, next) in [
        (
            Made::Right,
            Made::Missing,
            Tone::Wait,
            "Hash1 is correct. Hash1b is missing.",
            "Others can",
        ),
        (
            Made::Right,
            Made::Unknown,
            Tone::Wait,
            "Hash1 is correct. Hash1b doesn’t match this password, and no common mistake explains it.",
            "Others can",
        ),
        (
            Made::Unknown,
            Made::Right,
            Tone::Wait,
            "Hash1 doesn’t match this password, and no common mistake explains it. Hash1b is correct.",
            "Only phones that add the realm",
        ),
        (
            Made::Right,
            table(),
            Tone::Wait,
            "Hash1 is correct. Hash1b was made with a mistake. The form was \
             user:realm:realm:password, which a table in the guide shows but no registrar uses.",
            "Others can",
        ),
        (
            Made::Missing,
            table(),
            Tone::Bad,
            "Hash1 is missing. Hash1b was made with a mistake. The form was \
             user:realm:realm:password, which a table in the guide shows but no registrar uses.",
            REPAIR,
        ),
    ] {
        let verdict = told(hash1, hash1b);

        assert_eq!(verdict.sentence, sentence);
        assert_eq!(verdict.tone, tone, "{sentence}");
        let said = verdict.next.unwrap();
        assert!(said.contains(next), "{sentence} {said}");
    }
}

#[test]
fn what_is_stored_is_right_missing_or_of_another_password() {
    let right = told(Made::Right, Made::Right);
    let none = told(Made::Missing, Made::Missing);
    for other in [Made::Unknown, Made::Missing] {
        let another = told(Made::Unknown, other);
        assert_eq!(
            another.sentence,
            "The stored hashes don’t match this password."
        );
        assert_eq!(another.causes.len(), 1);
        assert_eq!(another.next.as_deref(), Some(REPAIR_WRONG));
    }

    assert!(right.sentence.starts_with("The password is correct"));
    assert_eq!(
        (right.tone, right.next.as_deref()),
        (Tone::Good, Some(ELSEWHERE))
    );
    assert_eq!(none.sentence, "No hash is stored.");
    assert_eq!(none.tone, Tone::Bad);
}

#[test]
fn neither_the_password_nor_a_digit_is_said() {
    let canary = SipPassword::new("canary-7f3a\n");
    for name in ["anna@phones.example", "ANNA@PHONES.EXAMPLE", "somebody"] {
        let made = Hashes::make(name, "custxx", &canary);

        let why = why(
            &SipPassword::new("canary-7f3a"),
            Some(&made.clone().into()),
            &NAMES,
        );

        let said = serde_json::to_string(&verdict(&why, &NAMES)).unwrap();
        assert!(!said.contains("canary-7f3a"), "{said}");
        for hash in [&made.hash1, &made.hash1b] {
            assert!(!said.contains(&hash.expose()[..8]), "{said}");
        }
    }
}

const NAMES: Names<'_> = Names {
    user_name: "anna",
    domain: Some("phones.example"),
    realm: REALM,
    realms: &[],
    domains: &[],
};

fn told(hash1: Made, hash1b: Made) -> Verdict {
    verdict(&Why { hash1, hash1b }, &NAMES)
}

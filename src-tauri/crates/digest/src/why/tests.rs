//! Stores the hash of each mistake, and expects that mistake to be found.

use super::super::{Hashes, InCapitals, ha1};
use super::*;

const REALM: &str = "custxx.auth.bandwidth.com";
const OTHER: &str = "lobby-3efeaa.auth.bandwidth.com";
const VECTORS: &str = include_str!("../../tests/fixtures/hash-vectors.json");

fn md5(text: &[u8]) -> Hash {
    Hash::new(hex::encode(Md5::digest(text)))
}

fn stored(hash1: &Hash, hash1b: Option<&Hash>) -> StoredHashes {
    StoredHashes::read(hash1, hash1b)
}

fn of(composite: &str) -> Credential {
    Credential {
        user_name: composite.to_owned(),
        realm: REALM.to_owned(),
        realms: vec![REALM.to_owned(), OTHER.to_owned()],
        domains: vec!["bw.com".to_owned()],
    }
}

struct Credential {
    user_name: String,
    realm: String,
    realms: Vec<String>,
    domains: Vec<String>,
}

impl Credential {
    fn names(&self) -> Names<'_> {
        Names {
            user_name: &self.user_name,
            domain: None,
            realm: &self.realm,
            realms: &self.realms,
            domains: &self.domains,
        }
    }

    fn why(&self, typed: &str, stored: &StoredHashes) -> Why {
        why(&SipPassword::new(typed), Some(stored), &self.names())
    }

    /// Stores what was made of these, and expects the same mistakes in both hashes.
    #[track_caller]
    fn expect(&self, name: &str, realm: &str, hashed: &str, typed: &str, slips: &[Slip]) {
        let made = Hashes::make(name, realm, &SipPassword::new(hashed));

        let why = self.why(typed, &made.into());

        assert_eq!(why.hash1, Made::With(slips.to_vec()));
        assert_eq!(why.hash1b, Made::With(slips.to_vec()));
    }
}

fn vectors() -> Vec<serde_json::Value> {
    serde_json::from_str(VECTORS).unwrap()
}

#[test]
fn the_published_hashes_are_right_for_their_password() {
    for vector in vectors() {
        let text = |name: &str| Hash::new(vector[name].as_str().unwrap());
        let credential = of(vector["username"].as_str().unwrap());

        let why = credential.why("password", &stored(&text("hash1"), Some(&text("hash1b"))));

        assert!(why.is_right(), "{why:?}");
    }
}

#[test]
fn the_published_mistakes_are_named() {
    for vector in vectors() {
        let text = |name: &str| Hash::new(vector[name].as_str().unwrap());
        let credential = of(vector["username"].as_str().unwrap());
        for (hash1, slip) in [
            ("wrong_trailing_newline_hash1", Slip::Newline),
            (
                "wrong_short_realm_hash1",
                Slip::ShortRealm("custxx".to_owned()),
            ),
            ("wrong_upper_realm_hash1", Slip::RealmInCapitals),
        ] {
            let why = credential.why("password", &stored(&text(hash1), None));

            assert_eq!(why.hash1, Made::With(vec![slip]), "{hash1}");
            assert_eq!(why.hash1b, Made::Missing);
        }
        let table = text("wrong_table_hash1b_user_realm_realm_pw");
        let why = credential.why("password", &stored(&text("hash1"), Some(&table)));
        assert_eq!(why.hash1, Made::Right);
        assert_eq!(why.hash1b, Made::With(vec![Slip::TableForm]));
    }
}

#[test]
fn another_password_is_named_as_that() {
    let credential = of("sipauthtest");
    let made = Hashes::make("sipauthtest", REALM, &SipPassword::new("password"));

    let why = credential.why("passwort", &made.into());

    assert_eq!((&why.hash1, &why.hash1b), (&Made::Unknown, &Made::Unknown));
}

#[test]
fn what_stands_around_the_password_is_named() {
    let credential = of("sipauthtest");
    for (hashed, typed, slip) in [
        ("password\n", "password", Slip::Newline),
        ("password\r\n", "password", Slip::WindowsNewline),
        ("password ", "password", Slip::SpaceBehind),
        (" password", "password", Slip::SpaceBefore),
        ("password", " password ", Slip::SpacesDropped),
    ] {
        credential.expect("sipauthtest", REALM, hashed, typed, &[slip]);
    }
}

#[test]
fn other_unicode_form_and_windows_1252_are_named() {
    let credential = of("sipauthtest");
    let (composed, decomposed) = ("p\u{e4}ss", "pa\u{308}ss");
    let slips = [Slip::OtherLetters];
    credential.expect("sipauthtest", REALM, decomposed, composed, &slips);
    credential.expect("sipauthtest", REALM, composed, decomposed, &slips);

    let windows = md5(b"sipauthtest:custxx.auth.bandwidth.com:p\xe4ss\x80");
    let why = credential.why("p\u{e4}ss€", &stored(&windows, None));
    assert_eq!(why.hash1, Made::With(vec![Slip::WindowsLetters]));
}

#[test]
fn a_short_or_capital_or_other_realm_is_named() {
    let credential = of("sipauthtest");
    for (realm, slip) in [
        ("custxx", Slip::ShortRealm("custxx".to_owned())),
        ("CUSTXX.AUTH.BANDWIDTH.COM", Slip::RealmInCapitals),
        (OTHER, Slip::OtherRealm(OTHER.to_owned())),
    ] {
        credential.expect("sipauthtest", realm, "password", "password", &[slip]);
    }
    let hyphened = Credential {
        realm: OTHER.to_owned(),
        ..of("sipauthtest")
    };
    let made = Hashes::make("sipauthtest", "lobby", &SipPassword::new("password"));
    let why = hyphened.why("password", &made.into());
    let short = Slip::ShortRealm("lobby".to_owned());
    assert_eq!(why.hash1, Made::With(vec![short]));
}

#[test]
fn a_short_realm_in_one_place_of_hash1b_is_named_too() {
    let credential = of("sipauthtest");
    let right = ha1("sipauthtest", REALM, &SipPassword::new("password"));
    for text in [
        "sipauthtest@custxx:custxx.auth.bandwidth.com:password",
        "sipauthtest@custxx.auth.bandwidth.com:custxx:password",
    ] {
        let why = credential.why("password", &stored(&right, Some(&md5(text.as_bytes()))));

        assert_eq!(why.hash1, Made::Right);
        let short = Slip::ShortRealm("custxx".to_owned());
        assert_eq!(why.hash1b, Made::With(vec![short]), "{text}");
    }
}

#[test]
fn a_domain_too_few_or_too_many_is_named() {
    of("bob@somewhere.com").expect("bob", REALM, "password", "password", &[Slip::DomainLeftOut]);
    of("bob").expect(
        "bob@bw.com",
        REALM,
        "password",
        "password",
        &[Slip::DomainAdded("bw.com".to_owned())],
    );
    let bob = of("bob");
    let apart = Names {
        domain: Some("somewhere.com"),
        ..bob.names()
    };
    let made = Hashes::make("bob", REALM, &SipPassword::new("password"));
    let why = why(&SipPassword::new("password"), Some(&made.into()), &apart);
    assert_eq!(why.hash1, Made::With(vec![Slip::DomainLeftOut]));
}

#[test]
fn other_letter_case_is_named_with_the_hashed_name() {
    for (kept, hashed) in [
        ("Sipauthtest", "sipauthtest"),
        ("sipauthtest", "SipAuthTest"),
        ("SipAuth", "sIPaUTH"),
        ("anna@phones.example", "Anna@phones.example"),
    ] {
        let slips = [Slip::NameCase(hashed.to_owned())];

        of(kept).expect(hashed, REALM, "password", "password", &slips);
    }
    of("sipauthtest").expect(
        "SIPAUTHTEST",
        REALM,
        "password",
        "password",
        &[Slip::NameInCapitals],
    );
}

#[test]
fn hashes_in_capitals_are_named() {
    let credential = of("sipauthtest");
    let made = Hashes::make("sipauthtest", REALM, &SipPassword::new("password"));
    let upper = |hash: &Hash| Hash::new(hash.expose().to_uppercase());

    let both = credential.why(
        "password",
        &stored(&upper(&made.hash1), Some(&upper(&made.hash1b))),
    );
    let one = credential.why("password", &stored(&made.hash1, Some(&upper(&made.hash1b))));

    assert_eq!(both.hash1, Made::With(vec![Slip::Capitals]));
    assert_eq!(both.hash1b, both.hash1);
    assert_eq!(one.hash1, Made::Right);
    assert_eq!(one.hash1b, Made::With(vec![Slip::Capitals]));
}

#[test]
fn one_hash_right_and_the_other_wrong_or_missing_is_named() {
    let credential = of("sipauthtest");
    let made = Hashes::make("sipauthtest", REALM, &SipPassword::new("password"));
    let wrong = md5(b"anything");
    for (stored, expected) in [
        (stored(&made.hash1, None), [Made::Right, Made::Missing]),
        (
            stored(&made.hash1, Some(&wrong)),
            [Made::Right, Made::Unknown],
        ),
        (
            stored(&wrong, Some(&made.hash1b)),
            [Made::Unknown, Made::Right],
        ),
        (
            stored(&made.hash1, Some(&made.hash1)),
            [Made::Right, Made::With(vec![Slip::OtherHash])],
        ),
    ] {
        let why = credential.why("password", &stored);

        assert!(!why.is_right());
        assert_eq!([why.hash1, why.hash1b], expected);
    }
    let nothing = why(&SipPassword::new("password"), None, &credential.names());
    assert_eq!(
        [nothing.hash1, nothing.hash1b],
        [Made::Missing, Made::Missing]
    );
}

#[test]
fn mistakes_that_come_together_are_named_together() {
    let credential = of("sipauthtest");
    credential.expect(
        "sipauthtest",
        "custxx",
        "password\n",
        "password",
        &[Slip::Newline, Slip::ShortRealm("custxx".to_owned())],
    );

    let by_the_guide = stored(
        &md5(b"sipauthtest:custxx:password\n"),
        Some(&md5(b"sipauthtest:custxx:custxx:password\n")),
    );
    let why = credential.why("password", &by_the_guide);
    let slips = vec![Slip::Newline, Slip::ShortRealm("custxx".to_owned())];
    assert_eq!(why.hash1, Made::With(slips.clone()));
    let Made::With(of_hash1b) = why.hash1b else {
        panic!("{why:?}");
    };
    assert!(of_hash1b.contains(&Slip::TableForm), "{of_hash1b:?}");
    // All but the form is the same mistake in both.
    let rest = of_hash1b.into_iter().filter(|slip| !slip.is_of_the_form());
    assert_eq!(rest.collect::<Vec<_>>(), slips);
}

#[test]
fn fewest_mistakes_win_and_of_as_many_the_likelier() {
    let credential = Credential {
        domains: vec!["custxx".to_owned()],
        ..of("bob")
    };
    let short = Slip::ShortRealm("custxx".to_owned());
    for (text, slips) in [
        // Not Hash1b's form with a short realm in one place.
        (
            "bob@custxx:custxx.auth.bandwidth.com:password",
            vec![Slip::DomainAdded("custxx".to_owned())],
        ),
        // Not a domain that is added, and a short realm as well.
        ("bob@custxx:custxx:password", vec![short, Slip::OtherHash]),
    ] {
        let why = credential.why("password", &stored(&md5(text.as_bytes()), None));

        assert_eq!(why.hash1, Made::With(slips), "{text}");
    }
}

#[test]
fn what_is_no_hash_is_made_of_nothing() {
    let credential = of("sipauthtest");
    for text in ["", "xyz", "fe43", &"z".repeat(32), &"ab".repeat(32)] {
        let why = credential.why("password", &stored(&Hash::new(text), None));

        assert_eq!(why.hash1, Made::Unknown, "{text}");
    }
}

#[test]
fn thousand_realms_and_domains_are_tried() {
    let many = Credential {
        realms: (0..1_000).map(|n| format!("r{n}.example")).collect(),
        domains: (0..1_000).map(|n| format!("d{n}.example")).collect(),
        ..of("sipauthtest")
    };
    let made = Hashes::make(
        "sipauthtest@d7.example",
        REALM,
        &SipPassword::new("password"),
    );
    let why = many.why("password", &made.into());
    assert_eq!(
        why.hash1,
        Made::With(vec![Slip::DomainAdded("d7.example".to_owned())])
    );

    let made = Hashes::make(
        "sipauthtest",
        "r999.example",
        &SipPassword::new("password\n"),
    );
    let why = many.why("password", &made.into());
    let realm = Slip::OtherRealm("r999.example".to_owned());
    assert_eq!(why.hash1, Made::With(vec![Slip::Newline, realm]));
    assert_eq!(stored(&md5(b"x"), None).in_capitals, InCapitals::default());
}

#[test]
fn neither_the_password_nor_a_digit_is_said() {
    let credential = of("sipauthtest");
    let canary = SipPassword::new("canary-7f3a\n");
    for name in ["sipauthtest", "SIPAUTHTEST", "somebody"] {
        let made = Hashes::make(name, "custxx", &canary);

        let why = credential.why("canary-7f3a", &made.clone().into());

        let said = format!("{why:?}");
        assert!(!said.contains("canary-7f3a"), "{said}");
        for hash in [&made.hash1, &made.hash1b] {
            assert!(!said.contains(&hash.expose()[..8]), "{said}");
        }
    }
}

use registrar_digest::{Hashes, StoredHashes};

use super::*;
use crate::challenge::schemes;
use crate::syntax::value;

fn challenge(realm: &str, algorithm: Algorithm, protection: Protection) -> Challenge {
    Challenge {
        from_proxy: false,
        realm: realm.to_owned(),
        nonce: "dcd98b7102dd2f0e8b11d0f600bfb0c093".to_owned(),
        opaque: Some("5ccc069c403ebaf9f0171e9517f40e41".to_owned()),
        algorithm,
        protection,
        stale: false,
    }
}

fn offers(challenges: &[Challenge]) -> Vec<Offer> {
    challenges.iter().cloned().map(Offer::Digest).collect()
}

fn password(text: &str) -> Proof {
    Proof::Password(SipPassword::new(text))
}

fn made() -> Hashes {
    Hashes::make("bob", "r.example", &SipPassword::new("x"))
}

fn hashes() -> Proof {
    Proof::Hashes(made().into())
}

#[test]
fn each_hash_alone_answers_in_its_form_like_the_password() {
    let asked = challenge("r.example", Algorithm::Md5, Protection::Auth);
    let header = |proof: &Proof, form| {
        Session::new(&asked, proof, form, "bob", "r.example").header("REGISTER", "sip:r", "c")
    };
    for (proof, form, other) in [
        (
            Proof::Hash1(made().hash1),
            NameForm::Composite,
            NameForm::WithRealm,
        ),
        (
            Proof::Hash1b(made().hash1b),
            NameForm::WithRealm,
            NameForm::Composite,
        ),
    ] {
        assert_eq!(header(&proof, form), header(&password("x"), form));
        assert!(proof.fits(form) && !proof.fits(other), "{form:?}");
    }
    let only_one = StoredHashes {
        hash1b: None,
        ..made().into()
    };
    assert!(!Proof::Hashes(only_one).fits(NameForm::WithRealm));
}

#[test]
fn a_hash_alone_answers_neither_sha_256_nor_another_realm() {
    let sha = challenge("r.example", Algorithm::Sha256, Protection::Auth);
    let other = challenge("other.example", Algorithm::Md5, Protection::Auth);
    for proof in [Proof::Hash1(made().hash1), Proof::Hash1b(made().hash1b)] {
        assert_eq!(
            choose(
                &offers(std::slice::from_ref(&sha)),
                &proof,
                "r.example",
                &[]
            ),
            Choice::Sha256Only
        );
        assert_eq!(
            choose(
                &offers(std::slice::from_ref(&other)),
                &proof,
                "r.example",
                &[]
            ),
            Choice::OtherRealm("other.example")
        );
    }
}

#[test]
fn the_example_of_rfc_2617_comes_out() {
    let mut asked = challenge("testrealm@host.com", Algorithm::Md5, Protection::Auth);
    let proof = password("Circle Of Life");
    let mut session = Session::new(&asked, &proof, NameForm::Composite, "Mufasa", "");

    let header = session.header("GET", "/dir/index.html", "0a4f113b");

    assert!(
        header.contains("response=\"6629fae49393a05397450978507c4ef1\""),
        "{header}"
    );
    assert!(header.contains("nc=00000001"));
    assert!(
        header.contains("qop=auth,"),
        "qop is no quoted string: {header}"
    );
    assert!(header.contains("opaque=\"5ccc069c403ebaf9f0171e9517f40e41\""));
    // RFC 2069's example with the erratum's value, by the older formula.
    asked.protection = Protection::Old;
    let old = Session::new(
        &asked,
        &password("CircleOfLife"),
        NameForm::Composite,
        "Mufasa",
        "",
    )
    .header("GET", "/dir/index.html", "unused");
    assert!(
        old.contains("response=\"1949323746fe6a43ef61f9606e7febea\""),
        "{old}"
    );
    assert!(!old.contains("cnonce"), "{old}");
}

#[test]
fn the_sha_256_example_of_rfc_7616_comes_out() {
    let asked = Challenge {
        nonce: "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v".to_owned(),
        ..challenge("http-auth@example.org", Algorithm::Sha256, Protection::Auth)
    };
    let proof = password("Circle of Life");

    let header = Session::new(&asked, &proof, NameForm::Composite, "Mufasa", "").header(
        "GET",
        "/dir/index.html",
        "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
    );

    let expected = "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1";
    assert!(header.contains(expected), "{header}");
    assert!(header.contains("algorithm=SHA-256"), "{header}");
}

#[test]
fn each_request_counts_the_nonce_up() {
    let asked = challenge("r.example", Algorithm::Md5, Protection::Auth);
    let mut session = Session::new(&asked, &hashes(), NameForm::Composite, "bob", "r.example");

    let first = session.header("REGISTER", "sip:r.example", "a");
    let second = session.header("REGISTER", "sip:r.example", "b");

    assert!(first.contains("nc=00000001"));
    assert!(second.contains("nc=00000002"));
}

#[test]
fn hashes_and_password_give_equal_answers_in_both_forms() {
    let asked = challenge("r.example", Algorithm::Md5, Protection::Auth);

    for form in [NameForm::Composite, NameForm::WithRealm] {
        let header = |proof: &Proof| {
            Session::new(&asked, proof, form, "bob", "r.example").header("REGISTER", "sip:r", "c")
        };

        assert_eq!(header(&hashes()), header(&password("x")));
    }
    assert_eq!(
        NameForm::WithRealm.user_name("bob@somewhere.com", "r.example"),
        "bob@somewhere.com@r.example"
    );
}

#[test]
fn awkward_names_are_escaped_so_that_they_come_back() {
    let name = r#"zoë "q" a\b:c@d e"#;
    let asked = challenge(r#"r "x" \y"#, Algorithm::Md5, Protection::Auth);

    let header =
        Session::new(&asked, &password("x"), NameForm::Composite, name, "").header("A", "b", "c");

    let read = schemes(&header);
    assert_eq!(read.len(), 1);
    assert_eq!(value(&read[0].1, "username"), Some(name));
    assert_eq!(value(&read[0].1, "realm"), Some(r#"r "x" \y"#));
}

#[test]
fn the_first_answerable_offer_is_taken() {
    let sha = challenge("r.example", Algorithm::Sha256, Protection::Auth);
    let int = challenge("r.example", Algorithm::Md5, Protection::Other);
    let odd = challenge("r.example", Algorithm::Other("X".into()), Protection::Auth);
    let md5 = challenge("r.example", Algorithm::Md5, Protection::Auth);
    let mut all = vec![Offer::Other("Basic".to_owned())];
    all.extend(offers(&[odd, int, sha.clone(), md5.clone()]));

    assert_eq!(
        choose(&all, &password("x"), "r.example", &[]),
        Choice::Answer(&sha)
    );
    assert_eq!(
        choose(&all, &hashes(), "r.example", &[]),
        Choice::Answer(&md5)
    );
}

#[test]
fn another_realm_is_answered_by_an_allowed_password_alone() {
    let other = challenge("other.example", Algorithm::Md5, Protection::Auth);
    let own = challenge("r.example", Algorithm::Md5, Protection::Auth);
    let only_other = offers(std::slice::from_ref(&other));
    let both = offers(&[other.clone(), own.clone()]);

    assert_eq!(
        choose(&only_other, &hashes(), "r.example", &[]),
        Choice::OtherRealm("other.example")
    );
    let allowed = ["other.example".to_owned()];
    let unlike = ["Other.example".to_owned()];
    for (proof, allowed, choice) in [
        (hashes(), &allowed[..], Choice::OtherRealm("other.example")),
        (password("x"), &[], Choice::OtherRealm("other.example")),
        (password("x"), &unlike, Choice::OtherRealm("other.example")),
        (password("x"), &allowed, Choice::Answer(&other)),
    ] {
        assert_eq!(choose(&only_other, &proof, "r.example", allowed), choice);
    }
    assert_eq!(
        choose(&both, &password("x"), "r.example", &allowed),
        Choice::Answer(&own)
    );
    assert_eq!(
        choose(&both, &password("x"), "r.example", &[]),
        Choice::Answer(&own)
    );
    // Letter case counts: the realm is part of the hash.
    assert_eq!(
        choose(&offers(&[own]), &hashes(), "R.example", &[]),
        Choice::OtherRealm("r.example")
    );
}

#[test]
fn what_cannot_be_answered_is_named() {
    let sha = offers(&[challenge("r.example", Algorithm::Sha256, Protection::Auth)]);
    let basic = [Offer::Other("Basic".to_owned())];

    assert_eq!(
        choose(&sha, &hashes(), "r.example", &[]),
        Choice::Sha256Only
    );
    assert_eq!(
        choose(&basic, &password("x"), "r.example", &[]),
        Choice::Unknown(vec!["Basic".to_owned()])
    );
    assert_eq!(
        choose(&[], &password("x"), "r.example", &[]),
        Choice::Nothing
    );
}

#[test]
fn debug_shows_no_secret() {
    let asked = challenge("r.example", Algorithm::Md5, Protection::Auth);
    let session = Session::new(&asked, &password("x"), NameForm::Composite, "bob", "");

    assert_eq!(format!("{session:?}"), "Session { .. }");
}

//! Rows as people write them.

use super::super::csv::{Records, Text};
use super::super::realms::tests::realm;
use super::*;
use crate::dashboard::RealmId;

/// A row's outcome: user name, domain, realm, proof, application; or the reason.
type Seen = Result<(String, Option<String>, u64, String, Option<String>), String>;

fn check_all(text: &str) -> Vec<Seen> {
    let realms = Realms::new(&[
        realm(1, "office.abc123.auth.example", true),
        realm(2, "lobby.abc123.auth.example", false),
    ]);
    let (layout, mut records): (Layout, Records<&[u8]>) =
        Layout::find(Text::begin(text.as_bytes()).unwrap()).unwrap();
    let rules = Rules {
        layout: &layout,
        realms: &realms,
    };
    let mut batch = super::super::csv::Batch::default();
    records.read(&mut batch, 100).unwrap();
    let seen = batch.rows().map(|row| {
        let wanted = rules.check(&row).map_err(String::from)?;
        let application = wanted.application.map(|id| id.hyphenated().to_string());
        Ok((
            wanted.user_name.to_owned(),
            wanted.domain.map(str::to_owned),
            wanted.realm.id.0,
            format!("{:?}", wanted.proof),
            application,
        ))
    });
    seen.collect()
}

fn check(text: &str) -> Seen {
    check_all(text).remove(0)
}

fn names(text: &str) -> (String, Option<String>, u64) {
    let (user, domain, realm, ..) = check(text).unwrap();
    (user, domain, realm)
}

fn reason(text: &str) -> String {
    check(text).unwrap_err()
}

const HASH: &str = "fe438bddfc087dda89d29e637f5684ab";

#[test]
fn a_composite_user_name_is_taken_apart() {
    let is = |text: &str, user: &str, domain: Option<&str>, realm: u64| {
        let domain = domain.map(str::to_owned);
        assert_eq!(names(text), (user.to_owned(), domain, realm), "{text}");
    };

    is("user\nanna\n", "anna", None, 1);
    is("user\nanna@bw.com\n", "anna", Some("bw.com"), 1);
    is(
        "user,domain\nanna@bw.com,BW.com\n",
        "anna",
        Some("bw.com"),
        1,
    );
    is(
        "user,realm\nanna@lobby.abc123.auth.example,\n",
        "anna",
        None,
        2,
    );
    is(
        "user,realm\nanna@Lobby.abc123.auth.example,lobby\n",
        "anna",
        None,
        2,
    );
    is(
        "user,domain\nanna@lobby.abc123.auth.example,bw.com\n",
        "anna",
        Some("bw.com"),
        2,
    );
    is(
        "user,domain,realm\n anna , bw.com , lobby \n",
        "anna",
        Some("bw.com"),
        2,
    );
    assert!(reason("user,domain\nanna@a.com,b.com\n").contains("domain behind the @"));
    assert!(reason("user,realm\nanna@lobby.abc123.auth.example,office\n").contains("realm behind"));
    assert!(reason("user\nanna@\u{e4}.com\n").contains("A domain has"));
}

#[test]
fn names_follow_the_rules_of_the_journey() {
    for bad in ["", "a b", "zo\u{eb}", "a:b", "..", "a/b", &"x".repeat(33)] {
        let typed = reason(&format!("user,x\n{bad},1\n"));

        assert_eq!(typed, UserName::parse(bad).unwrap_err(), "{bad}");
    }
    let id = "5BA6761D-36BD-4307-8F7B-A6F806C35ABF";
    let row = check(&format!("user,app id\nanna,{id}\n")).unwrap();
    assert_eq!(row.4, Some(id.to_ascii_lowercase()));
    assert!(reason("user,app\nanna,office\n").contains("application ID"));
}

#[test]
fn a_password_or_both_hashes_or_nothing_may_be_given() {
    let proof = |cells: &str| check(&format!("user,password,ha1,ha1b\nanna,{cells}\n"));
    let given = |cells: &str| proof(cells).unwrap().3;

    assert_eq!(given("pw,,"), "Password");
    assert_eq!(given(",,"), "Nothing");
    assert_eq!(given(&format!(",{HASH},{}", HASH.to_uppercase())), "Hashes");
    assert_eq!(given(&format!("pw,{HASH},{HASH}")), "PasswordAndHashes");
    assert!(
        proof(&format!(",{HASH},"))
            .unwrap_err()
            .contains("Hash1b is missing")
    );
    assert!(
        proof(&format!(",,{HASH}"))
            .unwrap_err()
            .contains("Hash1 is missing")
    );
    assert!(
        proof(&format!(",{HASH},x"))
            .unwrap_err()
            .contains("Hash1b has to be")
    );
    assert!(
        proof(&format!(",{HASH}0,{HASH}"))
            .unwrap_err()
            .contains("Hash1 has to be")
    );
}

#[test]
fn what_no_phone_takes_as_a_password_is_refused_without_repeating_it() {
    let refused = |password: &str| {
        let reason = reason(&format!("user,password\nanna,\"{password}\"\n"));
        assert!(!reason.contains("canary"), "{reason}");
        reason
    };

    assert!(refused("canary-7f3a ").contains("white space"));
    assert!(refused(" canary-7f3a").contains("white space"));
    assert!(refused("  ").contains("white space only"));
    assert!(refused("canary\u{fffd}").contains("cannot be read"));
    assert!(refused("canary\u{1}").contains("cannot be typed"));
    assert!(refused("canary\nbob,x").contains("lines 2 to 3"));
    assert!(refused(&"canary".repeat(50)).contains("at most 255"));
    assert!(check("user,password\nanna,p\u{e4}ss w\u{f6}rd\n").is_ok());
    assert!(check(&format!("user,password\nanna,{}\n", "x".repeat(255))).is_ok());
}

#[test]
fn a_row_that_slipped_is_refused_without_repeating_it() {
    let more = reason("user,password\nanna,canary,7f3a\n");
    let slipped = reason("user,password,realm\nanna,pass,canary-7f3a\n");

    assert!(more.contains("more cells"), "{more}");
    assert!(slipped.contains("no realm of this name"), "{slipped}");
    assert!(!slipped.contains("canary"), "{slipped}");
    assert!(
        check("user,password\nanna,x,,\n").is_ok(),
        "empty cells are no harm"
    );
    assert_eq!(check("user,domain,realm\nanna\n").unwrap().2, RealmId(1).0);
}

#[test]
fn a_missing_quotation_mark_is_named_with_its_lines() {
    let rows = check_all("user,password\nanna,\"x\nbob,y\ncarl,z\n");

    assert_eq!(rows.len(), 1);
    assert!(rows[0].as_ref().unwrap_err().contains("opened in line 2"));
}

//! Rows as people write them.

use super::super::csv::{Batch, Records, Text};
use super::super::problem::RealmProblem;
use super::super::realms::tests::realm;
use super::*;
use proptest::test_runner::Config;
use registrar_bandwidth::dashboard::{NameProblem, RealmId};
use registrar_spreadsheet as spreadsheet;
use registrar_spreadsheet::Damage;

/// A row's outcome: user name, domain, realm, proof, application; or the problem.
type Seen = Result<(String, Option<String>, u64, String, Option<String>), Problem>;

fn with_rules<T>(text: &str, see: impl FnOnce(&Rules<'_>, &Batch) -> T) -> T {
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
    let mut batch = Batch::default();
    records.read(&mut batch, 100).unwrap();
    see(&rules, &batch)
}

fn check_all(text: &str) -> Vec<Seen> {
    with_rules(text, |rules, batch| {
        let seen = batch.rows().map(|row| {
            let wanted = rules.check(&row)?;
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
    })
}

fn check(text: &str) -> Seen {
    check_all(text).remove(0)
}

fn warnings(text: &str) -> Warnings {
    with_rules(text, |rules, batch| {
        let row = batch.rows().next().unwrap();
        rules.check(&row).unwrap().warnings
    })
}

fn names(text: &str) -> (String, Option<String>, u64) {
    let (user, domain, realm, ..) = check(text).unwrap();
    (user, domain, realm)
}

fn problem(text: &str) -> Problem {
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
    for (text, expected) in [
        ("user,domain\nanna@a.com,b.com\n", Problem::DomainBehindAt),
        (
            "user,realm\nanna@lobby.abc123.auth.example,office\n",
            Problem::RealmBehindAt,
        ),
        (
            "user\nanna@\u{e4}.com\n",
            Problem::Name(NameProblem::DomainLetters),
        ),
    ] {
        assert_eq!(problem(text), expected, "{text}");
    }
}

#[test]
fn names_follow_the_rules_of_the_journey() {
    for bad in ["", "a b", "zo\u{eb}", "a:b", "..", "a/b", &"x".repeat(33)] {
        let typed = problem(&format!("user,x\n{bad},1\n"));

        assert_eq!(typed, UserName::parse(bad).unwrap_err().into(), "{bad}");
    }
    let id = "5BA6761D-36BD-4307-8F7B-A6F806C35ABF";
    let row = check(&format!("user,app id\nanna,{id}\n")).unwrap();
    assert_eq!(row.4, Some(id.to_ascii_lowercase()));
    assert_eq!(
        problem("user,app\nanna,office\n"),
        Problem::Name(NameProblem::ApplicationId)
    );
}

#[test]
fn a_password_or_both_hashes_or_nothing_may_be_given() {
    let proof = |cells: &str| check(&format!("user,password,ha1,ha1b\nanna,{cells}\n"));
    let given = |cells: &str| proof(cells).unwrap().3;

    assert_eq!(given("pw,,"), "Password");
    assert_eq!(given(",,"), "Nothing");
    assert_eq!(given(&format!(",{HASH},{}", HASH.to_uppercase())), "Hashes");
    assert_eq!(given(&format!("pw,{HASH},{HASH}")), "PasswordAndHashes");
    for (cells, expected) in [
        (format!(",{HASH},"), Problem::Hash1bMissing),
        (format!(",,{HASH}"), Problem::Hash1Missing),
        (format!(",{HASH},x"), Problem::Hash1bMalformed),
        (format!(",{HASH}0,{HASH}"), Problem::Hash1Malformed),
    ] {
        assert_eq!(proof(&cells).unwrap_err(), expected, "{cells}");
    }
}

#[test]
fn unusable_password_is_refused_without_repeating_it() {
    use PasswordProblem::*;
    for (password, expected) in [
        ("canary-7f3a ", OuterSpace),
        (" canary-7f3a", OuterSpace),
        ("  ", Blank),
        ("\n", Empty),
        ("canary\u{fffd}", Unreadable),
        ("canary\u{1}", ControlCharacter),
        (&"canary".repeat(50), TooLong),
    ] {
        let refused = problem(&format!("user,password\nanna,\"{password}\"\n"));
        assert_eq!(refused, Problem::Password(expected), "{password:?}");
    }
    let over_lines = problem("user,password\nanna,\"canary\nbob,x\"\n");
    let lines = Lines { first: 2, last: 3 };
    assert_eq!(over_lines, Problem::PasswordOverLines(lines));
    let elsewhere = problem("user,password,note\nanna,canary\u{1},\"on two\nlines\"\n");
    assert_eq!(elsewhere, Problem::Password(ControlCharacter));
    assert!(check("user,password\nanna,p\u{e4}ss w\u{f6}rd\n").is_ok());
    assert!(check(&format!("user,password\nanna,{}\n", "x".repeat(255))).is_ok());
}

#[test]
fn undoubled_quotes_are_refused_without_repeating_the_cell() {
    for text in [
        "\"user\",\"password\"\n\"anna\",\"canary\"Nqyy7f3a\"\n",
        "user,password\nanna,\"\"canary-7f3a\"\n",
        "user,password\n\"anna\",\"canary-7f3a\"\"\n\"bob\",\"canary-7f3a\"\n",
    ] {
        let problem = problem(text);

        assert!(matches!(problem, Problem::QuoteInside(_)), "{problem:?}");
        assert!(!format!("{problem:?}").contains("canary"), "{problem:?}");
    }
    assert!(
        check("user,password\nanna,canary\"7f3a\n").is_ok(),
        "it means itself"
    );
    let heading = check("\"user \"name\",\"password\"\nanna,canary-7f3a\n");
    assert!(
        heading.is_ok(),
        "a heading is known by its words: {heading:?}"
    );
}

#[test]
fn what_a_spreadsheet_destroyed_is_refused_with_its_reason() {
    use Column::*;
    use Damage::*;
    for (text, column, damage) in [
        (
            "user,password\n1.55512E+10,Kk4-aaaa-1\n",
            UserName,
            Scientific,
        ),
        (
            "user;password\n1,55512E+10;Kk4-aaaa-1\n",
            UserName,
            Scientific,
        ),
        ("user,password\nanna,4.57788E+12\n", Password, Scientific),
        ("user,password\nanna,#NAME?\n", Password, ErrorValue),
        ("user,password\nanna,########\n", Password, TooNarrow),
        ("user,domain\nanna,1.5E+10\n", Domain, Scientific),
        ("user,realm\nanna,#N/A\n", Realm, ErrorValue),
        ("user,realm\nanna,#WERT!\n", Realm, ErrorValue),
        ("user,app\nanna,5.8E+07\n", Application, Scientific),
        (
            &format!("user,ha1,ha1b\nanna,1.23E+31,{HASH}\n"),
            Hash1,
            Scientific,
        ),
        ("user,password\nanna,********\n", Password, Masked),
    ] {
        assert_eq!(problem(text), Problem::Damaged(column, damage), "{text}");
    }
    assert_eq!(
        problem("user,password\n'0012,Kk4-aaaa-1\n"),
        Problem::Apostrophe(UserName)
    );
    assert!(
        check("user,password\n\"=\"\"1E+10\"\"\",\"=\"\"#NAME?\"\"\"\n").is_ok(),
        "a text formula holds what is meant"
    );
}

#[test]
fn a_repeated_heading_row_is_refused() {
    for text in [
        "user,password\nuser,password\n",
        "User name,Password\nuser_name,Kennwort\n",
        "user,password\npassword,user\n",
        "user,realm,password\nuser,,password\n",
        "user,ha1,ha1b\nUser name,Hash1,Hash1b\n",
    ] {
        assert_eq!(problem(text), Problem::RepeatsHeadings, "{text}");
    }
    assert!(warnings("user,password\nuser,\n").has(Warning::NamedAsHeading));
    assert!(!warnings("user,password\nuser,Kk4-aaaa-1\n").has(Warning::NamedAsHeading));
}

#[test]
fn invisible_characters_are_refused_or_marked() {
    let user_name = Problem::Name(NameProblem::UserNameInvisible);
    let domain = Problem::Name(NameProblem::DomainInvisible);
    let password = Problem::Password(PasswordProblem::Invisible);
    for (cells, expected) in [
        ("an\u{200b}na,Kk4-aaaa-1", user_name),
        ("anna,Kk4\u{200b}aaaa", password.clone()),
        ("anna,\u{feff}Kk4-aaaa", password.clone()),
        ("anna,Kk4-\u{a0}-zzz", password.clone()),
        ("anna,Kk4 zzz\u{200e}", password.clone()),
        ("anna,Kk4\u{ad}aaaa", password),
        ("anna@b\u{200b}w.com,x", domain),
    ] {
        let refused = problem(&format!("user,password\n{cells}\n"));

        assert_eq!(refused, expected, "{cells:?}");
    }
    assert!(warnings("user,password\nanna\u{200b},Kk4-aaaa-1\n").has(Warning::InvisibleAroundName));
}

#[test]
fn what_may_be_meant_is_taken_and_marked() {
    for (cells, warning) in [
        ("anna,seven77", Warning::ShortPassword),
        ("annaannaanna,ANNAANNAANNA", Warning::PasswordIsName),
        ("anna@bw.com,anna@bw.com", Warning::PasswordIsName),
        (&format!("anna,{HASH}"), Warning::HashAsPassword),
        ("anna,Kk4&amp;aaaa", Warning::EscapedPassword),
        ("anna,\u{201c}Kk4-aaaa\u{201d}", Warning::TypesetPassword),
        ("anna,2026-12-01", Warning::ReformattedPassword),
        ("anna,TRUE", Warning::ReformattedPassword),
        ("1-Dec,Kk4-aaaa-1", Warning::ReformattedName),
        ("100.0,Kk4-aaaa-1", Warning::ReformattedName),
        ("anna@1-Dec,Kk4-aaaa-1", Warning::ReformattedName),
        (&format!("anna,{:x<255}", ""), Warning::LongestPassword),
        ("anna,=\"Kk4-aaaa-1\"", Warning::TextFormulaAsPassword),
        ("anna,'Kk4-aaaa-1", Warning::ApostrophePassword),
        ("anna,Kk4%20aaaa", Warning::EscapedPassword),
        ("anna,Kk4\u{c3}\u{a4}aaaa", Warning::WronglyEncodedPassword),
        ("anna,NULL", Warning::Placeholder),
        ("None,Kk4-aaaa-1", Warning::Placeholder),
        ("anna", Warning::MissingPassword),
    ] {
        let warnings = warnings(&format!("user,password\n{cells}\n"));

        assert!(warnings.has(warning), "{cells}: {warning:?}");
    }
    let cut = warnings("user,password\nanna");
    assert!(cut.has(Warning::CutRow));
    let whole = warnings("user,password\nanna,Kk4-aaaa-1");
    assert!(!whole.has(Warning::CutRow), "only its line end is missing");
    let joined = warnings("user,password,note\nanna,Kk4-aaaa-1,\"on two\nlines\"\n");
    assert!(joined.each().eq([Warning::SeveralLines]), "{joined:?}");
    for cells in [
        "anna,Kk4-aaaa-1",
        "0012,=\"00123456\"",
        "anna,",
        "+15551234567,Kk4-aaaa-1",
    ] {
        let warnings = warnings(&format!("user,password\n{cells}\n"));
        assert!(warnings.each().eq([]), "{cells}: {warnings:?}");
    }
}

#[test]
fn any_password_that_is_written_is_imported_as_itself() {
    use proptest::prelude::*;
    let any = "[=+@'\"#-]{0,2}(\\PC|[0-9Ee+.,;\"]){1,20}";
    proptest!(Config { failure_persistence: None, ..Config::with_cases(256) }, |(password in any)| {
        prop_assume!(SipPassword::check(&password) == Ok(password.as_str()));
        let mut text = Vec::new();
        spreadsheet::write_row(&["user", "password"], &mut text);
        spreadsheet::write_row(&["+1555", &password], &mut text);
        let text = String::from_utf8(text).unwrap();

        let read = with_rules(&text, |rules, batch| {
            let row = batch.rows().next().unwrap();
            let wanted = rules.check(&row).unwrap();
            let Proof::Password(read) = wanted.proof else {
                panic!("no password")
            };
            (wanted.user_name.to_owned(), read.to_owned())
        });

        prop_assert_eq!(read, ("+1555".to_owned(), password));
    });
}

/// Files as what made them damaged them (field reports of 2026-11), with the lines that are refused.
#[test]
fn damaged_files_from_the_field_are_refused_line_by_line() {
    for (file, refused) in [
        (
            &include_bytes!("csv/damaged/scientific.csv")[..],
            &[2, 3][..],
        ),
        (
            include_bytes!("csv/damaged/spreadsheet_errors.csv"),
            &[2, 3, 4, 5],
        ),
        (
            include_bytes!("csv/damaged/invisible.csv"),
            &[2, 3, 4, 5, 6],
        ),
        (include_bytes!("csv/damaged/headings_twice.csv"), &[3]),
    ] {
        let text = std::str::from_utf8(file).unwrap();
        let rows = (2..).zip(check_all(text));
        let lines = rows.filter(|(_, row)| row.is_err()).map(|(line, _)| line);

        assert_eq!(lines.collect::<Vec<_>>(), refused, "{text}");
    }
}

#[test]
fn a_row_that_slipped_is_refused_without_repeating_it() {
    let more = problem("user,password\nanna,canary,7f3a\n");
    let slipped = problem("user,password,realm\nanna,pass,canary-7f3a\n");

    assert_eq!(more, Problem::MoreCells);
    let unknown = matches!(slipped, Problem::Realm(RealmProblem::Unknown { .. }));
    assert!(unknown, "{slipped:?}");
    assert!(!format!("{slipped:?}").contains("canary"), "{slipped:?}");
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
    assert_eq!(rows[0], Err(Problem::QuoteOpen { line: 2 }));
}

//! Tests with whole files.

mod refused;

use std::fmt::Write as _;
use std::path::PathBuf;

use super::super::Stored;
use super::super::csv::Unusable;
use super::super::existing::tests::stored;
use super::super::realms::tests::realm;
use super::super::warnings::{PlanOutcome, Warning};
use super::*;
use registrar_bandwidth::dashboard::NameProblem;
use registrar_digest::{Hashes, StoredHashes};
use registrar_jobs::Secret;
use registrar_secret::SipPassword;

const REALM: &str = "office.abc123.auth.example";
const APP: &str = "5ba6761d-36bd-4307-8f7b-a6f806c35abf";

struct Desk {
    folder: tempfile::TempDir,
    existing: Vec<Stored>,
}

impl Desk {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            existing: Vec::new(),
        }
    }

    fn has(mut self, name: &str, password: &str, application: Option<&str>) -> Self {
        let mut one = stored(self.existing.len() as u64 + 100, 1, name, None);
        one.hashes = Some(Hashes::make(name, REALM, &SipPassword::new(password)).into());
        one.application_id = application.map(Into::into);
        self.existing.push(one);
        self
    }

    fn file(&self, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join("people.csv");
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn plan_of(&self, path: &Path) -> Result<Imported, Error> {
        let realms = Realms::new(&[
            realm(1, REALM, true),
            realm(2, "lobby.abc123.auth.example", false),
        ]);
        let existing = Existing::new(self.existing.clone());
        let jobs = Jobs::at(self.folder.path().join("jobs"));
        let stop = CancellationToken::new();
        make(path, &realms, &existing, &jobs, &stop, &|share, _| {
            assert!((0.0..=1.0).contains(&share));
        })
    }

    fn plan(&self, bytes: impl AsRef<[u8]>) -> Imported {
        self.plan_of(&self.file(bytes)).unwrap()
    }

    fn actions(&self, text: &str) -> Vec<Action> {
        let imported = self.plan(text);
        steps(&imported)
            .into_iter()
            .map(|step| step.action)
            .collect()
    }
}

fn fault(refused: Result<Imported, Error>) -> Fault {
    match refused {
        Err(Error::File(fault)) => fault,
        other => panic!("{other:?}"),
    }
}

fn steps(imported: &Imported) -> Vec<Step> {
    let mut rows = imported.plan.rows(0).unwrap();
    let mut steps = Vec::new();
    while let Some((_, step)) = rows.next().unwrap() {
        steps.push(step);
    }
    steps
}

#[test]
fn numbers_that_may_have_lost_zeros_are_marked_and_used() {
    let desk = Desk::new().has("7", "10000007", None);
    let text = "user,password\n1001,10000001\n1002,10000002\n1003,10000003\n1004,10000004\n\
                12,10000012\n7,10000007\n1005,1000005\n1006,10000006\n";

    let imported = desk.plan(text);

    let lines = |warning| {
        let warnings = imported.warnings.iter().zip(2..);
        let marked = warnings.filter(|(warnings, _)| warnings.has(warning));
        marked.map(|(_, line)| line).collect::<Vec<u64>>()
    };
    assert_eq!(lines(Warning::LostZerosInName), [6], "the account has a 7");
    assert_eq!(lines(Warning::LostZerosInPassword), [8]);
    let marked = imported.warnings[4];
    assert!(marked.is(PlanOutcome::Create), "it isn't refused");

    let kept = desk.plan(text.replace("12,", "=\"12\",").as_str());
    assert!(
        !kept.warnings[4].has(Warning::LostZerosInName),
        "it is exact"
    );
}

#[test]
fn a_row_is_made_left_changed_or_refused_by_the_stored_hashes() {
    let desk = Desk::new()
        .has("right", "same", None)
        .has("new-password", "old", None)
        .has(
            "new-app",
            "same",
            Some("11111111-1111-4111-8111-111111111111"),
        )
        .has("both", "old", None)
        .has("no-secret", "whatever", Some(APP));
    let text = format!(
        "user,password,app\nmade,x,\nmade-later,,{APP}\nright,same,\nnew-password,new,\n\
         new-app,same,{APP}\nboth,new,{APP}\nno-secret,,{}\nbad name,x,\n",
        APP.to_uppercase()
    );

    let imported = desk.plan(&text);
    let actions: Vec<Action> = steps(&imported)
        .into_iter()
        .map(|step| step.action)
        .collect();

    assert!(
        matches!(&actions[0], Action::Create { secret: Secret::Given(hashes), .. }
        if hashes.matches(&Hashes::make("made", REALM, &SipPassword::new("x"))))
    );
    assert!(matches!(
        &actions[1],
        Action::Create { secret: Secret::ToMake, application: Some(id), .. } if id.as_str() == APP
    ));
    assert!(
        matches!(actions[2], Action::AlreadyRight),
        "{:?}",
        actions[2]
    );
    assert!(
        matches!(&actions[3], Action::Replace { of, application: None, .. }
        if of.credential.0 == 101)
    );
    assert!(matches!(&actions[4], Action::Move { of, .. } if of.credential.0 == 102));
    assert!(matches!(
        &actions[5],
        Action::Replace {
            application: Some(_),
            ..
        }
    ));
    assert!(
        matches!(actions[6], Action::AlreadyRight),
        "an empty cell changes nothing"
    );
    assert!(matches!(&actions[7], Action::Refused { .. }));
    let of = |outcome| {
        imported
            .warnings
            .iter()
            .filter(|warnings| warnings.is(outcome))
            .count()
    };
    assert_eq!(of(PlanOutcome::Create), 2);
    assert_eq!(of(PlanOutcome::Right), 2);
    assert_eq!(of(PlanOutcome::Change), 3);
    assert_eq!(of(PlanOutcome::Refused), 1);
    let counts = imported.plan.counts();
    assert_eq!((counts.rows, counts.to_do(), counts.passwords), (8, 5, 1));
}

#[test]
fn a_stored_hash_that_is_missing_or_cannot_be_seen_is_a_change() {
    let mut desk = Desk::new().has("one", "pw", None).has("none", "pw", None);
    let hashes = Hashes::make("one", REALM, &SipPassword::new("pw"));
    desk.existing[0].hashes = Some(StoredHashes {
        hash1b: None,
        ..StoredHashes::from(hashes)
    });
    desk.existing[1].hashes = None;

    let actions = desk.actions("user,password\none,pw\nnone,pw\n");

    assert!(
        matches!(actions[0], Action::Replace { .. }),
        "Hash1b is added"
    );
    assert!(matches!(actions[1], Action::Replace { .. }));
}

#[test]
fn hashes_are_made_of_the_name_as_it_is_stored() {
    let desk = Desk::new().has("Anna", "pw", None);
    let given = Hashes::make("anna", REALM, &SipPassword::new("pw"));
    let (hash1, hash1b) = (given.hash1.expose(), given.hash1b.expose());

    let imported = desk.plan("user,password\nANNA,pw\n");
    let refused = desk.actions(&format!("user,hash1,hash1b\nanna,{hash1},{hash1b}\n"));

    assert_eq!(steps(&imported)[0].user_name, "Anna");
    assert!(matches!(steps(&imported)[0].action, Action::AlreadyRight));
    assert!(imported.warnings[0].has(Warning::LetterCase));
    assert_eq!(problem(&refused[0]), Some(Problem::HashesOfOtherCase));
}

#[test]
fn hashes_are_kept_as_given_and_must_match_the_password() {
    let made = Hashes::make("anna", REALM, &SipPassword::new("pw"));
    let upper = made.hash1.expose().to_uppercase();
    let row = |password: &str| {
        let second = made.hash1b.expose();
        format!("user,password,hash1,hash2\nanna,{password},{upper},{second}\n")
    };

    let desk = Desk::new();
    let hashes = desk.plan(row(""));
    let both = desk.actions(&row("pw"));
    let other = desk.actions(&row("other"));

    assert!(
        matches!(&steps(&hashes)[0].action, Action::Create { secret: Secret::Given(given), .. }
        if given.matches(&made))
    );
    assert!(hashes.warnings[0].has(Warning::CapitalHashes));
    assert!(matches!(both[0], Action::Create { .. }));
    assert_eq!(problem(&other[0]), Some(Problem::HashesOfOtherPassword));
}

#[test]
fn duplicate_is_refused_with_both_lines_in_any_case_and_form() {
    let actions = Desk::new().actions(
        "user,domain,realm\nanna,,\nANNA,,office\nanna,,lobby\nbob,bw.com,\nBob@BW.com,,\n\
         bad name,,\nbad name,,\n",
    );

    let problem = |place: usize| problem(&actions[place]);
    let double = |first, line| Some(Problem::Double { first, line });
    assert_eq!(problem(0), None);
    assert_eq!(problem(1), double(2, 3));
    assert_eq!(problem(2), None, "another realm is another credential");
    assert_eq!(problem(4), double(5, 6));
    assert_eq!(
        problem(6),
        Some(Problem::Name(NameProblem::UserNameLetters)),
        "what cannot be used is no double"
    );
}

#[test]
fn ten_thousand_rows_stay_in_the_order_of_the_file() {
    let mut text = "\n\nuser;password\r\n".to_owned();
    for row in 0..10_000 {
        writeln!(text, "user{row};\"pass;{row}\"\r").unwrap();
    }

    let desk = Desk::new();
    let imported = desk.plan(&text);

    let steps = steps(&imported);
    assert_eq!(steps.len(), 10_000);
    for (place, step) in steps.iter().enumerate() {
        assert_eq!(step.line, place as u64 + 4);
        assert_eq!(step.user_name, format!("user{place}"));
    }
}

#[test]
fn blank_rows_and_lines_are_passed_over() {
    let desk = Desk::new();
    let imported = desk.plan("user;password\n\n;\nanna;x\n ; \n\n");

    assert_eq!(steps(&imported).len(), 1);
    assert_eq!(steps(&imported)[0].line, 4);
}

#[test]
fn only_headings_or_nothing_is_a_clear_end() {
    let desk = Desk::new();
    for (text, only_headings) in [
        ("user,password\n", true),
        ("user\n\n,\n", true),
        ("", false),
    ] {
        let refused = desk.plan_of(&desk.file(text));

        let is = matches!(refused, Err(Error::File(Fault::OnlyHeadings)));
        assert_eq!(is, only_headings, "{text:?}: {refused:?}");
        assert!(refused.is_err());
    }
    assert_nothing_is_left(&desk);
}

#[test]
fn windows_1252_after_many_rows_of_ascii_makes_the_right_hash() {
    let mut bytes = b"user,password\n".to_vec();
    for row in 0..20_000 {
        bytes.extend_from_slice(format!("user{row},plain\n").as_bytes());
    }
    bytes.extend_from_slice(b"anna,p\xe4ss\x80\n");

    let desk = Desk::new();
    let imported = desk.plan(bytes);

    assert_eq!(imported.encoding, Encoding::Windows1252);
    let last = steps(&imported).pop().unwrap();
    let made = Hashes::make("anna", REALM, &SipPassword::new("päss€"));
    assert!(
        matches!(last.action, Action::Create { secret: Secret::Given(hashes), .. }
        if hashes.matches(&made))
    );
}

#[test]
fn a_plan_that_is_stopped_leaves_nothing_behind() {
    let desk = Desk::new();
    let path = desk.file("user\nanna\n");
    let stop = CancellationToken::new();
    stop.cancel();
    let jobs = Jobs::at(desk.folder.path().join("jobs"));

    let stopped = make(
        &path,
        &Realms::default(),
        &Existing::default(),
        &jobs,
        &stop,
        &|_, _| {},
    );

    assert!(matches!(stopped, Err(Error::Cancelled)));
    let left = std::fs::read_dir(desk.folder.path().join("jobs")).unwrap();
    assert_eq!(left.count(), 0);
}

/// A plan's folder that is left behind would contain hashes.
fn assert_nothing_is_left(desk: &Desk) {
    let left = std::fs::read_dir(desk.folder.path().join("jobs")).map_or(0, Iterator::count);
    assert_eq!(left, 0, "no half plan is left behind");
}

#[test]
fn a_password_is_in_no_sentence_and_in_no_file_of_the_plan() {
    let desk = Desk::new();
    let text = "user,password,realm\nanna,canary-7f3a,\nbob,\" canary-7f3a\",\n\
                carl,canary-7f3a,canary-7f3a\ncanary-7f3a:x,canary-7f3a,\ndora,canary,7f3a,x\n";

    let imported = desk.plan(text);

    for step in steps(&imported).iter().filter(|step| step.line != 5) {
        assert!(!format!("{step:?}").contains("canary"), "{step:?}");
    }
    let folders = std::fs::read_dir(desk.folder.path().join("jobs")).unwrap();
    let mut files = 0;
    for folder in folders {
        for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            let rows = text.lines().filter(|row| !row.contains("canary-7f3a:x"));
            assert!(rows.clone().all(|row| !row.contains("canary")), "{text}");
            files += 1;
        }
    }
    assert!(files > 0, "the plan is on the disk");
}

fn problem(action: &Action) -> Option<Problem> {
    let Action::Refused { problem } = action else {
        return None;
    };
    problem.read()
}

//! Requests for rows that create credentials, and the rows' outcomes depending on the API's
//! responses.

use super::super::journal::Record;
use super::super::scripted::*;
use super::super::step::RowHashes;
use super::*;
use registrar_bandwidth::dashboard::NameProblem;

fn made() -> Outcome {
    Outcome::of(Kind::Made)
}

fn other_password(name: &str) -> Kept {
    kept(name).with(hashes(name, &SipPassword::new("another one")))
}

fn exists(name: &str) -> Outcome {
    let name = name.to_owned();
    Outcome::refused(Reason::Exists { name })
}

#[tokio::test]
async fn each_row_ends_as_the_answer_says_of_it() {
    let rows = ["bob", "amy", "joe"].map(new);
    let answer = created(&[kept("amy"), kept("bob")], &[(23019, "joe")]);

    let (sent, outcomes) = ran(&rows, vec![answer]).await;

    assert_eq!(sent, ["POST 1: bob amy joe"]);
    assert_eq!(outcomes, [made(), made(), row_refused(201, Some(23019))]);
}

#[tokio::test]
async fn a_name_that_is_said_to_exist_is_looked_up() {
    for (there, outcome) in [
        (vec![kept("bob")], made()),
        (vec![other_password("bob")], exists("bob")),
        (vec![other_password("Bob")], exists("Bob")),
        (
            vec![Kept {
                hashes: None,
                ..kept("bob")
            }],
            Outcome::refused(Reason::ExistsUnseen),
        ),
        (vec![], Outcome::refused(Reason::ExistsElsewhere)),
    ] {
        for code in [23000, 23009, 23026] {
            let answers = vec![created(&[], &[(code, "bob")]), listed(&there)];

            let (sent, outcomes) = ran(&[new("bob")], answers).await;

            assert_eq!(sent, ["POST 1: bob", "GET 1?bob"], "{code}");
            assert_eq!(outcomes.iter().collect::<Vec<_>>(), [&outcome], "{code}");
        }
    }
}

#[tokio::test]
async fn after_no_answer_only_what_is_not_there_is_sent_again() {
    let rows = ["bob", "amy", "joe"].map(new);
    // The three are asked for at once, so their requests come in any order.
    let there = || listed(&[kept("bob"), other_password("joe")]);
    let answers = vec![
        cut_off(),
        there(),
        there(),
        there(),
        created(&[kept("amy")], &[]),
    ];

    let (mut sent, outcomes) = ran(&rows, answers).await;

    sent[1..4].sort();
    assert_eq!(
        sent,
        [
            "POST 1: bob amy joe",
            "GET 1?amy",
            "GET 1?bob",
            "GET 1?joe",
            "POST 1: amy"
        ]
    );
    assert_eq!(outcomes, [made(), made(), exists("joe")]);
}

#[tokio::test]
async fn a_row_that_no_answer_mentions_is_given_up() {
    let answers = || [created(&[kept("bob")], &[]), listed(&[])];
    let answers: Vec<_> = (0..TRIES).flat_map(|_| answers()).collect();

    let (sent, outcomes) = ran(&["bob", "amy"].map(new), answers).await;

    let mut expected = vec!["POST 1: bob amy", "GET 1?amy"];
    expected.extend((1..TRIES).flat_map(|_| ["POST 1: amy", "GET 1?amy"]));
    assert_eq!(sent, expected);
    assert_eq!(outcomes, [made(), Outcome::refused(Reason::Unsaid)]);
}

#[tokio::test]
async fn a_row_that_spoils_its_request_is_found_by_halves() {
    let rows = ["bob", "amy", "joe", "zoe"].map(new);
    let no = || refused(400, None);
    let answers = vec![
        no(),
        no(),
        created(&[kept("bob")], &[]),
        no(),
        created(&[kept("joe"), kept("zoe")], &[]),
    ];
    let trial = Trial::of(&rows);

    let (sent, outcomes) = trial.run(answers).await.whole();

    assert_eq!(
        sent,
        [
            "POST 1: bob amy joe zoe",
            "POST 1: bob amy",
            "POST 1: bob",
            "POST 1: amy",
            "POST 1: joe zoe"
        ]
    );
    assert_eq!(outcomes, [made(), row_refused(400, None), made(), made()]);
    let told = trial.journal().1;
    assert_eq!(told.most_at_once, None, "its size was not the reason");
}

#[tokio::test]
async fn what_is_refused_for_the_realm_is_sent_once() {
    for code in [23017, 23021, 23022, 33001] {
        let rows = ["bob", "amy"].map(new);

        let (sent, outcomes) = ran(&rows, vec![refused(400, Some(code))]).await;

        assert_eq!(sent, ["POST 1: bob amy"]);
        let refused = || row_refused(400, Some(code));
        assert_eq!(outcomes, [refused(), refused()]);
    }
}

#[tokio::test]
async fn fewer_are_sent_at_once_where_the_api_wants_it() {
    for (status, code) in [(400, Some(23003)), (413, None), (414, None)] {
        let rows = ["bob", "amy", "joe", "zoe"].map(new);
        let trial = Trial::of(&rows);
        let answers = vec![
            refused(status, code),
            created(&[kept("bob"), kept("amy")], &[]),
            created(&[kept("joe"), kept("zoe")], &[]),
        ];

        let (sent, outcomes) = trial.run(answers).await.whole();

        assert_eq!(sent[1..], ["POST 1: bob amy", "POST 1: joe zoe"]);
        assert_eq!(outcomes, [made(), made(), made(), made()]);
        let told = trial.journal().1;
        assert_eq!(told.most_at_once, Some(2), "later runs know it");

        let (sent, outcomes) = ran(&[new("bob")], vec![refused(status, code)]).await;
        assert_eq!(sent, ["POST 1: bob"]);
        assert_eq!(outcomes, [row_refused(status, code)]);
    }
}

#[tokio::test]
async fn a_row_that_cannot_be_sent_leaves_the_others_alone() {
    let answers = vec![created(&[kept("amy")], &[])];

    let (sent, outcomes) = ran(&["b b", "amy"].map(new), answers).await;

    assert_eq!(sent, ["POST 1: amy"]);
    let problem = Reason::Name(NameProblem::UserNameLetters);
    assert_eq!(outcomes, [Outcome::refused(problem), made()]);
}

#[tokio::test]
async fn a_name_of_two_realms_is_told_apart_by_the_realm() {
    let rows = [1, 2].map(|realm| new_in(realm, "bob", Some("bw.com")));
    let kept = |realm| kept_in(realm, "bob", "bw.com");

    let answer = created(&[kept(2), kept(1)], &[]);
    let (sent, outcomes) = ran(&rows, vec![answer]).await;
    assert_eq!(sent, ["POST sipcredentials: bob bob"]);
    assert_eq!(outcomes, [made(), made()]);

    let answer = created(&[kept(1)], &[(23019, "bob@bw.com")]);
    let (sent, outcomes) = ran(&rows, vec![answer]).await;
    assert_eq!(sent, ["POST sipcredentials: bob bob"], "only one is left");
    assert_eq!(outcomes, [made(), row_refused(201, Some(23019))]);

    let answer = refused_in_realms("bob@bw.com", &[(2, 23019), (1, 23022)]);
    let (sent, outcomes) = ran(&rows, vec![answer]).await;
    assert_eq!(sent, ["POST sipcredentials: bob bob"]);
    let each = [23022, 23019].map(|code| row_refused(201, Some(code)));
    assert_eq!(outcomes, each);

    // Which of them is refused can't be told.
    let answers = vec![
        created(&[], &[(23019, "bob@bw.com")]),
        listed(&[]),
        listed(&[kept(2)]),
        created(&[kept(1)], &[]),
    ];
    let (sent, outcomes) = ran(&rows, answers).await;
    assert_eq!(
        sent,
        [
            "POST sipcredentials: bob bob",
            "GET 1?bob",
            "GET 2?bob",
            "POST sipcredentials: bob"
        ]
    );
    assert_eq!(outcomes, [made(), made()]);
}

#[tokio::test]
async fn what_is_kept_otherwise_is_repaired_or_deleted_again() {
    let useless = |stored: &str| {
        Outcome::refused(Reason::Useless {
            stored: stored.to_owned(),
            sent: "bob".to_owned(),
            undone: true,
        })
    };
    let elsewhere = Kept {
        realm_name: "OFFICE.abc123.auth.example".to_owned(),
        ..kept("bob")
    };
    let gone = || vec![deleted(), missing()];
    let other = Outcome::with(Kind::Made, Reason::OtherApplication);
    for (stored, answers, sent, outcome) in [
        (kept("bob"), vec![], vec![], made()),
        (kept("bob").at(APP), vec![], vec![], other),
        (
            other_password("bob"),
            vec![one(&kept("bob"))],
            vec!["PUT 1/7"],
            made(),
        ),
        (
            other_password("bob"),
            [refused(400, Some(23004))]
                .into_iter()
                .chain(gone())
                .collect(),
            vec!["PUT 1/7", "DELETE 1/7", "GET 1/7"],
            useless("bob"),
        ),
        // Without its password, hashes of another name or realm can't be made.
        (
            kept("Bob").with(hashes("bob", &password())),
            gone(),
            vec!["DELETE 1/7", "GET 1/7"],
            useless("Bob"),
        ),
        (
            elsewhere,
            gone(),
            vec!["DELETE 1/7", "GET 1/7"],
            useless("bob"),
        ),
    ] {
        let answers = [created(&[stored], &[])].into_iter().chain(answers);

        let (did, outcomes) = ran(&[new("bob")], answers.collect()).await;

        assert_eq!(did[1..], sent, "{outcome:?}");
        assert_eq!(outcomes, [outcome]);
    }
}

#[tokio::test]
async fn another_letter_case_gets_hashes_of_its_own() {
    let trial = Trial::of(&[new_with_password("bob")]);
    let renamed = Kept {
        hashes: None,
        ..kept("Bob")
    };
    let answers = vec![created(std::slice::from_ref(&renamed), &[]), one(&renamed)];

    let ran = trial.run(answers).await;

    let passwords = trial.passwords();
    let [(first, one), (second, other)] = &passwords[..] else {
        panic!("a line for each name")
    };
    assert_eq!((first.as_str(), second.as_str()), ("bob", "Bob"));
    assert_eq!(one.expose(), other.expose());
    assert!(ran.requests[0].contains(hashes("bob", one).hash1.expose()));
    assert!(ran.requests[1].contains(hashes("Bob", one).hash1.expose()));
    let name = "Bob".to_owned();
    let outcome = Outcome::with(Kind::MadeRenamed, Reason::Renamed { name });
    let (sent, outcomes) = ran.whole();
    assert_eq!(sent, ["POST 1: bob", "PUT 1/7"]);
    assert_eq!(outcomes.iter().collect::<Vec<_>>(), [&outcome]);

    // It was repaired before the app was closed.
    let trial = Trial::of(&[new_with_password("bob")]).holding("bob");
    let (sent, outcomes) = trial.run(vec![listed(&[kept("Bob")])]).await.whole();
    assert_eq!(sent, ["GET 1?bob"]);
    assert_eq!(outcomes, [outcome]);
}

#[tokio::test]
async fn a_password_in_the_file_is_used_again() {
    let trial = Trial::of(&["bob", "amy"].map(new_with_password));
    let trial = trial.holding("bob").holding("amy");
    let answers = vec![
        listed(&[kept("bob")]),
        listed(&[]),
        created(&[kept("amy")], &[]),
    ];

    let ran = trial.run(answers).await;

    assert!(ran.requests[2].contains(hashes("amy", &password()).hash1.expose()));
    let (sent, outcomes) = ran.whole();
    assert_eq!(sent, ["GET 1?bob", "GET 1?amy", "POST 1: amy"]);
    assert_eq!(outcomes, [made(), made()]);
    assert_eq!(trial.passwords().len(), 2, "no other was made");
}

#[tokio::test]
async fn a_lost_password_is_replaced_by_one_that_is_kept() {
    let lost = hashes("bob", &SipPassword::new("lost"));
    let begun = Record::Begun(vec![(0, Some(RowHashes::of(&lost)))]);
    let trial = Trial::of(&[new_with_password("bob")]);
    let trial = trial.journaled(&[begun]).await;
    let stored = kept("bob").with(lost);

    let answers = vec![listed(std::slice::from_ref(&stored)), one(&stored)];

    let ran = trial.run(answers).await;

    let passwords = trial.passwords();
    let [(name, password)] = &passwords[..] else {
        panic!("one line")
    };
    assert_eq!(name, "bob");
    assert!(ran.requests[1].contains(hashes("bob", password).hash1.expose()));
    let (sent, outcomes) = ran.whole();
    assert_eq!(sent, ["GET 1?bob", "PUT 1/7"]);
    assert_eq!(outcomes, [made()]);
}

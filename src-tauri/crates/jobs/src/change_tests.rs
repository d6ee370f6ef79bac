//! Requests for rows that change credentials, and the rows' outcomes depending on the API's
//! responses.

use super::super::scripted::*;
use super::*;

fn moved_anew() -> Outcome {
    Outcome::with(Kind::Moved, Reason::MadeAnew)
}

#[tokio::test]
async fn a_replaced_row_tells_that_the_application_is_another() {
    let before = kept("bob");
    let wanted = hashes("bob", &SipPassword::new("another one"));
    let row = replaced(&before, wanted.clone());
    let stored = before.clone().with(wanted);
    let other = Outcome::with(Kind::Replaced, Reason::OtherApplication);
    for (stored, outcome) in [
        (stored.clone().at(APP), Outcome::of(Kind::Replaced)),
        (stored, other),
    ] {
        let answers = vec![one(&before), one(&stored)];

        let (sent, outcomes) = ran(std::slice::from_ref(&row), answers).await;

        assert_eq!(sent, ["GET 1/7", "PUT 1/7"]);
        assert_eq!(outcomes, [outcome]);
    }
}

#[tokio::test]
async fn a_move_that_is_read_back_deletes_nothing() {
    let before = kept("bob").at(OTHER_APP);
    let after = one(&kept("bob").at(APP));
    let answers = vec![one(&before), after.clone(), after];

    let (sent, outcomes) = ran(&[moved(&before)], answers).await;

    assert_eq!(sent, ["GET 1/7", "PUT 1/7", "GET 1/7"]);
    assert_eq!(outcomes, [Outcome::of(Kind::Moved)]);
}

/// The API keeps the voice application; what the account says when the name is made again.
#[tokio::test]
async fn a_credential_that_is_not_moved_is_made_anew() {
    let before = kept("bob").at(OTHER_APP);
    let there = || listed(&[kept("bob").at(APP)]);
    let none = || listed(&[]);
    let made = || created(&[kept("bob").at(APP)], &[]);
    let no = || created(&[], &[(23019, "bob")]);
    let refusal = || refused_by(201, Some(23019));
    let other = kept("bob").with(hashes("bob", &SipPassword::new("another one")));
    let taken = Outcome::refused(Reason::TakenConcurrently);
    let look = "GET 1?bob";
    let send = "POST 1: bob";
    for (answers, sent, outcome) in [
        (
            vec![none(), made(), there()],
            vec![look, send, look],
            moved_anew(),
        ),
        (
            vec![none(), cut_off(), there()],
            vec![look, send, look],
            moved_anew(),
        ),
        // An answer that says both is no refusal: the account is asked.
        (
            vec![
                none(),
                created(&[kept("bob").at(APP)], &[(23026, "bob")]),
                there(),
            ],
            vec![look, send, look],
            moved_anew(),
        ),
        // What got no answer arrived after it had been looked for.
        (
            vec![
                none(),
                cut_off(),
                none(),
                created(&[], &[(23026, "bob")]),
                there(),
            ],
            vec![look, send, look, send, look],
            moved_anew(),
        ),
        (vec![listed(&[other])], vec![look], taken),
        (
            vec![none(), no(), none(), made(), there()],
            vec![look, send, look, send, look],
            Outcome::refused(Reason::PutBack(refusal())),
        ),
        (
            vec![none(), no(), none(), no()],
            vec![look, send, look, send],
            Outcome::refused(Reason::Lost(refusal())),
        ),
    ] {
        // Read, changed, read back unchanged, read before it is deleted, deleted, and gone.
        let stays = || one(&before);
        let begins = vec![stays(), stays(), stays(), stays(), deleted(), missing()];
        let answers = begins.into_iter().chain(answers).collect();

        let (did, outcomes) = ran(&[moved(&before)], answers).await;

        assert_eq!(did[4..6], ["DELETE 1/7", "GET 1/7"]);
        assert_eq!(did[6..], sent, "{outcome:?}");
        assert_eq!(outcomes, [outcome]);
    }
}

#[tokio::test]
async fn a_move_that_stopped_after_the_deletion_goes_on() {
    let hashes = hashes("bob", &password());
    let before = kept("bob").at(OTHER_APP);
    let moving = Record::Moving(0, RowHashes::of(&hashes), Some(OTHER_APP.to_owned()));
    let trial = Trial::of(&[moved(&before)]).journaled(&[moving]).await;
    let answers = vec![
        missing(),
        listed(&[]),
        listed(&[]),
        created(&[kept("bob").at(APP)], &[]),
        listed(&[kept("bob").at(APP)]),
    ];

    let (sent, outcomes) = trial.run(answers).await.whole();

    assert_eq!(
        sent,
        [
            "GET 1/7",
            "GET 1?bob",
            "GET 1?bob",
            "POST 1: bob",
            "GET 1?bob"
        ]
    );
    assert_eq!(outcomes, [moved_anew()]);
}

//! What a run leaves on disk, and how it is resumed from there.

use super::super::outcome::Kind;
use super::super::reason::Reason;
use super::super::scripted::*;
use super::*;

#[tokio::test]
async fn a_row_is_begun_on_the_disk_before_it_is_sent() {
    let trial = Trial::of(&[new("bob")]);

    let ran = trial.run(vec![]).await;

    assert!(
        matches!(ran.halt, Err(Interruption::Api(_))),
        "{:?}",
        ran.halt
    );
    assert_eq!(ran.sent, ["POST 1: bob"]);
    assert!(trial.journal().1.outcomes.is_begun(0));

    let ran = trial.run(vec![listed(&[kept("bob")])]).await;
    let (sent, outcomes) = ran.whole();
    assert_eq!(sent, ["GET 1?bob"], "it may have been sent");
    assert_eq!(outcomes, [Outcome::of(Kind::Made)]);

    let (sent, _) = trial.run(vec![]).await.whole();
    assert!(sent.is_empty(), "it has its outcome: {sent:?}");
}

#[tokio::test]
async fn no_more_are_sent_at_once_than_an_earlier_run_found() {
    let rows = ["bob", "amy", "joe", "zoe"].map(new);
    let trial = Trial::of(&rows).journaled(&[Record::Size(2)]).await;
    // Two workers send them, in any order.
    let all = created(&["bob", "amy", "joe", "zoe"].map(kept), &[]);

    let (mut sent, _) = trial.run(vec![all.clone(), all]).await.whole();

    sent.sort();
    assert_eq!(sent, ["POST 1: bob amy", "POST 1: joe zoe"]);
}

#[tokio::test]
async fn a_name_that_is_in_the_list_twice_is_sent_once() {
    let trial = Trial::of(&["bob", "Bob"].map(new));
    let answers = vec![created(&[kept("bob")], &[])];

    let (sent, outcomes) = trial.run(answers).await.whole();

    assert_eq!(sent, ["POST 1: bob"]);
    let twice = Outcome::refused(Reason::Twice);
    assert_eq!(outcomes, [Outcome::of(Kind::Made), twice]);
}

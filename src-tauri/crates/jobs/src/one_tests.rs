//! What is certain about one credential after the API's responses.

use super::super::outcome::Kind;
use super::super::scripted::*;
use super::*;
use registrar_secret::SipPassword;

fn wanted() -> Hashes {
    hashes("bob", &SipPassword::new("wanted"))
}

#[tokio::test]
async fn a_number_that_names_another_now_is_left_alone() {
    let row = replaced(&kept("bob"), wanted());

    let (sent, outcomes) = ran(&[row], vec![one(&kept("amy"))]).await;

    assert_eq!(sent, ["GET 1/7"]);
    let name = "amy".to_owned();
    assert_eq!(outcomes, [Outcome::refused(Reason::Another { name })]);
}

#[tokio::test]
async fn a_change_without_an_answer_is_read_back() {
    let before = kept("bob").at(OTHER_APP);
    let arrived = || before.clone().with(wanted());
    let somebody_elses = hashes("bob", &SipPassword::new("somebody else's"));
    let replaced_it = || Outcome::of(Kind::Replaced);
    let changed = || Outcome::refused(Reason::ChangedConcurrently);
    for (now, sent_again, outcome) in [
        (one(&arrived().at(APP)), false, replaced_it()),
        (one(&before), true, replaced_it()),
        (one(&arrived()), true, replaced_it()),
        (one(&before.clone().with(somebody_elses)), false, changed()),
        (one(&before.clone().at(APP)), false, changed()),
        (missing(), false, Outcome::refused(Reason::Gone)),
    ] {
        let answers = vec![one(&before), cut_off(), now, one(&arrived().at(APP))];

        let (sent, outcomes) = ran(&[replaced(&before, wanted())], answers).await;

        let mut expected = vec!["GET 1/7", "PUT 1/7", "GET 1/7"];
        expected.extend(sent_again.then_some("PUT 1/7"));
        assert_eq!(sent, expected, "{outcome:?}");
        assert_eq!(outcomes, [outcome]);
    }
}

#[tokio::test]
async fn a_promised_deletion_is_believed_when_it_is_gone() {
    let before = kept("bob").at(OTHER_APP);
    let stays = || vec![deleted(), one(&before)];
    let changed = kept("bob").at(APP);
    let gone = Outcome::of(Kind::Deleted);
    let meanwhile = Outcome::refused(Reason::ChangedConcurrently);
    for (answers, deletions, outcome) in [
        (vec![deleted(), missing()], 1, gone.clone()),
        (vec![cut_off(), missing()], 1, gone.clone()),
        ([stays(), vec![deleted(), missing()]].concat(), 2, gone),
        (vec![deleted(), one(&changed)], 1, meanwhile),
        (
            vec![stays(); TRIES as usize].concat(),
            TRIES as usize,
            row_promised(),
        ),
    ] {
        let answers = [vec![one(&before)], answers].concat();

        let (sent, outcomes) = ran(&[removed(&before)], answers).await;

        let asked = sent.iter().filter(|sent| *sent == "DELETE 1/7");
        assert_eq!(asked.count(), deletions, "{outcome:?}");
        assert_eq!(outcomes, [outcome]);
    }
}

/// It was promised, and is still there.
fn row_promised() -> Outcome {
    row_refused(200, None)
}

//! The requests that look up names, and their results.

use super::super::outcome::{Kind, Outcome};
use super::super::reason::Reason;
use super::super::scripted::*;
use registrar_http::scripted::Reply;
use registrar_secret::SipPassword;

const NAMES: [&str; 5] = ["bob", "amy", "joe", "zoe", "eve"];

/// Makes credentials whose request gets no answer, and returns what is asked for then.
async fn looked_up(answers: Vec<Reply>) -> (Vec<String>, Vec<Outcome>) {
    let answers = [cut_off()].into_iter().chain(answers);
    let (mut sent, outcomes) = ran(&NAMES.map(new), answers.collect()).await;
    sent.remove(0);
    (sent, outcomes)
}

#[tokio::test]
async fn many_names_are_looked_up_in_the_list_where_it_is_short() {
    let other = SipPassword::new("another one");
    let bob_in_capitals = || kept("BOB").with(hashes("BOB", &other));
    let others = || [kept("amy"), kept("joe"), kept("zoe"), kept("eve")];
    for (credentials, first, second) in [
        (6, bob_in_capitals(), kept("bob")),
        (2_499, kept("bob"), bob_in_capitals()),
    ] {
        let list = [vec![first, second], others().to_vec()].concat();
        let answers = vec![realms(credentials), listed(&list)];

        let (sent, outcomes) = looked_up(answers).await;

        assert_eq!(sent, ["GET realms", "GET 1"]);
        let made = NAMES.map(|_| Outcome::of(Kind::Made));
        assert_eq!(outcomes, made, "the very name counts first");
    }

    let list = [vec![bob_in_capitals()], others().to_vec()].concat();
    let (_, outcomes) = looked_up(vec![realms(5), listed(&list)]).await;
    let name = "BOB".to_owned();
    assert_eq!(outcomes[0], Outcome::refused(Reason::Exists { name }));
}

#[tokio::test]
async fn names_are_looked_up_one_by_one_where_the_list_is_long() {
    let each_name = || NAMES.map(|name| listed(&[kept(name)])).to_vec();
    let unknown = Reply::xml(200, "<RealmsResponse><Realms/></RealmsResponse>");
    for realms in [realms(2_500), unknown, refused(404, Some(33001))] {
        let answers = [vec![realms], each_name()].concat();

        let (sent, _) = looked_up(answers).await;

        assert_eq!(sent[0], "GET realms");
        assert_eq!(sent[1..], NAMES.map(|name| format!("GET 1?{name}")));
    }
}

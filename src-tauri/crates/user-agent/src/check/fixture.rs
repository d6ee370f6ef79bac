//! Fixtures for tests of the check: a request, and a scripted registrar.

use std::time::Duration;

use registrar_digest::Hashes;
use registrar_http::trust::Trust;
use registrar_secret::SipPassword;
use registrar_sip::message::Message;

use super::*;
use crate::scripted::{Act, Scripted, challenge, status};

pub(super) const REALM: &str = "r.example";

pub(super) const QUICK: Limits = Limits {
    give_up: Duration::from_millis(700),
    total: Duration::from_secs(5),
};

/// Asks for a check of `bob` by stored hashes.
pub(super) fn request(
    registrar: &Scripted,
    kind: CheckKind,
    transport: TransportName,
) -> CheckRequest {
    let password = SipPassword::new("canary-7f3a");
    CheckRequest {
        realm: REALM.to_owned(),
        composite: "bob".to_owned(),
        proof: Proof::Hashes(Hashes::make("bob", REALM, &password).into()),
        kind,
        transport,
        targets: vec![Target::typed(registrar.address)],
        target_name: REALM.to_owned(),
        trust: Trust::default(),
    }
}

/// Follows no message.
pub(super) fn quiet(_: &TracedMessage) {}

/// Returns the digest user name of a request.
pub(super) fn user_name(request: &Message) -> Option<String> {
    let read = registrar_sip::challenge::schemes(request.header("Authorization")?);
    registrar_sip::syntax::value(&read.first()?.1, "username").map(str::to_owned)
}

/// Waits until a condition holds.
pub(super) async fn until(condition: impl Fn() -> bool) {
    let wait = async {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(Duration::from_secs(10), wait).await.unwrap();
}

/// The response to a full check's query: nothing is registered.
pub(super) fn query() -> Vec<Act> {
    vec![challenge(REALM, ""), status(200)]
}

/// Answers with these registrations.
pub(super) fn lists(contacts: &str) -> Act {
    Act::Answer(200, vec![("Contact", contacts.to_owned())])
}

/// Runs a check against these answers, and returns its end with what was heard.
pub(super) async fn against(kind: CheckKind, script: &[Act]) -> (CheckOutcome, Vec<Message>) {
    let registrar = Scripted::start(TransportName::Udp, script).await;
    let request = request(&registrar, kind, TransportName::Udp);
    let outcome = check(&request, QUICK, &quiet).await;
    (outcome, registrar.heard())
}

/// Returns whether a registration was asked for.
pub(super) fn binds(heard: &[Message]) -> bool {
    heard.iter().any(|sent| sent.header("Contact").is_some())
}

//! A call.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use registrar_sip::TransportName;
use registrar_sip::answer::NameForm;
use registrar_sip::invite::{CallPlan, Invite, Transmit};
use registrar_sip::message::Message;

use super::secrets::{self, proof};
use super::step::Step;
use super::{COMPOSITE, Counted, GIVE_UP, MOST_AT_ONCE, REALM, sent};
use crate::memory::bounded;

/// How long it may ring.
const RING: Duration = Duration::from_secs(30);

pub(super) fn run(choices: u8, steps: &[Step]) {
    let peer: SocketAddr = ([192, 0, 2, 9], 5060).into();
    let mut tokens = Counted::default();
    let mut now = Instant::now();
    let mut call = Invite::new(plan(choices), &mut tokens, now);
    let mut last = None;
    drain(&mut call, &mut last);

    for step in steps {
        now = step.time(now, call.poll_timeout());
        call.handle_timeout(&mut tokens, now);
        drain(&mut call, &mut last);
        if step.ends() {
            call.hang_up(&mut tokens, now);
            drain(&mut call, &mut last);
        }
        if let Some(message) = step.message(last.as_ref()) {
            bounded(|| {
                call.handle_input(&message, peer, &mut tokens, now);
            });
            drain(&mut call, &mut last);
        }
    }

    // The person hangs up, and nobody says anything any more.
    call.hang_up(&mut tokens, now);
    drain(&mut call, &mut last);
    let ends = now + RING + 2 * GIVE_UP + Duration::from_secs(1);
    while call.end().is_none() {
        let due = call.poll_timeout().expect("it waits for something");
        now = now.max(due);
        assert!(now <= ends, "there is no end");
        call.handle_timeout(&mut tokens, now);
        drain(&mut call, &mut last);
    }
    let said = format!("{call:?}");
    assert!(!secrets::are_in(said.as_bytes()), "a secret is in Debug");
}

fn plan(choices: u8) -> CallPlan {
    CallPlan {
        request_uri: "sip:1@r.example:5006".to_owned(),
        from: "sip:2@r.example".to_owned(),
        user_name: COMPOSITE.to_owned(),
        form: NameForm::Composite,
        proof: proof(choices & 1 != 0),
        other_realms: Vec::new(),
        realm: REALM.to_owned(),
        transport: if choices & 2 == 0 {
            TransportName::Udp
        } else {
            TransportName::Tcp
        },
        target: ([192, 0, 2, 9], 5060).into(),
        local: ([192, 0, 2, 1], 5070).into(),
        sound: ([192, 0, 2, 1], 4000).into(),
        give_up: GIVE_UP,
        ring: RING,
    }
}

fn drain(call: &mut Invite, last: &mut Option<Message>) {
    let mut count = 0;
    while let Some(Transmit { message, .. }) = call.poll_transmit() {
        count += 1;
        assert!(count <= MOST_AT_ONCE, "too much is sent at once");
        sent(&message);
        // An ACK has no answer.
        if message.method() != "ACK" && message.status().is_none() {
            *last = Some(message);
        }
    }
    while call.poll_event().is_some() {}
}

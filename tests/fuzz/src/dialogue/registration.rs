//! A registration.

use std::time::{Duration, Instant};

use registrar_secret::redact::sanitized_line;
use registrar_sip::TransportName;
use registrar_sip::answer::NameForm;
use registrar_sip::message::Message;
use registrar_sip::register::{Kind, Plan, Register, SECONDS};
use registrar_user_agent::message_chart::redacted;

use super::secrets::{self, proof};
use super::step::Step;
use super::{COMPOSITE, Counted, GIVE_UP, MOST_AT_ONCE, REALM, sent};
use crate::memory::bounded;
use crate::shown;

pub(super) fn run(choices: u8, steps: &[Step]) {
    let mut tokens = Counted::default();
    let mut now = Instant::now();
    let mut register = Register::new(plan(choices), &mut tokens, now);
    let mut last = None;
    drain(&mut register, &mut last);

    for step in steps {
        now = step.time(now, register.poll_timeout());
        register.handle_timeout(&mut tokens, now);
        drain(&mut register, &mut last);
        if step.ends() {
            register.abandon();
        }
        if step.goes_on() && register.outcome().is_some() {
            register.unregister(&mut tokens, now);
            drain(&mut register, &mut last);
        }
        if let Some(message) = step.message(last.as_ref()) {
            bounded(|| register.handle_input(&message, &mut tokens, now));
            shown::is_plain(&redacted(&message, false, &[]));
            drain(&mut register, &mut last);
        }
    }

    // From here on nobody says anything: it ends by itself, one limit for each of its four requests.
    let ends = now + 4 * GIVE_UP + Duration::from_secs(1);
    while register.outcome().is_none() {
        let due = register.poll_timeout().expect("it waits for something");
        now = now.max(due);
        assert!(now <= ends, "there is no end");
        register.handle_timeout(&mut tokens, now);
        drain(&mut register, &mut last);
    }
    let outcome = register.outcome().expect("it has ended");
    for binding in &outcome.bindings {
        shown::is_plain(&sanitized_line(&binding.contact, 200));
    }
    let said = format!("{register:?} {outcome:?}");
    assert!(!secrets::are_in(said.as_bytes()), "a secret is in Debug");
}

fn plan(choices: u8) -> Plan {
    Plan {
        realm: REALM.to_owned(),
        composite: COMPOSITE.to_owned(),
        form: if choices & 1 == 0 {
            NameForm::Composite
        } else {
            NameForm::WithRealm
        },
        proof: proof(choices & 2 != 0),
        other_realms: Vec::new(),
        kind: match choices >> 2 & 3 {
            0 => Kind::Kept,
            1 => Kind::Query,
            _ => Kind::Full,
        },
        expires: SECONDS,
        user_agent: "fuzz".to_owned(),
        transport: if choices & 16 == 0 {
            TransportName::Udp
        } else {
            TransportName::Tcp
        },
        local: ([192, 0, 2, 1], 5070).into(),
        contact: ([192, 0, 2, 1], 5070).into(),
        give_up: GIVE_UP,
    }
}

fn drain(register: &mut Register, last: &mut Option<Message>) {
    let mut count = 0;
    while let Some(transmit) = register.poll_transmit() {
        count += 1;
        assert!(count <= MOST_AT_ONCE, "too much is sent at once");
        sent(&transmit.message);
        let text = redacted(&transmit.message, true, &[]);
        shown::is_plain(&text);
        assert!(!text.contains("response=\"") || text.contains("response=\"•"));
        *last = Some(transmit.message);
    }
}

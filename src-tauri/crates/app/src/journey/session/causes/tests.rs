use registrar_bandwidth::discovery::{Origin, Ways};
use registrar_phones::phones;
use registrar_user_agent::resolve::Target;

use super::*;
use crate::journey::step::{ChosenCredential, ChosenRealm};

fn subject() -> Subject {
    Subject {
        account: "a1".to_owned(),
        realm: ChosenRealm {
            id: 1,
            name: "r.example".to_owned(),
        },
        credential: ChosenCredential {
            user_name: "bob".to_owned(),
            domain: None,
            application_id: None,
        },
    }
}

fn found() -> Found {
    Found {
        host: "r.example".to_owned(),
        own: Vec::new(),
        transport: None,
        failure: None,
        ways: Ways {
            udp: vec![Target::typed("192.0.2.1:5072".parse().unwrap())],
            ..Ways::default()
        },
        origin: Origin::Typed,
        trouble: None,
        dns: Vec::new(),
    }
}

fn of(phone: &str, dialect: &str) -> Vec<PhoneCause> {
    let choice = PhoneChoice::Listed {
        phone: phone.to_owned(),
        dialect: dialect.to_owned(),
    };
    causes(
        LATE,
        Some(&choice),
        &subject(),
        &found(),
        TransportName::Udp,
    )
}

#[test]
fn yealinks_causes_are_its_port_its_traps_and_its_last_press() {
    let causes = of("yealink", "current");

    let trap = |text: &str, field: &str| PhoneCause::Trap {
        text: text.to_owned(),
        field: Some(field.to_owned()),
    };
    assert_eq!(
        causes,
        [
            PhoneCause::Port {
                field: "Port".to_owned(),
                port: 5072
            },
            trap("register-name-is-for-signing-in", "Register Name"),
            trap("transport-not-naptr", "Transport"),
            PhoneCause::Press {
                text: "save-the-page".to_owned()
            },
        ]
    );
}

#[test]
fn port_behind_the_server_is_found_and_minutes_are_told() {
    let causes = of("grandstream", "adapter");

    let PhoneCause::Port { port, .. } = &causes[0] else {
        panic!("the port is the likeliest: {causes:?}")
    };
    assert_eq!(*port, 5072);
    let minutes = |cause: &PhoneCause| matches!(cause, PhoneCause::Trap { text, field: Some(_) } if text == "minutes-not-seconds");
    assert!(causes.iter().any(minutes), "{causes:?}");
}

#[test]
fn every_listed_phone_has_causes_of_its_own_or_those_of_any() {
    for phone in phones() {
        for dialect in phone.dialects {
            let causes = of(phone.id, dialect.id);

            assert!(!causes.is_empty(), "{} {}", phone.id, dialect.id);
        }
    }
}

#[test]
fn another_phone_has_the_causes_of_any() {
    for choice in [None, Some(&PhoneChoice::Other)] {
        let causes = causes(LATE, choice, &subject(), &found(), TransportName::Udp);

        let general = |cause: &PhoneCause| matches!(cause, PhoneCause::General { .. });
        assert!(causes.len() > 2 && causes.iter().all(general), "{causes:?}");
    }
}

#[test]
fn causes_come_after_two_minutes() {
    let at = |waited| causes(waited, None, &subject(), &found(), TransportName::Udp);

    assert_eq!(at(Duration::from_secs(119)), []);
    assert_ne!(at(Duration::from_mins(2)), []);
}

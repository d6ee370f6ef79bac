//! The addresses that a check tries: IPv4, IPv6 and closed ports, against Kamailio.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::{Duration, Instant};

use registrar_http::trust::Trust;
use registrar_sip::answer::Proof;
use registrar_sip::verdict::{Unregistered, Verdict};
use registrar_sip::{CheckKind, TransportName};
use registrar_user_agent::check::{CheckOutcome, CheckRequest, Limits, check};
use registrar_user_agent::resolve::{FixedDns, Srv, Target, locate};

use crate::credentials::CREDENTIALS;
use crate::kamailio::Kamailio;
use crate::{BOTH, REALM, free_port};

async fn checks(targets: Vec<Target>, transport: TransportName) -> CheckOutcome {
    let credential = &CREDENTIALS[0];
    let request = CheckRequest {
        realm: REALM.to_owned(),
        composite: credential.name(),
        proof: Proof::Password(credential.password()),
        kind: CheckKind::Full,
        transport,
        targets,
        target_name: REALM.to_owned(),
        trust: Trust::default(),
    };
    check(&request, Limits::default(), &|_| {}).await
}

fn at(address: impl Into<SocketAddr>) -> Vec<Target> {
    vec![Target::typed(address.into())]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registrar_on_ipv6_is_checked_like_any_other() {
    let kamailio = Kamailio::start(&CREDENTIALS[0].row(), 300, true);
    for transport in BOTH {
        let outcome = checks(at((Ipv6Addr::LOCALHOST, kamailio.port)), transport).await;

        assert!(outcome.verdict.proved(), "{transport:?}: {outcome:?}");
        assert_eq!(outcome.unregistered, Some(Unregistered::Done));
        assert!(outcome.seen_as.unwrap().starts_with("[::1]:"));
        let ours = outcome.bindings.iter().find(|binding| binding.ours);
        assert!(ours.unwrap().address.contains("@[::1]:"), "{ours:?}");
    }
    assert!(kamailio.bindings().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_port_shows_at_once_on_each_transport() {
    let closed = free_port();
    for transport in [TransportName::Udp, TransportName::Tcp, TransportName::Tls] {
        for address in [
            SocketAddr::from((Ipv4Addr::LOCALHOST, closed)),
            SocketAddr::from((Ipv6Addr::LOCALHOST, closed)),
        ] {
            let began = Instant::now();

            let outcome = checks(at(address), transport).await;

            assert_eq!(
                outcome.verdict,
                Verdict::NobodyListens,
                "{transport:?} {address}"
            );
            assert!(began.elapsed() < Duration::from_secs(4));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn next_dns_record_is_tried_if_the_first_host_is_down() {
    let kamailio = Kamailio::start(&CREDENTIALS[0].row(), 300, true);
    let record = |priority, port, host: &str| Srv {
        priority,
        weight: 0,
        port,
        host: host.to_owned(),
    };
    for transport in BOTH {
        let name = registrar_user_agent::resolve::service(transport, REALM);
        let dns = FixedDns::default()
            .with_record(&name, record(20, kamailio.port, "up.example"))
            .with_record(&name, record(10, free_port(), "down.example"))
            .with_address("down.example", Ipv4Addr::LOCALHOST.into())
            .with_address("down.example", Ipv6Addr::LOCALHOST.into())
            .with_address("up.example", Ipv4Addr::LOCALHOST.into());
        let targets = locate(&dns, REALM, None, transport).await.unwrap();

        let outcome = checks(targets, transport).await;

        assert!(outcome.verdict.proved(), "{outcome:?}");
        let hosts = outcome.tried.iter().map(|tried| tried.target.host.as_str());
        assert!(hosts.eq(["down.example", "down.example", "up.example"]));
        let verdicts = outcome.tried.iter().map(|tried| &tried.verdict);
        let closed = verdicts.filter(|verdict| **verdict == Verdict::NobodyListens);
        assert_eq!(closed.count(), 2);
        assert!(
            outcome
                .message_chart
                .iter()
                .filter(|line| !line.sent)
                .all(|line| line.target == 2)
        );
    }
}

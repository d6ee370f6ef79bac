use std::time::Duration;

use super::*;
use crate::dashboard::{DnsRecord, RealmDns};
use registrar_user_agent::resolve::{Answer, Failure, FixedDns, Srv};

const REALM: &str = "r.example";

#[tokio::test]
async fn dns_is_not_asked_for_an_unlisted_realm() {
    let settings = SipAuthentication {
        realms: Vec::new(),
        zone_ports: Vec::new(),
    };

    let found = find(&Untouched, Some(&settings), "new.1a2b3c.auth.bandwidth.com").await;

    assert_eq!(found.ways, Ways::default());
    assert_eq!(found.trouble, Some(Trouble::NotListed));
    assert_eq!(found.origin, Origin::NotAsked);
}

#[tokio::test]
async fn what_both_say_is_found_and_every_record_compared() {
    let dns = FixedDns::default()
        .with_srv("_sip._udp.r.example", 5006, "sbc.example")
        .with_srv("_sips._tcp.r.example", 5071, "tls.example")
        .with_address("sbc.example", address("203.0.113.5"))
        .with_address("sbc.example", address("2001:db8::5"))
        .with_address("tls.example", address("203.0.113.7"));

    let found = find_by(&dns, Some(&account()), REALM, &mut First).await;

    assert_eq!(found.origin, Origin::SettingsAndDns);
    assert_eq!(found.trouble, None);
    let udp = ["203.0.113.5:5006", "[2001:db8::5]:5006"];
    assert_eq!(ways(&found, TransportName::Udp), udp);
    assert_eq!(
        ways(&found, TransportName::Tcp),
        udp,
        "an account has one port"
    );
    assert_eq!(ways(&found, TransportName::Tls), ["203.0.113.7:5071"]);
    assert_eq!(found.port(TransportName::Tls), Some(5071));
    let rows = found.dns.iter().map(|row| {
        let kind = match &row.records {
            Records::Addresses { kind, .. } => kind.as_str(),
            Records::Services { .. } => "SRV",
        };
        (kind, row.name.as_str(), &row.outcome)
    });
    let expected = [
        ("SRV", "_sip._udp.r.example", &Comparison::OtherOrder),
        ("SRV", "_sips._tcp.r.example", &Comparison::OnlyHere),
        ("A", "sbc.example", &Comparison::Same),
        ("AAAA", "sbc.example", &Comparison::OnlyHere),
        ("A", "tls.example", &Comparison::OnlyHere),
    ];
    assert_eq!(rows.collect::<Vec<_>>(), expected);
    let lists = Records::Services {
        account: vec![Srv {
            weight: 50,
            ..srv(5, 5006, "sbc.example")
        }],
        here: vec![srv(10, 5006, "sbc.example")],
    };
    assert_eq!(found.dns[0].records, lists);
}

#[tokio::test]
async fn where_dns_knows_nothing_the_accounts_records_lead_there() {
    let account = settings(&[
        ("SRV", "_sip._udp.r.example", "20 0 5006 b.example"),
        ("SRV", "_SIP._UDP.r.example.", "10 0 5007 a.example"),
        ("A", "r.example", "203.0.113.5"),
        ("A", "b.example", "203.0.113.6"),
    ]);
    let soon = Some(Duration::from_secs(90));
    let not_yet = |remembered| Comparison::NotYet { remembered };
    for (failure, outcome) in [
        (Failure::NotFound { remembered: None }, not_yet(None)),
        (Failure::NotFound { remembered: soon }, not_yet(soon)),
        (Failure::NoAnswer, Comparison::NotAsked(Failure::NoAnswer)),
        (Failure::Refused, Comparison::NotAsked(Failure::Refused)),
    ] {
        let dns = FixedDns::default().with_failure("_sip._udp.r.example", failure);

        let found = find_by(&dns, Some(&account), REALM, &mut First).await;

        // The host without its own address is at the realm's.
        let udp = ["203.0.113.5:5007", "203.0.113.6:5006"];
        assert_eq!(ways(&found, TransportName::Udp), udp);
        let priority = |target: &Target| match target.source {
            Source::Account { priority, .. } => priority,
            Source::DefaultPort | Source::Srv { .. } | Source::Typed => 0,
        };
        let udp = found.targets(TransportName::Udp).iter().map(priority);
        assert!(udp.eq([10, 20]));
        assert_eq!(
            ways(&found, TransportName::Tls),
            ["203.0.113.5:5061", "203.0.113.6:5061"]
        );
        assert_eq!(found.origin, Origin::Settings);
        assert_eq!(found.trouble, Some(Trouble::Record(outcome)));
    }
}

#[tokio::test]
async fn a_filtered_address_is_told_and_not_followed() {
    for (filtered, outcome) in [
        ("0.0.0.0", Comparison::LeadsNowhere(address("0.0.0.0"))),
        ("127.0.0.1", Comparison::LeadsNowhere(address("127.0.0.1"))),
        ("10.0.0.1", Comparison::Private(address("10.0.0.1"))),
    ] {
        let dns = FixedDns::default()
            .with_srv("_sip._udp.r.example", 5006, "sbc.example")
            .with_address("sbc.example", address(filtered));

        let found = find_by(&dns, Some(&account()), REALM, &mut First).await;

        assert_eq!(ways(&found, TransportName::Udp), ["203.0.113.5:5006"]);
        assert_eq!(found.trouble, Some(Trouble::Record(outcome)));
    }
}

#[tokio::test]
async fn another_port_in_dns_is_a_warning() {
    let dns = FixedDns::default()
        .with_srv("_sip._udp.r.example", 5060, "sbc.example")
        .with_address("sbc.example", address("203.0.113.5"));

    let found = find_by(&dns, Some(&account()), REALM, &mut First).await;

    assert_eq!(found.port(TransportName::Udp), Some(5060));
    assert_eq!(found.origin, Origin::Dns);
    let ports = Comparison::OtherPorts {
        account: vec![5006],
        here: vec![5060],
    };
    assert_eq!(found.trouble, Some(Trouble::Record(ports)));
}

#[tokio::test]
async fn without_settings_dns_alone_counts() {
    let dns = FixedDns::default()
        .with_srv("_sip._udp.r.example", 5006, "sbc.example")
        .with_address("sbc.example", address("203.0.113.5"));

    let found = find_by(&dns, None, REALM, &mut First).await;
    let nothing = find_by(&FixedDns::default(), None, REALM, &mut First).await;

    assert_eq!(ways(&found, TransportName::Udp), ["203.0.113.5:5006"]);
    assert_eq!((found.origin, found.trouble), (Origin::Dns, None));
    let mut rows = found.dns.iter();
    assert!(
        rows.all(|row| { matches!(row.outcome, Comparison::NotCompared | Comparison::NoIpv6) })
    );
    assert_eq!(nothing.ways, Ways::default());
    assert_eq!(nothing.origin, Origin::Nowhere);
    assert_eq!(nothing.trouble, Some(Trouble::NotNamed));
}

#[tokio::test]
async fn a_flood_of_records_is_cut() {
    let mut dns = FixedDns::default();
    for place in 0..200 {
        let host = format!("h{place}.example");
        dns = dns
            .with_srv("_sip._udp.r.example", 5006, &host)
            .with_address(&host, IpAddr::from([192, 0, 2, place]));
    }

    let found = find_by(&dns, None, REALM, &mut First).await;

    assert_eq!(found.targets(TransportName::Udp).len(), MOST_TARGETS);
    assert!(found.dns.len() <= 17);
    assert!(
        matches!(&found.dns[0].records, Records::Services { here, .. } if here.len() <= 16),
        "{:?}",
        found.dns[0]
    );
}

#[tokio::test]
async fn a_typed_host_is_found_for_each_transport() {
    let dns = FixedDns::default()
        .with_srv("_sip._udp.office.example", 5006, "sbc.example")
        .with_address("sbc.example", address("203.0.113.5"))
        .with_address("office.example", address("203.0.113.6"));

    let bare = typed(&dns, "office.example").await.unwrap();
    let with_port = typed(&dns, "office.example:5099").await.unwrap();
    let literal = typed(&dns, "[::1]").await.unwrap();
    let unknown = typed(&dns, "nowhere.example").await;

    assert_eq!(ways(&bare, TransportName::Udp), ["203.0.113.5:5006"]);
    assert_eq!(ways(&bare, TransportName::Tcp), ["203.0.113.6:5060"]);
    assert_eq!(ways(&bare, TransportName::Tls), ["203.0.113.6:5061"]);
    assert_eq!(ways(&with_port, TransportName::Udp), ["203.0.113.6:5099"]);
    assert_eq!(ways(&with_port, TransportName::Tls), ["203.0.113.6:5099"]);
    assert_eq!(ways(&literal, TransportName::Tls), ["[::1]:5061"]);
    assert_eq!(unknown, Err(Error::Typed(TypedProblem::UnknownHost)));
}

#[tokio::test]
async fn a_typed_sip_uri_is_looked_for_over_its_transport() {
    let dns = FixedDns::default().with_address("office.example", address("203.0.113.6"));

    let found = typed(&dns, "<sip:anna@office.example.:5006;transport=tcp>").await;

    let found = found.unwrap();
    assert_eq!(
        (found.host.as_str(), found.transport),
        ("office.example", Some(TransportName::Tcp))
    );
    assert_eq!(ways(&found, TransportName::Tcp), ["203.0.113.6:5006"]);
    assert_eq!(ways(&found, TransportName::Udp), [""; 0]);
}

#[tokio::test]
async fn a_question_that_fails_is_not_called_a_spelling() {
    let service = "_sip._udp.office.example";
    for failure in [Failure::NoAnswer, Failure::NoServers, Failure::Refused] {
        let dns = FixedDns::default()
            .with_failure(service, failure)
            .with_failure("_sip._tcp.office.example", failure)
            .with_failure("_sips._tcp.office.example", failure)
            .with_failure("office.example", failure);

        let bare = typed(&dns, "office.example").await;
        let with_port = typed(&dns, "office.example:5006").await;
        let of_realm = find_by(&dns, None, "office.example", &mut First).await;

        for outcome in [bare, with_port] {
            assert_eq!(outcome, Err(Error::Dns(failure)));
        }
        assert_eq!(of_realm.no_address(), Error::Dns(failure));
        assert_eq!(of_realm.trouble, Some(Trouble::Dns(failure)));
    }
}

#[tokio::test]
async fn a_failed_address_question_is_not_no_such_name() {
    let dns = FixedDns::default().with_failure("office.example", Failure::NoAnswer);

    let udp = locate(&dns, "office.example", None, TransportName::Udp).await;

    assert_eq!(udp, Err(Failure::NoAnswer));
}

#[tokio::test]
async fn a_phone_is_given_a_host_that_leads_to_the_port() {
    let elsewhere = FixedDns::default()
        .with_srv("_sip._udp.r.example", 5006, "sbc.example")
        .with_address("sbc.example", address("203.0.113.5"));
    let other = elsewhere
        .clone()
        .with_address(REALM, address("203.0.113.9"));
    let same = elsewhere
        .clone()
        .with_address(REALM, address("203.0.113.5"));
    let udp = TransportName::Udp;
    for (dns, expected) in [
        (&elsewhere, "sbc.example"),
        (&other, "sbc.example"),
        (&same, REALM),
    ] {
        let found = find_by(dns, None, REALM, &mut First).await;
        let typed = typed(dns, REALM).await.unwrap();

        for found in [found, typed] {
            assert_eq!(
                (found.phone_host(udp), found.port(udp)),
                (expected, Some(5006))
            );
        }
    }
    let literal = typed(&elsewhere, "[::1]:5006").await.unwrap();
    assert_eq!(literal.phone_host(udp), "[::1]");
}

#[tokio::test]
async fn a_phone_is_given_the_target_that_was_proved() {
    let dns = FixedDns::default()
        .with_record("_sip._udp.r.example", srv(10, 5006, "one.example"))
        .with_record("_sip._udp.r.example", srv(20, 5007, "two.example"))
        .with_address("one.example", address("203.0.113.1"))
        .with_address("two.example", address("203.0.113.2"));
    let mut found = find_by(&dns, None, REALM, &mut First).await;
    let udp = TransportName::Udp;

    found.prefer(udp, 1);

    assert_eq!(
        (found.phone_host(udp), found.port(udp)),
        ("two.example", Some(5007))
    );
}

/// A resolver that must not be used.
struct Untouched;

impl Resolve for Untouched {
    fn srv<'a>(&'a self, name: &'a str) -> Answer<'a, Vec<Srv>> {
        panic!("{name} was asked for, and 'no such name' is remembered from now on")
    }

    fn addresses<'a>(&'a self, host: &'a str) -> Answer<'a, Vec<IpAddr>> {
        panic!("{host} was asked for")
    }
}

/// Always picks the first candidate.
struct First;

impl Chance for First {
    fn up_to(&mut self, most: u32) -> u32 {
        most.min(1)
    }
}

fn settings(records: &[(&str, &str, &str)]) -> SipAuthentication {
    let records = records.iter().map(|(kind, name, data)| DnsRecord {
        kind: (*kind).to_owned(),
        name: (*name).to_owned(),
        data: (*data).to_owned(),
        ttl: 300,
    });
    SipAuthentication {
        realms: vec![RealmDns {
            realm: REALM.to_owned(),
            records: records.collect(),
        }],
        zone_ports: Vec::new(),
    }
}

/// A service at `sbc.example`, whose address is listed too.
fn account() -> SipAuthentication {
    settings(&[
        ("SRV", "_sip._udp.r.example", "5 50 5006 sbc.example."),
        ("A", "sbc.example", "203.0.113.5"),
    ])
}

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn ways(found: &Found, transport: TransportName) -> Vec<String> {
    let targets = found.targets(transport).iter();
    targets.map(|target| target.address.to_string()).collect()
}

fn srv(priority: u16, port: u16, host: &str) -> Srv {
    Srv {
        priority,
        weight: 0,
        port,
        host: host.to_owned(),
    }
}

use std::time::Duration;

use super::Filtered::{Fails, Unknown};
use super::*;

#[test]
fn each_difference_of_a_service_is_told_apart() {
    use Comparison::*;
    const ALONE: Beside = Beside {
        realm: false,
        any: false,
    };
    const HOST_RESOLVES: Beside = Beside {
        realm: false,
        any: true,
    };
    const REALM_RESOLVES: Beside = Beside {
        realm: true,
        any: true,
    };
    let one = "5 50 5006 sbc.example";
    let two = "5 50 5006 sbc.example, 10 50 5006 b.example";
    let ok = |text: &str| Ok(srv(text));
    let not_yet = || NotYet { remembered: None };
    let ports = OtherPorts {
        account: vec![5006],
        here: vec![5060],
    };
    let soon = NotYet {
        remembered: Some(Duration::from_secs(90)),
    };
    for (account, here, beside, outcome) in [
        (one, ok(one), ALONE, Same),
        (one, ok("5 50 5006 SBC.example."), ALONE, Same),
        (one, ok("1 1 5006 sbc.example"), ALONE, OtherOrder),
        ("", ok(one), ALONE, OnlyHere),
        (one, ok("5 50 5060 sbc.example"), ALONE, ports),
        (one, ok("5 50 5006 in.corp.example"), ALONE, OtherHosts),
        (two, ok(one), ALONE, FewerHosts),
        (one, Err(NEW), ALONE, not_yet()),
        (one, ok(""), ALONE, not_yet()),
        (one, Err(NEW), HOST_RESOLVES, not_yet()),
        (one, Err(remembered(90)), HOST_RESOLVES, soon),
        (one, Err(remembered(0)), ALONE, not_yet()),
        (one, Err(NEW), REALM_RESOLVES, Filtered(Unknown)),
        (one, Err(remembered(90)), REALM_RESOLVES, Filtered(Unknown)),
        (one, Err(Failure::Refused), HOST_RESOLVES, Filtered(Fails)),
        (
            one,
            Err(Failure::NoAnswer),
            HOST_RESOLVES,
            Filtered(super::Filtered::NoAnswer),
        ),
        (
            one,
            Err(Failure::Refused),
            ALONE,
            NotAsked(Failure::Refused),
        ),
        (
            one,
            Err(Failure::NoAnswer),
            ALONE,
            NotAsked(Failure::NoAnswer),
        ),
    ] {
        let told = services(&srv(account), &here, beside);

        assert_eq!(told, outcome, "{account} and {here:?}");
    }
}

#[test]
fn each_difference_of_an_address_is_told_apart() {
    use AddressKind::{A, Aaaa};
    use Comparison::*;
    let (v4, v6) = ("203.0.113.5", "2001:db8::5");
    let (v4_two, v6_two) = ("203.0.113.5 203.0.113.6", "203.0.113.5 2001:db8::5");
    let ok = |text: &str| Ok(ips(text));
    let nowhere = |text: &str| LeadsNowhere(text.parse().unwrap());
    let private = |text: &str| Private(text.parse().unwrap());
    let later = NotYet {
        remembered: Some(Duration::from_mins(5)),
    };
    for (kind, account, here, outcome) in [
        (A, v4, ok(v4), Same),
        (A, v4, ok(v6_two), Same),
        (Aaaa, v6, ok(v6_two), Same),
        (A, "", ok(v4), OnlyHere),
        (A, v4_two, ok(v4), FewerAddresses),
        (A, v4, ok("203.0.113.9"), OtherAddresses),
        (A, v4, ok("203.0.113.5 203.0.113.9"), OtherAddresses),
        (Aaaa, v6, ok("2001:db8::9"), OtherAddresses),
        (A, v4, ok("0.0.0.0"), nowhere("0.0.0.0")),
        (A, v4, ok("127.0.0.1"), nowhere("127.0.0.1")),
        (Aaaa, v6, ok("::"), nowhere("::")),
        (Aaaa, v6, ok("::1"), nowhere("::1")),
        (A, v4, ok("10.1.2.3"), private("10.1.2.3")),
        (A, v4, ok("100.64.0.1"), private("100.64.0.1")),
        (A, v4, ok("169.254.1.1"), private("169.254.1.1")),
        (Aaaa, v6, ok("fd00::5"), private("fd00::5")),
        (Aaaa, v6, ok("fe80::5"), private("fe80::5")),
        // Practice and a company's own registrar really are at such addresses.
        (A, "127.0.0.1", ok("127.0.0.1"), Same),
        (A, "10.0.0.1", ok("10.0.0.2"), OtherAddresses),
        (A, v4, ok(v6), OnlyIpv6),
        (Aaaa, v6, ok(v4), NoIpv6),
        (A, v4, Err(NEW), NotYet { remembered: None }),
        (A, v4, ok(""), NotYet { remembered: None }),
        (A, v4, Err(remembered(300)), later),
        (A, v4, Err(Failure::Refused), NotAsked(Failure::Refused)),
        (A, v4, Err(Failure::NoAnswer), NotAsked(Failure::NoAnswer)),
    ] {
        let told = addresses(kind, &ips(account), &here);

        assert_eq!(told, outcome, "{account} and {here:?}");
    }
}

fn srv(text: &str) -> Vec<Srv> {
    let records = text.split(", ").filter(|record| !record.is_empty());
    let records = records.map(|record| {
        let parts: Vec<&str> = record.split(' ').collect();
        Srv {
            priority: parts[0].parse().unwrap(),
            weight: parts[1].parse().unwrap(),
            port: parts[2].parse().unwrap(),
            host: parts[3].to_owned(),
        }
    });
    records.collect()
}

fn ips(text: &str) -> Vec<IpAddr> {
    let addresses = text.split(' ').filter(|address| !address.is_empty());
    addresses.map(|address| address.parse().unwrap()).collect()
}

const NEW: Failure = Failure::NotFound { remembered: None };

fn remembered(seconds: u64) -> Failure {
    Failure::NotFound {
        remembered: Some(Duration::from_secs(seconds)),
    }
}

use std::time::Duration;

use super::*;

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

/// One sentence that says what is and, where something is wrong, what to do.
fn is_whole((tone, sentence): &Words) {
    assert!(
        sentence.ends_with('.') && !sentence.contains(". "),
        "{sentence}"
    );
    let says_what_to_do = ["check", "use", "ask", "try", "allow", "type"];
    assert!(
        matches!(tone, Tone::Good | Tone::Plain)
            || says_what_to_do.iter().any(|word| sentence.contains(word)),
        "{sentence}"
    );
}

#[test]
#[allow(
    clippy::too_many_lines,
    reason = "one table, a row for each difference"
)]
fn each_difference_of_a_service_has_its_sentence() {
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
    let ok = |text: &str| Ok(srv(text));
    for (account, here, beside, tone, part) in [
        (one, ok(one), ALONE, Tone::Good, "says the same"),
        (
            one,
            ok("5 50 5006 SBC.example."),
            ALONE,
            Tone::Good,
            "says the same",
        ),
        (
            one,
            ok("1 1 5006 sbc.example"),
            ALONE,
            Tone::Plain,
            "another order",
        ),
        ("", ok(one), ALONE, Tone::Plain, "Only this computer's DNS"),
        (
            one,
            ok("5 50 5060 sbc.example"),
            ALONE,
            Tone::Wait,
            "settings name port 5006, this computer's DNS names port 5060",
        ),
        (
            one,
            ok("5 50 5006 in.corp.example"),
            ALONE,
            Tone::Wait,
            "split DNS",
        ),
        (
            "5 50 5006 sbc.example, 10 50 5006 b.example",
            ok(one),
            ALONE,
            Tone::Plain,
            "some of the account's hosts",
        ),
        (
            one,
            Err(NEW),
            ALONE,
            Tone::Wait,
            "does not know it yet: a new record",
        ),
        (
            one,
            ok(""),
            ALONE,
            Tone::Wait,
            "does not know it yet: a new record",
        ),
        (
            one,
            Err(NEW),
            HOST_RESOLVES,
            Tone::Wait,
            "does not know it yet: a new record",
        ),
        (
            one,
            Err(remembered(90)),
            HOST_RESOLVES,
            Tone::Wait,
            "'no such name' for 90 seconds",
        ),
        (
            one,
            Err(remembered(0)),
            ALONE,
            Tone::Wait,
            "does not know it yet: a new record",
        ),
        (
            one,
            Err(NEW),
            REALM_RESOLVES,
            Tone::Bad,
            "filtering resolver",
        ),
        (
            one,
            Err(remembered(90)),
            REALM_RESOLVES,
            Tone::Bad,
            "filtering resolver",
        ),
        (
            one,
            Err(Failure::Refused),
            HOST_RESOLVES,
            Tone::Bad,
            "fails for its service record",
        ),
        (
            one,
            Err(Failure::NoAnswer),
            HOST_RESOLVES,
            Tone::Bad,
            "does not answer for its service record",
        ),
        (one, Err(Failure::Refused), ALONE, Tone::Bad, "fails for it"),
        (
            one,
            Err(Failure::NoAnswer),
            ALONE,
            Tone::Bad,
            "No name server answered",
        ),
    ] {
        let words = services(&srv(account), &here, beside);

        assert_eq!(words.0, tone, "{account} and {here:?}: {words:?}");
        assert!(words.1.contains(part), "{part:?}: {words:?}");
        is_whole(&words);
    }
}

#[test]
#[allow(
    clippy::too_many_lines,
    reason = "one table, a row for each difference"
)]
fn each_difference_of_an_address_has_its_sentence() {
    let (v4, v6) = ("203.0.113.5", "2001:db8::5");
    let ok = |text: &str| Ok(ips(text));
    for (kind, account, here, tone, part) in [
        (Kind::A, v4, ok(v4), Tone::Good, "says the same"),
        (
            Kind::A,
            v4,
            ok("203.0.113.5 2001:db8::5"),
            Tone::Good,
            "says the same",
        ),
        (
            Kind::Aaaa,
            v6,
            ok("203.0.113.5 2001:db8::5"),
            Tone::Good,
            "says the same",
        ),
        (Kind::A, "", ok(v4), Tone::Plain, "Only this computer's DNS"),
        (
            Kind::A,
            "203.0.113.5 203.0.113.6",
            ok(v4),
            Tone::Plain,
            "some of the account's",
        ),
        (
            Kind::A,
            v4,
            ok("203.0.113.9"),
            Tone::Wait,
            "other addresses",
        ),
        (
            Kind::A,
            v4,
            ok("203.0.113.5 203.0.113.9"),
            Tone::Wait,
            "other addresses",
        ),
        (
            Kind::Aaaa,
            v6,
            ok("2001:db8::9"),
            Tone::Wait,
            "split DNS, or an old answer",
        ),
        (
            Kind::A,
            v4,
            ok("0.0.0.0"),
            Tone::Bad,
            "with 0.0.0.0, which leads nowhere",
        ),
        (
            Kind::A,
            v4,
            ok("127.0.0.1"),
            Tone::Bad,
            "with 127.0.0.1, which leads nowhere",
        ),
        (
            Kind::Aaaa,
            v6,
            ok("::"),
            Tone::Bad,
            "with ::, which leads nowhere",
        ),
        (
            Kind::Aaaa,
            v6,
            ok("::1"),
            Tone::Bad,
            "with ::1, which leads nowhere",
        ),
        (
            Kind::A,
            v4,
            ok("10.1.2.3"),
            Tone::Wait,
            "with 10.1.2.3, an address of a private",
        ),
        (Kind::A, v4, ok("100.64.0.1"), Tone::Wait, "private network"),
        (
            Kind::A,
            v4,
            ok("169.254.1.1"),
            Tone::Wait,
            "private network",
        ),
        (Kind::Aaaa, v6, ok("fd00::5"), Tone::Wait, "private network"),
        (Kind::Aaaa, v6, ok("fe80::5"), Tone::Wait, "private network"),
        // Practice, and a registrar of a company's own, do live there.
        (
            Kind::A,
            "127.0.0.1",
            ok("127.0.0.1"),
            Tone::Good,
            "says the same",
        ),
        (
            Kind::A,
            "10.0.0.1",
            ok("10.0.0.2"),
            Tone::Wait,
            "other addresses",
        ),
        (Kind::A, v4, ok(v6), Tone::Wait, "an IPv6 address only"),
        (
            Kind::Aaaa,
            v6,
            ok(v4),
            Tone::Plain,
            "the IPv4 address is enough",
        ),
        (
            Kind::A,
            v4,
            Err(NEW),
            Tone::Wait,
            "does not know it yet: a new record",
        ),
        (
            Kind::A,
            v4,
            ok(""),
            Tone::Wait,
            "does not know it yet: a new record",
        ),
        (
            Kind::A,
            v4,
            Err(remembered(300)),
            Tone::Wait,
            "'no such name' for 300 seconds",
        ),
        (
            Kind::A,
            v4,
            Err(Failure::Refused),
            Tone::Bad,
            "fails for it",
        ),
        (
            Kind::A,
            v4,
            Err(Failure::NoAnswer),
            Tone::Bad,
            "No name server answered",
        ),
    ] {
        let words = addresses(kind, &ips(account), &here);

        assert_eq!(words.0, tone, "{account} and {here:?}: {words:?}");
        assert!(words.1.contains(part), "{part:?}: {words:?}");
        is_whole(&words);
    }
}

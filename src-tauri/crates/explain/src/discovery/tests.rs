use std::time::Duration;

use super::*;
use crate::table::{Table, notice, toned};
use registrar_bandwidth::discovery::Ways;
use registrar_names::every;
use registrar_user_agent::resolve::Failure;

#[test]
fn the_table_has_every_word_about_a_registrar() {
    let in_the_way = troubles().into_iter().flat_map(|trouble| {
        [Origin::Dns, Origin::Settings].map(|origin| (origin, trouble.clone()))
    });
    Table::new("Sentences about where a registrar is")
        .with("Where an address comes from", origins(), |at| {
            origin(*at).to_owned()
        })
        .with("A record beside the account's", comparisons(), |outcome| {
            toned(tone(outcome), &comparison(outcome), None)
        })
        .with("What stands in the way", in_the_way, |(origin, of)| {
            notice(&trouble(&found(*origin, of)).unwrap())
        })
        .with("A typed address", typed_problems(), |problem| {
            typed(*problem).to_owned()
        })
        .with("No address", [UNKNOWN], |unknown| (*unknown).to_owned())
        .assert_is(include_str!("sentences.md"));
}

#[test]
fn each_comparison_that_is_wrong_says_what_to_do() {
    let todo = ["check", "use", "ask", "try", "allow", "enter", "set one up"];
    for outcome in comparisons() {
        let sentence = comparison(&outcome);
        let is_wrong = matches!(tone(&outcome), Tone::Bad | Tone::Wait);

        assert!(sentence.ends_with('.'), "{sentence}");
        let lower = sentence.to_lowercase();
        let says_what_to_do = todo.iter().any(|word| lower.contains(word));
        assert!(!is_wrong || says_what_to_do, "{sentence}");
        assert_eq!(outcome.is_in_the_way(), is_wrong, "{outcome:?}");
    }
}

#[test]
fn a_flood_of_values_is_cut_and_made_safe() {
    let flood = Compared {
        name: "a\nb.example".to_owned(),
        records: Records::Services {
            account: Vec::new(),
            here: (0..100).map(srv).collect(),
        },
        outcome: Comparison::OnlyHere,
    };

    let view = view(&flood);

    assert_eq!(
        (view.name.as_str(), view.kind.as_str()),
        ("a b.example", "SRV")
    );
    assert_eq!(view.here.len(), MOST_VALUES);
    let first = "port 0 at sbc.example (priority 10, weight 0)";
    assert_eq!(view.here[0], first);
}

fn srv(port: u16) -> Srv {
    Srv {
        priority: 10,
        weight: 0,
        port,
        host: "sbc.example".to_owned(),
    }
}

fn origins() -> Vec<Origin> {
    every!(Origin {
        Origin::Dns => [Origin::Dns],
        Origin::NotAsked => [Origin::NotAsked],
        Origin::Nowhere => [Origin::Nowhere],
        Origin::Settings => [Origin::Settings],
        Origin::SettingsAndDns => [Origin::SettingsAndDns],
        Origin::Typed => [Origin::Typed],
    })
}

fn typed_problems() -> Vec<TypedProblem> {
    use TypedProblem::*;
    every!(TypedProblem {
        Malformed => [Malformed],
        OtherTransport => [OtherTransport],
        Port => [Port],
        UnknownHost => [UnknownHost],
    })
}

fn troubles() -> Vec<Trouble> {
    every!(Trouble {
        Trouble::Dns(_) => [Trouble::Dns(Failure::NoAnswer)],
        Trouble::NotListed => [Trouble::NotListed],
        Trouble::NotNamed => [Trouble::NotNamed],
        Trouble::Record(_) => [Trouble::Record(Comparison::OtherHosts)],
    })
}

fn comparisons() -> Vec<Comparison> {
    use Comparison::*;
    let (private, nowhere) = ([10, 1, 2, 3].into(), [0, 0, 0, 0].into());
    let times = [None, Some(Duration::from_secs(90))];
    let failures = [Failure::NoAnswer, Failure::NoServers, Failure::Refused];
    every!(Comparison {
        FewerAddresses => [FewerAddresses],
        FewerHosts => [FewerHosts],
        Filtered(_) => filters().into_iter().map(Filtered),
        LeadsNowhere(_) => [LeadsNowhere(nowhere)],
        NoIpv6 => [NoIpv6],
        NotAsked(_) => failures.map(NotAsked),
        NotCompared => [NotCompared],
        NotYet { .. } => times.map(|remembered| NotYet { remembered }),
        OnlyHere => [OnlyHere],
        OnlyIpv6 => [OnlyIpv6],
        OtherAddresses => [OtherAddresses],
        OtherHosts => [OtherHosts],
        OtherOrder => [OtherOrder],
        OtherPorts { .. } => [OtherPorts { account: vec![5006], here: vec![5060, 5061] }],
        Private(_) => [Private(private)],
        Same => [Same],
    })
}

fn filters() -> Vec<Filtered> {
    every!(Filtered {
        Filtered::Fails => [Filtered::Fails],
        Filtered::NoAnswer => [Filtered::NoAnswer],
        Filtered::Unknown => [Filtered::Unknown],
    })
}

fn found(origin: Origin, trouble: &Trouble) -> Found {
    Found {
        host: "r.example".to_owned(),
        own: Vec::new(),
        ways: Ways::default(),
        transport: None,
        failure: None,
        origin,
        trouble: Some(trouble.clone()),
        dns: Vec::new(),
    }
}

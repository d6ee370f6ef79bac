//! The account's own DNS records beside what this computer's DNS says: the same, or what differs,
//! why that may be, and what to do.

use std::collections::BTreeSet;
use std::net::IpAddr;

use serde::Serialize;

use super::seen::Seen;
use crate::activity::Tone;
use crate::dashboard::SipAuthentication;
use crate::explain::dns;
use crate::redact::foreign_line;
use crate::sip::TransportName;
use crate::sip::resolve::{Failure, Srv, service};

/// Longest record that is shown, in characters.
const LONGEST: usize = 160;
/// Most values of one record that are shown.
const MOST_VALUES: usize = 8;
const SAME: &str = "This computer's DNS says the same as the account's settings.";
const ONLY_HERE: &str =
    "Only this computer's DNS names it: the account's settings do not list it, which does no harm.";

const NOT_COMPARED: &str =
    "This computer's DNS names it. The account's settings were not read, so nothing was compared.";

/// What a comparison comes to.
type Words = (Tone, String);

/// A DNS record as the account's settings give it, compared with this computer's DNS.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export, export_to = "types.d.ts")
)]
#[serde(rename_all = "camelCase")]
pub struct DnsView {
    /// The record's name.
    pub name: String,
    /// Its type, such as `SRV`.
    pub kind: String,
    /// What the account's settings say; empty where they do not list it.
    pub account: Vec<String>,
    /// What this computer's DNS says; empty where it says nothing.
    pub here: Vec<String>,
    /// Its color.
    pub tone: Tone,
    /// What that means and what to do, in one sentence.
    pub sentence: String,
}

/// Compares all records of a realm. `settings` are `None` where the account may not read them.
pub(super) fn rows(settings: Option<&SipAuthentication>, realm: &str, seen: &Seen) -> Vec<DnsView> {
    let mut rows = Vec::new();
    for transport in [TransportName::Udp, TransportName::Tcp, TransportName::Tls] {
        let name = service(transport, realm);
        let account = of_account(settings, realm, &name);
        let here = seen.service(transport);
        let known = here.as_deref().unwrap_or_default();
        if account.is_empty() && known.is_empty() {
            continue;
        }
        let any = seen.hosts.iter().any(|(host, _)| seen.resolves(host));
        let beside = Beside {
            realm: seen.resolves(realm),
            any,
        };
        let words = services(&account, here, beside);
        rows.push(view(&name, "SRV", &account, known, text_of_service, words));
    }
    for (host, here) in &seen.hosts {
        let account = settings.map(|settings| settings.addresses(realm, host));
        let account = account.unwrap_or_default();
        for kind in [Kind::A, Kind::Aaaa] {
            let listed = kind.of(&account);
            let known = kind.of(here.as_deref().unwrap_or_default());
            // A host of a service that has no address at all is worth a row.
            let lost = here.is_err() && account.is_empty() && kind == Kind::A;
            if listed.is_empty() && known.is_empty() && !lost {
                continue;
            }
            let words = addresses(kind, &listed, here);
            let text = IpAddr::to_string;
            rows.push(view(host, kind.word(), &listed, &known, text, words));
        }
    }
    if settings.is_none() {
        for row in rows.iter_mut().filter(|row| row.sentence == ONLY_HERE) {
            NOT_COMPARED.clone_into(&mut row.sentence);
        }
    }
    rows
}

/// Returns the account's own records of a service.
pub(super) fn of_account(
    settings: Option<&SipAuthentication>,
    realm: &str,
    name: &str,
) -> Vec<Srv> {
    let records = settings.map(|settings| settings.services(realm, name));
    let records = records.unwrap_or_default().into_iter().map(|record| Srv {
        priority: record.priority,
        weight: record.weight,
        port: record.port,
        host: record.target,
    });
    records.collect()
}

/// Returns an address that leads away from where the account's settings say: none at all, this
/// computer itself or a private network, where the account lists no such address.
pub(super) fn misleading(address: IpAddr, account: &[IpAddr]) -> bool {
    let odd = |address: &IpAddr| leads_nowhere(*address) || is_private(*address);
    !account.is_empty() && odd(&address) && !account.iter().any(odd)
}

fn view<T>(
    name: &str,
    kind: &str,
    account: &[T],
    here: &[T],
    text: impl Fn(&T) -> String,
    (tone, sentence): Words,
) -> DnsView {
    let shown = |values: &[T]| {
        let values = values.iter().take(MOST_VALUES);
        values
            .map(|value| foreign_line(&text(value), LONGEST))
            .collect()
    };
    DnsView {
        name: foreign_line(name, LONGEST),
        kind: kind.to_owned(),
        account: shown(account),
        here: shown(here),
        tone,
        sentence,
    }
}

fn text_of_service(record: &Srv) -> String {
    format!(
        "port {} at {} (priority {}, weight {})",
        record.port, record.host, record.priority, record.weight
    )
}

/// Whose addresses this computer's DNS does know.
#[derive(Clone, Copy, Debug)]
struct Beside {
    /// The realm's own, which is made together with its services.
    realm: bool,
    /// Any host's.
    any: bool,
}

fn services(account: &[Srv], here: &Result<Vec<Srv>, Failure>, beside: Beside) -> Words {
    let here = match here {
        Ok(records) if !records.is_empty() => records,
        Ok(_) => return not_found(None, beside.realm),
        Err(Failure::NotFound { remembered }) => {
            let seconds = remembered.map(|time| time.as_secs());
            return not_found(seconds, beside.realm);
        }
        Err(Failure::NoAnswer) if beside.any => return hidden("does not answer for"),
        Err(Failure::Refused) if beside.any => return hidden("fails for"),
        Err(failure) => return not_asked(*failure),
    };
    if account.is_empty() {
        return (Tone::Plain, ONLY_HERE.to_owned());
    }
    let hosts = |records: &[Srv]| set(records, |record| plain(&record.host));
    let ports = |records: &[Srv]| set(records, |record| record.port);
    let places = |records: &[Srv]| set(records, |record| (plain(&record.host), record.port));
    let whole = |records: &[Srv]| {
        set(records, |record| {
            (
                record.priority,
                record.weight,
                record.port,
                plain(&record.host),
            )
        })
    };
    if whole(account) == whole(here) {
        (Tone::Good, SAME.to_owned())
    } else if places(account) == places(here) {
        let words = "This computer's DNS names the same hosts and ports as the account's settings, \
                     in another order of preference, which does no harm.";
        (Tone::Plain, words.to_owned())
    } else if ports(account) != ports(here) {
        let sentence = format!(
            "The account's settings name port {}, this computer's DNS names port {}: use the port \
             of the settings if the check fails, and ask whoever runs this network's DNS.",
            listed(&ports(account)),
            listed(&ports(here))
        );
        (Tone::Wait, sentence)
    } else if hosts(account).is_superset(&hosts(here)) {
        let words = "This computer's DNS names some of the account's hosts, which is enough.";
        (Tone::Plain, words.to_owned())
    } else {
        elsewhere("other hosts")
    }
}

/// The two kinds of address records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    A,
    Aaaa,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::Aaaa => "AAAA",
        }
    }

    fn of(self, addresses: &[IpAddr]) -> Vec<IpAddr> {
        let addresses = addresses.iter().copied();
        addresses
            .filter(|address| address.is_ipv4() == (self == Self::A))
            .collect()
    }
}

fn addresses(kind: Kind, account: &[IpAddr], here: &Result<Vec<IpAddr>, Failure>) -> Words {
    let all = match here {
        Ok(addresses) if !addresses.is_empty() => addresses,
        Ok(_) => return not_found(None, false),
        Err(Failure::NotFound { remembered }) => {
            return not_found(remembered.map(|time| time.as_secs()), false);
        }
        Err(failure) => return not_asked(*failure),
    };
    let here = kind.of(all);
    if here.is_empty() {
        return match kind {
            Kind::A => (
                Tone::Wait,
                "This computer's DNS gives an IPv6 address only, which a phone without IPv6 cannot \
                 use: check again in some minutes, or ask whoever runs this network's DNS."
                    .to_owned(),
            ),
            Kind::Aaaa => (
                Tone::Plain,
                "This computer's DNS gives no IPv6 address; the IPv4 address is enough.".to_owned(),
            ),
        };
    }
    if account.is_empty() {
        return (Tone::Plain, ONLY_HERE.to_owned());
    }
    let (listed, known) = (
        set(account, |address| *address),
        set(&here, |address| *address),
    );
    let odd = here.iter().find(|address| misleading(**address, account));
    match odd {
        _ if listed == known => (Tone::Good, SAME.to_owned()),
        Some(odd) if leads_nowhere(*odd) => (
            Tone::Bad,
            format!(
                "This computer's DNS answers with {odd}, which leads nowhere (a filtering \
                 resolver): allow the name in the filter, or use another DNS."
            ),
        ),
        Some(odd) => (
            Tone::Wait,
            format!(
                "This computer's DNS answers with {odd}, an address of a private network (split \
                 DNS or a filtering resolver): compare from another network, and ask whoever runs \
                 this network's DNS."
            ),
        ),
        None if listed.is_superset(&known) => (
            Tone::Plain,
            "This computer's DNS gives some of the account's addresses, which is enough."
                .to_owned(),
        ),
        None => elsewhere("other addresses"),
    }
}

/// `realm_resolves`: what is made together with the record is there.
fn not_found(remembered: Option<u64>, realm_resolves: bool) -> Words {
    match remembered {
        _ if realm_resolves => hidden("knows nothing of"),
        Some(seconds) if seconds > 0 => (
            Tone::Wait,
            format!(
                "This computer's DNS does not know it yet, and may remember 'no such name' for \
                 {seconds} seconds because it was asked too early: check again after that time."
            ),
        ),
        Some(_) | None => (
            Tone::Wait,
            "This computer's DNS does not know it yet: a new record can take some minutes to be \
             published, so check again then."
                .to_owned(),
        ),
    }
}

fn hidden(how: &str) -> Words {
    let sentence = format!(
        "This computer's DNS knows the host's address and {how} its service record (a filtering \
         resolver): type host and port into the phone, or use another DNS."
    );
    (Tone::Bad, sentence)
}

fn elsewhere(what: &str) -> Words {
    let sentence = format!(
        "This computer's DNS names {what} than the account's settings (split DNS, or an old \
         answer): compare from another network, and ask whoever runs this network's DNS."
    );
    (Tone::Wait, sentence)
}

fn not_asked(failure: Failure) -> Words {
    (Tone::Bad, dns::sentence(failure).to_owned())
}

fn leads_nowhere(address: IpAddr) -> bool {
    address.is_unspecified() || address.is_loopback()
}

/// RFC 1918, RFC 3927, RFC 6598 section 7, RFC 4193 and RFC 4291 section 2.5.6.
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let [first, second, ..] = address.octets();
            let shared = first == 100 && (64..128).contains(&second);
            address.is_private() || address.is_link_local() || shared
        }
        IpAddr::V6(address) => address.is_unique_local() || address.is_unicast_link_local(),
    }
}

fn plain(host: &str) -> String {
    host.trim_end_matches('.').to_ascii_lowercase()
}

fn set<T, U: Ord>(all: &[T], part: impl Fn(&T) -> U) -> BTreeSet<U> {
    all.iter().map(part).collect()
}

fn listed(ports: &BTreeSet<u16>) -> String {
    let ports: Vec<String> = ports.iter().map(u16::to_string).collect();
    ports.join(", ")
}

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;

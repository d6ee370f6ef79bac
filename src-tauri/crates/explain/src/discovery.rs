//! Describes where a registrar was found, problems with that, and its DNS records.

use std::net::IpAddr;

use serde::Serialize;

use super::{Notice, dns, number};
use registrar_activity::Tone;
use registrar_bandwidth::discovery::{
    Compared, Comparison, Filtered, Found, Origin, Records, Trouble, TypedProblem,
};
use registrar_secret::redact::sanitized_line;
use registrar_user_agent::resolve::Srv;

/// Maximum length of a shown record, in characters.
const LONGEST: usize = 160;
/// Maximum number of shown values of a record.
const MOST_VALUES: usize = 8;

/// The problem of the address field if no address is known.
pub const UNKNOWN: &str = "We don’t know the registrar’s address. Enter its host and port. \
                           Bandwidth support can tell you the port.";

/// A DNS record of the account's settings, compared with this computer's DNS.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "camelCase")]
pub struct DnsView {
    /// The record's name.
    pub name: String,
    /// Its type, such as `SRV`.
    pub kind: String,
    /// Its values in the account's settings; empty if not listed.
    pub account: Vec<String>,
    /// Its values in this computer's DNS; empty if there are none.
    pub here: Vec<String>,
    /// Its color.
    pub tone: Tone,
    /// What it means and what to do, in one sentence.
    pub sentence: String,
}

/// Converts compared records for the window.
#[must_use]
pub fn views(compared: &[Compared]) -> Vec<DnsView> {
    compared.iter().map(view).collect()
}

fn view(compared: &Compared) -> DnsView {
    let (kind, account, here) = match &compared.records {
        Records::Addresses {
            kind,
            account,
            here,
        } => (
            kind.as_str(),
            shown(account, IpAddr::to_string),
            shown(here, IpAddr::to_string),
        ),
        Records::Services { account, here } => {
            ("SRV", shown(account, service), shown(here, service))
        }
    };
    DnsView {
        name: sanitized_line(&compared.name, LONGEST),
        kind: kind.to_owned(),
        account,
        here,
        tone: tone(&compared.outcome),
        sentence: comparison(&compared.outcome),
    }
}

fn shown<T>(values: &[T], text: impl Fn(&T) -> String) -> Vec<String> {
    let values = values.iter().take(MOST_VALUES);
    values
        .map(|value| sanitized_line(&text(value), LONGEST))
        .collect()
}

fn service(record: &Srv) -> String {
    format!(
        "port {} at {} (priority {}, weight {})",
        record.port, record.host, record.priority, record.weight
    )
}

/// Names an address's source.
#[must_use]
pub fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Dns => "Found in this computer’s DNS.",
        Origin::NotAsked => "Not found yet.",
        Origin::Nowhere => "Not found.",
        Origin::Settings => "Found in the account’s settings.",
        Origin::SettingsAndDns => "Found in the account’s settings and in this computer’s DNS.",
        Origin::Typed => "Entered by hand.",
    }
}

/// Returns what prevents finding a registrar, if anything does.
#[must_use]
pub fn trouble(found: &Found) -> Option<Notice> {
    let sentence = match found.trouble.as_ref()? {
        Trouble::Dns(failure) => dns::sentence(*failure).to_owned(),
        Trouble::NotListed => "The account’s settings don’t list the realm yet. A new realm can \
                               take a few minutes. Check again then, or enter the address under \
                               “Check options”."
            .to_owned(),
        Trouble::NotNamed => "This computer’s DNS doesn’t list the registrar’s port, and the \
                              account’s settings weren’t read. Ask Bandwidth support for the port \
                              and enter it under “Check options”."
            .to_owned(),
        Trouble::Record(outcome) if found.origin == Origin::Settings => format!(
            "{} The check uses the address from the account’s settings.",
            comparison(outcome)
        ),
        Trouble::Record(outcome) => comparison(outcome),
    };
    Some(Notice {
        tone: Tone::Wait,
        sentence,
        next: None,
    })
}

/// Says what is wrong with a typed address, in one or two short sentences.
#[must_use]
pub fn typed(problem: TypedProblem) -> &'static str {
    match problem {
        TypedProblem::Malformed => {
            "Enter a host, a host and port, or a SIP address, such as sbc.example, \
             sbc.example:5006, or sip:sbc.example:5006."
        }
        TypedProblem::OtherTransport => {
            "This address names a transport that the check doesn’t use. Use UDP, TCP, or TLS."
        }
        TypedProblem::Port => "Enter a port from 1 to 65535.",
        TypedProblem::UnknownHost => {
            "This computer’s DNS doesn’t know that host. Check the spelling."
        }
    }
}

fn tone(outcome: &Comparison) -> Tone {
    match outcome {
        Comparison::Same => Tone::Good,
        Comparison::FewerAddresses
        | Comparison::FewerHosts
        | Comparison::NoIpv6
        | Comparison::NotCompared
        | Comparison::OnlyHere
        | Comparison::OtherOrder => Tone::Plain,
        Comparison::NotYet { .. }
        | Comparison::OnlyIpv6
        | Comparison::OtherAddresses
        | Comparison::OtherHosts
        | Comparison::OtherPorts { .. }
        | Comparison::Private(_) => Tone::Wait,
        Comparison::Filtered(_) | Comparison::LeadsNowhere(_) | Comparison::NotAsked(_) => {
            Tone::Bad
        }
    }
}

/// Explains a comparison and what to do.
fn comparison(outcome: &Comparison) -> String {
    let fixed = match outcome {
        Comparison::FewerAddresses => {
            "This computer’s DNS lists some of the account’s addresses, which is enough."
        }
        Comparison::FewerHosts => {
            "This computer’s DNS lists some of the account’s hosts, which is enough."
        }
        Comparison::Filtered(how) => filtered(*how),
        Comparison::LeadsNowhere(odd) => {
            return format!(
                "This computer’s DNS answers with {odd}, which leads nowhere. That points to a \
                 filter. Ask whoever runs this network’s DNS to allow the name."
            );
        }
        Comparison::NoIpv6 => {
            "This computer’s DNS lists no IPv6 address. The IPv4 address is enough."
        }
        Comparison::NotAsked(failure) => dns::sentence(*failure),
        Comparison::NotCompared => {
            "This computer’s DNS lists it, which is enough for a check. The account’s settings \
             weren’t read, so nothing was compared."
        }
        Comparison::NotYet {
            remembered: Some(time),
        } => {
            return format!(
                "This computer’s DNS doesn’t have it yet. It was asked too early and may remember \
                 “no such name” for {}. Check again after that.",
                number::time(*time)
            );
        }
        Comparison::NotYet { remembered: None } => {
            "This computer’s DNS doesn’t have it yet. A new record can take a few minutes. Check \
             again then."
        }
        Comparison::OnlyHere => {
            "Only this computer’s DNS lists it. The account’s settings don’t, which does no harm."
        }
        Comparison::OnlyIpv6 => {
            "This computer’s DNS lists only an IPv6 address, which phones without IPv6 can’t use. \
             Check again in a few minutes, or ask whoever runs this network’s DNS."
        }
        Comparison::OtherAddresses => {
            "This computer’s DNS lists other addresses than the account’s settings. It may be an \
             old answer, or split DNS (different answers inside a company). Compare from another \
             network, then ask whoever runs this network’s DNS."
        }
        Comparison::OtherHosts => {
            "This computer’s DNS lists other hosts than the account’s settings. It may be an old \
             answer, or split DNS (different answers inside a company). Compare from another \
             network, then ask whoever runs this network’s DNS."
        }
        Comparison::OtherOrder => {
            "This computer’s DNS lists the same hosts and ports as the account’s settings. Only \
             their order of preference differs, which does no harm."
        }
        Comparison::OtherPorts { account, here } => {
            return format!(
                "The account’s settings list {}, and this computer’s DNS lists {}. If the check \
                 fails, use the port from the settings, and ask whoever runs this network’s DNS.",
                listed(account),
                listed(here)
            );
        }
        Comparison::Private(odd) => {
            return format!(
                "This computer’s DNS answers with {odd}, an address in a private network. That \
                 points to a filter or split DNS (different answers inside a company). Compare \
                 from another network, then ask whoever runs this network’s DNS."
            );
        }
        Comparison::Same => "This computer’s DNS matches the account’s settings.",
    };
    fixed.to_owned()
}

fn filtered(how: Filtered) -> &'static str {
    match how {
        Filtered::Fails => {
            "This computer’s DNS finds the host’s address, but fails to look up its service \
             record. That points to a filter. Enter the host and port in the phone, or ask whoever \
             runs this network’s DNS to allow the name."
        }
        Filtered::NoAnswer => {
            "This computer’s DNS finds the host’s address, but doesn’t answer for its service \
             record. That points to a filter. Enter the host and port in the phone, or ask whoever \
             runs this network’s DNS to allow the name."
        }
        Filtered::Unknown => {
            "This computer’s DNS finds the host’s address, but knows no service record for it. \
             That points to a filter. Enter the host and port in the phone, or ask whoever runs \
             this network’s DNS to allow the name."
        }
    }
}

/// Names ports, such as `port 5006` or `ports 5060, 5061`.
fn listed(ports: &[u16]) -> String {
    let numbers: Vec<String> = ports.iter().map(u16::to_string).collect();
    match numbers.as_slice() {
        [one] => format!("port {one}"),
        many => format!("ports {}", many.join(", ")),
    }
}

#[cfg(test)]
mod tests;

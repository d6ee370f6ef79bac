//! Where a registrar was found, what stands in the way, and its DNS records, in words.

use std::net::IpAddr;

use serde::Serialize;

use super::{Notice, dns};
use registrar_activity::Tone;
use registrar_bandwidth::discovery::{
    Compared, Comparison, Filtered, Found, Origin, Records, Trouble, TypedProblem,
};
use registrar_secret::redact::sanitized_line;
use registrar_user_agent::resolve::Srv;

/// Longest record that is shown, in characters.
const LONGEST: usize = 160;
/// Most values of one record that are shown.
const MOST_VALUES: usize = 8;

/// What is said in the field for the address where nothing names it.
pub const UNKNOWN: &str = "The registrar's address is not known. Type its host and port \
                                  here; Bandwidth support can tell you the port.";

/// A DNS record as the account's settings give it, compared with this computer's DNS.
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
    /// What the account's settings say; empty where they do not list it.
    pub account: Vec<String>,
    /// What this computer's DNS says; empty where it says nothing.
    pub here: Vec<String>,
    /// Its color.
    pub tone: Tone,
    /// What that means and what to do, in one sentence.
    pub sentence: String,
}

/// Returns compared records as the window shows them.
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

/// Says where an address comes from.
#[must_use]
pub fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Dns => "Found in this computer's DNS.",
        Origin::NotAsked => "Not found yet.",
        Origin::Nowhere => "Not found.",
        Origin::Settings => "Found in the account's settings.",
        Origin::SettingsAndDns => "Found in the account's settings and in this computer's DNS.",
        Origin::Typed => "Typed.",
    }
}

/// Says what stands in the way of a registrar, where something does.
#[must_use]
pub fn trouble(found: &Found) -> Option<Notice> {
    let sentence = match found.trouble.as_ref()? {
        Trouble::Dns(failure) => dns::sentence(*failure).to_owned(),
        Trouble::NotListed => "The account's settings do not list the realm yet. A new realm can \
                               take some minutes: check again then, or type the address under \
                               'Options of the check'."
            .to_owned(),
        Trouble::NotNamed => "This computer's DNS does not name the registrar's port, and the \
                              account's settings were not read. Ask Bandwidth support for the \
                              port and type it under 'Options of the check'."
            .to_owned(),
        Trouble::Record(outcome) if found.origin == Origin::Settings => format!(
            "{} The check goes to the address that the account's settings give.",
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
            "Type a host, a host and a port, or a SIP address: sbc.example, sbc.example:5006, or \
             sip:sbc.example:5006."
        }
        TypedProblem::OtherTransport => {
            "The address names a transport that this check doesn’t use. Use UDP, TCP, or TLS."
        }
        TypedProblem::Port => "A port is a number from 1 to 65535.",
        TypedProblem::UnknownHost => {
            "This computer's DNS does not know that host. Look at its spelling."
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

/// Says what a comparison comes to and what to do, in one sentence.
fn comparison(outcome: &Comparison) -> String {
    let fixed = match outcome {
        Comparison::FewerAddresses => {
            "This computer's DNS gives some of the account's addresses, which is enough."
        }
        Comparison::FewerHosts => {
            "This computer's DNS names some of the account's hosts, which is enough."
        }
        Comparison::Filtered(Filtered::Fails) => return filtered("fails for"),
        Comparison::Filtered(Filtered::NoAnswer) => return filtered("does not answer for"),
        Comparison::Filtered(Filtered::Unknown) => return filtered("knows nothing of"),
        Comparison::LeadsNowhere(odd) => {
            return format!(
                "This computer's DNS answers with {odd}, which leads nowhere (a filtering \
                 resolver): allow the name in the filter, or use another DNS."
            );
        }
        Comparison::NoIpv6 => {
            "This computer's DNS gives no IPv6 address; the IPv4 address is enough."
        }
        Comparison::NotAsked(failure) => dns::sentence(*failure),
        Comparison::NotCompared => {
            "This computer's DNS names it. The account's settings were not read, so nothing was \
             compared."
        }
        Comparison::NotYet {
            remembered: Some(time),
        } => {
            return format!(
                "This computer's DNS does not know it yet, and may remember 'no such name' for {} \
                 seconds because it was asked too early: check again after that time.",
                time.as_secs()
            );
        }
        Comparison::NotYet { remembered: None } => {
            "This computer's DNS does not know it yet: a new record can take some minutes to be \
             published, so check again then."
        }
        Comparison::OnlyHere => {
            "Only this computer's DNS names it: the account's settings do not list it, which does \
             no harm."
        }
        Comparison::OnlyIpv6 => {
            "This computer's DNS gives an IPv6 address only, which a phone without IPv6 cannot \
             use: check again in some minutes, or ask whoever runs this network's DNS."
        }
        Comparison::OtherAddresses => return elsewhere("other addresses"),
        Comparison::OtherHosts => return elsewhere("other hosts"),
        Comparison::OtherOrder => {
            "This computer's DNS names the same hosts and ports as the account's settings, in \
             another order of preference, which does no harm."
        }
        Comparison::OtherPorts { account, here } => {
            return format!(
                "The account's settings name port {}, this computer's DNS names port {}: use the \
                 port of the settings if the check fails, and ask whoever runs this network's DNS.",
                listed(account),
                listed(here)
            );
        }
        Comparison::Private(odd) => {
            return format!(
                "This computer's DNS answers with {odd}, an address of a private network (split \
                 DNS or a filtering resolver): compare from another network, and ask whoever runs \
                 this network's DNS."
            );
        }
        Comparison::Same => "This computer's DNS says the same as the account's settings.",
    };
    fixed.to_owned()
}

fn filtered(how: &str) -> String {
    format!(
        "This computer's DNS knows the host's address and {how} its service record (a filtering \
         resolver): type host and port into the phone, or use another DNS."
    )
}

fn elsewhere(what: &str) -> String {
    format!(
        "This computer's DNS names {what} than the account's settings (split DNS, or an old \
         answer): compare from another network, and ask whoever runs this network's DNS."
    )
}

fn listed(ports: &[u16]) -> String {
    let ports: Vec<String> = ports.iter().map(u16::to_string).collect();
    ports.join(", ")
}

#[cfg(test)]
mod tests;

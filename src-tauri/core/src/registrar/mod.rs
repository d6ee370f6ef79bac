//! Where an account's registrar is: from the account's own DNS records and this computer's DNS.
//!
//! The account's SIP authentication settings are read first, and this computer's DNS is asked only
//! for a realm that they list: an early question would be remembered as 'no such name'.

mod compare;
mod seen;

use std::net::IpAddr;

use self::seen::Seen;
use crate::Error;
use crate::dashboard::SipAuthentication;
use crate::ipc::{DnsView, FieldProblem, Tone, TransportName};
use crate::sip::resolve::{
    Chance, MOST_TARGETS, Resolve, Source, SystemChance, Target, default_port, locate, order,
    service,
};

/// Where the registrar is, and how that is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The host as a phone takes it.
    pub host: String,
    /// Where to, for each transport.
    pub ways: Ways,
    /// Where that comes from, in words.
    pub how: String,
    /// What stands in the way, in words.
    pub trouble: Option<String>,
    /// The account's DNS records, compared with this computer's DNS.
    pub dns: Vec<DnsView>,
}

/// The targets of each transport, in the order to be tried; empty where none is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ways {
    /// Over UDP.
    pub udp: Vec<Target>,
    /// Over TCP.
    pub tcp: Vec<Target>,
    /// Over TLS.
    pub tls: Vec<Target>,
}

impl Found {
    /// Returns where to over a transport, in the order to be tried; empty where nothing is known.
    #[must_use]
    pub fn targets(&self, transport: TransportName) -> &[Target] {
        match transport {
            TransportName::Udp => &self.ways.udp,
            TransportName::Tcp => &self.ways.tcp,
            TransportName::Tls => &self.ways.tls,
        }
    }

    /// Returns the port to try first over a transport, once it is known.
    #[must_use]
    pub fn port(&self, transport: TransportName) -> Option<u16> {
        let first = self.targets(transport).first();
        first.map(|target| target.address.port())
    }
}

/// Looks for the registrar of a realm. `settings` are `None` where the account may not read them.
pub async fn find(
    resolver: &dyn Resolve,
    settings: Option<&SipAuthentication>,
    realm: &str,
) -> Found {
    find_by(resolver, settings, realm, &mut SystemChance).await
}

/// Looks for the registrar as [`find`] does; `chance` orders records of one priority.
pub async fn find_by(
    resolver: &dyn Resolve,
    settings: Option<&SipAuthentication>,
    realm: &str,
    chance: &mut dyn Chance,
) -> Found {
    let listed = settings.and_then(|settings| settings.registrar(realm));
    let mut found = Found {
        host: realm.to_owned(),
        ways: Ways::default(),
        how: "Not found yet.".to_owned(),
        trouble: None,
        dns: Vec::new(),
    };
    if listed.is_none() && settings.is_some() {
        found.trouble = Some(
            "The account's settings do not list the realm yet. A new realm can take some minutes: \
             check again then, or type the address under 'Options of the check'."
                .to_owned(),
        );
        return found;
    }
    let mut hosts = settings.map_or_else(Vec::new, |settings| settings.hosts(realm));
    hosts.extend(listed.as_ref().map(|listed| listed.target.clone()));
    let seen = Seen::ask(resolver, realm, hosts).await;
    let known = Known {
        settings,
        realm,
        seen: &seen,
    };
    found.ways = known.ways(chance);
    found.dns = compare::rows(settings, realm, &seen);
    let main = service(TransportName::Udp, realm);
    // The records of other transports are worth a row and no warning: Bandwidth documents UDP only.
    let mut rows = found.dns.iter();
    let row = rows.find(|row| {
        let counts = row.kind != "SRV" || row.name == main;
        counts && matches!(row.tone, Tone::Bad | Tone::Wait)
    });
    let in_dns = matches!(&seen.udp, Ok(records) if !records.is_empty());
    (found.how, found.trouble) = match (&listed, in_dns) {
        (Some(_), true) => {
            let agrees = row.is_none_or(|row| row.kind != "SRV");
            let how = if agrees {
                "Found in the account's settings and in this computer's DNS."
            } else {
                "Found in this computer's DNS."
            };
            (how.to_owned(), row.map(|row| row.sentence.clone()))
        }
        (None, true) => (
            "Found in this computer's DNS.".to_owned(),
            row.map(|row| row.sentence.clone()),
        ),
        (Some(_), false) => (
            "Found in the account's settings.".to_owned(),
            row.map(|row| {
                let sentence = &row.sentence;
                format!(
                    "{sentence} The check goes to the address that the account's settings give."
                )
            }),
        ),
        (None, false) => (
            "Not found.".to_owned(),
            Some(
                "This computer's DNS does not name the registrar's port, and the account's settings \
                 were not read. Ask Bandwidth support for the port and type it under 'Options of \
                 the check'."
                    .to_owned(),
            ),
        ),
    };
    found
}

/// What is known of a realm's services.
struct Known<'a> {
    settings: Option<&'a SipAuthentication>,
    realm: &'a str,
    seen: &'a Seen,
}

impl Known<'_> {
    fn ways(&self, chance: &mut dyn Chance) -> Ways {
        let udp = self.of_services(TransportName::Udp, chance);
        let mut tcp = self.of_services(TransportName::Tcp, chance);
        let mut tls = self.of_services(TransportName::Tls, chance);
        // An account has one port, and UDP's record is the only one that Bandwidth documents.
        if tcp.is_empty() {
            tcp.clone_from(&udp);
        }
        // Plain SIP and TLS never share a port.
        if tls.is_empty() {
            for target in &udp {
                let mut target = target.clone();
                target.address.set_port(default_port(TransportName::Tls));
                target.source = Source::DefaultPort;
                if !tls.contains(&target) {
                    tls.push(target);
                }
            }
        }
        Ways { udp, tcp, tls }
    }

    /// Returns the targets that records name: of this computer's DNS, or else of the account.
    fn of_services(&self, transport: TransportName, chance: &mut dyn Chance) -> Vec<Target> {
        let name = service(transport, self.realm);
        let (records, here) = match self.seen.service(transport) {
            Ok(records) if !records.is_empty() => (records.clone(), true),
            Ok(_) | Err(_) => (compare::of_account(self.settings, self.realm, &name), false),
        };
        let mut targets = Vec::new();
        for record in order(records, chance) {
            let (priority, weight) = (record.priority, record.weight);
            let source = if here {
                Source::Srv {
                    name: name.clone(),
                    priority,
                    weight,
                }
            } else {
                Source::Account { priority, weight }
            };
            for address in self.addresses(&record.host) {
                targets.push(Target {
                    address: (address, record.port).into(),
                    host: record.host.clone(),
                    source: source.clone(),
                });
            }
        }
        targets.truncate(MOST_TARGETS);
        targets
    }

    /// Returns a host's addresses: those of this computer's DNS that do not lead astray, or else the
    /// account's.
    fn addresses(&self, host: &str) -> Vec<IpAddr> {
        let listed = |host: &str| {
            let listed = self
                .settings
                .map(|settings| settings.addresses(self.realm, host));
            listed.unwrap_or_default()
        };
        let account = listed(host);
        let known = self.seen.host(host).and_then(|found| found.as_ref().ok());
        let mut known = known.cloned().unwrap_or_default();
        known.retain(|address| !compare::misleading(*address, &account));
        if !known.is_empty() {
            known
        } else if account.is_empty() {
            listed(self.realm)
        } else {
            account
        }
    }
}

/// Reads a typed address: a host, or a host and a port. Without a port, DNS is asked for it.
pub async fn typed(resolver: &dyn Resolve, text: &str) -> Result<Found, Error> {
    let (host, port) = split(text)
        .ok_or_else(|| Error::field("address", "Type a host, or a host and a port: host:5006."))?;
    let (udp, tcp, tls) = tokio::join!(
        locate(resolver, &host, port, TransportName::Udp),
        locate(resolver, &host, port, TransportName::Tcp),
        locate(resolver, &host, port, TransportName::Tls)
    );
    let ways = Ways {
        udp: udp.unwrap_or_default(),
        tcp: tcp.unwrap_or_default(),
        tls: tls.unwrap_or_default(),
    };
    if ways == Ways::default() {
        return Err(Error::Invalid {
            problems: vec![FieldProblem::new(
                "address",
                "This computer's DNS does not know that host. Look at its spelling.",
            )],
        });
    }
    Ok(Found {
        host,
        ways,
        how: "Typed.".to_owned(),
        trouble: None,
        dns: Vec::new(),
    })
}

/// The way a transport is written for a person.
#[must_use]
pub fn transport_label(transport: TransportName) -> &'static str {
    match transport {
        TransportName::Udp => "UDP",
        TransportName::Tcp => "TCP",
        TransportName::Tls => "TLS",
    }
}

fn split(text: &str) -> Option<(String, Option<u16>)> {
    let text = text.trim();
    let (host, port) = match text.rsplit_once(':') {
        // A bare IPv6 address has colons of its own; with a port it stands in brackets.
        Some((host, _)) if host.contains(':') && !host.ends_with(']') => (text, None),
        Some((host, port)) => {
            let port = port.parse().ok().filter(|port| *port != 0)?;
            (host, Some(port))
        }
        None => (text, None),
    };
    let plain = |letter: char| letter.is_ascii_alphanumeric() || ".-_:[]".contains(letter);
    (!host.is_empty() && host.len() <= 253 && host.chars().all(plain))
        .then(|| (host.to_owned(), port))
}

#[cfg(test)]
mod tests;

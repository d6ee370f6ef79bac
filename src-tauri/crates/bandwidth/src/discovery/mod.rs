//! Finds an account's registrar, from the account's DNS records and this computer's DNS.
//!
//! The account's SIP authentication settings are read first, and this computer's DNS is queried
//! only for a realm listed there: an earlier query would be cached as 'no such name'.

mod address;
mod answers;
mod compare;
mod error;

pub use self::compare::{AddressKind, Compared, Comparison, Filtered, Records};
pub use self::error::{Error, TypedProblem};

use std::net::IpAddr;

use self::address::Address;
use self::answers::Answers;
use crate::dashboard::{SipAuthentication, same_name};
use registrar_secret::redact::sanitized_line;
use registrar_sip::TransportName;
use registrar_user_agent::resolve::{
    Chance, Failure, MOST_TARGETS, Resolve, Source, SystemChance, Target, default_port, locate,
    order, service,
};

/// Maximum length of a typed address that is kept as is, in characters.
const LONGEST_SHOWN: usize = 200;

/// The registrar's location, and how it is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The realm, or the typed host. Over TLS, the certificate must name it.
    pub host: String,
    /// The host's own addresses, as far as they were looked up.
    pub own: Vec<IpAddr>,
    /// The targets for each transport.
    pub ways: Ways,
    /// The transport specified by a typed address; `None` if the person chooses.
    pub transport: Option<TransportName>,
    /// Why this computer's DNS couldn't be queried, if it couldn't.
    pub failure: Option<Failure>,
    /// The source of the location.
    pub origin: Origin,
    /// What is wrong.
    pub trouble: Option<Trouble>,
    /// The account's DNS records, compared with this computer's DNS.
    pub dns: Vec<Compared>,
}

/// The source of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// This computer's DNS.
    Dns,
    /// Nothing was looked up, because the account's settings don't list the realm yet.
    NotAsked,
    /// Neither the settings nor DNS have it.
    Nowhere,
    /// The account's settings, from which the targets are taken.
    Settings,
    /// The account's settings and this computer's DNS, which agree.
    SettingsAndDns,
    /// The person typed it.
    Typed,
}

/// A problem with reaching a registrar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// This computer's DNS couldn't be asked.
    Dns(Failure),
    /// The account's settings don't list the realm yet.
    NotListed,
    /// This computer's DNS names no port, and the settings weren't read.
    NotNamed,
    /// A record differs.
    Record(Comparison),
}

/// The targets of each transport, in the order to try them; empty if unknown.
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
    /// Returns the targets for a transport, in the order to try them; empty if unknown.
    #[must_use]
    pub fn targets(&self, transport: TransportName) -> &[Target] {
        match transport {
            TransportName::Udp => &self.ways.udp,
            TransportName::Tcp => &self.ways.tcp,
            TransportName::Tls => &self.ways.tls,
        }
    }

    /// Returns the port to try first over a transport, if known.
    #[must_use]
    pub fn port(&self, transport: TransportName) -> Option<u16> {
        let first = self.targets(transport).first();
        first.map(|target| target.address.port())
    }

    /// Returns the host to enter into a phone together with [`Self::port`]. A phone with a
    /// configured port doesn't look up SRV records (RFC 3263 section 4.2), so this is the host
    /// itself only if its own addresses lead to the first target, and the target's host otherwise.
    #[must_use]
    pub fn phone_host(&self, transport: TransportName) -> &str {
        let elsewhere = self.targets(transport).first().filter(|first| {
            let host = self.host.trim_matches(['[', ']']);
            !same_name(&first.host, host) && !self.own.contains(&first.address.ip())
        });
        elsewhere.map_or(&self.host, |first| &first.host)
    }

    /// Moves the target at `place` to the front, so that phones are given the one that was proved
    /// to work.
    pub fn prefer(&mut self, transport: TransportName, place: usize) {
        let targets = match transport {
            TransportName::Udp => &mut self.ways.udp,
            TransportName::Tcp => &mut self.ways.tcp,
            TransportName::Tls => &mut self.ways.tls,
        };
        if let Some(before) = targets.get_mut(..=place) {
            before.rotate_right(1);
        }
    }

    /// Returns the error for a transport without an address.
    #[must_use]
    pub fn no_address(&self) -> Error {
        self.failure.map_or(Error::Unknown, Error::Dns)
    }
}

/// Finds the registrar of a realm. `settings` is `None` if the account may not read them.
pub async fn find(
    resolver: &dyn Resolve,
    settings: Option<&SipAuthentication>,
    realm: &str,
) -> Found {
    find_by(resolver, settings, realm, &mut SystemChance).await
}

/// Finds the registrar like [`find`]; `chance` orders records of equal priority.
pub async fn find_by(
    resolver: &dyn Resolve,
    settings: Option<&SipAuthentication>,
    realm: &str,
    chance: &mut dyn Chance,
) -> Found {
    let listed = settings.and_then(|settings| settings.registrar(realm));
    let mut found = Found {
        host: realm.to_owned(),
        own: Vec::new(),
        ways: Ways::default(),
        transport: None,
        failure: None,
        origin: Origin::NotAsked,
        trouble: None,
        dns: Vec::new(),
    };
    if listed.is_none() && settings.is_some() {
        found.trouble = Some(Trouble::NotListed);
        return found;
    }
    let mut hosts = settings.map_or_else(Vec::new, |settings| settings.hosts(realm));
    hosts.extend(listed.as_ref().map(|listed| listed.target.clone()));
    let seen = Answers::ask(resolver, realm, hosts).await;
    let known = Known {
        settings,
        realm,
        seen: &seen,
    };
    found.ways = known.ways(chance);
    found.own = known.addresses_of_realm();
    found.failure = seen.failure();
    found.dns = compare::rows(settings, realm, &seen);
    let main = service(TransportName::Udp, realm);
    // Records of other transports deserve a row but no warning: Bandwidth documents only UDP.
    let mut rows = found.dns.iter();
    let row = rows.find(|row| {
        let counts = !row.is_of_service() || row.name == main;
        counts && row.outcome.is_in_the_way()
    });
    let in_dns = matches!(&seen.udp, Ok(records) if !records.is_empty());
    let agrees = row.is_none_or(|row| !row.is_of_service());
    let differs = row.map(|row| Trouble::Record(row.outcome.clone()));
    (found.origin, found.trouble) = match (&listed, in_dns) {
        (Some(_), true) if agrees => (Origin::SettingsAndDns, differs),
        (_, true) => (Origin::Dns, differs),
        (Some(_), false) => (Origin::Settings, differs),
        (None, false) => {
            let trouble = found.failure.map_or(Trouble::NotNamed, Trouble::Dns);
            (Origin::Nowhere, Some(trouble))
        }
    };
    found
}

/// What is known about a realm's services.
struct Known<'a> {
    settings: Option<&'a SipAuthentication>,
    realm: &'a str,
    seen: &'a Answers,
}

impl Known<'_> {
    fn ways(&self, chance: &mut dyn Chance) -> Ways {
        let udp = self.of_services(TransportName::Udp, chance);
        let mut tcp = self.of_services(TransportName::Tcp, chance);
        let mut tls = self.of_services(TransportName::Tls, chance);
        // An account has one port, and only UDP's record is documented by Bandwidth.
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

    /// Returns the targets named by records: those of this computer's DNS, or else of the account.
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

    /// Returns the realm's own addresses, which may be given to phones.
    fn addresses_of_realm(&self) -> Vec<IpAddr> {
        match &self.seen.realm {
            Ok(here) if !here.is_empty() => here.clone(),
            // A new realm's records may not be published yet.
            Ok(_) | Err(_) => {
                let settings = self.settings;
                settings.map_or_else(Vec::new, |all| all.addresses(self.realm, self.realm))
            }
        }
    }

    /// Returns a host's addresses: those from this computer's DNS unless they are misleading, or
    /// else the account's.
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

/// Parses a typed address (a host, a host and port, or a SIP URI) and finds its registrar. Without
/// a port, it is looked up in DNS. If the address specifies its transport, only that one is looked
/// up.
pub async fn typed(resolver: &dyn Resolve, text: &str) -> Result<Found, Error> {
    let Address {
        host,
        port,
        transport,
    } = Address::read(text).map_err(Error::Typed)?;
    let locate = async |name| {
        let wanted = transport.is_none_or(|only| only == name);
        if wanted {
            locate(resolver, &host, port, name).await
        } else {
            Ok(Vec::new())
        }
    };
    let found = tokio::join!(
        locate(TransportName::Udp),
        locate(TransportName::Tcp),
        locate(TransportName::Tls)
    );
    let answers = [&found.0, &found.1, &found.2];
    let failures = answers.map(|answer| answer.as_ref().err().copied());
    let mut failures = failures.into_iter().flatten();
    let failure = failures.find(|failure| failure.is_of_the_question());
    let (udp, tcp, tls) = found;
    let ways = Ways {
        udp: udp.unwrap_or_default(),
        tcp: tcp.unwrap_or_default(),
        tls: tls.unwrap_or_default(),
    };
    if ways == Ways::default() {
        return Err(failure.map_or(Error::Typed(TypedProblem::UnknownHost), Error::Dns));
    }
    let mut found = Found {
        own: Vec::new(),
        host,
        ways,
        transport,
        failure,
        origin: Origin::Typed,
        trouble: None,
        dns: Vec::new(),
    };
    let all = [TransportName::Udp, TransportName::Tcp, TransportName::Tls];
    if all.iter().any(|name| found.phone_host(*name) != found.host) {
        found.own = resolver.addresses(&found.host).await.unwrap_or_default();
    }
    Ok(found)
}

/// Returns a typed address as it may be stored: without user and password.
#[must_use]
pub fn without_user(text: &str) -> String {
    match Address::read(text) {
        Ok(address) => address.to_string(),
        Err(_) => sanitized_line(text, LONGEST_SHOWN),
    }
}

#[cfg(test)]
mod tests;

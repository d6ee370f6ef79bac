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

/// Longest typed address that is kept as it is, in characters.
const LONGEST_SHOWN: usize = 200;

/// Where the registrar is, and how that is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The realm, or the typed host. Over TLS, the certificate must name it.
    pub host: String,
    /// The host's own addresses, as far as they were asked for.
    pub own: Vec<IpAddr>,
    /// Where to, for each transport.
    pub ways: Ways,
    /// The transport that a typed address says; `None` where the person chooses.
    pub transport: Option<TransportName>,
    /// Why this computer's DNS could not be asked, where it could not.
    pub failure: Option<Failure>,
    /// Where that comes from.
    pub origin: Origin,
    /// What stands in the way.
    pub trouble: Option<Trouble>,
    /// The account's DNS records, compared with this computer's DNS.
    pub dns: Vec<Compared>,
}

/// Where an address comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// This computer's DNS.
    Dns,
    /// Nothing was asked yet: the account's settings don't list the realm.
    NotAsked,
    /// Neither the settings nor DNS name it.
    Nowhere,
    /// The account's settings, which the targets are taken from.
    Settings,
    /// The account's settings and this computer's DNS, which agree.
    SettingsAndDns,
    /// The person typed it.
    Typed,
}

/// What stands in the way of a registrar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// This computer's DNS couldn't be asked.
    Dns(Failure),
    /// The account's settings don't list the realm yet.
    NotListed,
    /// This computer's DNS names no port, and the settings were not read.
    NotNamed,
    /// A record differs.
    Record(Comparison),
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

    /// Returns the host that a phone is to be given together with [`Self::port`]. A phone that is
    /// given a port looks no SRV record up (RFC 3263 section 4.2), so this is the host itself only
    /// where its own addresses lead to the first target, and the target's host otherwise.
    #[must_use]
    pub fn phone_host(&self, transport: TransportName) -> &str {
        let elsewhere = self.targets(transport).first().filter(|first| {
            let host = self.host.trim_matches(['[', ']']);
            !same_name(&first.host, host) && !self.own.contains(&first.address.ip())
        });
        elsewhere.map_or(&self.host, |first| &first.host)
    }

    /// Moves the target at `place` to the front, so that phones are given the one that was proved.
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

    /// Says why there is no address for a transport.
    #[must_use]
    pub fn no_address(&self) -> Error {
        self.failure.map_or(Error::Unknown, Error::Dns)
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
    // The records of other transports are worth a row and no warning: Bandwidth documents UDP only.
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

/// What is known of a realm's services.
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

    /// Returns the realm's own addresses, of which a phone may learn.
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

/// Reads a typed address: a host, a host and a port, or a SIP URI. Without a port, DNS is asked for
/// it. Where the address says its transport, only that one is looked for.
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

/// Returns a typed address as it may be kept: without a user and a password.
#[must_use]
pub fn without_user(text: &str) -> String {
    match Address::read(text) {
        Ok(address) => address.to_string(),
        Err(_) => sanitized_line(text, LONGEST_SHOWN),
    }
}

#[cfg(test)]
mod tests;

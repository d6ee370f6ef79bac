//! Resolves a host to the addresses to try, each with the reason for it (RFC 3263 section 4).

use std::net::{IpAddr, SocketAddr};

use registrar_sip::TransportName;

use super::{Chance, Failure, Resolve, SystemChance, order};
pub use registrar_sip::via::DEFAULT_PORT;

/// The same for TLS.
const DEFAULT_TLS_PORT: u16 = 5061;
/// Most addresses that are tried.
pub const MOST_TARGETS: usize = 8;

/// Why an address is tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The account's SIP authentication settings name it.
    Account {
        /// Lower ones go first.
        priority: u16,
        /// A share among those of one priority.
        weight: u16,
    },
    /// It is the host's, and the port is the default one: no SRV record names another.
    DefaultPort,
    /// An SRV record of this computer's DNS names it.
    Srv {
        /// The record's name, such as `_sip._udp.r.example`.
        name: String,
        /// Lower ones go first.
        priority: u16,
        /// A share among those of one priority.
        weight: u16,
    },
    /// The person typed host and port.
    Typed,
}

/// A place where a registrar may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// A request's target.
    pub address: SocketAddr,
    /// The host with that address.
    pub host: String,
    /// Why it is tried.
    pub source: Source,
}

impl Target {
    /// Makes a target of a typed address.
    #[must_use]
    pub fn typed(address: SocketAddr) -> Self {
        Self {
            address,
            host: address.ip().to_string(),
            source: Source::Typed,
        }
    }
}

/// Returns the name that a host's service has in DNS (RFC 3263 section 4.1).
#[must_use]
pub fn service(transport: TransportName, host: &str) -> String {
    let service = match transport {
        TransportName::Udp => "_sip._udp",
        TransportName::Tcp => "_sip._tcp",
        TransportName::Tls => "_sips._tcp",
    };
    format!("{service}.{host}")
}

/// Returns the default port.
#[must_use]
pub fn default_port(transport: TransportName) -> u16 {
    match transport {
        TransportName::Udp | TransportName::Tcp => DEFAULT_PORT,
        TransportName::Tls => DEFAULT_TLS_PORT,
    }
}

/// Finds where a host's registrar is, by the system's own chance: see [`locate_by`].
pub async fn locate(
    resolve: &dyn Resolve,
    host: &str,
    port: Option<u16>,
    transport: TransportName,
) -> Result<Vec<Target>, Failure> {
    locate_by(resolve, host, port, transport, &mut SystemChance).await
}

/// Finds where a host's registrar is: an address itself, else at a given port the host's addresses,
/// else what the SRV records name, else the host's addresses at the default port (RFC 3263 section
/// 4.2). Returns at least one target and at most [`MOST_TARGETS`], in the order to be tried.
pub async fn locate_by(
    resolve: &dyn Resolve,
    host: &str,
    port: Option<u16>,
    transport: TransportName,
    chance: &mut dyn Chance,
) -> Result<Vec<Target>, Failure> {
    let given = if port.is_some() {
        Source::Typed
    } else {
        Source::DefaultPort
    };
    let at = port.unwrap_or(default_port(transport));
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = bare.parse::<IpAddr>() {
        return Ok(targets(&[address], at, bare, &given));
    }
    if port.is_some() {
        let found = resolve.addresses(host).await?;
        return found_some(targets(&found, at, host, &given));
    }
    let name = service(transport, host);
    match resolve.srv(&name).await {
        Ok(records) => of_records(resolve, &name, order(records, chance)).await,
        Err(missing) => {
            let found = resolve.addresses(host).await;
            // A failed lookup says nothing about the name. Of two negative answers, the SRV's says
            // how long to wait.
            let found = found.map_err(|own| {
                let unknown = own.is_of_the_question() && !missing.is_of_the_question();
                if unknown { own } else { missing }
            })?;
            found_some(targets(&found, at, host, &given))
        }
    }
}

async fn of_records(
    resolve: &dyn Resolve,
    name: &str,
    records: Vec<super::Srv>,
) -> Result<Vec<Target>, Failure> {
    let mut all = Vec::new();
    let mut last = Failure::NotFound { remembered: None };
    // A single '.' as the host means that the service is not there (RFC 2782).
    let records = records.iter().filter(|record| !record.host.is_empty());
    for record in records.take(MOST_TARGETS) {
        if all.len() >= MOST_TARGETS {
            break;
        }
        let source = Source::Srv {
            name: name.to_owned(),
            priority: record.priority,
            weight: record.weight,
        };
        match resolve.addresses(&record.host).await {
            Ok(found) => all.extend(targets(&found, record.port, &record.host, &source)),
            Err(failure) => last = failure,
        }
    }
    all.truncate(MOST_TARGETS);
    if all.is_empty() { Err(last) } else { Ok(all) }
}

/// Makes targets of a host's addresses.
pub(crate) fn targets(addresses: &[IpAddr], port: u16, host: &str, source: &Source) -> Vec<Target> {
    let addresses = addresses.iter().take(MOST_TARGETS);
    let targets = addresses.map(|address| Target {
        address: SocketAddr::new(*address, port),
        host: host.to_owned(),
        source: source.clone(),
    });
    targets.collect()
}

fn found_some(targets: Vec<Target>) -> Result<Vec<Target>, Failure> {
    if targets.is_empty() {
        Err(Failure::NotFound { remembered: None })
    } else {
        Ok(targets)
    }
}

//! Where a registrar is: DNS SRV, then A and AAAA (RFC 3263), by the system's own DNS or by a
//! table.

use std::collections::HashMap;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::rr::{Name, RData};

use crate::ipc::TransportName;

/// The port of SIP where nothing names another (RFC 3261 section 19.1.2).
pub const DEFAULT_PORT: u16 = 5060;
/// Most addresses that are tried.
const MOST_TARGETS: usize = 8;

/// One SRV record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Srv {
    /// Lower ones go first.
    pub priority: u16,
    /// A share among those of one priority.
    pub weight: u16,
    /// The port.
    pub port: u16,
    /// The host, without a dot at its end.
    pub host: String,
}

/// Why DNS has nothing to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// There is no such name, or no such record under it.
    #[error("there is no such name")]
    NotFound {
        /// For how long resolvers remember that, where the answer said so: a record that is made
        /// meanwhile is not seen before.
        remembered: Option<Duration>,
    },
    /// No resolver answered, or none is set up.
    #[error("no name server answered")]
    NoAnswer,
}

/// What a look-up returns.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + Send + 'a>>;

/// A domain name system.
pub trait Resolve: Send + Sync {
    /// Returns the SRV records of a name such as `_sip._udp.r.example`.
    fn srv<'a>(&'a self, name: &'a str) -> Answer<'a, Vec<Srv>>;
    /// Returns the addresses of a host, IPv4 and IPv6.
    fn addresses<'a>(&'a self, host: &'a str) -> Answer<'a, Vec<IpAddr>>;
}

/// The name servers that this computer is set up with. They are read anew for each look-up, and
/// nothing is remembered here: what is remembered elsewhere is enough.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemDns;

impl SystemDns {
    fn resolver() -> Result<TokioResolver, Failure> {
        let mut builder = TokioResolver::builder_tokio().map_err(|_| Failure::NoAnswer)?;
        builder.options_mut().cache_size = 0;
        builder.build().map_err(|_| Failure::NoAnswer)
    }
}

impl Resolve for SystemDns {
    fn srv<'a>(&'a self, name: &'a str) -> Answer<'a, Vec<Srv>> {
        Box::pin(async { srv(&Self::resolver()?, name).await })
    }

    fn addresses<'a>(&'a self, host: &'a str) -> Answer<'a, Vec<IpAddr>> {
        Box::pin(async { addresses(&Self::resolver()?, host).await })
    }
}

async fn srv(resolver: &TokioResolver, name: &str) -> Result<Vec<Srv>, Failure> {
    let answer = resolver.srv_lookup(absolute(name)?).await;
    let answer = answer.map_err(|error| failure(&error))?;
    let records = answer.answers().iter().filter_map(|record| {
        if let RData::SRV(srv) = &record.data {
            Some(Srv {
                priority: srv.priority,
                weight: srv.weight,
                port: srv.port,
                host: srv.target.to_utf8().trim_end_matches('.').to_owned(),
            })
        } else {
            None
        }
    });
    Ok(records.collect())
}

async fn addresses(resolver: &TokioResolver, host: &str) -> Result<Vec<IpAddr>, Failure> {
    let answer = resolver.lookup_ip(absolute(host)?).await;
    Ok(answer.map_err(|error| failure(&error))?.iter().collect())
}

/// A name that no search list is added to.
fn absolute(name: &str) -> Result<Name, Failure> {
    let mut name = Name::from_utf8(name).map_err(|_| Failure::NotFound { remembered: None })?;
    name.set_fqdn(true);
    Ok(name)
}

fn failure(error: &NetError) -> Failure {
    if let NetError::Dns(DnsError::NoRecordsFound(nothing)) = error {
        let remembered = nothing.negative_ttl;
        let remembered = remembered.map(|seconds| Duration::from_secs(seconds.into()));
        return Failure::NotFound { remembered };
    }
    Failure::NoAnswer
}

/// A table in place of DNS, for practice and tests. What it does not hold does not exist.
#[derive(Clone, Debug, Default)]
pub struct FixedDns {
    srv: HashMap<String, Vec<Srv>>,
    addresses: HashMap<String, Vec<IpAddr>>,
}

impl FixedDns {
    /// Adds an SRV record.
    #[must_use]
    pub fn with_srv(mut self, name: &str, port: u16, host: &str) -> Self {
        self.srv.entry(name.to_owned()).or_default().push(Srv {
            priority: 10,
            weight: 0,
            port,
            host: host.to_owned(),
        });
        self
    }

    /// Adds an address.
    #[must_use]
    pub fn with_address(mut self, host: &str, address: IpAddr) -> Self {
        let known = self.addresses.entry(host.to_owned()).or_default();
        known.push(address);
        self
    }
}

impl Resolve for FixedDns {
    fn srv<'a>(&'a self, name: &'a str) -> Answer<'a, Vec<Srv>> {
        let found = self.srv.get(name).cloned();
        Box::pin(async { found.ok_or(Failure::NotFound { remembered: None }) })
    }

    fn addresses<'a>(&'a self, host: &'a str) -> Answer<'a, Vec<IpAddr>> {
        let found = self.addresses.get(host).cloned();
        Box::pin(async { found.ok_or(Failure::NotFound { remembered: None }) })
    }
}

/// How a registrar was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The host is an address already.
    Address,
    /// By A or AAAA, at a given port.
    GivenPort,
    /// By A or AAAA, at the default port: there is no SRV record.
    DefaultPort,
    /// By this SRV name.
    Srv(String),
}

/// Where a registrar is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// In the order to be tried; never empty.
    pub targets: Vec<SocketAddr>,
    /// The port of the first.
    pub port: u16,
    /// How it was found.
    pub source: Source,
}

/// Finds a registrar: a given address, else a given port with the host's addresses, else the SRV
/// records, else the default port (RFC 3263 section 4.2).
pub async fn locate(
    resolve: &dyn Resolve,
    host: &str,
    port: Option<u16>,
    transport: TransportName,
) -> Result<Located, Failure> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = bare.parse::<IpAddr>() {
        let port = port.unwrap_or(DEFAULT_PORT);
        return located(vec![(address, port).into()], Source::Address);
    }
    if let Some(port) = port {
        let found = resolve.addresses(host).await?;
        return located(at(&found, port), Source::GivenPort);
    }
    let name = match transport {
        TransportName::Udp => format!("_sip._udp.{host}"),
        TransportName::Tcp => format!("_sip._tcp.{host}"),
        TransportName::Tls => format!("_sips._tcp.{host}"),
    };
    match resolve.srv(&name).await {
        Ok(mut records) => {
            // A single '.' as the host means that the service is not there (RFC 2782).
            records.retain(|record| !record.host.is_empty());
            records.sort_by_key(|record| (record.priority, u16::MAX - record.weight));
            let mut targets = Vec::new();
            let mut last = Failure::NotFound { remembered: None };
            for record in records.iter().take(MOST_TARGETS) {
                match resolve.addresses(&record.host).await {
                    Ok(found) => targets.extend(at(&found, record.port)),
                    Err(failure) => last = failure,
                }
            }
            if targets.is_empty() {
                return Err(last);
            }
            located(targets, Source::Srv(name))
        }
        Err(Failure::NoAnswer) => Err(Failure::NoAnswer),
        Err(missing @ Failure::NotFound { .. }) => {
            // The name's own answer counts less than the SRV's: that says when it will be there.
            let found = resolve.addresses(host).await.map_err(|_| missing)?;
            located(at(&found, DEFAULT_PORT), Source::DefaultPort)
        }
    }
}

fn at(addresses: &[IpAddr], port: u16) -> Vec<SocketAddr> {
    addresses
        .iter()
        .map(|address| SocketAddr::new(*address, port))
        .collect()
}

fn located(mut targets: Vec<SocketAddr>, source: Source) -> Result<Located, Failure> {
    targets.truncate(MOST_TARGETS);
    let port = targets.first().map(SocketAddr::port);
    let port = port.ok_or(Failure::NotFound { remembered: None })?;
    Ok(Located {
        targets,
        port,
        source,
    })
}

#[cfg(test)]
#[path = "resolve_tests.rs"]
mod tests;

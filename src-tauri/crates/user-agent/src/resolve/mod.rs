//! Locates a registrar: DNS SRV, then A and AAAA (RFC 3263), using the system's DNS or a table.

mod locate;
mod order;
mod servers;

use std::collections::HashMap;
use std::future::Future;
use std::net::IpAddr;
use std::pin::Pin;
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{LookupIpStrategy, NameServerConfig, ResolverConfig, ResolverOpts};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::rr::{Name, RData};

pub use self::locate::{
    DEFAULT_PORT, MOST_TARGETS, Source, Target, default_port, locate, locate_by, service,
};
pub use self::order::{Chance, SystemChance, order};

/// How long one question to the name servers may take, and how often it is asked.
const PATIENCE: Duration = Duration::from_secs(3);
const TRIES: usize = 2;

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

/// Why a lookup failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The name has a part that is empty or longer than 63 bytes, or is longer than 255 as a whole
    /// (RFC 1035 section 2.3.4), so it cannot be asked for.
    #[error("DNS can hold no such name")]
    BadName,
    /// There is no such name, or no such record under it.
    #[error("there is no such name")]
    NotFound {
        /// How long resolvers cache the negative answer, if it said so: a record created meanwhile
        /// isn't visible earlier.
        remembered: Option<Duration>,
    },
    /// No name server answered.
    #[error("no name server answered")]
    NoAnswer,
    /// This computer is set up with no name server that can be asked.
    #[error("no usable name server is set up")]
    NoServers,
    /// A name server answered that it fails or refuses.
    #[error("the name server refused")]
    Refused,
}

impl Failure {
    /// Returns whether the lookup itself failed, so that nothing is known about the name.
    #[must_use]
    pub fn is_of_the_question(self) -> bool {
        match self {
            Self::NoAnswer | Self::NoServers | Self::Refused => true,
            Self::BadName | Self::NotFound { .. } => false,
        }
    }
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

/// This computer's name servers. They are read again for each lookup, and nothing is cached here,
/// because other caches are enough.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemDns;

impl SystemDns {
    fn resolver() -> Result<TokioResolver, Failure> {
        let servers = servers::name_servers();
        if servers.is_empty() {
            return Err(Failure::NoServers);
        }
        let servers = servers.into_iter().map(NameServerConfig::udp_and_tcp);
        let config = ResolverConfig::from_name_servers(servers.collect());
        let provider = TokioRuntimeProvider::default();
        let mut builder = TokioResolver::builder_with_config(config, provider);
        patient(builder.options_mut());
        builder.build().map_err(|_| Failure::NoServers)
    }
}

/// Nothing is remembered, IPv4 goes first, and neither hides the other.
fn patient(options: &mut ResolverOpts) {
    options.cache_size = 0;
    options.ip_strategy = LookupIpStrategy::Ipv4AndIpv6;
    options.timeout = PATIENCE;
    options.attempts = TRIES;
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
                host: srv.target.to_ascii().trim_end_matches('.').to_owned(),
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

/// A name that no search list is added to. What DNS can hold is asked for, also where a host's name
/// should not have it, such as an underscore (RFC 2181 section 11).
fn absolute(name: &str) -> Result<Name, Failure> {
    let name = to_ascii(name).ok_or(Failure::BadName)?;
    let labels = name.split('.').map(str::as_bytes);
    let mut name = Name::from_labels(labels).map_err(|_| Failure::BadName)?;
    name.set_fqdn(true);
    Ok(name)
}

/// Returns a name in DNS form: other scripts become their ASCII form (RFC 5891), and a trailing dot
/// is removed. `None` if it has no such form.
#[must_use]
pub fn to_ascii(name: &str) -> Option<String> {
    let name = name.strip_suffix('.').unwrap_or(name);
    if name.is_ascii() {
        return (!name.is_empty()).then(|| name.to_owned());
    }
    let name = Name::from_utf8(name).ok()?.to_ascii();
    Some(name.trim_end_matches('.').to_owned())
}

#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "the enum is foreign and grows; what is not named means the same"
)]
fn failure(error: &NetError) -> Failure {
    match error {
        NetError::Dns(DnsError::NoRecordsFound(nothing)) => Failure::NotFound {
            remembered: (nothing.negative_ttl).map(|seconds| Duration::from_secs(seconds.into())),
        },
        NetError::Dns(_) => Failure::Refused,
        _ => Failure::NoAnswer,
    }
}

/// A table in place of DNS, for practice and tests. What it does not hold does not exist.
#[derive(Clone, Debug, Default)]
pub struct FixedDns {
    srv: HashMap<String, Vec<Srv>>,
    addresses: HashMap<String, Vec<IpAddr>>,
    failures: HashMap<String, Failure>,
}

impl FixedDns {
    /// Adds an SRV record.
    #[must_use]
    pub fn with_srv(self, name: &str, port: u16, host: &str) -> Self {
        let record = Srv {
            priority: 10,
            weight: 0,
            port,
            host: host.to_owned(),
        };
        self.with_record(name, record)
    }

    /// Adds an SRV record with its priority and weight.
    #[must_use]
    pub fn with_record(mut self, name: &str, record: Srv) -> Self {
        self.srv.entry(name.to_owned()).or_default().push(record);
        self
    }

    /// Fails for a name.
    #[must_use]
    pub fn with_failure(mut self, name: &str, failure: Failure) -> Self {
        self.failures.insert(name.to_owned(), failure);
        self
    }

    fn missing(&self, name: &str) -> Failure {
        let known = self.failures.get(name).copied();
        known.unwrap_or(Failure::NotFound { remembered: None })
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
        let found = self.srv.get(name).cloned().ok_or(self.missing(name));
        Box::pin(async { found })
    }

    fn addresses<'a>(&'a self, host: &'a str) -> Answer<'a, Vec<IpAddr>> {
        let found = self.addresses.get(host).cloned();
        let found = found.ok_or(self.missing(host));
        Box::pin(async { found })
    }
}

#[cfg(test)]
mod tests;

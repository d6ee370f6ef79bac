//! Compares the account's DNS records with what this computer's DNS returns.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::time::Duration;

use super::answers::Answers;
use crate::dashboard::SipAuthentication;
use registrar_sip::TransportName;
use registrar_user_agent::resolve::{Failure, Srv, service};

/// The records of one name and type, in the account's settings and in this computer's DNS. Their
/// text is untrusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The name.
    pub name: String,
    /// Both lists.
    pub records: Records,
    /// The result of the comparison.
    pub outcome: Comparison,
}

/// Both lists of a comparison; one is empty if its side has no records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Records {
    /// A or AAAA records.
    Addresses {
        /// Which of the two.
        kind: AddressKind,
        /// Those of the account's settings.
        account: Vec<IpAddr>,
        /// Those of this computer's DNS.
        here: Vec<IpAddr>,
    },
    /// SRV records.
    Services {
        /// Those of the account's settings.
        account: Vec<Srv>,
        /// Those of this computer's DNS.
        here: Vec<Srv>,
    },
}

/// The two types of address records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressKind {
    /// IPv4.
    A,
    /// IPv6.
    Aaaa,
}

/// How this computer's DNS differs from the account's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// Some of the account's addresses and no others.
    FewerAddresses,
    /// Services on some of the account's hosts and no others.
    FewerHosts,
    /// No service record, although records created together with it are present.
    Filtered(Filtered),
    /// An unspecified or loopback address.
    LeadsNowhere(IpAddr),
    /// IPv4 addresses and no IPv6 address.
    NoIpv6,
    /// The lookup failed.
    NotAsked(Failure),
    /// Records, but the settings weren't read.
    NotCompared,
    /// No such record yet.
    NotYet {
        /// For how long that is cached, if at least a second.
        remembered: Option<Duration>,
    },
    /// Records that the settings don't list.
    OnlyHere,
    /// An IPv6 address and no IPv4 address.
    OnlyIpv6,
    /// Addresses that the settings don't list.
    OtherAddresses,
    /// Services on hosts that the settings don't list.
    OtherHosts,
    /// The same hosts and ports in another order of preference.
    OtherOrder,
    /// Services on other ports.
    OtherPorts {
        /// The account's, from the lowest.
        account: Vec<u16>,
        /// This computer's DNS's, from the lowest.
        here: Vec<u16>,
    },
    /// An address of a private network, where the settings list none.
    Private(IpAddr),
    /// No difference.
    Same,
}

/// How a resolver withholds service records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filtered {
    /// It returns a failure.
    Fails,
    /// It doesn't answer.
    NoAnswer,
    /// It says that the name doesn't exist.
    Unknown,
}

impl Compared {
    /// Returns whether it is about a service.
    #[must_use]
    pub fn is_of_service(&self) -> bool {
        matches!(self.records, Records::Services { .. })
    }
}

impl Comparison {
    /// Returns whether this is a problem for a phone that uses this computer's DNS.
    #[must_use]
    pub fn is_in_the_way(&self) -> bool {
        match self {
            Self::Filtered(_)
            | Self::LeadsNowhere(_)
            | Self::NotAsked(_)
            | Self::NotYet { .. }
            | Self::OnlyIpv6
            | Self::OtherAddresses
            | Self::OtherHosts
            | Self::OtherPorts { .. }
            | Self::Private(_) => true,
            Self::FewerAddresses
            | Self::FewerHosts
            | Self::NoIpv6
            | Self::NotCompared
            | Self::OnlyHere
            | Self::OtherOrder
            | Self::Same => false,
        }
    }
}

/// Compares all records of a realm. `settings` is `None` if the account may not read them.
pub(super) fn rows(
    settings: Option<&SipAuthentication>,
    realm: &str,
    seen: &Answers,
) -> Vec<Compared> {
    let mut rows = Vec::new();
    for transport in [TransportName::Udp, TransportName::Tcp, TransportName::Tls] {
        let name = service(transport, realm);
        let account = of_account(settings, realm, &name);
        let answer = seen.service(transport);
        let here = answer.clone().unwrap_or_default();
        if account.is_empty() && here.is_empty() {
            continue;
        }
        let any = seen.hosts.iter().any(|(host, _)| seen.resolves(host));
        let beside = Beside {
            realm: seen.resolves(realm),
            any,
        };
        rows.push(Compared {
            name,
            outcome: services(&account, answer, beside),
            records: Records::Services { account, here },
        });
    }
    for (host, answer) in &seen.hosts {
        let listed = settings.map(|settings| settings.addresses(realm, host));
        let listed = listed.unwrap_or_default();
        for kind in [AddressKind::A, AddressKind::Aaaa] {
            let account = kind.of(&listed);
            let here = kind.of(answer.as_deref().unwrap_or_default());
            // A service's host without any address deserves a row.
            let lost = answer.is_err() && listed.is_empty() && kind == AddressKind::A;
            if account.is_empty() && here.is_empty() && !lost {
                continue;
            }
            rows.push(Compared {
                name: host.clone(),
                outcome: addresses(kind, &account, answer),
                records: Records::Addresses {
                    kind,
                    account,
                    here,
                },
            });
        }
    }
    if settings.is_none() {
        for row in &mut rows {
            if row.outcome == Comparison::OnlyHere {
                row.outcome = Comparison::NotCompared;
            }
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

/// Returns whether an address contradicts the account's settings: an unspecified, loopback or
/// private address, if the account lists no such address.
pub(super) fn misleading(address: IpAddr, account: &[IpAddr]) -> bool {
    let odd = |address: &IpAddr| leads_nowhere(*address) || is_private(*address);
    !account.is_empty() && odd(&address) && !account.iter().any(odd)
}

/// Which addresses this computer's DNS does know.
#[derive(Clone, Copy, Debug)]
struct Beside {
    /// The realm's own, which are created together with its services.
    realm: bool,
    /// Any host's.
    any: bool,
}

fn services(account: &[Srv], here: &Result<Vec<Srv>, Failure>, beside: Beside) -> Comparison {
    let here = match here {
        Ok(records) if !records.is_empty() => records,
        Ok(_) | Err(Failure::NotFound { .. }) if beside.realm => {
            return Comparison::Filtered(Filtered::Unknown);
        }
        Ok(_) => return not_yet(None),
        Err(Failure::NotFound { remembered }) => return not_yet(*remembered),
        Err(Failure::NoAnswer) if beside.any => return Comparison::Filtered(Filtered::NoAnswer),
        Err(Failure::Refused) if beside.any => return Comparison::Filtered(Filtered::Fails),
        Err(failure) => return Comparison::NotAsked(*failure),
    };
    if account.is_empty() {
        return Comparison::OnlyHere;
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
        Comparison::Same
    } else if places(account) == places(here) {
        Comparison::OtherOrder
    } else if ports(account) != ports(here) {
        Comparison::OtherPorts {
            account: ports(account).into_iter().collect(),
            here: ports(here).into_iter().collect(),
        }
    } else if hosts(account).is_superset(&hosts(here)) {
        Comparison::FewerHosts
    } else {
        Comparison::OtherHosts
    }
}

impl AddressKind {
    /// Returns the type's name in DNS.
    #[must_use]
    pub fn as_str(self) -> &'static str {
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

fn addresses(
    kind: AddressKind,
    account: &[IpAddr],
    here: &Result<Vec<IpAddr>, Failure>,
) -> Comparison {
    let all = match here {
        Ok(addresses) if !addresses.is_empty() => addresses,
        Ok(_) => return not_yet(None),
        Err(Failure::NotFound { remembered }) => return not_yet(*remembered),
        Err(failure) => return Comparison::NotAsked(*failure),
    };
    let here = kind.of(all);
    if here.is_empty() {
        return match kind {
            AddressKind::A => Comparison::OnlyIpv6,
            AddressKind::Aaaa => Comparison::NoIpv6,
        };
    }
    if account.is_empty() {
        return Comparison::OnlyHere;
    }
    let (listed, known) = (
        set(account, |address| *address),
        set(&here, |address| *address),
    );
    let odd = here.iter().find(|address| misleading(**address, account));
    match odd {
        _ if listed == known => Comparison::Same,
        Some(odd) if leads_nowhere(*odd) => Comparison::LeadsNowhere(*odd),
        Some(odd) => Comparison::Private(*odd),
        None if listed.is_superset(&known) => Comparison::FewerAddresses,
        None => Comparison::OtherAddresses,
    }
}

fn not_yet(remembered: Option<Duration>) -> Comparison {
    let remembered = remembered.filter(|time| time.as_secs() > 0);
    Comparison::NotYet { remembered }
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

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;

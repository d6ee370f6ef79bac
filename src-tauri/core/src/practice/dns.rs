//! What the pretend DNS answers: the practice realms lead to the practice registrar.

use std::net::Ipv4Addr;

use super::faults::Faults;
use super::memory::State;

/// How long an answer may be remembered, in seconds.
pub(super) const TTL_SECONDS: u32 = 300;
/// The host that all realms' services lead to.
const TARGET: &str = "sbc.1a2b3c.auth.bandwidth.com";

/// Every record that exists at this moment. Any other name is unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PretendDns {
    /// SRV records (RFC 2782).
    pub services: Vec<ServiceRecord>,
    /// A records.
    pub hosts: Vec<HostRecord>,
}

/// An SRV record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceRecord {
    /// Such as `_sip._udp.office.1a2b3c.auth.bandwidth.com`.
    pub name: String,
    /// The lowest is asked first.
    pub priority: u16,
    /// Among equals, how often.
    pub weight: u16,
    /// The port.
    pub port: u16,
    /// The host.
    pub target: String,
}

/// An A record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostRecord {
    /// The host's name.
    pub name: String,
    /// Its address.
    pub address: Ipv4Addr,
}

impl PretendDns {
    pub(super) fn of(realms: impl IntoIterator<Item = String>, port: u16) -> Self {
        let mut answers = Self::default();
        let host = |name: String| HostRecord {
            name,
            address: Ipv4Addr::LOCALHOST,
        };
        for realm in realms {
            for transport in ["udp", "tcp"] {
                answers.services.push(ServiceRecord {
                    name: format!("_sip._{transport}.{realm}"),
                    priority: 5,
                    weight: 50,
                    port,
                    target: TARGET.to_owned(),
                });
            }
            answers.hosts.push(host(realm));
        }
        if !answers.hosts.is_empty() {
            answers.hosts.push(host(TARGET.to_owned()));
        }
        answers
    }
}

/// The full names of the realms that the DNS knows.
pub(super) fn listed(state: &State, now_ms: u64, faults: &Faults) -> Vec<String> {
    state
        .realms_at(now_ms)
        .filter(|realm| realm.in_dns(now_ms, faults))
        .map(super::realm::Realm::full_name)
        .collect()
}

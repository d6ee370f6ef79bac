//! This computer's DNS results for a realm.

use std::net::IpAddr;

use crate::dashboard::same_name;
use registrar_sip::TransportName;
use registrar_user_agent::resolve::{Failure, Resolve, Srv, service};

/// Maximum number of hosts whose addresses are looked up.
const MOST_HOSTS: usize = 8;
/// Maximum number of records per name.
const MOST_RECORDS: usize = 16;

/// The DNS results.
#[derive(Clone, Debug)]
pub(super) struct Answers {
    pub(super) udp: Result<Vec<Srv>, Failure>,
    pub(super) tcp: Result<Vec<Srv>, Failure>,
    pub(super) tls: Result<Vec<Srv>, Failure>,
    /// The realm's own addresses; looked up only if it has a service.
    pub(super) realm: Result<Vec<IpAddr>, Failure>,
    /// Each host with its addresses.
    pub(super) hosts: Vec<(String, Result<Vec<IpAddr>, Failure>)>,
}

impl Answers {
    /// Looks up the services of a realm, and the addresses of `hosts` and of those that the
    /// services name.
    pub(super) async fn ask(resolver: &dyn Resolve, realm: &str, hosts: Vec<String>) -> Self {
        let names = [TransportName::Udp, TransportName::Tcp, TransportName::Tls]
            .map(|transport| service(transport, realm));
        let (udp, tcp, tls) = tokio::join!(
            resolver.srv(&names[0]),
            resolver.srv(&names[1]),
            resolver.srv(&names[2])
        );
        let [udp, tcp, tls] = [udp, tcp, tls].map(|answer| answer.map(kept));
        let records = [&udp, &tcp, &tls].into_iter().flatten().flatten();
        let targets = records.map(|record| record.host.clone());
        let mut seen = Self {
            realm: Err(Failure::NotFound { remembered: None }),
            hosts: Vec::new(),
            udp: udp.clone(),
            tcp: tcp.clone(),
            tls: tls.clone(),
        };
        let mut silent = false;
        for host in hosts.into_iter().chain(targets) {
            if seen.host(&host).is_some() || seen.hosts.len() == MOST_HOSTS {
                continue;
            }
            // Name servers that failed to respond once aren't waited for again.
            let found = if silent {
                Err(Failure::NoAnswer)
            } else {
                resolver.addresses(&host).await
            };
            silent = silent || matches!(found, Err(Failure::NoAnswer | Failure::NoServers));
            seen.hosts.push((host, found));
        }
        let known = seen.host(realm).cloned();
        // A premature query would be cached as 'no such name'.
        let is_there = [&seen.udp, &seen.tcp, &seen.tls]
            .iter()
            .any(|records| matches!(records, Ok(records) if !records.is_empty()));
        if let Some(known) = known {
            seen.realm = known;
        } else if is_there && !silent {
            seen.realm = resolver.addresses(realm).await;
        }
        seen
    }

    /// Returns why services couldn't be looked up, if one lookup failed and none found any.
    pub(super) fn failure(&self) -> Option<Failure> {
        let all = [&self.udp, &self.tcp, &self.tls];
        let found = all.iter().any(|records| records.is_ok());
        let failures = all.iter().filter_map(|records| records.as_ref().err());
        let mut failures = failures.filter(|failure| failure.is_of_the_question());
        failures.next().copied().filter(|_| !found)
    }

    /// Returns the result for a service.
    pub(super) fn service(&self, transport: TransportName) -> &Result<Vec<Srv>, Failure> {
        match transport {
            TransportName::Udp => &self.udp,
            TransportName::Tcp => &self.tcp,
            TransportName::Tls => &self.tls,
        }
    }

    /// Returns the result for a host; `None` if it wasn't looked up.
    pub(super) fn host(&self, host: &str) -> Option<&Result<Vec<IpAddr>, Failure>> {
        let known = self.hosts.iter().find(|(known, _)| same_name(known, host));
        known.map(|(_, found)| found)
    }

    /// Returns whether a host has an address.
    pub(super) fn resolves(&self, host: &str) -> bool {
        matches!(self.host(host), Some(Ok(addresses)) if !addresses.is_empty())
    }
}

/// A lone '.' as the target means that the service isn't available (RFC 2782).
fn kept(mut records: Vec<Srv>) -> Vec<Srv> {
    records.retain(|record| !record.host.is_empty());
    records.truncate(MOST_RECORDS);
    records
}

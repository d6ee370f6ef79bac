//! Practice's DNS: its realms resolve to its registrar, and no other name exists.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use registrar_activity::clock;
use registrar_user_agent::resolve::{Answer, Failure, Resolve, Srv};

use super::faults::{ActiveFaults, Faults};
use super::memory::Memory;
use super::realm::Realm;
use super::state::State;

/// How long an answer may be remembered, in seconds.
pub(super) const TTL_SECONDS: u32 = 300;
/// The host that all realms' services lead to.
pub(super) const TARGET: &str = "sbc.1a2b3c.auth.bandwidth.com";
/// The addresses of everything.
pub(super) const ADDRESS: Ipv4Addr = Ipv4Addr::LOCALHOST;
/// The transports of the registrar, as they stand in a service's name.
pub(super) const TRANSPORTS: [&str; 2] = ["udp", "tcp"];

/// Answers according to the current state.
#[derive(Clone, Debug)]
pub struct PracticeDns {
    memory: Arc<Memory>,
    faults: Arc<ActiveFaults>,
    port: u16,
}

impl PracticeDns {
    pub(super) fn new(memory: Arc<Memory>, faults: Arc<ActiveFaults>, port: u16) -> Self {
        Self {
            memory,
            faults,
            port,
        }
    }

    fn knows(&self, host: &str) -> bool {
        let faults = self.faults.now();
        if faults.dns_missing {
            return false;
        }
        let names = self
            .memory
            .look(|state| listed(state, clock::now_ms(), &faults));
        let target = !names.is_empty() && host.eq_ignore_ascii_case(TARGET);
        target || names.iter().any(|name| host.eq_ignore_ascii_case(name))
    }
}

impl Resolve for PracticeDns {
    fn srv<'a>(&'a self, name: &'a str) -> Answer<'a, Vec<Srv>> {
        let realm = TRANSPORTS
            .iter()
            .find_map(|transport| name.strip_prefix(&format!("_sip._{transport}.")));
        let faults = self.faults.now();
        let realm = realm.or_else(|| {
            name.strip_prefix("_sips._tcp.")
                .filter(|_| faults.network.tls)
        });
        let known = realm.is_some_and(|realm| realm != TARGET && self.knows(realm));
        let port = if faults.dns_differs {
            self.port ^ 1
        } else {
            self.port
        };
        let answer = known.then(|| vec![record(port)]);
        Box::pin(async { answer.ok_or(Failure::NotFound { remembered: None }) })
    }

    fn addresses<'a>(&'a self, host: &'a str) -> Answer<'a, Vec<IpAddr>> {
        let answer = self.knows(host).then(|| vec![ADDRESS.into()]);
        Box::pin(async { answer.ok_or(Failure::NotFound { remembered: None }) })
    }
}

/// The single service that all names resolve to.
pub(super) fn record(port: u16) -> Srv {
    Srv {
        priority: 5,
        weight: 50,
        port,
        host: TARGET.to_owned(),
    }
}

/// Returns the full names of the realms known to DNS.
pub(super) fn listed(state: &State, now_ms: u64, faults: &Faults) -> Vec<String> {
    state
        .realms_at(now_ms)
        .filter(|realm| realm.in_dns(now_ms, faults))
        .map(Realm::full_name)
        .collect()
}

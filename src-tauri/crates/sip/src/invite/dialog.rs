//! Dialog state (RFC 3261 section 12).

use std::net::{IpAddr, SocketAddr};

use super::super::message::Message;
use super::super::uri::{Address, Uri};
use super::super::via::DEFAULT_PORT;
use super::plan::CallPlan;
use crate::TransportName;

/// Maximum number of routes followed in a call.
const MOST_ROUTES: usize = 20;

/// A dialog from the caller's side.
#[derive(Clone, Debug)]
pub(super) struct Dialog {
    /// The other side's tag.
    pub(super) tag: String,
    /// The other side's address, for To.
    pub(super) to: String,
    target: String,
    routes: Vec<String>,
    /// The highest `CSeq` number of a request from the other side.
    pub(super) heard: Option<u32>,
}

impl Dialog {
    /// Creates a dialog from a response to the INVITE. `fallback` is used if it has no Contact.
    pub(super) fn new(response: &Message, fallback: &str) -> Self {
        let routes = response.list("Record-Route").into_iter().take(MOST_ROUTES);
        let mut routes: Vec<String> = routes.map(str::to_owned).collect();
        routes.reverse();
        Self {
            tag: tag(response, "To"),
            to: response.header("To").unwrap_or_default().to_owned(),
            target: contact(response).unwrap_or_else(|| fallback.to_owned()),
            routes,
            heard: None,
        }
    }

    /// Updates the remote target from a message's Contact (RFC 3261 section 12.2).
    pub(super) fn refresh(&mut self, message: &Message) {
        if let Some(target) = contact(message) {
            self.target = target;
        }
    }

    /// Returns the destination of a request if it isn't the registrar: the first router that stays
    /// in the call, or the far end itself (RFC 3261 section 8.1.2).
    ///
    /// Only over UDP and for a numeric address. A private address behind a registrar outside that
    /// network can't be reached from here, so the registrar gets the request.
    pub(super) fn next_hop(&self, plan: &CallPlan) -> Option<SocketAddr> {
        let route = self.routes.first().and_then(|first| Address::parse(first));
        let uri = route.map_or_else(|| Uri::parse(&self.target), |route| Some(route.uri))?;
        let over_udp = uri.parameter("transport").unwrap_or("udp");
        if plan.transport != TransportName::Udp
            || uri.scheme != "sip"
            || !over_udp.eq_ignore_ascii_case("udp")
        {
            return None;
        }
        let host = uri.host.trim_start_matches('[').trim_end_matches(']');
        let ip: IpAddr = host.parse().ok()?;
        let hop = SocketAddr::new(ip, uri.port.unwrap_or(DEFAULT_PORT));
        let is_wrong = ip.is_unspecified()
            || ip.is_multicast()
            || ip.is_ipv4() != plan.local.is_ipv4()
            || ip.is_loopback() != plan.local.ip().is_loopback()
            || is_public(plan.target.ip()) && !is_public(ip);
        (!is_wrong && hop != plan.target).then_some(hop)
    }

    /// Returns the Request-URI and the Route of a request.
    pub(super) fn way(&self) -> (String, Vec<String>) {
        let first = self.routes.first().and_then(|first| Address::parse(first));
        match first {
            // A strict router takes its own address as the Request-URI, and the target goes last
            // (RFC 3261 section 12.2.1.1).
            Some(first) if !first.uri.parameters.iter().any(|(name, _)| name == "lr") => {
                let mut routes = self.routes[1..].to_vec();
                routes.push(format!("<{}>", self.target));
                (first.uri.to_string(), routes)
            }
            Some(_) | None => (self.target.clone(), self.routes.clone()),
        }
    }
}

/// Returns whether an address is publicly reachable, as far as can be told from the address itself.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            let [first, second, ..] = ip.octets();
            let shared = first == 100 && (64..128).contains(&second);
            !(ip.is_private() || ip.is_loopback() || ip.is_link_local() || shared)
        }
        IpAddr::V6(ip) => !(ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local()),
    }
}

/// Returns the tag of From or To, or an empty string.
pub(super) fn tag(message: &Message, name: &str) -> String {
    let address = message.header(name).and_then(Address::parse);
    let tag = address.and_then(|address| address.parameter("tag").map(str::to_owned));
    tag.unwrap_or_default()
}

fn contact(message: &Message) -> Option<String> {
    let contact = message.list("Contact").first().copied()?.to_owned();
    Address::written_uri(&contact).map(str::to_owned)
}

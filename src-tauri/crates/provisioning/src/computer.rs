//! The networks that this computer is in, and its clock.

use std::io;
use std::net::{IpAddr, UdpSocket};

use if_addrs::{IfOperStatus, Interface};
use registrar_activity::clock;

/// An address of this computer that other devices of a local network can reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    /// The name that the system gives its interface, such as `eth0` or `Wi-Fi`.
    pub interface: String,
    /// The address.
    pub address: IpAddr,
}

/// Who is to reach the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Devices of a local network.
    LocalNetwork,
    /// Programs on this computer alone.
    ThisComputer,
}

/// What the server knows of the computer that it runs on.
pub trait Computer: Send + Sync {
    /// Returns the networks to choose from, the one that leads to the internet first.
    fn networks(&self, reach: Reach) -> io::Result<Vec<Network>>;
    /// Returns the milliseconds since 1970. Unlike a timer, they go on while the computer sleeps.
    fn now_ms(&self) -> u64;
}

/// The computer that the app runs on.
#[derive(Clone, Copy, Debug, Default)]
pub struct ThisComputer;

impl Computer for ThisComputer {
    fn networks(&self, reach: Reach) -> io::Result<Vec<Network>> {
        let interfaces = if_addrs::get_if_addrs()?;
        let fits: fn(IpAddr) -> bool = match reach {
            Reach::LocalNetwork => is_local,
            Reach::ThisComputer => |address| address.is_loopback(),
        };
        let mut networks: Vec<Network> = (interfaces.into_iter())
            .filter(|interface| is_up(interface) && fits(interface.ip()))
            .map(|interface| Network {
                address: interface.ip(),
                interface: interface.name,
            })
            .collect();
        let usual = usual_address();
        networks.sort_by_key(|network| (Some(network.address) != usual, network.address.is_ipv6()));
        Ok(networks)
    }

    fn now_ms(&self) -> u64 {
        clock::now_ms()
    }
}

fn is_up(interface: &Interface) -> bool {
    !matches!(
        interface.oper_status,
        IfOperStatus::Down | IfOperStatus::NotPresent | IfOperStatus::LowerLayerDown
    )
}

/// Returns whether an address belongs to a local network: private (RFC 1918), assigned without a
/// server (RFC 3927), or unique local (RFC 4193). A link-local address of IPv6 isn't one to put
/// into a URL, because it needs the name of the other device's interface.
pub(crate) fn is_local(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_private() || address.is_link_local(),
        IpAddr::V6(address) => address.is_unique_local(),
    }
}

/// Returns the address from which this computer reaches the internet. Nothing is sent to find out:
/// connecting a UDP socket only chooses a route.
fn usual_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    // An address of RFC 5737, which stands for any on the internet.
    socket.connect("192.0.2.1:9").ok()?;
    Some(socket.local_addr().ok()?.ip())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_addresses_are_told_from_public_ones() {
        for (address, local) in [
            ("10.0.0.1", true),
            ("172.31.255.255", true),
            ("172.32.0.1", false),
            ("192.168.178.20", true),
            ("169.254.7.7", true),
            ("100.64.0.1", false),
            ("127.0.0.1", false),
            ("192.0.2.1", false),
            ("0.0.0.0", false),
            ("fd00::1", true),
            ("fe80::1", false),
            ("2001:db8::1", false),
            ("::1", false),
            ("::", false),
            ("::ffff:10.0.0.1", false),
        ] {
            assert_eq!(is_local(address.parse().unwrap()), local, "{address}");
        }
    }

    #[test]
    fn this_computer_reaches_itself() {
        let networks = ThisComputer.networks(Reach::ThisComputer).unwrap();

        assert!(!networks.is_empty());
        assert!(networks.iter().all(|network| network.address.is_loopback()));
        let local = ThisComputer.networks(Reach::LocalNetwork).unwrap();
        assert!(local.iter().all(|network| is_local(network.address)));
    }
}

//! The name servers configured on this computer.
//!
//! All names are queried as absolute names, so search lists and local domains aren't read at all,
//! and an invalid entry there has no effect. An invalid name server is skipped, and the others are
//! used.

use std::net::IpAddr;

/// Most name servers that are asked. The C library of Linux asks three.
const MOST_SERVERS: usize = 8;

/// Returns the name servers of `/etc/resolv.conf`. macOS maintains that file for its primary
/// network.
#[cfg(not(windows))]
pub(super) fn name_servers() -> Vec<IpAddr> {
    let text = std::fs::read("/etc/resolv.conf").unwrap_or_default();
    of_resolv_conf(&text)
}

/// Returns the name servers of all adapters that are up.
#[cfg(windows)]
pub(super) fn name_servers() -> Vec<IpAddr> {
    let adapters = ipconfig::get_adapters().unwrap_or_default();
    let up = (adapters.iter())
        .filter(|adapter| adapter.oper_status() == ipconfig::OperStatus::IfOperStatusUp);
    usable(up.flat_map(ipconfig::Adapter::dns_servers).copied())
}

/// Parses the `nameserver` lines of a resolv.conf (resolv.conf(5)); other lines and invalid
/// addresses are skipped.
#[cfg(any(not(windows), test))]
fn of_resolv_conf(text: &[u8]) -> Vec<IpAddr> {
    let text = String::from_utf8_lossy(text);
    let text = text.trim_start_matches('\u{feff}');
    let servers = text.split(['\n', '\r']).filter_map(|line| {
        let line = line.split(['#', ';']).next()?;
        let mut words = line.split_whitespace();
        (words.next()? == "nameserver").then_some(())?;
        words.next()?.split('%').next()?.parse().ok()
    });
    usable(servers)
}

/// Keeps each address once, and none that cannot be sent to: a link-local address is one only
/// together with its network interface (RFC 4007 section 6), and the site-local ones are what
/// Windows lists where nobody set a name server up (RFC 3879).
fn usable(servers: impl Iterator<Item = IpAddr>) -> Vec<IpAddr> {
    let mut all: Vec<IpAddr> = Vec::new();
    for server in servers {
        let lost = match server {
            IpAddr::V4(_) => false,
            IpAddr::V6(address) => {
                address.is_unicast_link_local() || address.segments()[0] & 0xffc0 == 0xfec0
            }
        };
        if !lost && !all.contains(&server) && all.len() < MOST_SERVERS {
            all.push(server);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let servers = of_resolv_conf(text.as_bytes());
        servers.iter().map(IpAddr::to_string).collect()
    }

    #[test]
    fn odd_search_words_take_no_name_server_away() {
        let long = "x".repeat(300);
        for word in [".lan", "a..b", "office_1", "-", "--", "ü.example", &long] {
            let text = format!("search {word} corp.example\ndomain {word}\nnameserver 192.0.2.53");

            assert_eq!(read(&text), ["192.0.2.53"], "{word}");
        }
    }

    #[test]
    fn odd_lines_are_skipped_one_by_one() {
        let text = "\u{feff}# made by hand; nameserver 192.0.2.1\r\n\
                    nameserver\n\
                    nameserver one.example\n\
                    nameserver 192.0.2.300\n\
                    nameserver fe80::1%en0\n\
                    nameserver fe80::1\n\
                    nameserver fec0:0:0:ffff::1\n\
                    nameservers 192.0.2.2\n\
                    options timeout:x ndots:-1 unheard-of\n\
                    sortlist 1/2/3\n\
                    lookup file bind\r\n\
                    \tnameserver\t192.0.2.53 # office\n\
                    nameserver 2001:db8::53;home\n\
                    nameserver 192.0.2.53\n";

        assert_eq!(read(text), ["192.0.2.53", "2001:db8::53"]);
    }

    #[test]
    fn bytes_that_are_no_text_spoil_their_own_line_only() {
        let servers = of_resolv_conf(b"search \xff\xfe\nnameserver 192.0.2.53\nnameserver \xff\n");

        assert_eq!(servers, ["192.0.2.53".parse::<IpAddr>().unwrap()]);
    }

    #[test]
    fn a_file_without_a_usable_server_names_none() {
        for text in ["", "search corp.example\n", "nameserver fe80::1%en0\n"] {
            assert_eq!(read(text), [""; 0], "{text:?}");
        }
    }

    #[test]
    fn a_flood_of_servers_is_cut() {
        let lines: Vec<String> = (0..200)
            .map(|part| format!("nameserver 192.0.2.{part}"))
            .collect();

        assert_eq!(read(&lines.join("\n")).len(), MOST_SERVERS);
    }
}

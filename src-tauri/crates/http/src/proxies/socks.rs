//! SOCKS proxies.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};

use super::{ASKED, OPENS, OUTSIDE, THE_PROXY, asks, inside};

/// How a SOCKS server of the tests answers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Socks {
    /// Opens the connection, with a sign-in if one is offered.
    Opens,
    /// Accepts none of the authentication methods.
    NoMethod,
    /// It refuses the sign-in.
    WrongSignIn,
    /// Rejects the destination.
    NotAllowed,
}

/// A SOCKS server (RFC 1928, RFC 1929; SOCKS 4 and 4a) for one connection, which leads to a server
/// that terminates TLS. Returns its address, and what was requested: `user:password@host:port`.
fn socks(answer: Socks) -> (String, std::thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let asked = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let (asked, opened) = match take(&mut stream, 1)[0] {
            4 => socks4(&mut stream, answer),
            _ => socks5(&mut stream, answer),
        };
        if opened {
            let (certificate, key) = OPENS;
            let mut tls = rustls::ServerConnection::new(inside(certificate, key)).unwrap();
            drop(tls.complete_io(&mut stream));
        }
        asked
    });
    (address, asked)
}

fn socks5(stream: &mut TcpStream, answer: Socks) -> (String, bool) {
    let count = take(stream, 1)[0];
    let methods = take(stream, count.into());
    if answer == Socks::NoMethod {
        stream.write_all(&[5, 0xff]).unwrap();
        return (String::new(), false);
    }
    let mut asked = String::new();
    if methods.contains(&2) {
        stream.write_all(&[5, 2]).unwrap();
        take(stream, 1);
        let user = counted(stream);
        let password = counted(stream);
        asked = format!("{user}:{password}@");
        stream
            .write_all(&[1, u8::from(answer == Socks::WrongSignIn)])
            .unwrap();
        if answer == Socks::WrongSignIn {
            return (asked, false);
        }
    } else {
        stream.write_all(&[5, 0]).unwrap();
    }
    let host = match take(stream, 4)[3] {
        1 => ipv4(stream),
        3 => counted(stream),
        kind => panic!("an address of kind {kind}"),
    };
    let port = take(stream, 2);
    let port = u16::from_be_bytes([port[0], port[1]]);
    asked.extend([&host, ":", &port.to_string()]);
    let reply = if answer == Socks::NotAllowed { 2 } else { 0 };
    stream
        .write_all(&[5, reply, 0, 1, 0, 0, 0, 0, 0, 0])
        .unwrap();
    (asked, reply == 0)
}

fn socks4(stream: &mut TcpStream, answer: Socks) -> (String, bool) {
    take(stream, 1);
    let port = take(stream, 2);
    let mut host = ipv4(stream);
    let user = until_nul(stream);
    if host.starts_with("0.0.0.") {
        host = until_nul(stream);
    }
    let opened = answer != Socks::NotAllowed;
    let reply = if opened { 0x5a } else { 0x5b };
    stream.write_all(&[0, reply, 0, 0, 0, 0, 0, 0]).unwrap();
    let port = u16::from_be_bytes([port[0], port[1]]);
    (format!("{user}{host}:{port}"), opened)
}

fn take(stream: &mut TcpStream, count: usize) -> Vec<u8> {
    let mut bytes = vec![0; count];
    stream.read_exact(&mut bytes).unwrap();
    bytes
}

fn counted(stream: &mut TcpStream) -> String {
    let count = take(stream, 1)[0];
    String::from_utf8(take(stream, count.into())).unwrap()
}

fn ipv4(stream: &mut TcpStream) -> String {
    let bytes = take(stream, 4);
    let parts: Vec<String> = bytes.iter().map(ToString::to_string).collect();
    parts.join(".")
}

fn until_nul(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    loop {
        match take(stream, 1)[0] {
            0 => return String::from_utf8(bytes).unwrap(),
            byte => bytes.push(byte),
        }
    }
}

#[test]
fn every_kind_of_socks_proxy_is_used_with_its_sign_in() {
    let by_number = "https://192.0.2.1/";
    for (scheme, variable, url, sign_in, expected) in [
        (
            "socks5h",
            "ALL_PROXY",
            OUTSIDE,
            true,
            "ann:p@ss@dashboard.invalid:443",
        ),
        (
            "socks5h",
            "all_proxy",
            OUTSIDE,
            false,
            "dashboard.invalid:443",
        ),
        (
            "socks4a",
            "HTTPS_PROXY",
            OUTSIDE,
            false,
            "dashboard.invalid:443",
        ),
        (
            "socks5",
            "ALL_PROXY",
            by_number,
            true,
            "ann:p@ss@192.0.2.1:443",
        ),
        ("socks4", "ALL_PROXY", by_number, false, "192.0.2.1:443"),
    ] {
        let (address, asked) = socks(Socks::Opens);
        let user = if sign_in { "ann:p%40ss@" } else { "" };
        let proxy = format!("{scheme}://{user}{address}");

        let variables = [(ASKED, url), (variable, proxy.as_str())];
        let (ended, printed) = asks(&variables, "Zoë's Inspection Proxy (Example Corp)");

        assert!(ended, "{scheme}: {printed}");
        assert_eq!(asked.join().unwrap(), expected, "{scheme}");
    }
}

#[test]
fn socks_proxy_that_refuses_is_told_as_its_failure() {
    for (scheme, answer) in [
        ("socks5h", Socks::NoMethod),
        ("socks5h", Socks::WrongSignIn),
        ("socks5h", Socks::NotAllowed),
        ("socks4a", Socks::NotAllowed),
    ] {
        let (address, asked) = socks(answer);
        let proxy = format!("{scheme}://ann:p%40ss@{address}");

        let (ended, printed) = asks(&[("ALL_PROXY", &proxy)], THE_PROXY);

        assert!(ended, "{scheme}: {printed}");
        drop(asked.join().unwrap());
    }
}

#[test]
fn socks_proxy_is_not_asked_for_an_excepted_host() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("socks5h://{}", listener.local_addr().unwrap());

    let variables = [
        ("ALL_PROXY", url.as_str()),
        ("NO_PROXY", "dashboard.invalid"),
    ];
    let (ended, printed) = asks(&variables, "no such name");

    assert!(ended, "{printed}");
    assert!(listener.accept().is_err(), "the proxy was not asked");
}

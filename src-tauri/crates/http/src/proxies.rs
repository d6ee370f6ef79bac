//! The system's proxies, each in a process of its own, because the environment belongs to all tests
//! of this one.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use registrar_activity::{Activity, Service, Silence};
use url::Url;

use super::{Error, Http, Limits, Method, Request};

/// What the process of a test is told to ask for, and to expect.
const ASKED: &str = "ASKED_BY_THE_TEST";
const EXPECTED: &str = "EXPECTED_BY_THE_TEST";
/// How a failure of the proxy's own is told.
const THE_PROXY: &str = "the proxy";
/// A name that exists nowhere (RFC 6761 section 6.4): only a proxy can lead there.
const OUTSIDE: &str = "https://dashboard.invalid/";
/// `ann:p@ss` in base64.
const SIGN_IN: &str = "Proxy-Authorization: Basic YW5uOnBAc3M=";

/// Runs in the processes of the other tests; here, it finds nobody.
#[tokio::test]
async fn a_host_outside_is_asked_as_the_environment_says() {
    let limits = Limits {
        connect: Duration::from_secs(10),
        total: Duration::from_secs(20),
        body: 1024,
    };
    let http = Http::new(Arc::new(Activity::default()), limits);
    let asked = std::env::var(ASKED).unwrap_or_else(|_| OUTSIDE.to_owned());
    let request = Request::new(
        Service::Dashboard,
        "Test",
        Method::Get,
        Url::parse(&asked).unwrap(),
    );

    let outcome = http.send(&request, |answer| Ok(answer.status)).await;

    let was = match outcome {
        Ok(status) => format!("answered by {status}"),
        Err(Error::Untrusted { issuer, .. }) => issuer.unwrap_or_default(),
        Err(Error::Unreachable {
            silence: Silence::NameUnknown,
            ..
        }) => "no such name".to_owned(),
        Err(Error::Unreachable {
            silence: Silence::Proxy,
            ..
        }) => THE_PROXY.to_owned(),
        Err(Error::Unreachable { .. }) => "no way out".to_owned(),
        Err(error) => format!("{error:?}"),
    };
    if let Ok(expected) = std::env::var(EXPECTED) {
        assert_eq!(was, expected);
    }
}

/// Asks for the host outside with these variables, and returns whether that ended as expected.
fn asks(variables: &[(&str, &str)], expected: &str) -> (bool, String) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    let output = command
        .args([
            "--exact",
            "proxies::a_host_outside_is_asked_as_the_environment_says",
        ])
        .envs(variables.iter().copied())
        .env(EXPECTED, expected)
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    (printed.contains("1 passed"), printed)
}

/// A certificate and its key.
type Identity = (&'static [u8], &'static [u8]);

/// Of a proxy that opens the encryption.
const OPENS: Identity = (
    include_bytes!("../tests/fixtures/tls/proxy.der"),
    include_bytes!("../tests/fixtures/tls/proxy-key.der"),
);
/// Of `r.example`, signed by an authority of the tests.
#[cfg(target_os = "linux")]
const RIGHT: Identity = (
    include_bytes!("../tests/fixtures/tls/registrar-good.der"),
    include_bytes!("../tests/fixtures/tls/registrar-key.der"),
);

fn inside(certificate: &'static [u8], key: &'static [u8]) -> Arc<rustls::ServerConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.into()], key.try_into().unwrap())
        .unwrap();
    Arc::new(config)
}

/// A proxy that takes one tunnel and answers it with this status. Inside of it stands whoever has this
/// certificate, and answers once. Returns its address, and the head of what it was asked.
fn proxy(
    status: &'static str,
    (certificate, key): Identity,
) -> (String, std::thread::JoinHandle<String>) {
    let config = inside(certificate, key);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let asked = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            head.extend(byte);
        }
        let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n");
        stream.write_all(answer.as_bytes()).unwrap();
        if status.starts_with("200") {
            let mut tls = rustls::ServerConnection::new(config).unwrap();
            let mut inside = rustls::Stream::new(&mut tls, &mut stream);
            if inside.read(&mut [0; 1024]).is_ok_and(|read| read > 0) {
                let answer = b"HTTP/1.1 204 No Content\r\n\r\n";
                inside.write_all(answer).unwrap();
            }
        }
        String::from_utf8(head).unwrap()
    });
    (address, asked)
}

#[test]
fn system_proxy_gets_its_sign_in_and_is_named_if_it_opens_tls() {
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"] {
        let (address, asked) = proxy("200 Connected", OPENS);
        let url = format!("http://ann:p%40ss@{address}");

        let (ended, printed) = asks(&[(variable, &url)], "Zoë's Inspection Proxy (Example Corp)");

        assert!(ended, "{variable}: {printed}");
        let head = asked.join().unwrap();
        assert!(head.starts_with("CONNECT dashboard.invalid:443 "), "{head}");
        let sign_in = SIGN_IN.to_lowercase();
        assert!(head.to_lowercase().contains(&sign_in), "{variable}: {head}");
    }
}

/// Linux lets a process be told whom to trust.
#[cfg(target_os = "linux")]
#[test]
fn trusted_service_answers_through_a_proxy_with_sign_in() {
    let (address, asked) = proxy("200 Connected", RIGHT);
    let url = format!("http://ann:p%40ss@{address}");
    let authority = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/tls/authority.pem"
    );
    let variables = [
        (ASKED, "https://r.example/"),
        ("HTTPS_PROXY", url.as_str()),
        ("SSL_CERT_FILE", authority),
    ];

    let (ended, printed) = asks(&variables, "answered by 204");

    assert!(ended, "{printed}");
    let head = asked.join().unwrap();
    assert!(head.starts_with("CONNECT r.example:443 "), "{head}");
    assert!(
        head.to_lowercase().contains(&SIGN_IN.to_lowercase()),
        "{head}"
    );
}

#[test]
fn a_proxy_that_refuses_its_sign_in_is_told_as_its_failure() {
    let (address, asked) = proxy("407 Proxy Authentication Required", OPENS);
    let url = format!("http://{address}");

    let (ended, printed) = asks(&[("HTTPS_PROXY", &url)], THE_PROXY);

    assert!(ended, "{printed}");
    assert!(
        !asked
            .join()
            .unwrap()
            .to_lowercase()
            .contains("authorization")
    );
}

#[test]
fn a_host_that_the_system_excepts_is_asked_without_the_proxy() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());

    let variables = [("HTTPS_PROXY", url.as_str()), ("NO_PROXY", ".invalid")];
    let (ended, printed) = asks(&variables, "no such name");

    assert!(ended, "{printed}");
    assert!(listener.accept().is_err(), "the proxy was not asked");
}

/// How a SOCKS server of the tests answers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Socks {
    /// It opens the way, with a sign-in where one is offered.
    Opens,
    /// It takes none of the ways to sign in.
    NoMethod,
    /// It refuses the sign-in.
    WrongSignIn,
    /// It allows no such address.
    NotAllowed,
}

/// A SOCKS server (RFC 1928, RFC 1929; SOCKS 4 and 4a) for one connection. Inside of it stands whoever
/// opens the encryption. Returns its address, and what it was asked: `user:password@host:port`.
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
fn proxy_that_is_not_there_is_told_as_its_failure() {
    // Bound and not listening: the port stays taken, and connections to it are refused.
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let nobody = socket.local_addr().unwrap().to_string();
    for host in [nobody.as_str(), "proxy.invalid:1080"] {
        for scheme in ["http", "socks5h", "socks4a"] {
            let proxy = format!("{scheme}://{host}");

            let (ended, printed) = asks(&[("ALL_PROXY", &proxy)], THE_PROXY);

            assert!(ended, "{proxy}: {printed}");
        }
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

//! Tests of the system's proxies, each in its own process because environment variables are shared
//! by all tests of one process.

mod socks;

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use registrar_activity::{Activity, Service, Silence};
use url::Url;

use super::{Error, Http, Limits, Method, Request};

/// The environment variable that tells a test process what to request and what to expect.
const ASKED: &str = "ASKED_BY_THE_TEST";
const EXPECTED: &str = "EXPECTED_BY_THE_TEST";
/// How a failure of the proxy's own is told.
const THE_PROXY: &str = "the proxy";
/// A name that doesn't exist anywhere (RFC 6761 section 6.4): only a proxy can lead there.
const OUTSIDE: &str = "https://dashboard.invalid/";
/// `ann:p@ss` in base64.
const SIGN_IN: &str = "Proxy-Authorization: Basic YW5uOnBAc3M=";

/// Runs in the processes of the other tests; here, the variable isn't set.
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

/// Requests the outside host with these variables set, and returns whether the result was as
/// expected.
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

/// The identity of a proxy that intercepts TLS.
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

/// A proxy that accepts one tunnel and answers it with this status. Inside the tunnel, a server
/// with this certificate responds once. Returns its address, and the head of the request.
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

/// Only on Linux can a process's trust roots be set.
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

#[test]
fn proxy_that_is_not_there_is_told_as_its_failure() {
    // Bound but not listening: the port stays taken, and connections to it are refused.
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

//! Updates from a local server over TLS, with a test key and a test authority.

use std::io::Cursor;
use std::net::SocketAddr;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minisign::KeyPair;
use registrar_explain::FailureKind;
use tauri::test::{MockRuntime, mock_builder};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::*;

const FILE: &[u8] = b"\x7fELF the new version";

/// A key of the tests.
struct Signer(KeyPair);

impl Signer {
    fn new() -> Self {
        Self(KeyPair::generate_unencrypted_keypair().unwrap())
    }

    fn public(&self) -> &'static str {
        let key = self.0.pk.to_box().unwrap().to_string();
        Box::leak(STANDARD.encode(key).into_boxed_str())
    }

    /// Signs a file as the file of this version.
    fn sign(&self, file: &[u8], version: &str) -> String {
        self.sign_about(file, &format!("timestamp:1\tfile:app\tversion:{version}"))
    }

    /// Signs a file with what is said of it.
    fn sign_about(&self, file: &[u8], about: &str) -> String {
        let signed = minisign::sign(None, &self.0.sk, Cursor::new(file), Some(about), None);
        STANDARD.encode(signed.unwrap().to_string())
    }
}

/// Serves a list that names `version` with this signature, and the file.
async fn serve(version: &str, signature: String, file: &'static [u8]) -> SocketAddr {
    let certificate =
        include_bytes!("../../crates/http/tests/fixtures/tls/registrar-good.der").as_slice();
    let key = include_bytes!("../../crates/http/tests/fixtures/tls/registrar-key.der").as_slice();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.into()], key.try_into().unwrap())
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(tls));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let list = json!({
        "version": version,
        "notes": "What is new:\n- calls are clearer",
        "url": format!("https://{address}/file"),
        "signature": signature,
    });
    let list = list.to_string().into_bytes();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, list) = (acceptor.clone(), list.clone());
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else {
                    return;
                };
                let mut request = Vec::new();
                while !request.ends_with(b"\r\n\r\n") {
                    let mut byte = [0];
                    if stream.read_exact(&mut byte).await.is_err() {
                        return;
                    }
                    request.extend(byte);
                }
                let body = if request.starts_with(b"GET /file ") {
                    file
                } else {
                    list.as_slice()
                };
                let head = format!(
                    "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                    body.len()
                );
                let _ = stream.write_all(&[head.as_bytes(), body].concat()).await;
                let _ = stream.shutdown().await;
            });
        }
    });
    address
}

/// An app that takes updates from this address with this key.
fn app(address: SocketAddr, key: &'static str) -> tauri::App<MockRuntime> {
    let address = Box::leak(format!("https://{address}/list").into_boxed_str());
    mock_builder()
        .plugin(Updates::from(Source { address, key }))
        .build(tauri::generate_context!(test = true))
        .unwrap()
}

fn authority() -> Trust {
    let authority = include_bytes!("../../crates/http/tests/fixtures/tls/authority.pem");
    Trust::default().and_pem(authority).unwrap()
}

#[tokio::test]
async fn a_signed_update_is_offered_with_its_notes_and_fetched() {
    let signer = Signer::new();
    let address = serve("99.0.0", signer.sign(FILE, "99.0.0"), FILE).await;
    let app = app(address, signer.public());
    let found = Found::default();

    let offer = found.look(app.handle(), authority()).await.unwrap();

    let UpdateOffer::Found {
        version,
        current,
        notes,
        by_hand: _,
    } = offer
    else {
        panic!("nothing was offered: {offer:?}")
    };
    assert_eq!(version, "99.0.0");
    assert_eq!(current, app.package_info().version.to_string());
    assert!(notes.contains("calls are clearer"), "{notes}");
    let (_, file) = found.fetch().await.unwrap();
    assert_eq!(file, FILE);
}

#[tokio::test]
async fn an_update_that_is_signed_wrongly_is_thrown_away() {
    let (signer, stranger) = (Signer::new(), Signer::new());
    let older = signer.sign(FILE, "98.0.0");
    // An old file could be offered as a new one.
    let of_no_version = signer.sign_about(FILE, "timestamp:1\tfile:app");
    for (name, signature, file) in [
        ("by another key", stranger.sign(FILE, "99.0.0"), FILE),
        (
            "for another file",
            signer.sign(b"\x7fELF other", "99.0.0"),
            FILE,
        ),
        ("for another version", older, FILE),
        ("for no version", of_no_version, FILE),
        ("not at all", String::new(), FILE),
        ("in nonsense", STANDARD.encode("nonsense"), FILE),
    ] {
        let address = serve("99.0.0", signature, file).await;
        let app = app(address, signer.public());
        let found = Found::default();
        found.look(app.handle(), authority()).await.unwrap();

        let Err(failure) = found.fetch().await else {
            panic!("signed {name}, and taken")
        };

        assert_eq!(failure.kind, FailureKind::Refused, "signed {name}");
        assert!(failure.sentence.contains("isn’t signed"), "signed {name}");
    }
}

#[tokio::test]
async fn the_version_that_runs_and_older_ones_are_not_offered() {
    let signer = Signer::new();
    for version in ["0.0.1", env!("CARGO_PKG_VERSION")] {
        let address = serve(version, signer.sign(FILE, version), FILE).await;
        let app = app(address, signer.public());

        let offer = Found::default().look(app.handle(), authority()).await;

        assert!(
            matches!(offer.unwrap(), UpdateOffer::Current { .. }),
            "{version}"
        );
    }
}

#[tokio::test]
async fn a_server_that_this_computer_does_not_trust_is_not_asked() {
    let signer = Signer::new();
    let address = serve("99.0.0", signer.sign(FILE, "99.0.0"), FILE).await;
    let app = app(address, signer.public());

    let looked = Found::default().look(app.handle(), Trust::default()).await;

    assert_eq!(looked.unwrap_err().kind, FailureKind::Unreachable);
}

#[tokio::test]
async fn nothing_is_fetched_that_was_not_offered() {
    assert!(Found::default().fetch().await.is_err());
}

//! Linphone fetches its file from the provisioning server and registers with the practice registrar.
//!
//! What Linphone 5.1.65 (Debian 12) sends, as seen on loopback: one request,
//! `GET /PATH HTTP/1.1` with `User-Agent: Unknown` and `Host`, no HEAD before it and nothing else.
//! It takes any answer with status 200, applies it, forgets the address because the file says so,
//! and registers. A file without a hash makes it register without an answer to the challenge, and
//! then ask "Password for USER on REALM".

use std::collections::HashMap;
use std::fs;
use std::net::Ipv4Addr;

use registrar_digest::Hashes;
use registrar_phones::{EXPIRY, Secret, Settings, file, find};
use registrar_practice::registrar::Registrar;
use registrar_provisioning::{Event, Reach, Server, ThisComputer};
use registrar_secret::SipPassword;
use registrar_sip::TransportName;
use tokio::sync::mpsc;
use zeroize::Zeroizing;

use crate::clients::{Client, write};
use crate::{REALM, against_practice, free_port, until};

const NAME: &str = "bob@somewhere.com";
const PASSWORD: &str = "a\"b'c<d>e&f;g\\h$i%j#k l=m";
const REGISTERED: &str = "to [LinphoneRegistrationOk]";
const ASKS: &str = "notified [auth_info_requested]";

/// A served file, and what is heard of it.
struct Served {
    url: Zeroizing<String>,
    heard: mpsc::UnboundedReceiver<Event>,
}

async fn serve(bytes: Vec<u8>) -> Served {
    let server = Server::bind(
        &ThisComputer,
        Reach::ThisComputer,
        Ipv4Addr::LOCALHOST.into(),
    );
    let server = server.await.unwrap();
    let url = server.url();
    let (events, heard) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        let report = move |event| {
            let _ = events.send(event);
        };
        server
            .serve(Zeroizing::new(bytes), &ThisComputer, &report)
            .await
    });
    Served { url, heard }
}

fn written(registrar: &Registrar, secret: Option<Secret<'_>>) -> Vec<u8> {
    let settings = Settings {
        user_name: NAME,
        display_name: None,
        realm: REALM,
        registrar: "127.0.0.1",
        port: Some(registrar.port()),
        transport: TransportName::Udp,
        expiry: EXPIRY,
        secret,
    };
    let written = file(&find("linphone").unwrap().dialects[0], &settings);
    written.unwrap().expose().to_vec()
}

/// Starts Linphone with nothing but the address of its file. Returns where its settings are.
fn start(url: &str) -> (Client, String) {
    let home = tempfile::tempdir().unwrap();
    let port = free_port();
    let config = format!("[misc]\nconfig-uri={url}\n[sip]\nsip_port={port}\nsip_tcp_port={port}\n");
    write(&home, ".local/share/linphone/.keep", "");
    write(&home, ".config/linphone/.keep", "");
    write(&home, "linphonerc", &config);
    let config = home.path().join("linphonerc").display().to_string();
    let phone = Client::start(home, "linphonec", &["-d", "6", "-c", &config]);
    (phone, config)
}

async fn registrar() -> (Registrar, Hashes) {
    let hashes = Hashes::make(NAME, REALM, &SipPassword::new(PASSWORD));
    let book = HashMap::from([(NAME.to_owned(), hashes.hash1.clone())]);
    (against_practice::registrar_of(book).await, hashes)
}

#[tokio::test(flavor = "multi_thread")]
async fn linphone_registers_with_a_fetched_hash() {
    let (registrar, hashes) = registrar().await;
    let mut served = serve(written(&registrar, Some(Secret::Hash1(&hashes.hash1)))).await;

    let (mut phone, config) = start(&served.url);

    phone.says(&[REGISTERED]).await;
    let by = Ipv4Addr::LOCALHOST.into();
    assert_eq!(
        served.heard.recv().await,
        Some(Event::Fetched { by, times: 1 })
    );
    phone.enter("quit").await;
    until(|| !fs::read_to_string(&config).unwrap().contains("config-uri")).await;
    assert!(served.heard.try_recv().is_err(), "it fetched once");
}

#[tokio::test(flavor = "multi_thread")]
async fn linphone_asks_for_the_password_of_a_file_without() {
    let (registrar, _) = registrar().await;
    let served = serve(written(&registrar, None)).await;

    let (mut phone, _) = start(&served.url);

    assert_eq!(phone.says(&[ASKS, REGISTERED]).await, 0);
    phone.enter(PASSWORD).await;
    phone
        .says(&[&format!("Password for {NAME} on {REALM}: ")])
        .await;
    phone.says(&[REGISTERED]).await;
    assert_eq!(registrar.bindings(REALM, NAME).len(), 1);
}

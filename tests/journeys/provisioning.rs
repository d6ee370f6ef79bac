//! A phone's QR code in a practice journey, and the file that it leads to.

use std::net::SocketAddr;
use std::sync::Arc;

use acceptance::practice_journey::{Machine, make_credential, with_realm};
use registrar_app::Error;
use registrar_app::ipc::{CloudCode, PhoneChoice, ServedSecret, ServingEvent};
use registrar_app::workspace::Workspace;
use registrar_explain::Notice;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

const CANARY: &str = "canary-7f3a";

fn listed(phone: &str, dialect: &str) -> PhoneChoice {
    PhoneChoice::Listed {
        phone: phone.to_owned(),
        dialect: dialect.to_owned(),
    }
}

/// An app whose journey is at the phone.
async fn at_phone(machine: &Machine) -> Arc<Workspace> {
    let (app, session) = with_realm(machine, "lobby").await;
    make_credential(&session, "bob", "", CANARY).await;
    session.continue_to_phone().unwrap();
    Arc::new(app)
}

/// A file that is being served.
struct Serving {
    address: String,
    heard: mpsc::UnboundedReceiver<ServingEvent>,
    ended: JoinHandle<Result<Notice, Error>>,
}

async fn serve(app: &Arc<Workspace>, secret: ServedSecret) -> Serving {
    let (events, mut heard) = mpsc::unbounded_channel();
    let app = Arc::clone(app);
    let network = app.local_networks().unwrap().remove(0).address;
    let ended = tokio::spawn(async move {
        let report = move |event| {
            let _ = events.send(event);
        };
        let choice = listed("linphone", "any");
        app.serve_phone_file(&choice, &network, secret, &report)
            .await
    });
    let Some(ServingEvent::Began {
        address, seconds, ..
    }) = heard.recv().await
    else {
        panic!("it never began")
    };
    assert_eq!(seconds, 600);
    Serving {
        address,
        heard,
        ended,
    }
}

async fn fetch(url: &str) -> Option<String> {
    let (host, path) = url["http://".len()..].split_once('/').unwrap();
    let mut stream = TcpStream::connect(host.parse::<SocketAddr>().unwrap()).await;
    let stream = stream.as_mut().ok()?;
    let request = format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.ok()?;
    Some(answer)
}

#[tokio::test]
async fn only_an_agreed_secret_is_in_a_served_file() {
    let machine = Machine::new();
    let app = at_phone(&machine).await;
    for (secret, has_hash) in [(ServedSecret::None, false), (ServedSecret::Hash, true)] {
        let mut serving = serve(&app, secret).await;

        let answer = fetch(&serving.address).await.unwrap();

        assert!(answer.contains(">bob</entry>"), "{answer}");
        assert_eq!(answer.contains("\"ha1\""), has_hash, "{answer}");
        assert!(!answer.contains(CANARY) && !answer.contains("passwd"));
        let told = serving.heard.recv().await;
        assert!(matches!(
            told,
            Some(ServingEvent::Told { fetched: true, .. })
        ));
        serving.ended.abort();
        assert!(serving.ended.await.unwrap_err().is_cancelled());
        assert_eq!(fetch(&serving.address).await, None, "leaving stops it");
    }
}

#[tokio::test]
async fn closing_the_window_stops_a_served_file() {
    let machine = Machine::new();
    let app = at_phone(&machine).await;
    let serving = serve(&app, ServedSecret::None).await;

    app.stop_serving();

    let ended = serving.ended.await.unwrap();
    assert!(matches!(ended, Err(Error::Cancelled)), "{ended:?}");
    assert_eq!(fetch(&serving.address).await, None);
}

#[tokio::test]
async fn practice_is_served_on_this_computer_alone() {
    let machine = Machine::new();
    let app = at_phone(&machine).await;
    for network in app.local_networks().unwrap() {
        let address: std::net::IpAddr = network.address.parse().unwrap();
        assert!(address.is_loopback(), "{network:?}");
    }
    let choice = listed("linphone", "any");

    let refused = app.serve_phone_file(&choice, "192.0.2.1", ServedSecret::None, &|_| {});

    let refused = refused.await.unwrap_err();
    assert_eq!(
        refused.failure().sentence,
        "This computer isn’t on that network anymore."
    );
}

#[tokio::test]
async fn codes_are_drawn_for_phones_that_scan_them() {
    let machine = Machine::new();
    let app = at_phone(&machine).await;
    let cloud = |id: &str| CloudCode {
        id: id.to_owned(),
        with_password: true,
    };
    let own = listed("groundwire", "cloud");

    assert!(app.qr_code(&listed("sipnetic", "any"), None).is_ok());
    assert!(app.qr_code(&own, Some(&cloud("OFFICE"))).is_ok());

    let invalid = app.qr_code(&own, Some(&cloud("a b"))).unwrap_err();
    assert_eq!(invalid.failure().problems[0].field, "cloudId");
    for (choice, cloud) in [
        (listed("yealink", "v86"), None),
        (listed("linphone", "any"), None),
        (listed("sipnetic", "any"), Some(cloud("OFFICE"))),
        (PhoneChoice::Other, None),
    ] {
        assert!(app.qr_code(&choice, cloud.as_ref()).is_err(), "{choice:?}");
    }
}

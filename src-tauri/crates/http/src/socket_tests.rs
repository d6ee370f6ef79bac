//! The client against servers that behave badly.

use std::sync::Arc;
use std::time::Duration;

use registrar_activity::{Activity, Service, Silence, Tone};
use url::Url;
use zeroize::Zeroizing;

use super::scripted::{Reply, Scripted};
use super::{Authorization, Error, Http, Limits, Method, Request};

const QUICK: Limits = Limits {
    connect: Duration::from_millis(500),
    total: Duration::from_secs(20),
    body: 1024 * 1024,
};

async fn ask(url: Url, limits: Limits) -> (Result<String, Error>, Arc<Activity>) {
    let activity = Arc::new(Activity::default());
    let http = Http::new(Arc::clone(&activity), limits);
    let request =
        Request::new(Service::Dashboard, "Test", Method::Get, url).signed(Authorization::Basic {
            user: "user".to_owned(),
            secret: Zeroizing::new("canary-7f3a".to_owned()),
            variable: "PASSWORD",
        });
    let outcome = http
        .send(&request, |answer| Ok(answer.body.to_string()))
        .await;
    (outcome, activity)
}

async fn against(reply: Reply, limits: Limits) -> Result<String, Error> {
    let server = Scripted::start(vec![reply]).await;
    ask(server.url.clone(), limits).await.0
}

fn gzip(length: usize) -> Vec<u8> {
    // Stored blocks would not shrink, so this is one fixed block: RFC 1951 section 3.2.6.
    // A literal 0 (00110000), then copies of 258 zeros from distance 1 (11000101 00000), the end.
    let mut bits: Vec<bool> = Vec::new();
    let mut push = |text: &str| bits.extend(text.bytes().map(|bit| bit == b'1'));
    push("1");
    push("10");
    push("00110000");
    for _ in 0..length / 258 {
        push("1100010100000");
    }
    push("0000000");
    let mut bytes = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    for chunk in bits.chunks(8) {
        let bits = chunk.iter().enumerate();
        bytes.push(bits.map(|(place, bit)| u8::from(*bit) << place).sum());
    }
    bytes
}

#[tokio::test]
async fn an_answer_of_a_gibibyte_is_not_read_to_its_end() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n".to_vec();

    let error = against(Reply::Endless(head), QUICK).await.unwrap_err();

    assert!(
        matches!(
            error,
            Error::TooLarge {
                limit: 1_048_576,
                ..
            }
        ),
        "{error:?}"
    );
}

#[tokio::test]
async fn answer_that_unpacks_to_too_much_is_not_fully_unpacked() {
    let bomb = gzip(64 * 1024 * 1024);
    assert!(
        bomb.len() < QUICK.body,
        "the bomb itself is small: {}",
        bomb.len()
    );
    let reply = Reply::new(200, &[("Content-Encoding", "gzip")], &bomb);

    let error = against(reply, QUICK).await.unwrap_err();

    assert!(matches!(error, Error::TooLarge { .. }), "{error:?}");
}

#[tokio::test]
async fn an_answer_that_is_packed_wrongly_is_malformed() {
    let reply = Reply::new(
        200,
        &[("Content-Encoding", "gzip")],
        b"this is not gzip at all",
    );

    let error = against(reply, QUICK).await.unwrap_err();

    assert!(matches!(error, Error::Malformed { .. }), "{error:?}");
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_cut_off() {
    for bytes in [
        &b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<a>"[..],
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<a>",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"",
    ] {
        let error = against(Reply::Bytes(bytes.to_vec()), QUICK)
            .await
            .unwrap_err();

        let Error::Unreachable { silence, .. } = error else {
            panic!("{error:?}");
        };
        assert_eq!(
            silence,
            Silence::CutOff,
            "{}",
            String::from_utf8_lossy(bytes)
        );
    }
}

#[tokio::test]
async fn silence_ends_with_the_time_limit_also_inside_the_body() {
    let limits = Limits {
        total: Duration::from_millis(300),
        ..QUICK
    };

    let error = against(Reply::Silence, limits).await.unwrap_err();

    let timed_out = |error| {
        matches!(
            error,
            Error::Unreachable {
                silence: Silence::TimedOut,
                ..
            }
        )
    };
    assert!(timed_out(error));
}

#[tokio::test]
async fn a_port_where_nobody_listens_refuses() {
    // Bound but not listening: the port stays taken, and connections to it are refused.
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let url = format!("http://{}", socket.local_addr().unwrap());

    let error = ask(Url::parse(&url).unwrap(), QUICK).await.0.unwrap_err();

    let refused = |error| {
        matches!(
            error,
            Error::Unreachable {
                silence: Silence::Refused,
                ..
            }
        )
    };
    assert!(refused(error));
}

#[tokio::test]
async fn a_redirect_is_handed_back_and_the_sign_in_goes_nowhere() {
    let elsewhere = Scripted::start(vec![Reply::xml(200, "<stolen/>")]).await;
    let reply = Reply::redirect(302, elsewhere.url.as_str());

    let body = against(reply, QUICK).await.unwrap();

    assert_eq!(body, "");
    assert!(elsewhere.seen().is_empty(), "nobody followed the redirect");
}

#[tokio::test]
async fn plain_http_is_spoken_to_this_computer_only() {
    let url = Url::parse("http://192.0.2.1/").unwrap();

    let error = ask(url, QUICK).await.0.unwrap_err();

    assert!(matches!(error, Error::Insecure), "{error:?}");
}

#[tokio::test]
async fn text_that_is_not_utf8_is_malformed() {
    let error = against(Reply::new(200, &[], b"<a>\xff</a>"), QUICK)
        .await
        .unwrap_err();

    assert!(matches!(error, Error::Malformed { .. }), "{error:?}");
}

#[tokio::test]
async fn what_is_kept_is_what_was_shown_before_and_holds_no_secret() {
    let server = Scripted::start(vec![Reply::xml(
        200,
        "<a><Hash1>abc</Hash1>canary-7f3a</a>",
    )])
    .await;

    let (outcome, activity) = ask(server.url.clone(), QUICK).await;

    outcome.unwrap();
    let kept = &activity.exchanges()[0];
    assert!(kept.request.contains("GET /\n"), "{}", kept.request);
    assert!(kept.request.contains("Authorization: Basic ••••••"));
    assert!(
        kept.response
            .starts_with("HTTP 200\nContent-Type: application/xml\n")
    );
    assert!(
        kept.response
            .ends_with("<a><Hash1>••••••</Hash1>••••••</a>")
    );
    assert_eq!(kept.tone, Tone::Good);
}

#[tokio::test]
async fn sign_in_that_an_answer_repeats_is_not_kept() {
    // `user:canary-7f3a`
    let basic = "dXNlcjpjYW5hcnktN2YzYQ==";
    let escaped = "\\u0063anary\\u002d7f3a";
    for body in [
        format!("<html>Authorization: Basic {basic}</html>"),
        format!(r#"{{"headers":{{"authorization":"Basic {basic}"}}}}"#),
        format!(r#"{{"message":"{escaped} is wrong","nested":[{{"b":"{escaped}"}}]}}"#),
        "<E><Description>&#99;anary&#45;7f3a &lt;b&gt;</Description></E>".to_owned(),
        "password=canary%2D7f3a&x=%63%61nary-7f3a".to_owned(),
        format!(
            "x {} {}",
            hex::encode("canary-7f3a"),
            hex::encode_upper("canary-7f3a")
        ),
        "CANARY-7F3A".to_owned(),
    ] {
        let headers = [("Content-Type", body.lines().next().unwrap_or_default())];
        let server = Scripted::start(vec![Reply::new(403, &headers, body.as_bytes())]).await;

        let (outcome, activity) = ask(server.url.clone(), QUICK).await;

        outcome.unwrap();
        let kept = activity.exchanges()[0].response.to_lowercase();
        for secret in ["anary", "7f3a", "dxnlcjpjyw5hcnktn2yzyq", "63616e617279"] {
            assert!(!kept.contains(secret), "{secret} in {kept}");
        }
    }
}

#[tokio::test]
async fn secret_across_the_borders_of_chunks_is_not_kept() {
    let chunks = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\na cana\r\n5\r\nry-7f\r\n4\r\n3a b\r\n0\r\n\r\n";
    let server = Scripted::start(vec![Reply::Drops(chunks.to_vec())]).await;

    let (outcome, activity) = ask(server.url.clone(), QUICK).await;

    outcome.unwrap();
    let kept = &activity.exchanges()[0].response;
    assert!(kept.ends_with("a •••••• b"), "{kept}");
}

#[tokio::test]
async fn mark_of_an_exchange_says_what_its_status_says() {
    for (status, tone) in [
        (200, Tone::Good),
        (202, Tone::Good),
        (303, Tone::Plain),
        (404, Tone::Plain),
        (400, Tone::Bad),
        (409, Tone::Bad),
        (503, Tone::Bad),
    ] {
        let server = Scripted::start(vec![Reply::xml(status, "<a/>")]).await;

        let (_, activity) = ask(server.url.clone(), QUICK).await;

        assert_eq!(activity.exchanges()[0].tone, tone, "{status}");
    }
    let broken = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<a".to_vec();
    let server = Scripted::start(vec![Reply::Bytes(broken)]).await;
    let (_, activity) = ask(server.url.clone(), QUICK).await;
    assert_eq!(activity.exchanges()[0].tone, Tone::Bad);
}

#[tokio::test]
async fn an_exchange_that_nobody_waited_for_is_kept_too() {
    let server = Scripted::start(vec![Reply::Silence]).await;
    let activity = Arc::new(Activity::default());
    let http = Http::new(Arc::clone(&activity), QUICK);
    let request = Request::new(Service::Twilio, "Test", Method::Get, server.url.clone());

    let work = http.send(&request, |_| Ok(()));
    let seen = async {
        while server.seen().is_empty() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::select! {
        biased;
        _ = work => panic!("nobody answers"),
        () = seen => {}
    }

    let kept = activity.exchanges();
    assert_eq!(kept.len(), 1);
    assert!(kept[0].response.starts_with("Broken off"));
    assert_eq!(kept[0].tone, Tone::Wait);
}

/// Answers one TLS connection with an untrusted certificate.
fn inspection_proxy() -> (Url, std::thread::JoinHandle<bool>) {
    let certificate = include_bytes!("../tests/fixtures/tls/proxy.der").as_slice();
    let key = include_bytes!("../tests/fixtures/tls/proxy-key.der").as_slice();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.into()], key.try_into().unwrap())
        .unwrap();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let proxy = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut tls = rustls::ServerConnection::new(Arc::new(config)).unwrap();
        let shaken = tls.complete_io(&mut stream).is_ok();
        shaken && tls.complete_io(&mut stream).is_ok()
    });
    let url = Url::parse(&format!("https://localhost:{port}/")).unwrap();
    (url, proxy)
}

#[tokio::test]
async fn a_proxy_that_opens_tls_is_named_and_learns_nothing() {
    let (url, proxy) = inspection_proxy();

    let (outcome, activity) = ask(url, QUICK).await;

    let Err(Error::Untrusted { issuer, .. }) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(
        issuer.as_deref(),
        Some("Zoë's Inspection Proxy (Example Corp)")
    );
    assert!(
        !proxy.join().unwrap(),
        "the connection ended before a request"
    );
    assert!(
        activity.exchanges()[0]
            .response
            .contains("Inspection Proxy")
    );
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_is_malformed() {
    let server = Scripted::start(vec![Reply::xml(200, "<a/>")]).await;
    let url = Url::parse(&server.url.as_str().replace("http:", "https:")).unwrap();

    let error = ask(url, QUICK).await.0.unwrap_err();

    assert!(matches!(error, Error::Malformed { .. }), "{error:?}");
}

#[test]
fn system_proxy_is_never_used_for_this_computer_itself() {
    // Runs in its own process, because environment variables are shared by all tests of one
    // process.
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "socket_tests::what_is_kept_is_what_was_shown_before_and_holds_no_secret",
        ])
        .envs(["HTTP_PROXY", "http_proxy"].map(|name| (name, "http://127.0.0.1:1")))
        .env("ALL_PROXY", "socks5h://127.0.0.1:1")
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .output()
        .unwrap();

    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(printed.contains("1 passed"), "{printed}");
}

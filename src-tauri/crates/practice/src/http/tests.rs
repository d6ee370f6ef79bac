use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::*;

#[tokio::test]
async fn strangers_are_refused_before_body_and_faults() {
    let slow = Duration::from_mins(10);
    let spoiled = Some(Spoiled::Html);
    let server = Server::start(Echo {
        fault: WireFault { slow, spoiled },
    })
    .await;
    let (host, secret) = (&server.host, &server.secret);
    for (path, headers, status) in [
        ("/x", host.clone(), 404),
        (secret, "Host: attacker.example\r\n".to_owned(), 421),
        (
            secret,
            format!("{host}Origin: https://attacker.example\r\n"),
            403,
        ),
    ] {
        let mut stream = server.connect().await;
        let announced = "Content-Length: 1000000\r\n\r\n";
        let head = format!("POST {path} HTTP/1.1\r\n{headers}{announced}");

        assert_eq!(ask(&mut stream, &head).await, status);
    }
}

#[tokio::test]
async fn idle_connections_make_room_for_new_ones() {
    let server = Server::start(Echo::default()).await;
    let request = format!("GET {}/x HTTP/1.1\r\n{}\r\n", server.secret, server.host);
    let mut known = server.connect().await;
    assert_eq!(ask(&mut known, &request).await, 200);
    let mut idle = Vec::new();
    for _ in 0..2 * MOST_CONNECTIONS {
        let mut stream = server.connect().await;
        stream.write_all(b"GET / HTTP/1.1\r\nHost: ").await.unwrap();
        idle.push(stream);
    }

    assert_eq!(ask(&mut server.connect().await, &request).await, 200);
    assert_eq!(ask(&mut known, &request).await, 200, "it stayed");
    let mut room = [0; 1];
    let closed = idle[0].read(&mut room);
    let closed = time::timeout(Duration::from_secs(5), closed).await;
    assert!(matches!(closed, Ok(Ok(0) | Err(_))), "the oldest made room");
}

#[tokio::test]
async fn request_that_never_ends_is_cut_off() {
    let server = Server::start(Echo::default()).await;
    let head = format!("POST {}/x HTTP/1.1\r\n{}", server.secret, server.host);
    let mut slow_head = server.connect().await;
    slow_head.write_all(head.as_bytes()).await.unwrap();
    let mut slow_body = server.connect().await;
    let whole = format!("{head}Content-Length: 2\r\n\r\nx");
    slow_body.write_all(whole.as_bytes()).await.unwrap();
    time::pause();
    let began = time::Instant::now();

    for mut stream in [slow_head, slow_body] {
        let mut said = Vec::new();
        let ended = stream.read_to_end(&mut said).await;
        let said = String::from_utf8(said).unwrap();

        assert!(
            said.is_empty() || said.starts_with("HTTP/1.1 408"),
            "{said}"
        );
        assert!(ended.is_ok() || said.is_empty());
    }
    assert!(began.elapsed() <= 3 * SLOWEST_REQUEST);
}

#[tokio::test]
async fn large_heads_are_refused() {
    let server = Server::start(Echo::default()).await;
    let one = format!("X: {}\r\n", "x".repeat(LARGEST_HEAD));
    let many = "X: x\r\n".repeat(1_000);
    for headers in [one, many] {
        let mut stream = server.connect().await;
        let path = format!("{}/x", server.secret);
        let head = format!("GET {path} HTTP/1.1\r\n{}{headers}\r\n", server.host);

        assert_eq!(ask(&mut stream, &head).await, 431);
    }
}

#[tokio::test]
async fn large_bodies_are_refused() {
    let server = Server::start(Echo::default()).await;
    let mut stream = server.connect().await;
    let length = LARGEST_BODY + 1;
    let head = format!(
        "POST {}/x HTTP/1.1\r\n{}Content-Length: {length}\r\n\r\n",
        server.secret, server.host
    );

    assert_eq!(ask(&mut stream, &head).await, 413);
}

#[test]
fn basic_is_a_name_and_a_password_in_whole_base64() {
    let known = [
        (
            "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
            "Aladdin",
            "open sesame",
        ),
        ("basic OmE6Yg==", "", "a:b"),
        ("Basic YTrDpMOfKy8=", "a", "äß+/"),
    ];
    for (value, name, password) in known {
        let read = Some((name.to_owned(), password.to_owned()));
        assert_eq!(with_authorization(value).basic(), read);
    }
    for wrong in [
        "Basic Z",
        "Basic YTpi!",
        "Basic YTpi====",
        "Basic YT pi",
        "Basic YWI=",
        "Bearer YTpi",
    ] {
        assert_eq!(with_authorization(wrong).basic(), None, "{wrong}");
    }
}

fn with_authorization(value: &str) -> Request {
    let mut headers = HeaderMap::new();
    headers.insert(header::AUTHORIZATION, value.parse().unwrap());
    Request {
        method: Method::GET,
        path: Vec::new(),
        query: Vec::new(),
        headers,
        body: Bytes::new(),
    }
}

/// Says what was asked; its answers can be spoiled.
#[derive(Default)]
struct Echo {
    fault: WireFault,
}

impl Service for Echo {
    fn wire_fault(&self) -> WireFault {
        self.fault
    }

    async fn answer(&self, request: Request) -> Answer {
        let path = request.path.join("/");
        Answer::with_body(StatusCode::OK, "text/plain", format!("{path} was asked"))
    }
}

struct Server {
    address: SocketAddr,
    host: String,
    /// Begins with a slash.
    secret: String,
    _serving: JoinSet<()>,
}

impl Server {
    async fn start(service: Echo) -> Self {
        let (listener, endpoint) = listen(0).await.unwrap();
        let address = listener.local_addr().unwrap();
        let mut serving = JoinSet::new();
        let base = endpoint.link("");
        serving.spawn(serve(listener, endpoint, Arc::new(service)));
        Self {
            address,
            host: format!("Host: {address}\r\n"),
            secret: base[base.rfind('/').unwrap()..].to_owned(),
            _serving: serving,
        }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }
}

/// Sends, and returns the status of the answer.
async fn ask(stream: &mut TcpStream, text: &str) -> u16 {
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut room = vec![0; 4096];
    let read = time::timeout(Duration::from_secs(5), stream.read(&mut room));
    let length = read.await.expect("it is answered").unwrap();
    let answer = String::from_utf8(room[..length].to_vec()).unwrap();
    let status = answer.split(' ').nth(1).expect("an answer");
    status.parse().unwrap()
}

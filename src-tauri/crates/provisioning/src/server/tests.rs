use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpSocket;

use super::*;
use crate::computer::Network;

const FILE: &[u8] = b"<config>canary-7f3a</config>";
const PHONE: Ipv4Addr = Ipv4Addr::LOCALHOST;
const OTHER: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

/// A computer whose clock and whose networks change as the test wants.
#[derive(Default)]
struct Scripted {
    /// The clock's steps, in milliseconds.
    step_ms: u64,
    looks: AtomicU64,
    /// How often its network is there; 0 stands for always.
    stays: u64,
}

impl Computer for Scripted {
    fn networks(&self, _: Reach) -> io::Result<Vec<Network>> {
        let looks = self.looks.fetch_add(1, Ordering::SeqCst);
        if self.stays > 0 && looks >= self.stays {
            return Ok(Vec::new());
        }
        Ok(vec![Network {
            interface: "lo".to_owned(),
            address: PHONE.into(),
        }])
    }

    fn now_ms(&self) -> u64 {
        self.looks.load(Ordering::SeqCst) * self.step_ms
    }
}

/// A server that runs, and what it reported.
struct Running {
    port: u16,
    path: String,
    heard: mpsc::UnboundedReceiver<Event>,
    ended: tokio::task::JoinHandle<End>,
}

impl Running {
    async fn start(computer: Scripted) -> Self {
        let server = Server::bind(&computer, Reach::ThisComputer, PHONE.into());
        let server = server.await.unwrap();
        let url = server.url();
        let (place, path) = url["http://".len()..].split_once('/').unwrap();
        let port = place.parse::<SocketAddr>().unwrap().port();
        let path = format!("/{path}");
        let (events, heard) = mpsc::unbounded_channel();
        let ended = tokio::spawn(async move {
            let report = move |event| events.send(event).unwrap();
            let file = Zeroizing::new(FILE.to_vec());
            server.serve(file, &computer, &report).await
        });
        Self {
            port,
            path,
            heard,
            ended,
        }
    }

    async fn connect(&self, from: Ipv4Addr) -> TcpStream {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind((from, 0).into()).unwrap();
        socket.connect((PHONE, self.port).into()).await.unwrap()
    }

    /// Sends bytes, and returns everything that comes back.
    async fn send(&self, from: Ipv4Addr, bytes: &[u8]) -> String {
        let mut stream = self.connect(from).await;
        let mut answer = Vec::new();
        // A connection that is closed at once may be reset.
        let _ = stream.write_all(bytes).await;
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8(answer).unwrap()
    }

    async fn ask(&self, from: Ipv4Addr, method: &str, path: &str) -> String {
        let request = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        self.send(from, request.as_bytes()).await
    }

    async fn fetch(&self, from: Ipv4Addr) -> String {
        self.ask(from, "GET", &self.path).await
    }

    async fn event(&mut self) -> Event {
        self.heard.recv().await.unwrap()
    }
}

fn has_file(answer: &str) -> bool {
    answer.starts_with("HTTP/1.1 200 OK\r\n")
        && answer.ends_with("\r\n\r\n<config>canary-7f3a</config>")
}

/// Returns whether an answer says nothing: the connection was closed, or a status came alone.
fn is_nothing(answer: &str) -> bool {
    let status_alone = answer.starts_with("HTTP/1.1 4") && answer.ends_with("\r\n\r\n");
    answer.is_empty() || status_alone && !answer.contains("canary")
}

#[tokio::test]
async fn first_fetcher_gets_the_file_a_few_times() {
    let mut running = Running::start(Scripted::default()).await;
    for times in 1..=MOST_FETCHES {
        let answer = running.fetch(PHONE).await;

        assert!(has_file(&answer), "{answer}");
        assert!(answer.contains("cache-control: no-store"), "{answer}");
        let by = PHONE.into();
        assert_eq!(running.event().await, Event::Fetched { by, times });
    }

    assert_eq!(running.ended.await.unwrap(), End::FetchedOften);
    let again = TcpStream::connect((PHONE, running.port)).await;
    assert_eq!(again.unwrap_err().kind(), io::ErrorKind::ConnectionRefused);
}

#[tokio::test]
async fn other_addresses_get_nothing_after_the_first_fetch() {
    let mut running = Running::start(Scripted::default()).await;
    running.fetch(PHONE).await;
    running.event().await;

    for _ in 0..3 {
        assert_eq!(running.fetch(OTHER).await, "");
    }

    let from = OTHER.into();
    assert_eq!(running.event().await, Event::Refused { from });
    assert!(has_file(&running.fetch(PHONE).await));
    let by = PHONE.into();
    assert_eq!(
        running.event().await,
        Event::Fetched { by, times: 2 },
        "told once"
    );
}

#[tokio::test]
async fn connection_opened_before_the_first_fetch_gets_nothing() {
    let running = Running::start(Scripted::default()).await;
    let mut early = running.connect(OTHER).await;
    early.write_all(b"GET ").await.unwrap();
    assert!(has_file(&running.fetch(PHONE).await));

    let rest = format!("{} HTTP/1.1\r\nHost: x\r\n\r\n", running.path);
    early.write_all(rest.as_bytes()).await.unwrap();
    let mut answer = String::new();
    early.read_to_string(&mut answer).await.unwrap();

    assert!(is_nothing(&answer), "{answer}");
}

#[tokio::test]
async fn other_paths_and_methods_get_nothing() {
    let mut running = Running::start(Scripted::default()).await;
    let own = running.path.clone();
    let (shorter, longer) = (&own[..own.len() - 1], format!("{own}0"));
    let (deeper, encoded) = (
        format!("{own}/"),
        format!("/%{:02x}{}", own.as_bytes()[1], &own[2..]),
    );
    let doubled = format!("/{own}");
    for path in [
        "/",
        "/favicon.ico",
        shorter,
        &longer,
        &deeper,
        &encoded,
        &doubled,
        "*",
    ] {
        let answer = running.ask(PHONE, "GET", path).await;
        assert!(is_nothing(&answer), "{path}: {answer}");
    }
    for method in [
        "HEAD", "POST", "PUT", "OPTIONS", "DELETE", "TRACE", "CONNECT", "get", "ODD",
    ] {
        let answer = running.ask(PHONE, method, &own).await;
        assert!(is_nothing(&answer), "{method}: {answer}");
    }

    let from = PHONE.into();
    assert_eq!(running.event().await, Event::Refused { from });
    assert!(
        has_file(&running.fetch(PHONE).await),
        "that used nothing up"
    );
}

#[tokio::test]
async fn what_is_no_request_gets_nothing() {
    let running = Running::start(Scripted::default()).await;
    let get = format!("GET {} HTTP/1.1\r\n", running.path);
    let header = |bytes: usize| format!("{get}X: {}\r\n\r\n", "x".repeat(bytes));
    let many = format!("{get}{}\r\n", "a: b\r\n".repeat(1_000));
    for bytes in [
        b"".as_slice(),
        b"\0\0\0\0\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET\r\n\r\n",
        header(LARGEST_HEAD).as_bytes(),
        header(10_000_000).as_bytes(),
        many.as_bytes(),
    ] {
        let mut stream = running.connect(PHONE).await;
        let _ = stream.write_all(bytes).await;
        let _ = stream.shutdown().await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        let answer = String::from_utf8(answer).unwrap();
        assert!(is_nothing(&answer), "{answer}");
    }

    assert!(has_file(&running.fetch(PHONE).await));
}

#[tokio::test]
async fn a_second_request_on_a_connection_gets_nothing() {
    let running = Running::start(Scripted::default()).await;
    let get = format!("GET {} HTTP/1.1\r\nHost: x\r\n\r\n", running.path);

    let answer = running.send(PHONE, get.repeat(2).as_bytes()).await;

    assert!(has_file(&answer));
    assert_eq!(answer.matches("HTTP/1.1").count(), 1);
}

#[tokio::test]
async fn idle_connections_keep_nobody_out() {
    let running = Running::start(Scripted::default()).await;
    let mut idle = Vec::new();
    for _ in 0..100 {
        let mut stream = running.connect(OTHER).await;
        stream.write_all(b"GET /").await.unwrap();
        idle.push(stream);
    }

    assert!(has_file(&running.fetch(PHONE).await));

    let mut oldest = idle.remove(0);
    let mut answer = Vec::new();
    let _ = oldest.read_to_end(&mut answer).await;
    assert!(answer.is_empty(), "it was closed for another");
}

#[tokio::test]
async fn a_thousand_requests_are_told_once_for_each_address() {
    let mut running = Running::start(Scripted::default()).await;
    for number in 0..1_000_u32 {
        let from = Ipv4Addr::from(u32::from(OTHER) + number % 50);
        assert!(is_nothing(&running.ask(from, "GET", "/").await));
    }

    assert!(has_file(&running.fetch(PHONE).await));

    for _ in 0..MOST_REFUSED {
        assert!(matches!(running.event().await, Event::Refused { .. }));
    }
    assert!(matches!(running.event().await, Event::Fetched { .. }));
}

#[tokio::test(start_paused = true)]
async fn slow_requests_are_closed() {
    let running = Running::start(Scripted::default()).await;
    let mut slow = running.connect(PHONE).await;
    slow.write_all(b"GET /").await.unwrap();
    let began = Instant::now();

    let mut answer = Vec::new();
    let _ = slow.read_to_end(&mut answer).await;

    assert!(is_nothing(&String::from_utf8(answer).unwrap()));
    assert!(began.elapsed() <= LONGEST_CONNECTION + PAUSE);
}

#[tokio::test(start_paused = true)]
async fn serving_ends_when_the_time_is_over() {
    let began = Instant::now();
    let mut running = Running::start(Scripted::default()).await;

    assert_eq!(running.event().await, Event::Silent);
    assert_eq!(began.elapsed(), SILENT);
    assert_eq!(running.ended.await.unwrap(), End::TimeOver);
    assert_eq!(began.elapsed(), LONGEST);
    assert_eq!(running.heard.recv().await, None, "silence is told once");
}

#[tokio::test(start_paused = true)]
async fn serving_ends_when_the_network_is_gone() {
    let computer = Scripted {
        stays: 3,
        ..Scripted::default()
    };
    let running = Running::start(computer).await;

    assert_eq!(running.ended.await.unwrap(), End::NetworkGone);
}

#[tokio::test(start_paused = true)]
async fn serving_ends_when_the_computer_slept() {
    let computer = Scripted {
        step_ms: ASLEEP_MS + 1,
        ..Scripted::default()
    };
    let running = Running::start(computer).await;

    assert_eq!(running.ended.await.unwrap(), End::Slept);
}

#[tokio::test]
async fn stopping_closes_the_port_and_its_connections() {
    let running = Running::start(Scripted::default()).await;
    let mut open = running.connect(PHONE).await;
    assert!(is_nothing(&running.ask(PHONE, "GET", "/").await), "it runs");

    running.ended.abort();
    assert!(running.ended.await.unwrap_err().is_cancelled());

    let mut answer = Vec::new();
    let _ = open.read_to_end(&mut answer).await;
    assert!(answer.is_empty());
    let again = TcpStream::connect((PHONE, running.port)).await;
    assert_eq!(again.unwrap_err().kind(), io::ErrorKind::ConnectionRefused);
}

#[tokio::test]
async fn addresses_of_no_network_are_not_bound() {
    for address in ["0.0.0.0", "127.0.0.9", "192.0.2.1", "::1"] {
        let computer = Scripted::default();
        let address = address.parse().unwrap();
        let bound = Server::bind(&computer, Reach::ThisComputer, address).await;

        assert_eq!(bound.unwrap_err().kind(), io::ErrorKind::AddrNotAvailable);
    }
}

#[tokio::test]
async fn each_address_has_128_random_bits() {
    let computer = Scripted::default();
    let server = || Server::bind(&computer, Reach::ThisComputer, PHONE.into());
    let (one, two) = (server().await.unwrap(), server().await.unwrap());

    let path = |server: &Server| server.url().rsplit('/').next().unwrap().to_owned();

    assert_eq!(path(&one).len(), 32);
    assert_ne!(path(&one), path(&two));
    assert!(!format!("{one:?}").contains(&path(&one)));
}

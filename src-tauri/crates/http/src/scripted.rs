//! A test server that answers requests with prepared responses, in order.
#![allow(
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    reason = "a panic is a test's failure"
)]

use std::sync::Arc;

use parking_lot::Mutex;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use url::Url;

/// The first byte of TLS, which this server answers in plain text.
const TLS_HANDSHAKE: u8 = 22;

/// The reply to one request.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Sends these bytes and closes the connection.
    Bytes(Vec<u8>),
    /// Sends these bytes one at a time, each after the previous one was sent, and closes the
    /// connection.
    Drops(Vec<u8>),
    /// Sends this head, then zeros without end.
    Endless(Vec<u8>),
    /// Sends nothing for as long as the other side waits.
    Silence,
    /// Notifies the test of the request, and sends these bytes once the test says so.
    Waiting {
        arrived: Arc<Notify>,
        goes_on: Arc<Notify>,
        bytes: Vec<u8>,
    },
}

impl Reply {
    #[must_use]
    pub fn new(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Self {
        let headers = headers.iter();
        let headers: Vec<_> = headers
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        let bytes = format!(
            "HTTP/1.1 {status} Scripted\r\nConnection: close\r\n{}Content-Length: {}\r\n\r\n",
            headers.concat(),
            body.len()
        );
        Self::Bytes([bytes.as_bytes(), body].concat())
    }

    #[must_use]
    pub fn xml(status: u16, body: &str) -> Self {
        Self::new(
            status,
            &[("Content-Type", "application/xml")],
            body.as_bytes(),
        )
    }

    #[must_use]
    pub fn json(status: u16, body: &str) -> Self {
        Self::new(
            status,
            &[("Content-Type", "application/json")],
            body.as_bytes(),
        )
    }

    #[must_use]
    pub fn redirect(status: u16, location: &str) -> Self {
        Self::new(status, &[("Location", location)], b"")
    }
}

/// The server. It stops when dropped.
#[derive(Debug)]
pub struct Scripted {
    pub url: Url,
    seen: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Scripted {
    /// Listens on a loopback port chosen by the system. The last reply is repeated.
    pub async fn start(replies: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&seen);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, replies.clone(), Arc::clone(&kept)));
            }
        });
        Self {
            url: Url::parse(&format!("http://{address}")).unwrap(),
            seen,
            task,
        }
    }

    /// Sends this reply when the second notifier is notified. The first one is notified of the
    /// request.
    pub async fn waiting(reply: Reply) -> (Self, Arc<Notify>, Arc<Notify>) {
        let Reply::Bytes(bytes) = reply else {
            panic!("only whole replies wait")
        };
        let (arrived, goes_on) = (Arc::<Notify>::default(), Arc::<Notify>::default());
        let waits = Reply::Waiting {
            arrived: Arc::clone(&arrived),
            goes_on: Arc::clone(&goes_on),
            bytes,
        };
        (Self::start(vec![waits]).await, arrived, goes_on)
    }

    /// Returns all requests so far, complete.
    #[must_use]
    pub fn seen(&self) -> Vec<String> {
        self.seen.lock().clone()
    }

    /// Returns the request lines so far, without the version.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let line = |request: String| {
            let line = request.lines().next().unwrap_or_default();
            line.trim_end_matches(" HTTP/1.1").to_owned()
        };
        self.seen().into_iter().map(line).collect()
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, replies: Vec<Reply>, seen: Arc<Mutex<Vec<String>>>) {
    // Sends writes immediately: a single byte is its own packet.
    drop(stream.set_nodelay(true));
    let request = read(&mut stream).await;
    if request.is_empty() {
        return;
    }
    let number = {
        let mut seen = seen.lock();
        seen.push(request);
        seen.len() - 1
    };
    let reply = replies.get(number).or(replies.last()).cloned();
    match reply.unwrap() {
        Reply::Waiting {
            arrived,
            goes_on,
            bytes,
        } => {
            arrived.notify_one();
            goes_on.notified().await;
            drop(stream.write_all(&bytes).await);
            drop(stream.shutdown().await);
        }
        Reply::Bytes(bytes) => {
            drop(stream.write_all(&bytes).await);
            drop(stream.shutdown().await);
        }
        Reply::Drops(bytes) => {
            for byte in bytes {
                drop(stream.write_all(&[byte]).await);
                tokio::task::yield_now().await;
            }
            drop(stream.shutdown().await);
        }
        Reply::Endless(head) => {
            drop(stream.write_all(&head).await);
            while stream.write_all(&[0; 16_384]).await.is_ok() {}
        }
        Reply::Silence => {
            // Ends when the other side gives up.
            drop(stream.read(&mut [0]).await);
        }
    }
}

async fn read(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if bytes.first() == Some(&TLS_HANDSHAKE) {
            return text;
        }
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length")
                    .then(|| value.trim().parse().ok())?
            });
            if body.len() >= length.unwrap_or(0_usize) {
                return text;
            }
        }
        match stream.read(&mut buffer).await {
            Ok(count) if count > 0 => bytes.extend_from_slice(&buffer[..count]),
            _ => return text,
        }
    }
}
